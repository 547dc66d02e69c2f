package git

import "strings"

// Message splits a commit's message into its first line and the rest, without the
// blank lines between and the white space at the end. Either may be empty. Line
// ends become "\n"; bytes that are no UTF-8 are replaced, and what follows a NUL is
// cut off, as git does.
func Message(text string) (headline, body string) {
	headline, body, _ = strings.Cut(dropBlankLines(normal(text)), "\n")
	return strings.TrimRight(headline, space), strings.TrimRight(dropBlankLines(body), space)
}

// TagMessage returns an annotated tag's message without its signature, blank lines
// before it and white space at the end. The signature is part of the message for GitHub's API, and of
// the tag object for git.
func TagMessage(text string) string {
	text = dropBlankLines(normal(text))
	end := len(text)
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		if signs(line) {
			end = at
		}
		at += len(line) + 1
	}
	return strings.TrimRight(text[:end], space)
}

// space is what git takes for white space.
const space = " \t\n\v\f\r"

// signatures begin the line that a signature of a tag begins with. Git takes the
// last such line for the beginning, whatever comes after it.
var signatures = []string{
	"-----BEGIN PGP SIGNATURE-----",
	"-----BEGIN PGP MESSAGE-----",
	"-----BEGIN SIGNED MESSAGE-----",
	"-----BEGIN SSH SIGNATURE-----",
}

func signs(line string) bool {
	for _, s := range signatures {
		if strings.HasPrefix(line, s) {
			return true
		}
	}
	return false
}

// normal returns valid UTF-8 up to the first NUL, its lines ended by "\n".
func normal(text string) string {
	text, _, _ = strings.Cut(text, "\x00")
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
}

// dropBlankLines removes the lines at the beginning that hold nothing but white
// space.
func dropBlankLines(text string) string {
	rest := strings.TrimLeft(text, space)
	lines := strings.LastIndexByte(text[:len(text)-len(rest)], '\n')
	return text[lines+1:]
}
