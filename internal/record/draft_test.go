package record_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/record"
)

func (o *office) save(person string, d record.Draft) (string, int) {
	o.T.Helper()
	if d.Patient == "" {
		d.Patient = o.patient
	}
	id, rev, err := o.room.SaveDraft(o.as(person), d)
	if err != nil {
		o.T.Fatal(err)
	}
	return id, rev
}

func writing(text string) record.Writing {
	return record.Writing{Kind: "C0038", Title: "病程", Sections: says(text).Sections}
}

func TestADraftIsItsWritersAndSealed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		before := len(o.Entries())
		id, rev := o.save("lin", record.Draft{Writing: writing("写到一半")})
		id2, rev2 := o.save("lin", record.Draft{ID: id, Rev: rev, Writing: writing("写到大半")})
		if id2 != id || rev != 1 || rev2 != 2 || len(o.Entries()) != before {
			t.Errorf("%s %d %d", id2, rev, rev2)
		}
		d, err := o.room.OpenDraft(o.as("lin"), id)
		if err != nil || d.Writing.Sections[0].Text != "写到大半" || d.Rev != 2 || !d.Until.Equal(o.Clock.Now().Add(30*day)) {
			t.Errorf("%+v %v", d, err)
		}
		o.read(func(r db.Reader) error {
			rows, err := r.Query(t.Context(), "SELECT sealed FROM record_draft")
			if err != nil {
				return err
			}
			defer rows.Close()
			var sealed []byte
			rows.Next()
			if err := rows.Scan(&sealed); err == nil && strings.Contains(string(sealed), "大半") {
				t.Error("a draft lies open")
			}
			return err
		})
		_, err = o.room.OpenDraft(o.as("chen"), id)
		_, _, saved := o.room.SaveDraft(o.as("chen"), record.Draft{ID: id, Rev: 2, Patient: o.patient, Writing: writing("抢写")})
		for name, err := range map[string]error{"opened": err, "saved": saved, "dropped": o.room.DropDraft(o.as("chen"), id)} {
			if codeOf(err) != "record.draft-gone" {
				t.Errorf("another's draft was %s: %v", name, err)
			}
		}
		if err := o.room.DropDraft(o.as("lin"), id); err != nil || o.Count("record_draft") != 0 {
			t.Error(err)
		}
		if _, err := o.room.OpenDraft(o.as("lin"), id); codeOf(err) != "record.draft-gone" {
			t.Error(err)
		}
	})
}

func TestADraftThatWasSavedElsewhereIsNotOverwritten(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id, _ := o.save("lin", record.Draft{Writing: writing("一")})
		o.save("lin", record.Draft{ID: id, Rev: 1, Writing: writing("二")})
		other, _ := o.bring("王五", 1)
		for name, d := range map[string]record.Draft{
			"an old revision": {ID: id, Rev: 1, Patient: o.patient}, "no revision": {ID: id, Patient: o.patient}, "of another patient": {ID: id, Rev: 2, Patient: other},
		} {
			d.Writing = writing("三")
			if _, _, err := o.room.SaveDraft(o.as("lin"), d); codeOf(err) != "record.changed" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, _, err := o.room.SaveDraft(o.as("lin"), record.Draft{ID: "01J00000000000000000000000", Patient: o.patient, Writing: writing("自选编号")}); codeOf(err) != "record.draft-gone" {
			t.Errorf("an id of the caller's choice: %v", err)
		}
		if d, err := o.room.OpenDraft(o.as("lin"), id); err != nil || d.Writing.Sections[0].Text != "二" {
			t.Errorf("%+v %v", d, err)
		}
	})
}

