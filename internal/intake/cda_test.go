package intake_test

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/cda"
)

// stay admits the patient of clinicalDraft under numbers that both standards write alike.
func stay() string {
	return message(msh("ADT^A01^ADT_A01", "1"), "EVN|A01|20260228090000|||op-7", "PID|1||M0001^^^^MR||王^秀英||19600302|F", pv1("ZY0001", doctor))
}

const idNumber = "110101196003020028"

// clinicalDraft is an admission record of an invented patient.
func clinicalDraft() cda.Draft {
	made := cda.TimeOf(time.Date(2026, 2, 28, 10, 30, 0, 0, time.UTC))
	return cda.Draft{
		Kind: "C0034",
		Header: cda.Header{
			ID: cda.II{Extension: "D-1"}, Time: made, Set: cda.II{Root: cda.RootDocument, Extension: "S-1"}, Version: "1",
			Patients: []cda.Patient{{
				IDs:         []cda.II{{Root: cda.RootAdmission, Extension: "ZY0001"}, {Root: cda.RootRecord, Extension: "M0001"}},
				NationalIDs: []cda.II{{Root: cda.RootIDCard, Extension: idNumber}},
				Name:        "王秀英", Gender: cda.Code{Code: "2", System: "2.16.156.10011.2.3.3.4", Name: "女性"}, Birth: cda.TimeOf(time.Date(1960, 3, 2, 0, 0, 0, 0, time.UTC)),
				Telecoms: []string{"13800000000"},
			}},
			Authors:   []cda.Participant{{Time: cda.Interval{Value: made}, IDs: []cda.II{{Root: cda.RootAuthor, Extension: "D-100"}}, Name: "周明远"}},
			Custodian: cda.Organization{IDs: []cda.II{{Root: cda.RootOrganization, Extension: "H1"}}, Name: "明州医院"},
			Legal:     &cda.Participant{Name: "钱主任", Signature: cda.Code{Code: "S"}},
			Encounter: &cda.Encounter{Place: &cda.Organization{IDs: []cda.II{{Root: cda.RootDepartment, Extension: "0301"}}, Name: "心血管内科"}},
		},
		Parts: []cda.DraftPart{
			{Section: "10154-3", Text: []string{"胸痛3天"}, Items: []cda.Item{{Element: "DE04.01.119.00", Value: cda.Value{Text: "胸痛3天"}}}},
			{Section: "8716-3", Items: []cda.Item{{Element: "DE04.10.186.00", Value: cda.Value{Quantity: cda.Quantity{Number: "36.8"}}}}},
		},
	}
}

// clinicalText writes the draft as change leaves it, with some text replaced.
func clinicalText(t testing.TB, change func(*cda.Draft), replace ...string) string {
	t.Helper()
	draft := clinicalDraft()
	if change != nil {
		change(&draft)
	}
	d, err := cda.Build(draft)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for i := 0; i+1 < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("%q does not stand in\n%s", replace[i], text)
		}
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	return text
}

// complaint is a later state of the admission record.
func complaint(text, number, version string) func(*cda.Draft) {
	return func(d *cda.Draft) {
		d.Parts[0].Text, d.Parts[0].Items[0].Value.Text = []string{text}, text
		d.Header.ID.Extension, d.Header.Version = number, version
	}
}

func titled(sections []record.Section, title string) string {
	i := slices.IndexFunc(sections, func(s record.Section) bool { return strings.HasPrefix(s.Title, title) })
	if i < 0 {
		return ""
	}
	return sections[i].Text
}

// originals reads what came with a version of a document.
func (h *house) originals(document string, version int) (kinds, contents []string) {
	h.T.Helper()
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		all, err := h.intake.AttachmentsOf(h.T.Context(), r, acttest.Org, document, version)
		if err != nil {
			return err
		}
		for _, a := range all {
			content, err := h.intake.OpenAttachment(h.T.Context(), r, acttest.Org, a)
			if err != nil {
				return err
			}
			kinds, contents = append(kinds, a.MediaType), append(contents, string(content))
		}
		return nil
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return kinds, contents
}

