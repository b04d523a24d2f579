package fhir_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/kit/fhir"
)

func TestReferencesAreClassified(t *testing.T) {
	for text, want := range map[string]fhir.Link{
		"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0": {Kind: fhir.RefUUID},
		"urn:uuid:patient-1":                            {},
		"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6eg": {},
		"urn:uuid:0c3151bd11cbf-4d64-b04d-cd9187a4c6e0": {},
		"urn:oid:2.16.156.10011":                        {Kind: fhir.RefOID},
		"urn:oid:2.016":                                 {},
		"Patient/1":                                     {Kind: fhir.RefRelative, Type: "Patient", ID: "1"},
		"Patient/1/_history/2":                          {Kind: fhir.RefRelative, Type: "Patient", ID: "1", Version: "2"},
		"Patients/1":                                    {},
		"Patient/a_b":                                   {},
		"Patient/" + strings.Repeat("a", 65):            {},
		"https://h.cn/fhir/Patient/1":                   {Kind: fhir.RefAbsolute, Type: "Patient", ID: "1"},
		"https://h.cn/fhir/Patient/1/_history/9":        {Kind: fhir.RefAbsolute, Type: "Patient", ID: "1", Version: "9"},
		"https://h.cn/anything":                         {Kind: fhir.RefAbsolute},
		"#p":                                            {Kind: fhir.RefFragment, ID: "p"},
		"#":                                             {Kind: fhir.RefFragment},
		"#p q":                                          {},
		"Patient?identifier=urn:x|1":                    {Kind: fhir.RefConditional, Type: "Patient"},
		"张三":                                            {},
		"":                                              {},
	} {
		want.Text = text
		if diff := cmp.Diff(want, fhir.ParseReference(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestReferencesAreFoundWithPathAndPlace(t *testing.T) {
	e := openOne(t, `{"resourceType":"Observation","contained":[{"resourceType":"Device","id":"d","owner":{"reference":"Organization\/o"}}],
	 "subject":{"identifier":{"system":"urn:x","value":"1"},"display":"张三"},
	 "performer":[{"display":"nobody"},{"reference":"Practitioner/p"}],
	 "identifier":[{"value":"not a reference"}],
	 "extension":[{"url":"urn:y","valueReference":{"reference":"#d"}}]}`)
	type found struct{ kind, text, path, raw string }
	var got []found
	for _, l := range e.References() {
		got = append(got, found{l.Kind.String(), l.Text, l.Path, string(e.Raw[l.Start:l.End])})
	}
	want := []found{
		{"relative", "Organization/o", "Observation.contained[0].owner", `"Organization\/o"`},
		{"logical", "", "Observation.subject", ""},
		{"relative", "Practitioner/p", "Observation.performer[1]", `"Practitioner/p"`},
		{"fragment", "#d", "Observation.extension[0].valueReference", `"#d"`},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(found{})); diff != "" {
		t.Error(diff)
	}
}

func TestResolveFollowsR4(t *testing.T) {
	in := mustOpen(t, `{"resourceType":"Bundle","type":"collection","entry":[
	 {"fullUrl":"https://a.cn/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1","meta":{"versionId":"2"}}},
	 {"fullUrl":"https://a.cn/fhir/Observation/2","resource":{"resourceType":"Observation","id":"2",
	   "contained":[{"resourceType":"Device","id":"d"},{"resourceType":"Patient","id":"p"}]}},
	 {"fullUrl":"https://b.cn/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
	 {"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0","resource":{"resourceType":"Encounter","id":"9"}},
	 {"resource":{"resourceType":"Location","id":"w"}},
	 {"resource":{"resourceType":"Location","id":"bed"}}]}`)
	device := in.Entries[1].Contained()[0]
	for _, c := range []struct {
		from *fhir.Entry
		text string
		want *fhir.Entry
	}{
		{in.Entries[1], "https://a.cn/fhir/Patient/1", in.Entries[0]},
		{in.Entries[1], "https://a.cn/fhir/Patient/1/_history/2", in.Entries[0]},
		{in.Entries[1], "https://a.cn/fhir/Patient/1/_history/3", nil},
		{in.Entries[1], "Patient/1", in.Entries[0]},
		{in.Entries[1], "Patient/1/_history/2", in.Entries[0]},
		{in.Entries[2], "Patient/1", in.Entries[2]},
		{in.Entries[2], "Observation/2", nil},
		{in.Entries[3], "Patient/1", nil},
		{in.Entries[0], "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", in.Entries[3]},
		{in.Entries[5], "Location/w", in.Entries[4]},
		{in.Entries[5], "Patient/1", nil},
		{in.Entries[1], "#d", device},
		{in.Entries[1], "#x", nil},
		{in.Entries[0], "#d", nil},
		{device, "#p", in.Entries[1].Contained()[1]},
		{device, "#", in.Entries[1]},
		{device, "Patient/1", in.Entries[0]},
		{in.Entries[1], "Patient?identifier=1", nil},
	} {
		got, ok := in.Resolve(c.from, c.text)
		if got != c.want || ok != (c.want != nil) {
			t.Errorf("%s from %s: resolved %t to another entry than wanted", c.text, c.from.Key(), ok)
		}
	}
}

func TestResolveOfSeveralCandidates(t *testing.T) {
	entries := `"entry":[
	 {"fullUrl":"https://a.cn/Patient/1","request":{"method":"PUT","url":"Patient/1"},"resource":{"resourceType":"Patient","id":"1","meta":{"versionId":"2"}}},
	 {"fullUrl":"https://a.cn/Patient/1","request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","id":"1","meta":{"versionId":"1"}}}]}`
	history := mustOpen(t, `{"resourceType":"Bundle","type":"history",`+entries)
	if to, ok := history.Resolve(history.Entries[1], "Patient/1"); !ok || to != history.Entries[0] {
		t.Error("a history must resolve to the newest version")
	}
	if to, ok := history.Resolve(history.Entries[0], "Patient/1/_history/1"); !ok || to != history.Entries[1] {
		t.Error("a versioned reference must resolve to its version")
	}
	batch := mustOpen(t, `{"resourceType":"Bundle","type":"batch",`+entries)
	if _, ok := batch.Resolve(batch.Entries[1], "Patient/1"); ok {
		t.Error("two candidates outside a history must resolve to none")
	}
}
