package recipient_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/staff"
)

func TestNothingGoesToARecipientBeforeSomebodyElseApprovedIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient := o.bring("李四")
		x, err := o.room.Register(o.as("sys"), o.platform())
		if err != nil || o.tasks(recipient.Approval, x.ID) != 1 {
			t.Fatalf("%v: %v", x, err)
		}
		if _, err := o.room.Send(o.as("yiwu"), leaving(x, "甲", patient)); code(err) != "recipient.not-live" {
			t.Errorf("a draft was sent to: %v", err)
		}
		if _, err := o.room.Approve(o.as("sys"), x.ID); code(err) != act.ErrRefused.Name {
			t.Errorf("whoever registered it approved it: %v", err)
		}
		o.bonds = staff.Bonds{Delegations: []staff.Delegation{{From: o.people["sys"], To: o.people["safe"], Since: o.Clock.Now().Add(-time.Hour), Until: o.Clock.Now().Add(time.Hour)}}}
		if _, err := o.room.Approve(o.as("safe"), x.ID); code(err) != "recipient.one-person" {
			t.Errorf("his deputy approved it: %v", err)
		}
		o.bonds = staff.Bonds{}
		if x, err = o.room.Approve(o.as("safe"), x.ID); err != nil || x.State != recipient.Live {
			t.Fatal(err)
		}
		o.Clock.Advance(time.Second)
		if s := o.mustSend(leaving(x, "甲", patient)); s.Sequence != 1 || s.Basis != o.platform().Basis {
			t.Errorf("%+v", s)
		}
		results := leaving(x, "甲", patient)
		results.Shape = "results"
		if _, err := o.room.Send(o.as("yiwu"), results); code(err) != "recipient.out-of-scope" {
			t.Errorf("what was not approved was sent: %v", err)
		}
		if found := o.findings(recipient.Open); len(found) != 2 || found[0].Why != "recipient.out-of-scope" || found[1].Why != "recipient.not-live" {
			t.Errorf("refusals that were kept: %+v", found)
		}
		if _, err := o.room.Send(o.as("wang"), leaving(x, "甲", patient)); code(err) != act.ErrRefused.Name {
			t.Errorf("an attending sent something: %v", err)
		}
	})
}

func TestAChangeWaitsBesideWhatIsInForce(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient := o.bring("李四")
		x := o.live(o.platform())
		wider := o.platform()
		wider.Shapes = []string{"documents", "results"}
		x, err := o.room.Change(o.as("li"), x.ID, x.Rev, wider)
		if err != nil || x.State != recipient.Live || x.Takes("results") {
			t.Fatalf("%+v %v", x, err)
		}
		o.mustSend(leaving(x, "甲", patient))
		if _, err := o.room.Change(o.as("li"), x.ID, x.Rev-1, wider); code(err) != "recipient.changed" {
			t.Errorf("an old page was taken: %v", err)
		}
		if x, err = o.room.Return(o.as("safe"), x.ID, "范围过大"); err != nil || x.Takes("results") || x.State != recipient.Live {
			t.Errorf("%+v %v", x, err)
		}
		if x, err = o.room.Change(o.as("li"), x.ID, x.Rev, wider); err == nil {
			x, err = o.room.Approve(o.as("safe"), x.ID)
		}
		if err != nil || !x.Takes("results") {
			t.Errorf("%+v %v", x, err)
		}
	})
}

func TestARecipientEndsAtItsMomentAndItsOwnerIsAskedBefore(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		patient := o.bring("李四")
		x := o.live(o.platform())
		o.Clock.Advance(280 * 24 * time.Hour)
		o.tick()
		if o.tasks(recipient.Renewal, x.ID) != 1 {
			t.Error("the owner was not asked")
		}
		o.mustSend(leaving(x, "甲", patient))
		o.Clock.Advance(x.Until.Sub(o.Clock.Now()) - time.Second)
		o.mustSend(leaving(x, "乙", patient))
		o.Clock.Advance(time.Second)
		if _, err := o.room.Send(o.as("yiwu"), leaving(x, "丙", patient)); code(err) != "recipient.not-live" {
			t.Errorf("it was over, and nobody had done anything: %v", err)
		}
		o.tick()
		seen, err := o.room.View(o.as("auditor"), x.ID)
		if err != nil || seen.State != recipient.Suspended || seen.Why != recipient.TimeOver {
			t.Errorf("%+v %v", seen.Recipient, err)
		}
		if _, err := o.room.Begin(o.as("sys"), x.ID); code(err) != "recipient.over" {
			t.Errorf("it was begun again: %v", err)
		}
		longer := o.platform()
		longer.Since, longer.Until = o.Clock.Now(), o.Clock.Now().AddDate(1, 0, 0)
		if x, err = o.room.Change(o.as("li"), x.ID, seen.Rev, longer); err == nil {
			x, err = o.room.Approve(o.as("safe"), x.ID)
		}
		if err != nil || !x.Live(o.Clock.Now()) {
			t.Errorf("%+v %v", x, err)
		}
	})
}

