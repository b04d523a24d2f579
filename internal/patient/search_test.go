package patient_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
)

// search returns the ids of a page.
func (w *ward) search(name string, q patient.Query) ([]string, web.Page[patient.Listed]) {
	w.T.Helper()
	page, err := w.room.Search(w.as(name), q)
	if err != nil {
		w.T.Fatal(err)
	}
	found := make([]string, len(page.Items))
	for i, l := range page.Items {
		found[i] = l.ID
	}
	return found, page
}

func TestAListHoldsOnlyWhatOpeningWouldAllow(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		mine, stay := w.inpatient("李四")
		w.Clock.Advance(time.Second)
		ward := w.register(w.as("zhou"), person("王五"))
		w.admit(w.as("zhou"), patient.Admission{Patient: ward, Kind: patient.Inpatient, Department: w.cardiology})
		theirs := w.register(w.as("gu"), person("赵六"))
		w.admit(w.as("ma"), patient.Admission{Patient: theirs, Kind: patient.Inpatient, Department: w.surgery, Attending: w.ids["gu"]})

		for _, c := range []struct {
			who   string
			query patient.Query
			want  []string
		}{
			{"chen", patient.Query{}, []string{mine}},
			{"chen", patient.Query{Scope: patient.Department}, []string{mine}}, // a doctor without a relation to ward
			{"he", patient.Query{}, nil},
			{"he", patient.Query{Scope: patient.Department}, []string{ward, mine}},
			{"he", patient.Query{Scope: patient.Everybody}, []string{ward, mine}},
			{"he", patient.Query{Scope: patient.Everybody, Text: "王"}, []string{ward}},
			{"he", patient.Query{Scope: patient.Everybody, Text: "zhao"}, nil},
			{"gu", patient.Query{Scope: patient.Everybody}, []string{theirs}},
		} {
			found, page := w.search(c.who, c.query)
			if !slices.Equal(found, c.want) || page.Count.N != len(c.want) || page.Count.More || page.Next != "" {
				t.Errorf("%s %+v: %v %+v, want %v", c.who, c.query, found, page.Count, c.want)
			}
			e := w.Last()
			if e.Verb != "patient.find" || e.Outcome != ledger.Done || len(e.Objects) != len(c.want)+1 {
				t.Errorf("the account names %d objects of %d shown: %+v", len(e.Objects), len(c.want), e.Objects)
			}
		}
		if err := w.room.Discharge(w.as("chen"), stay, time.Time{}); err != nil {
			t.Fatal(err)
		}
		if found, _ := w.search("chen", patient.Query{Open: true}); len(found) > 0 {
			t.Errorf("discharged and shown as open: %v", found)
		}
		if found, _ := w.search("chen", patient.Query{}); !slices.Equal(found, []string{mine}) {
			t.Errorf("lately discharged: %v", found)
		}
		if _, err := w.room.Search(acttest.For(w.as("chen"), "research"), patient.Query{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("for research: %v", err)
		}
	})
}

func TestNamesCatchUpWithEverythingThatChanged(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		patient.CatchUpAtOnce(w.room, acttest.Org, 3)
		// The bench's clock stands: all of them changed at one moment.
		var ids []string
		for i := range 10 {
			id := w.register(w.as("zhou"), person(fmt.Sprintf("患者%d号", i)))
			w.admit(w.as("zhou"), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: w.cardiology})
			ids = append(ids, id)
		}
		found, _ := w.search("he", patient.Query{Scope: patient.Department, Text: "患者"})
		slices.Sort(ids)
		slices.Sort(found)
		if !slices.Equal(found, ids) {
			t.Errorf("found %d of %d", len(found), len(ids))
		}
		more := w.register(w.as("zhou"), person("后来者"))
		w.admit(w.as("zhou"), patient.Admission{Patient: more, Kind: patient.Inpatient, Department: w.cardiology})
		if err := w.room.Update(w.as("zhou"), ids[4], 1, person("改名者").Demographics); err != nil {
			t.Fatal(err)
		}
		for typed, want := range map[string][]string{"后来": {more}, "gaiming": {ids[4]}} {
			if found, _ := w.search("he", patient.Query{Scope: patient.Department, Text: typed}); !slices.Equal(found, want) {
				t.Errorf("%s: %v, want %v", typed, found, want)
			}
		}
	})
}

