package fhir_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/kit/fhir"
)

const zhang = `{"resourceType":"Patient","id":"zhang","name":[{"text":"张三"}]}`

func mustOpen(t testing.TB, text string) *fhir.Input {
	t.Helper()
	in, problems, err := fhir.OpenBytes([]byte(text), fhir.Limits{})
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	for _, p := range problems {
		t.Fatalf("unexpected problem: %v", p)
	}
	return in
}

func openOne(t testing.TB, text string) *fhir.Entry {
	t.Helper()
	in := mustOpen(t, text)
	if len(in.Entries) != 1 {
		t.Fatalf("%d entries, want 1", len(in.Entries))
	}
	return in.Entries[0]
}

func TestRefusalsAreNamed(t *testing.T) {
	small := fhir.Limits{Bytes: 1000, Depth: 4, Entries: 2, Values: 40, String: 100, Number: 10}
	for name, c := range map[string]struct {
		text   string
		limits fhir.Limits
		code   fhir.Code
		says   string
	}{
		"empty":              {"", fhir.Limits{}, fhir.CodeEmpty, ""},
		"only a mark":        {"\xEF\xBB\xBF \n", fhir.Limits{}, fhir.CodeEmpty, ""},
		"XML":                {"\xEF\xBB\xBF <Patient xmlns=\"http://hl7.org/fhir\"/>", fhir.Limits{}, fhir.CodeXML, ""},
		"gzip":               {"\x1F\x8B\x08\x00", fhir.Limits{}, fhir.CodeGzip, ""},
		"UTF-16":             {"\xFF\xFE{\x00", fhir.Limits{}, fhir.CodeEncoding, ""},
		"an array":           {`[` + zhang + `]`, fhir.Limits{}, fhir.CodeNotObject, ""},
		"no FHIR":            {`{"name":"app","version":"1.0"}`, fhir.Limits{}, fhir.CodeNoResourceType, ""},
		"type is no text":    {`{"resourceType":1}`, fhir.Limits{}, fhir.CodeNoResourceType, ""},
		"HL7 v2":             {"MSH|^~\\&|", fhir.Limits{}, fhir.CodeSyntax, "line 1 column 1"},
		"trailing comma":     {"{\"resourceType\":\"Patient\",\n \"id\":\"a\",}", fhir.Limits{}, fhir.CodeSyntax, "line 2 column 11"},
		"two values":         {zhang + zhang, fhir.Limits{}, fhir.CodeSyntax, ""},
		"raw line in string": {"{\"resourceType\":\"Pat\nient\"}", fhir.Limits{}, fhir.CodeSyntax, ""},
		"leading zero":       {`{"resourceType":"Observation","valueInteger":012}`, fhir.Limits{}, fhir.CodeSyntax, ""},
		"cut off":            {zhang[:len(zhang)-5], fhir.Limits{}, fhir.CodeTruncated, ""},
		"too many bytes":     {`{"resourceType":"` + strings.Repeat("x", 1000), small, fhir.CodeLimitBytes, "1000 bytes"},
		"deep":               {strings.Repeat("[", 1<<20), fhir.Limits{}, fhir.CodeLimitDepth, "64 levels"},
		"deep objects":       {strings.Repeat(`{"a":`, 100), fhir.Limits{}, fhir.CodeLimitDepth, "64 levels"},
		"wide":               {`{"a":[` + strings.Repeat("0,", 100) + `0]}`, small, fhir.CodeLimitValues, "40"},
		"giant number":       {`{"a":` + strings.Repeat("9", 1<<20) + `}`, fhir.Limits{}, fhir.CodeLimitNumber, "64 characters"},
		"giant fraction":     {`{"a":0.` + strings.Repeat("1", 1<<20) + `}`, fhir.Limits{}, fhir.CodeLimitNumber, "64 characters"},
		"long string":        {`{"a":"` + strings.Repeat("a", 200) + `"}`, small, fhir.CodeLimitString, "100 bytes"},
		"many entries":       {`{"resourceType":"Bundle","entry":[{},{},{}]}`, small, fhir.CodeLimitEntries, "2"},
		"many lines":         {"{\"a\":1}\n{\"a\":1}\n{\"a\":1}", small, fhir.CodeLimitEntries, "2"},
	} {
		t.Run(name, func(t *testing.T) {
			in, problems, err := fhir.Open(strings.NewReader(c.text), c.limits)
			var refusal *fhir.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("error is %v, want a refusal", err)
			}
			if refusal.Problem.Code != c.code {
				t.Errorf("code %s, want %s", refusal.Problem.Code, c.code)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q does not say %q", err, c.says)
			}
			if last := problems[len(problems)-1]; last != refusal.Problem || last.Severity != fhir.Fatal {
				t.Errorf("last problem is %v, want the fatal one", last)
			}
			if in == nil || len(in.Entries) != 0 {
				t.Error("a refused input must be there for quarantine, without entries")
			}
		})
	}
}