func TestAClinicalDocumentIsReadInItsPartsBesideTheOriginal(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		person, department := h.hospital()
		h.importText("his", "a.hl7", stay())
		text := clinicalText(t, nil)
		h.mustCount(h.importText("his", "d.xml", text), intake.Counts{Read: 1, Created: 1})
		h.mustCount(h.importText("his", "d.xml", text), intake.Counts{Read: 1, Unchanged: 1})

		id, _ := h.onlyPatient()
		ctx := h.Person(person, []string{department}, 3, "attending")
		list, err := h.records.List(ctx, id, "", 10)
		if err != nil || len(list.Items) != 1 {
			t.Fatalf("documents: %+v, %v", list.Items, err)
		}
		d := list.Items[0]
		if d.Kind != "C0034" || d.Title != "入院记录" || d.Author != person || d.Encounter != h.stays(t, id)[0].ID || d.State != record.Filed {
			t.Errorf("document: %+v", d)
		}
		if want := time.Date(2026, 2, 28, 2, 30, 0, 0, time.UTC); !d.At.Equal(want) {
			t.Errorf("made at %v, want %v: a time without a zone is the house's", d.At, want)
		}
		v, err := h.records.View(ctx, d.ID, 0)
		if err != nil || len(v.Signatures) != 0 {
			t.Fatalf("%d signatures, %v: what another system signed is no signature of ours", len(v.Signatures), err)
		}
		s := v.Content.Sections
		if s[0].Key != "10154-3" || s[0].Text != "胸痛3天" || !strings.Contains(s[1].Text, "36.8") {
			t.Errorf("sections: %+v", s)
		}
		header := titled(s, "文档信息")
		if !strings.Contains(header, "法定审核者：钱主任") || strings.Contains(header, idNumber) || strings.Contains(header, "13800000000") {
			t.Errorf("header: %s", header)
		}
		if kinds, contents := h.originals(d.ID, 1); len(kinds) != 1 || kinds[0] != "application/xml" || contents[0] != text {
			t.Errorf("the original: %v", kinds)
		}
	})
}

func TestANewerClinicalDocumentIsANewVersionAndAnOlderOneIsNot(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		take := func(want intake.Counts, change func(*cda.Draft)) intake.Report {
			t.Helper()
			report := h.importText("emr", "d.xml", clinicalText(t, change))
			h.mustCount(report, want)
			return report
		}
		take(intake.Counts{Read: 1, Created: 1}, nil)
		take(intake.Counts{Read: 1, Updated: 1}, complaint("胸痛3天，加重1天", "D-3", "3"))
		late := take(intake.Counts{Read: 1, Unchanged: 1}, complaint("胸痛2天", "D-2", "2"))
		h.mustTell(late, intake.Warning, "intake.older-version", "/ClinicalDocument/versionNumber")
		silent := take(intake.Counts{Read: 1, Updated: 1}, complaint("胸痛4天", "D-4", "3"))
		h.mustTell(silent, intake.Warning, "intake.same-version", "/ClinicalDocument/versionNumber")
		take(intake.Counts{Read: 1, Updated: 1}, func(d *cda.Draft) { // it names only what it replaces
			complaint("胸痛5天", "D-5", "4")(d)
			d.Header.Set = cda.II{}
			d.Header.Related = []cda.Related{{Kind: "RPLC", IDs: []cda.II{{Root: cda.RootDocument, Extension: "D-4"}}}}
		})
		take(intake.Counts{Read: 1, Created: 1}, func(d *cda.Draft) { d.Header.ID.Extension, d.Header.Set.Extension = "D-9", "S-9" })
		if d, v := h.Count("record_document"), h.Count("record_version"); d != 2 || v != 5 {
			t.Errorf("%d documents, %d versions", d, v)
		}
		of := h.ids("SELECT id FROM record_document WHERE version = 4")[0]
		if _, contents := h.originals(of, 4); len(contents) != 1 || !strings.Contains(contents[0], "胸痛5天") {
			t.Errorf("%d originals of the fourth version", len(contents))
		}

		h.Behind("UPDATE record_document SET state = 'signed'")
		refused := h.importText("emr", "d.xml", clinicalText(t, complaint("心肌梗死", "D-6", "5")))
		h.mustCount(refused, intake.Counts{Read: 1, Quarantined: 1})
		h.mustTell(refused, intake.Error, "act.refused", "")
		h.Behind("UPDATE record_document SET state = 'filed'")
		page, _, err := h.intake.Quarantine(h.operator(), "", "", 10)
		if err != nil || len(page) != 1 {
			t.Fatalf("%d quarantined, %v", len(page), err)
		}
		if retried, err := h.intake.Retry(h.operator(), page[0].ID); err != nil || retried.Total.Updated != 1 {
			t.Errorf("the retry: %+v, %v", retried.Total, err)
		}
	})
}

