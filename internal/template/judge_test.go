package template_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/internal/template"
	"github.com/medward/medward/kit/form"
)

func TestEachDefectIsNamedAtItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(c *template.Content)
		want  string
	}{
		"nothing":                {func(*template.Content) {}, ""},
		"no purpose":             {func(c *template.Content) { c.Definition.Sections[0].Fields[0].Purpose = "" }, "sections.signs.fields.temperature.purpose"},
		"no reason":              {func(c *template.Content) { c.Standard.Entries = c.Standard.Entries[:1] }, "standard.entries.measure.why"},
		"no standard":            {func(c *template.Content) { c.Standard.Basis = " " }, "standard.basis"},
		"a field that is not":    {func(c *template.Content) { c.Standard.Entries[0].Field = "pulse" }, "standard.entries.pulse standard.entries.temperature.why"},
		"no element":             {func(c *template.Content) { c.Standard.Entries[0].Element = "DE4" }, "standard.entries.temperature.element"},
		"a misspelt name":        {func(c *template.Content) { c.Definition.Sections[0].Fields[1].NeedWhen = "temprature > 38.0" }, "sections.signs.fields.measure.needWhen"},
		"nothing that may pass":  {func(c *template.Content) { c.Samples = c.Samples[1:] }, "samples"},
		"nothing that may not":   {func(c *template.Content) { c.Samples = c.Samples[:1] }, "samples"},
		"another verdict":        {func(c *template.Content) { c.Samples[0].Answers = form.Answers{} }, "samples[0]"},
		"a verdict on the other": {func(c *template.Content) { c.Samples[1].Expected[0].Path = "temperature" }, "samples[1]"},
	} {
		content := fever()
		c.spoil(&content)
		var paths []string
		for _, d := range template.Judge(content).Defects {
			paths = append(paths, d.Path)
			if d.Says.ZH == "" || d.Says.EN == "" {
				t.Errorf("%s: %s says nothing", name, d.Path)
			}
		}
		if got := strings.Join(paths, " "); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestADefectOfAnExpressionNamesTheColumn(t *testing.T) {
	c := fever()
	c.Definition.Sections[0].Fields[1].NeedWhen = "temperature >= 38.0 && puls > 3"
	found := template.Judge(c).Defects
	if len(found) != 1 || found[0].Column != 24 || !strings.Contains(found[0].Says.EN, "puls") || !strings.Contains(found[0].Says.ZH, "第 24 列") {
		t.Errorf("%+v", found)
	}
}

func TestADiffNamesWhatDiffers(t *testing.T) {
	was, is := fever(), fever()
	is.Definition.Sections[0].Fields[0].Possible.To = "43"
	is.Definition.Sections[0].Fields[0].Unit = "Cel"
	is.Definition.Sections[0].Fields[1].Key = "action"
	is.Definition.Rules = []form.Rule{{Key: "high", Must: "temperature < 42.0"}}
	changes, err := template.Diff(was, is)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]string, len(changes))
	for i, c := range changes {
		got[i] = c.Kind + " " + c.Path + " " + strings.Join(c.What, ",")
	}
	want := []string{
		"changed sections.signs.fields.temperature possible,unit", "added sections.signs.fields.action ", "added rules.high ", "removed sections.signs.fields.measure ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if changes[0].Was != `{"possible":{"from":"25","to":"45"}}` || changes[0].Is != `{"possible":{"from":"25","to":"43"},"unit":"Cel"}` {
		t.Errorf("%s, %s", changes[0].Was, changes[0].Is)
	}
	turned := fever()
	slices.Reverse(turned.Definition.Sections[0].Fields)
	if changes, err = template.Diff(was, turned); err != nil || len(changes) != 1 || changes[0].Kind != template.Moved {
		t.Errorf("%+v %v", changes, err)
	}
}

// Whatever a file says, it is read as it was written or refused, and judging it ends.
func FuzzParseContent(f *testing.F) {
	text, err := json.Marshal(fever())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"kind":"document","definition":{"key":"a","sections":[{"key":"b","repeat":{"most":1},"fields":[{"key":"c","when":"c == 1"}]}]}}`))
	f.Add([]byte(`{"samples":[{"answers":{"a":[{}]}}]} 1`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := template.ParseContent(raw)
		if err != nil {
			return
		}
		template.Judge(c)
		once, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, err := template.ParseContent(once)
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := json.Marshal(again); err != nil || string(once) != string(twice) {
			t.Errorf("%s\n%s %v", once, twice, err)
		}
	})
}