func TestSendingsAreNumberedAndComparedWithTheirReceipts(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		li, wang := o.bring("李四"), o.bring("王五")
		x := o.live(o.platform())
		first, second, third := o.mustSend(leaving(x, "甲", li)), o.mustSend(leaving(x, "乙", li, wang)), o.mustSend(leaving(x, "丙", wang))
		if first.Sequence != 1 || second.Sequence != 2 || third.Sequence != 3 || second.Count != 2 {
			t.Errorf("%d %d %d", first.Sequence, second.Sequence, third.Sequence)
		}
		receive := func(s recipient.Sending, content, want string) {
			t.Helper()
			r, err := o.room.Receive(o.as("yiwu"), s.ID, recipient.Receiving{Digest: digest(content)})
			if err != nil || r.Outcome != want {
				t.Errorf("%+v: %v, want %s", r, err, want)
			}
		}
		receive(first, "甲", recipient.Matched)
		receive(first, "甲", recipient.Duplicate)
		receive(second, "乙改", recipient.Altered)
		if o.tasks(recipient.Recall, second.ID) != 1 {
			t.Error("nobody was asked to recall what arrived altered")
		}
		o.Clock.Advance(25 * time.Hour)
		o.tick()
		if o.tasks(recipient.Missing, third.ID) != 1 || o.tasks(recipient.Missing, first.ID) != 0 {
			t.Error("the sender was not asked for the receipt that did not come")
		}
		o.tick()
		receive(third, "丙", recipient.Late)
		if o.tasks(recipient.Missing, third.ID) != 0 {
			t.Error("the sender is still asked")
		}
		if _, err := o.room.Receive(o.as("wang"), first.ID, recipient.Receiving{Digest: digest("甲")}); code(err) != act.ErrRefused.Name {
			t.Errorf("somebody else recorded a receipt: %v", err)
		}
		trace := func(q recipient.Query) int {
			t.Helper()
			return len(webtest.EveryPage(t, func(cursor string) (web.Page[recipient.Sent], error) {
				page, err := o.room.Trace(o.as("auditor"), q, web.Paging{Cursor: cursor, Limit: 1})
				return page.Page, err
			}))
		}
		for name, q := range map[string]struct {
			recipient.Query
			want int
		}{
			"all": {recipient.Query{}, 3}, "of one patient": {recipient.Query{Patient: li}, 2}, "of another recipient": {recipient.Query{Recipient: "x"}, 0},
			"before": {recipient.Query{To: first.Sent}, 0}, "since": {recipient.Query{From: first.Sent, Patient: wang}, 2}, "altered": {recipient.Query{Outcome: recipient.Altered}, 1},
			"absent": {recipient.Query{Outcome: recipient.Absent}, 1}, "awaited": {recipient.Query{Outcome: recipient.AwaitsReceipt}, 0},
		} {
			if got := trace(q.Query); got != q.want {
				t.Errorf("%s: %d sendings, want %d", name, got, q.want)
			}
		}
		opened, err := o.room.ViewSending(o.as("auditor"), second.ID)
		if err != nil || len(opened.Items) != 2 || len(opened.Patients) != 2 || opened.Receipts[0].Outcome != recipient.Altered {
			t.Errorf("%+v %v", opened, err)
		}
		if strings.Contains(string(second.Items), "doc-") {
			t.Error("what was sent can be read in the row")
		}
		for _, check := range o.room.Checks() {
			if f := check.Ask(t.Context()); f.Figure == "" {
				t.Errorf("%s does not answer: %+v", check.ID, f)
			}
		}
	})
}

