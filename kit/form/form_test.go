package form_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/kit/form"
	"github.com/medward/medward/kit/form/formtest"
)

const vitalSigns = `{
	"key": "vital_signs", "version": 1, "title": {"zh": "生命体征", "en": "Vital signs"},
	"facts": [{"key": "born", "kind": "date"}, {"key": "today", "kind": "date"}, {"key": "sex", "kind": "choice"}],
	"sections": [
		{"key": "measured", "title": {"zh": "测量", "en": "Measured"}, "fields": [
			{"key": "temperature", "title": {"zh": "体温", "en": "Temperature"}, "kind": "decimal", "purpose": "service", "need": "mandatory", "unit": "Cel",
				"possible": {"from": "25", "to": "45"}, "usual": {"from": "35", "to": "39.5"}},
			{"key": "height", "title": {"zh": "身高", "en": "Height"}, "kind": "integer", "purpose": "service", "unit": "cm"},
			{"key": "weight", "title": {"zh": "体重", "en": "Weight"}, "kind": "decimal", "purpose": "service", "unit": "kg"},
			{"key": "bmi", "title": {"zh": "体重指数", "en": "Body mass index"}, "kind": "decimal", "purpose": "service", "digits": 1,
				"computed": "weight / (double(height) / 100.0 * double(height) / 100.0)"},
			{"key": "pregnant", "title": {"zh": "妊娠", "en": "Pregnant"}, "kind": "boolean", "purpose": "service", "when": "sex == 'F' && yearsBetween(born, today) >= 10", "need": "mandatory"},
			{"key": "pain", "title": {"zh": "疼痛", "en": "Pain"}, "kind": "choice", "purpose": "service", "need": "recommended", "options": [
				{"value": "none", "title": {"zh": "无", "en": "None"}}, {"value": "severe", "title": {"zh": "重", "en": "Severe"}}]}]},
		{"key": "medicines", "title": {"zh": "用药", "en": "Medicines"}, "repeat": {"most": 3}, "fields": [
			{"key": "drug", "title": {"zh": "药名", "en": "Drug"}, "kind": "line", "purpose": "service", "need": "mandatory"},
			{"key": "begun", "title": {"zh": "开始", "en": "Begun"}, "kind": "date", "purpose": "service"},
			{"key": "ended", "title": {"zh": "结束", "en": "Ended"}, "kind": "date", "purpose": "service"}]}],
	"rules": [
		{"key": "order", "each": "medicines", "must": "begun <= ended", "level": "block", "says": {"zh": "结束不早于开始", "en": "It ends after it begins"}, "at": ["ended"]},
		{"key": "twice", "must": "medicines.all(m, medicines.filter(o, o.drug == m.drug).size() == 1)", "level": "warn", "says": {"zh": "同一药名重复", "en": "A drug stands twice"}},
		{"key": "fever", "when": "pain == 'severe'", "must": "temperature < 38.5", "level": "warn", "says": {"zh": "发热伴剧痛", "en": "Fever with severe pain"}, "at": ["temperature", "pain"]}]
}`

