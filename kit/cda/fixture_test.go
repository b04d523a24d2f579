package cda_test

import (
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/kit/cda"
)

// document is a small document around a header and a body.
func document(header, body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!-- invented -->
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">` + header +
		`<component><structuredBody>` + body + `</structuredBody></component></ClinicalDocument>`
}

const smallHeader = `<typeId root="2.16.840.1.113883.1.3" extension="POCD_MT000040"/>
<id root="1.2.3" extension="7"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary"/><title>小结</title>
<effectiveTime value="20261122"/><confidentialityCode code="N"/>
<recordTarget><patientRole><id root="1.2.4" extension="p1"/><patient><name>试验一</name></patient></patientRole></recordTarget>
<author><time value="20261122"/><assignedAuthor><id root="1.2.5"/></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><name>试验医院</name></representedCustodianOrganization></assignedCustodian></custodian>`

// section is a component with one section around its content.
func section(content string) string {
	return `<component><section><code code="10154-3" codeSystem="2.16.840.1.113883.6.1"/>` + content + `</section></component>`
}

func parse(t testing.TB, text string) *cda.Document {
	t.Helper()
	d, err := cda.Parse([]byte(text), cda.Limits{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return d
}

func written(t testing.TB, d *cda.Document) string {
	t.Helper()
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func day(year, month, n int) time.Time {
	return time.Date(year, time.Month(month), n, 8, 30, 0, 0, time.UTC)
}

// validID is invented; its check digit is right.
const validID = "110101199003070011"

// admission is an admission record of an invented patient.
func admission() cda.Draft {
	return cda.Draft{
		Kind: "C0034",
		Header: cda.Header{
			ID: cda.II{Extension: "D-0001"}, Time: cda.TimeOf(day(2026, 11, 20)), Set: cda.II{Root: "1.2.3", Extension: "S-1"}, Version: "2",
			Patients: []cda.Patient{{
				IDs: []cda.II{{Root: cda.RootAdmission, Extension: "ZY0001"}}, NationalIDs: []cda.II{{Root: cda.RootIDCard, Extension: validID}},
				Name: "试验一", Gender: cda.Code{Code: "1", System: "2.16.156.10011.2.3.3.4", Name: "男性"}, Birth: cda.TimeOf(day(1990, 3, 7)),
				Ages: []cda.Quantity{{Number: "36", Unit: "岁"}}, Telecoms: []string{"000-0000"},
				Addresses: []cda.Address{{Use: "H", Parts: []cda.AddressPart{{Part: "city", Text: "试验市"}, {Part: "township", Text: "试验乡"}}}},
			}},
			Authors:   []cda.Participant{{Time: cda.Interval{Value: cda.TimeOf(day(2026, 11, 20))}, Class: "ASSIGNED", IDs: []cda.II{{Root: cda.RootAuthor, Extension: "w1"}}, Name: "医师甲"}},
			Custodian: cda.Organization{IDs: []cda.II{{Root: cda.RootOrganization, Extension: "H1"}}, Name: "试验医院"},
			Legal:     &cda.Participant{Name: "医师乙", Signature: cda.Code{Code: "S"}, Code: cda.Code{Name: "主任医师"}},
			Related:   []cda.Related{{Kind: "RPLC", IDs: []cda.II{{Root: cda.RootDocument, Extension: "D-0000"}}, Version: "1"}},
			Encounter: &cda.Encounter{
				Time:  cda.Interval{Low: cda.TimeOf(day(2026, 11, 19))},
				Place: &cda.Organization{IDs: []cda.II{{Root: cda.RootBed, Extension: "12"}}, Name: "12床", PartOf: &cda.Organization{IDs: []cda.II{{Root: cda.RootDepartment, Extension: "d1"}}, Name: "心内科"}},
			},
		},
		Parts: []cda.DraftPart{
			{Section: "8716-3", Items: []cda.Item{{Element: "DE04.10.186.00", Value: cda.Value{Quantity: cda.Quantity{Number: "36.8"}}}}},
			{Section: "10154-3", Text: []string{"胸痛 <3> 天 & 气促"}, Items: []cda.Item{{Element: "DE04.01.119.00", Value: cda.Value{Text: "胸痛 <3> 天 & 气促"}}}},
		},
	}
}

// admissionText is the admission record as it is written, with some text replaced.
func admissionText(t testing.TB, replace ...string) string {
	t.Helper()
	d, err := cda.Build(admission())
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, d)
	for i := 0; i+1 < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("%q does not stand in the admission record:\n%s", replace[i], text)
		}
		text = strings.ReplaceAll(text, replace[i], replace[i+1])
	}
	return text
}