func TestTrafficOfTheHouseGoesOnlyWhereSomebodyIsRegistered(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.system()
		to := dial.Destination{Address: s.URL + "/x", Internal: true}
		in := s.writing(o)
		in.Kind, in.Shapes, in.Code = "service", []string{"notices"}, "robot"
		post := func() error {
			_, err := dial.New(certified(s)).Guarded(o.room.Admits(recipient.ShapeNotices)).Post(context.Background(), to, nil, []byte("x"))
			return err
		}
		if err := post(); code(err) != "recipient.unregistered" || len(s.got) != 0 {
			t.Errorf("%v, arrived %d times", err, len(s.got))
		}
		x := o.live(in)
		if err := post(); err != nil || len(s.got) != 1 {
			t.Errorf("%v, arrived %d times", err, len(s.got))
		}
		if _, err := o.room.Suspend(o.as("li"), x.ID, "改造"); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(time.Second)
		if err := post(); code(err) != "recipient.not-live" || len(s.got) != 1 {
			t.Errorf("%v, arrived %d times", err, len(s.got))
		}
		found := o.findings(recipient.Open)
		if len(found) != 2 || found[0].Times != 1 || found[1].Destination != "127.0.0.1" {
			t.Fatalf("%+v", found)
		}
		if _, err := o.room.Settle(o.as("safe"), found[0].ID, "已知，恢复中"); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(time.Minute)
		_ = post()
		if found = o.findings(recipient.Open); len(found) != 2 || found[0].Times != 2 {
			t.Errorf("what was settled and is seen again: %+v", found)
		}
		in.Kind, in.Shapes, in.Code = "service", []string{"documents"}, "other"
		if _, err := o.room.Register(o.as("sys"), in); code(err) != "recipient.input" {
			t.Errorf("a service was to get documents: %v", err)
		}
	})
}

func TestAFirewallShowsWhatWentPastTheRegister(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live(o.platform())
		o.Clock.Advance(time.Hour)
		log := "时间,目的,字节\n" +
			"2026-03-02T00:10:00Z,203.0.113.7:443,100\n" + // seen as the platform
			"2026-03-02T00:10:00Z,https://platform.example/in,1\n" +
			"2026-03-02T00:11:00Z,10.1.2.3:8080,5\n" + // inside
			"2026-03-02T00:12:00Z,pan.example:443,700\n" +
			"2026-03-02T00:20:00Z,PAN.example,300\n"
		mapping := recipient.Mapping{Time: "时间", Destination: "目的", Bytes: "字节"}
		c, err := o.room.Compare(o.as("net"), mapping, log)
		if err != nil || c.Lines != 5 || c.Inside != 1 || c.Hosts != 3 || c.Known != 2 || len(c.Findings) != 1 {
			t.Fatalf("%+v %v", c, err)
		}
		f := c.Findings[0]
		if f.Destination != "pan.example" || f.Bytes != 1000 || f.Times != 2 || f.Last.Sub(f.First) != 8*time.Minute || o.tasks(recipient.Unregistered, f.ID) != 1 {
			t.Errorf("%+v", f)
		}
		if _, err := o.room.Settle(o.as("net"), f.ID, "x"); code(err) != act.ErrRefused.Name {
			t.Errorf("whoever runs the network settled it: %v", err)
		}
		if f, err = o.room.Settle(o.as("safe"), f.ID, "个人网盘，已封禁"); err != nil || f.State != recipient.Settled || o.tasks(recipient.Unregistered, f.ID) != 0 {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := o.room.Compare(o.as("net"), mapping, "时间,目的\n"); code(err) != "recipient.log" {
			t.Errorf("a column is missing: %v", err)
		}
		if _, err := o.room.Compare(o.as("wang"), mapping, log); code(err) != act.ErrRefused.Name {
			t.Errorf("an attending handed in a log: %v", err)
		}
	})
}

func TestInputIsToldWhatIsWrongWithIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for field, spoil := range map[string]func(in *recipient.Writing){
			"code": func(in *recipient.Writing) { in.Code = "A B" }, "nameZh": func(in *recipient.Writing) { in.NameZH = "" }, "basis": func(in *recipient.Writing) { in.Basis = " " },
			"owner": func(in *recipient.Writing) { in.Owner = "nobody" }, "kind": func(in *recipient.Writing) { in.Kind = "x" }, "shapes": func(in *recipient.Writing) { in.Shapes = nil },
			"address": func(in *recipient.Writing) { in.Address = "ftp://x" }, "pem": func(in *recipient.Writing) { in.PEM = "x" }, "hours": func(in *recipient.Writing) { in.Hours = -1 },
			"until": func(in *recipient.Writing) { in.Until = in.Since }, "verified": func(in *recipient.Writing) { in.Verified = "" },
		} {
			in := o.platform()
			spoil(&in)
			_, err := o.room.Register(o.as("sys"), in)
			text, _ := json.Marshal(errorFields(err))
			if code(err) != "recipient.input" || !strings.Contains(string(text), `"`+field) {
				t.Errorf("%s: %v %s", field, err, text)
			}
		}
		o.live(o.platform())
		if _, err := o.room.Register(o.as("sys"), o.platform()); code(err) != "recipient.code-taken" {
			t.Errorf("the same code twice: %v", err)
		}
	})
}
