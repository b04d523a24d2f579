package act_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// yes allows everything that names itself allowed; it leaves the door's own
// promises to be tested apart from the delivered rules.
type yes struct{ failing error }

func (y yes) Verbs() []string { return []string{"note.write", "note.read"} }

func (y yes) Kinds(string) []string { return []string{"Document", "House"} }

func (y yes) Decide(q policy.Request) policy.Decision {
	if y.failing != nil {
		return policy.Decision{Failed: y.failing}
	}
	if q.Object.ID == "secret" || q.Object.Org != q.Actor.Org {
		return policy.Decision{Rules: []string{"no-secrets"}, Refusal: &policy.Refusal{Conditions: []policy.Condition{{Name: "relation", Text: fault.Text{ZH: "没有诊疗关系", EN: "no care relation"}}}, Way: policy.WayReason}}
	}
	return policy.Decision{Allowed: true, Rules: []string{"everybody"}}
}

var (
	open   = policy.Object{Kind: "Document", ID: "d1", Org: acttest.Org, Patient: "p1"}
	secret = policy.Object{Kind: "Document", ID: "secret", Org: acttest.Org, Patient: "p1"}
	other  = policy.Object{Kind: "Document", ID: "d1", Org: "another-hospital", Patient: "p1"}
)

func both(t *testing.T, fn func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context)) {
	acttest.BothWith(t, yes{}, func(t *testing.T, b *acttest.Bench) {
		fn(t, b, b.Door.Desk("note"), b.Person("chen", []string{"cardiology"}, 3, "resident"))
	})
}

// write inserts a protected row: a fresh data key.
func write(ctx context.Context, w *act.Work, b *acttest.Bench) error {
	s, err := b.Vault.NewSubject(acttest.Org, id.New(b.Clock.Now()))
	if err != nil {
		return err
	}
	return s.Save(ctx, w)
}

func TestAnActIsAccountedForWithEveryRowItWrote(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		err := desk.Do(ctx, "note.write", func(ctx context.Context, w *act.Work) error {
			if err := w.Permit(ctx, open); err != nil {
				return err
			}
			w.Note("version", "2")
			return errors.Join(write(ctx, w, b), write(ctx, w, b))
		})
		if err != nil {
			t.Fatal(err)
		}
		e := b.Last()
		if e.Verb != "note.write" || e.Outcome != ledger.Done || e.Actor.ID != "chen" || e.Actor.IP != "192.0.2.1" || e.Purpose != "care" || e.Objects[0].ID != "d1" || e.Note["version"] != "2" {
			t.Errorf("%+v", e)
		}
		if len(e.Writes) != 2 || e.Writes[0].Table != "vault_key" || len(e.Writes[0].Digest) != 32 || e.Why.Rules[0] != "everybody" {
			t.Errorf("writes: %+v", e.Writes)
		}
	})
}

func TestARefusalUndoesEverythingAndIsRecorded(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		for name, fn := range map[string]func(context.Context, *act.Work) error{
			"returned": func(ctx context.Context, w *act.Work) error {
				if err := w.Permit(ctx, open); err != nil {
					return err
				}
				if err := write(ctx, w, b); err != nil {
					return err
				}
				return w.Permit(ctx, secret)
			},
			"swallowed": func(ctx context.Context, w *act.Work) error {
				_ = w.Permit(ctx, secret)
				return nil
			},
		} {
			t.Run(name, func(t *testing.T) {
				before := len(b.Entries())
				err := desk.Do(ctx, "note.write", fn)
				if !errors.Is(err, act.ErrRefused) {
					t.Fatalf("got %v", err)
				}
				refusal, ok := fault.From(err).Detail.(act.Refusal)
				if !ok || refusal.Way != policy.WayReason || refusal.Patient != "p1" || !strings.Contains(fault.From(err).Message("zh"), "没有诊疗关系") {
					t.Errorf("the person is told %q, %+v", fault.From(err).Message("zh"), refusal)
				}
				if b.Count("vault_key") != 0 {
					t.Error("something was written")
				}
				after := b.Entries()
				if e := after[len(after)-1]; len(after) != before+1 || e.Outcome != ledger.Refused || e.Objects[0].ID != "secret" || len(e.Writes) != 0 || e.Why.Conditions[0] != "relation" {
					t.Errorf("%d entries, last %+v", len(after)-before, e)
				}
			})
		}
	})
}

