package githubtest

import (
	"strings"

	"github.com/shipshape-report/shipshape"
)

// repositoryObject finds an object by id or by an expression: a ref, "HEAD", or a
// path of the default branch's head as "HEAD:path".
func repositoryObject(c call[*repository]) any {
	r := c.of
	if oid := shipshape.OID(c.args.text("oid")); oid != "" {
		found := r.commit(oid)
		if found == nil {
			found = r.tagObject(oid)
		}
		return found
	}
	at, path, file := strings.Cut(c.args.text("expression"), ":")
	if file {
		return r.blob(at, path)
	}
	if at == "HEAD" {
		at = "refs/heads/" + r.noun().DefaultBranch
	}
	if found := r.commit(shipshape.OID(at)); found != nil {
		return found
	}
	if found, ok := r.ref(at).(object); ok {
		return found.of.(ref).target()
	}
	return nil
}

// blob finds a file at the head of the default branch.
func (r *repository) blob(at, path string) any {
	if at != "HEAD" && at != r.noun().DefaultBranch && at != "refs/heads/"+r.noun().DefaultBranch {
		return nil
	}
	text := r.Files[path]
	if path == ".github/CODEOWNERS" && text == "" {
		text = r.noun().Codeowners
	}
	if text == "" {
		return nil
	}
	return object{"Blob", blob{path, text, r}}
}

// blob is a text file.
type blob struct {
	path, text string
	repo       *repository
}

var blobFields = gitObjectFields(func(b blob) shipshape.OID { return digest("blob " + b.text) }, func(b blob) *repository { return b.repo }, "Blob").
	with(fields[blob]{
		"text":        func(c call[blob]) any { return c.of.text },
		"byteSize":    func(c call[blob]) any { return len(c.of.text) },
		"isBinary":    func(c call[blob]) any { return false },
		"isTruncated": func(c call[blob]) any { return false },
	})
