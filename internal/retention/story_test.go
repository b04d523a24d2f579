package retention_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/retention"
	"github.com/medward/medward/internal/staff"
)

var (
	oldStay  = came{patient.Inpatient, 31}
	oldVisit = came{patient.Outpatient, 16}
)

func TestARecordGoesWithItsKeyAndAStubStays(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		gone, stays := a.patient("ZY0001", oldStay), a.patient("ZY0002", came{patient.Inpatient, 29})
		d := a.witnessed(a.approved(gone))
		d = must[retention.Destruction](t)(a.room.Destroy(a.as("an"), d.ID, d.Rev))
		if d.State != retention.Destroyed || d.Destroyed != 1 || len(d.Digest) != 32 {
			t.Fatalf("%+v", d)
		}
		if n := a.Count("vault_key WHERE subject = '" + gone + "'"); n != 0 {
			t.Error("its key is still there")
		}
		found := must[[]patient.Card](t)(a.patients.Locate(a.as("chen"), "ZY0001"))
		if len(found) != 0 {
			t.Errorf("found by its number: %+v", found)
		}
		if found = must[[]patient.Card](t)(a.patients.Locate(a.as("chen"), "ZY0002")); len(found) != 1 || found[0].ID != stays {
			t.Errorf("the other is found as %+v", found)
		}
		seen := a.seen(d.ID)
		if len(seen.Items) != 1 || seen.Items[0].Stub.RecordNumber != "ZY0001" || seen.Items[0].State != retention.ItemDestroyed || !seen.Genuine {
			t.Errorf("the stub: %+v", seen.Items)
		}
		if !strings.Contains(string(seen.Certificate), gone) || strings.Contains(string(seen.Certificate), "王") {
			t.Errorf("the certificate: %s", seen.Certificate)
		}
		last := a.Last()
		if last.Verb != "retention.view" || !slices.ContainsFunc(a.Entries(), func(e ledger.Entry) bool {
			return e.Verb == "retention.destroy" && e.Outcome == ledger.Done && slices.ContainsFunc(e.Objects, func(o ledger.Object) bool { return o.Patient == gone })
		}) {
			t.Errorf("the ledger does not name whose record was destroyed: %+v", last)
		}
		for _, check := range []string{"retention.never-early", "retention.term", "retention.by-many", "retention.gone", "retention.only-way"} {
			if f := a.verdict(check); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check, f)
			}
		}
	})
}

func TestNobodyListsARecordWhoseTermRuns(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		over, runs, again := a.patient("1", oldVisit), a.patient("2", oldStay, came{patient.Outpatient, 14}), a.patient("3", came{patient.Inpatient, 16})
		held, sealed := a.patient("4", oldStay), a.patient("5", oldStay)
		must[retention.Hold](t)(a.room.SetHold(a.as("ji"), retention.Holding{Patient: held, Basis: "lawsuit", Words: "法院来函", Until: a.Clock.Now().AddDate(1, 0, 0)}))
		a.seal(sealed)
		_, err := a.room.DrawUp(a.as("an"), retention.DrawingUp{Title: "批", Patients: []string{over, runs, again, held, sealed, over, "nobody"}, Words: "期满"})
		if got := faulttest.Fields(err); got != "patients[1] patients[2] patients[3] patients[4] patients[5] patients[6]" {
			t.Errorf("named %s", got)
		}
		page := must[web.Page[retention.DueItem]](t)(a.room.Due(a.as("an"), web.Paging{}))
		if len(page.Items) != 1 || page.Items[0].Patient != over || page.Items[0].Called == "" {
			t.Errorf("due: %+v", page.Items)
		}
		d := must[retention.Destruction](t)(a.room.DrawUp(a.as("an"), retention.DrawingUp{Title: "批", Words: "期满"}))
		if d.Items != 1 {
			t.Errorf("%d listed", d.Items)
		}
		if _, err := a.room.DrawUp(a.as("an"), retention.DrawingUp{Title: "批", Words: "期满"}); faulttest.Code(err) != "retention.nothing-due" {
			t.Errorf("listed twice: %v", err)
		}
		if _, err := a.room.DrawUp(a.as("an"), retention.DrawingUp{Title: " ", Words: "期满"}); faulttest.Fields(err) != "title" {
			t.Errorf("%v", err)
		}
	})
}

