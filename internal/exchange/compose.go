package exchange

import (
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/cda"
)

// sheet is a document that is about to leave.
type sheet struct {
	*record.View
	about patient.Demographics
	house Card
}

// compose writes a document as a shared document of WS/T 500, or tells what keeps it
// from being one (B-082).
func (s sheet) compose() ([]byte, []Finding) {
	kind, known := cda.KindOf(s.Kind)
	var found []Finding
	say := func(rule, where, zh, en, remedyZH, remedyEN string) {
		found = append(found, Finding{Item: s.ID, Rule: rule, Where: where, Say: fault.Text{ZH: s.Title + "：" + zh, EN: s.Title + ": " + en}, Remedy: fault.Text{ZH: remedyZH, EN: remedyEN}})
	}
	if !known {
		say("exchange.kind", "code", "不是共享文档规范的 53 种文书之一", "is none of the 53 kinds of shared documents", "请选择符合 WS/T 500 的文书种类后重新书写", "write it under a kind of WS/T 500")
		return nil, found
	}
	if s.State == record.Filed {
		say("exchange.unsigned", "legalAuthenticator", "尚未签名", "bears no signature", "请作者签名后再发送", "have its author sign it")
	}
	ids := s.identifiers()
	if len(ids) == 0 && s.about.IDNumber == "" {
		say("exchange.no-identifier", "recordTarget/patientRole/id", "患者没有病案号或身份证号", "names its patient by no number", "请在患者信息中补充病案号或证件号", "enter a record number or an identity number of the patient")
	}
	parts, homeless := s.parts(kind)
	for _, title := range homeless {
		say("exchange.section", "component/section", "段落“"+title+"”在该种文书中没有位置", "the section "+title+" has no place in this kind of document", "请并入该种文书规定的段落："+sectionNames(kind), "move its text into a section of the kind: "+sectionNames(kind))
	}
	if len(found) > 0 {
		return nil, found
	}
	made, err := cda.Build(cda.Draft{Kind: s.Kind, Header: s.header(ids), Parts: parts})
	if err != nil {
		say("exchange.header", "", "缺少共享文档的必填内容", "lacks what a shared document must hold", "请补全患者、作者和机构信息", "complete patient, author and institution")
		return nil, found
	}
	for _, f := range made.Check() {
		if f.Severity == cda.Refuse {
			say(string(f.Rule), f.Path, f.Text.Zh, f.Text.En, f.Remedy.Zh, f.Remedy.En)
		}
	}
	raw, err := made.Bytes()
	if err != nil {
		say("exchange.header", "", "无法写成共享文档", "cannot be written as a shared document", "请联系信息科", "ask the IT department")
	}
	return raw, found
}

func sectionNames(kind cda.Kind) string {
	names := make([]string, len(kind.Sections))
	for i, s := range kind.Sections {
		names[i] = s.Title.Zh
	}
	return strings.Join(names, "、")
}

func (s sheet) identifiers() []cda.II {
	if s.about.RecordNumber == "" {
		return nil
	}
	return []cda.II{{Root: cda.RootRecord, Extension: s.about.RecordNumber, Authority: s.house.Name}}
}

var genders = map[string]cda.Code{
	"male":    {Code: "1", Name: "男性", System: "2.16.156.10011.2.3.3.4"},
	"female":  {Code: "2", Name: "女性", System: "2.16.156.10011.2.3.3.4"},
	"other":   {Code: "9", Name: "未说明的性别", System: "2.16.156.10011.2.3.3.4"},
	"unknown": {Code: "0", Name: "未知的性别", System: "2.16.156.10011.2.3.3.4"},
}

func (s sheet) header(ids []cda.II) cda.Header {
	who := cda.Patient{IDs: ids, Name: s.about.Name, Gender: genders[s.about.Sex]}
	if born, err := cda.ParseTime(strings.ReplaceAll(s.about.BirthDate, "-", "")); err == nil {
		who.Birth = born
	}
	if cda.ValidIDNumber(s.about.IDNumber) {
		who.NationalIDs = []cda.II{{Root: cda.RootIDCard, Extension: s.about.IDNumber}}
	}
	at := cda.TimeOf(s.Shown.At)
	h := cda.Header{
		ID: cda.II{Root: cda.RootDocument, Extension: s.house.Org + "/" + s.ID + "/" + strconv.Itoa(s.Shown.Number)}, Set: cda.II{Root: cda.RootDocument, Extension: s.house.Org + "/" + s.ID},
		Version: strconv.Itoa(s.Shown.Number), Title: s.Title, Time: cda.TimeOf(s.At), Patients: []cda.Patient{who},
		Authors:   []cda.Participant{participant(s.People, s.Shown.Author, at)},
		Custodian: cda.Organization{IDs: []cda.II{{Root: cda.RootOrganization, Extension: s.house.Org}}, Name: s.house.Name},
	}
	for _, sig := range s.Signatures {
		if sig.Number != s.Shown.Number || !sig.Valid {
			continue
		}
		by := participant(s.People, sig.Person, cda.TimeOf(sig.At))
		by.Signature = cda.Code{Code: "S"}
		if h.Legal == nil {
			h.Legal = &by
			continue
		}
		h.Signers = append(h.Signers, by)
	}
	return h
}

