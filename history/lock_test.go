package history

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// holdEnv makes the test program hold the lock of a folder until its input ends.
const holdEnv = "SHIPSHAPE_TEST_HOLD_LOCK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnv); dir != "" {
		os.Exit(hold(dir))
	}
	os.Exit(m.Run())
}

func hold(dir string) int {
	if _, err := Lock(dir); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0 // without giving it back: the system does
}

func wantLocked(t *testing.T, dir string, err error) {
	t.Helper()
	want := filepath.Join(dir, ".run", "lock") + ": the history is in use by another run, which holds this lock; " +
		"wait until the other run has ended, or name another folder"
	if err == nil || err.Error() != want {
		t.Errorf("error is\n%v, want\n%s", err, want)
	}
	if !errors.Is(err, ErrLocked) {
		t.Errorf("%v is not ErrLocked", err)
	}
}

func TestLockTakenInThisProcess(t *testing.T) {
	dir := t.TempDir()
	unlock, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Lock(dir)
	wantLocked(t, dir, err)
	wantLocked(t, dir, Write(dir, random(1, 1)))
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	write(t, dir, random(1, 1))
	write(t, dir, random(1, 1)) // Write gave it back
}

func TestLockTakenByAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), holdEnv+"="+dir)
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if line != "held\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	wantLocked(t, dir, Write(dir, random(1, 1)))
	if err := errors.Join(in.Close(), other.Wait()); err != nil {
		t.Fatal(err)
	}
	write(t, dir, random(1, 1))
}

func TestReadNeedsNoLock(t *testing.T) {
	dir := t.TempDir()
	h := random(1, 2)
	write(t, dir, h)
	if err := os.RemoveAll(filepath.Join(dir, ".run")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) })
	read(t, dir)
	if _, err := os.Stat(filepath.Join(dir, ".run")); err == nil {
		t.Error("Read wrote into the store")
	}
}
