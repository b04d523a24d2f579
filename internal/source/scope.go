package source

import (
	"cmp"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Scope is what a program may do with a kind of FHIR resource, in the syntax of SMART
// App Launch 2: patient/Observation.rs, user/*.r, system/Organization.rs. It only takes
// away from what policy gives.
type Scope struct {
	For    string // patient: about the one who was chosen; user: whoever his person may see; system: nobody's
	Kind   string // of resource, or Every
	Rights string // some of crs, in this order: create, read, search
}

// Every stands for all kinds of resource.
const Every = "*"

// For whom a scope is.
const (
	ForPatient = "patient"
	ForUser    = "user"
	ForSystem  = "system"
)

const (
	// launchPatient asks that a patient be chosen when a program is allowed.
	launchPatient = "launch/patient"
	// onlineAccess asks for a token by which others are renewed as long as the person
	// is signed in. Nothing is renewed beyond that.
	onlineAccess = "online_access"
	// scopeLaunch asks for the patient and the encounter that were open where the program
	// was begun.
	scopeLaunch = "launch"
	// openID asks for a signed word of who the person is, fhirUser for his address too.
	openID   = "openid"
	fhirUser = "fhirUser"
)

var plain = []string{launchPatient, onlineAccess, scopeLaunch, openID, fhirUser}

func isPlain(text string) bool { return slices.Contains(plain, text) }

// covered is what reading or searching a kind of resource comes to here.
type covered struct {
	name  fault.Text
	verbs []string
	kinds []string
	// nobodys kinds are of no patient; programs of nobody may have them.
	nobodys bool
}

var resources = map[string]covered{
	"Patient":            {fault.Text{ZH: "患者基本信息", EN: "who the patient is"}, []string{"patient.view"}, []string{"Patient", "Encounter"}, false},
	"Encounter":          {fault.Text{ZH: "就诊", EN: "visits"}, []string{"patient.view"}, []string{"Patient", "Encounter"}, false},
	"AllergyIntolerance": {fault.Text{ZH: "过敏史", EN: "allergies"}, []string{"patient.view"}, []string{"Patient"}, false},
	"DocumentReference":  {fault.Text{ZH: "文书目录与版本", EN: "the list of documents and their versions"}, []string{"record.list", "record.view"}, []string{"Patient", "Document"}, false},
	"Binary":             {fault.Text{ZH: "文书正文", EN: "what documents say"}, []string{"record.view"}, []string{"Document"}, false},
	"Provenance":         {fault.Text{ZH: "文书的作者与签名", EN: "who wrote and signed documents"}, []string{"record.view"}, []string{"Document"}, false},
	"Observation":        {fault.Text{ZH: "检查检验结果", EN: "results"}, []string{"record.observations"}, []string{"Patient", "Observation"}, false},
	"ServiceRequest":     {fault.Text{ZH: "检查检验申请", EN: "requests"}, []string{"patient.see-asked"}, []string{"House", "Patient"}, false},
	"Organization":       {fault.Text{ZH: "科室名录", EN: "the departments"}, []string{"staff.list"}, []string{"House", "Department"}, true},
	"Location":           {fault.Text{ZH: "病区与地点", EN: "the places"}, []string{"staff.list"}, []string{"House", "Department"}, true},
	"Practitioner":       {fault.Text{ZH: "人员名录", EN: "the staff"}, []string{"staff.list", "staff.view"}, []string{"House", "Person"}, true},
	"PractitionerRole":   {fault.Text{ZH: "人员岗位", EN: "the posts of the staff"}, []string{"staff.view"}, []string{"Person"}, true},
}

// parseScope reads a scope. Handing in is for sources, and for all that was agreed.
// What is not one of those that are understood here is none.
func parseScope(text string) (Scope, bool) {
	who, rest, _ := strings.Cut(text, "/")
	kind, rights, _ := strings.Cut(rest, ".")
	s := Scope{For: who, Kind: kind, Rights: rights}
	_, known := resources[kind]
	ordered := rights != "" && strings.Trim(rights, "crs") == "" && slices.IsSorted([]byte(rights)) && len(slices.Compact([]byte(rights))) == len(rights)
	switch {
	case !known && kind != Every, !ordered, !slices.Contains([]string{ForPatient, ForUser, ForSystem}, who):
		return Scope{}, false
	case strings.Contains(rights, "c") && (who != ForSystem || kind != Every):
		return Scope{}, false
	}
	return s, true
}

func (s Scope) String() string { return s.For + "/" + s.Kind + "." + s.Rights }

// reads reports whether the scope opens anything that is read.
func (s Scope) reads() bool { return strings.ContainsAny(s.Rights, "rs") }

// gives reports whether the scope gives a right over a kind of resource.
func (s Scope) gives(kind, right string) bool {
	return (s.Kind == kind || s.Kind == Every) && strings.Contains(s.Rights, right)
}

// within is as much of the scope as others give; nothing where they give nothing of it.
func (s Scope) within(others []Scope) (Scope, bool) {
	rights := strings.Map(func(r rune) rune {
		if slices.ContainsFunc(others, func(o Scope) bool {
			return o.For == s.For && (o.Kind == Every || o.Kind == s.Kind) && strings.ContainsRune(o.Rights, r)
		}) {
			return r
		}
		return -1
	}, s.Rights)
	s.Rights = rights
	return s, rights != ""
}

// Words say what the scope opens.
func (s Scope) Words() fault.Text {
	of := fault.Text{ZH: "全部可查阅的内容", EN: "all that can be read"}
	if known, one := resources[s.Kind]; one {
		of = known.name
	}
	whose := map[string]fault.Text{
		ForPatient: {ZH: "所选患者：", EN: "Of the patient you choose: "}, ForUser: {ZH: "您有权查阅的患者：", EN: "Of the patients whom you may see: "}, ForSystem: {ZH: "系统：", EN: "The system: "},
	}[s.For]
	if known := resources[s.Kind]; known.nobodys {
		whose = fault.Text{}
	}
	return fault.Text{ZH: whose.ZH + of.ZH, EN: whose.EN + of.EN}
}

// scopesIn reads scopes as they are kept; all of them were understood when they were
// written.
func scopesIn(texts []string) []Scope {
	var all []Scope
	for _, text := range texts {
		if s, ok := parseScope(text); ok {
			all = append(all, s)
		}
	}
	return all
}

// granted is as much of what is asked for as was registered, in its order.
func granted(asked string, registered []string) []string {
	var all []string
	for text := range strings.FieldsSeq(asked) {
		if isPlain(text) && slices.Contains(registered, text) {
			all = append(all, text)
		}
		if s, ok := parseScope(text); ok {
			if some, left := s.within(scopesIn(registered)); left {
				all = append(all, some.String())
			}
		}
	}
	slices.SortFunc(all, cmp.Compare)
	return slices.Compact(all)
}

// agreedTo is what scopes come to: of one patient where one was chosen.
func agreedTo(scopes []string, patient string) *policy.Agreed {
	agreed := &policy.Agreed{Patient: patient}
	for _, s := range scopesIn(scopes) {
		if !s.reads() {
			continue
		}
		for kind, of := range resources {
			if s.Kind == kind || s.Kind == Every && (s.For != ForSystem || of.nobodys) {
				agreed.Verbs, agreed.Kinds = append(agreed.Verbs, of.verbs...), append(agreed.Kinds, of.kinds...)
			}
		}
		if s.For == ForUser && patient == "" && s.gives("Patient", "s") {
			agreed.Verbs, agreed.Kinds = append(agreed.Verbs, "patient.find", "output.bulk"), append(agreed.Kinds, "House") // a search counts against a quota
		}
	}
	agreed.Verbs, agreed.Kinds = sorted(agreed.Verbs), sorted(agreed.Kinds)
	return agreed
}

// Scopes are those that a program can be given.
func Scopes() []string {
	all := append(slices.Clone(plain), ForSystem+"/"+Every+".c")
	for kind, of := range resources {
		whose := []string{ForPatient, ForUser}
		if of.nobodys {
			whose = []string{ForUser, ForSystem}
		}
		for _, who := range whose {
			all = append(all, Scope{who, kind, "rs"}.String())
		}
	}
	return sorted(all)
}
