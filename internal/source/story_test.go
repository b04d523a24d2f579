package source_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
)

func TestAnInterfaceIsRegisteredPromisedApprovedAndBegun(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.registered(o.his())
		if s.State != source.Draft || o.tasks(source.Promise, s.ID) != 1 {
			t.Fatalf("%+v, %d tasks for the owner", s, o.tasks(source.Promise, s.ID))
		}
		if _, _, err := o.room.IssueKey(o.as("sys"), s.ID, source.Issuing{Kind: source.ByBearer, Until: o.Clock.Now().AddDate(0, 1, 0)}); faulttest.Code(err) != "source.no-agreement" {
			t.Errorf("a key before anybody promised: %v", err)
		}
		if _, err := o.room.Promise(o.as("sys"), s.ID, o.term()); !errors.Is(err, act.ErrRefused) {
			t.Errorf("promised by somebody else: %v", err)
		}
		if _, err := o.room.Promise(o.as("li"), s.ID, o.term()); err != nil {
			t.Fatal(err)
		}
		if o.tasks(source.Promise, s.ID) != 0 || o.tasks(source.Approval, s.ID) != 1 {
			t.Error("the owner is still asked, or nobody is asked to review")
		}
		if _, err := o.room.Begin(o.as("net"), s.ID); faulttest.Code(err) != "source.out-of-order" {
			t.Errorf("begun unapproved: %v", err)
		}
		s, err := o.room.Approve(o.as("safe"), s.ID)
		if err != nil || s.State != source.Approved {
			t.Fatalf("%+v: %v", s, err)
		}
		if e := o.Last(); e.Verb != "source.approve" || e.Note["source"] != s.ID || e.Note["agreement"] != s.Agreement {
			t.Errorf("the account: %+v", e)
		}
		_, token := o.bearer(s)
		o.mustCall("before it was begun", with(token), 403, "source.not-live")
		if _, err := o.room.Begin(o.as("net"), s.ID); err != nil {
			t.Fatal(err)
		}
		o.mustCall("live", with(token), 200, "")
		if e := o.Last(); e.Verb != "source.call" || e.Actor.ID != s.ID || e.Actor.Kind != act.Feed || e.Outcome != ledger.Done {
			t.Errorf("the account of a call: %+v", e)
		}
		seen := o.seen(s)
		if len(seen.Agreements) != 1 || seen.Agreements[0].State != source.InForce || seen.Agreements[0].SigningKey == "" || seen.Keys != 1 || seen.Health.Calls != 1 || seen.Health.Refused != 1 {
			t.Errorf("%+v", seen)
		}
	})
}

func TestTwoUnrelatedPeopleStandBehindAnInterface(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		in := o.his()
		in.Owner = o.people["safe"]
		s := o.registered(in)
		if _, err := o.room.Promise(o.as("safe"), s.ID, o.term()); err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.Approve(o.as("safe"), s.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("approved by its owner: %v", err)
		}
		o.bonds = staff.Bonds{Creations: []staff.Creation{{By: o.people["head"], Whom: o.people["safe"]}}}
		if _, err := o.room.Approve(o.as("head"), s.ID); faulttest.Code(err) != "source.one-person" {
			t.Errorf("approved by who made the account of its owner: %v", err)
		}
		o.bonds = staff.Bonds{}
		o.stale["head"] = true
		if _, err := o.room.Approve(o.as("head"), s.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("approved without showing again who he is: %v", err)
		}
		o.stale["head"] = false
		if _, err := o.room.Return(o.as("head"), s.ID, ""); faulttest.Fields(err) != "words" {
			t.Errorf("returned without a reason: %v", err)
		}
		if _, err := o.room.Return(o.as("head"), s.ID, "范围过大"); err != nil {
			t.Fatal(err)
		}
		if o.tasks(source.Promise, s.ID) != 1 || o.tasks(source.Approval, s.ID) != 0 {
			t.Error("the owner is not asked again")
		}
		if _, err := o.room.Approve(o.as("head"), s.ID); faulttest.Code(err) != "source.out-of-order" {
			t.Errorf("approved what was returned: %v", err)
		}
	})
}

