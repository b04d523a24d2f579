package handover_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/policy"
)

// anything permits every verb of the delivered rulebook, so that nothing but the hold
// stands before a write.
type anything struct{ *policy.Book }

func (a anything) Decide(policy.Request) policy.Decision {
	return policy.Decision{Allowed: true, Rules: []string{"test"}}
}

// untouched is a write to a table that changes nothing.
func untouched(table string) db.Change {
	return db.Change{Table: &db.Meta{Name: table, Class: db.Protected}, Op: db.Update, SQL: "UPDATE patient_patient SET rev = rev WHERE org = $1", Args: []any{"nobody"}, Upsert: true}
}

var errUndone = errors.New("a trial is undone")

// heldFor are the tables of an export to which an act of somebody does not get.
func (h *hospital) heldFor(who, verb string) (held []string) {
	h.T.Helper()
	room, _, _ := strings.Cut(verb, ".")
	err := h.Door.Desk(room).Do(h.as(who), verb, func(ctx context.Context, w *act.Work) error {
		held = nil
		if err := w.Permit(ctx, policy.Object{Kind: "Patient", ID: h.patient, Org: acttest.Org, Patient: h.patient}); err != nil {
			return err
		}
		for _, table := range handover.Tables() {
			err := w.Try(ctx, func() error { return w.Apply(ctx, untouched(table)) })
			if faulttest.Code(err) == "handover.read-only" {
				held = append(held, table)
			} else if err != nil {
				return err
			}
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		h.T.Fatalf("%s: %v", verb, err)
	}
	return held
}

// TestDuringAFreezeNoActOfAPersonWritesToWhatIsExported goes through every verb that the
// rulebook knows and every table that an export holds.
func TestDuringAFreezeNoActOfAPersonWritesToWhatIsExported(t *testing.T) {
	rules := anything{must[*policy.Book](t)(policy.Default())}
	acttest.BothWith(t, rules, func(t *testing.T, b *acttest.Bench) {
		h := open(b)
		_, partner := h.taker()
		c := h.opened(partner)
		all := handover.Tables()
		if held := h.heldFor("chen", "record.file"); len(held) > 0 {
			t.Errorf("held before it was approved: %v", held)
		}
		must[handover.Case](t)(h.room.Approve(h.as("boss"), c.ID))
		for _, verb := range rules.Verbs() {
			held := h.heldFor("chen", verb)
			if spared := slices.Contains(handover.Spared(), verb); spared && len(held) > 0 || !spared && !slices.Equal(held, all) {
				t.Errorf("%s: held are %v", verb, held)
			}
		}
		h.glass = true
		if held := h.heldFor("chen", "consent.give"); len(held) > 0 {
			t.Errorf("who broke the glass is held from %v", held)
		}
		h.glass = false
		must[handover.Case](t)(h.room.Stop(h.as("boss"), c.ID))
		if held := h.heldFor("chen", "patient.put-on-worklist"); len(held) > 0 {
			t.Errorf("held after it was stopped: %v", held)
		}
	})
}

// TestEverySparedVerbIsOneOfTheRulebook keeps the list from sparing what is called
// otherwise by now.
func TestEverySparedVerbIsOneOfTheRulebook(t *testing.T) {
	verbs := must[*policy.Book](t)(policy.Default()).Verbs()
	for _, verb := range handover.Spared() {
		if !slices.Contains(verbs, verb) {
			t.Errorf("no act is called %s", verb)
		}
	}
}