func TestFailingReaderIsNoRefusal(t *testing.T) {
	broken := errors.New("cable pulled")
	_, _, err := fhir.Open(io.MultiReader(strings.NewReader(zhang), iotest.ErrReader(broken)), fhir.Limits{})
	if !errors.Is(err, broken) || errors.As(err, new(*fhir.Refusal)) {
		t.Errorf("error is %v, want the reader's", err)
	}
}

func TestSingleResourceWithByteOrderMark(t *testing.T) {
	text := "\xEF\xBB\xBF" + zhang + "\r\n"
	in := mustOpen(t, text)
	if in.Form != fhir.FormSingle || in.Entries[0].Key() != "Patient/zhang" {
		t.Errorf("form %d, key %q", in.Form, in.Entries[0].Key())
	}
	if string(in.Raw) != text || string(in.Entries[0].Raw) != zhang {
		t.Error("raw bytes are not those received")
	}
	if in.Digest() != sm3.Sum([]byte(text)) || in.Entries[0].Digest() != sm3.Sum([]byte(zhang)) {
		t.Error("digest is not SM3 of the raw bytes")
	}
}

func TestLinesStandOnTheirOwn(t *testing.T) {
	text := zhang + "\r\n\n" + `{"resourceType":"Patient","id":"li"` + "\n" + `{"id":"x"}` + "\n" +
		`{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/zhang"}}` + "\n"
	in, problems, err := fhir.OpenBytes([]byte(text), fhir.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if in.Form != fhir.FormNDJSON || len(in.Entries) != 2 || in.Entries[1].Type != "Observation" {
		t.Fatalf("form %d with %d entries", in.Form, len(in.Entries))
	}
	if len(problems) != 2 || problems[0].Severity != fhir.Error {
		t.Fatalf("problems %v", problems)
	}
	cut, untyped := in.Rejected[0], in.Rejected[1]
	if cut.Line != 3 || cut.Problem.Code != fhir.CodeTruncated || !strings.Contains(cut.Problem.Rule.En, "line 3") {
		t.Errorf("cut-off line is told as %+v", cut)
	}
	if untyped.Line != 4 || string(untyped.Raw) != `{"id":"x"}` || untyped.Problem.Code != fhir.CodeNoResourceType {
		t.Errorf("line without type is told as %+v", untyped)
	}
	if to, ok := in.Resolve(in.Entries[1], "Patient/zhang"); !ok || to != in.Entries[0] {
		t.Error("a reference between lines does not resolve")
	}
}

func TestScanProblemsNameTheEntry(t *testing.T) {
	text := `{"resourceType":"Bundle","type":"collection","id":"b","id":"b","entry":[
	  {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000001","resource":` + zhang + `},
	  {"resource":{"resourceType":"Patient","name":[{"family":"王","family":"李"}]}},
	  {"resource":{"resourceType":"Patient","name":[{"text":"` + "\xD5\xC5" + `"}]}},
	  {"search":{"mode":"match","mode":"match"},"resource":{"resourceType":"Patient","gender":"\ud800","id":"a\u0000"}}]}`
	_, problems, err := fhir.OpenBytes([]byte(text), fhir.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]int)
	for _, p := range problems {
		got[string(p.Code)+" "+p.Path] = p.Entry
	}
	for want, entry := range map[string]int{
		"fhir.json.duplicate Bundle.id":                   fhir.NoEntry,
		"fhir.json.duplicate Patient.name[0].family":      1,
		"fhir.utf8 Patient.name[0].text":                  2,
		"fhir.json.duplicate Bundle.entry[3].search.mode": 3,
		"fhir.utf8 Patient.gender":                        3,
		"fhir.control Patient.id":                         3,
	} {
		if at, ok := got[want]; !ok || at != entry {
			t.Errorf("%s: entry %d (found %t), want %d", want, at, ok, entry)
		}
	}
	if len(got) != 6 {
		t.Errorf("problems: %v", problems)
	}
}

