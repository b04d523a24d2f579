package record

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
)

// LineBody is a document in a list.
type LineBody struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind" example:"C0034"`
	Title       string    `json:"title" example:"入院记录"`
	Encounter   string    `json:"encounter,omitempty"`
	Department  string    `json:"department,omitempty"`
	Author      string    `json:"author,omitempty" doc:"person"`
	Sensitivity int       `json:"sensitivity"`
	State       string    `json:"state" enum:"filed,signed,archived"`
	Seal        string    `json:"seal,omitempty" doc:"dispute or attention"`
	Version     int       `json:"version"`
	At          time.Time `json:"at" doc:"when what it tells took place"`
	UpdatedAt   time.Time `json:"updatedAt"`
	Source      string    `json:"source,omitempty" doc:"the feed that reported it"`

	Institution  string `json:"institution,omitempty" doc:"the other institution from which it came; absent: written here"`
	Unauthorised bool   `json:"unauthorised,omitempty" doc:"it opens after the patient has authorised it for this encounter; until then it has no title"`
}

func wireListed(d Document, from Elsewhere) LineBody {
	b := wireLine(d)
	b.Institution, b.Unauthorised = from.Institution, from.Unauthorised
	return b
}

func wireLine(d Document) LineBody {
	return LineBody{
		ID: d.ID, Kind: d.Kind, Title: d.Title, Encounter: d.Encounter, Department: d.Department, Author: d.Author, Sensitivity: d.Sensitivity,
		State: string(d.State), Seal: d.Seal, Version: d.Version, At: d.At, UpdatedAt: d.UpdatedAt, Source: d.Source,
	}
}

