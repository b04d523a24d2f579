package debarment_test

import (
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/staff"
)

func TestNobodyIsBarredByOnePerson(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		d, err := o.room.Propose(o.as("yiwu"), o.firm())
		o.must(err)
		if o.tasks(debarment.Approval, d.ID) != 1 {
			t.Error("nobody was asked to settle it")
		}
		if _, err := o.staff.AddVendor(o.as("safe"), "91330000MA0000001X", "东澜数据有限公司"); err != nil {
			t.Errorf("what is only proposed bars already: %v", err)
		}
		if _, err := o.room.Settle(o.as("yiwu"), d.ID, d.Rev, true); code(err) != "act.refused" {
			t.Errorf("whoever proposed it agreed: %v", err)
		}
		o.bonds.Creations = []staff.Creation{{By: o.people["yiwu"], Whom: o.people["jijian"]}}
		if _, err := o.room.Settle(o.as("jijian"), d.ID, d.Rev, true); code(err) != "debarment.one-person" {
			t.Errorf("somebody whose account he made agreed: %v", err)
		}
		o.bonds = staff.Bonds{}
		held, err := o.room.Settle(o.as("jijian"), d.ID, d.Rev, true)
		o.must(err)
		if !held.Holds(o.Clock.Now()) || o.tasks(debarment.Approval, d.ID) != 0 || o.tasks(debarment.Review, d.ID) != 1 {
			t.Errorf("%+v", held)
		}
		if f := o.check("debarment.by-two"); f.Verdict != evidence.Met || f.Figure != "0 / 1" {
			t.Errorf("%+v", f)
		}
	})
}

func TestWhoeverNamesABarredNumberIsRefusedAndItIsOnRecord(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		d := o.bar(o.firm())
		for range 2 {
			_, err := o.staff.AddVendor(o.as("safe"), "91330000ma0000001x", "换了名字的公司")
			if code(err) != "debarment.barred" || fault.From(err).Fields[0].Path != "name" {
				t.Fatalf("%v", err)
			}
		}
		if n := o.Count("staff_vendor"); n != 0 {
			t.Errorf("%d vendors were kept", n)
		}
		all := o.hits("open")
		if len(all) != 1 || all[0].Times != 2 || all[0].How != debarment.ByNumber || all[0].Party.Name != "换了名字的公司" || all[0].Person != o.people["safe"] || all[0].Debarment != d.ID {
			t.Fatalf("%+v", all)
		}
		if o.tasks(debarment.Judging, all[0].ID) != 1 || o.Last().Verb != "debarment.list" {
			t.Error("those who keep the register were not told")
		}
		if _, err := o.room.Judge(o.as("yiwu"), all[0].ID, debarment.Another, "同号不同人"); code(err) != "debarment.out-of-order" {
			t.Errorf("a number was said to be another's: %v", err)
		}
		_, err := o.room.Judge(o.as("yiwu"), all[0].ID, debarment.Noted, "已告知招采中心")
		o.must(err)
		if _, err := o.staff.AddVendor(o.as("safe"), "91330000MA0000001X", "换了名字的公司"); code(err) != "debarment.barred" {
			t.Errorf("what was looked at lets in: %v", err)
		}
	})
}

func TestANameAloneStopsUntilAPersonHasSaidThatItIsAnother(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.bar(o.person("王 伟"))
		added := func(number string) error {
			_, err := o.staff.AddPerson(o.as("safe"), staff.NewPerson{Number: number, NameZH: "王伟", Category: staff.Employee})
			return err
		}
		if err := added("A1"); code(err) != "debarment.namesake" {
			t.Fatalf("%v", err)
		}
		hit := o.hits("open")[0]
		if _, err := o.room.Judge(o.as("safe"), hit.ID, debarment.Another, "核对身份证"); code(err) != "act.refused" {
			t.Errorf("whoever was stopped judged it: %v", err)
		}
		_, err := o.room.Judge(o.as("yiwu"), hit.ID, debarment.Another, "出生年份不同，已核对身份证")
		o.must(err)
		o.must(added("A1"))
		if err := added("A2"); code(err) != "debarment.namesake" {
			t.Errorf("another of that name came in by the word about the first: %v", err)
		}
		second := o.hits("open")[0]
		_, err = o.room.Judge(o.as("yiwu"), second.ID, debarment.Another, "年龄不同")
		o.must(err)
		o.Clock.Advance(91 * 24 * time.Hour)
		if err := added("A2"); code(err) != "debarment.namesake" {
			t.Errorf("the word counts for ever: %v", err)
		}
		same := o.hits("open")[0]
		_, err = o.room.Judge(o.as("jijian"), same.ID, debarment.Same, "照片一致")
		o.must(err)
		if err := added("A2"); code(err) != "debarment.barred" {
			t.Errorf("%v", err)
		}
	})
}

func TestWhoWorkedHereIsKnownByHisPlaceInTheList(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		in := o.person("zhang")
		in.Person = o.hired("zhang", "nurse")
		o.bar(in)
		standing := o.hits("open")
		if len(standing) != 1 || standing[0].Verb != debarment.Standing || standing[0].How != debarment.ByPerson {
			t.Fatalf("that he works here still was told to nobody: %+v", standing)
		}
		_, err := o.staff.Appoint(o.as("safe"), staff.NewAppointment{Person: in.Person, Role: "technician", Department: o.officeID, Until: o.Clock.Now().AddDate(1, 0, 0)})
		if code(err) != "debarment.barred" {
			t.Errorf("%v", err)
		}
	})
}

