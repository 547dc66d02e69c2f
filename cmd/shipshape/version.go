package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// devel is the version of a build that is no release.
const devel = "devel"

// versionOf is the module's version as it was installed: "0.1.0".
func versionOf(info *debug.BuildInfo) string {
	version := strings.TrimPrefix(info.Main.Version, "v")
	if version == "" || version == "(devel)" {
		return devel
	}
	return version
}

func (e env) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(e.out, "shipshape "+e.version)
			return err
		},
	}
}