type versionBody struct {
	Number int       `json:"number"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Signed bool      `json:"signed"`
}

type signatureBody struct {
	Person string    `json:"person"`
	Role   string    `json:"role" enum:"author,countersign"`
	At     time.Time `json:"at"`
	Key    string    `json:"key"`
	Valid  bool      `json:"valid" doc:"the signature covers exactly this version"`
}

type markBody struct {
	Code    string    `json:"code" doc:"short code that leads to the account of this reading"`
	Account string    `json:"account" doc:"id of the ledger entry of this reading"`
	At      time.Time `json:"at"`
}

type documentBody struct {
	LineBody
	Patient    string                    `json:"patient"`
	Shown      int                       `json:"shown" doc:"number of the version shown"`
	Sections   []Section                 `json:"sections"`
	Digest     string                    `json:"digest" doc:"SM3 of the version's canonical content, hex"`
	Reason     string                    `json:"reason,omitempty" doc:"why this version was made"`
	WrittenBy  string                    `json:"writtenBy" doc:"author of the version shown"`
	WrittenAt  time.Time                 `json:"writtenAt"`
	Versions   []versionBody             `json:"versions"`
	Signatures []signatureBody           `json:"signatures"`
	People     map[string]staff.NameBody `json:"people"`
	Sensitive  *sensitiveBody            `json:"sensitive,omitempty" doc:"the sensitive history that it is marked as telling of"`
	Attached   int                       `json:"attached" doc:"how many attachments came with the version shown"`
	Holds      []heldBody                `json:"holds" nullable:"false" doc:"what keeps it from leaving, or from being used"`
	Tie        *patient.TieBody          `json:"tie,omitempty" doc:"what explains this access"`
	Mark       markBody                  `json:"mark" doc:"what the page must bear"`
}

// sensitiveBody is a mark of sensitive history.
type sensitiveBody struct {
	Kinds []SensitiveKind `json:"kinds" doc:"infectious, genetic, psychiatric, reproductive or confidential"`
	How   string          `json:"how" enum:"rule,hand" doc:"by what it states, or by hand"`
	By    string          `json:"by" doc:"person, or the feed that brought it"`
	At    time.Time       `json:"at"`
}

// heldBody is a hold on a document.
type heldBody struct {
	Kind     string    `json:"kind" enum:"correction,quarantine"`
	Cause    string    `json:"cause" doc:"id of the correction or complaint"`
	Sections []string  `json:"sections" nullable:"false" doc:"keys of those in doubt; none: the whole document"`
	Since    time.Time `json:"since"`
}

// markLength is how many characters of an account's id a mark bears: 40 bits of
// its random part.
const markLength = 8

func wireDocument(v *View) documentBody {
	b := documentBody{
		LineBody: wireLine(v.Document), Patient: v.Patient, Shown: v.Shown.Number, Sections: v.Content.Sections, Digest: hex.EncodeToString(v.Shown.Digest),
		Reason: v.Reason, WrittenBy: v.Shown.Author, WrittenAt: v.Shown.At, Versions: make([]versionBody, len(v.Versions)),
		Signatures: make([]signatureBody, len(v.Signatures)), Attached: v.Attached, Holds: []heldBody{}, People: staff.WireNames(v.People), Tie: patient.WireTie(v.Tie),
		Mark: markBody{Code: strings.ToUpper(v.Account[len(v.Account)-markLength:]), Account: v.Account, At: v.ReadAt},
	}
	for _, h := range v.Holds {
		b.Holds = append(b.Holds, heldBody{h.Kind, h.Cause, append([]string{}, h.Sections...), h.Since})
	}
	b.Institution = v.From.name()
	if v.Sensitive != nil {
		marked := sensitiveBody(*v.Sensitive)
		b.Sensitive = &marked
	}
	for i, one := range v.Versions {
		b.Versions[i] = versionBody(one)
	}
	for i, s := range v.Signatures {
		b.Signatures[i] = signatureBody{Person: s.Person, Role: s.Role, At: s.At, Key: s.Key, Valid: s.Valid}
	}
	return b
}

type filingBody struct {
	Encounter   string    `json:"encounter,omitempty" maxLength:"40"`
	Kind        string    `json:"kind" maxLength:"40" example:"C0034"`
	Title       string    `json:"title" maxLength:"2000"`
	Sensitivity int       `json:"sensitivity,omitempty" minimum:"1" maximum:"5" doc:"that of the encounter when absent"`
	At          time.Time `json:"at,omitzero" doc:"when what it tells took place; now when absent"`
	Sections    []Section `json:"sections" maxItems:"100"`
	Sign        bool      `json:"sign,omitempty"`
	Draft       string    `json:"draft,omitempty" maxLength:"40" doc:"the draft it was written in, which ends with it"`
	// Sensitive is empty for nearly every document.
	Sensitive []SensitiveKind `json:"sensitive,omitempty" maxItems:"5" doc:"the sensitive history that its writer knows it to tell of: infectious, genetic, psychiatric, reproductive or confidential"`
	Emergency *emergencyBody  `json:"emergency,omitempty" doc:"why the written consent to it follows"`
}

// emergencyBody says why something sensitive is saved before the patient has agreed.
type emergencyBody struct {
	Choice string `json:"choice" maxLength:"40" doc:"rescue, incapable, reporting or other"`
	Words  string `json:"words" maxLength:"2000"`
}

func (b *emergencyBody) domain() *Exception {
	if b == nil {
		return nil
	}
	return &Exception{b.Choice, b.Words}
}

func (b filingBody) domain(patientID string) Filing {
	return Filing{
		Patient: patientID, Encounter: b.Encounter, Kind: b.Kind, Title: b.Title, Sensitivity: b.Sensitivity, At: b.At,
		Content: Content{Sections: b.Sections}, Sign: b.Sign, Draft: b.Draft, Sensitive: b.Sensitive, Emergency: b.Emergency.domain(),
	}
}

type amendmentBody struct {
	Base     int       `json:"base" minimum:"1" doc:"the version that the correction was made from"`
	Sections []Section `json:"sections" maxItems:"100"`
	Reason   string    `json:"reason" maxLength:"2000"`
	Sign     bool      `json:"sign,omitempty"`
	Draft    string    `json:"draft,omitempty" maxLength:"40"`

	Emergency *emergencyBody `json:"emergency,omitempty" doc:"why the written consent to what it tells anew follows"`
}

type observationBody struct {
	ID      string    `json:"id"`
	Code    string    `json:"code" example:"loinc|718-7"`
	At      time.Time `json:"at"`
	Flag    string    `json:"flag,omitempty" example:"H"`
	Source  string    `json:"source,omitempty"`
	Finding Finding   `json:"finding"`
}

func wireObservation(o Observed) observationBody {
	return observationBody{ID: o.ID, Code: o.Code, At: o.At, Flag: o.Flag, Source: o.Source, Finding: o.Finding}
}

type orderBody struct {
	ID          string      `json:"id"`
	Kind        string      `json:"kind"`
	State       string      `json:"state"`
	At          time.Time   `json:"at"`
	Source      string      `json:"source,omitempty"`
	Instruction Instruction `json:"instruction"`
}

func wireOrder(o Ordered) orderBody {
	return orderBody{ID: o.ID, Kind: o.Kind, State: o.State, At: o.At, Source: o.Source, Instruction: o.Instruction}
}

// DraftLineBody is a draft in a list.
type DraftLineBody struct {
	ID       string    `json:"id"`
	Patient  string    `json:"patient"`
	Document string    `json:"document,omitempty" doc:"the document it corrects"`
	Base     int       `json:"base,omitempty"`
	Rev      int       `json:"rev"`
	SavedAt  time.Time `json:"savedAt"`
	Until    time.Time `json:"until"`
}

func wireDraftLine(d Draft) DraftLineBody {
	return DraftLineBody{ID: d.ID, Patient: d.Patient, Document: d.Document, Base: d.Base, Rev: d.Rev, SavedAt: d.SavedAt, Until: d.Until}
}

type draftBody struct {
	DraftLineBody
	Writing Writing `json:"writing"`
}

type draftInBody struct {
	ID       string  `json:"id,omitempty" maxLength:"40" doc:"absent for a new draft"`
	Rev      int     `json:"rev,omitempty" minimum:"0"`
	Patient  string  `json:"patient" maxLength:"40"`
	Document string  `json:"document,omitempty" maxLength:"40"`
	Base     int     `json:"base,omitempty" minimum:"0"`
	Writing  Writing `json:"writing"`
}

func (b draftInBody) domain() Draft {
	return Draft{ID: b.ID, Rev: b.Rev, Patient: b.Patient, Document: b.Document, Base: b.Base, Writing: b.Writing}
}
