package git

import (
	"strings"
	"testing"

	"github.com/shipshape-report/shipshape"
)

func TestNoreplyLogin(t *testing.T) {
	for _, tt := range []struct {
		email string
		want  shipshape.Login
	}{
		{"7+ann@users.noreply.github.com", "ann"},
		{"ann@users.noreply.github.com", "ann"},
		{"7+Ann-Lee@users.noreply.github.com", "Ann-Lee"},
		{"7+ann_acme@users.noreply.github.com", "ann_acme"},
		{"7+ann-@users.noreply.github.com", "ann-"},
		{"49699333+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"},
		{"renovate[bot]@users.noreply.github.com", "renovate[bot]"},
		{"7+ann@users.noreply.git.example.org", "ann"},
		{"7+ann@Users.Noreply.GitHub.com", "ann"},
		{"42@users.noreply.github.com", "42"},
		{"ann@example.com", ""},
		{"ann@users.noreply.", ""},
		{"noreply@github.com", ""},
		{"+ann@users.noreply.github.com", ""},
		{"x+ann@users.noreply.github.com", ""},
		{"7+-ann@users.noreply.github.com", ""},
		{"7+ann lee@users.noreply.github.com", ""},
		{"7+ann[bot]x@users.noreply.github.com", ""},
		{"7+<script>@users.noreply.github.com", ""},
		{"7+ann@users.noreply.github.com@example.com", ""},
		{"7+ann@users.noreply.git hub.com", ""},
		{"7+" + strings.Repeat("a", 200) + "@users.noreply.github.com", ""},
		{"7+ann@users.noreply.github.com\n", ""},
		{"", ""},
	} {
		if got := NoreplyLogin(tt.email); got != tt.want {
			t.Errorf("%q shows %q, want %q", tt.email, got, tt.want)
		}
	}
}
