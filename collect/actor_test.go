package collect

import "testing"

func TestLoginsReadAsElsewhereOnGitHub(t *testing.T) {
	for name, test := range map[string]struct {
		actor *actor
		want  string
	}{
		"user":                        {&actor{"User", "octocat"}, "octocat"},
		"app":                         {&actor{"Bot", "dependabot"}, "dependabot[bot]"},
		"app with its ending already": {&actor{"Bot", "dependabot[bot]"}, "dependabot[bot]"},
		"app without a name":          {&actor{"Bot", ""}, ""},
		"deleted account":             {nil, ""},
	} {
		if got := string(test.actor.login()); got != test.want {
			t.Errorf("%s: login %q, want %q", name, got, test.want)
		}
	}
}

func TestTheGhostIsNobodyWhereSomebodyHasToBeNamed(t *testing.T) {
	for login, want := range map[string]string{"ghost": "", "octocat": "octocat", "ghostwriter": "ghostwriter"} {
		if got := string((&actor{"User", login}).somebody()); got != want {
			t.Errorf("%q is %q, want %q", login, got, want)
		}
	}
}
