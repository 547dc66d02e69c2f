package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/shipshape-report/shipshape"
)

func on(v bool) *bool { return &v }

// seenAt is what was read of a/b at an instant.
func seenAt(at string, downloads int, controls ...shipshape.Control) *shipshape.RepositoryHistory {
	return &shipshape.RepositoryHistory{
		Repository: shipshape.Repository{Name: "a/b"},
		Origin:     shipshape.Origin{Until: instant(at), Source: "a test"},
		Controls:   controls,
		Releases: []shipshape.Release{
			{Tag: "v1", CreatedAt: instant("2026-08-01T00:00:00Z"), Assets: []shipshape.Asset{{Name: "a.tgz", Downloads: downloads}, {Name: "b.tgz", Downloads: 1}}},
			{Tag: "v2", URL: "u", Draft: true, CreatedAt: instant("2026-08-02T00:00:00Z"), Assets: []shipshape.Asset{{Name: "c.tgz"}}},
		},
	}
}

func record(t *testing.T, dir string, readings ...*shipshape.RepositoryHistory) Records {
	t.Helper()
	for _, r := range readings {
		if err := Record(dir, r); err != nil {
			t.Fatal(err)
		}
	}
	got, err := ReadRecords(dir, "a/b")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRecordsKeepWhatChanged(t *testing.T) {
	dir := t.TempDir()
	strict := shipshape.Control{Kind: shipshape.BranchProtection, Name: "main", AdminEnforcement: on(true)}
	lax := shipshape.Control{Kind: shipshape.BranchProtection, Name: "main", AdminEnforcement: on(false)}
	unknown := shipshape.Control{Kind: shipshape.BranchProtection, Name: "main"}
	security := shipshape.Control{Kind: shipshape.SecurityControl}
	cut := seenAt("2026-09-03T00:00:00Z", 9)
	cut.Gaps = []shipshape.Gap{{Entity: shipshape.ControlEntity, Reason: shipshape.NotReached, Why: "w"}}
	got := record(t, dir,
		seenAt("2026-08-30T00:00:00Z", 0, strict, security),
		seenAt("2026-08-31T00:00:00Z", 0, security, strict), // only another order
		seenAt("2026-09-01T00:00:00Z", 7, lax, security),
		seenAt("2026-09-02T00:00:00Z", 7, unknown, security), // a token that may read less
		cut,
		seenAt("2026-09-04T00:00:00Z", 9),
	)
	at := func(day string) time.Time { return instant("2026-" + day + "T00:00:00Z") }
	want := Records{
		Settings: []SettingsRecord{
			{at("08-30"), []shipshape.Control{strict, security}},
			{at("09-01"), []shipshape.Control{lax, security}},
			{at("09-02"), []shipshape.Control{unknown, security}},
			{at("09-04"), nil},
		},
		Downloads: []DownloadsRecord{
			{at("08-30"), "v1", "a.tgz", 0}, {at("08-30"), "v1", "b.tgz", 1},
			{at("09-01"), "v1", "a.tgz", 7}, {at("09-03"), "v1", "a.tgz", 9},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("records (-want +got)\n%s", diff)
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "history.json") {
		t.Errorf("records alone are read as a history: %v", err)
	}
}

func TestRecordsLeaveAHistoryAsItIs(t *testing.T) {
	dir := t.TempDir()
	h := &shipshape.History{Repositories: []shipshape.RepositoryHistory{*seenAt("2026-08-30T00:00:00Z", 1)}}
	if err := Write(dir, h); err != nil {
		t.Fatal(err)
	}
	record(t, dir, &h.Repositories[0])
	if err := Write(dir, h); err != nil {
		t.Fatal(err)
	}
	got, err := Read(dir)
	if diff := cmp.Diff(h, got, sameFacts); err != nil || diff != "" {
		t.Errorf("%v, history (-want +got)\n%s", err, diff)
	}
	if kept := record(t, dir); len(kept.Downloads) != 2 {
		t.Errorf("%d records of downloads after writing, want 2", len(kept.Downloads))
	}
}

// A run can be killed after any byte of a line.
func TestATornRecordIsLeftOutAndCutOff(t *testing.T) {
	dir := t.TempDir()
	record(t, dir, seenAt("2026-08-30T00:00:00Z", 1))
	file := filepath.Join(dir, "a", "b", "records", "assets", "2026-08.jsonl")
	intact, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line := `{"at":"2026-08-31T00:00:00Z","tag":"v1","asset":"a.tgz","downloads":5}`
	for torn := range len(line) + 1 {
		if err := os.WriteFile(file, append(intact[:len(intact):len(intact)], line[:torn]...), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := record(t, dir); len(got.Downloads) != 2 {
			t.Fatalf("torn after %d bytes: %d records, want 2", torn, len(got.Downloads))
		}
		record(t, dir, seenAt("2026-08-31T00:00:00Z", 5))
		got, err := os.ReadFile(file)
		if diff := cmp.Diff(string(intact)+line+"\n", string(got)); err != nil || diff != "" {
			t.Fatalf("torn after %d bytes: %v, file (-want +got)\n%s", torn, err, diff)
		}
	}
}

func TestAnUnchangedRunTouchesNoRecord(t *testing.T) {
	dir := t.TempDir()
	record(t, dir, seenAt("2026-08-30T00:00:00Z", 1))
	folder := filepath.Join(dir, "a", "b", "records", "assets")
	if err := os.Chtimes(filepath.Join(folder, "2026-08.jsonl"), instant("2020-01-01T00:00:00Z"), instant("2020-01-01T00:00:00Z")); err != nil {
		t.Fatal(err)
	}
	record(t, dir, seenAt("2026-09-30T00:00:00Z", 1))
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %d files, want 1", err, len(entries))
	}
	if info, err := entries[0].Info(); err != nil || info.ModTime().Year() != 2020 {
		t.Errorf("the file was touched: %v, %v", info, err)
	}
}

func TestDamagedRecordsAreRefused(t *testing.T) {
	good := `{"at":"2026-08-31T00:00:00Z","tag":"v1","asset":"a.tgz","downloads":5}` + "\n"
	for name, damage := range map[string]string{
		"not JSON":         "{\n",
		"no tag":           `{"at":"2026-08-31T00:00:00Z","asset":"a.tgz","downloads":5}` + "\n",
		"less than none":   `{"at":"2026-08-31T00:00:00Z","tag":"v1","asset":"a.tgz","downloads":-5}` + "\n",
		"an unknown field": `{"at":"2026-08-31T00:00:00Z","tag":"v1","asset":"a.tgz","downloads":5,"of":1}` + "\n",
	} {
		dir := t.TempDir()
		folder := filepath.Join(dir, "a", "b", "records", "assets")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "2026-08.jsonl"), []byte(good+damage+good), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadRecords(dir, "a/b"); err == nil || !strings.Contains(err.Error(), "2026-08.jsonl:2") {
			t.Errorf("%s: error %v, want one that names the second line", name, err)
		}
		if err := Record(dir, seenAt("2026-08-31T00:00:00Z", 6)); err == nil {
			t.Errorf("%s: appended to a damaged file", name)
		}
	}
}
