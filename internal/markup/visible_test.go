package markup

import "testing"

func TestVisibleKeepsLinesAndDropsWhatNobodySees(t *testing.T) {
	for page, want := range map[string]string{
		"":                                "",
		"<p>a\tb</p>\n\n– ü 日\n":          "<p>a\tb</p>\n\n– ü 日\n",
		"a\u202eb\u2066c":                 "abc",
		"a\r\nb\rc\u2028d":                "a\nb\nc\nd",
		"a\x00b\x7fc\u0085d\u200be\ufeff": "abc\nde",
		"a\xffb\ufffdc":                   "abc",
		"a\fb":                            "a b",
	} {
		if got := string(Visible([]byte(page))); got != want {
			t.Errorf("Visible(%q) = %q, want %q", page, got, want)
		}
	}
}

func TestVisibleDoesNotCopyAGoodPage(t *testing.T) {
	page := []byte("<p>a – b</p>\n")
	if got := Visible(page); &got[0] != &page[0] {
		t.Error("copied")
	}
}
