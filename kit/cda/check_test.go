package cda_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/kit/cda"
)

func rulesOf(all []cda.Finding) []cda.Rule {
	var rules []cda.Rule
	for _, f := range all {
		rules = append(rules, f.Rule)
	}
	return rules
}

func TestEachRuleIsKeptAndNamesItsPlace(t *testing.T) {
	temperature := `<value xsi:type="PQ" value="36.8"`
	for name, c := range map[string]struct {
		from, to string
		want     cda.Rule
		severity cda.Severity
		at       string // what the path ends with
	}{
		"template of another kind": {`root="2.16.156.10011.2.1.1.54"`, `root="2.16.156.10011.2.1.1.57"`, cda.RuleTemplate, cda.Refuse, "templateId"},
		"no template":              {`<templateId root="2.16.156.10011.2.1.1.54"/>`, ``, cda.RuleTemplateMissing, cda.Warn, "templateId"},
		"no such kind":             {`code="C0034"`, `code="C0054"`, cda.RuleUnknownKind, cda.Warn, "code"},
		"typeId":                   {`root="2.16.840.1.113883.1.3"`, `root="1.2"`, cda.RuleType, cda.Warn, "typeId"},
		"no title":                 {`<title>入院记录</title>`, ``, cda.RuleMissing, cda.Warn, "title"},
		"no number":                {`extension="D-0001"`, `extension=""`, cda.RuleMissing, cda.Warn, "id"},
		"order":                    {`<realmCode code="CN"/>`, `<versionNumber/><realmCode code="CN"/>`, cda.RuleOrder, cda.Warn, "realmCode"},
		"admission number":         {`root="2.16.156.10011.1.12"`, `root="1.2.3.4"`, cda.RuleHeaderOID, cda.Warn, "patientRole/id"},
		"ID number":                {validID, validID[:17] + "2", cda.RuleIDNumber, cda.Warn, "patient/id"},
		"gender":                   {`<administrativeGenderCode code="1"`, `<administrativeGenderCode code="7"`, cda.RuleValueSet, cda.Warn, "administrativeGenderCode"},
		"time":                     {`<birthTime value="19900307083000"/>`, `<birthTime value="不详"/>`, cda.RuleTime, cda.Warn, "birthTime"},
		"number":                   {temperature, `<value xsi:type="PQ" value="高"`, cda.RuleNumber, cda.Warn, "observation/value"},
		"data type":                {temperature, `<value xsi:type="ST"`, cda.RuleDatatype, cda.Warn, "observation/value"},
		"untyped":                  {temperature, `<value value="36.8"`, cda.RuleUntyped, cda.Warn, "observation/value"},
		"boolean":                  {temperature, `<value xsi:type="BL" value="是"`, cda.RuleBoolean, cda.Warn, "observation/value"},
		"unknown element":          {"DE04.10.186.00", "DE99.99.999.00", cda.RuleElementUnknown, cda.Warn, "observation/code"},
		"element of another kind":  {"DE04.10.186.00", "DE05.10.166.00", cda.RuleElementForeign, cda.Warn, "observation/code"},
		"section of another kind":  {`code="8716-3"`, `code="48768-6"`, cda.RuleSectionForeign, cda.Warn, "component[2]/section"},
		"reference outwards":       {`<paragraph>`, `<reference value="http://example.org/x"/><paragraph>`, cda.RuleExternal, cda.Warn, "text/reference"},
	} {
		d := parse(t, admissionText(t, c.from, c.to))
		found := d.Check()
		i := slices.IndexFunc(found, func(f cda.Finding) bool { return f.Rule == c.want })
		if i < 0 {
			t.Errorf("%s: %s is not among %v", name, c.want, rulesOf(found))
			continue
		}
		if f := found[i]; f.Severity != c.severity || !strings.HasSuffix(f.Path, c.at) || f.Text.Zh == "" || f.Remedy.En == "" {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestADocumentWithoutPatientCodeOrBodyIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want cda.Rule
	}{
		"patient": {document(strings.ReplaceAll(smallHeader, "recordTarget", "sdtc:recordTarget"), section("")), cda.RuleNoPatient},
		"code":    {document(strings.ReplaceAll(smallHeader, `code="34133-9"`, ""), section("")), cda.RuleNoCode},
		"body":    {document(smallHeader, ""), cda.RuleNoBody},
	} {
		found := parse(t, c.text).Check()
		if !slices.ContainsFunc(found, func(f cda.Finding) bool { return f.Rule == c.want && f.Severity == cda.Refuse }) {
			t.Errorf("%s: %v", name, found)
		}
	}
	if found := parse(t, document(smallHeader, section("<text>x</text>"))).Check(); len(found) > 0 {
		t.Errorf("a plain document: %v", found)
	}
}

func TestFindingsNeverRepeatWhatTheDocumentSays(t *testing.T) {
	const secret = "机密王小明"
	d := parse(t, admissionText(t, `value="36.8"`, `value="`+secret+`"`, `<birthTime value="19900307083000"/>`, `<birthTime value="`+secret+`"/>`,
		`<administrativeGenderCode code="1"`, `<administrativeGenderCode code="`+secret+`"`))
	found := d.Check()
	if len(found) < 3 {
		t.Fatalf("%v", found)
	}
	for _, f := range found {
		if strings.Contains(f.String()+f.Text.Zh+f.Remedy.Zh, secret) {
			t.Errorf("%v", f)
		}
	}
}

func TestFindingsAreCutOff(t *testing.T) {
	text := document(smallHeader, strings.Repeat(section(`<entry><observation><value xsi:type="PQ" value="x"/></observation></entry>`), 50))
	d, err := cda.Parse([]byte(text), cda.Limits{Findings: 10})
	if err != nil {
		t.Fatal(err)
	}
	if found := d.Check(); len(found) != 11 || found[10].Rule != cda.RuleFindings {
		t.Errorf("%d findings", len(found))
	}
}

func TestTheCheckDigitOfAnIDNumber(t *testing.T) {
	for number, want := range map[string]bool{
		validID: true, validID[:17] + "2": false, "11010119900307001": true, "1101011990030700一": true, "11010119900307001X": false, "": true,
	} {
		if cda.ValidIDNumber(number) != want {
			t.Errorf("%s: %t", number, !want)
		}
	}
}
