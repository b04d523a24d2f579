package accesslog

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

const maxWords = 1000

// Explain answers a question: the looking had its reason.
func (room *Room) Explain(ctx context.Context, question, words string) (Question, error) {
	return room.answer(ctx, "accesslog.explain", question, words, Answered)
}

// Raise answers a question: there was no reason, and the discipline office looks into it.
func (room *Room) Raise(ctx context.Context, question, words string) (Question, error) {
	return room.answer(ctx, "accesslog.raise", question, words, Raised)
}

func (room *Room) answer(ctx context.Context, verb, question, words, state string) (Question, error) {
	e := errInput.With()
	if e.MustSay("words", words, maxWords); e.OrNil() != nil {
		return Question{}, e
	}
	key, err := room.houseKey(ctx)
	if err != nil {
		return Question{}, err
	}
	sealed, err := key.key.Seal(wordsPlace(question), []byte(words))
	if err != nil {
		return Question{}, err
	}
	var q Question
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if q, err = questions.Get(ctx, w, w.Actor().Org, question); err != nil {
			return absent(err)
		}
		ties, err := charged(ctx, w, w.Actor(), q, w.Now())
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, q.object(), ties...); err != nil {
			return err
		}
		if q.State != Open {
			return errAnswered.With()
		}
		w.Note("question", q.ID)
		w.Note("run", q.Run)
		if err := key.keep(ctx, w); err != nil {
			return err
		}
		q.State, q.By, q.Answered, q.Words = state, w.Actor().ID, w.Now(), sealed
		if err := questions.Update(ctx, w, &q); err != nil {
			return err
		}
		if state == Raised {
			if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Raising, To: duty.To{Role: "discipline"}, Subject: q.ID, Patient: q.Patient}); err != nil {
				return err
			}
		}
		return room.finishAsking(ctx, w, q)
	})
	return q, err
}

// charged says whether a question waits for the actor: as head of the department.
func charged(ctx context.Context, r db.Reader, actor act.Actor, q Question, now time.Time) ([]policy.Tie, error) {
	if q.Department == "" {
		return nil, nil
	}
	heads, err := duty.HeadsOf(ctx, r, q.Org, q.Department, now)
	if err != nil || !slices.Contains(heads, actor.ID) {
		return nil, err
	}
	return []policy.Tie{{Kind: policy.TieCharge, ID: q.ID, Role: "head", Source: "roster", Since: now, Until: now.Add(time.Minute)}}, nil
}

// finishAsking ends the task of a department when its last question was answered.
func (room *Room) finishAsking(ctx context.Context, w *act.Work, q Question) error {
	left, err := questions.Select(ctx, w, "WHERE org = $1 AND run = $2 AND department = $3 AND state = $4 LIMIT 1", q.Org, q.Run, q.Department, Open)
	if err != nil || len(left) > 0 {
		return err
	}
	return room.duty.DoneIn(ctx, w, Asking, taskOf(q.Run, q.Department))
}

// Settle says what became of a finding about a log.
func (room *Room) Settle(ctx context.Context, finding, words string) (Finding, error) {
	e := errInput.With()
	if e.MustSay("words", words, maxWords); e.OrNil() != nil {
		return Finding{}, e
	}
	key, err := room.houseKey(ctx)
	if err != nil {
		return Finding{}, err
	}
	sealed, err := key.key.Seal(wordsPlace(finding), []byte(words))
	if err != nil {
		return Finding{}, err
	}
	var f Finding
	err = room.house(ctx, "accesslog.settle", func(ctx context.Context, w *act.Work) (err error) {
		if f, err = findings.Get(ctx, w, w.Actor().Org, finding); err != nil {
			return absent(err)
		}
		if !f.Settled.IsZero() {
			return errAnswered.With()
		}
		w.Note("finding", f.ID)
		if err := key.keep(ctx, w); err != nil {
			return err
		}
		f.Settled, f.By, f.Words = w.Now(), w.Actor().ID, sealed
		if err := findings.Update(ctx, w, &f); err != nil {
			return err
		}
		left, err := findings.Select(ctx, w, "WHERE org = $1 AND source = $2 AND run = $3 AND settled IS NULL LIMIT 1", f.Org, f.Source, f.Run)
		if err != nil || len(left) > 0 {
			return err
		}
		return room.duty.DoneIn(ctx, w, Upkeep, f.Run)
	})
	return f, err
}

func wordsPlace(of string) vault.Place {
	return vault.Place{Kind: "AccessLog", Object: of, Field: "words"}
}

// houseKey seals what is said about a log, before the act that keeps it.
type houseKey struct {
	key   *vault.Subject
	fresh bool // new, and must be kept too
}

func (room *Room) houseKey(ctx context.Context) (houseKey, error) {
	var k houseKey
	org := act.From(ctx).Org
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		k.key, err = room.vault.Subject(ctx, r, org, vault.House)
		return err
	})
	if errors.Is(err, vault.KeyDestroyed) {
		k.fresh = true
		k.key, err = room.vault.NewSubject(org, vault.House)
	}
	return k, err
}

func (k houseKey) keep(ctx context.Context, w *act.Work) error {
	if !k.fresh {
		return nil
	}
	return k.key.Save(ctx, w)
}

func (room *Room) words(ctx context.Context, r db.Reader, org, of string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	key, err := room.vault.Subject(ctx, r, org, vault.House)
	if err != nil {
		return "", err
	}
	text, err := key.Open(wordsPlace(of), sealed)
	return string(text), err
}
