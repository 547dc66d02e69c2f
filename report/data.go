package report

import (
	"encoding/json"
	"io"
)

// CSV is a table for spreadsheets. Cells are as they are in the data: package
// site neutralises those that a spreadsheet would run.
type CSV struct {
	Head []string
	Rows [][]string
}

// EncodeData writes a data document as the site publishes it: JSON, indented by
// one space, with a newline at the end. Equal values give equal bytes.
func EncodeData(w io.Writer, document any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(document)
}
