package patient

import (
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

type contactBody struct {
	Name     string `json:"name" maxLength:"300"`
	Relation string `json:"relation" maxLength:"100" example:"配偶"`
	Phone    string `json:"phone,omitempty" maxLength:"300"`
}

// DemographicsBody is a patient's demographics on the wire.
type DemographicsBody struct {
	Name         string        `json:"name" maxLength:"2000" doc:"at most 100 characters"`
	Sex          string        `json:"sex" doc:"male, female, other or unknown"`
	BirthDate    string        `json:"birthDate" maxLength:"10" example:"1960-03-02"`
	IDNumber     string        `json:"idNumber,omitempty" maxLength:"300"`
	Phone        string        `json:"phone,omitempty" maxLength:"300"`
	Address      string        `json:"address,omitempty" maxLength:"2000"`
	RecordNumber string        `json:"recordNumber,omitempty" maxLength:"300" doc:"病案号"`
	BloodType    string        `json:"bloodType,omitempty" maxLength:"20"`
	Allergies    []string      `json:"allergies,omitempty" maxItems:"50"`
	Contacts     []contactBody `json:"contacts,omitempty" maxItems:"50"`
	Insurance    string        `json:"insurance,omitempty" maxLength:"300"`
}

func (b DemographicsBody) domain() Demographics {
	d := Demographics{
		Name: b.Name, Sex: b.Sex, BirthDate: b.BirthDate, IDNumber: b.IDNumber, Phone: b.Phone, Address: b.Address,
		RecordNumber: b.RecordNumber, BloodType: b.BloodType, Allergies: b.Allergies, Insurance: b.Insurance,
	}
	for _, c := range b.Contacts {
		d.Contacts = append(d.Contacts, Contact(c))
	}
	return d
}

func wireDemographics(d Demographics) DemographicsBody {
	b := DemographicsBody{
		Name: d.Name, Sex: d.Sex, BirthDate: d.BirthDate, IDNumber: d.IDNumber, Phone: d.Phone, Address: d.Address,
		RecordNumber: d.RecordNumber, BloodType: d.BloodType, Allergies: d.Allergies, Insurance: d.Insurance,
	}
	for _, c := range d.Contacts {
		b.Contacts = append(b.Contacts, contactBody(c))
	}
	return b
}

type registrationBody struct {
	DemographicsBody
	Level int    `json:"level,omitempty" minimum:"1" maximum:"5" doc:"sensitivity of the person, 1 when absent"`
	Staff string `json:"staff,omitempty" maxLength:"40" doc:"the person of the staff that the patient is"`
}

type updateBody struct {
	DemographicsBody
	Rev int `json:"rev" minimum:"1" doc:"the revision that the change was made from"`
}

type cardBody struct {
	ID         string `json:"id"`
	Name       string `json:"name" doc:"masked" example:"李**"`
	Sex        string `json:"sex"`
	Born       string `json:"born" doc:"year"`
	Department string `json:"department,omitempty"`
	Open       bool   `json:"open" doc:"an encounter lasts"`
}

type encounterBody struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"inpatient,outpatient,emergency"`
	Department string     `json:"department"`
	Ward       string     `json:"ward,omitempty"`
	Bed        string     `json:"bed,omitempty"`
	Attending  string     `json:"attending,omitempty" doc:"person"`
	Since      time.Time  `json:"since"`
	Until      *time.Time `json:"until,omitempty" doc:"absent while it lasts"`
	Level      int        `json:"level"`
	Source     string     `json:"source,omitempty" doc:"the feed that reported it"`
	// Unconfirmed is empty for nearly every encounter.
	Unconfirmed string `json:"unconfirmed,omitempty" doc:"the person by whose word alone the admission stands, until somebody else confirms it"`
}

func wireEncounter(e Encounter) encounterBody {
	b := encounterBody{ID: e.ID, Kind: e.Kind, Department: e.Department, Ward: e.Ward, Bed: e.Bed, Attending: e.Attending, Since: e.Since, Level: e.Level, Source: e.Source, Unconfirmed: e.Unconfirmed}
	if !e.Open() {
		b.Until = &e.Until
	}
	return b
}

type listedBody struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	Sex          string          `json:"sex"`
	Age          *int            `json:"age,omitempty"`
	RecordNumber string          `json:"recordNumber,omitempty"`
	Level        int             `json:"level"`
	Encounter    *encounterBody  `json:"encounter,omitempty" doc:"the newest"`
	Attending    *staff.NameBody `json:"attending,omitempty"`
}

func wireListed(l Listed) listedBody {
	b := listedBody{ID: l.ID, Name: l.Name, Sex: l.Sex, Age: wireAge(l.Age), RecordNumber: l.RecordNumber, Level: l.Level}
	if l.Encounter.ID != "" {
		e := wireEncounter(l.Encounter)
		b.Encounter = &e
	}
	if l.Attending.ZH != "" {
		n := staff.NameBody(l.Attending)
		b.Attending = &n
	}
	return b
}

func wireAge(age int) *int {
	if age < 0 {
		return nil
	}
	return &age
}

type memberBody struct {
	ID     string    `json:"id" doc:"of the care relation"`
	Person string    `json:"person"`
	Kind   string    `json:"kind"`
	Role   string    `json:"role"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	Source string    `json:"source" doc:"from where the relation is known: admission, request, requisition, result, worklist, or a feed"`
	By     string    `json:"by" doc:"the person, among people, or the feed who gave it"`
	// What is empty except for a relation that came with a requisition.
	What string `json:"what,omitempty" doc:"the kind of requisition"`
}

