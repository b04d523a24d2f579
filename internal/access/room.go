package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Rules    *policy.Shelf
	Patients *patient.Room
	Duty     *duty.Room
	Staff    *staff.Room
	Vault    *vault.Vault
	Jobs     *job.Runner
	Ledger   *ledger.Ledger
	// Org is the organisation whose grants and seals the room sees to.
	Org string
	// Documents lists the documents of a patient for a dispute seal. Nil: as the
	// store has them.
	Documents Documents
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds staff.BondsOf
	// Forget lets this process ask anew who a person is: something of his has ended. Nil:
	// nothing is remembered.
	Forget func(person string)
	// Alarm is told of what must never happen: a grant that did not end.
	Alarm func(ctx context.Context, what string, err error)
}

// Room holds reasons, grants, seals and bars.
type Room struct {
	desk     *act.Desk
	asking   *act.Desk // acts policy.*
	rules    *policy.Shelf
	releases compiled
	patients *patient.Room
	duty     *duty.Room
	staff    *staff.Room
	vault    *vault.Vault
	ledger   *ledger.Ledger
	org      string
	papers   Documents
	bonds    staff.BondsOf
	alarm    func(ctx context.Context, what string, err error)
	forget   func(person string)
	name     string // of this process among those that keep the clock
	ends     followed
	pages    listeners

	idleLooked   time.Time // when this process last searched for grants that nobody uses
	framesLooked time.Time // when it last held the live grants against their frames
}

// New returns the room and adds what it holds to what the door knows.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("access"), asking: o.Door.Desk("policy"), rules: o.Rules, patients: o.Patients, duty: o.Duty, staff: o.Staff, vault: o.Vault,
		ledger: o.Ledger, org: o.Org, papers: o.Documents, bonds: o.Bonds, alarm: o.Alarm, forget: o.Forget,
	}
	if room.papers == nil {
		room.papers = storedPapers
	}
	if room.forget == nil {
		room.forget = func(string) {}
	}
	room.name = id.New(room.desk.Now())
	o.Door.Ties(room.ties)
	o.Patients.Reaches(room.reached)
	o.Patients.Curbs(room.curbs)
	o.Jobs.Handle(probeJob, room.probe)
	return room
}

// State states a reason: a click, a day, sampled review. One that would open
// nothing is refused with the way that remains.
func (room *Room) State(ctx context.Context, in Asking) (Reason, error) {
	return room.give(ctx, "access.state-reason", Stated, in)
}

// BreakGlass opens a patient in an emergency: a choice and words, hours, loud,
// reviewed.
func (room *Room) BreakGlass(ctx context.Context, in Asking) (Reason, error) {
	return room.give(ctx, "access.break-glass", Glass, in)
}

// Unmask states why somebody who may open a patient needs what is masked of him. It
// is shown for an hour (D-006).
func (room *Room) Unmask(ctx context.Context, in Asking) (Reason, error) {
	return room.give(ctx, "access.unmask", Unmask, in)
}

func (room *Room) give(ctx context.Context, verb, kind string, in Asking) (Reason, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Reason{}, err
	}
	actor, now := act.From(ctx), room.desk.Now()
	limits := room.rules.LimitsAt(now)
	if err := in.check(kind, limits); err != nil {
		return Reason{}, err
	}
	reason := Reason{
		Org: actor.Org, ID: id.New(now), Patient: in.Patient, Person: actor.ID, Kind: kind, Choice: in.Choice, Purpose: actor.Purpose,
		Since: now, Until: now.Add(in.life(kind, limits)),
	}
	if err := room.sealWords(ctx, &reason, in.Words); err != nil {
		return Reason{}, room.ofNobody(ctx, verb, reason, err)
	}
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, actor.Org, in.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		if err := w.PermitTo(ctx, "patient.view", known.Object, reason.tie()); err != nil {
			return err
		}
		reason.Department = known.Object.Department
		w.Note("reason", reason.ID)
		w.Note("choice", reason.Choice)
		if kind == Glass {
			if err := room.awaitReview(ctx, w, &reason, known.Object); err != nil {
				return err
			}
		}
		return reasons.Insert(ctx, w, &reason)
	})
	return reason, err
}

// ofNobody answers a reason about a patient who is not there as one about a stranger.
func (room *Room) ofNobody(ctx context.Context, verb string, reason Reason, cause error) error {
	return room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		o := policy.Object{Kind: "Patient", ID: reason.Patient, Patient: reason.Patient}
		if err := r.MissingTo(ctx, verb, o, cause); !errors.Is(err, cause) {
			return err
		}
		return r.MissingTo(ctx, "patient.view", o, cause, reason.tie())
	})
}

func (room *Room) sealWords(ctx context.Context, reason *Reason, words string) error {
	return room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.patients.FindSubject(ctx, r, reason.Org, reason.Patient)
		if err != nil {
			return err
		}
		reason.Words, err = subject.Seal(place(reason.ID), []byte(strings.TrimSpace(words)))
		return err
	})
}

// Withdraw ends a reason now: its giver's own, or one that a reviewer ends.
func (room *Room) Withdraw(ctx context.Context, reasonID string) error {
	return room.change(ctx, "access.withdraw", reasonID, func(r *Reason, now time.Time, _ string) error {
		if r.Until.After(now) {
			r.Until = now
		}
		return nil
	})
}

// Review gives the verdict on an access. Nobody reviews his own: the rulebook
// knows whom the access concerns.
func (room *Room) Review(ctx context.Context, reasonID, verdict string) error {
	if err := room.desk.Begin(ctx, "access.review"); err != nil {
		return err
	}
	switch verdict {
	case Proper, Improper, Unclear:
	default:
		return errInvalid.With().At("verdict", fault.Text{ZH: "结论应为 proper、improper 或 unclear", EN: "a verdict is proper, improper or unclear"})
	}
	return room.change(ctx, "access.review", reasonID, func(r *Reason, now time.Time, reviewer string) error {
		if r.Verdict != "" && r.Verdict != Unclear {
			return errReviewed.With()
		}
		r.Verdict, r.Reviewer, r.ReviewedAt = verdict, reviewer, now
		return nil
	})
}

func (room *Room) change(ctx context.Context, verb, reasonID string, decide func(r *Reason, now time.Time, actor string) error) error {
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		reason, err := reasons.Get(ctx, w, w.Actor().Org, reasonID)
		if errors.Is(err, db.ErrNone) {
			return act.ErrAbsent.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, reason.object()); err != nil {
			return err
		}
		if err := decide(&reason, w.Now(), w.Actor().ID); err != nil {
			return err
		}
		if err := room.reviewedIn(ctx, w, reason); err != nil {
			return err
		}
		return reasons.Update(ctx, w, &reason)
	})
}