func TestWhoAClinicalDocumentIsAboutIsDecidedByHisNumbers(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		h.importText("emr", "1.xml", clinicalText(t, nil))
		other := func(d *cda.Draft) {
			p := &d.Header.Patients[0]
			p.IDs, p.NationalIDs = []cda.II{{Root: cda.RootRecord, Extension: "M0002"}}, nil
			p.Name, p.Birth = "李雷", cda.TimeOf(time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC))
			d.Header.ID.Extension, d.Header.Set.Extension = "D-20", "S-20"
		}
		h.importText("emr", "2.xml", clinicalText(t, other))
		if n := h.Count("patient_patient"); n != 2 {
			t.Fatalf("%d patients", n)
		}
		renamed := h.importText("emr", "3.xml", clinicalText(t, func(d *cda.Draft) {
			complaint("x", "D-30", "1")(d)
			d.Header.Set.Extension, d.Header.Patients[0].Name = "S-30", "王秀莲"
		}))
		h.mustTell(renamed, intake.Warning, "intake.identity-change", "/ClinicalDocument/recordTarget")
		page, _, err := h.intake.Reviews(h.clerk(), "", "", 10)
		if err != nil || len(page) != 1 || page[0].Kind != intake.Identity || page[0].Proposed.Name != "王秀莲" {
			t.Errorf("reviews: %+v, %v", page, err)
		}
		between := h.importText("emr", "4.xml", clinicalText(t, func(d *cda.Draft) {
			d.Header.Patients[0].IDs[1].Extension = "M0002"
		}))
		h.mustCount(between, intake.Counts{Read: 1, Quarantined: 1})
		h.mustTell(between, intake.Error, "intake.identifiers-disagree", "/ClinicalDocument/recordTarget/patientRole/id")
		guest := h.importText("emr", "5.xml", clinicalText(t, func(d *cda.Draft) {
			other(d)
			d.Header.ID.Extension, d.Header.Set.Extension = "D-50", "S-50"
			d.Header.Patients[0].IDs = append(d.Header.Patients[0].IDs, cda.II{Root: cda.RootAdmission, Extension: "ZY0001"})
		}))
		h.mustCount(guest, intake.Counts{Read: 1, Created: 1})
		h.mustTell(guest, intake.Warning, "intake.visit-of-another", "/ClinicalDocument/recordTarget/patientRole/id")
	})
}

func TestAClinicalDocumentInGB18030IsReadAndItsBytesAreKept(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		raw, err := simplifiedchinese.GB18030.NewEncoder().String(clinicalText(t, nil, `encoding="UTF-8"`, `encoding="GB18030"`))
		if err != nil {
			t.Fatal(err)
		}
		h.mustCount(h.importText("emr", "d.xml", raw), intake.Counts{Read: 1, Created: 1})
		if _, d := h.onlyPatient(); d.Name != "王秀英" || d.Sex != "female" || d.BirthDate != "1960-03-02" || d.IDNumber != idNumber || d.RecordNumber != "M0001" {
			t.Errorf("%+v", d)
		}
		if _, contents := h.originals(h.ids("SELECT id FROM record_document")[0], 1); len(contents) != 1 || contents[0] != raw {
			t.Error("the bytes are not kept as they came")
		}
	})
}

func TestWhatAClinicalDocumentCarriesIsKeptAndNothingIsFetched(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		person, department := h.hospital()
		h.importText("emr", "a.hl7", stay())
		var asked atomic.Int32
		outside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
		defer outside.Close()
		media := func(content string) string {
			return `<entry><observationMedia classCode="OBS" moodCode="EVN">` + content + `</observationMedia></entry></section>`
		}
		encoded := func(kind, content string) string {
			return media(`<value mediaType="` + kind + `" representation="B64">` + base64.StdEncoding.EncodeToString([]byte(content)) + `</value>`)
		}
		text := clinicalText(t, nil, "</section>",
			strings.ReplaceAll(encoded("application/pdf", "%PDF-1.4"), "</section>", "")+
				strings.ReplaceAll(encoded("application/x-sh", "#!/bin/sh"), "</section>", "")+
				strings.ReplaceAll(media(`<value mediaType="image/png"><reference value="`+outside.URL+`/../../etc/passwd"/></value>`), "</section>", "")+
				`</section>`)
		report := h.importText("emr", "../../etc/d.xml", text)
		h.mustCount(report, intake.Counts{Read: 1, Created: 1})
		h.mustTell(report, intake.Warning, "cda.attachment.kind", "/ClinicalDocument")
		h.mustTell(report, intake.Warning, "intake.attachment-elsewhere", "/ClinicalDocument")
		if kinds, contents := h.originals(h.ids("SELECT id FROM record_document")[0], 1); !slices.Equal(kinds, []string{"application/xml", "application/pdf"}) || contents[1] != "%PDF-1.4" {
			t.Errorf("attachments: %v", kinds)
		}
		id, _ := h.onlyPatient()
		ctx := h.Person(person, []string{department}, 3, "attending")
		v, err := h.records.View(ctx, h.ids("SELECT id FROM record_document WHERE patient = $1", id)[0], 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range v.Content.Sections {
			if strings.Contains(s.Text, "JVBERi0") {
				t.Errorf("%s shows an attachment as text: %s", s.Title, s.Text)
			}
		}
		if lines := titled(v.Content.Sections, "附件"); strings.Count(lines, "［附件］") != 3 {
			t.Errorf("attachments are listed as %s", lines)
		}
		if n := asked.Load(); n != 0 {
			t.Errorf("%d requests left the house", n)
		}
	})
}