func TestWhatChangesTheScopeEndsTheAgreement(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		_, token := o.bearer(s)
		in := o.his()
		in.NameZH, in.SilentMinutes = "新名称", 30
		s = o.seen(s).Source
		s, err := o.room.Change(o.as("sys"), s.ID, s.Rev, in)
		if err != nil || s.State != source.Live || s.NameZH != "新名称" {
			t.Fatalf("a name is no scope: %+v %v", s, err)
		}
		if _, err := o.room.Change(o.as("sys"), s.ID, s.Rev-1, in); faulttest.Code(err) != "source.changed" {
			t.Errorf("written over: %v", err)
		}
		in.Shapes = append(in.Shapes, "documents")
		if _, err := o.room.Change(o.as("sys"), s.ID, s.Rev, in); faulttest.Code(err) != "source.out-of-order" {
			t.Errorf("widened while live: %v", err)
		}
		s, err = o.room.Suspend(o.as("sys"), s.ID, "扩大范围")
		if err != nil {
			t.Fatal(err)
		}
		o.mustCall("suspended", with(token), 403, "source.not-live")
		s, err = o.room.Change(o.as("sys"), s.ID, s.Rev, in)
		if err != nil || s.State != source.Draft || s.Agreement != "" || o.tasks(source.Promise, s.ID) != 1 {
			t.Fatalf("%+v %v", s, err)
		}
		if _, err := o.room.Begin(o.as("net"), s.ID); faulttest.Code(err) != "source.out-of-order" {
			t.Errorf("begun on an old promise: %v", err)
		}
	})
}

func TestAnAgreementEndsByItselfAndWarnsBefore(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		o.Clock.Advance(200 * 24 * time.Hour)
		o.tick()
		if o.tasks(source.Renewal, s.ID) != 0 {
			t.Error("warned after half a year")
		}
		o.Clock.Advance(80 * 24 * time.Hour)
		o.tick()
		o.tick()
		if n := o.tasks(source.Renewal, s.ID); n != 1 {
			t.Errorf("%d warnings at three quarters", n)
		}
		_, token := o.bearer(s)
		o.Clock.Advance(o.seen(s).Until.Add(-time.Second).Sub(o.Clock.Now()))
		o.mustCall("in its last second", with(token), 200, "")
		o.Clock.Advance(time.Second)
		o.mustCall("at its end", with(token), 403, "source.not-live")
		o.Clock.Advance(24 * time.Hour)
		o.tick()
		if s = o.seen(s).Source; s.State != source.Suspended || s.Why != source.AgreementOver {
			t.Errorf("after its end: %s %s", s.State, s.Why)
		}
		if _, err := o.room.Begin(o.as("net"), s.ID); faulttest.Code(err) != "source.no-agreement" {
			t.Errorf("begun without: %v", err)
		}
		if _, err := o.room.Promise(o.as("li"), s.ID, o.term()); err != nil {
			t.Fatal(err)
		}
		if o.tasks(source.Renewal, s.ID) != 0 {
			t.Error("still warned")
		}
		if _, err := o.room.Approve(o.as("safe"), s.ID); err != nil {
			t.Fatal(err)
		}
		if s, err := o.room.Begin(o.as("net"), s.ID); err != nil || !s.Live(o.Clock.Now()) {
			t.Errorf("%+v %v", s, err)
		}
	})
}

func TestARenewalGoesOnWithoutAGap(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		end := o.seen(s).Until
		o.Clock.Advance(300 * 24 * time.Hour)
		in := source.Promising{Words: "续签", Since: end, Until: end.AddDate(1, 0, 0)}
		if _, err := o.room.Promise(o.as("li"), s.ID, in); err != nil {
			t.Fatal(err)
		}
		s, err := o.room.Approve(o.as("safe"), s.ID)
		if err != nil || !s.Live(o.Clock.Now()) || !s.Live(end) || !s.Until.Equal(in.Until) {
			t.Fatalf("%+v %v", s, err)
		}
		if all := o.seen(s).Agreements; all[0].State != source.InForce || all[1].State != source.Replaced {
			t.Errorf("%+v", all)
		}
	})
}

