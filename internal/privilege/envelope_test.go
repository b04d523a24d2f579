package privilege_test

import (
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/staff"
)

// filled is an envelope whose halves sys and net have written.
func (o *office) filled() privilege.Envelope {
	o.T.Helper()
	e, err := o.room.AddEnvelope(o.as("head"), privilege.AddingEnvelope{Name: "HIS 数据库", System: "his-db", Account: "sysdba"})
	if err != nil {
		o.T.Fatal(err)
	}
	return o.fill(e.ID, "Left-", "Right9")
}

func (o *office) fill(envelope, first, second string) privilege.Envelope {
	o.T.Helper()
	_, err := o.room.FillEnvelope(o.as("sys"), envelope, privilege.FirstHalf, first)
	if err != nil {
		o.T.Fatal(err)
	}
	e, err := o.room.FillEnvelope(o.as("net"), envelope, privilege.SecondHalf, second)
	if err != nil {
		o.T.Fatal(err)
	}
	return e
}

func (o *office) checkedOut(envelope string) privilege.Checkout {
	o.T.Helper()
	c, err := o.room.AskCheckout(o.as("dba"), envelope, "夜间表空间告急", 30)
	if err == nil {
		c, err = o.room.ApproveCheckout(o.as("head"), c.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return c
}

func (o *office) envelope(id string) privilege.Envelope {
	o.T.Helper()
	l, err := o.room.ListEnvelopes(o.as("auditor"), web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	for _, e := range l.Items {
		if e.ID == id {
			return e
		}
	}
	o.T.Fatal("no such envelope")
	return privilege.Envelope{}
}

func TestTwoPeopleFillAnEnvelope(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		e, err := o.room.AddEnvelope(o.as("head"), privilege.AddingEnvelope{Name: "HIS 数据库", System: "his-db", Account: "sysdba"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.AddEnvelope(o.as("head"), privilege.AddingEnvelope{Name: "又一个", System: "his-db", Account: "sysdba"}); faulttest.Code(err) != "privilege.account-taken" {
			t.Errorf("a second envelope for one account: %v", err)
		}
		if _, err := o.room.FillEnvelope(o.as("sys"), e.ID, 3, ""); faulttest.Fields(err) != "secret part" {
			t.Errorf("a third half: %v", err)
		}
		if _, err := o.room.FillEnvelope(o.as("sys"), e.ID, privilege.FirstHalf, "Left-"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.FillEnvelope(o.as("sys"), e.ID, privilege.SecondHalf, "Right9"); faulttest.Code(err) != "privilege.one-person" {
			t.Errorf("both halves by one: %v", err)
		}
		o.remote["net"] = true
		if _, err := o.room.FillEnvelope(o.as("net"), e.ID, privilege.SecondHalf, "Right9"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("from outside: %v", err)
		}
		o.remote["net"] = false
		if _, err := o.room.AskCheckout(o.as("dba"), e.ID, "急", 10); faulttest.Code(err) != "privilege.half-filled" {
			t.Errorf("half of a credential was given out: %v", err)
		}
		done, err := o.room.FillEnvelope(o.as("net"), e.ID, privilege.SecondHalf, "Right9")
		if err != nil || done.State(o.Clock.Now()) != "filled" {
			t.Errorf("%+v: %v", done, err)
		}
	})
}

func TestEachSeesHisHalfOnce(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		e := o.filled()
		c, err := o.room.AskCheckout(o.as("dba"), e.ID, "夜间表空间告急", 30)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.OpenHalf(o.as("dba"), c.ID); faulttest.Code(err) != "privilege.out-of-order" {
			t.Errorf("shown unapproved: %v", err)
		}
		if _, err := o.room.ApproveCheckout(o.as("dba"), c.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("approved by who asked: %v", err)
		}
		o.bonds = staff.Bonds{Resets: []staff.Reset{{By: o.people["head"], Whom: o.people["dba"], At: o.Clock.Now()}}}
		if _, err := o.room.ApproveCheckout(o.as("head"), c.ID); faulttest.Code(err) != "privilege.one-person" {
			t.Errorf("approved by who has just reset the password of who asked: %v", err)
		}
		o.bonds = staff.Bonds{}
		if _, err := o.room.ApproveCheckout(o.as("head"), c.ID); err != nil {
			t.Fatal(err)
		}
		mine, err := o.room.OpenHalf(o.as("dba"), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		his, err := o.room.OpenHalf(o.as("head"), c.ID)
		if err != nil || mine.Secret != "Left-" || mine.Part != 1 || his.Secret != "Right9" || his.Part != 2 {
			t.Errorf("%+v and %+v: %v", mine, his, err)
		}
		for _, who := range []string{"dba", "head"} {
			if _, err := o.room.OpenHalf(o.as(who), c.ID); faulttest.Code(err) != "privilege.already-shown" {
				t.Errorf("%s twice: %v", who, err)
			}
		}
		if _, err := o.room.OpenHalf(o.as("safe"), c.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a third: %v", err)
		}
		if _, err := o.room.AskCheckout(o.as("dba"), e.ID, "再来一次", 10); faulttest.Code(err) != "privilege.half-filled" {
			t.Errorf("a used credential was given out: %v", err)
		}
	})
}

func TestWhoWroteAHalfIsNeverShownTheOther(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for _, pair := range [][2]string{{"sys", "head"}, {"net", "head"}, {"dba", "sys"}, {"dba", "net"}, {"net", "sys"}, {"sys", "net"}} {
			e, err := o.room.AddEnvelope(o.as("head"), privilege.AddingEnvelope{Name: "x", System: pair[0], Account: pair[1]})
			if err != nil {
				t.Fatal(err)
			}
			o.fill(e.ID, "Left-", "Right9")
			c, err := o.room.AskCheckout(o.as(pair[0]), e.ID, "试", 5)
			if err == nil {
				_, err = o.room.ApproveCheckout(o.as(pair[1]), c.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, who := range pair {
				h, err := o.room.OpenHalf(o.as(who), c.ID)
				if err != nil {
					t.Fatal(err)
				}
				if who == "sys" && h.Part != 1 || who == "net" && h.Part != 2 {
					t.Errorf("%v: %s, who wrote the other half, is shown half %d", pair, who, h.Part)
				}
			}
		}
	})
}

func TestAUsedCredentialMustBeChanged(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		e := o.filled()
		c := o.checkedOut(e.ID)
		if _, err := o.room.OpenHalf(o.as("dba"), c.ID); err != nil {
			t.Fatal(err)
		}
		if n := o.tasks(privilege.Rotation, e.ID); n != 1 {
			t.Errorf("%d people are asked to change it", n)
		}
		o.Clock.Advance(11 * time.Minute)
		if _, err := o.room.OpenHalf(o.as("head"), c.ID); faulttest.Code(err) != "privilege.lapsed" {
			t.Errorf("the other half after ten minutes: %v", err)
		}
		o.Clock.Advance(20 * time.Minute)
		o.tick()
		l, err := o.room.ListCheckouts(o.as("auditor"), web.Paging{})
		if err != nil || l.Items[0].State != privilege.Closed || l.Items[0].Ended.IsZero() {
			t.Errorf("after its time: %+v: %v", l.Items, err)
		}
		if got := o.envelope(e.ID).State(o.Clock.Now()); got != "used" {
			t.Errorf("%s", got)
		}
		o.Clock.Advance(24 * time.Hour)
		if got := o.envelope(e.ID).State(o.Clock.Now()); got != "overdue" {
			t.Errorf("a day later: %s", got)
		}
		again := o.fill(e.ID, "New-", "Half7")
		if again.Generation != 2 || again.State(o.Clock.Now()) != "filled" || o.tasks(privilege.Rotation, e.ID) != 0 {
			t.Errorf("%+v", again)
		}
	})
}

func TestACheckoutThatNobodyApprovesLapses(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		e := o.filled()
		c, err := o.room.AskCheckout(o.as("dba"), e.ID, "夜间", 30)
		if err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(30 * time.Minute)
		if _, err := o.room.ApproveCheckout(o.as("head"), c.ID); faulttest.Code(err) != "privilege.lapsed" {
			t.Errorf("approved late: %v", err)
		}
		o.tick()
		if n := o.tasks(privilege.SecondPerson, c.ID); n != 0 {
			t.Errorf("%d people are still waited for", n)
		}
		second, err := o.room.AskCheckout(o.as("dba"), e.ID, "夜间", 30)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.RefuseCheckout(o.as("night"), second.ID); err != nil {
			t.Error(err)
		}
		third := o.checkedOut(e.ID)
		if _, err := o.room.ReturnCheckout(o.as("head"), third.ID); err != nil {
			t.Error(err)
		}
		if got := o.envelope(e.ID).State(o.Clock.Now()); got != "filled" {
			t.Errorf("nobody has seen anything, and the envelope is %s", got)
		}
	})
}
