package amendment

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
)

// Grounds of a complaint.
var grounds = []string{"deceit", "coercion", "without-consent", "beyond-purpose", "other"}

// States of a complaint.
const (
	Brought     = "brought"
	Quarantined = "quarantined" // not used before it is decided
	Freed       = "released"    // it was collected lawfully, or the ground does not hold
	Removed     = "removed"     // it stays out of use
)

// Complaint says that a document was collected unlawfully (B-013). Its row is keyed.
type Complaint struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Patient   string    `db:"patient"`
	Document  string    `db:"document"`
	Writer    string    `db:"writer"`
	Ground    string    `db:"ground"`
	Words     []byte    `db:"words"` // sealed
	State     string    `db:"state"`
	Brought   time.Time `db:"brought"`
	BroughtBy string    `db:"brought_by"`
	Held      time.Time `db:"held"`
	Settled   time.Time `db:"settled"`
	SettledBy string    `db:"settled_by"`
	Reason    []byte    `db:"reason"` // why it was decided so, sealed
	MAC       []byte    `db:"mac"`
}

func (c Complaint) object() policy.Object {
	return policy.Object{Kind: "Amendment", ID: c.ID, Org: c.Org, Patient: c.Patient, Author: c.BroughtBy, Concerns: c.Writer}
}

func complaintPlace(id, field string) vault.Place {
	return vault.Place{Kind: "Amendment", Object: id, Version: "1", Field: field}
}

// Complain enters a complaint. The document goes into quarantine by somebody's decision,
// which has a deadline.
func (room *Room) Complain(ctx context.Context, document, ground, words string) (Complaint, error) {
	if err := room.desk.Begin(ctx, "amendment.complain"); err != nil {
		return Complaint{}, err
	}
	e := errInput.With()
	if !slices.Contains(grounds, ground) {
		e.At("ground", fault.Text{ZH: "请选择投诉事由", EN: "choose the ground of the complaint"})
	}
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Complaint{}, err
	}
	c := Complaint{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Document: document, Ground: ground, State: Brought, BroughtBy: act.From(ctx).ID}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		d, err := room.o.Records.Plain(ctx, r, c.Org, document)
		if err != nil {
			return err
		}
		c.Patient, c.Writer = d.Patient, d.Author
		subject, err := room.o.Patients.FindSubject(ctx, r, c.Org, c.Patient)
		if err != nil {
			return err
		}
		c.Words, err = subject.Seal(complaintPlace(c.ID, "words"), []byte(strings.TrimSpace(words)))
		return err
	})
	if err != nil {
		return Complaint{}, room.desk.Missing(ctx, "amendment.complain", err)
	}
	err = room.desk.Do(ctx, "amendment.complain", func(ctx context.Context, w *act.Work) error {
		o, err := room.o.Records.Asked(ctx, w, c.Org, document)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		c.Brought = w.Now()
		w.Note("complaint", c.ID)
		if _, err := room.o.Duty.OpenIn(ctx, w, duty.Opening{Kind: Complained, To: duty.To{Role: "medical-affairs"}, Subject: c.ID, Patient: c.Patient, Urgent: true}); err != nil {
			return err
		}
		return complaints.Insert(ctx, w, &c)
	})
	return c, err
}

// SettleComplaint quarantines what a complaint is about, releases it or removes it from
// use, with the reason. What was decided can be decided anew: a mistake must not stay.
func (room *Room) SettleComplaint(ctx context.Context, complaint, state, words string) (Complaint, error) {
	if err := room.desk.Begin(ctx, "amendment.settle-complaint"); err != nil {
		return Complaint{}, err
	}
	e := errInput.With()
	if !slices.Contains([]string{Quarantined, Freed, Removed}, state) {
		e.At("state", fault.Text{ZH: "应为 quarantined、released 或 removed", EN: "one of quarantined, released and removed"})
	}
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Complaint{}, err
	}
	var c Complaint
	var sealed []byte
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if c, err = complaints.Get(ctx, r, act.From(ctx).Org, complaint); err != nil {
			return absent(err)
		}
		subject, err := room.o.Patients.FindSubject(ctx, r, c.Org, c.Patient)
		if err != nil {
			return err
		}
		sealed, err = subject.Seal(complaintPlace(c.ID, "reason"), []byte(strings.TrimSpace(words)))
		return err
	})
	if err != nil {
		return Complaint{}, room.desk.Missing(ctx, "amendment.settle-complaint", err)
	}
	err = room.desk.Do(ctx, "amendment.settle-complaint", func(ctx context.Context, w *act.Work) (err error) {
		if c, err = complaints.Get(ctx, w, w.Actor().Org, complaint); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State == state {
			return errSettled.With()
		}
		w.Note("complaint", c.ID)
		w.Note("state", state)
		c.State, c.Reason, c.SettledBy = state, sealed, w.Actor().ID
		if state == Quarantined {
			c.Held, c.Settled = w.Now(), time.Time{}
		} else {
			c.Settled = w.Now()
		}
		if err := room.holdFor(ctx, w, c); err != nil {
			return err
		}
		return complaints.Update(ctx, w, &c)
	})
	return c, err
}

// holdFor lets the hold of a complaint stand as it was decided.
func (room *Room) holdFor(ctx context.Context, w *act.Work, c Complaint) error {
	if c.State != Quarantined {
		if err := room.o.Duty.DoneIn(ctx, w, Complained, c.ID); err != nil {
			return err
		}
	}
	if c.State == Freed {
		return room.o.Records.LiftIn(ctx, w, c.ID)
	}
	return room.o.Records.HoldIn(ctx, w, record.Hold{Org: c.Org, ID: c.ID, Document: c.Document, Patient: c.Patient, Kind: record.HoldQuarantine, Cause: c.ID})
}
