package act_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// tied allows what a tie explains and nothing else.
type tied struct{ yes }

func (tied) Decide(q policy.Request) policy.Decision {
	if len(q.Ties) == 0 {
		return policy.Decision{Rules: []string{"no-tie"}, Refusal: &policy.Refusal{}}
	}
	return policy.Decision{Allowed: true, Rules: []string{"tie"}, Tie: &q.Ties[0]}
}

func TestTiesAreReadInEveryActAndAgainAfterAWriteToWhatTheyRestOn(t *testing.T) {
	for read, afterwards := range map[string]int{"SELECT subject FROM vault_key LIMIT 1": 2, "SELECT id FROM job_task LIMIT 1": 1} {
		acttest.BothWith(t, tied{}, func(t *testing.T, b *acttest.Bench) {
			asked, holds := 0, true
			b.Door.Ties(func(ctx context.Context, r db.Reader, _ act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
				asked++
				rows, err := r.Query(ctx, read)
				if err != nil {
					return nil, err
				}
				rows.Close()
				if !holds {
					return nil, nil
				}
				return map[string][]policy.Tie{patients[0]: {{Kind: policy.TieCare, ID: "r1", Since: at}}}, nil
			})
			desk, ctx := b.Door.Desk("note"), b.Person("chen", nil, 3, "resident")
			err := desk.Do(ctx, "note.write", func(ctx context.Context, w *act.Work) error {
				asked, holds = 0, true
				act.ExpectPatients(ctx, w, open.Patient)
				if err := errors.Join(w.Permit(ctx, open), w.Permit(ctx, open)); err != nil || asked != 1 {
					t.Errorf("asked %d times: %v", asked, err)
				}
				if err := write(ctx, w, b); err != nil {
					return err
				}
				if err := w.Permit(ctx, open); err != nil || asked != afterwards {
					t.Errorf("%s: after a key was written asked %d times: %v", read, asked, err)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			holds = false
			err = desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error {
				act.ExpectPatients(ctx, r, open.Patient)
				return r.Permit(ctx, open)
			})
			if !errors.Is(err, act.ErrRefused) {
				t.Errorf("a tie that ended still opened: %v", err)
			}
		})
	}
}

func TestWhatAFailedPartTakesBackIsNoLongerBelieved(t *testing.T) {
	acttest.BothWith(t, tied{}, func(t *testing.T, b *acttest.Bench) {
		asked := 0
		b.Door.Ties(func(ctx context.Context, r db.Reader, _ act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
			asked++
			rows, err := r.Query(ctx, "SELECT subject FROM vault_key LIMIT 1")
			if err != nil {
				return nil, err
			}
			rows.Close()
			return map[string][]policy.Tie{patients[0]: {{Kind: policy.TieCare, ID: "r1", Since: at}}}, nil
		})
		failed := errors.New("this part is taken back")
		err := b.Door.Desk("note").Do(b.Person("chen", nil, 3, "resident"), "note.write", func(ctx context.Context, w *act.Work) error {
			asked = 0
			if err := w.Permit(ctx, open); err != nil {
				return err
			}
			err := w.Try(ctx, func() error { return errors.Join(write(ctx, w, b), w.Permit(ctx, open), failed) })
			if !errors.Is(err, failed) || asked != 2 {
				t.Errorf("asked %d times: %v", asked, err)
			}
			if err := w.Permit(ctx, open); err != nil || asked != 3 {
				t.Errorf("after a part was taken back asked %d times: %v", asked, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestWhatExpectingAPatientRanIntoIsNotRemembered(t *testing.T) {
	acttest.BothWith(t, tied{}, func(t *testing.T, b *acttest.Bench) {
		b.Door.Ties(func(ctx context.Context, r db.Reader, _ act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
			rows, err := r.Query(ctx, "SELECT 1")
			if err != nil {
				return nil, err
			}
			rows.Close()
			return map[string][]policy.Tie{patients[0]: {{Kind: policy.TieCare, ID: "r1", Since: at}}}, nil
		})
		absent := errors.New("nobody is there")
		err := b.Door.Desk("note").Disclose(b.Person("chen", nil, 3, "resident"), "note.read", func(ctx context.Context, r *act.Reading) error {
			err := r.Together(ctx, func() error {
				act.ExpectPatients(ctx, r, open.Patient)
				return nil
			}, func() error { return absent })
			if !errors.Is(err, absent) {
				t.Errorf("got %v", err)
			}
			return r.Permit(ctx, open)
		})
		if err != nil || len(b.Alarms()) > 0 {
			t.Errorf("%v, alarms %v", err, b.Alarms())
		}
	})
}
