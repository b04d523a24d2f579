package act_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/schema/schematest"
)

func TestANoLeavesAtAnEvenStep(t *testing.T) {
	const step = 50 * time.Millisecond
	b := acttest.New(t, schematest.Prepared.On(t, db.SQLite), nil)
	desk := anotherDoor(t, b, step).Desk("record")
	for what, use := range map[string]func(context.Context, *act.Reading) error{
		"absent": missing("record_document", id.New(b.Clock.Now())),
		"refused": func(ctx context.Context, r *act.Reading) error {
			return r.Permit(ctx, policy.Object{Kind: "Document", ID: "d", Org: acttest.Org, Patient: "p", Sensitivity: 1})
		},
	} {
		arrived := time.Now()
		if err := desk.Disclose(b.Person("chen", nil, 3, "resident"), "record.view", use); !errors.Is(err, act.ErrRefused) {
			t.Errorf("%s: %v", what, err)
		}
		if took := time.Since(arrived); took < step {
			t.Errorf("%s: left after %v", what, took)
		}
	}
}

// Were any of these made to wait, the test would not end.
func TestWhoWaitsForNothing(t *testing.T) {
	b := acttest.New(t, schematest.Prepared.On(t, db.SQLite), nil)
	desk := anotherDoor(t, b, time.Hour).Desk("record")
	absent := missing("record_document", id.New(b.Clock.Now()))

	gone, hangUp := context.WithCancel(b.Person("chen", nil, 3, "resident"))
	err := desk.Disclose(gone, "record.view", func(ctx context.Context, r *act.Reading) error {
		hangUp()
		return absent(ctx, r)
	})
	if !errors.Is(err, act.ErrRefused) || b.Last().Note["found"] != "no" {
		t.Errorf("whoever hung up: %v", err)
	}
	job := act.With(t.Context(), act.Actor{Actor: policy.Actor{Kind: act.Job, ID: "j", Org: acttest.Org}, Purpose: "operation"})
	if err := desk.Disclose(job, "record.view", absent); err == nil {
		t.Error("a job opened what is absent")
	}
	own := policy.Object{Kind: "Document", ID: "d", Org: acttest.Org, Patient: "p", Department: "cardiology", Sensitivity: 1}
	if err := desk.Disclose(b.Person("chen", []string{"cardiology"}, 3, "nurse"), "record.view", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, own) }); err != nil {
		t.Errorf("a yes: %v", err)
	}
}
