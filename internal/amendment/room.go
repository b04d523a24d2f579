package amendment

import (
	"context"
	"encoding/json"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
)

// Options are what the room is made of.
type Options struct {
	Door       *act.Door
	Duty       *duty.Room
	Patients   *patient.Room
	Records    *record.Room
	Recipients *recipient.Room
	Sharing    *sharing.Room
	Sources    *source.Room
	Ledger     *ledger.Ledger
	Org        string
	Bonds      staff.BondsOf // none: two people are two ids
}

// Room corrects documents and tells those who have them.
type Room struct {
	desk *act.Desk
	o    Options
}

// New returns the room. From now on what is signed is corrected by its steps only.
func New(o Options) *Room {
	o.Records.Guides()
	return &Room{desk: o.Door.Desk("amendment"), o: o}
}

// asHouse acts as the house itself.
func (room *Room) asHouse(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.o.Org}, Purpose: "operation"})
}

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(room.asHouse(ctx), "amendment.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.o.Org)); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// read opens what was written of a correction.
func (room *Room) read(ctx context.Context, r db.Reader, c Case) (writing, error) {
	var w writing
	subject, err := room.o.Patients.Subject(ctx, r, c.Org, c.Patient)
	if err != nil {
		return w, errUnreadable.Because(err)
	}
	plain, err := subject.Open(writingPlace(c), c.Sealed)
	if err == nil {
		err = json.Unmarshal(plain, &w)
	}
	if err != nil {
		return w, errUnreadable.Because(err)
	}
	return w, nil
}

// seal puts what was written under the next revision of a correction.
func (room *Room) seal(ctx context.Context, r db.Reader, c *Case, w writing) error {
	subject, err := room.o.Patients.FindSubject(ctx, r, c.Org, c.Patient)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(w)
	if err != nil {
		return err
	}
	c.Rev++
	c.Sealed, err = subject.Seal(writingPlace(*c), plain)
	return err
}

func (room *Room) names(ctx context.Context, r db.Reader, org string, people []string) (map[string]staff.Name, error) {
	return staff.Names(ctx, r, org, people, room.desk.Now())
}
