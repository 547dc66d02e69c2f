package markup

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// nodes writes what the stock renderers would write with style attributes, as
// form controls, or not at all.
type nodes struct{}

// RegisterFuncs takes over four kinds of nodes.
func (nodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindTag, writeTag)
	r.Register(extast.KindTable, writeTable)
	r.Register(extast.KindTableCell, writeCell)
	r.Register(extast.KindTaskCheckBox, writeTask)
}

// The buffer keeps the first error of a write; the renderer returns it when it
// flushes, so that these functions need not look.

func writeTag(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	name := n.(*tag).name
	switch {
	case entering:
		_, _ = w.WriteString("<" + name + ">")
	case name != "br":
		_, _ = w.WriteString("</" + name + ">")
	}
	return ast.WalkContinue, nil
}

// writeTable wraps the table: on a phone the table scrolls, not the page, and
// what scrolls must be reached by keyboard.
func writeTable(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="md-table" role="group" aria-label="Table" tabindex="0"><table>` + "\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// writeCell writes the alignment as a class. A heading cell without text would
// be a heading of nothing, so it becomes an ordinary one.
func writeCell(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	cell := n.(*extast.TableCell)
	name := "td"
	if n.Parent().Kind() == extast.KindTableHeader && Text(plain(n, src)) != "" {
		name = "th"
	}
	if !entering {
		_, _ = w.WriteString("</" + name + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + name)
	if cell.Alignment != extast.AlignNone {
		_, _ = w.WriteString(` class="md-` + cell.Alignment.String() + `"`)
	}
	_, _ = w.WriteString(">")
	return ast.WalkContinue, nil
}

// writeTask shows the state of a task as a picture with a name: a check box
// that nobody can use would be announced as a form without a label.
func writeTask(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if n.(*extast.TaskCheckBox).IsChecked {
		_, _ = w.WriteString(`<span class="md-task" role="img" aria-label="done">☑</span> `)
	} else {
		_, _ = w.WriteString(`<span class="md-task" role="img" aria-label="open">☐</span> `)
	}
	return ast.WalkContinue, nil
}