func TestWhatWasPreparedLongBeforeItWasRegisteredIsFound(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		early, err := w.room.Prepare(acttest.Org, person("早备者"))
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(10 * time.Minute)
		w.inpatient("李四")
		w.search("he", patient.Query{Text: "李"})
		err = w.Door.Desk("patient").Do(w.as("zhou"), "patient.register", func(ctx ctx, work *act.Work) error { return w.room.RegisterIn(ctx, work, early) })
		if err != nil {
			t.Fatal(err)
		}
		w.admit(w.as("zhou"), patient.Admission{Patient: early.ID(), Kind: patient.Inpatient, Department: w.cardiology})
		if found, _ := w.search("he", patient.Query{Scope: patient.Department, Text: "早备"}); len(found) != 1 {
			t.Error("a patient who became visible late is never found")
		}
	})
}

func TestAChangeThatBecomesVisibleLateIsFound(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		slow, _ := w.inpatient("慢行者")
		w.search("he", patient.Query{Text: "慢"})
		w.Clock.Advance(20 * time.Second)
		w.inpatient("李四")
		w.search("he", patient.Query{Text: "李"})
		// As an act that began 20 seconds ago, and waited for the writer since.
		late, err := w.room.PrepareUpdate(w.as("zhou"), acttest.Org, slow, 1, person("快行者").Demographics)
		if err != nil {
			t.Fatal(err)
		}
		err = w.Door.Desk("patient").Do(w.as("zhou"), "patient.update", func(ctx ctx, work *act.Work) error { return w.room.UpdateIn(ctx, work, late) })
		if err != nil {
			t.Fatal(err)
		}
		w.Behind("UPDATE patient_patient SET updated_at = updated_at - 20000000 WHERE id = '" + slow + "'")
		if found, _ := w.search("he", patient.Query{Scope: patient.Department, Text: "快行"}); !slices.Equal(found, []string{slow}) {
			t.Errorf("%v", found)
		}
	})
}

func TestTwoOrganisationsDoNotFindEachOther(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		here, _ := w.inpatient("李四")
		w.search("he", patient.Query{Scope: patient.Department, Text: "李"})
		other := elsewhere(w.as("zhou"))
		there := w.register(other, person("李四"))
		w.read(func(r db.Reader) error {
			for org, want := range map[string]string{acttest.Org: here, "org-elsewhere": there} {
				alike, err := w.room.Alike(t.Context(), r, org, person("李四").Demographics)
				if err != nil || !slices.Equal(alike, []string{want}) {
					t.Errorf("%s: %v, want %s (%v)", org, alike, want, err)
				}
			}
			return nil
		})
		page, err := w.room.Search(other, patient.Query{Scope: patient.Everybody, Text: "李四"})
		if err != nil || len(page.Items) != 0 || page.Count.N != 0 {
			t.Errorf("%+v %v", page, err)
		}
	})
}

func TestOneDamagedPatientDoesNotHideTheOthers(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		damaged, _ := w.inpatient("坏行")
		good, _ := w.inpatient("李四")
		w.Behind("UPDATE patient_patient SET sealed = (SELECT sealed FROM patient_patient WHERE id = '" + good + "') WHERE id = '" + damaged + "'")
		if found, _ := w.search("he", patient.Query{Scope: patient.Department, Text: "李"}); !slices.Equal(found, []string{good}) {
			t.Errorf("%v", found)
		}
		if _, err := w.room.View(w.as("chen"), damaged); codeOf(err) != "patient.unreadable" {
			t.Errorf("another patient's identity under his: %v", err)
		}
	})
}

