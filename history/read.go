package history

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"github.com/shipshape-report/shipshape"
)

// Read reads the store in dir. The result is sorted and its instants are UTC. A
// store without repositories is an empty history; a folder that is missing or
// empty is an error that wraps [fs.ErrNotExist]. Errors are of type [*FileError].
//
// Read takes no lock, so that it works on a store that may not be written to.
// Every file is whole at every moment, but while [Write] is at work some may be
// of the time before it and some of the time after.
func Read(dir string) (*shipshape.History, error) {
	h, err := ReadFS(os.DirFS(dir))
	return h, below(dir, err)
}

// ReadFS is [Read] for a store at the root of a file system.
func ReadFS(fsys fs.FS) (*shipshape.History, error) {
	data, err := markIn(fsys)
	if err != nil {
		return nil, err
	}
	if err := checkMark(data); err != nil {
		return nil, err
	}
	files, err := list(fsys)
	if err != nil {
		return nil, err
	}
	return assemble(files)
}

// source is a file of a store, wherever it lies.
type source struct {
	path string
	data func() ([]byte, error)
}

// list finds the files of a store that are to be read, in the order of their
// paths.
func list(fsys fs.FS) ([]source, error) {
	var files []source
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return &FileError{Path: name, Err: unwrapPath(err)}
		case ignored(name, d.IsDir()):
			return skip(d)
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return &FileError{Path: name, Err: errors.New("not a regular file"), Want: "put the file itself there"}
		}
		files = append(files, source{name, func() ([]byte, error) { return fs.ReadFile(fsys, name) }})
		return nil
	})
	return files, err
}

func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// unwrapPath drops the operation and the path that the standard library puts
// before the cause; ours stands there already.
func unwrapPath(err error) error {
	var in *fs.PathError
	if errors.As(err, &in) {
		return in.Err
	}
	return err
}

// assemble reads the files of a store, in parallel, into one history. Of several
// mistakes it reports the one in the first file.
func assemble(files []source) (*shipshape.History, error) {
	slices.SortFunc(files, func(a, b source) int { return cmp.Compare(a.path, b.path) })
	contents := make([]content, len(files))
	err := inParallel(len(files), func(i int) error {
		var err error
		contents[i], err = files[i].read()
		return err
	})
	if err != nil {
		return nil, err
	}
	return gather(contents)
}

// inParallel calls do for 0 to n-1 on every core and returns the error of the
// lowest number: the same one in every run.
func inParallel(n int, do func(int) error) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	errs := make([]error, n)
	for i := range n {
		group.Go(func() error {
			errs[i] = do(i)
			return nil
		})
	}
	_ = group.Wait() // it has no error: each has its own place
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// content is a file once it is read.
type content struct {
	location
	batch
	repositoryRecord *shipshape.Repository
	origin           *shipshape.Origin
}

// read reads and decodes one file.
func (s source) read() (content, error) {
	c := content{batch: batch{path: s.path}}
	at, err := locate(s.path)
	if err != nil {
		return c, &FileError{Path: s.path, Err: err, Want: "move it elsewhere"}
	}
	c.location = at
	data, err := s.data()
	if err != nil {
		return c, &FileError{Path: s.path, Err: unwrapPath(err)}
	}
	switch {
	case at.kind != nil:
		c.records, err = at.kind.decode(at, data)
	case at.file == repositoryFile:
		c.repositoryRecord, err = decodeRepository(at.repository, data)
	case at.file == originFile:
		c.origin, err = decodeOrigin(data)
	}
	return c, placed(err, s.path)
}

// placed gives an error the file it is about.
func placed(err error, path string) error {
	var wrong *FileError
	if errors.As(err, &wrong) {
		wrong.Path = path
	}
	return err
}

// gather makes repositories of contents that are in the order of their paths.
func gather(contents []content) (*shipshape.History, error) {
	h := &shipshape.History{}
	var folders [][]content
	for len(contents) > 0 {
		name := contents[0].location.repository
		n := len(contents)
		if i := slices.IndexFunc(contents, func(c content) bool { return c.location.repository != name }); i > 0 {
			n = i
		}
		if name != "" { // the mark has none
			folders = append(folders, contents[:n])
		}
		contents = contents[n:]
	}
	h.Repositories = make([]shipshape.RepositoryHistory, len(folders))
	err := inParallel(len(folders), func(i int) error { return fill(&h.Repositories[i], folders[i]) })
	if err != nil {
		return nil, err
	}
	slices.SortFunc(h.Repositories, func(a, b shipshape.RepositoryHistory) int {
		return cmp.Compare(a.Repository.Name, b.Repository.Name)
	})
	return h, nil
}

// fill makes one repository of what its folder held.
func fill(r *shipshape.RepositoryHistory, folder []content) error {
	batches := map[shipshape.Entity][]batch{}
	for _, c := range folder {
		switch {
		case c.repositoryRecord != nil:
			r.Repository = *c.repositoryRecord
		case c.origin != nil:
			r.Origin = *c.origin
		default:
			batches[c.kind.entity()] = append(batches[c.kind.entity()], c.batch)
		}
	}
	name := string(folder[0].location.repository)
	if r.Repository.Name == "" {
		return absent(name, repositoryFile)
	}
	if r.Origin.Source == "" {
		return absent(name, originFile)
	}
	return inParallel(len(kinds), func(i int) error {
		return kinds[i].gather(r, batches[kinds[i].entity()])
	})
}

func absent(folder, file string) error {
	return &FileError{Path: folder + "/" + file, Err: errors.New("missing"),
		Want: "add it, remove the folder, or collect again"}
}

func decodeRepository(name shipshape.RepositoryName, data []byte) (*shipshape.Repository, error) {
	var r shipshape.Repository
	if err := decodeObject(data, &r); err != nil {
		return nil, err
	}
	if flaw := flawOfRepository(&r); flaw != "" {
		return nil, &FileError{Err: fmt.Errorf("unusable record: %s", flaw), Want: "mend it or collect again"}
	}
	if r.Name != name {
		return nil, &FileError{Err: fmt.Errorf("repository %q in the folder of %q", string(r.Name), string(name)),
			Want: "name the folder as the repository"}
	}
	return &r, nil
}

func decodeOrigin(data []byte) (*shipshape.Origin, error) {
	var o shipshape.Origin
	if err := decodeObject(data, &o); err != nil {
		return nil, err
	}
	if flaw := flawOfOrigin(&o); flaw != "" {
		return nil, &FileError{Err: fmt.Errorf("unusable record: %s", flaw), Want: "mend it or collect again"}
	}
	return &o, nil
}

// decodeObject reads a file that is one object, over any number of lines.
func decodeObject(data []byte, v any) error {
	if len(data) == 0 {
		return &FileError{Err: errEmpty, Want: "collect again"}
	}
	options := decoding
	if mayNeedUTC(data) {
		options = decodingUTC
	}
	if err := json.Unmarshal(data, v, options); err != nil {
		return &FileError{Line: lineOf(data, err), Err: explain(err), Want: "mend it or collect again"}
	}
	return nil
}
