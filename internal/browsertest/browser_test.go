package browsertest

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axe is axe-core, the accessibility checker; see testdata/axe-core.
//
//go:embed testdata/axe-core/axe.min.js
var axe string

// patience is how long one page may take before the test gives up. It is long: it
// only keeps a browser that hangs from hanging the test.
const patience = 2 * time.Minute

// allocator starts the one browser of this package; nil where there is none.
var allocator context.Context

// TestMain starts one browser for all tests, in a profile of its own, and ends
// it.
func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	program := chromium()
	if program == "" {
		return m.Run()
	}
	profile, err := os.MkdirTemp("", "shipshape-browser-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "making a browser profile:", err)
		return 1
	}
	defer os.RemoveAll(profile)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	processes, end := chromedp.NewExecAllocator(context.Background(), options...)
	defer end()
	browser, cancel := chromedp.NewContext(processes)
	defer cancel()
	if err := chromedp.Do(browser); err != nil {
		fmt.Fprintf(os.Stderr, "starting %s: %v\n", program, err)
		return 1
	}
	allocator = browser
	code := m.Run()
	if err := chromedp.Cancel(browser); err != nil {
		fmt.Fprintln(os.Stderr, "ending the browser:", err)
	}
	return code
}

// chromium returns the browser to use, or "": the one that SHIPSHAPE_CHROME names,
// else the first that is installed.
func chromium() string {
	if named := os.Getenv("SHIPSHAPE_CHROME"); named != "" {
		return named
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// tab is a tab of the browser and what it had to say.
type tab struct {
	context.Context
	t      *testing.T
	origin string // what it may ask for; anything else is reported

	mu       sync.Mutex
	messages []string
}

// newTab opens a tab that listens. Without a browser the test skips, or fails where
// one is required.
func newTab(t *testing.T, origin string) *tab {
	t.Helper()
	if allocator == nil {
		const missing = "needs Chromium or Chrome in PATH, or SHIPSHAPE_CHROME=/path"
		if os.Getenv("SHIPSHAPE_BROWSER") == "required" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	b := &tab{Context: ctx, t: t, origin: origin}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	command(b, log.Enable, cdp.Empty{})
	command(b, network.Enable, network.EnableParams{})
	return b
}

// listen notes all that a finished page should not do.
func (b *tab) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.note("console message %s: %s", e.Type, describe(e.Args))
	case *runtime.EventExceptionThrown:
		b.note("exception: %s %s", e.ExceptionDetails.Text, describe([]*runtime.RemoteObject{e.ExceptionDetails.Exception}))
	case *log.EventEntryAdded:
		b.note("log entry from %s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if !b.allowed(e.Request.URL) {
			b.note("request for %s", e.Request.URL)
		}
	case *network.EventLoadingFailed:
		b.note("loading failed: %s %s", e.Type, e.ErrorText)
	case *page.EventJavascriptDialogOpening:
		b.note("dialog: %s", e.Message)
		// A listener may not wait for an answer.
		go func() {
			_, _ = chromedp.Call(b, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
		}()
	}
}

func (b *tab) allowed(address string) bool {
	const inline = "data:"
	return len(address) >= len(b.origin) && address[:len(b.origin)] == b.origin || len(address) >= len(inline) && address[:len(inline)] == inline
}

func describe(args []*runtime.RemoteObject) string {
	said := ""
	for _, a := range args {
		if a == nil {
			continue
		}
		said += " " + a.Description + string(a.Value)
	}
	return said
}

func (b *tab) note(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.messages = append(b.messages, fmt.Sprintf(format, args...))
}

// silent fails the test for everything noted since the last call.
func (b *tab) silent(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		t.Error(m)
	}
	b.messages = nil
}

// run does the steps one after the other.
func (b *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// command gives the browser a command of its protocol that answers nothing.
func command[P any](b *tab, c cdp.Command[P, cdp.Empty], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b, c, params); err != nil {
		b.t.Fatal(err)
	}
}

// evaluate runs a script in the page, waits for its promise and returns its value.
func evaluate[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// view is a way to look at a page.
type view struct {
	name          string
	width, height int64
	media         string // "screen" or "print"
	scheme        string // "light" or "dark"
}

var (
	desktop = view{"desktop", 1280, 900, "screen", "light"}
	phone   = view{"phone", 390, 844, "screen", "light"}
	dark    = view{"dark", 1280, 900, "screen", "dark"}
	// paper is A4 at 96 dots an inch without its margins of 15 mm.
	paper = view{"paper", 680, 1009, "print", "light"}
)

// set makes the tab look that way.
func (v view) set(b *tab) {
	b.t.Helper()
	command(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: 1})
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: v.media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}},
	})
}
