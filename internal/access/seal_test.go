package access_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

func (h *hospital) sealed(who string, change ...func(*access.Sealing)) access.Seal {
	h.T.Helper()
	in := access.Sealing{Patient: h.patient, Kind: access.Attention, Words: "网络舆情，立即封存"}
	for _, c := range change {
		c(&in)
	}
	s, err := h.room.PlaceSeal(h.as(who), in)
	if err != nil {
		h.T.Fatal(err)
	}
	return s
}

func (h *hospital) finds(who string) bool {
	h.T.Helper()
	page, err := h.patients.Search(h.as(who), patient.Query{Scope: patient.Everybody, Text: "钱"})
	if err != nil {
		h.T.Fatal(err)
	}
	return len(page.Items) > 0
}

func TestAnAttentionSealShutsEverybodyOutAtOnceButThoseWhoTreat(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.approve("wang", h.apply("zhao"))
		if _, err := h.room.State(h.as("sun"), access.Asking{Patient: h.patient, Choice: "verbal-consult"}); err != nil {
			t.Fatal(err)
		}
		if !h.opens("zhao", h.patient) || !h.opens("sun", h.patient) || !h.finds("zhao") {
			t.Fatal("nobody would be shut out")
		}
		s := h.sealed("affairs")
		for _, who := range []string{"zhao", "sun"} {
			if h.opens(who, h.patient) || h.finds(who) {
				t.Errorf("%s still gets in", who)
			}
			if !slices.Contains(h.Last().Why.Rules, "seal.guard") && h.Last().Outcome == "refused" {
				t.Errorf("%+v", h.Last().Why)
			}
		}
		if !h.opens("wang", h.patient) {
			t.Error("the attending physician is kept from the patient")
		}
		// The list of the care team follows its relations.
		if _, err := h.patients.Relate(h.as("wang"), patient.Relation{Patient: h.patient, Person: h.id("sun"), Role: "resident", Until: h.Clock.Now().Add(8 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		if !h.opens("sun", h.patient) {
			t.Error("who joins the team stays out")
		}
		seen, err := h.room.ViewSeal(h.as("affairs"), s.ID)
		if err != nil || len(seen.Team) != 2 || seen.Said != "网络舆情，立即封存" {
			t.Errorf("%+v %v", seen.Team, err)
		}
		h.Clock.Advance(8 * time.Hour)
		if h.opens("sun", h.patient) {
			t.Error("who left the team stays in")
		}
		// A listed person looks through it, as far as his own reach goes.
		if _, err := h.room.ListOnSeal(h.as("affairs"), s.ID, h.id("zhao"), false); err != nil {
			t.Fatal(err)
		}
		if !h.opens("zhao", h.patient) || h.opens("qian", h.patient) {
			t.Error("the list does not hold whom it names, or more")
		}
		if _, err := h.room.ListOnSeal(h.as("affairs"), s.ID, h.id("zhao"), true); err != nil {
			t.Fatal(err)
		}
		if h.opens("zhao", h.patient) {
			t.Error("who was taken off the list stays in")
		}
		if _, err := h.room.PlaceSeal(h.as("affairs2"), access.Sealing{Patient: h.patient, Kind: access.Attention, Words: "再次封存"}); codeOf(err) != "access.sealed-already" {
			t.Error(err)
		}
	})
}

func TestWhoSealsAndWhoLifts(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		in := access.Sealing{Patient: h.patient, Kind: access.Attention, Words: "网络舆情"}
		for _, who := range []string{"wang", "boss", "safe", "watch", "quality"} {
			if _, err := h.room.PlaceSeal(acttest.For(h.as(who), "management"), in); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s sealed: %v", who, err)
			}
		}
		if _, err := h.duty.PutOnRoster(h.as("affairs"), duty.NewTurn{Kind: duty.Administrator, Person: h.id("boss"), Since: h.Clock.Now(), Until: h.Clock.Now().Add(12 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		s := h.sealed("boss")
		if _, err := h.room.Unseal(h.as("boss"), s.ID, "", "舆情平息"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the administrator on duty lifted it: %v", err)
		}
		h.Clock.Advance(12 * time.Hour)
		if _, err := h.room.ListOnSeal(h.as("boss"), s.ID, h.id("zhao"), false); !errors.Is(err, act.ErrRefused) {
			t.Errorf("off duty: %v", err)
		}
		h.opens("head", h.patient)
		if _, err := h.room.Unseal(h.as("affairs"), s.ID, "", "舆情平息"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.RenewSeal(h.as("affairs"), s.ID); codeOf(err) != "access.lifted" {
			t.Error(err)
		}
		if h.waits("affairs", access.SealRenewal) != 0 {
			t.Error("a lifted seal still asks")
		}
	})
}

func TestAnAttentionSealAsksEveryWeekAndNeverEndsByItself(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		s := h.sealed("affairs")
		h.Clock.Advance(8 * 24 * time.Hour)
		h.tick()
		if err := h.duty.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if h.opens("head", h.patient) {
			t.Error("a seal that nobody renewed ended unseen")
		}
		page, err := h.duty.Inbox(h.as("affairs"), duty.InboxFilter{Box: duty.BoxTodo, Kind: access.SealRenewal.ID, Late: true}, "", 10)
		if err != nil || len(page.Items) != 1 {
			t.Errorf("nobody is asked: %+v %v", page.Items, err)
		}
		renewed, err := h.room.RenewSeal(h.as("affairs"), s.ID)
		if err != nil || !renewed.RenewBy.Equal(h.Clock.Now().Add(7*24*time.Hour)) || h.waits("affairs", access.SealRenewal) != 1 {
			t.Errorf("%+v %v", renewed, err)
		}
	})
}

