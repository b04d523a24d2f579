package console_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/console"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

// tower is a bench with the console, and a patient whom chen registered.
type tower struct {
	*acttest.Bench
	room     *console.Room
	patients *patient.Room
	patient  string
	entry    ledger.Entry // of the registration
	checks   []evidence.Check
	shelf    *policy.Shelf
}

func both(t *testing.T, fn func(t *testing.T, w *tower)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) {
		w := &tower{Bench: b, patients: patient.New(b.Door, b.Vault)}
		book, err := policy.Default()
		if err != nil {
			t.Fatal(err)
		}
		if w.shelf, err = policy.NewShelf(book, acttest.Org); err != nil {
			t.Fatal(err)
		}
		w.room = console.New(console.Options{
			Door: b.Door, Ledger: b.Ledger, Patients: w.patients, Rules: w.shelf, PublicKey: b.Vault.LedgerSigner().PublicKey(), Org: acttest.Org,
			Checks: func() []evidence.Check { return append(w.checks, w.room.Checks()...) },
		})
		if w.patient, err = w.patients.Register(w.as("chen"), patient.Registration{Demographics: patient.Demographics{Name: "李四", Sex: "male", BirthDate: "1960"}}); err != nil {
			t.Fatal(err)
		}
		w.entry = w.Last()
		fn(t, w)
	})
}

func (w *tower) as(person string) context.Context {
	switch person {
	case "auditor":
		return acttest.For(w.Person(person, nil, 1, "auditor"), "supervision")
	case "affairs":
		return acttest.For(w.Person(person, []string{"affairs"}, 3, "medical-affairs"), "management")
	}
	return w.Person(person, []string{"cardiology"}, 3, "resident")
}

func elsewhere(ctx context.Context) context.Context {
	a := act.From(ctx)
	a.Org = "org-elsewhere"
	return act.With(ctx, a)
}

// refused fails the test unless an act was refused and the refusal is kept.
func (w *tower) refused(err error, verb string) {
	w.T.Helper()
	if !errors.Is(err, act.ErrRefused) {
		w.T.Errorf("%s: %v", verb, err)
		return
	}
	if e := w.Last(); e.Verb != verb || e.Outcome != ledger.Refused {
		w.T.Errorf("the refusal is not in the ledger: %+v", e)
	}
}

func TestReadingTheLedgerIsInTheLedger(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		page, err := w.room.Search(w.as("auditor"), ledger.Query{Limit: 10})
		if err != nil || len(page.Lines) != 1 || page.Lines[0].ID != w.entry.ID || page.Lines[0].Patient != w.patient {
			t.Errorf("%+v %v", page, err)
		}
		if e := w.Last(); e.Verb != "ledger.search" || e.Actor.ID != "auditor" || e.Outcome != ledger.Done ||
			!slices.Contains(e.Objects, ledger.Object{Kind: "Patient", ID: w.patient, Patient: w.patient}) {
			t.Errorf("%+v", e)
		}
		if called := page.Patients[w.patient]; called != "李*" {
			t.Errorf("an auditor must know whom a line is about, and no more: %q", called)
		}
		if other, err := w.room.Search(elsewhere(w.as("auditor")), ledger.Query{Limit: 10}); err != nil || len(other.Lines) != 0 {
			t.Errorf("from elsewhere: %+v %v", other, err)
		}
		_, err = w.room.Search(w.as("chen"), ledger.Query{Limit: 10})
		w.refused(err, "ledger.search")
		_, err = w.room.Search(acttest.For(w.as("auditor"), "care"), ledger.Query{Limit: 10})
		w.refused(err, "ledger.search")
	})
}

func TestAnEntryIsSeenByTheAuditorAndByWhomItNames(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		for _, person := range []string{"auditor", "chen"} {
			byID, _, err := w.room.View(w.as(person), w.entry.ID, 0)
			if err != nil || byID.Entry.ID != w.entry.ID {
				t.Errorf("%s: %+v %v", person, byID, err)
			}
			byPlace, _, err := w.room.View(w.as(person), "", byID.Position)
			if err != nil || byPlace.Entry.ID != w.entry.ID {
				t.Errorf("%s: %+v %v", person, byPlace, err)
			}
			proof, err := w.room.Prove(w.as(person), w.entry.ID, 0)
			if err != nil || proof.Position != byID.Position || proof.Size <= proof.Position || proof.Checkpoint == "" {
				t.Errorf("%s: %+v %v", person, proof, err)
			}
		}
		_, _, err := w.room.View(w.as("lin"), w.entry.ID, 0)
		w.refused(err, "ledger.view")
		_, err = w.room.Prove(w.as("lin"), w.entry.ID, 0)
		w.refused(err, "ledger.prove")
		// Whoever may not look does not learn what is there.
		_, _, err = w.room.View(w.as("lin"), "01J00000000000000000000000", 0)
		w.refused(err, "ledger.view")
	})
}

