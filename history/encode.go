package history

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// encoding is how records are written: fields in the order of the Go type, text
// as it is, except for the two separators that JavaScript and many a text tool
// take for the end of a line, so that one record is one line for everybody. What
// is not UTF-8 (an old commit message, say) becomes U+FFFD.
var encoding = json.JoinOptions(
	jsonv1.OmitEmptyWithLegacySemantics(true),
	jsontext.EscapeForJS(true),
	jsontext.AllowInvalidUTF8(true),
	json.WithMarshalers(json.MarshalToFunc(encodeTime)),
)

// encodeTime writes an instant in UTC, whatever its location.
func encodeTime(e *jsontext.Encoder, t time.Time) error {
	t = t.UTC()
	if t.Year() < 0 || t.Year() > 9999 {
		return fmt.Errorf("instant of the year %d, which RFC 3339 cannot say", t.Year())
	}
	return e.WriteToken(jsontext.String(t.Format(time.RFC3339Nano)))
}

// encodeLines writes one record per line. It refuses a line that a reader would
// refuse for its length.
func encodeLines[T any](path string, records []*T) ([]byte, error) {
	var out bytes.Buffer
	for i, record := range records {
		before := out.Len()
		if err := json.MarshalWrite(&out, record, encoding); err != nil {
			return nil, &FileError{Path: path, Line: i + 1, Err: fmt.Errorf("record cannot be written: %w", unwrapJSON(err))}
		}
		if out.Len()-before > MaxLine {
			return nil, &FileError{Path: path, Line: i + 1, Err: errLongLine}
		}
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

// encodeObject writes one object over several lines, as a person would.
func encodeObject(path string, v any) ([]byte, error) {
	data, err := json.Marshal(v, encoding, jsontext.WithIndent("  "))
	if err != nil {
		return nil, &FileError{Path: path, Err: fmt.Errorf("cannot be written: %w", unwrapJSON(err))}
	}
	return append(data, '\n'), nil
}

// unwrapJSON drops what the encoder says of Go types.
func unwrapJSON(err error) error {
	var semantic *json.SemanticError
	if errors.As(err, &semantic) && semantic.Err != nil {
		return semantic.Err
	}
	return err
}