func TestADraftEndsAfterThirtyDays(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		id, rev := o.save("lin", record.Draft{Writing: writing("旧稿")})
		o.Clock.Advance(29 * day)
		if _, next := o.save("lin", record.Draft{ID: id, Rev: rev, Writing: writing("旧稿，续")}); next != 2 {
			t.Error(next)
		}
		o.Clock.Advance(30*day - time.Second)
		if _, err := o.room.OpenDraft(o.as("lin"), id); err != nil {
			t.Errorf("within its time: %v", err)
		}
		o.Clock.Advance(time.Second)
		_, opened := o.room.OpenDraft(o.as("lin"), id)
		_, _, saved := o.room.SaveDraft(o.as("lin"), record.Draft{ID: id, Rev: 2, Patient: o.patient, Writing: writing("再续")})
		for name, err := range map[string]error{"opened": opened, "saved": saved} {
			if codeOf(err) != "record.draft-gone" {
				t.Errorf("%s after its end: %v", name, err)
			}
		}
		if mine, err := o.room.Drafts(o.as("lin"), ""); err != nil || len(mine) > 0 {
			t.Errorf("%+v %v", mine, err)
		}
		o.save("lin", record.Draft{Writing: writing("新稿")})
		if o.Count("record_draft") != 1 {
			t.Error("what has ended is kept in the store")
		}
	})
}

func TestDraftsAreListedByPatient(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		other, _ := o.bring("王五", 1)
		var want []string
		for range 3 {
			o.Clock.Advance(time.Second)
			id, _ := o.save("lin", record.Draft{Writing: writing("李四")})
			want = append([]string{id}, want...)
			o.save("lin", record.Draft{Patient: other, Writing: writing("王五")})
			o.save("chen", record.Draft{Writing: writing("上级")})
		}
		mine, err := o.room.Drafts(o.as("lin"), o.patient)
		var got []string
		for _, d := range mine {
			got = append(got, d.ID)
			if len(d.Writing.Sections) > 0 {
				t.Error("a list holds text")
			}
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, want %v (%v)", got, want, err)
		}
		if all, err := o.room.Drafts(o.as("lin"), ""); err != nil || len(all) != 6 {
			t.Errorf("%d %v", len(all), err)
		}
		for want, w := range map[string]record.Writing{"sections": writing(strings.Repeat("x", 1<<20)), "title": {Title: strings.Repeat("x", 5000)}} {
			if _, _, err := o.room.SaveDraft(o.as("lin"), record.Draft{Patient: o.patient, Writing: w}); !slices.Equal(fields(err), []string{want}) {
				t.Errorf("%s: %v", want, err)
			}
		}
		_, _, err = o.room.SaveDraft(o.as("lin"), record.Draft{Patient: "nobody", Writing: writing("x")})
		o.refused(err, "record.draft")
	})
}

func TestSavingADraftAsksWhatFilingAsks(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		_, _, err := o.room.SaveDraft(o.as("gu"), record.Draft{Patient: o.patient, Writing: writing("外科无关人员")})
		if codeOf(err) != "act.refused" || o.Count("record_draft") != 0 {
			t.Errorf("a stranger kept a draft: %v", err)
		}
		if e := o.Last(); e.Outcome != ledger.Refused || e.Verb != "record.draft" {
			t.Errorf("the refusal is not in the account: %+v", e)
		}
		document := o.file(nil)
		if _, _, err := o.room.SaveDraft(o.as("gu"), record.Draft{Patient: o.patient, Document: document, Base: 1, Writing: writing("更正他人")}); codeOf(err) != "act.refused" {
			t.Errorf("a stranger corrects: %v", err)
		}
		other, _ := o.bring("王五", 1)
		if _, _, err := o.room.SaveDraft(o.as("lin"), record.Draft{Patient: other, Document: document, Base: 1, Writing: writing("张冠李戴")}); codeOf(err) != "act.absent" {
			t.Errorf("a correction about another patient: %v", err)
		}
		id, rev := o.save("lin", record.Draft{Patient: o.patient, Document: document, Base: 1, Writing: writing("更正自己")})
		if _, next := o.save("lin", record.Draft{ID: id, Rev: rev, Document: document, Base: 1, Writing: writing("再改")}); next != 2 {
			t.Error(next)
		}
	})
}