func TestWhatIsNotThereAndWhatIsElsewhereAreAnsweredAlike(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		place, _, err := w.room.View(w.as("auditor"), w.entry.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		foreign := elsewhere(w.as("auditor"))
		for name, ask := range map[string]struct {
			id       string
			position int64
		}{
			"another organisation's": {w.entry.ID, 0}, "another's by its place": {"", place.Position}, "no such id": {"01J00000000000000000000000", 0},
			"beyond the end": {"", 1 << 40}, "before the beginning": {"", -5},
		} {
			_, _, viewed := w.room.View(foreign, ask.id, ask.position)
			_, proved := w.room.Prove(foreign, ask.id, ask.position)
			if !errors.Is(viewed, ledger.ErrNoEntry) || !errors.Is(proved, ledger.ErrNoEntry) {
				t.Errorf("%s: %v, %v", name, viewed, proved)
			}
		}
	})
}

func TestWhoReadAPatientIsTold(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		if _, err := w.patients.View(w.as("lin"), w.patient); !errors.Is(err, act.ErrRefused) {
			t.Fatal(err)
		}
		w.Last()
		page, err := w.room.Readers(w.as("affairs"), w.patient, ledger.Query{Limit: 10})
		if err != nil || len(page.Lines) != 2 || page.Lines[0].Actor != "lin" || page.Lines[0].Outcome != string(ledger.Refused) {
			t.Errorf("%+v %v", page.Lines, err)
		}
		if e := w.Last(); e.Verb != "ledger.readers" || e.Objects[0].ID != w.patient {
			t.Errorf("%+v", e)
		}
		_, err = w.room.Readers(w.as("lin"), w.patient, ledger.Query{Limit: 10})
		w.refused(err, "ledger.readers")
		for _, id := range []string{"nobody", ""} {
			if _, err := w.room.Readers(w.as("auditor"), id, ledger.Query{Limit: 10}); !errors.Is(err, act.ErrAbsent) {
				t.Errorf("%q: %v", id, err)
			}
		}
		if _, err := w.room.Readers(elsewhere(w.as("auditor")), w.patient, ledger.Query{Limit: 10}); !errors.Is(err, act.ErrAbsent) {
			t.Error(err)
		}
	})
}

func TestACheckpointIsGivenWithTheProofThatItContinues(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		first, err := w.room.Checkpoint(w.as("auditor"))
		if err != nil || first.Size < 1 || !strings.Contains(first.Note, "test/ledger") {
			t.Fatalf("%+v %v", first, err)
		}
		w.Last()
		if _, err := w.room.Continuation(w.as("auditor"), first.Size); err != nil {
			t.Error(err)
		}
		for _, from := range []int64{-1, 1 << 40} {
			if _, err := w.room.Continuation(w.as("auditor"), from); err == nil {
				t.Errorf("a proof from size %d", from)
			}
		}
		_, err = w.room.Checkpoint(w.as("chen"))
		w.refused(err, "ledger.checkpoint")
	})
}

func TestTheEvidenceIsLiveAndWhatCannotRunIsUnknown(t *testing.T) {
	both(t, func(t *testing.T, w *tower) {
		w.checks = []evidence.Check{{ID: "broken", Run: func(context.Context) (evidence.Finding, error) {
			return evidence.Finding{Verdict: evidence.Met}, errors.New("no")
		}}}
		w.Last()
		answered, err := w.room.Evidence(w.as("auditor"))
		if err != nil {
			t.Fatal(err)
		}
		verdicts := map[string]evidence.Verdict{}
		for _, a := range answered {
			verdicts[a.ID] = a.Finding.Verdict
		}
		if verdicts["broken"] != evidence.Unknown || verdicts["ledger.placed"] != evidence.Met || verdicts["ledger.elements"] != evidence.Met {
			t.Errorf("%v", verdicts)
		}
		if e := w.Last(); e.Verb != "house.evidence" {
			t.Errorf("%+v", e)
		}
		w.Behind("UPDATE ledger_line SET actor = ''")
		if f := w.room.Checks()[1].Ask(t.Context()); f.Verdict != evidence.NotMet {
			t.Errorf("lines that name nobody: %+v", f)
		}
		if verdicts["house.noes-leave-evenly"] != evidence.NotMet {
			t.Errorf("a door without steps: %v", verdicts)
		}
		_, err = w.room.Evidence(w.as("chen"))
		w.refused(err, "house.evidence")
	})
}

func TestAServedHouseShowsThatItsNoesLeaveEvenly(t *testing.T) {
	rules, err := policy.Default()
	if err != nil {
		t.Fatal(err)
	}
	door := act.New(act.Options{Rules: rules, Step: 25 * time.Millisecond})
	for _, check := range console.New(console.Options{Door: door}).Checks() {
		if check.ID != "house.noes-leave-evenly" {
			continue
		}
		if f := check.Ask(t.Context()); f.Verdict != evidence.Met || f.Figure != "25ms" {
			t.Errorf("%+v", f)
		}
		return
	}
	t.Error("no such check")
}
