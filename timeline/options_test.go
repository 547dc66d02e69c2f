package timeline

import (
	"testing"
)

func TestProductionIsWhatTheGlobsSay(t *testing.T) {
	for environment, want := range map[string]bool{
		"production": true, "Production": true, "production-eu": true, "prod": true, "PROD-1": true, "prd": true, "live": true,
		"production eu": false, "preproduction": false, "staging": false, "github-pages": false, "": false,
	} {
		if got := Defaults(noon).IsProduction(environment); got != want {
			t.Errorf("%q is production: %v, want %v", environment, got, want)
		}
	}
	everything := Options{Production: []string{"*", "[broken"}}
	if !everything.IsProduction("staging 2/eu") || everything.IsProduction("github-pages") {
		t.Error("a star must match all but what GitHub makes for its pages")
	}
}

func TestReleaseBranchIsToldByItsName(t *testing.T) {
	for branch, want := range map[string]bool{
		"release": true, "releases/2026": true, "Release-1.4": true, "stable": true, "stable/1.x": true,
		"1.4": true, "v2": true, "1.4.x": true, "v1.X": true, "12": true,
		"main": false, "release2": false, "unstable": false, "x.1": false, "v": false, "1..2": false, "feature/release": false, "": false,
	} {
		if got := ReleaseBranch(branch); got != want {
			t.Errorf("%q is a release branch: %v, want %v", branch, got, want)
		}
	}
}
