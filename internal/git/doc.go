// Package git reads the commit graph, branches and tags of a local clone with the
// git program. It needs no file contents, so a clone made with --filter=tree:0 is
// enough, and never fetches what is missing. Start reading at [Open].
package git
