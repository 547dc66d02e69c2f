// Package markup turns hostile Markdown, titles and names into safe HTML, safe
// Markdown and safe spreadsheet cells.
//
// Everything that GitHub's users wrote passes through here on its way to a
// reader: bodies through [HTML], titles through [Title], names and single lines
// through [Text], and the same into Markdown, links and CSV. Nothing comes out
// that runs, loads, mentions somebody or reorders the text around it. Links
// lead to https, mailto or the document itself; images become links; raw HTML is
// dropped except br, kbd, sub and sup. Work and output are bounded by bytes, not
// by time. No function here fails: what cannot be rendered is shown as it was
// written. Start reading at [HTML].
package markup