func participant(people map[string]staff.Name, person string, at cda.Time) cda.Participant {
	name := people[person]
	p := cda.Participant{Time: cda.Interval{Value: at}, Name: name.ZH}
	if name.Number != "" {
		p.IDs = []cda.II{{Root: cda.RootStaff, Extension: name.Number}}
	}
	if p.Name == "" {
		p.Name = "来源系统"
	}
	return p
}

// parts puts every section of a document in its place. What has none is named.
func (s sheet) parts(kind cda.Kind) (parts []cda.DraftPart, homeless []string) {
	for _, one := range s.Content.Sections {
		if strings.TrimSpace(one.Text) == "" {
			continue
		}
		place, found := placeOf(kind, one)
		if !found {
			homeless = append(homeless, one.Title)
			continue
		}
		text := paragraphs(one.Text)
		i := slices.IndexFunc(parts, func(p cda.DraftPart) bool { return p.Section == place })
		if i < 0 {
			parts = append(parts, cda.DraftPart{Section: place, Title: one.Title, Text: text})
			continue
		}
		parts[i].Text = append(append(parts[i].Text, one.Title+"："), text...)
	}
	return parts, homeless
}

func paragraphs(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// placeOf finds where in a kind a section of ours belongs: under its code, its name, the
// name of a data element, or where its key is known to belong.
func placeOf(kind cda.Kind, one record.Section) (string, bool) {
	for _, s := range kind.Sections {
		key := s.Code
		if key == "" {
			key = s.Name
		}
		if one.Key == key || one.Title == s.Name || one.Title == s.Title.Zh {
			return key, true
		}
	}
	for _, candidate := range places[one.Key] {
		if slices.ContainsFunc(kind.Sections, func(s cda.KindSection) bool { return s.Code == candidate || s.Code == "" && s.Name == candidate }) {
			return candidate, true
		}
	}
	for _, s := range kind.Sections {
		if s.Code != "" && slices.ContainsFunc(s.Elements, func(e cda.ElementRule) bool { return e.Name == one.Title }) {
			return s.Code, true
		}
	}
	return "", false
}

// places are the sections of WS/T 500 in which what is written here under a key belongs,
// the best first.
var places = map[string][]string{
	"present-illness":       {"10164-2", "11450-4"},
	"past-history":          {"11348-0"},
	"personal-history":      {"29762-2"},
	"marital-history":       {"29762-2", "49033-4"},
	"menstrual-history":     {"49033-4"},
	"family-history":        {"10157-6"},
	"initial-diagnosis":     {"11450-4", "29548-5"},
	"diagnosis":             {"29548-5", "46241-6", "11535-2", "10218-6", "11450-4"},
	"case-features":         {"29548-5", "11450-4"},
	"basis":                 {"29548-5"},
	"differential":          {"29548-5"},
	"handling":              {"18776-5"},
	"treatment-plan":        {"18776-5"},
	"auxiliary-examination": {"30954-2", "辅助检查"},
	"progress":              {"11450-4"},
	"results":               {"29548-5", "11450-4"},
	"round":                 {"51848-0"},
	"opinion":               {"会诊意见", "18776-5"},
	"summary":               {"DE06.00.182.00", "51848-0", "11450-4"},
	"reason":                {"会诊原因"},
	"indication":            {"47519-4"},
	"operation":             {"47519-4"},
	"time":                  {"47519-4"},
	"team":                  {"47519-4"},
	"planned-operation":     {"18776-5"},
	"pre-diagnosis":         {"10219-4"},
	"post-diagnosis":        {"10218-6"},
	"anaesthesia":           {"10213-7"},
	"description":           {"8724-7"},
	"blood-loss":            {"55103-6"},
	"attention":             {"DE09.00.119.00", "18776-5"},
	"state":                 {"47519-4", "11450-4"},
	"course":                {"8648-8"},
	"hospital-course":       {"8648-8"},
	"present-state":         {"8648-8", "11450-4"},
	"dates":                 {"8648-8"},
	"admission-state":       {"11450-4"},
	"admission-diagnosis":   {"46241-6", "11450-4"},
	"discharge-state":       {"11535-2"},
	"discharge-diagnosis":   {"11535-2"},
	"outcome":               {"11535-2"},
	"discharge-orders":      {"46209-3"},
	"observation":           {"护理观察"},
	"measures":              {"护理操作"},
	"examination":           {"检查报告", "29545-1"},
	"findings":              {"检查报告"},
	"impression":            {"检查报告"},
}

// conforming gathers the findings of several documents as one refusal.
func conforming(found []Finding) error {
	if len(found) == 0 {
		return nil
	}
	e := errNotConforming.With()
	for i, f := range found[:min(len(found), maxFindings)] {
		e.At("documents["+strconv.Itoa(i)+"]", fault.Text{ZH: f.Say.ZH + "。" + f.Remedy.ZH, EN: f.Say.EN + ". " + f.Remedy.EN})
	}
	return e
}
