package publish

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errInjected = errors.New("no space left on device")

// failing is a disk that fails at the nth call of an operation, counted from 1; a
// dead one does nothing at all from then on, as after a kill.
type failing struct {
	osDisk
	operation string
	nth       int
	dead      bool
	calls     *[]string
}

func (f failing) fails(operation string) bool {
	*f.calls = append(*f.calls, operation)
	n := 0
	for i, call := range *f.calls {
		if call == f.operation {
			n++
		}
		if n == f.nth && n > 0 {
			return i == len(*f.calls)-1 || f.dead
		}
	}
	return false
}

func (f failing) MkdirAll(name string, perm os.FileMode) error {
	if f.fails("mkdirall") {
		return errInjected
	}
	return f.osDisk.MkdirAll(name, perm)
}

func (f failing) Mkdir(name string, perm os.FileMode) error {
	if f.fails("mkdir") {
		return errInjected
	}
	return f.osDisk.Mkdir(name, perm)
}

func (f failing) RemoveAll(name string) error {
	if f.fails("remove") {
		return errInjected
	}
	return f.osDisk.RemoveAll(name)
}

func (f failing) Rename(from, to string) error {
	if f.fails("rename") {
		return errInjected
	}
	return f.osDisk.Rename(from, to)
}

func (f failing) WriteFile(root *os.Root, name string, data []byte) error {
	if f.fails("write") {
		return errInjected
	}
	return f.osDisk.WriteFile(root, name, data)
}

// steps are the operations of one replacement, in order.
func steps(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	fill(t, dir, oldFiles)
	var calls []string
	if err := put(filepath.Join(dir, "_site"), Options{}, failing{calls: &calls}, bothFiles...); err != nil {
		t.Fatal(err)
	}
	return calls
}

// eachStep calls a test for every operation of a replacement, with a disk that
// fails there.
func eachStep(t *testing.T, dead bool, test func(t *testing.T, d failing)) {
	all := steps(t)
	if diff := cmp.Diff(strings.Fields("mkdirall remove mkdir write write rename rename remove remove"), all); diff != "" {
		t.Fatalf("steps (-want +got):\n%s", diff)
	}
	for i, operation := range all {
		nth := 0
		for _, earlier := range all[:i+1] {
			if earlier == operation {
				nth++
			}
		}
		t.Run(operation+strings.Repeat("'", nth-1), func(t *testing.T) {
			test(t, failing{operation: operation, nth: nth, dead: dead, calls: new([]string)})
		})
	}
}

func TestAFailureKeepsTheReportBefore(t *testing.T) {
	eachStep(t, false, func(t *testing.T, d failing) {
		dir := t.TempDir()
		fill(t, dir, oldFiles)
		err := put(filepath.Join(dir, "_site"), Options{}, d, bothFiles...)
		if !errors.Is(err, errInjected) {
			t.Fatalf("error %v, want the injected one", err)
		}
		want := oldReport
		if d.operation == "remove" && d.nth > 1 { // the new report was in place by then
			want = newReport
		}
		got := tree(t, dir)
		for name := range got {
			if strings.HasPrefix(name, "._site.old/") && d.operation == "remove" && d.nth == 2 {
				delete(got, name) // it is what could not be removed
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after the failure (-want +got):\n%s", diff)
		}
	})
}

func TestTheRunAfterAKilledOneMendsEverything(t *testing.T) {
	eachStep(t, true, func(t *testing.T, d failing) {
		dir := t.TempDir()
		fill(t, dir, oldFiles)
		target := filepath.Join(dir, "_site")
		if err := put(target, Options{}, d, bothFiles...); !errors.Is(err, errInjected) {
			t.Fatalf("error %v, want the injected one", err)
		}
		between := tree(t, dir)
		f, err := Stage(target, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Abort(); err != nil {
			t.Fatal(err)
		}
		got := tree(t, dir)
		if whole := []map[string]string{oldReport, newReport}; !slices.ContainsFunc(whole, func(w map[string]string) bool { return cmp.Equal(w, got) }) {
			t.Errorf("neither the old report nor the new one\nafter the kill: %q\nafter the next run: %q", between, got)
		}
	})
}

func TestAKilledRunWithoutAReportBeforeLeavesNone(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "_site")
	d := failing{operation: "rename", nth: 1, dead: true, calls: new([]string)}
	if err := put(target, Options{}, d, bothFiles...); !errors.Is(err, errInjected) {
		t.Fatalf("error %v, want the injected one", err)
	}
	if err := put(target, Options{}, osDisk{}, bothFiles...); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, newReport)
}

func TestWhatIsNotOursBesideTheReportStays(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, map[string]string{"._site.old/letter.txt": "mine"})
	_, err := Stage(filepath.Join(dir, "_site"), Options{})
	var occupied *OccupiedError
	if !errors.As(err, &occupied) || occupied.Path != filepath.Join(dir, "._site.old") {
		t.Errorf("error %v, want one about ._site.old", err)
	}
	wantTree(t, dir, map[string]string{"._site.old/": "", "._site.old/letter.txt": "mine"})
}
