package access

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
)

// onSeal is the spine of all that is done to a live seal.
func (room *Room) onSeal(ctx context.Context, verb, seal, words string, do func(ctx context.Context, w *act.Work, s *Seal, words []byte) error) (Seal, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Seal{}, err
	}
	before, err := room.peekSeal(ctx, seal)
	if err != nil {
		return Seal{}, room.desk.Missing(ctx, verb, err)
	}
	n, err := room.sealNote(ctx, before.Patient, wordsPlace("Seal", seal, verb), words)
	if err != nil {
		return Seal{}, err
	}
	var s Seal
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if s, err = seals.Get(ctx, w, w.Actor().Org, seal); err != nil {
			return absentSeal(err)
		}
		known, err := room.patients.Find(ctx, w, s.Org, s.Patient)
		if err != nil {
			return err
		}
		if err := permitSeal(ctx, &w.Reading, known.Object); err != nil {
			return err
		}
		if !s.Lifted.IsZero() {
			return errLifted.With()
		}
		w.Note("seal", s.ID)
		if err := do(ctx, w, &s, n.words); err != nil {
			return err
		}
		return seals.Update(ctx, w, &s)
	})
	return s, err
}

// RenewSeal answers that an attention seal is still needed.
func (room *Room) RenewSeal(ctx context.Context, seal string) (Seal, error) {
	return room.onSeal(ctx, "access.renew-seal", seal, "", func(ctx context.Context, w *act.Work, s *Seal, _ []byte) error {
		if s.Kind != Attention {
			return errGrantInput.With().At("id", fault.Text{ZH: "只有舆情封存需要续期", EN: "only an attention seal is renewed"})
		}
		s.RenewBy = w.Now().Add(renewal)
		if err := recordSeal(ctx, w, *s, StepRenewed, w.Actor().ID, nil); err != nil {
			return err
		}
		if err := room.duty.DoneIn(ctx, w, SealRenewal, s.ID); err != nil {
			return err
		}
		on, err := listedOn(ctx, w, s.Org, s.ID, w.Now())
		for _, l := range on {
			l.Until = s.RenewBy
			if err := listed.Update(ctx, w, &l); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: SealRenewal, To: duty.To{Role: "medical-affairs"}, Subject: s.ID, Patient: s.Patient, Deadline: s.RenewBy})
		return err
	})
}

// ListOnSeal lets somebody look through an attention seal until it is renewed, or
// takes him off its list.
func (room *Room) ListOnSeal(ctx context.Context, seal, person string, off bool) (Seal, error) {
	return room.onSeal(ctx, "access.list-on-seal", seal, "", func(ctx context.Context, w *act.Work, s *Seal, _ []byte) error {
		if s.Kind != Attention {
			return errGrantInput.With().At("id", fault.Text{ZH: "纠纷封存没有名单", EN: "a dispute seal has no list"})
		}
		if !off {
			return admitTo(ctx, w, *s, person, s.RenewBy)
		}
		l, err := listed.Get(ctx, w, s.Org, s.ID, person)
		if err != nil {
			return absent(err)
		}
		l.Until = w.Now()
		if err := listed.Update(ctx, w, &l); err != nil {
			return err
		}
		return recordSeal(ctx, w, *s, StepUnlisted, person, nil)
	})
}

// AddToSeal seals what was staged and is finished by now, and adds documents and the
// digest of the sealed copy.
func (room *Room) AddToSeal(ctx context.Context, seal string, papers []string, copyDigest []byte) (Seal, error) {
	return room.onSeal(ctx, "access.list-on-seal", seal, "", func(ctx context.Context, w *act.Work, s *Seal, _ []byte) error {
		if s.Kind != Dispute {
			return errGrantInput.With().At("id", fault.Text{ZH: "舆情封存不列文书", EN: "an attention seal lists no documents"})
		}
		if len(copyDigest) > 0 {
			s.Copy = copyDigest
			if err := recordSeal(ctx, w, *s, StepCopied, w.Actor().ID, nil); err != nil {
				return err
			}
		}
		wanted := papers
		if len(wanted) == 0 {
			staged, err := documentsUnder(ctx, w, s.Org, s.ID)
			if err != nil {
				return err
			}
			for _, d := range staged {
				wanted = append(wanted, d.Document)
			}
		}
		if len(wanted) == 0 {
			return nil
		}
		return room.listPapers(ctx, w, *s, wanted)
	})
}

// Sides of a dispute.
const (
	SideHospital = "hospital"
	SidePatient  = "patient"
)

// Unseal lifts an attention seal. For a dispute seal it records that one side
// agrees; the second side's agreement within a day, recorded by somebody else,
// opens it. Three years on, the hospital's is enough.
func (room *Room) Unseal(ctx context.Context, seal, side, words string) (Seal, error) {
	if err := room.desk.Begin(ctx, "access.unseal"); err != nil {
		return Seal{}, err
	}
	if err := checkWords(errGrantInput.With(), words).OrNil(); err != nil {
		return Seal{}, err
	}
	return room.onSeal(ctx, "access.unseal", seal, words, func(ctx context.Context, w *act.Work, s *Seal, words []byte) error {
		open := true
		if s.Kind == Dispute {
			var err error
			if open, err = agree(ctx, w, *s, side, words); err != nil {
				return err
			}
		}
		if !open {
			return nil
		}
		s.Lifted, s.LiftedBy = w.Now(), w.Actor().ID
		if err := recordSeal(ctx, w, *s, StepLifted, w.Actor().ID, words); err != nil {
			return err
		}
		if err := room.duty.DoneIn(ctx, w, SealAttempts, s.ID); err != nil {
			return err
		}
		return room.duty.DoneIn(ctx, w, SealRenewal, s.ID)
	})
}

// agree records one side's agreement and reports whether both are there.
func agree(ctx context.Context, w *act.Work, s Seal, side string, words []byte) (bool, error) {
	kinds := map[string]string{SideHospital: StepAgreedHospital, SidePatient: StepAgreedPatient}
	if kinds[side] == "" {
		return false, errGrantInput.With().At("side", fault.Text{ZH: "请写明登记的是 hospital 还是 patient 一方的同意", EN: "say whose agreement is recorded: hospital or patient"})
	}
	before, err := stepsOf(ctx, w, s.Org, s.ID)
	if err != nil {
		return false, err
	}
	if err := recordSeal(ctx, w, s, kinds[side], w.Actor().ID, words); err != nil {
		return false, err
	}
	if side == SideHospital && !w.Now().Before(s.FreeFrom) {
		return true, nil
	}
	other := kinds[SideHospital]
	if side == SideHospital {
		other = kinds[SidePatient]
	}
	since := w.Now().Add(-agreedFor)
	both := slices.ContainsFunc(before, func(b SealStep) bool { return b.Kind == other && b.At.After(since) && b.Person != w.Actor().ID })
	alone := slices.ContainsFunc(before, func(b SealStep) bool { return b.Kind == other && b.At.After(since) })
	if !both && alone {
		return false, errJoint.With()
	}
	return both, nil
}

func (s Seal) overdue(at time.Time) bool {
	return s.Kind == Attention && s.Lifted.IsZero() && !s.RenewBy.After(at)
}