func TestAClinicalDocumentThatCannotBeFiledNamesItsElement(t *testing.T) {
	const declaration = `<?xml version="1.0" encoding="UTF-8"?>`
	two := func(d *cda.Draft) { d.Header.Patients = append(d.Header.Patients, d.Header.Patients[0]) }
	nobody := func(d *cda.Draft) {
		d.Header.Patients[0].IDs, d.Header.Patients[0].NationalIDs = []cda.II{{Root: cda.RootSpecimen, Extension: "B1"}}, nil
	}
	for name, c := range map[string]struct{ text, rule, element string }{
		"entity":         {clinicalText(t, nil, declaration, declaration+`<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>`), "cda.doctype", ""},
		"billion laughs": {clinicalText(t, nil, declaration, declaration+`<!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`), "cda.doctype", ""},
		"deep":           {`<ClinicalDocument xmlns="urn:hl7-org:v3">` + strings.Repeat("<a>", 100_000), "cda.depth", "/ClinicalDocument"},
		"cut off":        {clinicalText(t, nil)[:2000], "cda.malformed", "/ClinicalDocument"},
		"charset":        {clinicalText(t, nil, "胸痛3天", "\xD0\xD8\xCD\xB4"), "cda.charset.mismatch", ""},
		"other root":     {`<ClinicalDocument xmlns="urn:other"/>`, "cda.root", "/ClinicalDocument"},
		"no body":        {clinicalText(t, nil)[:strings.Index(clinicalText(t, nil), "<component>")] + "</ClinicalDocument>", "cda.body", "/ClinicalDocument"},
		"two patients":   {clinicalText(t, two), "intake.several-patients", "/ClinicalDocument/recordTarget"},
		"no patient":     {clinicalText(t, nobody), "intake.no-patient", "/ClinicalDocument/recordTarget/patientRole/id"},
		"other template": {clinicalText(t, nil, `root="2.16.156.10011.2.1.1.54"`, `root="2.16.156.10011.2.1.1.55"`), "wst500.template", "/ClinicalDocument/templateId"},
		"long name":      {clinicalText(t, func(d *cda.Draft) { d.Header.Patients[0].Name = strings.Repeat("王", 500) }), "intake.name-length", "/ClinicalDocument/recordTarget"},
	} {
		t.Run(name, func(t *testing.T) {
			h := onSQLite(t)
			h.T = t
			report := h.importText("emr", "x.xml", c.text)
			h.mustCount(report, intake.Counts{Read: 1, Quarantined: 1})
			severity := intake.Error
			if c.rule == "intake.name-length" {
				severity = intake.Fatal
			}
			h.mustTell(report, severity, c.rule, c.element)
			page, _, err := h.intake.Quarantine(h.operator(), "", "", 10)
			if err != nil || len(page) != 1 {
				t.Fatalf("%d quarantined, %v", len(page), err)
			}
			opened, err := h.intake.Open(h.clerk(), page[0].ID)
			if err != nil || page[0].Size != int64(len(c.text)) || !strings.HasPrefix(strings.ToValidUTF8(c.text, "�"), opened.Content) {
				t.Errorf("the bytes are not kept as they came: %d of %d, %v", page[0].Size, len(c.text), err)
			}
		})
	}
}

func TestAKindOfNoStandardKeepsTheCodeOfItsSystem(t *testing.T) {
	h := onSQLite(t)
	h.mustCount(h.importText("emr", "1.xml", clinicalText(t, nil, `code="C0034"`, `code="34133-9"`, cda.KindSystem, cda.LOINC)), intake.Counts{Read: 1, Created: 1})
	if kinds := h.ids("SELECT kind FROM record_document"); kinds[0] != "loinc|34133-9" {
		t.Errorf("kind %s", kinds[0])
	}
}
