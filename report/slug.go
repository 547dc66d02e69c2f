package report

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// longestSegment is how long a folder's name may get, in bytes. Escaping can make
// three bytes of one, and file systems end at 255.
const longestSegment = 100

// joint begins every further folder of a slug that is too long for one.
const joint = "/_-"

// Slug returns a tag as the name of a folder: safe on file systems where case does
// not count, in addresses, and where a leading or trailing dot or a device's name
// has a meaning. Letters a to z, digits, hyphens, and dots between letters and
// digits stay; every other byte is written as an underscore and two hexadecimal
// digits. A slug of over 100 bytes is cut into nested folders. Different tags have
// different slugs, and [Unslug] gives the tag back.
func Slug(tag string) string {
	if tag == "" {
		return "_"
	}
	var b strings.Builder
	escapeFirst := reserved(tag)
	for i := range len(tag) {
		if plainByte(tag, i) && (i > 0 || !escapeFirst) {
			b.WriteByte(tag[i])
			continue
		}
		fmt.Fprintf(&b, "_%02x", tag[i])
	}
	return segmented(b.String())
}

// plainByte reports whether byte i of a tag stays as it is.
func plainByte(tag string, i int) bool {
	if tag[i] != '.' {
		return tag[i] == '-' || alphanumeric(tag[i])
	}
	return i > 0 && i+1 < len(tag) && alphanumeric(tag[i-1]) && alphanumeric(tag[i+1])
}

func alphanumeric(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// reserved reports whether Windows keeps a lower-case name for a device, with or
// without an extension.
func reserved(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	numbered := len(base) == 4 && '0' <= base[3] && base[3] <= '9'
	return numbered && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt"))
}

// segmented cuts a slug into folders. None ends in a dot: in a slug a dot stands
// between letters and digits.
func segmented(slug string) string {
	var b strings.Builder
	for len(slug) > longestSegment {
		n := longestSegment
		if slug[n-1] == '.' {
			n--
		}
		b.WriteString(slug[:n] + joint)
		slug = slug[n:]
	}
	b.WriteString(slug)
	return b.String()
}

// Unslug returns the tag of a slug, and false for what is no slug.
func Unslug(slug string) (string, bool) {
	if slug == "_" {
		return "", true
	}
	joined := strings.ReplaceAll(slug, joint, "")
	var tag []byte
	for i := 0; i < len(joined); i++ {
		if joined[i] != '_' {
			tag = append(tag, joined[i])
			continue
		}
		if i+3 > len(joined) {
			return "", false
		}
		c, err := hex.DecodeString(joined[i+1 : i+3])
		if err != nil {
			return "", false
		}
		tag = append(tag, c...)
		i += 2
	}
	// What [Slug] would have written otherwise is no slug, so that a page has one
	// address only.
	return string(tag), Slug(string(tag)) == slug
}