func TestWhoComesAgainMeanwhileIsKept(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		returns, goes, held := a.patient("MZ0001", oldVisit), a.patient("2", oldVisit), a.patient("3", oldVisit)
		d := a.witnessed(a.approved(returns, goes, held))
		a.visit(returns, came{patient.Emergency, 0})
		must[retention.Hold](t)(a.room.SetHold(a.as("ji"), retention.Holding{Patient: held, Basis: "inquiry", Words: "纪检调查", Until: a.Clock.Now().AddDate(0, 1, 0)}))
		d = must[retention.Destruction](t)(a.room.Destroy(a.as("an"), d.ID, d.Rev))
		why := map[string]string{}
		for _, item := range a.seen(d.ID).Items {
			why[item.Patient] = item.State + " " + item.Kept
		}
		if d.Destroyed != 1 || d.Kept != 2 || why[returns] != "kept term" || why[held] != "kept hold" || why[goes] != "destroyed " {
			t.Errorf("%+v %v", d, why)
		}
		if card := must[[]patient.Card](t)(a.patients.Locate(a.as("chen"), "MZ0001")); len(card) != 1 {
			t.Error("the record of who came again is gone")
		}
	})
}

func TestADestructionTakesUnrelatedPeopleInTheirOrder(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		keep, goes := a.patient("1", oldVisit), a.patient("2", oldVisit)
		d := a.drawn(keep, goes)
		if _, err := a.room.Approve(a.as("yiwu"), d.ID, d.Rev, ""); faulttest.Code(err) != "retention.out-of-order" {
			t.Errorf("approved before the appraisal: %v", err)
		}
		if _, err := a.room.Appraise(a.as("zhi"), d.ID, d.Rev, []string{"nobody"}, "鉴定"); faulttest.Fields(err) != "keep[0]" {
			t.Errorf("%v", err)
		}
		if _, err := a.room.Appraise(a.as("zhi"), d.ID, d.Rev, []string{keep, goes}, "鉴定"); faulttest.Code(err) != "retention.all-kept" {
			t.Errorf("%v", err)
		}
		d = must[retention.Destruction](t)(a.room.Appraise(a.as("zhi"), d.ID, d.Rev, []string{keep}, "一份有科研价值"))
		if _, err := a.room.Approve(a.as("yuan"), d.ID, d.Rev, ""); faulttest.Code(err) != "retention.other-office" {
			t.Errorf("out of turn: %v", err)
		}
		a.bonds = staff.Bonds{Creations: []staff.Creation{{By: a.people["zhi"], Whom: a.people["yiwu"]}}}
		if _, err := a.room.Approve(a.as("yiwu"), d.ID, d.Rev, ""); faulttest.Code(err) != "retention.one-person" {
			t.Errorf("by whose account the appraiser made: %v", err)
		}
		a.bonds = staff.Bonds{}
		for _, who := range []string{"yiwu", "safe", "yuan"} {
			if n := a.Count("duty_task WHERE kind = 'retention.approval' AND state = 'open'"); n != 1 {
				t.Errorf("%d offices are asked before %s", n, who)
			}
			d = must[retention.Destruction](t)(a.room.Approve(a.as(who), d.ID, d.Rev, "同意"))
		}
		if _, err := a.room.Witness(a.as("an"), d.ID, d.Rev); err == nil {
			t.Error("who drew it up witnessed it")
		}
		d = must[retention.Destruction](t)(a.room.Witness(a.as("ji"), d.ID, d.Rev))
		if _, err := a.room.Destroy(a.as("bin"), d.ID, d.Rev); faulttest.Code(err) != "retention.witnesses" {
			t.Errorf("before one witness: %v", err)
		}
		d = must[retention.Destruction](t)(a.room.Witness(a.as("bin"), d.ID, d.Rev))
		if _, err := a.room.Destroy(a.as("bin"), d.ID, d.Rev); faulttest.Code(err) != "retention.one-person" {
			t.Errorf("by a witness: %v", err)
		}
		if _, err := a.room.Destroy(a.as("an"), d.ID, d.Rev-1); faulttest.Code(err) != "retention.moved" {
			t.Errorf("from an older page: %v", err)
		}
		a.Clock.Advance(2 * time.Hour)
		if _, err := a.room.Destroy(a.as("an"), d.ID, d.Rev); faulttest.Code(err) != "retention.witnesses" {
			t.Errorf("hours after the witnesses: %v", err)
		}
		d = a.witnessed(d)
		d = must[retention.Destruction](t)(a.room.Destroy(a.as("an"), d.ID, d.Rev))
		if d.Destroyed != 1 || d.Kept != 1 {
			t.Errorf("%+v", d)
		}
		if f := a.verdict("retention.by-many"); f.Verdict != evidence.Met {
			t.Errorf("%+v", f)
		}
	})
}

