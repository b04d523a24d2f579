package template_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/template"
	"github.com/medward/medward/kit/form"
)

func TestADefinitionIsWrittenSubmittedAndReleasedByTwo(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		draft := must[template.Version](t)(o.room.Write(o.as("zhi"), fever()))
		if draft.State != template.Draft || draft.Number != 1 {
			t.Fatalf("%+v", draft)
		}
		if _, err := o.used("fever", o.Clock.Now()); faulttest.Code(err) != "template.none-released" {
			t.Errorf("a draft is begun with: %v", err)
		}
		sent := must[template.Version](t)(o.room.Submit(o.as("zhi"), draft.ID, draft.Rev))
		if n := o.Count("duty_task WHERE kind = 'template.approval' AND state = 'open'"); n != 1 {
			t.Errorf("%d people are asked to review", n)
		}
		if _, err := o.room.Release(o.as("zhi"), sent.ID, sent.Rev, time.Time{}); err == nil {
			t.Error("its author released it")
		}
		o.bonds = staff.Bonds{Creations: []staff.Creation{{By: o.people["zhi"], Whom: o.people["yiwu"]}}}
		if _, err := o.room.Release(o.as("yiwu"), sent.ID, sent.Rev, time.Time{}); faulttest.Code(err) != "template.one-person" {
			t.Errorf("whose account the author made: %v", err)
		}
		o.bonds = staff.Bonds{}
		out := must[template.Version](t)(o.room.Release(o.as("yiwu"), sent.ID, sent.Rev, time.Time{}))
		used := must[template.Release](t)(o.used("fever", o.Clock.Now()))
		if out.State != template.Released || used.Number != 1 || used.Content.Definition.Version != 1 || used.ApprovedBy != o.people["yiwu"] {
			t.Errorf("%+v %+v", out, used)
		}
		if n := o.Count("duty_task WHERE kind = 'template.approval' AND state = 'open'"); n != 0 {
			t.Errorf("%d are still asked to review", n)
		}
		for _, verb := range []string{"template.write", "template.submit", "template.release"} {
			if !slices.ContainsFunc(o.Entries(), func(e ledger.Entry) bool { return e.Verb == verb && e.Outcome == ledger.Done }) {
				t.Errorf("the ledger does not tell of %s", verb)
			}
		}
		for _, check := range []string{"template.approved", "template.standard", "template.purposes", "template.unchanged", "template.refuses"} {
			if f := o.verdict(check); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check, f)
			}
		}
	})
}

func TestADefinitionWithoutPurposeOrReasonIsNotSubmitted(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		c := fever()
		c.Definition.Sections[0].Fields[0].Purpose = ""
		c.Standard.Entries[1].Why = form.Text{}
		c.Samples[1].Expected = nil
		draft := must[template.Version](t)(o.room.Write(o.as("zhi"), c))
		_, err := o.room.Submit(o.as("zhi"), draft.ID, draft.Rev)
		if got := faulttest.Code(err); got != "template.defects" {
			t.Fatalf("%v", err)
		}
		if got := faulttest.Fields(err); !strings.Contains(got, "sections.signs.fields.temperature.purpose") || !strings.Contains(got, "standard.entries.measure.why") {
			t.Errorf("it names %s", got)
		}
	})
}

func TestAVersionStaysWhatItWasWhileTheNextIsWritten(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		begun := o.released(fever())
		next := fever()
		next.Definition.Sections[0].Fields[1].Need = form.Mandatory
		next.Samples[0].Answers["measure"] = "观察"
		second := must[template.Version](t)(o.room.Write(o.as("hu"), next))
		if second.Number != 2 {
			t.Fatalf("version %d", second.Number)
		}
		if _, err := o.room.Write(o.as("zhi"), next); faulttest.Code(err) != "template.unreleased" {
			t.Errorf("two versions are written at once: %v", err)
		}
		seen := must[template.Seen](t)(o.room.View(o.as("wang"), second.ID))
		if seen.Base != 1 || len(seen.Changes) != 2 || seen.Changes[0].Path != "sections.signs.fields.measure" || !slices.Equal(seen.Changes[0].What, []string{"need"}) {
			t.Errorf("%d %+v", seen.Base, seen.Changes)
		}
		second = must[template.Version](t)(o.room.Submit(o.as("hu"), second.ID, second.Rev))
		later := o.Clock.Now().Add(48 * time.Hour)
		second = must[template.Version](t)(o.room.Release(o.as("zhi"), second.ID, second.Rev, later))
		if used := must[template.Release](t)(o.used("fever", o.Clock.Now())); used.Number != 1 {
			t.Errorf("version %d is used before its day", used.Number)
		}
		o.Clock.Advance(49 * time.Hour)
		if used := must[template.Release](t)(o.used("fever", o.Clock.Now())); used.Number != 2 {
			t.Errorf("version %d is used", used.Number)
		}
		if kept := must[template.Release](t)(o.numbered("fever", 1)); kept.Content.Definition.Sections[0].Fields[1].Need == form.Mandatory {
			t.Error("the first version changed")
		}
		if _, err := o.room.Retire(o.as("zhi"), second.ID, second.Rev, "误发布"); err != nil {
			t.Fatal(err)
		}
		if used := must[template.Release](t)(o.used("fever", o.Clock.Now())); used.Number != 1 || used.ID != begun.ID {
			t.Errorf("version %d is used after the second was retired", used.Number)
		}
		if _, err := o.numbered("fever", 2); err != nil {
			t.Errorf("whoever began with the second cannot go on: %v", err)
		}
	})
}