func TestAttemptsReachTheOwnerAndTheLookBackTellsWhoWasThereBefore(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.opens("wang", h.patient)
		h.Clock.Advance(time.Hour)
		s := h.sealed("affairs")
		h.tick()
		if h.waits("affairs", access.SealAttempts) != 0 {
			t.Error("an attempt that was none")
		}
		h.Clock.Advance(time.Minute)
		h.opens("head", h.patient)
		h.Entries()
		h.Clock.Advance(time.Minute)
		h.tick()
		if h.waits("affairs", access.SealAttempts) != 1 {
			t.Error("the owner does not hear of an attempt")
		}
		h.tick()
		if h.waits("affairs", access.SealAttempts) != 1 {
			t.Error("the same attempt is told twice")
		}
		back, err := h.room.LookBack(h.as("affairs"), s.ID, 3)
		if err != nil || !slices.ContainsFunc(back, func(o access.Opened) bool {
			return o.Actor == h.id("wang") && o.Verb == "patient.view" && o.At.Before(s.Since)
		}) {
			t.Errorf("%+v %v", back, err)
		}
		if _, err := h.room.LookBack(h.as("head"), s.ID, 3); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger looks back: %v", err)
		}
	})
}

func (h *hospital) reads(who, document string) error {
	return h.Door.Desk("record").Disclose(h.as(who), "record.view", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, policy.Object{Kind: "Document", ID: document, Org: acttest.Org, Patient: h.patient, Department: h.places["heart"], Sensitivity: 2, Signed: true})
	})
}

func dispute(in *access.Sealing) {
	in.Kind, in.Words = access.Dispute, "医疗纠纷封存"
	in.Parties = []access.Party{{Side: "hospital", Name: "吴主任"}, {Side: "patient", Name: "钱七之子"}, {Side: "witness", Name: "社区民警"}}
}

func TestADisputeSealShutsItsDocumentsForEverybodyUntilBothSidesOpenIt(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.papers = []access.Paper{{ID: "signed", Version: 2, Digest: []byte("d1"), Finished: true}, {ID: "draft", Version: 1, Digest: []byte("d2")}}
		_, err := h.room.PlaceSeal(h.as("affairs"), access.Sealing{Patient: h.patient, Kind: access.Dispute, Words: "医疗纠纷", Parties: []access.Party{{Side: "hospital", Name: "吴主任"}}})
		if fields := fault.From(err).Fields; len(fields) != 1 || fields[0].Path != "parties" {
			t.Errorf("one party alone: %v", err)
		}
		s := h.sealed("affairs", dispute)
		if err := h.reads("wang", "signed"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the attending reads what is in dispute: %v", err)
		}
		if err := h.reads("wang", "draft"); err != nil {
			t.Errorf("what is staged is the ward's until it is signed: %v", err)
		}
		if err := h.reads("wang", "another"); err != nil || !h.opens("wang", h.patient) {
			t.Errorf("treatment stops: %v", err)
		}
		h.papers[1].Finished, h.papers[1].Version, h.papers[1].Digest = true, 2, []byte("d3")
		h.tick()
		if _, err := h.room.AddToSeal(h.as("affairs"), s.ID, nil, []byte("copy")); err != nil {
			t.Fatal(err)
		}
		seen, err := h.room.ViewSeal(h.as("affairs"), s.ID)
		if err != nil || len(seen.Documents) != 2 || seen.Documents[0].State != access.Sealed || string(seen.Documents[0].Digest) != "d3" || string(seen.Copy) != "copy" || len(seen.Present) != 3 {
			t.Errorf("%+v %v", seen, err)
		}
		if err := h.reads("wang", "draft"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("what was staged is signed and not sealed: %v", err)
		}
		if !seen.FreeFrom.Equal(s.Since.AddDate(3, 0, 0)) {
			t.Errorf("free from %s", seen.FreeFrom)
		}
		if got, err := h.room.Unseal(h.as("affairs"), s.ID, access.SideHospital, "院方同意启封"); err != nil || !got.Lifted.IsZero() {
			t.Fatalf("one side opened it: %+v %v", got, err)
		}
		if _, err := h.room.Unseal(h.as("affairs"), s.ID, access.SidePatient, "患方同意启封"); codeOf(err) != "access.joint" {
			t.Errorf("one person spoke for both sides: %v", err)
		}
		if err := h.reads("wang", "signed"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("open too early: %v", err)
		}
		if got, err := h.room.Unseal(h.as("affairs2"), s.ID, access.SidePatient, "患方同意启封"); err != nil || got.Lifted.IsZero() {
			t.Errorf("%+v %v", got, err)
		}
		if err := h.reads("wang", "signed"); err != nil {
			t.Errorf("both sides opened it: %v", err)
		}
	})
}

