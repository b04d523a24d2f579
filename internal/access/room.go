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
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

var (
	errInvalid = fault.Define("access.invalid", fault.Invalid,
		"理由需要补充，已填写的内容未丢失。", "The reason must be completed; nothing you wrote is lost.", "the fields name what is wrong")
	errReviewed = fault.Define("access.reviewed-already", fault.Conflict,
		"该次调阅已有复核结论。", "This access has been reviewed already.", "one verdict for an access")
)

// Room holds the reasons.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
}

// New returns the room and adds live reasons to what the door knows.
func New(door *act.Door, p *patient.Room) *Room {
	room := &Room{desk: door.Desk("access"), patients: p}
	door.Ties(room.ties)
	p.Reaches(room.reached)
	return room
}

// reached are the patients to whom a live reason leads.
func (room *Room) reached(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]string, error) {
	live, err := liveOf(ctx, r, actor.Org, actor.ID, at)
	patients := make([]string, len(live))
	for i, reason := range live {
		patients[i] = reason.Patient
	}
	return patients, err
}

func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, _ []string, at time.Time) (map[string][]policy.Tie, error) {
	if actor.Kind != act.Person {
		return nil, nil
	}
	live, err := liveOf(ctx, r, actor.Org, actor.ID, at)
	if err != nil {
		return nil, err
	}
	found := map[string][]policy.Tie{}
	for _, reason := range live {
		found[reason.Patient] = append(found[reason.Patient], reason.tie())
	}
	return found, nil
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

func (room *Room) give(ctx context.Context, verb, kind string, in Asking) (Reason, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Reason{}, err
	}
	actor, now := act.From(ctx), room.desk.Now()
	if err := in.check(kind); err != nil {
		return Reason{}, err
	}
	reason := Reason{
		Org: actor.Org, ID: id.New(now), Patient: in.Patient, Person: actor.ID, Kind: kind, Choice: in.Choice, Purpose: actor.Purpose,
		Since: now, Until: now.Add(in.life(kind)),
	}
	if kind == Glass {
		reason.ReviewBy = now.Add(reviewTime)
	}
	if err := room.sealWords(ctx, &reason, in.Words); err != nil {
		return Reason{}, err
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
		return reasons.Insert(ctx, w, &reason)
	})
	return reason, err
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
		return reasons.Update(ctx, w, &reason)
	})
}