// TieBody tells what explains an access, and until when.
type TieBody struct {
	Kind  string     `json:"kind" doc:"care, task, duty, reason, glass, grant or own"`
	ID    string     `json:"id"`
	Role  string     `json:"role,omitempty"`
	Until *time.Time `json:"until,omitempty"`
}

// WireTie writes a tie for an answer.
func WireTie(t *policy.Tie) *TieBody {
	if t == nil {
		return nil
	}
	b := &TieBody{Kind: t.Kind, ID: t.ID, Role: t.Role}
	if !t.Until.IsZero() {
		b.Until = &t.Until
	}
	return b
}

type viewBody struct {
	ID string `json:"id"`
	DemographicsBody
	Rev        int                       `json:"rev"`
	Level      int                       `json:"level"`
	Age        *int                      `json:"age,omitempty"`
	Department string                    `json:"department,omitempty"`
	Encounters []encounterBody           `json:"encounters"`
	Team       []memberBody              `json:"team"`
	People     map[string]staff.NameBody `json:"people" doc:"whom the ids of persons name"`
	Tie        *TieBody                  `json:"tie,omitempty" doc:"what explains this access"`
	Purpose    string                    `json:"purpose"`
	Masks      []policy.Mask             `json:"masks,omitempty" doc:"fields not shown in full, and whether a reason would show them"`
	Seals      []sealBody                `json:"seals" doc:"that lie on the patient while one looks"`
}

type sealBody struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind" enum:"attention,dispute"`
	Since time.Time `json:"since"`
}

func wireView(v *View) viewBody {
	b := viewBody{
		ID: v.ID, DemographicsBody: wireDemographics(v.Demographics), Rev: v.Rev, Level: v.Level, Age: wireAge(v.Age), Department: v.Department,
		Encounters: make([]encounterBody, len(v.Encounters)), Team: make([]memberBody, len(v.Team)),
		People: staff.WireNames(v.Staff), Tie: WireTie(v.Tie), Purpose: v.Purpose, Masks: v.Masks, Seals: make([]sealBody, len(v.Seals)),
	}
	for i, s := range v.Seals {
		b.Seals[i] = sealBody{s.ID, s.Role, s.Since}
	}
	for i, e := range v.Encounters {
		b.Encounters[i] = wireEncounter(e)
	}
	for i, r := range v.Team {
		b.Team[i] = memberBody{ID: r.ID, Person: r.Person, Kind: r.Kind, Role: r.Role, Since: r.Since, Until: r.Until, Source: r.Source, By: r.GivenBy, What: v.Calls[r.ID]}
	}
	return b
}

type teamBody struct {
	Person string `json:"person" maxLength:"40"`
	Role   string `json:"role" maxLength:"40" example:"nurse"`
}

type admissionBody struct {
	Kind       string     `json:"kind,omitempty" doc:"inpatient, outpatient or emergency"`
	Department string     `json:"department" maxLength:"40"`
	Ward       string     `json:"ward,omitempty" maxLength:"100"`
	Bed        string     `json:"bed,omitempty" maxLength:"40"`
	Attending  string     `json:"attending,omitempty" maxLength:"40"`
	Group      string     `json:"group,omitempty" maxLength:"320" doc:"medical group of the department: its people are the team, its lead the attending unless another is named"`
	Team       []teamBody `json:"team,omitempty" maxItems:"50"`
	Since      time.Time  `json:"since,omitzero"`
	Level      int        `json:"level,omitempty" minimum:"1" maximum:"5"`
}

func (b admissionBody) domain(patient string) Admission {
	a := Admission{Patient: patient, Kind: b.Kind, Department: b.Department, Ward: b.Ward, Bed: b.Bed, Attending: b.Attending, Group: b.Group, Since: b.Since, Level: b.Level}
	for _, m := range b.Team {
		a.Team = append(a.Team, Member{Person: m.Person, Role: m.Role})
	}
	return a
}

type relationBody struct {
	Person    string    `json:"person" maxLength:"40"`
	Kind      string    `json:"kind,omitempty" enum:"care,task,duty" default:"care"`
	Role      string    `json:"role" maxLength:"40"`
	Encounter string    `json:"encounter,omitempty" maxLength:"40"`
	Until     time.Time `json:"until" doc:"later than now and within a year"`
}