func compiled(t *testing.T, text string) *form.Form {
	t.Helper()
	d, err := form.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	f, err := form.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func checked(t *testing.T, f *form.Form, answers string, facts map[string]any) form.Verdict {
	t.Helper()
	from := json.NewDecoder(strings.NewReader(answers))
	from.UseNumber()
	var in form.Answers
	if err := from.Decode(&in); err != nil {
		t.Fatal(err)
	}
	return f.Check(form.Input{Answers: in, Facts: facts, Reasons: map[string]string{"pain": "昏迷，无法评估"}})
}

// found is what was found, a line each.
func found(v form.Verdict) string {
	var lines []string
	for _, f := range v.Findings {
		lines = append(lines, strings.TrimSpace(string(f.Level)+" "+f.Path+" "+f.Code+" "+f.Rule))
	}
	return strings.Join(lines, "; ")
}

func TestAnswersAreJudged(t *testing.T) {
	f := compiled(t, vitalSigns)
	woman := map[string]any{"sex": "F", "born": "2016-02-29", "today": "2026-02-28"}
	for name, c := range map[string]struct{ answers, want string }{
		"nothing":                 {`{}`, "block temperature missing"},
		"empty is nothing":        {`{"temperature": "", "medicines": []}`, "block temperature missing"},
		"whole":                   {`{"temperature": "36.5", "pain": "none"}`, ""},
		"as a number":             {`{"temperature": 36.5}`, "block temperature kind"},
		"unusual":                 {`{"temperature": "40"}`, "warn temperature usual"},
		"impossible":              {`{"temperature": "365"}`, "block temperature possible"},
		"no such answer":          {`{"temperature": "36.5", "pain": "some", "pulse": 80}`, "block pulse unknown; block pain option"},
		"in rows":                 {`{"temperature": "36.5", "medicines": [{"drug": "甲"}, {"begun": "2026-02-30"}]}`, "block medicines[1].drug missing; block medicines[1].begun kind"},
		"too many rows":           {`{"temperature": "36.5", "medicines": [{"drug": "a"}, {"drug": "b"}, {"drug": "c"}, {"drug": "d"}]}`, "block medicines rows"},
		"a rule of each row":      {`{"temperature": "36.5", "medicines": [{"drug": "a", "begun": "2026-01-02", "ended": "2026-01-01"}]}`, "block medicines[0].ended rule order"},
		"a rule over rows":        {`{"temperature": "36.5", "medicines": [{"drug": "a"}, {"drug": "a"}]}`, "warn  rule twice"},
		"a rule with a condition": {`{"temperature": "38.5", "pain": "severe"}`, "warn temperature rule fever"},
	} {
		if got := found(checked(t, f, c.answers, woman)); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestConditionsAskAndComputedFieldsFollow(t *testing.T) {
	f := compiled(t, vitalSigns)
	woman := map[string]any{"sex": "F", "born": "2016-02-29", "today": "2026-03-01"}
	v := checked(t, f, `{"temperature": "36.5", "height": 160, "weight": "52.50", "bmi": "99.9"}`, woman)
	if got := found(v); got != "block pregnant missing" {
		t.Errorf("on the day she is ten: %q", got)
	}
	if v.Needed != 2 || v.Given != 1 || !v.Blocked() {
		t.Errorf("%d of %d", v.Given, v.Needed)
	}
	man := map[string]any{"sex": "M", "born": "1980-01-01", "today": "2026-03-01"}
	v = checked(t, f, `{"temperature": "36.5", "height": 160, "weight": "52.50", "bmi": "99.9", "pregnant": true}`, man)
	want := form.Answers{"temperature": "36.5", "height": json.Number("160"), "weight": "52.50", "bmi": "20.5"}
	if diff := cmp.Diff(want, v.Answers); diff != "" || v.Blocked() {
		t.Errorf("what is kept (-want +got):\n%s%s", diff, found(v))
	}
}

func TestAReasonStandsForWhatIsRecommended(t *testing.T) {
	f := compiled(t, vitalSigns)
	v := f.Check(form.Input{Answers: form.Answers{"temperature": "36.5"}})
	if got := found(v); got != "block pain unexplained" {
		t.Errorf("%q", got)
	}
	v = f.Check(form.Input{Answers: form.Answers{"temperature": "36.5"}, Reasons: map[string]string{"pain": "  "}})
	if got := found(v); got != "block pain unexplained" {
		t.Errorf("a blank reason: %q", got)
	}
}

func TestHalvesAreRoundedAwayFromZero(t *testing.T) {
	f := compiled(t, `{"key": "k", "version": 1, "title": {"zh": "k", "en": "k"}, "sections": [{"key": "s", "title": {"zh": "s", "en": "s"}, "fields": [
		{"key": "a", "title": {"zh": "a", "en": "a"}, "kind": "decimal", "purpose": "service"},
		{"key": "b", "title": {"zh": "b", "en": "b"}, "kind": "decimal", "purpose": "service", "computed": "a * 1.0", "digits": 1}]}]}`)
	for in, want := range map[string]any{"0.25": "0.3", "-0.25": "-0.3", "0.35": "0.3", "-0.04": "0.0", "2": "2.0"} {
		if got := f.Check(form.Input{Answers: form.Answers{"a": in}}).Answers["b"]; got != want {
			t.Errorf("%s gives %v, not %v", in, got, want)
		}
	}
}

func TestWhatIsWrongWithAFormIsToldAllAtOnce(t *testing.T) {
	swapped := func(old, by string) form.Definition {
		t.Helper()
		if !strings.Contains(vitalSigns, old) {
			t.Fatalf("the form does not say %s", old)
		}
		d, err := form.Parse([]byte(strings.Replace(vitalSigns, old, by, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for name, c := range map[string]struct{ old, by, want string }{
		"a purpose":          {`"purpose": "service"`, `"purpose": "because"`, "sections.measured.fields.temperature.purpose"},
		"a language":         {`"en": "Vital signs"`, `"en": ""`, "title"},
		"a key twice":        {`"key": "weight"`, `"key": "height"`, "sections.measured.fields.height"},
		"a reserved key":     {`"key": "weight"`, `"key": "size"`, "sections.measured.fields.size"},
		"a type":             {`"temperature < 38.5"`, `"temperature < 38"`, "rules.fever.must"},
		"what comes later":   {`"when": "sex == 'F'`, `"when": "pain == 'none'`, "sections.measured.fields.pregnant.when"},
		"itself":             {`"weight / (`, `"bmi / (`, "sections.measured.fields.bmi.computed"},
		"no condition":       {`"begun <= ended"`, `"1"`, "rules.order.must"},
		"a foreign function": {`"begun <= ended"`, `"string(ended) == ''"`, "rules.order.must"},
		"a field elsewhere":  {`"at": ["ended"]`, `"at": ["pain"]`, "rules.order.at"},
		"no such section":    {`"each": "medicines"`, `"each": "measured"`, "rules.order.each"},
		"a range":            {`"from": "25", "to": "45"`, `"from": "45", "to": "25"`, "sections.measured.fields.temperature.possible"},
		"a range of text":    {`"from": "25", "to": "45"`, `"from": "warm"`, "sections.measured.fields.temperature.possible"},
		"rows without end":   {`"most": 3`, `"most": 0`, "sections.medicines.repeat"},
		"no options":         {`"kind": "choice", "purpose": "service", "need"`, `"kind": "line", "purpose": "service", "need"`, "sections.measured.fields.pain.options"},
	} {
		_, err := form.Compile(swapped(c.old, c.by))
		var defects form.Defects
		if !errors.As(err, &defects) || !slices.ContainsFunc(defects, func(d form.Defect) bool { return d.Path == c.want && d.Text != "" }) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := swapped(`"purpose": "service"`, `"purpose": ""`)
	d.Rules[0].Level = "shout"
	var defects form.Defects
	if _, err := form.Compile(d); !errors.As(err, &defects) || len(defects) != 2 {
		t.Errorf("two defects: %v", err)
	}
}

func TestAMisspeltWordIsRefused(t *testing.T) {
	for _, text := range []string{`{"keys": "a"}`, `{} {}`, `[]`, `{"sections": [{"fields": [{"wenn": "true"}]}]}`} {
		if _, err := form.Parse([]byte(text)); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

func TestCheckingTwiceGivesTheSameVerdict(t *testing.T) {
	for i := range uint64(300) {
		c, err := formtest.Make(7, i)
		if err != nil {
			t.Fatal(err)
		}
		f, err := form.Compile(c.Definition)
		if err != nil {
			t.Fatal(err)
		}
		again := f.Check(form.Input{Answers: c.Answers, Facts: c.Facts, Reasons: c.Reasons, Active: formtest.Active})
		if diff := cmp.Diff(c.Verdict, again); diff != "" {
			t.Fatalf("case %d:\n%s", i, diff)
		}
	}
}

func FuzzCompileAndCheck(f *testing.F) {
	f.Add([]byte(vitalSigns), []byte(`{"temperature": "36.5", "medicines": [{"drug": "a"}]}`))
	f.Fuzz(func(_ *testing.T, definition, answers []byte) {
		d, err := form.Parse(definition)
		if err != nil {
			return
		}
		compiled, err := form.Compile(d)
		if err != nil {
			return
		}
		var in form.Answers
		if json.Unmarshal(answers, &in) != nil {
			return
		}
		compiled.Check(form.Input{Answers: in})
	})
}

func BenchmarkCheck(b *testing.B) {
	d, err := form.Parse([]byte(vitalSigns))
	if err != nil {
		b.Fatal(err)
	}
	f, err := form.Compile(d)
	if err != nil {
		b.Fatal(err)
	}
	in := form.Input{Answers: form.Answers{"temperature": "38.5", "height": 160.0, "weight": "52.5", "pain": "severe", "medicines": []any{map[string]any{"drug": "a"}, map[string]any{"drug": "b"}}}}
	for b.Loop() {
		if f.Check(in).Blocked() {
			b.Fatal("blocked")
		}
	}
}
