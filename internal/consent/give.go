package consent

import (
	"context"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Give records that somebody agreed.
func (room *Room) Give(ctx context.Context, g Giving) (Record, error) {
	return room.decided(ctx, "consent.give", Given, g)
}

// Refuse records that somebody refused. It opens nothing and is kept as long.
func (room *Room) Refuse(ctx context.Context, g Giving) (Record, error) {
	return room.decided(ctx, "consent.refuse", Refused, g)
}

func (room *Room) decided(ctx context.Context, verb, decision string, g Giving) (Record, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Record{}, err
	}
	now := room.desk.Now()
	if err := g.check(now); err != nil {
		return Record{}, err
	}
	subject, err := room.sealer(ctx, g.Patient)
	if err != nil {
		return Record{}, room.desk.Missing(ctx, verb, err)
	}
	made := Record{
		Org: act.From(ctx).Org, ID: id.New(now), Patient: g.Patient, Template: g.Template, Decision: decision, Relation: g.Relation, Guardian: g.Guardian,
		Form: g.Form, Evidence: g.Evidence, RecordedBy: act.From(ctx).ID,
	}
	if made.Giver, err = sealGiver(subject, place("Consent", made.ID, "giver"), g.Giver); err != nil {
		return Record{}, err
	}
	var rec Record
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		rec = made
		known, err := room.patients.Find(ctx, w, rec.Org, rec.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		return room.saveDecision(ctx, w, &rec, g)
	})
	return rec, err
}

func (room *Room) saveDecision(ctx context.Context, w *act.Work, rec *Record, g Giving) error {
	t, err := templateOf(ctx, w, rec.Org, g.Template, g.Version)
	if err != nil {
		return err
	}
	if err := t.fits(g); err != nil {
		return err
	}
	power, err := powerOf(ctx, w, *rec)
	if err != nil {
		return err
	}
	rec.Version, rec.Scope, rec.Since = t.Version, t.Scope, w.Now()
	if len(g.Scope.Purposes) > 0 {
		rec.Scope = g.Scope
	}
	rec.setTime(g, power)
	w.Note("consent", rec.ID)
	w.Note("template", t.ID)
	w.Note("purposes", strings.Join(rec.Scope.Purposes, " "))
	if err := room.settleEarlier(ctx, w, *rec); err != nil {
		return err
	}
	if err := records.Insert(ctx, w, rec); err != nil {
		return err
	}
	if err := room.bind(ctx, w, *rec, g.Encounter, wayOf(rec.Form)); err != nil || room.heard == nil || rec.Decision != Given {
		return err
	}
	return room.heard(ctx, w, *rec)
}

// setTime ends a consent no later than the power that it rests on.
func (r *Record) setTime(g Giving, power time.Time) {
	r.Until, r.ReviewBy = g.Until.UTC(), g.ReviewBy.UTC()
	if !power.IsZero() && (r.Until.IsZero() || power.Before(r.Until)) {
		r.Until = power
	}
	if r.Due = r.Until; r.Until.IsZero() || !r.ReviewBy.IsZero() && r.ReviewBy.Before(r.Until) {
		r.Due = r.ReviewBy
	}
}

// powerOf answers until when whoever decides may decide; zero: the patient himself,
// or a relative in his place.
func powerOf(ctx context.Context, w *act.Work, rec Record) (time.Time, error) {
	live, err := guardiansOf(ctx, w, rec.Org, rec.Patient, w.Now())
	if err != nil {
		return time.Time{}, err
	}
	if rec.Relation != ByGuardian {
		if len(live) > 0 {
			return time.Time{}, errHasGuardian.With()
		}
		return time.Time{}, nil
	}
	for _, g := range live {
		if g.ID == rec.Guardian {
			return g.Until, nil
		}
	}
	return time.Time{}, errNoPower.With().At("guardian", fault.Text{ZH: "请选择在任的监护人", EN: "choose a guardian whose power has not ended"})
}

// settleEarlier closes what was to be done about an earlier consent on the same form.
// A refusal takes that consent back.
func (room *Room) settleEarlier(ctx context.Context, w *act.Work, rec Record) error {
	earlier, err := standing(ctx, w, rec.Org, []string{rec.Patient}, w.Now())
	if err != nil {
		return err
	}
	for _, old := range earlier {
		if old.Template != rec.Template {
			continue
		}
		if err := room.duty.DoneIn(ctx, w, Expiring, old.ID); err != nil {
			return err
		}
		if rec.Decision != Refused {
			continue
		}
		old.Withdrawn, old.WithdrawnBy = w.Now(), rec.Relation
		if err := records.Update(ctx, w, &old); err != nil {
			return err
		}
	}
	return nil
}

// SetGuardian records who decides for a patient, and until when.
func (room *Room) SetGuardian(ctx context.Context, n NewGuardian) (Guardian, error) {
	if err := room.desk.Begin(ctx, "consent.set-guardian"); err != nil {
		return Guardian{}, err
	}
	now := room.desk.Now()
	until, err := n.ends(now)
	if err != nil {
		return Guardian{}, err
	}
	subject, err := room.sealer(ctx, n.Patient)
	if err != nil {
		return Guardian{}, room.desk.Missing(ctx, "consent.set-guardian", err)
	}
	g := Guardian{
		Org: act.From(ctx).Org, ID: id.New(now), Patient: n.Patient, Kind: n.Kind, Since: now, Until: until, Evidence: n.Evidence, RecordedBy: act.From(ctx).ID,
	}
	if g.Who, err = sealGiver(subject, place("Guardian", g.ID, "who"), n.Who); err != nil {
		return Guardian{}, err
	}
	err = room.desk.Do(ctx, "consent.set-guardian", func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, g.Org, g.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		w.Note("guardian", g.ID)
		return guardians.Insert(ctx, w, &g)
	})
	return g, err
}
