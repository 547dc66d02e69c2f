// Package browsertest opens finished sites as readers do: in Chromium, on a wide
// screen and on a phone, in light and dark, on paper, without scripts and from a
// file address. It holds tests only.
//
// The sites are the bundled histories and a history in which every text that a
// stranger may write attacks the page. Tests of links and of page sizes read the
// files and need no browser; the others skip where there is none, or fail with
// SHIPSHAPE_BROWSER=required.
//
// Start reading at TestPages.
package browsertest