func TestWhatWasReleasedCannotBeChanged(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		v := o.released(fever())
		if _, err := o.room.Rewrite(o.as("zhi"), v.ID, v.Rev, fever()); faulttest.Code(err) != "template.out-of-order" {
			t.Errorf("%v", err)
		}
		if o.At.Engine == db.SQLite {
			o.Behind("DROP TRIGGER template_release_never_changes")
		}
		o.Behind("UPDATE template_release SET content = REPLACE(content, '\"to\":\"45\"', '\"to\":\"99\"') WHERE id = $1", v.ID)
		if _, err := o.used("fever", o.Clock.Now()); faulttest.Code(err) != "template.altered" {
			t.Errorf("what was altered behind the house is begun with: %v", err)
		}
		if f := o.verdict("template.unchanged"); f.Verdict != evidence.NotMet {
			t.Errorf("%+v", f)
		}
	})
}

func TestAReturnedVersionIsWrittenOnByAnotherWhoThenCannotReleaseIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		v := must[template.Version](t)(o.room.Write(o.as("zhi"), fever()))
		v = must[template.Version](t)(o.room.Submit(o.as("zhi"), v.ID, v.Rev))
		if _, err := o.room.Rewrite(o.as("hu"), v.ID, v.Rev, fever()); faulttest.Code(err) != "template.out-of-order" {
			t.Errorf("what was submitted is changed: %v", err)
		}
		if _, err := o.room.Return(o.as("yiwu"), v.ID, v.Rev, " "); faulttest.Fields(err) != "words" {
			t.Errorf("returned without a reason: %v", err)
		}
		v = must[template.Version](t)(o.room.Return(o.as("yiwu"), v.ID, v.Rev, "缺少单位"))
		c := fever()
		c.Definition.Sections[0].Fields[0].Unit = "Cel"
		if _, err := o.room.Rewrite(o.as("hu"), v.ID, v.Rev-1, c); faulttest.Code(err) != "template.moved" {
			t.Errorf("an older page overwrites a newer one: %v", err)
		}
		v = must[template.Version](t)(o.room.Rewrite(o.as("hu"), v.ID, v.Rev, c))
		v = must[template.Version](t)(o.room.Rewrite(o.as("zhi"), v.ID, v.Rev, c))
		v = must[template.Version](t)(o.room.Submit(o.as("zhi"), v.ID, v.Rev))
		if _, err := o.room.Release(o.as("hu"), v.ID, v.Rev, time.Time{}); faulttest.Code(err) != "template.one-person" {
			t.Errorf("who wrote part of it released it: %v", err)
		}
		if _, err := o.room.Release(o.as("zhi2"), v.ID, v.Rev, o.Clock.Now().AddDate(2, 0, 0)); faulttest.Fields(err) != "since" {
			t.Errorf("it begins in two years: %v", err)
		}
		must[template.Version](t)(o.room.Release(o.as("zhi2"), v.ID, v.Rev, time.Time{}))
	})
}

func TestTheListGoesOnWhereItEnded(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for _, key := range []string{"b_form", "a_form", "c_form"} {
			c := fever()
			c.Definition.Key = key
			must[template.Version](t)(o.room.Write(o.as("zhi"), c))
		}
		var keys []string
		p := web.Paging{Limit: 2}
		for range 3 {
			l := must[template.Listed](t)(o.room.List(o.as("wang"), "", p))
			for _, v := range l.Items {
				keys = append(keys, v.Key)
				if l.Names[v.Authors[0]].ZH != "zhi" {
					t.Errorf("nobody knows who wrote %s", v.Key)
				}
			}
			if p.Cursor = l.Next; p.Cursor == "" {
				break
			}
		}
		if got := strings.Join(keys, " "); got != "a_form b_form c_form" {
			t.Errorf("%s", got)
		}
		if l := must[template.Listed](t)(o.room.List(o.as("wang"), template.Released, web.Paging{})); len(l.Items) != 0 {
			t.Errorf("%d released", len(l.Items))
		}
	})
}

func TestWhoDoesNotWriteFormsIsRefused(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		if _, err := o.room.Write(o.as("wang"), fever()); err == nil {
			t.Error("a physician wrote a form for the house")
		}
		if _, err := o.room.Try(o.as("wang"), fever()); err == nil {
			t.Error("a physician tried one")
		}
		if all := must[[]template.Content](t)(o.room.Starters(o.as("wang"))); len(all) != 6 {
			t.Errorf("%d starters", len(all))
		}
	})
}