func TestAStoppedListLetsItsRecordsGo(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		one := a.patient("1", oldVisit)
		d := a.approved(one)
		if _, err := a.room.Stop(a.as("yuan"), d.ID, d.Rev, " "); faulttest.Fields(err) != "words" {
			t.Errorf("%v", err)
		}
		d = must[retention.Destruction](t)(a.room.Stop(a.as("yuan"), d.ID, d.Rev, "档案馆拟接收"))
		if _, err := a.room.Destroy(a.as("an"), d.ID, d.Rev); faulttest.Code(err) != "retention.out-of-order" {
			t.Errorf("%v", err)
		}
		if n := a.Count("duty_task WHERE kind = 'retention.carry-out' AND state = 'open'"); n != 0 {
			t.Errorf("%d are still asked to carry it out", n)
		}
		a.drawn(one)
	})
}

func TestAHoldEndsByItsDayOrByAnother(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		one, other := a.patient("1", oldVisit), a.patient("2", oldVisit)
		now := a.Clock.Now()
		_, err := a.room.SetHold(a.as("ji"), retention.Holding{Patient: one, Basis: "whim", Words: "", Until: now.AddDate(6, 0, 0)})
		if got := faulttest.Fields(err); got != "basis until words" {
			t.Errorf("named %s", got)
		}
		first := must[retention.Hold](t)(a.room.SetHold(a.as("ji"), retention.Holding{Patient: one, Basis: "lawsuit", Words: "法院来函", Until: now.AddDate(0, 0, 30)}))
		second := must[retention.Hold](t)(a.room.SetHold(a.as("ji"), retention.Holding{Patient: other, Basis: "research", Words: "队列研究", Until: now.AddDate(0, 0, 30)}))
		if _, err := a.room.LiftHold(a.as("ji"), first.ID); err == nil {
			t.Error("who set it lifted it")
		}
		must[retention.Hold](t)(a.room.LiftHold(a.as("yiwu"), first.ID))
		if _, err := a.room.LiftHold(a.as("yiwu"), first.ID); faulttest.Code(err) != "retention.hold-over" {
			t.Errorf("%v", err)
		}
		due := func() (patients []string) {
			for _, item := range must[web.Page[retention.DueItem]](t)(a.room.Due(a.as("an"), web.Paging{})).Items {
				patients = append(patients, item.Patient)
			}
			return patients
		}
		if got := due(); !slices.Equal(got, []string{one}) {
			t.Errorf("due: %v", got)
		}
		a.Clock.Advance(31 * 24 * time.Hour)
		if got := due(); len(got) != 2 {
			t.Errorf("after its day: %v", got)
		}
		if l := must[retention.Listed[retention.Hold]](t)(a.room.Holds(a.as("an"), web.Paging{})); len(l.Items) != 2 || slices.ContainsFunc(l.Items, func(h retention.Hold) bool { return h.Holds(a.Clock.Now()) }) {
			t.Errorf("%+v", l.Items)
		}
		if second.Patient != other {
			t.Errorf("%+v", second)
		}
	})
}

func TestAKeyThatVanishedOtherwiseIsFound(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		one := a.patient("1", oldVisit)
		a.Behind("DELETE FROM vault_key WHERE subject = $1", one)
		if f := a.verdict("retention.only-way"); f.Verdict != evidence.NotMet {
			t.Errorf("%+v", f)
		}
	})
}