func TestNothingIsWrittenBeforeAYesOrAfterANo(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		for name, fn := range map[string]func(context.Context, *act.Work) error{
			"before":           func(ctx context.Context, w *act.Work) error { return write(ctx, w, b) },
			"before, silently": func(ctx context.Context, w *act.Work) error { _ = write(ctx, w, b); return w.Permit(ctx, open) },
			"after": func(ctx context.Context, w *act.Work) error {
				_ = w.Permit(ctx, secret)
				return write(ctx, w, b)
			},
			"never asked": func(context.Context, *act.Work) error { return nil },
			"leaves of its own": func(ctx context.Context, w *act.Work) error {
				w.Leave("a forged account")
				return w.Permit(ctx, open)
			},
		} {
			t.Run(name, func(t *testing.T) {
				if err := desk.Do(ctx, "note.write", fn); err == nil {
					t.Error("the act was done")
				}
				if b.Count("vault_key") != 0 {
					t.Error("something was written")
				}
			})
		}
	})
}

func TestDisclosureIsAccountedForBeforeItReturns(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		read := func(o policy.Object) error {
			return desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, o) })
		}
		if err := read(open); err != nil {
			t.Fatal(err)
		}
		if n := b.Count("ledger_block"); n != 1 {
			t.Errorf("%d blocks are durable when the answer leaves", n)
		}
		if err := read(secret); !errors.Is(err, act.ErrRefused) {
			t.Errorf("got %v", err)
		}
		if e := b.Last(); e.Outcome != ledger.Refused || e.Verb != "note.read" {
			t.Errorf("%+v", e)
		}
		if err := desk.Disclose(ctx, "note.read", func(context.Context, *act.Reading) error { return nil }); err == nil {
			t.Error("content left without anybody asking")
		}
	})
}

func TestWithoutALedgerNothingLeavesAndNothingChanges(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		full := errors.New("the ledger cannot be written")
		b.Store.Bind(db.Hooks{BeforeCommit: func(context.Context, db.Writer, []any) error { return full }})
		err := desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, open) })
		if !errors.Is(err, full) {
			t.Errorf("disclosed without an account: %v", err)
		}
		err = desk.Do(ctx, "note.write", func(ctx context.Context, w *act.Work) error {
			return errors.Join(w.Permit(ctx, open), write(ctx, w, b))
		})
		if !errors.Is(err, full) || b.Count("vault_key") != 0 {
			t.Errorf("changed without an account: %v", err)
		}
	})
}

func TestAnotherOrganisationsIsAbsentAndTheRefusalIsKept(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		err := desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, other) })
		absent := desk.Disclose(ctx, "note.read", func(context.Context, *act.Reading) error { return act.ErrAbsent.With() })
		if !errors.Is(err, act.ErrAbsent) || fault.From(err).Message("zh") != fault.From(absent).Message("zh") || fault.From(err).Detail != nil {
			t.Errorf("outside %v, absent %v", err, absent)
		}
		if e := b.Last(); e.Outcome != ledger.Refused || e.Objects[0].ID != "d1" {
			t.Errorf("%+v", e)
		}
	})
}

func TestWhatIsNotDeclaredOrHasNoNameIsDenied(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		permit := func(ctx context.Context, w *act.Work) error { return w.Permit(ctx, open) }
		if err := desk.Do(ctx, "note.erase", permit); err == nil {
			t.Error("an unknown verb was done")
		}
		if err := b.Door.Desk("other").Do(ctx, "note.write", permit); err == nil {
			t.Error("a verb of another room was done")
		}
		if len(b.Alarms()) != 2 {
			t.Errorf("alarms: %v", b.Alarms())
		}
		for range 3 {
			if err := desk.Do(t.Context(), "note.write", permit); !errors.Is(err, act.ErrNobody) {
				t.Errorf("nobody in particular acted: %v", err)
			}
		}
		if err := b.Door.FlushNobodies(t.Context(), acttest.Org); err != nil {
			t.Fatal(err)
		}
		if e := b.Last(); e.N != 3 || e.Actor.Kind != act.Anonymous || e.Outcome != ledger.Refused || len(b.Entries()) != 1 {
			t.Errorf("%+v", e)
		}
	})
}

func TestARulebookThatCannotDecideDeniesAndAlarms(t *testing.T) {
	acttest.BothWith(t, yes{failing: errors.New("attribute missing")}, func(t *testing.T, b *acttest.Bench) {
		desk, ctx := b.Door.Desk("note"), b.Person("chen", nil, 3, "resident")
		err := desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, open) })
		if !errors.Is(err, act.ErrUndecided) || len(b.Alarms()) != 1 {
			t.Errorf("%v, alarms %v", err, b.Alarms())
		}
		if errors.Is(err, act.ErrRefused) {
			t.Error("a failure was reported as a rule's no")
		}
	})
}