func TestPagesHoldEveryPatientOnce(t *testing.T) {
	both(t, func(t *testing.T, w *ward) {
		var ids []string
		for i := range 7 {
			// Those of surgery lie in between and are never shown.
			who, department := "zhou", w.cardiology
			if i%3 == 1 {
				who, department = "ma", w.surgery
			}
			w.Clock.Advance(time.Second)
			id := w.register(w.as(who), person(fmt.Sprintf("患者%d", i)))
			w.admit(w.as(who), patient.Admission{Patient: id, Kind: patient.Inpatient, Department: department})
			if department == w.cardiology {
				ids = append(ids, id)
			}
		}
		slices.Reverse(ids)
		var walked []string
		for cursor := ""; ; {
			found, page := w.search("he", patient.Query{Scope: patient.Everybody, Cursor: cursor, Limit: 2})
			walked = append(walked, found...)
			if page.Count.N != len(ids) || len(found) > 2 {
				t.Errorf("count %+v on a page of %d", page.Count, len(found))
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if !slices.Equal(walked, ids) {
			t.Errorf("%v, want %v", walked, ids)
		}
		for _, cursor := range []string{"no cursor", "eyJhIjoxfQ", "WzFd", "IlwwMDAwIg"} {
			if _, err := w.room.Search(w.as("he"), patient.Query{Cursor: cursor}); codeOf(err) != "web.cursor" {
				t.Errorf("%q: %v", cursor, err)
			}
		}
	})
}

func TestCountingStopsAndPagingDoesNot(t *testing.T) {
	b := newBigWard(t, db.SQLite, web.CountBound+60)
	seen, cursor, pages := 0, "", 0
	for {
		found, page := b.search("he", patient.Query{Scope: patient.Department, Cursor: cursor, Limit: 200})
		seen, pages = seen+len(found), pages+1
		if page.Count.N != web.CountBound || !page.Count.More {
			t.Fatalf("page %d: %+v", pages, page.Count)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if seen != web.CountBound+60 {
		t.Errorf("%d patients on %d pages", seen, pages)
	}
}

// newBigWard is a ward of n patients, brought by a feed: half of them are lying
// in it under chen, the rest was here long ago unless n is small.
func newBigWard(t testing.TB, engine db.Engine, n int) *ward {
	t.Helper()
	w := newWard(acttest.New(t, patientPlace(t, engine), nil))
	feed := w.feed()
	const atOnce = 100
	for first := 0; first < n; first += atOnce {
		var prepared []*patient.Prepared
		for i := range min(atOnce, n-first) {
			in := person(fmt.Sprintf("患者%05d", first+i))
			in.Source, in.RecordNumber = "his", fmt.Sprintf("ZY%06d", first+i)
			p, err := w.room.Prepare(acttest.Org, in)
			if err != nil {
				t.Fatal(err)
			}
			prepared = append(prepared, p)
		}
		err := w.Door.Desk("patient").Do(feed, "patient.register", func(ctx ctx, work *act.Work) error {
			for i, p := range prepared {
				if err := w.room.RegisterIn(ctx, work, p); err != nil {
					return err
				}
				in := patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: w.cardiology, Source: "his"}
				if number := first + i; number%50 == 0 {
					in.Attending = w.ids["chen"]
				} else if n > 2*web.CountBound {
					in.Since, in.Until = work.Now().Add(-100*day), work.Now().Add(-90*day)
				}
				if _, err := w.room.AdmitIn(ctx, work, in); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func BenchmarkSearch(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			w := newBigWard(b, engine, 10000)
			w.search("chen", patient.Query{Text: "患者"})
			for name, q := range map[string]patient.Query{
				"mine": {}, "mine by name": {Text: "huanzhe"}, "department": {Scope: patient.Department}, "all": {Scope: patient.Everybody}, "one of all": {Scope: patient.Everybody, Text: "患者05000"},
			} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						w.search("chen", q)
					}
				})
			}
		})
	}
}
