package intake

import (
	"time"

	"github.com/medward/medward/internal/patient"
)

// ImportLine is an import in a list.
type ImportLine struct {
	ID      string     `json:"id"`
	Source  string     `json:"source" doc:"name of the foreign system"`
	State   string     `json:"state" enum:"running,done,failed"`
	Started time.Time  `json:"started"`
	Ended   *time.Time `json:"ended,omitempty"`
	Files   int        `json:"files"`
	Counts  Counts     `json:"counts"`
}

func wireListed(l Listed) ImportLine {
	return ImportLine{
		ID: l.ID, Source: l.SourceName, State: l.State, Started: l.Started, Ended: moment(l.Ended), Files: l.Files,
		Counts: Counts{Read: l.Received, Created: l.Created, Updated: l.Updated, Unchanged: l.Unchanged, Quarantined: l.Quarantined},
	}
}

func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

type importBody struct {
	ImportLine
	Reports []FileReport `json:"reports" doc:"what became of each input; names are shown to who handed them in"`
}

// QuarantineLine is something quarantined in a list.
type QuarantineLine struct {
	ID       string     `json:"id"`
	File     string     `json:"file"`
	State    string     `json:"state" enum:"waiting,resolved,dismissed"`
	Tries    int        `json:"tries"`
	At       time.Time  `json:"at"`
	Where    string     `json:"where" example:"entry 12 Observation"`
	Findings []Finding  `json:"findings"`
	Size     int64      `json:"size" doc:"bytes"`
	Settled  *time.Time `json:"settled,omitempty"`
}

func wireQuarantined(q Quarantined) QuarantineLine {
	return QuarantineLine{ID: q.ID, File: q.File, State: q.State, Tries: q.Tries, At: q.At, Where: q.Where, Findings: q.Findings, Size: q.Size, Settled: moment(q.Settled)}
}

type quarantineBody struct {
	QuarantineLine
	FileName string `json:"fileName"`
	Content  string `json:"content" doc:"as text; bytes that are no text are replaced"`
	Cut      bool   `json:"cut" doc:"the content is longer than what is shown"`
}

// whoBody is who somebody is, as two sides of a review say it.
type whoBody struct {
	Name         string `json:"name"`
	Sex          string `json:"sex"`
	BirthDate    string `json:"birthDate,omitempty"`
	IDNumber     string `json:"idNumber,omitempty"`
	RecordNumber string `json:"recordNumber,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Address      string `json:"address,omitempty"`
}

func wireWho(d patient.Demographics) whoBody {
	return whoBody{Name: d.Name, Sex: d.Sex, BirthDate: d.BirthDate, IDNumber: d.IDNumber, RecordNumber: d.RecordNumber, Phone: d.Phone, Address: d.Address}
}

type reviewBody struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind" enum:"identity,duplicate,merge"`
	State     string     `json:"state" enum:"waiting,accept,keep,same,different"`
	Patient   string     `json:"patient"`
	Other     string     `json:"other,omitempty"`
	Current   whoBody    `json:"current"`
	Proposed  whoBody    `json:"proposed" doc:"identity: what the source says; otherwise the other patient"`
	At        time.Time  `json:"at"`
	DecidedBy string     `json:"decidedBy,omitempty"`
	DecidedAt *time.Time `json:"decidedAt,omitempty"`
}

func wireReview(v Review) reviewBody {
	return reviewBody{
		ID: v.ID, Kind: v.Kind, State: v.State, Patient: v.Patient, Other: v.Other, Current: wireWho(v.Current), Proposed: wireWho(v.Proposed),
		At: v.At, DecidedBy: v.DecidedBy, DecidedAt: moment(v.DecidedAt),
	}
}
