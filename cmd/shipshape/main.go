// Command shipshape turns the history of repositories into a release report: how
// often, how fast and how safely changes reach production, with the evidence.
//
// It is wiring. The clock, the environment, the working folder, signals and the
// terminal are known here and nowhere below; every other package is handed what
// it needs. Start reading at run.go.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // so that --zone means the same on a machine without zones

	"github.com/shipshape-report/shipshape/internal/actions"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], world())
	stop()
	os.Exit(code)
}

// world is the machine that the program runs on.
func world() env {
	e := env{out: os.Stdout, err: os.Stderr, getwd: os.Getwd, now: time.Now, version: "devel"}
	if info, ok := debug.ReadBuildInfo(); ok {
		e.version = versionOf(info)
	}
	e.getenv, e.sleep, e.terminal = os.Getenv, sleep, terminal(os.Stderr) && os.Getenv("TERM") != "dumb"
	if actions.Detect(os.Getenv) {
		e.workflow = actions.New(os.Getenv, os.Stdout, rand.Reader)
	}
	e.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(os.Stdout)
	return e
}

// sleep waits, or returns early with the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// terminal reports whether a person reads the file as it is written.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
