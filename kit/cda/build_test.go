package cda_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/medward/medward/kit/cda"
)

func TestABuiltDocumentIsReadBackAsItWasMeant(t *testing.T) {
	draft := admission()
	d, err := cda.Build(draft)
	if err != nil {
		t.Fatal(err)
	}
	all := d.Read()
	if got, want := all.Header.Patients, draft.Header.Patients; !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	if got, want := all.Header.Encounter, draft.Header.Encounter; !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	if got := all.Header.Templates[0].Root; got != "2.16.156.10011.2.1.1.54" {
		t.Errorf("template %s", got)
	}
	if len(all.Sections) != 2 || all.Sections[0].Code.Code != "10154-3" || all.Sections[1].Code.Code != "8716-3" {
		t.Fatalf("sections are not in the order of the kind: %+v", all.Sections)
	}
	temperature := all.Sections[1].Entries[0].Values[0]
	if temperature.Type != "PQ" || temperature.Quantity.Number != "36.8" || temperature.Quantity.Unit == "" {
		t.Errorf("temperature %+v", temperature)
	}
	if complaint := all.Sections[0].Entries[0].Values[0].Text; complaint != "胸痛 <3> 天 & 气促" {
		t.Errorf("complaint %q", complaint)
	}
	if len(all.Rest) > 0 {
		t.Errorf("%s was not read", all.Rest[0].Element.Path())
	}
}

func TestEveryKindIsBuiltWithAllItsElementsAndPassesItsOwnCheck(t *testing.T) {
	kinds := cda.Kinds()
	if len(kinds) != 53 {
		t.Fatalf("%d kinds", len(kinds))
	}
	for _, kind := range kinds {
		draft := admission()
		draft.Kind, draft.Parts = kind.Code, everything(kind)
		draft.Header.Patients[0].IDs = nil
		for _, root := range kind.Roots {
			if root != cda.RootIDCard {
				draft.Header.Patients[0].IDs = append(draft.Header.Patients[0].IDs, cda.II{Root: root, Extension: "1"})
			}
		}
		d, err := cda.Build(draft)
		if err != nil {
			t.Errorf("%s: %v", kind.Code, err)
			continue
		}
		for _, f := range d.Check() {
			t.Errorf("%s: %v", kind.Code, f)
		}
		view := d.View()
		if len(view.Parts) != len(kind.Sections) || view.Title.Zh != kind.Title || len(view.Rest) > 0 {
			t.Errorf("%s is shown as %q with %d of %d sections, %d elements unread", kind.Code, view.Title.Zh, len(view.Parts), len(kind.Sections), len(view.Rest))
		}
	}
}

// everything fills every element of a kind with a value of its type.
func everything(kind cda.Kind) []cda.DraftPart {
	parts := make([]cda.DraftPart, 0, len(kind.Sections))
	for _, s := range kind.Sections {
		p := cda.DraftPart{Section: s.Code}
		if s.Code == "" {
			p.Section = s.Name
		}
		for _, e := range s.Elements {
			p.Items = append(p.Items, cda.Item{Element: e.ID, Name: e.Name, Value: valueFor(e)})
		}
		parts = append(parts, p)
	}
	slices.Reverse(parts)
	return parts
}

func valueFor(e cda.ElementRule) cda.Value {
	return cda.Value{
		Text: "文字", Code: cda.Code{Code: "1", Name: "一"}, Quantity: cda.Quantity{Number: "1"},
		Time: cda.TimeOf(day(2026, 11, 20)), Bool: "true", Type: e.Type,
	}
}

func TestADraftThatTheKindDoesNotKnowIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*cda.Draft)
		want  error
	}{
		"kind":        {func(d *cda.Draft) { d.Kind = "C0099" }, cda.ErrKind},
		"number":      {func(d *cda.Draft) { d.Header.ID = cda.II{} }, cda.ErrHeader},
		"time":        {func(d *cda.Draft) { d.Header.Time = cda.Time{} }, cda.ErrHeader},
		"patient":     {func(d *cda.Draft) { d.Header.Patients = nil }, cda.ErrHeader},
		"author":      {func(d *cda.Draft) { d.Header.Authors = nil }, cda.ErrHeader},
		"custodian":   {func(d *cda.Draft) { d.Header.Custodian = cda.Organization{} }, cda.ErrHeader},
		"section":     {func(d *cda.Draft) { d.Parts[0].Section = "48768-6" }, cda.ErrSection},
		"element":     {func(d *cda.Draft) { d.Parts[0].Items[0].Element = "DE04.01.119.00" }, cda.ErrElement},
		"type":        {func(d *cda.Draft) { d.Parts[0].Items[0].Value.Type = "ST" }, cda.ErrType},
		"not numeric": {func(d *cda.Draft) { d.Parts[0].Items[0].Value.Quantity.Number = "高" }, cda.ErrType},
	} {
		draft := admission()
		c.spoil(&draft)
		if _, err := cda.Build(draft); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// word is text as a document may hold it, with white space as a reader folds it.
var word = rapid.Map(rapid.StringOfN(rapid.RuneFrom(nil, printable), 1, 12, -1), func(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return "x"
	}
	return s
})

func TestWhateverIsSaidIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draft := admission()
		p := &draft.Header.Patients[0]
		p.Name, p.Addresses[0].Parts[0].Text, p.NationalIDs[0].Extension = word.Draw(t, "name"), word.Draw(t, "city"), word.Draw(t, "id")
		p.Telecoms = rapid.SliceOfN(word, 1, 3).Draw(t, "telecoms")
		complaint := word.Draw(t, "complaint")
		draft.Parts[1].Items[0].Value.Text = complaint
		draft.Parts[1].Text = rapid.SliceOfN(word, 0, 3).Draw(t, "paragraphs")
		d, err := cda.Build(draft)
		if err != nil {
			t.Fatal(err)
		}
		all := d.Read()
		if !cmp.Equal(all.Header.Patients, draft.Header.Patients) {
			t.Fatal(cmp.Diff(draft.Header.Patients, all.Header.Patients))
		}
		if got := all.Sections[0].Entries[0].Values[0].Text; got != complaint {
			t.Fatalf("%q became %q", complaint, got)
		}
		var told []string
		for _, b := range d.View().Parts[0].Blocks {
			told = append(told, b.Text)
		}
		if !slices.Equal(told, draft.Parts[1].Text) && len(told)+len(draft.Parts[1].Text) > 0 {
			t.Fatalf("%q became %q", draft.Parts[1].Text, told)
		}
	})
}
