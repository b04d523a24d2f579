package house_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/medward/medward/internal/house/plantest"
)

func TestTheHouseKeepsItsPlan(t *testing.T) {
	found, err := plantest.Findings(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}

// TestPlantedBreachesAreFound proves that the test above can fail: every file of
// testdata/plan changes the sound house in one way and names, at its head, each
// finding that must come of it.
func TestPlantedBreachesAreFound(t *testing.T) {
	sound, err := txtar.ParseFile("testdata/plan/sound.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := filepath.Glob("testdata/plan/*.txtar")
	if err != nil || len(cases) < 2 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			planted, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found, err := plantest.Findings(overlay(t, sound, planted))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wanted(planted), found); diff != "" {
				t.Errorf("findings (-wanted +found):\n%s", diff)
			}
		})
	}
}

// overlay returns the files of a sound house with those of a breach put over
// them; an empty file takes one away.
func overlay(t *testing.T, sound, planted *txtar.Archive) fs.FS {
	t.Helper()
	files := slices.Clone(sound.Files)
	for _, f := range planted.Files {
		files = slices.DeleteFunc(files, func(old txtar.File) bool { return old.Name == f.Name })
		if len(f.Data) > 0 {
			files = append(files, f)
		}
	}
	tree := t.TempDir()
	if err := txtar.Write(&txtar.Archive{Files: files}, tree); err != nil {
		t.Fatal(err)
	}
	return os.DirFS(tree)
}

// wanted reads the findings from the head of a case: its lines that begin with
// a hyphen.
func wanted(planted *txtar.Archive) []string {
	var lines []string
	for line := range strings.Lines(string(planted.Comment)) {
		if finding, ok := strings.CutPrefix(line, "- "); ok {
			lines = append(lines, strings.TrimSpace(finding))
		}
	}
	slices.Sort(lines)
	return lines
}