func TestDuplicatesAreFoundInWideAndEscapedObjects(t *testing.T) {
	var wide strings.Builder
	for i := range 30 {
		wide.WriteString(`,"x` + string(rune('a'+i)) + `":1`)
	}
	for name, text := range map[string]string{
		"wide":    `{"resourceType":"Basic"` + wide.String() + `,"xa":2}`,
		"escaped": `{"resourceType":"Basic","id":"a","\u0069d":"b"}`,
	} {
		_, problems, err := fhir.OpenBytes([]byte(text), fhir.Limits{})
		if err != nil || len(problems) != 1 || problems[0].Code != fhir.CodeDuplicate {
			t.Errorf("%s: %v %v", name, problems, err)
		}
	}
}

func TestProblemsAreCutOff(t *testing.T) {
	text := `{"resourceType":"Basic","x":[` + strings.TrimSuffix(strings.Repeat(`{"a":1,"a":2},`, 100), ",") + `]}`
	_, problems, err := fhir.OpenBytes([]byte(text), fhir.Limits{Problems: 5})
	if err != nil || len(problems) != 6 || problems[5].Code != fhir.CodeLimitProblems {
		t.Errorf("%d problems, error %v", len(problems), err)
	}
}

func TestBundleEntriesAreLossless(t *testing.T) {
	first := `{ "resourceType" : "Observation",  "valueQuantity": {"value": 1.500e2, "unknown": [ ]} }`
	text := `{"resourceType":"Bundle","type":"transaction","entry":[
	 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000001","resource":` + first + `,
	  "request":{"method":"POST","url":"Observation","ifNoneExist":"identifier=x|1"}},
	 {"request":{"method":"DELETE","url":"Patient/7","ifMatch":"W/\"3\""}}]}`
	in := mustOpen(t, text)
	if in.Form != fhir.FormBundle || in.Bundle.Type != fhir.BundleTransaction || len(in.Entries) != 2 {
		t.Fatalf("form %d, %+v", in.Form, in.Bundle)
	}
	post, remove := in.Entries[0], in.Entries[1]
	if string(post.Raw) != first || !bytes.Contains(post.Frame, []byte("ifNoneExist")) {
		t.Error("the entry's bytes are not those received")
	}
	if *post.Request != (fhir.Request{Method: "POST", URL: "Observation", IfNoneExist: "identifier=x|1"}) {
		t.Errorf("request %+v", post.Request)
	}
	if o, _ := fhir.ReadObservation(post); o.Value.Quantity.Value != "1.500e2" {
		t.Errorf("decimal %q is not as written", o.Value.Quantity.Value)
	}
	if remove.Raw != nil || remove.Request.IfMatch != `W/"3"` || remove.Key() != "#1" || fhir.Check(remove) != nil {
		t.Errorf("a deletion is read as %+v", remove)
	}
}

