package template_test

import (
	"testing"

	"github.com/medward/medward/internal/template"
)

// What comes with the program is ready to be submitted as it is.
func TestStartersAreWithoutDefect(t *testing.T) {
	all, err := template.Starters()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 6 {
		t.Errorf("%d starters", len(all))
	}
	for _, c := range all {
		r := template.Judge(c)
		for _, d := range r.Defects {
			t.Errorf("%s: %s: %s", c.Definition.Key, d.Path, d.Says.EN)
		}
		for _, o := range r.Outcomes {
			if !o.Agrees {
				t.Errorf("%s: %s: %+v", c.Definition.Key, o.Name, o.Findings)
			}
		}
	}
}