func TestASourceMustSayEverything(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for field, spoil := range map[string]func(in *source.Writing){
			"code":             func(in *source.Writing) { in.Code = "HIS 1" },
			"nameZh":           func(in *source.Writing) { in.NameZH = "" },
			"kinds":            func(in *source.Writing) { in.Kinds = []string{source.ByHand} },
			"owner":            func(in *source.Writing) { in.Owner = "nobody" },
			"purpose":          func(in *source.Writing) { in.Purpose = " " },
			"standard":         func(in *source.Writing) { in.Standard = "HL7 v9" },
			"shapes":           func(in *source.Writing) { in.Shapes = []string{"everything"} },
			"departments":      func(in *source.Writing) { in.Departments = []string{"nowhere"} },
			"senders":          func(in *source.Writing) { in.Senders = nil },
			"networks[0]":      func(in *source.Writing) { in.Networks = []string{"10.1.2.3/24"} },
			"networks":         func(in *source.Writing) { in.Networks = nil },
			"perMinute":        func(in *source.Writing) { in.PerMinute = 0 },
			"silentMinutes":    func(in *source.Writing) { in.SilentMinutes = -1 },
			"senders[0].appli": func(in *source.Writing) { in.Senders = []source.Sender{{}} },
		} {
			in := o.his()
			spoil(&in)
			if _, err := o.room.Register(o.as("sys"), in); !strings.Contains(faulttest.Fields(err), field) {
				t.Errorf("%s: %v", field, err)
			}
		}
		o.registered(o.his())
		if _, err := o.room.Register(o.as("sys"), o.his()); faulttest.Code(err) != "source.code-taken" {
			t.Errorf("registered twice: %v", err)
		}
		if _, err := o.room.Register(o.as("wang"), o.his()); !errors.Is(err, act.ErrRefused) {
			t.Errorf("registered at the bedside: %v", err)
		}
	})
}

func TestTheEndOfASourceEndsItsKeys(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		k, token := o.bearer(s)
		if _, err := o.room.End(o.as("sys"), s.ID, "系统下线"); err != nil {
			t.Fatal(err)
		}
		o.mustCall("after the end", with(token), 401, "source.key")
		seen := o.seen(s)
		if seen.State != source.Ended || seen.Held[0].ID != k.ID || seen.Held[0].Ended.IsZero() {
			t.Errorf("%+v", seen)
		}
		if _, err := o.room.Begin(o.as("net"), s.ID); faulttest.Code(err) != "source.out-of-order" {
			t.Errorf("begun after its end: %v", err)
		}
	})
}

func TestTheRegisterIsReadPageByPage(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for _, code := range []string{"lis", "his", "pacs"} {
			in := o.his()
			in.Code = code
			o.registered(in)
		}
		var codes []string
		for cursor, more := "", true; more; {
			l, err := o.room.List(o.as("auditor"), web.Paging{Cursor: cursor, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range l.Items {
				codes = append(codes, s.Code)
			}
			if l.Names[o.people["li"]].ZH != "li" || l.Departments[o.it].ZH != "信息科" {
				t.Errorf("names: %v %v", l.Names, l.Departments)
			}
			cursor, more = l.Next, l.Next != ""
		}
		if strings.Join(codes, " ") != "his lis pacs" {
			t.Errorf("%v", codes)
		}
		if _, err := o.room.List(o.as("wang"), web.Paging{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("read at the bedside: %v", err)
		}
		if status, _ := o.ask("auditor", http.MethodGet, "/api/sources/choices", ""); status != 200 {
			t.Errorf("choices: %d", status)
		}
	})
}
