package fhir

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
)

var views = []any{
	Patient{}, Practitioner{}, PractitionerRole{}, Organization{}, Location{}, Encounter{},
	Condition{}, Observation{}, DiagnosticReport{}, DocumentReference{}, Composition{},
	MedicationRequest{}, ServiceRequest{}, Procedure{}, AllergyIntolerance{}, Immunization{},
	CarePlan{}, ImagingStudy{},
}

var typeNames = map[string]string{"Markup": "Narrative"}

func TestViewsAgreeWithDefinitions(t *testing.T) {
	if len(views) != len(r4().kinds) {
		t.Errorf("%d views of %d kinds", len(views), len(r4().kinds))
	}
	for _, v := range views {
		agree(t, reflect.TypeOf(v), r4().kinds[reflect.TypeOf(v).Name()], map[reflect.Type]bool{})
	}
}

// agree holds a struct's fields against the elements they are read from.
func agree(t *testing.T, view reflect.Type, s *shape, done map[reflect.Type]bool) {
	t.Helper()
	if done[view] {
		return
	}
	done[view] = true
	for _, f := range reflect.VisibleFields(view) {
		if f.Anonymous {
			continue
		}
		name := elementName(f)
		if f.Type == typeValue {
			if !hasChoiceNamed(s, name) {
				t.Errorf("%s.%s: R4 has no %s[x]", view.Name(), f.Name, name)
			}
			continue
		}
		m, ok := s.members[name]
		if !ok {
			t.Errorf("%s.%s: R4 has no element %s", view.Name(), f.Name, name)
			continue
		}
		item := f.Type
		many := item.Kind() == reflect.Slice && item != typeBase64
		if many != m.element.many {
			t.Errorf("%s.%s: list %t, in R4 %t", view.Name(), f.Name, many, m.element.many)
		}
		if many || item.Kind() == reflect.Pointer && item != typeBool {
			item = item.Elem()
		}
		if !fits(item, m) {
			t.Errorf("%s.%s is %s, in R4 %s", view.Name(), f.Name, item, m.use.name)
			continue
		}
		switch inner := m.element.content; {
		case inner != nil:
			agree(t, item, inner, done)
		case m.use.shape != nil && item.Kind() == reflect.Struct:
			agree(t, item, m.use.shape, done)
		}
	}
}

func hasChoiceNamed(s *shape, name string) bool {
	for _, e := range s.elements {
		if e.choice && e.name == name {
			return true
		}
	}
	return false
}

func fits(item reflect.Type, m member) bool {
	if m.element.content != nil {
		return item.Kind() == reflect.Struct
	}
	switch m.use.name {
	case "date", "dateTime", "instant":
		return item == typeDateTime
	case "decimal", "integer", "positiveInt", "unsignedInt":
		return item == typeDecimal
	case "boolean":
		return item == typeBool
	case "base64Binary":
		return item == typeBase64
	case "Duration", "Age":
		return item.Name() == "Quantity"
	}
	if primitives[m.use.name] {
		return item.Kind() == reflect.String && item != typeDecimal
	}
	name := item.Name()
	if other, ok := typeNames[name]; ok {
		name = other
	}
	return name == m.use.name
}

func TestDefinitionsAreWhole(t *testing.T) {
	named, concrete := len(r4().codes["resource-types"].codes), len(resourceTypes())
	if named != 148 || concrete != 146 || !IsResourceType("Patient") || IsResourceType("Resource") {
		t.Errorf("%d names, %d kinds of resource", named, concrete)
	}
	for _, e := range []struct {
		kind, element string
		codes         int
	}{{"Patient", "gender", 4}, {"Encounter", "status", 9}, {"Observation", "status", 8}, {"Condition", "clinicalStatus", 6}} {
		if set := r4().kinds[e.kind].members[e.element].element.codes; set == nil || len(set.codes) != e.codes {
			t.Errorf("%s.%s has not %d codes", e.kind, e.element, e.codes)
		}
	}
	if s := r4().kinds["Composition"].members["section"].element.content; s.members["section"].element.content != s {
		t.Error("sections do not nest")
	}
}

func TestBrokenDefinitionsAreRefused(t *testing.T) {
	for _, text := range []string{
		"kind", "thing X", "kind X\n  a", "kind X\n  a 1 string", "kind X\n    a 0..1 string",
		"kind X\n  a 0..1 code nothing", "kind X\n  a 0..* @X.b", "kind X\n  a 0..* @Y.b",
	} {
		if _, err := parseDefinitions(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestEveryCodeSpeaksBothLanguages(t *testing.T) {
	for _, code := range Codes() {
		w := wordings[code]
		for _, text := range []Text{w.rule, w.remedy} {
			if text.En == "" || !strings.ContainsFunc(text.Zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: %+v", code, text)
			}
		}
		rule, remedy := code.words(7, 7)
		for _, s := range []string{rule.En, rule.Zh} {
			if strings.Contains(s, "%!(BADINDEX)") {
				t.Errorf("%s: %s", code, s)
			}
		}
		if remedy.En == "" {
			t.Errorf("%s has no remedy", code)
		}
	}
}
