package figures_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/figures"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

const (
	busy  = "cardiology" // seven patients in March
	quiet = "dermatology"
)

// hospital is a bench with encounters of March 2026 in two departments.
type hospital struct {
	*acttest.Bench
	room    *figures.Room
	counted []string
	granted time.Time // until when a grant opens the busy department
}

func both(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) {
		h := &hospital{Bench: b}
		patients := patient.New(b.Door, b.Vault)
		h.room = figures.New(figures.Options{Door: b.Door, Patients: patients, Ledger: b.Ledger, Org: acttest.Org, Count: func(_ context.Context, shown []string) error {
			h.counted = append(h.counted, shown...)
			return nil
		}})
		b.Door.Ties(func(_ context.Context, _ db.Reader, _ act.Actor, asked []string, at time.Time) (map[string][]policy.Tie, error) {
			found := map[string][]policy.Tie{}
			for _, p := range asked {
				if at.Before(h.granted) {
					found[p] = []policy.Tie{{Kind: policy.TieGrant, ID: "g1", Role: "management", Since: at, Until: h.granted, Bounds: &policy.Bounds{Verbs: []string{"figures.open"}, Department: busy}}}
				}
			}
			return found, nil
		})
		for i := range 9 {
			department := busy
			if i >= 7 {
				department = quiet
			}
			h.admit(patients, i, department)
		}
		fn(t, h)
	})
}

func (h *hospital) admit(patients *patient.Room, i int, department string) {
	h.T.Helper()
	p, err := patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: fmt.Sprintf("赵%d", i), Sex: "female", BirthDate: "1970-01-15"}, Level: 1, Source: "his"})
	if err == nil {
		err = h.Door.Desk("patient").Do(h.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) error {
			if err := patients.RegisterIn(ctx, w, p); err != nil {
				return err
			}
			_, err := patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: department, Since: h.Clock.Now().Add(-time.Hour), Source: "his"})
			return err
		})
	}
	if err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) manager() context.Context {
	return acttest.For(h.Person("lin", []string{"affairs"}, 5, "medical-affairs"), "management")
}

func TestATotalIsShownAndASmallOneIsNot(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		shown, err := h.room.View(h.manager(), "admissions", 2026)
		if err != nil || len(shown.Rows) != 2 {
			t.Fatalf("%v: %v", shown.Rows, err)
		}
		march := func(department string) figures.Cell {
			i := slices.IndexFunc(shown.Rows, func(r figures.Row) bool { return r.Department == department })
			return shown.Rows[i].Cells[2]
		}
		if c := march(quiet); !c.Hidden || c.Events != 0 || c.Patients != 0 {
			t.Errorf("two patients are shown as %+v", c)
		}
		if c := march(busy); !c.Hidden && !shown.Sums.Cells[2].Hidden {
			t.Errorf("seven %+v of nine %+v tell of the two", c, shown.Sums.Cells[2])
		}
	})
}

func TestWhoDoesNotManageSeesNoTotals(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for _, ctx := range []context.Context{h.Person("chen", []string{busy}, 3, "resident"), h.Person("lin", nil, 5, "medical-affairs")} {
			if _, err := h.room.View(ctx, "admissions", 2026); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%v", err)
			}
		}
	})
}

func TestWhoIsBehindATotalIsOpenedByAGrantWhileItLasts(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		cell := figures.Place{Measure: "admissions", Year: 2026, Month: 3, Department: busy}
		if _, err := h.room.Open(h.manager(), cell, "", 0); !errors.Is(err, act.ErrRefused) {
			t.Fatalf("without a grant: %v", err)
		}
		h.granted = h.Clock.Now().Add(24 * time.Hour)
		page, err := h.room.Open(h.manager(), cell, "", 4)
		if err != nil || len(page.Items) != 4 || page.Next == "" || len(h.counted) != 4 {
			t.Fatalf("%d of a page of 4, counted %d: %v", len(page.Items), len(h.counted), err)
		}
		rest, err := h.room.Open(h.manager(), cell, page.Next, 4)
		if err != nil || len(rest.Items) != 3 || rest.Next != "" || rest.Items[0].Name != "赵*" {
			t.Fatalf("%+v: %v", rest, err)
		}
		elsewhere := cell
		elsewhere.Department = quiet
		if _, err := h.room.Open(h.manager(), elsewhere, "", 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("of another department: %v", err)
		}
		h.Clock.Advance(25 * time.Hour)
		if _, err := h.room.Open(h.manager(), cell, "", 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestBadInputNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		_, err := h.room.View(h.manager(), "secrets", 1066)
		if e := fault.From(err); len(e.Fields) != 2 {
			t.Errorf("%v", err)
		}
		if _, err := h.room.Open(h.manager(), figures.Place{Measure: "admissions", Year: 2026, Month: 13}, "", 0); !errors.Is(err, act.ErrAbsent) {
			t.Errorf("%v", err)
		}
	})
}

func TestTheChecksAreMet(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for _, c := range h.room.Checks() {
			if f := c.Ask(t.Context()); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
	})
}
