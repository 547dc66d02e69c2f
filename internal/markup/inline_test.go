package markup

import "testing"

func TestText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"white space", " a\r\n\tb\u00a0 c\vd ", "a b c d"},
		{"control", "a\x00\x1b[31mb\x7f\u009f", "a[31mb"},
		{"order of reading", "\u202egnp\u202c.exe\u2066\u200f", "gnp.exe"},
		{"no width", "a\u200bb\ufeffc\u2060d", "abcd"},
		{"joiners stay", "👩\u200d💻", "👩\u200d💻"},
		{"broken bytes", "a\xff\xc3b", "ab"},
		{"unseen tags", "a\U000E0041b", "ab"},
		{"lines of Unicode", "a\u2028b\u2029c", "a b c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Text(tt.in); got != tt.want {
				t.Errorf("Text(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Fix the door", "Fix the door"},
		{"code", "Use `a<b` and ``c`d``", "Use <code>a&lt;b</code> and <code>c`d</code>"},
		{"code with padding", "`` `a` ``", "<code>`a`</code>"},
		{"back-tick alone", "it`s ``open", "it`s ``open"},
		{"empty code", "a `` b", "a `` b"},
		{"markup is literal", "**a** [b](https://x.example) #1 @c", "**a** [b](https://x.example) #1 @c"},
		{"script end", "</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"},
		{"function marker", "__f__ alert(1) __f__", "__f__ alert(1) __f__"},
		{"comment", "<!--<script>", "&lt;!--&lt;script&gt;"},
		{"handler", `<img src=x onerror="alert(1)">`, "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;"},
		{"handler in code", "`<img src=x onerror=alert(1)>`", "<code>&lt;img src=x onerror=alert(1)&gt;</code>"},
		{"entities", "&lt;/script&gt;", "&amp;lt;/script&amp;gt;"},
		{"order of reading", "a\u202eb", "ab"},
		{"nothing", " \u202e ", "untitled"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := string(Title(tt.in)), "<bdi>"+tt.want+"</bdi>"; got != want {
				t.Errorf("Title(%q) = %q, want %q", tt.in, got, want)
			}
		})
	}
}

func TestMarkdownText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain stays readable", "Fix the door (again), v1.2.3 - done!", "Fix the door (again), v1.2.3 - done!"},
		{"marks", "*a* _b_ `c` ~d~ [e](f) $g$ \\", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\[e\\](f) \\$g\\$ \\\\"},
		{"html", "<b>&amp;", "&lt;b&gt;&amp;amp;"},
		{"table", "a|b", "a&#124;b"},
		{"mention", "@a and b@c.example", "@&#8203;a and b@&#8203;c.example"},
		{"references", "#1 o/r#2 GH-3 gh-4 gh-x", `#&#8203;1 o/r#&#8203;2 GH-&#8203;3 gh-&#8203;4 gh-x`},
		{"heading", "# a", `\# a`},
		{"deep heading", "## a", `\#&#8203;# a`},
		{"lists", "- a", `\- a`},
		{"plus", "+ a", `\+ a`},
		{"number", "12. a 3. b", `12\. a 3. b`},
		{"number with a bracket", "1) a", `1\) a`},
		{"decimal numbers", "2.41 a week", "2.41 a week"},
		{"negative numbers", "-5 and +5", "-5 and +5"},
		{"number alone", "2.", `2\.`},
		{"mark alone", "-", `\-`},
		{"rule", "--- a", `\--- a`},
		{"line under a heading", "==", `\==`},
		{"addresses", "https://x.example www.x.example", `https\://x.example www\.x.example`},
		{"emoji", "a :tada: b: c", "a :&#8203;tada: b: c"},
		{"lines", "a\n\n# b", "a # b"},
		{"empty", "\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := MarkdownText(tt.in); got != tt.want {
				t.Errorf("MarkdownText(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestMarkdownCode(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "\n": "", "a<b": "`a<b`", "a`b": "<code>a\\`b</code>", "a|b": "<code>a&#124;b</code>", "a\nb": "`a b`",
	} {
		if got := MarkdownCode(in); got != want {
			t.Errorf("MarkdownCode(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkdownLink(t *testing.T) {
	tests := []struct{ name, text, url, want string }{
		{"link", "a]b", "https://x.example/a", `[a\]b](https://x.example/a)`},
		{"target that breaks out", "a", "https://x.example/)[b](c|d", "[a](https://x.example/%29%5Bb%5D%28c%7Cd)"},
		{"refused", "a*", "javascript:alert(1)", `a\*`},
		{"without text", "", "https://x.example", `[https\://x.example](https://x.example)`},
		{"without anything", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := MarkdownLink(tt.text, tt.url); got != tt.want {
				t.Errorf("MarkdownLink(%q, %q) = %q, want %q", tt.text, tt.url, got, tt.want)
			}
		})
	}
}

func TestURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://x.example/a?b=c#d": "https://x.example/a?b=c#d",
		"HTTPS://x.example":         "https://x.example",
		"https://x.example/a b\"c":  "https://x.example/a%20b%22c",
		"https://x.example/ä":       "https://x.example/%C3%A4",
		"http://x.example":          "",
		"//x.example":               "",
		"/a":                        "",
		"https://":                  "",
		"https:x.example":           "",
		"https://:443/":             "",
		"https://a:b@x.example":     "",
		"https://x.example/\\a":     "",
		"https://x.example/\na":     "",
		"https://x.example/\u202ea": "",
		"javascript:alert(1)":       "",
		"java\tscript:alert(1)":     "",
		"data:text/html,a":          "",
		"":                          "",
	} {
		if got := URL(in); got != want {
			t.Errorf("URL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSVCell(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"plain":             "plain",
		"12":                "12",
		"-12.5":             "-12.5",
		"=1+1":              "'=1+1",
		" =1+1":             "'=1+1",
		"\t=1+1":            "'=1+1",
		"\r\n@SUM(A1)":      "'@SUM(A1)",
		"+44 20":            "'+44 20",
		"-1+cmd|' /C calc'": "'-1+cmd|' /C calc'",
		"-":                 "'-",
		"-1.":               "'-1.",
		"＝1":                "'＝1",
		"\u200b=1":          "'=1",
		"a\nb":              "a b",
	} {
		if got := CSVCell(in); got != want {
			t.Errorf("CSVCell(%q) = %q, want %q", in, got, want)
		}
	}
}
