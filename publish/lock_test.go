package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestSecondRunIsTurnedAway(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "_site")
	first, err := Stage(target, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Write("index.html", []byte("first")); err != nil {
		t.Fatal(err)
	}
	_, err = Stage(target, Options{})
	if !errors.Is(err, ErrBusy) {
		t.Fatalf("second Stage: %v, want ErrBusy", err)
	}
	if want := target + ": another run is making a report there; wait until it has ended"; err.Error() != want {
		t.Errorf("says %q, want %q", err, want)
	}
	if err := first.Commit(); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, map[string]string{"_site/": "", "_site/index.html": "first"})
}

func TestOtherPlacesAreFree(t *testing.T) {
	dir := t.TempDir()
	a, err := Stage(filepath.Join(dir, "a"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Stage(filepath.Join(dir, "b"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(a.Commit(), b.Commit()); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, map[string]string{"a/": "", "b/": ""})
}

// A lock file that lies around, held by nobody, keeps nobody out.
func TestStaleLockFileIsTaken(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, map[string]string{"._site.lock": ""})
	if err := put(filepath.Join(dir, "_site"), Options{}, osDisk{}, bothFiles...); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, newReport)
}

// Of many runs that start at once each either makes a whole report of its own or
// is turned away; files of two never meet.
func TestManyRunsAtOnceNeverMix(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "_site")
	const runs, files = 8, 20
	var wg sync.WaitGroup
	errs := make([]error, runs)
	for run := range runs {
		wg.Go(func() {
			for range 5 {
				errs[run] = errors.Join(errs[run], one(target, run, files))
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	found := tree(t, dir)
	who := found["_site/0"]
	for i := range files {
		if name := fmt.Sprintf("_site/%d", i); found[name] != who || who == "" {
			t.Errorf("%s is of run %q, the first file of run %q", name, found[name], who)
		}
		delete(found, fmt.Sprintf("_site/%d", i))
	}
	want := map[string]string{"_site/": "", "_site/data/": "", "_site/" + mark: who}
	if len(found) != len(want) {
		t.Errorf("left: %q, want %q", found, want)
	}
}

// one makes a report that is all of one run; that others are at it is no error.
func one(target string, run, files int) error {
	f, err := Stage(target, Options{})
	if errors.Is(err, ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	who := []byte(fmt.Sprint("run ", run))
	err = f.Write(mark, who)
	for i := range files {
		err = errors.Join(err, f.Write(fmt.Sprint(i), who))
	}
	return errors.Join(err, f.Commit())
}

func TestFolderThatCannotBeLockedIsAnError(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "._site.lock"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Stage(filepath.Join(dir, "_site"), Options{}); err == nil || errors.Is(err, ErrBusy) {
		t.Errorf("error %v, want one about the lock", err)
	}
}
