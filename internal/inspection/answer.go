package inspection

import (
	"context"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Answer discloses the dossier of what was drawn: every question of its kind, answered
// from all rooms and the ledger at this moment.
func (room *Room) Answer(ctx context.Context, draw string) (Dossier, error) {
	if err := room.desk.Begin(ctx, "inspection.answer"); err != nil {
		return Dossier{}, err
	}
	begun := room.desk.Now()
	if err := room.settle(ctx); err != nil {
		return Dossier{}, err
	}
	reach, err := room.reachOf(ctx, draw)
	if err != nil {
		return Dossier{}, err
	}
	var whole Dossier
	err = room.desk.Disclose(ctx, "inspection.answer", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Inspection", ID: draw, Org: org}); err != nil {
			return err
		}
		d, err := draws.Get(ctx, r, org, draw)
		if err != nil {
			return absent(err)
		}
		if !d.Ready() {
			return errNotDrawn.With()
		}
		whole = Dossier{Draw: d, At: r.Now(), By: r.Actor().ID, Verdict: InOrder}
		return room.compile(ctx, r, reach, begun, &whole)
	})
	return whole, err
}

// compile answers every question and names what proves the answers.
func (room *Room) compile(ctx context.Context, r *act.Reading, reach *access.PatientReach, begun time.Time, whole *Dossier) error {
	a := &asked{room: room, r: r, org: r.Actor().Org, now: r.Now(), reach: reach}
	var err error
	switch whole.Draw.Kind {
	case Patient:
		err = a.aboutPatient(ctx, whole.Draw.Subject)
	case Person:
		err = a.aboutPerson(ctx, whole.Draw.Subject)
	case Leaver:
		err = a.aboutLeaver(ctx, whole.Draw.Subject)
	case Sealed:
		err = a.aboutSeal(ctx, whole.Draw.Subject)
	case Glass:
		err = a.aboutGlass(ctx, whole.Draw.Subject)
	case Granted:
		err = a.aboutGrant(ctx, whole.Draw.Subject)
	}
	if err != nil {
		return err
	}
	whole.Subject, whole.Questions = a.subject, a.questions
	for i := range whole.Questions {
		whole.Verdict = whole.Verdict.or(whole.Questions[i].Verdict)
	}
	if err := a.name(ctx, whole); err != nil {
		return err
	}
	if whole.Digest, err = digestQuestions(whole.Questions); err != nil {
		return err
	}
	if err := a.proveAll(ctx, whole); err != nil {
		return err
	}
	whole.Took = room.desk.Now().Sub(begun)
	r.Note("draw", whole.Draw.ID)
	r.Note("verdict", string(whole.Verdict))
	r.Note("digest", hex.EncodeToString(whole.Digest))
	r.Note("milliseconds", strconv.FormatInt(whole.Took.Milliseconds(), 10))
	return nil
}

// name finds how the people and patients of the lines are called, and tells the account
// about whom the answer is.
func (a *asked) name(ctx context.Context, whole *Dossier) error {
	people, patients := []string{a.subject.Person, whole.By, whole.Draw.By, whole.Draw.DrawnBy}, []string{}
	if a.subject.Patient != "" {
		patients = append(patients, a.subject.Patient)
	}
	for _, q := range whole.Questions {
		for _, l := range q.Lines {
			if l.Person != "" {
				people = append(people, l.Person)
			}
			if l.Patient != "" {
				patients = append(patients, l.Patient)
			}
		}
	}
	people = slices.DeleteFunc(distinct(people), func(id string) bool { return id == "" })
	var err error
	if whole.People, err = staff.Names(ctx, a.r, a.org, people, a.now); err != nil {
		return err
	}
	if whole.Patients, err = a.room.patients.Called(ctx, a.r, a.org, distinct(patients)); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(whole.Patients)) {
		a.r.Concerns(policy.Object{Kind: "Patient", ID: id, Org: a.org, Patient: id})
	}
	var parts []fault.Text
	if p := a.subject.Person; p != "" {
		a.r.Concerns(policy.Object{Kind: "Person", ID: p, Org: a.org})
		parts = append(parts, fault.Text{ZH: whole.People[p].ZH, EN: whole.People[p].EN})
	}
	if p := a.subject.Patient; p != "" {
		parts = append(parts, fault.Text{ZH: whole.Patients[p], EN: whole.Patients[p]})
	}
	whole.Subject.Name = joined(parts...)
	return nil
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// proveAll gives each named entry its place and, to those who may have it, its proof
// against the newest checkpoint.
func (a *asked) proveAll(ctx context.Context, whole *Dossier) error {
	newest, err := a.room.ledger.Latest(ctx, a.r)
	if err != nil {
		return err
	}
	whole.Checkpoint = newest
	proves := a.sees("ledger.prove", a.book())
	if !proves {
		whole.Proofs = a.withheld("ledger.prove")
	}
	var named []string
	for _, q := range whole.Questions {
		named = append(named, q.Entries...)
	}
	for _, id := range distinct(named) {
		placed, err := a.room.ledger.ByID(ctx, a.r, id)
		if errors.Is(err, ledger.ErrNoEntry) || err == nil && placed.Position >= newest.Size {
			continue // it has no signed place yet
		}
		if err != nil {
			return err
		}
		p := Proven{ID: id, Position: placed.Position, At: time.UnixMicro(placed.Entry.At).UTC(), Verb: placed.Entry.Verb, Outcome: placed.Entry.Outcome}
		if proves {
			proof, err := a.room.ledger.Inclusion(ctx, a.r, placed.Position, newest.Size)
			if err != nil {
				return err
			}
			p.Proof = &proof
		}
		whole.Entries = append(whole.Entries, p)
	}
	slices.SortFunc(whole.Entries, func(x, y Proven) int { return int(x.Position - y.Position) })
	return nil
}

// reachOf asks room access who could open the patient now. It is an act of its own, and
// nil where it is not for whoever asks.
func (room *Room) reachOf(ctx context.Context, draw string) (*access.PatientReach, error) {
	d, err := room.peek(ctx, draw)
	if err != nil || d.Kind != Patient || !d.Ready() {
		return nil, ignoreAbsent(err)
	}
	actor := act.From(ctx)
	object := policy.Object{Kind: "Patient", ID: d.Subject, Org: actor.Org, Patient: d.Subject}
	if !room.may(actor, room.desk.Now(), "inspection.answer", d.object()) || !room.may(actor, room.desk.Now(), "policy.reach", object) {
		return nil, nil
	}
	reach, err := room.access.WhoReaches(ctx, d.Subject)
	return &reach, err
}

// ignoreAbsent leaves it to the act itself to say that nothing is there.
func ignoreAbsent(err error) error {
	if errors.Is(err, act.ErrAbsent) {
		return nil
	}
	return err
}
