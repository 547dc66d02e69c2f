// Package testdata holds the bundled histories. Demo is what the demo shows; the
// datasets it is made from lie beside this file.
package testdata

import _ "embed"

//go:generate go run ../internal/dataset/cmd/demostore datasets demo.tar.zst

// Demo is the store of record of every bundled repository, one compressed
// archive as package history reads it.
//
//go:embed demo.tar.zst
var Demo []byte