func TestTheListOfSealsHasNoHiddenEnd(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		first := h.sealed("affairs")
		if _, err := h.room.Unseal(h.as("affairs"), first.ID, "", "舆情已平息"); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(time.Minute)
		second := h.sealed("affairs", dispute)
		listed := func(live bool) (ids []string) {
			for _, s := range webtest.EveryPage(t, func(cursor string) (web.Page[access.Seal], error) {
				return h.room.Seals(h.as("affairs"), live, cursor, 1)
			}) {
				ids = append(ids, s.ID)
			}
			return ids
		}
		if all := listed(false); !slices.Equal(all, []string{second.ID, first.ID}) {
			t.Errorf("%v", all)
		}
		if live := listed(true); !slices.Equal(live, []string{second.ID}) {
			t.Errorf("%v", live)
		}
	})
}

func TestAfterThreeYearsTheHospitalOpensADisputeSealAlone(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		s := h.sealed("affairs", dispute)
		h.Clock.Advance(s.FreeFrom.Sub(h.Clock.Now()) - time.Second)
		if got, err := h.room.Unseal(h.as("affairs"), s.ID, access.SideHospital, "满三年未提出"); err != nil || !got.Lifted.IsZero() {
			t.Fatalf("a second too early: %+v %v", got, err)
		}
		h.Clock.Advance(time.Second)
		if got, err := h.room.Unseal(h.as("affairs"), s.ID, access.SideHospital, "满三年未提出"); err != nil || got.Lifted.IsZero() {
			t.Errorf("%+v %v", got, err)
		}
	})
}

func TestABarKeepsAPersonAwayAndAnEmergencyOutweighsIt(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		bar := access.Bar{Person: h.id("wang"), Patient: h.patient, Cause: access.OwnWish, Until: h.Clock.Now().Add(30 * 24 * time.Hour)}
		if _, err := h.room.BarFrom(h.as("sun"), bar, "本人申请回避"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a colleague barred him: %v", err)
		}
		given, err := h.room.BarFrom(h.as("affairs"), bar, "本人申请回避")
		if err != nil {
			t.Fatal(err)
		}
		if h.opens("wang", h.patient) {
			t.Error("the attending is barred and opens")
		}
		if _, err := h.room.State(h.as("wang"), access.Asking{Patient: h.patient, Choice: "handover"}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a click opens it: %v", err)
		}
		h.breaks("wang", h.patient)
		if !h.opens("wang", h.patient) || h.waits("affairs", access.GlassReview) != 1 {
			t.Error("in an emergency he may not look, or nobody hears of it at once")
		}
		h.Clock.Advance(time.Minute)
		if _, err := h.room.BarFrom(h.as("affairs"), access.Bar{Person: h.id("sun"), Patient: h.patient, Cause: access.OwnWish, Until: bar.Until}, "本人申请回避"); err != nil {
			t.Fatal(err)
		}
		barred := webtest.EveryPage(t, func(cursor string) (web.Page[access.Bar], error) { return h.room.Bars(h.as("affairs"), cursor, 1) })
		if len(barred) != 2 || barred[1].ID != given.ID {
			t.Errorf("%+v", barred)
		}
		if entry := h.Last(); entry.Verb != "access.see-bars" || len(entry.Objects) == 0 || entry.Objects[len(entry.Objects)-1].ID != h.patient {
			t.Errorf("the account does not say whose bars were shown: %+v", entry)
		}
		h.Clock.Advance(5 * time.Hour)
		if err := h.room.LiftBar(h.as("affairs"), given.ID); err != nil || !h.opens("wang", h.patient) {
			t.Errorf("a lifted bar still bars: %v", err)
		}
	})
}
