package patient

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Room holds the patients.
type Room struct {
	desk    *act.Desk
	vault   *vault.Vault
	names   *indexes
	reaches []Reach
	curb    Curb
	shifts  Shifts
	silence Silence
	count   Count
	touches Touched
}

// Count counts patients whom a query shows beyond those whom its asker cares for. It
// fails when that is more than he may ask for.
type Count func(ctx context.Context, patients []string) error

// Counts tells the room by whom queries are counted. It is called while the house is
// put together.
func (room *Room) Counts(count Count) { room.count = count }

// Reach lists the patients to whom ties of another room lead an actor.
type Reach func(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]string, error)

// Reaches adds a room whose ties may open patients, as [act.Door.Ties] tells the
// door of them, so that lists of all whom somebody may open start from them too.
func (room *Room) Reaches(find Reach) { room.reaches = append(room.reaches, find) }

// Curb lists what closes to an actor whichever patient he looks for.
type Curb func(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]policy.Tie, error)

// Curbs tells the room what closes. It is called while the house is put together.
func (room *Room) Curbs(find Curb) { room.curb = find }

// New returns the room and adds care relations to what the door knows.
func New(door *act.Door, v *vault.Vault) *Room {
	room := &Room{desk: door.Desk("patient"), vault: v, names: newIndexes(), curb: uncurbed}
	door.Ties(room.ties)
	return room
}

func uncurbed(context.Context, db.Reader, act.Actor, time.Time) ([]policy.Tie, error) {
	return nil, nil
}

func place(id string, rev int) vault.Place {
	return vault.Place{Kind: "Patient", Object: id, Version: strconv.Itoa(rev), Field: "demographics"}
}

// unseal opens the demographics of a patient.
func (room *Room) unseal(ctx context.Context, r db.Reader, p row) (Demographics, error) {
	subject, err := room.vault.Subject(ctx, r, p.Org, p.ID)
	if err != nil {
		return Demographics{}, errUnreadable.Because(err)
	}
	return open(subject, p)
}

func open(subject *vault.Subject, p row) (Demographics, error) {
	var d Demographics
	plain, err := subject.Open(place(p.ID, p.Rev), p.Sealed)
	if err != nil {
		return d, errUnreadable.Because(err)
	}
	if err := json.Unmarshal(plain, &d); err != nil {
		return d, errUnreadable.Because(err)
	}
	return d, nil
}

// unsealAll opens the demographics of patients by their ids. Whoever cannot be
// opened is missing: one row that somebody damaged must not hide all others.
func (room *Room) unsealAll(ctx context.Context, r db.Reader, org string, rows []row) map[string]Demographics {
	wanted := make([]string, len(rows))
	for i, p := range rows {
		wanted[i] = p.ID
	}
	opened := make(map[string]Demographics, len(rows))
	subjects, err := room.vault.Subjects(ctx, r, org, wanted...)
	for _, p := range rows {
		var d Demographics
		var failed error
		if err != nil {
			d, failed = room.unseal(ctx, r, p)
		} else if subject := subjects[p.ID]; subject != nil {
			d, failed = open(subject, p)
		} else {
			continue
		}
		if failed == nil {
			opened[p.ID] = d
		}
	}
	return opened
}

// object is a patient as policy sees him. stays are his encounters, newest first.
func object(p row, stays []Encounter) policy.Object {
	o := policy.Object{Kind: "Patient", ID: p.ID, Org: p.Org, Patient: p.ID, Sensitivity: max(1, p.Level), CreatedBy: p.Source, Concerns: p.Staff, Discharged: true}
	if e, known := whereabouts(stays); known {
		o.Department, o.Discharged = e.Department, !e.Open() || e.Unconfirmed != ""
	}
	return o
}

// whereabouts is the encounter that tells where a patient is: the bed he lies
// in, also while a clinic sees him. What stands by one person's word tells it only
// when nothing else does.
func whereabouts(stays []Encounter) (Encounter, bool) {
	for _, confirmed := range []bool{true, false} {
		for _, kind := range []string{Inpatient, Emergency, Outpatient} {
			for _, e := range stays {
				if e.Open() && e.Kind == kind && (e.Unconfirmed == "") == confirmed {
					return e, true
				}
			}
		}
	}
	if len(stays) == 0 {
		return Encounter{}, false
	}
	return stays[0], true
}

// Known is what other rooms may know of a patient without disclosing him.
type Known struct {
	Object     policy.Object
	Encounters []Encounter
}

// Find reads what policy must know about a patient. It is a part of another
// room's act and discloses nothing.
func (room *Room) Find(ctx context.Context, r db.Reader, org, id string) (Known, error) {
	p, stays, err := findWith(ctx, r, org, id)
	if err != nil {
		return Known{}, err
	}
	return Known{Object: object(p, stays), Encounters: stays}, nil
}

// findWith reads a patient with his encounters, and what the door will ask about
// him.
func findWith(ctx context.Context, r db.Reader, org, id string) (p row, stays []Encounter, err error) {
	err = r.Together(ctx,
		func() (err error) {
			p, err = patients.Get(ctx, r, org, id)
			return absent(err)
		},
		func() (err error) {
			stays, err = encountersOf(ctx, r, org, id)
			return err
		},
		func() error {
			act.ExpectPatients(ctx, r, id)
			return nil
		},
	)
	return p, stays, err
}

// FindSubject returns the key of a patient's content, and [act.ErrAbsent] when
// the organisation has no such patient: others have keys too.
func (room *Room) FindSubject(ctx context.Context, r db.Reader, org, id string) (subject *vault.Subject, err error) {
	err = r.Together(ctx,
		func() error {
			_, err := patients.Get(ctx, r, org, id)
			return absent(err)
		},
		func() (err error) {
			subject, err = room.vault.Subject(ctx, r, org, id)
			return err
		},
	)
	return subject, err
}

// Subject returns the key of the content of a patient who was found.
func (room *Room) Subject(ctx context.Context, r db.Reader, org, id string) (*vault.Subject, error) {
	return room.vault.Subject(ctx, r, org, id)
}
