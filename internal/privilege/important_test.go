package privilege_test

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/said"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/staff"
)

// unseal lifts the seal of a document as medical affairs does: an act of another room, of
// which this one has only the rule of two.
func (o *office) unseal(document, request string) error {
	ctx := said.With(o.as("affairs"), func() ([]byte, error) { return []byte(request), nil })
	return o.Door.Desk("record").Do(ctx, "record.unseal", func(ctx context.Context, w *act.Work) error {
		return w.Permit(ctx, policy.Object{Kind: "Document", ID: document, Org: acttest.Org, Sealed: true, SealKind: "attention", Sensitivity: 1})
	})
}

// wanted is what a refused act wants a second person to confirm.
func (o *office) wanted(err error) act.SecondWanted {
	o.T.Helper()
	w, ok := fault.From(err).Detail.(act.SecondWanted)
	if !errors.Is(err, act.ErrSecondWanted) || !ok {
		o.T.Fatalf("it is done by one person: %v", err)
	}
	return w
}

func (o *office) call(w act.SecondWanted) privilege.Second {
	o.T.Helper()
	s, err := o.room.Call(o.as("affairs"), w.Verb, w.Kind, w.Object, w.Said)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func (o *office) confirm(who string, s privilege.Second) {
	o.T.Helper()
	if _, err := o.room.Confirm(o.as(who), s.ID); err != nil {
		o.T.Fatalf("%s: %v", who, err)
	}
}

// listing agrees to a change of the list.
func (o *office) listing(verb string, minutes int) {
	o.T.Helper()
	one, err := o.room.ProposeImportant(o.as("safe"), verb, minutes)
	if err == nil {
		_, err = o.room.SettleImportant(o.as("head"), one.ID, true)
	}
	if err != nil {
		o.T.Fatal(err)
	}
}

func TestAnImportantOperationWantsASecondPersonForJustThatAct(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		w := o.wanted(o.unseal("d1", "one"))
		if e := o.Last(); e.Outcome != ledger.Refused || e.Verb != "record.unseal" || e.Note["second"] != "missing" || !slices.Equal(e.Why.Conditions, []string{policy.ConditionSecond}) {
			t.Errorf("the attempt is not in the ledger: %+v", e)
		}
		s := o.call(w)
		o.confirm("safe", s)
		for document, request := range map[string]string{"d2": "one", "d1": "two"} {
			if err := o.unseal(document, request); !errors.Is(err, act.ErrSecondWanted) {
				t.Errorf("the confirmation of another act was enough for %s, %s: %v", document, request, err)
			}
		}
		if err := o.unseal("d1", "one"); err != nil {
			t.Fatal(err)
		}
		if e := o.Last(); e.Outcome != ledger.Done || e.Note["second"] != o.people["safe"] || len(e.Writes) != 1 {
			t.Errorf("the account does not name the second person: %+v", e)
		}
		if err := o.unseal("d1", "one"); !errors.Is(err, act.ErrSecondWanted) {
			t.Errorf("one confirmation was used twice: %v", err)
		}
		if got := o.verdict("privilege.important-by-two"); got != "met" {
			t.Error(got)
		}
	})
}

func TestTheSecondPersonIsAnotherStronglyAndLatelySignedIn(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.call(o.wanted(o.unseal("d1", "")))
		for who, spoil := range map[string]func(string){
			"affairs": func(string) {}, "chen": func(string) {}, "dba": func(string) {},
			"safe": func(who string) { o.stale[who] = true }, "head": func(who string) { o.weak[who] = true },
		} {
			spoil(who)
			if _, err := o.room.Confirm(o.as(who), s.ID); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s confirmed it: %v", who, err)
			}
		}
		o.stale["safe"] = false
		o.bonds = staff.Bonds{Creations: []staff.Creation{{By: o.people["safe"], Whom: o.people["affairs"]}}}
		if _, err := o.room.Confirm(o.as("safe"), s.ID); fault.From(err).Code.Name != "privilege.one-person" {
			t.Errorf("somebody who counts as the first confirmed it: %v", err)
		}
		o.bonds = staff.Bonds{}
		o.confirm("safe", s)
		if _, err := o.room.Confirm(o.as("zhou"), s.ID); fault.From(err).Code.Name != "privilege.out-of-order" {
			t.Errorf("%v", err)
		}
		o.bonds = staff.Bonds{Resets: []staff.Reset{{By: o.people["safe"], Whom: o.people["affairs"], At: o.Clock.Now()}}}
		if err := o.unseal("d1", ""); !errors.Is(err, act.ErrSecondWanted) {
			t.Errorf("they have become related since and it was done: %v", err)
		}
	})
}

