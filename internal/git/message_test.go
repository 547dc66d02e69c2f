package git

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMessageIsFirstLineAndRest(t *testing.T) {
	for _, tt := range []struct{ name, text, headline, body string }{
		{"both", "fix: a\n\nbecause\nof b\n", "fix: a", "because\nof b"},
		{"headline only", "fix: a\n", "fix: a", ""},
		{"no line end", "fix: a", "fix: a", ""},
		{"empty", "", "", ""},
		{"white space only", " \n\t\n", "", ""},
		{"no blank line between", "fix: a\nbecause", "fix: a", "because"},
		{"several blank lines", "fix: a\n\n \n\nbecause\n\n\n", "fix: a", "because"},
		{"blank lines before", "\n\n  fix: a\n\nb", "  fix: a", "b"},
		{"an indented body stays so", "fix: a\n\n  - one\n  - two\n", "fix: a", "  - one\n  - two"},
		{"Windows", "fix: a\r\n\r\nbecause\r\nof b\r\n", "fix: a", "because\nof b"},
		{"trailing space", "fix: a \t\n\nb \n", "fix: a", "b"},
		{"control characters", "fix:\x1b[31m a\x07\n\n\x01b", "fix:\x1b[31m a\x07", "\x01b"},
		{"no UTF-8", "caf\xe9\n\nol\xe9", "caf\uFFFD", "ol\uFFFD"},
		{"NUL", "fix\x00 a\n\nb", "fix", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			headline, body := Message(tt.text)
			if headline != tt.headline || body != tt.body {
				t.Errorf("got %q and %q, want %q and %q", headline, body, tt.headline, tt.body)
			}
		})
	}
}

func TestTagMessageLeavesOutTheSignature(t *testing.T) {
	const pgp = "-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----\n"
	const ssh = "-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n"
	for _, tt := range []struct{ name, text, want string }{
		{"none", "v1\n\nnotes\n", "v1\n\nnotes"},
		{"PGP", "v1\n\nnotes\n" + pgp, "v1\n\nnotes"},
		{"SSH", "v1\n" + ssh, "v1"},
		{"X.509", "v1\n-----BEGIN SIGNED MESSAGE-----\nMI\n-----END SIGNED MESSAGE-----\n", "v1"},
		{"nothing else", pgp, ""},
		{"quoted in the text, then signed", "v1\n" + pgp + "that was v0's\n" + ssh, "v1\n" + strings.TrimSpace(pgp) + "\nthat was v0's"},
		{"not at the beginning of a line", "see -----BEGIN PGP SIGNATURE-----\n", "see -----BEGIN PGP SIGNATURE-----"},
		{"empty", "", ""},
		{"blank lines before", "\n\nv1", "v1"},
		{"Windows", "v1\r\nnotes\r\n" + strings.ReplaceAll(pgp, "\n", "\r\n"), "v1\nnotes"},
		{"no UTF-8", "v1 \xff", "v1 \uFFFD"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := TagMessage(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzMessage(f *testing.F) {
	for _, s := range []string{"a\n\nb\n", "\n\na\r\n\r\nb", "", "\xff\n", "a\n-----BEGIN PGP SIGNATURE-----\nx", " \v\f\na"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		headline, body := Message(text)
		if !utf8.ValidString(headline) || !utf8.ValidString(body) || strings.Contains(headline, "\n") {
			t.Errorf("%q gave %q and %q", text, headline, body)
		}
		if h, b := Message(headline + "\n\n" + body); headline != "" && (h != headline || b != body) {
			t.Errorf("%q and %q, put together, gave %q and %q", headline, body, h, b)
		}
		if m := TagMessage(text); !utf8.ValidString(m) || m != strings.TrimRight(m, space) {
			t.Errorf("%q gave the tag message %q", text, m)
		}
	})
}
