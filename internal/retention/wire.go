package retention

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// DueBody is a record that may be listed.
type DueBody struct {
	Patient   string     `json:"patient"`
	Called    string     `json:"called" doc:"masked name"`
	Class     string     `json:"class" enum:"inpatient,outpatient"`
	LastStay  *time.Time `json:"lastStay,omitempty"`
	LastVisit *time.Time `json:"lastVisit,omitempty"`
	TermEnded time.Time  `json:"termEnded"`
}

func wireDue(d DueItem) DueBody {
	return DueBody{d.Patient, d.Called, d.Class, web.Moment(d.LastStay), web.Moment(d.LastVisit), d.TermEnded}
}

// DestructionBody is a destruction on the wire.
type DestructionBody struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	State     string     `json:"state" enum:"drawn,appraised,approved,destroyed,stopped"`
	DrawnBy   string     `json:"drawnBy"`
	Drawn     time.Time  `json:"drawn"`
	Items     int        `json:"items" doc:"records listed"`
	Kept      int        `json:"kept" doc:"records taken off the list"`
	Destroyed int        `json:"destroyed" doc:"records destroyed"`
	Digest    string     `json:"digest,omitempty" doc:"SM3 of the certificate, hexadecimal"`
	Ended     *time.Time `json:"ended,omitempty"`
	Rev       int        `json:"rev"`
}

func wireDestruction(d Destruction) DestructionBody {
	return DestructionBody{
		ID: d.ID, Title: d.Title, State: d.State, DrawnBy: d.DrawnBy, Drawn: d.Drawn, Items: d.Items, Kept: d.Kept, Destroyed: d.Destroyed,
		Digest: hex.EncodeToString(d.Digest), Ended: web.Moment(d.Ended), Rev: d.Rev,
	}
}

// DestructionsBody is a page of destructions.
type DestructionsBody struct {
	web.Page[DestructionBody]
	Names map[string]staff.NameBody `json:"names"`
}

// DestructionItemBody is a record on a list.
type DestructionItemBody struct {
	DueBody
	State        string    `json:"state" enum:"listed,kept,destroyed"`
	Kept         string    `json:"kept,omitempty" enum:"appraisal,term,hold,seal,stopped" doc:"why it is kept"`
	RecordNumber string    `json:"recordNumber,omitempty"`
	Documents    int       `json:"documents"`
	Digest       string    `json:"digest" doc:"SM3 over the digests of all versions, hexadecimal"`
	At           time.Time `json:"at" doc:"when its state was reached"`
}

// DestructionStepBody is what somebody did about a list.
type DestructionStepBody struct {
	Kind   string    `json:"kind" enum:"draw-up,appraise,approve,witness,destroy,stop"`
	Office string    `json:"office,omitempty"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
	Words  string    `json:"words,omitempty"`
}

// SeenDestructionBody is a destruction with its list.
type SeenDestructionBody struct {
	DestructionBody
	Records     []DestructionItemBody     `json:"records" nullable:"false"`
	Steps       []DestructionStepBody     `json:"steps" nullable:"false"`
	Office      string                    `json:"office,omitempty" doc:"whose approval it waits for"`
	Certificate string                    `json:"certificate,omitempty" doc:"what is certified, as canonical JSON; its SM3 is the digest"`
	Genuine     bool                      `json:"genuine" doc:"the certificate is the one that was kept"`
	Names       map[string]staff.NameBody `json:"names"`
}

func wireSeen(s Seen) SeenDestructionBody {
	b := SeenDestructionBody{
		DestructionBody: wireDestruction(s.Destruction), Records: []DestructionItemBody{}, Steps: []DestructionStepBody{},
		Office: s.Office, Certificate: string(s.Certificate), Genuine: s.Genuine, Names: staff.WireNames(s.Names),
	}
	for _, i := range s.Items {
		b.Records = append(b.Records, DestructionItemBody{
			DueBody: wireDue(DueItem{Item: i.Item, Called: i.Stub.Name}), State: i.State, Kept: i.Kept, RecordNumber: i.Stub.RecordNumber,
			Documents: i.Documents, Digest: hex.EncodeToString(i.Digest), At: i.At,
		})
	}
	for _, one := range s.Steps {
		b.Steps = append(b.Steps, DestructionStepBody{one.Kind, one.Office, one.Person, one.At, one.Words})
	}
	return b
}

// HoldBody is a hold on the wire.
type HoldBody struct {
	ID       string     `json:"id"`
	Patient  string     `json:"patient"`
	Basis    string     `json:"basis" enum:"lawsuit,dispute,inquiry,research,other"`
	By       string     `json:"by"`
	Since    time.Time  `json:"since"`
	Until    time.Time  `json:"until"`
	Lifted   *time.Time `json:"lifted,omitempty"`
	LiftedBy string     `json:"liftedBy,omitempty"`
	Holds    bool       `json:"holds" doc:"it keeps the record now"`
}

func wireHold(h Hold, now time.Time) HoldBody {
	return HoldBody{h.ID, h.Patient, h.Basis, h.By, h.Since, h.Until, web.Moment(h.Lifted), h.LiftedBy, h.Holds(now)}
}

// HoldsBody is a page of holds.
type HoldsBody struct {
	web.Page[HoldBody]
	Names map[string]staff.NameBody `json:"names"`
}