func TestADebarmentEndsInTimeOrByTwo(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		in := o.firm()
		in.Until, in.Review = o.Clock.Now().Add(30*24*time.Hour), time.Time{}
		d := o.bar(in)
		tried := func() error {
			_, err := o.staff.AddVendor(o.as("safe"), "91330000MA0000001X", "东澜")
			return err
		}
		d, err := o.room.Change(o.as("yiwu"), d.ID, d.Rev, debarment.Changing{End: true, Words: "判决被撤销"})
		o.must(err)
		if code(tried()) != "debarment.barred" {
			t.Error("it ended by one person")
		}
		d, err = o.room.Settle(o.as("jijian"), d.ID, d.Rev, false)
		o.must(err)
		if !d.Holds(o.Clock.Now()) || len(d.Wanted) != 0 {
			t.Errorf("%+v", d)
		}
		o.Clock.Advance(30 * 24 * time.Hour)
		o.must(tried())
	})
}

func TestAMissedReviewIsRedAndBarsAllTheSame(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		d := o.bar(o.firm())
		o.Clock.Advance(200 * 24 * time.Hour)
		if f := o.check("debarment.reviewed"); f.Verdict != evidence.NotMet || f.Figure != "1 / 1" {
			t.Errorf("%+v", f)
		}
		if _, err := o.staff.AddVendor(o.as("safe"), "91330000MA0000001X", "东澜"); code(err) != "debarment.barred" {
			t.Errorf("%v", err)
		}
		d, err := o.room.Change(o.as("safe"), d.ID, d.Rev, debarment.Changing{Review: o.Clock.Now().AddDate(1, 0, 0), Words: "仍在经营"})
		o.must(err)
		_, err = o.room.Settle(o.as("yiwu"), d.ID, d.Rev, true)
		o.must(err)
		if f := o.check("debarment.reviewed"); f.Verdict != evidence.Met {
			t.Errorf("%+v", f)
		}
	})
}

func TestALeakedCopyIsTracedToWhoReceivedIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.copies["CODE"] = debarment.Copy{Issue: "issue", Serial: "20260302-1", Person: o.people["li"], Kind: debarment.Organisation, Names: []string{"东澜数据有限公司"}}
		if _, err := o.room.Trace(o.as("jijian"), "OTHER"); code(err) != "debarment.input" {
			t.Errorf("%v", err)
		}
		traced, err := o.room.Trace(o.as("jijian"), "CODE")
		o.must(err)
		if traced.Resolved != debarment.Organisation || traced.Copy.Names[0] != "东澜数据有限公司" {
			t.Errorf("%+v", traced)
		}
		in := o.firm()
		in.Traced = traced.ID
		o.bar(in)
		if f := o.check("debarment.traces"); f.Figure != "1 / 1" || !strings.Contains(f.Detail.EN, "2 traces, 1 of copies of this house, 1 led") || !strings.Contains(f.Detail.EN, "1 were proposed") {
			t.Errorf("%+v", f)
		}
		in.Number, in.Traced = "91330000MA0000002X", "nothing"
		if _, err := o.room.Propose(o.as("yiwu"), in); code(err) != "debarment.input" {
			t.Errorf("%v", err)
		}
	})
}

func TestWhatIsSealedCannotBeReadInTheStoreAndTheSameNumberIsNotBarredTwice(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		d := o.bar(o.firm())
		if strings.Contains(string(d.Content), "东澜") || strings.Contains(d.Number, "9133") {
			t.Error("a name or number lies open")
		}
		if _, err := o.room.Propose(o.as("safe"), o.firm()); code(err) != "debarment.already" {
			t.Errorf("%v", err)
		}
		page, err := o.room.List(o.as("jijian"), debarment.Held, web.Paging{})
		o.must(err)
		if len(page.Items) != 1 || page.Items[0].Name != "东澜数据有限公司" {
			t.Errorf("%+v", page.Items)
		}
		if _, err := o.room.List(o.as("li"), "", web.Paging{}); err == nil {
			t.Error("somebody who has nothing to do with it read the register")
		}
	})
}

func TestBadInputNamesTheField(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for field, spoil := range map[string]func(*debarment.Proposal){
			"name":               func(p *debarment.Proposal) { p.Name = " —— " },
			"basis":              func(p *debarment.Proposal) { p.Basis = "" },
			"evidence":           func(p *debarment.Proposal) { p.Evidence = nil },
			"evidence[0].digest": func(p *debarment.Proposal) { p.Evidence = []debarment.Proof{{What: "判决", Digest: "x"}} },
			"review":             func(p *debarment.Proposal) { p.Review = time.Time{} },
			"until":              func(p *debarment.Proposal) { p.Until = o.Clock.Now().Add(-time.Hour) },
			"kind":               func(p *debarment.Proposal) { p.Kind = "dog" },
			"person":             func(p *debarment.Proposal) { p.Person = "nobody" },
		} {
			in := o.firm()
			spoil(&in)
			_, err := o.room.Propose(o.as("yiwu"), in)
			if code(err) != "debarment.input" || fault.From(err).Fields[0].Path != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestARosterNamesTheRowOfWhomItMustNotAdd(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.bar(o.person("王伟"))
		plan, err := o.staff.PreviewRoster(o.as("safe"), []byte("工号,姓名,类别,状态\nR1,李明,本院职工,在职\nR2,王伟,本院职工,在职\n"))
		o.must(err)
		if len(plan.Faults) != 1 || plan.Faults[0].Row != 3 || plan.Faults[0].Column != "nameZh" {
			t.Fatalf("%+v", plan.Faults)
		}
		if all := o.hits("open"); len(all) != 1 || all[0].About != "staff:R2" {
			t.Errorf("%+v", all)
		}
	})
}
