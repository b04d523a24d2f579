package act_test

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// missing ends a use case that did not find a row.
func missing(table, asked string) func(context.Context, *act.Reading) error {
	return func(context.Context, *act.Reading) error {
		return act.ErrAbsent.Because(&db.MissingError{Table: table, Key: []any{acttest.Org, asked}})
	}
}

// told is what somebody reads of a refusal, but for the ids.
func told(t *testing.T, err error) (act.Refusal, string) {
	t.Helper()
	e := fault.From(err)
	r, ok := e.Detail.(act.Refusal)
	if !errors.Is(err, act.ErrRefused) || !ok {
		t.Fatalf("not a refusal: %v", err)
	}
	return r, e.Message("zh") + e.Message("en")
}

func TestWhatIsAbsentIsRefusedLikeAStrangers(t *testing.T) {
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) {
		desk, ctx := b.Door.Desk("record"), b.Person("chen", []string{"cardiology"}, 3, "resident")
		strangers := policy.Object{Kind: "Document", ID: id.New(b.Clock.Now()), Org: acttest.Org, Patient: id.New(b.Clock.Now()), Department: "surgery", Sensitivity: 1, Author: "wang", Signed: true}
		there, words := told(t, desk.Disclose(ctx, "record.view", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, strangers) }))
		asked := id.New(b.Clock.Now())
		absent, same := told(t, desk.Disclose(ctx, "record.view", missing("record_document", asked)))
		if same != words || absent.Object != "Document" || absent.ID != asked || !id.Valid(absent.Patient) || !reflect.DeepEqual(absent.Refusal, there.Refusal) {
			t.Errorf("there   %+v %s\nabsent %+v %s", there, words, absent, same)
		}
		e := b.Last()
		if e.Outcome != ledger.Refused || e.Note["found"] != "no" || e.Objects[0] != (ledger.Object{Kind: "Document", ID: asked}) || len(e.Why.Conditions) == 0 {
			t.Errorf("the account does not tell the truth: %+v", e)
		}
		if again, _ := told(t, desk.Disclose(ctx, "record.view", missing("record_document", asked))); again.Patient != absent.Patient {
			t.Errorf("two patients of one document: %s, %s", absent.Patient, again.Patient)
		}
		if another, _ := told(t, desk.Disclose(ctx, "record.view", missing("record_document", id.New(b.Clock.Now())))); another.Patient == absent.Patient {
			t.Error("one patient of everything that is absent")
		}
		if his, _ := told(t, b.Door.Desk("patient").Disclose(ctx, "patient.view", missing("patient_patient", absent.Patient))); his.Patient != absent.Patient || his.ID != absent.Patient {
			t.Errorf("the invented patient is answered as %+v", his)
		}
		err := desk.Do(ctx, "record.sign", func(ctx context.Context, w *act.Work) error {
			return missing("record_document", asked)(ctx, &w.Reading)
		})
		if refused, _ := told(t, err); refused.Patient != absent.Patient {
			t.Errorf("%+v", refused)
		}
	})
}

func TestWhatKindOfRecordItIsIsNoStrangersToKnow(t *testing.T) {
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) {
		var ties []policy.Tie
		b.Door.Ties(func(_ context.Context, _ db.Reader, _ act.Actor, patients []string, _ time.Time) (map[string][]policy.Tie, error) {
			found := map[string][]policy.Tie{}
			for _, p := range patients {
				found[p] = ties
			}
			return found, nil
		})
		desk, ctx := b.Door.Desk("record"), b.Person("chen", []string{"cardiology"}, 3, "resident")
		ask := func(change func(*policy.Object)) (act.Refusal, string) {
			o := policy.Object{Kind: "Document", ID: id.New(b.Clock.Now()), Org: acttest.Org, Patient: id.New(b.Clock.Now()), Department: "surgery", Sensitivity: 1, Author: "wang", Signed: true}
			change(&o)
			return told(t, desk.Disclose(ctx, "record.view", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, o) }))
		}
		guarded := policy.Tie{Kind: policy.TieSeal, ID: "s1", Role: "attention", Since: b.Clock.Now().Add(-time.Hour), Until: b.Clock.Now().Add(time.Hour)}
		absent, words := told(t, desk.Disclose(ctx, "record.view", missing("record_document", id.New(b.Clock.Now()))))
		kinds := map[string]func(*policy.Object){
			"ordinary":             func(*policy.Object) {},
			"very confidential":    func(o *policy.Object) { o.Sensitivity = 5 },
			"without a level":      func(o *policy.Object) { o.Sensitivity = 0 },
			"disputed":             func(o *policy.Object) { o.Sealed, o.SealKind = true, "dispute" },
			"under attention":      func(o *policy.Object) { o.Sealed, o.SealKind = true, "attention" },
			"archived":             func(o *policy.Object) { o.Archived, o.Discharged = true, true },
			"of a guarded patient": func(*policy.Object) { ties = []policy.Tie{guarded} },
		}
		for name, change := range kinds {
			ties = nil
			there, same := ask(change)
			if same != words || !reflect.DeepEqual(there.Refusal, absent.Refusal) {
				t.Errorf("%s is told from what is absent:\n%+v %s\n%+v %s", name, there.Refusal, same, absent.Refusal, words)
			}
		}
		ties = nil
		ask(kinds["disputed"])
		if e := b.Last(); !slices.Contains(e.Why.Rules, "seal.dispute") {
			t.Errorf("the account does not tell that it is sealed: %+v", e.Why)
		}
		for name, tie := range map[string]policy.Tie{
			"in his care":            {Kind: policy.TieCare, ID: "r1", Role: "resident", Since: b.Clock.Now().Add(-time.Hour), Until: b.Clock.Now().Add(time.Hour)},
			"from whom he is barred": {Kind: policy.TieBar, ID: "b1", Since: b.Clock.Now().Add(-time.Hour)},
		} {
			ties = []policy.Tie{tie}
			if there, same := ask(kinds["disputed"]); same == words || reflect.DeepEqual(there.Refusal, absent.Refusal) {
				t.Errorf("about a patient %s he does not hear why: %s", name, same)
			}
		}
		ties = nil
		if own, _ := ask(func(o *policy.Object) { o.Department = "cardiology" }); own.Way != policy.WayReason {
			t.Errorf("in his own department he does not hear that a reason is enough: %+v", own)
		}
	})
}

