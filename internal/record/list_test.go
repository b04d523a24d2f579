package record_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/record"
)

func TestAListHidesWhatTheReaderMayNotOpenOnEveryPage(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		var open []string
		for i := range 7 {
			o.Clock.Advance(time.Hour)
			id := o.file(func(f *record.Filing) {
				if f.Title = fmt.Sprint("记录", i); i%2 == 1 {
					f.Sensitivity = 5 // above he, in between
				}
				if i > 4 {
					f.At = morning(4) // at one moment, told apart by their ids
				}
			})
			if i%2 == 0 {
				open = append(open, id)
			}
		}
		for limit := 1; limit <= 5; limit++ {
			var walked []string
			for cursor := ""; ; {
				page, err := o.room.List(o.as("he"), o.patient, cursor, limit)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range page.Items {
					walked = append(walked, d.ID)
				}
				if e := o.Last(); e.Verb != "record.list" || len(e.Objects) != len(page.Items)+1 {
					t.Errorf("the account names %d objects of %d shown", len(e.Objects)-1, len(page.Items))
				}
				if len(page.Items) > limit {
					t.Errorf("%d on a page of %d", len(page.Items), limit)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
				if len(page.Items) == 0 {
					t.Fatal("an empty page that has a next one")
				}
			}
			got, want := slices.Sorted(slices.Values(walked)), slices.Sorted(slices.Values(open))
			if !slices.Equal(got, want) {
				t.Errorf("by %d: %v, want %v", limit, got, want)
			}
		}
		if page, err := o.room.List(o.as("chen"), o.patient, "", 0); err != nil || len(page.Items) != 7 {
			t.Errorf("%d %v", len(page.Items), err)
		}
		_, err := o.room.List(o.as("gu"), o.patient, "", 10)
		o.refused(err, "record.list")
		if _, err := o.room.List(o.as("chen"), o.patient, "bm9uc2Vuc2U", 10); codeOf(err) != "web.cursor" {
			t.Error(err)
		}
	})
}

func morning(n int) time.Time { return time.Date(2026, 3, 2-n, 0, 0, 0, 0, time.UTC) }

// observe brings an observation as a feed does.
func (o *office) observe(feed string, row record.Observation, f record.Finding) (record.Observation, error) {
	row.Patient = o.patient
	sealed := row
	var err error
	o.read(func(r db.Reader) error {
		subject, err := o.patients.Subject(o.T.Context(), r, row.Org, o.patient)
		if err == nil {
			sealed, err = o.room.SealObservation(subject, row, f)
		}
		return err
	})
	err = o.do(feed, map[bool]string{true: "record.file", false: "record.amend"}[sealed.Rev == 1], func(ctx ctx, w *act.Work) error { return o.room.ObserveIn(ctx, w, sealed) })
	return sealed, err
}

func TestObservationsArePagedAndHideWhatIsTooSensitive(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		org := act.From(o.as("he")).Org
		var open []string
		for i := range 9 {
			level := 1 + 4*(i%2)
			made, err := o.observe(source, record.Observation{
				Org: org, Encounter: o.encounter, Code: fmt.Sprintf("loinc|%d", i%3), At: morning(i / 3), Sensitivity: level, Department: cardiology, Source: source,
			}, record.Finding{Name: "血红蛋白", Value: fmt.Sprint(100 + i), Unit: "g/L"})
			if err != nil {
				t.Fatal(err)
			}
			if level == 1 {
				open = append(open, made.ID)
			}
		}
		for limit := 1; limit <= 6; limit++ {
			var walked []string
			for cursor := ""; ; {
				page, err := o.room.Observations(o.as("he"), o.patient, "", cursor, limit)
				if err != nil {
					t.Fatal(err)
				}
				for _, one := range page.Items {
					walked = append(walked, one.ID)
					if one.Finding.Unit != "g/L" {
						t.Errorf("%+v", one)
					}
				}
				if e := o.Last(); e.Verb != "record.observations" || e.Note["shown"] != fmt.Sprint(len(page.Items)) {
					t.Errorf("%d shown, the account says %q", len(page.Items), e.Note["shown"])
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			if got, want := slices.Sorted(slices.Values(walked)), slices.Sorted(slices.Values(open)); !slices.Equal(got, want) {
				t.Errorf("by %d: %v, want %v", limit, got, want)
			}
		}
		page, err := o.room.Observations(o.as("chen"), o.patient, "loinc|1", "", 50)
		if err != nil || len(page.Items) != 3 {
			t.Errorf("%d of one code: %v", len(page.Items), err)
		}
		_, err = o.room.Observations(o.as("gu"), o.patient, "", "", 50)
		o.refused(err, "record.observations")
	})
}

func TestAFeedCorrectsItsOwnObservationsOneRevisionAfterAnother(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		first, err := o.observe(source, record.Observation{Org: act.From(o.as("he")).Org, Code: "loinc|1", At: morning(0), Source: source}, record.Finding{Value: "100"})
		if err != nil {
			t.Fatal(err)
		}
		second, err := o.observe(source, first, record.Finding{Value: "101"})
		if err != nil || second.Rev != 2 {
			t.Fatal(second.Rev, err)
		}
		if _, err := o.observe(source, first, record.Finding{Value: "late"}); codeOf(err) != "record.overtaken" {
			t.Errorf("over a revision that it did not see: %v", err)
		}
		foreign := second
		foreign.Source = "another"
		_, err = o.observe("another", foreign, record.Finding{Value: "forged"})
		o.refused(err, "record.amend")
		gone := second
		gone.ID = "01J00000000000000000000000"
		if _, err := o.observe(source, gone, record.Finding{}); !errors.Is(err, act.ErrAbsent) {
			t.Error(err)
		}
		page, err := o.room.Observations(o.as("chen"), o.patient, "", "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].Finding.Value != "101" {
			t.Errorf("%+v %v", page.Items, err)
		}
	})
}

func TestOrdersArePagedAndTheirContentIsBoundToThem(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		org := act.From(o.as("he")).Org
		for i := range 5 {
			var sealed record.Order
			o.read(func(r db.Reader) error {
				subject, err := o.patients.Subject(t.Context(), r, org, o.patient)
				if err == nil {
					sealed, err = o.room.SealOrder(subject, record.Order{
						Org: org, Patient: o.patient, Encounter: o.encounter, Kind: "drug", State: "active", At: morning(i), Department: cardiology, Source: source,
					}, record.Instruction{Name: fmt.Sprint("药", i)})
				}
				return err
			})
			if err := o.do(source, "record.file", func(ctx ctx, w *act.Work) error { return o.room.OrderIn(ctx, w, sealed) }); err != nil {
				t.Fatal(err)
			}
		}
		var names []string
		for cursor := ""; ; {
			page, err := o.room.Orders(o.as("chen"), o.patient, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range page.Items {
				names = append(names, one.Instruction.Name)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if !slices.Equal(names, []string{"药0", "药1", "药2", "药3", "药4"}) {
			t.Errorf("%v", names)
		}
		o.behind("UPDATE record_order SET sealed = (SELECT sealed FROM record_order ORDER BY at LIMIT 1)")
		if _, err := o.room.Orders(o.as("chen"), o.patient, "", 10); codeOf(err) != "record.unreadable" {
			t.Errorf("one order's text under another: %v", err)
		}
	})
}