func TestACallAndItsConfirmationHoldForMinutes(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		late := o.call(o.wanted(o.unseal("d1", "")))
		o.Clock.Advance(11 * time.Minute)
		if _, err := o.room.Confirm(o.as("safe"), late.ID); fault.From(err).Code.Name != "privilege.lapsed" {
			t.Errorf("%v", err)
		}
		o.confirm("safe", o.call(o.wanted(o.unseal("d1", ""))))
		o.Clock.Advance(10 * time.Minute)
		if err := o.unseal("d1", ""); !errors.Is(err, act.ErrSecondWanted) {
			t.Errorf("it holds beyond its minutes: %v", err)
		}
	})
}

func TestWhoCallsCannotSayAnotherOperationThanHeDoes(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		w := o.wanted(o.unseal("d1", ""))
		w.Object = "d9"
		o.confirm("safe", o.call(w))
		if err := o.unseal("d1", ""); !errors.Is(err, act.ErrSecondWanted) {
			t.Errorf("what the second person saw was not what was done: %v", err)
		}
		if _, err := o.room.Call(o.as("affairs"), "record.seal", "Document", "d1", w.Said); fault.From(err).Code.Name != "privilege.not-important" {
			t.Errorf("%v", err)
		}
	})
}

func TestTheListIsChangedByTwoAndItsFloorStays(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for _, c := range []struct {
			verb    string
			minutes int
		}{{"record.unseal", 0}, {"record.unseal", 11}, {"access.break-glass", 5}, {"identity.sign-in", 5}, {"record.view", 5}, {"no.verb", 5}, {"staff.appoint", 5}} {
			if _, err := o.room.ProposeImportant(o.as("safe"), c.verb, c.minutes); fault.From(err).Code.Name != "privilege.input" {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if _, err := o.room.ProposeImportant(o.as("dba"), "record.unseal", 3); !errors.Is(err, act.ErrRefused) {
			t.Errorf("%v", err)
		}
		one, err := o.room.ProposeImportant(o.as("safe"), "record.seal", 5)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.SettleImportant(o.as("safe"), one.ID, true); fault.From(err).Code.Name != "privilege.one-person" {
			t.Errorf("%v", err)
		}
		if _, err := o.room.ProposeImportant(o.as("head"), "record.seal", 6); fault.From(err).Code.Name != "privilege.important-waits" {
			t.Errorf("%v", err)
		}
		seal := func() error {
			return o.Door.Desk("record").Do(o.as("affairs"), "record.seal", func(ctx context.Context, w *act.Work) error {
				return w.Permit(ctx, policy.Object{Kind: "Document", ID: "d1", Org: acttest.Org, Sensitivity: 1})
			})
		}
		if err := seal(); err != nil {
			t.Errorf("it wants two before it was agreed to: %v", err)
		}
		if _, err := o.room.SettleImportant(o.as("head"), one.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := seal(); !errors.Is(err, act.ErrSecondWanted) {
			t.Errorf("what was added is done by one person: %v", err)
		}
		o.Clock.Advance(time.Minute)
		o.listing("record.seal", 0)
		if err := seal(); err != nil {
			t.Errorf("what was taken off still wants two: %v", err)
		}
		o.listing("record.unseal", 3)
		if w := o.wanted(o.unseal("d1", "")); w.Minutes != 3 {
			t.Errorf("%+v", w)
		}
		if got := o.verdict("privilege.important-list-by-two"); got != "met" {
			t.Error(got)
		}
		list, err := o.room.ListImportant(o.as("chen"))
		if err != nil || !slices.ContainsFunc(list.Operations, func(l privilege.Listed) bool { return l.Verb == "staff.appoint" && l.Flow.ZH != "" }) {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestNoChangeTakesOffTheFloor(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for _, verb := range []string{"record.unseal", "access.unseal", "record.seal"} {
			for _, minutes := range []int{-1, 0, 1, 10, 11} {
				if one, err := o.room.ProposeImportant(o.as("safe"), verb, minutes); err == nil {
					if _, err := o.room.SettleImportant(o.as("head"), one.ID, true); err != nil {
						t.Fatal(err)
					}
				}
				o.Clock.Advance(time.Second)
				if err := o.unseal("d1", ""); !errors.Is(err, act.ErrSecondWanted) {
					t.Fatalf("after %s, %d: %v", verb, minutes, err)
				}
			}
		}
	})
}

func TestOnlyWhoCalledSeesHowItStands(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		w := o.wanted(o.unseal("d1", ""))
		s := o.call(w)
		if seen, err := o.room.SeeCall(o.as("affairs"), s.ID); err != nil || seen.State != privilege.Called {
			t.Errorf("%+v %v", seen, err)
		}
		if _, err := o.room.SeeCall(o.as("dba"), s.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("%v", err)
		}
		if _, err := hex.DecodeString(w.Said); err != nil || len(w.Said) != 64 {
			t.Errorf("%q", w.Said)
		}
		o.confirm("zhou", s)
		code, body := o.ask("affairs", "GET", "/api/second-calls/"+s.ID, "")
		if code != 200 || body["state"] != "confirmed" || body["second"] != o.people["zhou"] {
			t.Errorf("%d %v", code, body)
		}
	})
}
