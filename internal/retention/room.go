package retention

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Vault    *vault.Vault
	Patients *patient.Room
	Duty     *duty.Room
	Bonds    staff.BondsOf // none: two people are two ids
}

// Room keeps terms, holds and destructions.
type Room struct {
	desk     *act.Desk
	vault    *vault.Vault
	patients *patient.Room
	duty     *duty.Room
	bonds    staff.BondsOf
}

// New returns the room.
func New(o Options) *Room {
	return &Room{desk: o.Door.Desk("retention"), vault: o.Vault, patients: o.Patients, duty: o.Duty, bonds: o.Bonds}
}

const maxWords = 2000 // characters

func mustSay(field, words string) error {
	e := errInput.With()
	e.MustSay(field, words, maxWords)
	return e.OrNil()
}

func mayName(field, words string, most int) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(words)); {
	case n == 0:
		return errInput.With().At(field, text("请填写名称", "give it a name"))
	case n > most || !utf8.ValidString(words) || strings.ContainsRune(words, 0):
		return errInput.With().At(field, text("名称过长或含有无法识别的字符", "the name is too long or holds characters that are not text"))
	}
	return nil
}

// said is what somebody wrote at a step, sealed before the act that keeps it.
type said struct {
	id    string // of the step
	words []byte
}

func stepPlace(step string) vault.Place {
	return vault.Place{Kind: "RetentionStep", Object: step, Version: "1", Field: "words"}
}

func stubPlace(list, patient string) vault.Place {
	return vault.Place{Kind: "RetentionItem", Object: list, Version: "1", Field: patient}
}

// says seals words for a step of a list. An absent list is left to the act.
func (room *Room) says(ctx context.Context, list, words string) (said, error) {
	s := said{id: id.New(room.desk.Now())}
	if words = strings.TrimSpace(words); words == "" {
		return s, nil
	}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		key, err := room.vault.Subject(ctx, r, act.From(ctx).Org, list)
		if err != nil {
			return nil //nolint:nilerr // no key: no list, which the act says
		}
		s.words, err = key.Seal(stepPlace(s.id), []byte(words))
		return err
	})
	return s, err
}

// step is the spine of what is done to a destruction that its actor has before him as rev.
func (room *Room) step(ctx context.Context, verb, list string, rev int, s said, from string, do func(ctx context.Context, w *act.Work, d *Destruction, before []Step) (Step, error)) (Destruction, error) {
	var d Destruction
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if d, err = destructions.Get(ctx, w, w.Actor().Org, list); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, d.object()); err != nil {
			return err
		}
		if d.Rev != rev {
			return errMoved.With()
		}
		if from != "" && d.State != from {
			return errOrder.With("state", d.State)
		}
		before, err := stepsOf(ctx, w, d.Org, d.ID)
		if err != nil {
			return err
		}
		done, err := do(ctx, w, &d, before)
		if err != nil {
			return err
		}
		w.Note("state", d.State)
		if done.Kind != "" {
			done.Org, done.ID, done.List, done.Person, done.At, done.Words = d.Org, s.id, d.ID, w.Actor().ID, w.Now(), s.words
			if err := steps.Insert(ctx, w, &done); err != nil {
				return err
			}
		}
		d.Rev++
		return destructions.Update(ctx, w, &d)
	})
	return d, err
}

func byWhom(all []Step, kinds ...string) (people []string) {
	for _, s := range all {
		for _, kind := range kinds {
			if s.Kind == kind {
				people = append(people, s.Person)
			}
		}
	}
	return people
}