func TestAnotherProcessInventsTheSame(t *testing.T) {
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) {
		ctx, asked := b.Person("chen", nil, 3, "resident"), id.New(b.Clock.Now())
		here, _ := told(t, b.Door.Desk("record").Disclose(ctx, "record.view", missing("record_document", asked)))
		there, _ := told(t, anotherDoor(t, b, 0).Desk("record").Disclose(ctx, "record.view", missing("record_document", asked)))
		if !reflect.DeepEqual(here, there) {
			t.Errorf("%+v, %+v", here, there)
		}
	})
}

func TestWhomAStrangersWouldBeOpenedIsToldOfTheAbsence(t *testing.T) {
	both(t, func(t *testing.T, _ *acttest.Bench, desk *act.Desk, ctx context.Context) {
		if err := desk.Disclose(ctx, "note.read", missing("note_note", "d1")); !errors.Is(err, act.ErrAbsent) {
			t.Errorf("got %v", err)
		}
		if err := desk.Disclose(ctx, "note.read", missing("note_note", "secret")); !errors.Is(err, act.ErrRefused) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAnotherOrganisationsIsRefusedLikeAStrangers(t *testing.T) {
	both(t, func(t *testing.T, b *acttest.Bench, desk *act.Desk, ctx context.Context) {
		elsewhere := secret
		elsewhere.Org = "another-hospital"
		err := desk.Disclose(ctx, "note.read", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, elsewhere) })
		if refused, _ := told(t, err); refused.Patient == elsewhere.Patient || refused.ID != elsewhere.ID {
			t.Errorf("%+v", refused)
		}
		if e := b.Last(); e.Note["organisation"] != "another-hospital" || e.Objects[0].Patient != elsewhere.Patient {
			t.Errorf("the account does not tell the truth: %+v", e)
		}
	})
}

func TestWhatIsMissedBeforeAnActIsAnsweredByIt(t *testing.T) {
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) {
		desk, ctx, asked := b.Door.Desk("record"), b.Person("chen", []string{"cardiology"}, 3, "pharmacist"), id.New(b.Clock.Now())
		err := desk.Missing(ctx, "record.file", act.ErrAbsent.Because(&db.MissingError{Table: "patient_patient", Key: []any{acttest.Org, asked}}))
		if refused, _ := told(t, err); refused.Object != "Document" || refused.Patient != asked || !id.Valid(refused.ID) {
			t.Errorf("%+v", refused)
		}
		unforeseen := errors.New("disk")
		if err := desk.Missing(ctx, "record.file", unforeseen); !errors.Is(err, unforeseen) || len(b.Entries()) != 1 {
			t.Errorf("%v", err)
		}
	})
}

// anotherDoor is the door of another process of the same store.
func anotherDoor(t *testing.T, b *acttest.Bench, step time.Duration) *act.Door {
	t.Helper()
	rules, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	return act.New(act.Options{Store: b.Store, Rules: rules, Clock: b.Time, Log: slog.New(slog.DiscardHandler), Blind: b.Vault.Blind, Step: step})
}
