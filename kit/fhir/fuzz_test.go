package fhir_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"
	"unsafe"

	"github.com/medward/medward/kit/fhir"
)

// within reports that part lies in the memory of whole.
func within(whole, part []byte) bool {
	if len(part) == 0 {
		return true
	}
	from := uintptr(unsafe.Pointer(unsafe.SliceData(whole)))
	at := uintptr(unsafe.Pointer(unsafe.SliceData(part)))
	return at >= from && at+uintptr(len(part)) <= from+uintptr(len(whole))
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(zhang))
	f.Add([]byte(zhang + "\n" + zhang + "\n{\n"))
	f.Add(syntheticBundle(1))
	for kind, body := range sound {
		f.Add([]byte(resourceOf(kind, body)))
	}
	f.Add([]byte(`{"resourceType":"Bundle","type":"history","entry":[{"fullUrl":"http://a/Patient/1","request":{"method":"PUT"},"resource":{"resourceType":"Patient","id":"1","contained":[{"id":"x"}],"link":[{"other":{"reference":"#x"}}]}}]}`))
	f.Add([]byte("\xEF\xBB\xBF{\"resourceType\":\"\\ud83d\\ude00\",\"\\u0000\":-0.1e+9}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, problems, err := fhir.OpenBytes(raw, fhir.Limits{Values: 50_000})
		refused := false
		for _, p := range problems {
			refused = refused || p.Severity == fhir.Fatal
			if p.Rule.Zh == "" || p.Remedy.En == "" || p.Offset > len(raw) {
				t.Fatalf("unexplained problem %+v", p)
			}
		}
		if (err != nil) != refused {
			t.Fatalf("error %v with problems %v", err, problems)
		}
		for _, e := range in.Entries {
			if !within(raw, e.Raw) || e.Raw != nil && !json.Valid(e.Raw) {
				t.Fatalf("entry %d is no valid part of the input", e.Index)
			}
			for _, p := range fhir.Check(e) {
				if p.Entry != e.Index || p.Offset < 0 || p.Offset > len(raw) {
					t.Fatalf("misplaced problem %+v", p)
				}
			}
			for _, l := range e.References() {
				if l.Kind != fhir.RefLogical && !bytes.HasPrefix(e.Raw[l.Start:l.End], []byte(`"`)) {
					t.Fatalf("%s is not at %d", l.Text, l.Start)
				}
				in.Resolve(e, l.Text)
			}
			if e.Type == "Patient" {
				if p, _ := fhir.ReadPatient(e); !utf8.ValidString(p.ID) {
					t.Fatalf("id %q is no text", p.ID)
				}
			}
			fhir.ReadObservation(e)
			fhir.ReadComposition(e)
		}
	})
}

// FuzzScanAgreesWithStandardLibrary holds the scanner to encoding/json on what
// is JSON at all.
func FuzzScanAgreesWithStandardLibrary(f *testing.F) {
	for _, s := range []string{"1", "-0", "01", "1.e1", `"\u12"`, `"\x"`, "{,}", `{"a":1,}`, "[1,]", "[]", "nul", "\"\x7f\"", `{"a" 1}`, `[1 2]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw := []byte(`{"resourceType":"Basic","x":` + text + `}`)
		_, problems, err := fhir.OpenBytes(raw, fhir.Limits{Number: 1 << 20, Values: 1 << 20, Depth: 512})
		if err != nil && problems[len(problems)-1].Code == fhir.CodeLimitDepth {
			return
		}
		if !bytes.Contains(raw, []byte("\n")) && (err == nil) != json.Valid(raw) {
			t.Fatalf("%q: %v, the standard library says %t", text, err, json.Valid(raw))
		}
	})
}

func FuzzNarrative(f *testing.F) {
	f.Add(div("<p>发热 <b>3</b> 天</p><ul><li>a</li></ul>"))
	f.Add(div("a<script>alert(1)</script><a href='javascript:x'>b</a>"))
	f.Add("<!DOCTYPE div [<!ENTITY a 'b'>]><div>&a;")
	f.Add("<p></b><pre> \n")
	f.Fuzz(func(t *testing.T, markup string) {
		text, problems := fhir.Narrative(markup)
		if len(text) > 4*len(markup) {
			t.Fatalf("%d bytes became %d", len(markup), len(text))
		}
		if !utf8.ValidString(text) && utf8.ValidString(markup) {
			t.Fatalf("text %q is broken", text)
		}
		seen := map[fhir.Code]bool{}
		for _, p := range problems {
			if seen[p.Code] {
				t.Fatalf("%s is told twice", p.Code)
			}
			seen[p.Code] = true
		}
	})
}

func FuzzDateTime(f *testing.F) {
	for _, s := range []string{"1951", "1951-06", "1951-06-04", "1951-06-04T10:57:34+08:00", "2016-12-31T23:59:60Z", "1951-06-04T10:57:34.123456789012Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := fhir.ParseDateTime(s)
		if d.Text != s || (err == nil) == d.IsZero() {
			t.Fatalf("%q is read as %+v, %v", s, d, err)
		}
		if err != nil {
			return
		}
		if from, before := d.Span(d.Time.Location()); !from.Before(before) {
			t.Fatalf("%q spans %s to %s", s, from, before)
		}
		if d.Precision == fhir.ToSecond && !d.LeapSecond && s[len(s)-1] == 'Z' && d.Time.Format("2006-01-02T15:04:05Z") != s {
			t.Fatalf("%q is written back as %s", s, d.Time)
		}
	})
}