func TestFrameRules(t *testing.T) {
	const u1 = `"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000001"`
	for name, c := range map[string]struct {
		bundle string
		code   fhir.Code
		path   string
	}{
		"no type":              {`"entry":[]`, fhir.CodeBundleType, "Bundle.type"},
		"unknown type":         {`"type":"pile"`, fhir.CodeBundleType, "Bundle.type"},
		"entry is an object":   {`"type":"collection","entry":{}`, fhir.CodeMustBeArray, "Bundle.entry"},
		"entry is a number":    {`"type":"collection","entry":[1]`, fhir.CodeType, "Bundle.entry[0]"},
		"resource is a number": {`"type":"collection","entry":[{"resource":1}]`, fhir.CodeType, "Bundle.entry[0].resource"},
		"no resourceType":      {`"type":"collection","entry":[{"resource":{"id":"a"}}]`, fhir.CodeEntryNoType, "Bundle.entry[0].resource"},
		"total":                {`"type":"collection","total":1`, fhir.CodeBundleTotal, "Bundle.total"},
		"no request":           {`"type":"transaction","entry":[{"resource":` + zhang + `}]`, fhir.CodeRequired, "Bundle.entry[0].request"},
		"no method":            {`"type":"batch","entry":[{"request":{"url":"a"},"resource":` + zhang + `}]`, fhir.CodeCode, "Bundle.entry[0].request.method"},
		"stray request":        {`"type":"searchset","entry":[{"request":{"method":"GET","url":"a"},"resource":` + zhang + `}]`, fhir.CodeBundleRequest, "Bundle.entry[0].request"},
		"nothing in it":        {`"type":"collection","entry":[{}]`, fhir.CodeRequired, "Bundle.entry[0].resource"},
		"relative fullUrl":     {`"type":"collection","entry":[{"fullUrl":"Patient/zhang","resource":` + zhang + `}]`, fhir.CodeFullURL, "Bundle.entry[0].fullUrl"},
		"versioned fullUrl":    {`"type":"collection","entry":[{"fullUrl":"http://a/Patient/zhang/_history/1","resource":` + zhang + `}]`, fhir.CodeFullURL, "Bundle.entry[0].fullUrl"},
		"other id":             {`"type":"collection","entry":[{"fullUrl":"http://a/Patient/li","resource":` + zhang + `}]`, fhir.CodeFullURLMismatch, "Bundle.entry[0].fullUrl"},
		"fullUrl twice":        {`"type":"collection","entry":[{` + u1 + `,"resource":` + zhang + `},{` + u1 + `,"resource":` + zhang + `}]`, fhir.CodeFullURLTwice, "Bundle.entry[1].fullUrl"},
		"no Composition":       {`"type":"document","identifier":{"system":"urn:x","value":"1"},"timestamp":"2026-01-02T03:04:05Z","entry":[{"resource":` + zhang + `}]`, fhir.CodeBundleLead, "Bundle.entry"},
		"bad timestamp":        {`"type":"collection","timestamp":"yesterday"`, fhir.CodeFormat, "Bundle.timestamp"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems, err := fhir.OpenBytes([]byte(`{"resourceType":"Bundle",`+c.bundle+`}`), fhir.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if len(problems) != 1 || problems[0].Code != c.code || problems[0].Path != c.path {
				t.Errorf("problems %v, want %s at %s", problems, c.code, c.path)
			}
		})
	}
}

func TestKeysAreNotIdentities(t *testing.T) {
	one := mustOpen(t, zhang).Entries[0]
	other := mustOpen(t, strings.Replace(zhang, "张三", "李四", 1)).Entries[0]
	if one.Key() != other.Key() || one.Digest() == other.Digest() {
		t.Error("two senders' Patient/zhang must share a key and differ in digest")
	}
}

func TestRawIsValidJSONWithinTheInput(t *testing.T) {
	in := mustOpen(t, string(syntheticBundle(20)))
	for _, e := range in.Entries {
		if !json.Valid(e.Raw) || !bytes.Contains(in.Raw, e.Raw) {
			t.Fatalf("entry %d is not a part of the input", e.Index)
		}
	}
}

func TestEntriesMayBeReadConcurrently(t *testing.T) {
	in := mustOpen(t, string(syntheticBundle(10)))
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for _, e := range in.Entries {
				if problems := fhir.Check(e); len(problems) > 0 {
					t.Errorf("entry %d: %v", e.Index, problems)
				}
				for _, l := range e.References() {
					if _, ok := in.Resolve(e, l.Text); !ok {
						t.Errorf("%s does not resolve", l.Path)
					}
				}
				readView(e)
			}
		})
	}
	readers.Wait()
}
