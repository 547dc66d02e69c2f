// Package publish puts the files of a finished report where readers find them.
//
// A [Folder] gathers them beside the place where they are to stand and swaps the
// whole at the end, so that nobody ever sees half a report, and the report before
// stays until the new one is whole. The package makes no file of its own and reads
// none that it is given.
//
// Start reading at [Stage].
package publish