func TestAForgedTieDeniesAndAlarms(t *testing.T) {
	acttest.BothWith(t, yes{}, func(t *testing.T, b *acttest.Bench) {
		b.Door.Ties(func(context.Context, db.Reader, act.Actor, []string, time.Time) (map[string][]policy.Tie, error) {
			return nil, fmt.Errorf("patient_relation o/r1: %w", db.ErrForged)
		})
		err := b.Door.Desk("note").Disclose(b.Person("chen", nil, 3), "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, open) })
		if !errors.Is(err, act.ErrUndecided) || !strings.Contains(strings.Join(b.Alarms(), " "), "forged") {
			t.Errorf("%v, alarms %v", err, b.Alarms())
		}
	})
}

func TestACallerWhoHangsUpLeavesAWholeActOrNone(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		hanging, hangUp := context.WithCancel(ctx)
		err := desk.Do(hanging, "note.write", func(ctx context.Context, w *act.Work) error {
			if err := w.Permit(ctx, open); err != nil {
				return err
			}
			hangUp()
			return write(ctx, w, b)
		})
		keys, entries := b.Count("vault_key"), len(b.Entries())
		if err != nil || keys != 1 || entries != 1 {
			t.Errorf("%v: %d rows, %d entries", err, keys, entries)
		}
		if err := desk.Do(hanging, "note.write", func(ctx context.Context, w *act.Work) error { return w.Permit(ctx, open) }); !errors.Is(err, context.Canceled) {
			t.Errorf("an act of a caller who is gone was begun: %v", err)
		}
	})
}

func TestAPartThatFailsIsNeitherKeptNorAccountedFor(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		failed := 0
		err := desk.Do(ctx, "note.write", func(ctx context.Context, w *act.Work) error {
			failed = 0
			for _, o := range []policy.Object{open, secret, open} {
				err := w.Try(ctx, func() error {
					return errors.Join(w.Permit(ctx, o), write(ctx, w, b))
				})
				if err != nil {
					failed++
				}
			}
			return nil
		})
		if err != nil || failed != 1 {
			t.Fatalf("%v, %d parts failed", err, failed)
		}
		if e := b.Last(); len(e.Writes) != 2 || len(e.Objects) != 2 || b.Count("vault_key") != 2 {
			t.Errorf("%d rows, %+v", b.Count("vault_key"), e)
		}
	})
}

func TestUpkeepCannotTouchProtectedRows(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, _ context.Context) {
		s, err := b.Vault.NewSubject(acttest.Org, "somebody")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.Upkeep(t.Context(), func(ctx context.Context, w db.Writer) error { return s.Save(ctx, w) }); err == nil || b.Count("vault_key") != 0 {
			t.Errorf("a protected row was written outside an act: %v", err)
		}
	})
}

func TestALaterTaskLivesAndDiesWithItsAct(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		for _, o := range []policy.Object{open, secret} {
			_ = desk.Do(ctx, "note.write", func(ctx context.Context, w *act.Work) error {
				if err := w.Permit(ctx, open); err != nil {
					return err
				}
				if _, err := job.Enqueue(ctx, w, job.Order{Org: acttest.Org, Kind: "notice.send", Now: w.Now(), By: w.ID()}); err != nil {
					return err
				}
				return w.Permit(ctx, o)
			})
		}
		if n := b.Count("job_task"); n != 1 {
			t.Errorf("%d tasks, want that of the act that was done", n)
		}
	})
}

func TestTimeNeverFallsBelowTheLedger(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		read := func() {
			t.Helper()
			err := desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, open) })
			if err != nil {
				t.Fatal(err)
			}
		}
		read()
		first := b.Last().At
		b.Time.Raise(b.Clock.Now())
		b.Clock.Advance(-48 * time.Hour)
		read()
		if again := b.Last().At; again < first {
			t.Errorf("an act was dated %d, before %d", again, first)
		}
	})
}

func TestManyAtOnceLoseNothing(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				var err error
				switch i % 4 {
				case 0:
					err = desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, open) })
				case 1:
					if err = desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, secret) }); errors.Is(err, act.ErrRefused) {
						err = nil
					}
				default:
					err = desk.Do(ctx, "note.write", func(ctx context.Context, w *act.Work) error {
						return errors.Join(w.Permit(ctx, open), write(ctx, w, b))
					})
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		writes := 0
		for _, e := range b.Entries() {
			writes += len(e.Writes)
		}
		if n := len(b.Entries()); n != 40 || writes != 20 || b.Count("vault_key") != 20 {
			t.Errorf("%d entries, %d writes, %d rows", n, writes, b.Count("vault_key"))
		}
	})
}
