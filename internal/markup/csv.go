package markup

import "strings"

// CSVCell makes s safe as a cell that a spreadsheet opens: one clean line, and
// an apostrophe before what would be read as a formula. Plain decimal numbers
// stay numbers, also negative ones. Quoting is left to encoding/csv.
func CSVCell(s string) string {
	s = Text(s)
	if s == "" || decimal(s) {
		return s
	}
	if strings.ContainsRune("=+-@|%＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// decimal says whether s is digits with at most one sign and one point.
func decimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(fraction))
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
