package sharing_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/sharing"
)

func TestNothingIsReceivedWithoutEveryDocument(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		for _, k := range sharing.Kinds() {
			for i := range k.Papers {
				in := c.receiving(k.ID)
				in.Papers.Presented = append(in.Papers.Presented[:i:i], in.Papers.Presented[i+1:]...)
				if _, err := c.room.Receive(c.as("window"), in); faulttest.Fields(err) != "presented" || !strings.Contains(fault.From(err).Fields[0].Problem.ZH, k.Papers[i].Name.ZH) {
					t.Errorf("%s without %s: %v", k.ID, k.Papers[i].ID, err)
				}
			}
		}
		alone := c.receiving("police")
		alone.Papers.Names = alone.Papers.Names[:1]
		if _, err := c.room.Receive(c.as("window"), alone); faulttest.Fields(err) != "names" {
			t.Errorf("one officer: %v", err)
		}
		if n := c.Count("sharing_case"); n != 0 {
			t.Errorf("%d cases", n)
		}
	})
}

func TestACourtGetsACopyThatCanBeVerified(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.approved("court", "zhou")
		in := c.handing()
		in.ReturnBy = c.Clock.Now().Add(10 * 24 * time.Hour)
		handed, err := c.room.HandOver(c.as("helper"), made.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		if handed.Copy.Code == "" || handed.ID != handed.Copy.ID || len(handed.Documents) != 1 || handed.Documents[0].Pages != 3 {
			t.Errorf("%+v", handed)
		}
		page := string(handed.Copy.Bytes)
		for _, needed := range []string{"病情好转", "致 明州市某机构", "盖章处", handed.Copy.Code, handed.Copy.Serial} {
			if !strings.Contains(page, needed) {
				t.Errorf("the copy lacks %q", needed)
			}
		}
		e := c.Last()
		if e.Verb != "sharing.disclose" || e.Note["case"] != made.ID || e.Note["issue"] != handed.ID || len(e.Objects) != 4 || e.Objects[2].ID != c.document || e.Objects[2].Patient != c.patient {
			t.Errorf("the account: %+v", e)
		}
		v, err := c.outputs.Verify(c.as("window"), strings.ToLower(handed.Copy.Code), handed.Copy.Bytes)
		if err != nil || v.Recalled || !v.Left || v.File != output.FileSame || len(v.Documents) != 1 {
			t.Errorf("%+v: %v", v, err)
		}
		if err := c.room.TakeBack(c.as("helper"), made.ID, handed.ID, "destroyed", proof); err != nil {
			t.Fatal(err)
		}
		if err := c.room.TakeBack(c.as("helper"), made.ID, handed.ID, "returned", nil); faulttest.Code(err) != "sharing.returned" {
			t.Errorf("twice: %v", err)
		}
		if v, err := c.outputs.Verify(c.as("window"), handed.Copy.Code, nil); err != nil || !v.Recalled {
			t.Errorf("what was destroyed should not exist: %+v: %v", v, err)
		}
		kept, err := c.room.HandOver(c.as("helper"), made.ID, c.handing())
		if err != nil {
			t.Fatal(err)
		}
		if err := c.room.TakeBack(c.as("helper"), made.ID, kept.ID, sharing.KeptOnFile, nil); err != nil {
			t.Fatal(err)
		}
		if v, err := c.outputs.Verify(c.as("window"), kept.Copy.Code, nil); err != nil || v.Recalled {
			t.Errorf("what the court keeps should exist: %+v: %v", v, err)
		}
		seen, err := c.room.View(c.as("window"), made.ID)
		if err != nil || len(seen.Steps) != 10 || len(seen.Handovers) != 2 || seen.Returns[handed.ID].Outcome != "destroyed" || seen.Papers.Names[0] != "赵警官" {
			t.Errorf("%d steps %+v: %v", len(seen.Steps), seen, err)
		}
		if closed, err := c.room.Close(c.as("window"), made.ID); err != nil || closed.State != sharing.Closed {
			t.Errorf("%+v: %v", closed, err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); faulttest.Code(err) != "sharing.not-open" {
			t.Errorf("after it was closed: %v", err)
		}
	})
}

func TestWhoStandsInForTheFirstCheckerIsNotTheSecond(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.receive("court")
		if _, err := c.room.CheckIdentity(c.as("window"), made.ID); err != nil {
			t.Fatal(err)
		}
		now := c.Clock.Now()
		if _, err := c.duty.PutOnRoster(c.as("night"), duty.NewTurn{Kind: duty.Cover, Dept: c.office.ID, Person: c.people["colleague"], InsteadOf: c.people["window"], Since: now, Until: now.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.CheckIdentity(c.as("colleague"), made.ID); faulttest.Code(err) != "sharing.same-person" {
			t.Errorf("the delegate counts as a second person: %v", err)
		}
		c.Clock.Advance(time.Hour)
		if _, err := c.room.CheckIdentity(c.as("colleague"), made.ID); err != nil {
			t.Errorf("the cover is over: %v", err)
		}
	})
}

func TestNoStepCanBeLeftOut(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.receive("court")
		scoping := sharing.Scoping{Scope: c.copies(), Assistant: c.people["helper"], Until: c.Clock.Now().Add(time.Hour)}
		if _, err := c.room.FixScope(c.as("window"), made.ID, scoping); faulttest.Code(err) != "sharing.out-of-order" {
			t.Errorf("scoped unchecked: %v", err)
		}
		if _, err := c.room.CheckIdentity(c.as("window"), made.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.CheckIdentity(c.as("window"), made.ID); faulttest.Code(err) != "sharing.same-person" {
			t.Errorf("checked twice by one: %v", err)
		}
		if _, err := c.room.Approve(c.as("zhou"), made.ID); faulttest.Code(err) != "sharing.out-of-order" {
			t.Errorf("approved unscoped: %v", err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); !errors.Is(err, act.ErrRefused) {
			t.Errorf("handed over before somebody was named: %v", err)
		}
		if _, err := c.room.CheckIdentity(c.as("colleague"), made.ID); err != nil {
			t.Fatal(err)
		}
		whole := scoping
		whole.Scope = sharing.Scope{Copies: true}
		if _, err := c.room.FixScope(c.as("window"), made.ID, whole); faulttest.Fields(err) != "scope" {
			t.Errorf("the whole record: %v", err)
		}
		if _, err := c.room.FixScope(c.as("window"), made.ID, scoping); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); faulttest.Code(err) != "sharing.not-open" {
			t.Errorf("handed over unapproved: %v", err)
		}
	})
}

func TestOnlyTheHeadApprovesAnAgency(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.reviewed(c.scoped("police", c.copies()))
		for _, who := range []string{"colleague", "night", "helper", "auditor", "dba", "chen"} {
			if _, err := c.room.Approve(c.as(who), made.ID); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s approved: %v", who, err)
			}
		}
		if _, err := c.room.Approve(c.as("zhou"), made.ID); err != nil {
			t.Fatal(err)
		}
		own := c.scoped("agent", c.copies())
		for _, who := range []string{"window", "helper"} {
			if _, err := c.room.Approve(c.as(who), own.ID); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s reviewed what he handles: %v", who, err)
			}
		}
		if _, err := c.room.Approve(c.as("colleague"), own.ID); err != nil {
			t.Errorf("a patient's request is reviewed at the window: %v", err)
		}
	})
}

func TestAtNightTheAdministratorOnDutyApprovesUntilTheHeadConfirms(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		if _, err := c.duty.PutOnRoster(c.as("night"), duty.NewTurn{Kind: duty.Administrator, Person: c.people["night"], Since: c.Clock.Now(), Until: c.Clock.Now().Add(5 * 24 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		made, again := c.reviewed(c.scoped("police", c.copies())), c.reviewed(c.scoped("police", c.copies()))
		c.Clock.Advance(time.Hour + 30*time.Minute)
		if _, err := c.room.Approve(c.as("night"), made.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("approved in working hours: %v", err)
		}
		c.Clock.Advance(12 * time.Hour)
		approved, err := c.room.Approve(c.as("night"), made.ID)
		if err != nil || approved.ConfirmBy.IsZero() {
			t.Fatalf("%+v: %v", approved, err)
		}
		if _, err := c.room.Approve(c.as("night"), again.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); err != nil {
			t.Errorf("a warrant waits for the morning: %v", err)
		}
		if _, err := c.room.Confirm(c.as("zhou"), made.ID); err != nil {
			t.Fatal(err)
		}
		c.Clock.Advance(approved.ConfirmBy.Sub(c.Clock.Now()))
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); err != nil {
			t.Errorf("confirmed, and shut: %v", err)
		}
		if _, err := c.room.HandOver(c.as("helper"), again.ID, c.handing()); faulttest.Code(err) != "sharing.not-open" {
			t.Errorf("open without the head: %v", err)
		}
	})
}

func TestOnlyTheAssistantHandsOverAndOnlyTheScope(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.approved("court", "zhou")
		for _, who := range []string{"window", "colleague", "zhou", "night", "dba"} {
			if _, err := c.room.HandOver(c.as(who), made.ID, c.handing()); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s handed over: %v", who, err)
			}
		}
		for name, document := range map[string]string{"another kind": c.second, "another patient": c.foreign} {
			in := c.handing()
			in.Documents = []string{c.document, document}
			if _, err := c.room.HandOver(c.as("helper"), made.ID, in); faulttest.Code(err) != "sharing.outside-scope" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := c.Count("sharing_handover"); n != 0 {
			t.Errorf("%d hand-overs", n)
		}
		looked := c.reviewed(c.scoped("court", sharing.Scope{Documents: []string{c.document}}))
		if _, err := c.room.Approve(c.as("zhou"), looked.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.HandOver(c.as("helper"), looked.ID, c.handing()); faulttest.Code(err) != "sharing.outside-scope" {
			t.Errorf("a copy where only looking was approved: %v", err)
		}
		seen, err := c.room.HandOver(c.as("helper"), looked.ID, sharing.Handing{Manner: sharing.Viewed, Documents: []string{c.document}})
		if err != nil || seen.Copy.Code != "" || seen.Views[0].Content.Sections[0].Text != "病情好转" {
			t.Errorf("%+v: %v", seen, err)
		}
		c.Clock.Advance(20 * 24 * time.Hour)
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); faulttest.Code(err) != "sharing.not-open" {
			t.Errorf("after its time: %v", err)
		}
	})
}

func TestACopyIsPrintedFromItsCaseAndNowhereElse(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		printing := output.Printing{Documents: []output.Wanted{{Document: c.document}}, Profile: "court", Copies: 1, Recipient: "法院", Case: "7", Media: output.HTML}
		made := c.approved("court", "zhou")
		for _, who := range []string{"helper", "window"} {
			if _, err := c.outputs.Print(c.as(who), printing); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s printed beside the case: %v", who, err)
			}
		}
		in := c.handing()
		in.Copies = 2
		handed, err := c.room.HandOver(c.as("helper"), made.ID, in)
		if err != nil || handed.Copy.Copies != 2 || handed.Copy.Profile != "court" || handed.Copy.Case != made.ID {
			t.Fatalf("%+v: %v", handed.Copy.Issue, err)
		}
		own, err := c.room.Approve(c.as("colleague"), c.scoped("agent", c.copies()).ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.HandOver(c.as("helper"), own.ID, c.handing()); faulttest.Code(err) != "output.other-purpose" {
			t.Errorf("for a patient's side, as for a court: %v", err)
		}
		handed, err = c.room.HandOver(acttest.For(c.as("helper"), "patient-request"), own.ID, c.handing())
		if err != nil || handed.Copy.Profile != "patient" || !strings.Contains(string(handed.Copy.Bytes), "致 赵警官") {
			t.Errorf("for a patient's side: %+v: %v", handed.Copy.Issue, err)
		}
		if n := c.Count("output_issue"); n != 2 {
			t.Errorf("%d copies", n)
		}
		if _, err := c.room.Close(c.as("window"), made.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); faulttest.Code(err) != "sharing.not-open" {
			t.Errorf("after the case ended: %v", err)
		}
	})
}

func TestAnotherInstitutionNeedsTheConsentAndAnAgreementAtEveryHandOver(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.reviewed(c.scoped("institution", c.copies()))
		if _, err := c.room.Approve(c.as("zhou"), made.ID); faulttest.Code(err) != "sharing.no-agreement" {
			t.Fatalf("approved without an agreement: %v", err)
		}
		ends := c.Clock.Now().Add(3 * 24 * time.Hour)
		c.agree(made.Agency, ends)
		if _, err := c.room.Approve(c.as("zhou"), made.ID); faulttest.Code(err) != "sharing.no-consent" {
			t.Fatalf("approved without consent: %v", err)
		}
		form, err := c.consents.Publish(c.as("night"), consent.Template{
			Kind: consent.Agreement, Name: fault.Text{ZH: "外院查阅同意书"}, Text: fault.Text{ZH: "本人同意"}, Forms: []string{consent.Written}, Givers: []string{consent.ByPatient},
			Scope: consent.Scope{Purposes: []string{consent.Institution}, Recipients: []string{made.Agency}},
		})
		if err != nil {
			t.Fatal(err)
		}
		given, err := c.consents.Give(c.as("chen"), consent.Giving{
			Patient: c.patient, Template: form.ID, Relation: consent.ByPatient, Form: consent.Written, Evidence: proof, Until: c.Clock.Now().AddDate(0, 1, 0),
			Giver: consent.Giver{Name: "李四", Document: "id-card", Number: "33"},
		})
		if err != nil {
			t.Fatal(err)
		}
		approved, err := c.room.Approve(c.as("zhou"), made.ID)
		if err != nil || approved.Consent != given.ID {
			t.Fatalf("%+v: %v", approved, err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.consents.Withdraw(c.as("chen"), given.ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); faulttest.Code(err) != "sharing.no-consent" {
			t.Errorf("handed over after the withdrawal: %v", err)
		}
		c.Clock.Advance(ends.Sub(c.Clock.Now()))
		if _, err := c.room.HandOver(c.as("helper"), made.ID, c.handing()); faulttest.Code(err) != "sharing.no-agreement" {
			t.Errorf("handed over after the agreement ended: %v", err)
		}
	})
}

func TestARefusalSaysWhyAndIsCounted(t *testing.T) {
	both(t, func(t *testing.T, c *counter) {
		made := c.scoped("court", c.copies())
		if _, err := c.room.Refuse(c.as("zhou"), made.ID, ""); faulttest.Fields(err) != "words" {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := c.room.Refuse(c.as("zhou"), made.ID, "法定文书与患者不符"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.room.Approve(c.as("zhou"), made.ID); faulttest.Code(err) != "sharing.out-of-order" {
			t.Errorf("approved what was refused: %v", err)
		}
		seen, err := c.room.View(c.as("auditor"), made.ID)
		if err != nil || seen.Why != "法定文书与患者不符" || seen.Called != "李*" {
			t.Errorf("%+v: %v", seen, err)
		}
		c.Clock.Advance(time.Minute)
		c.receive("court")
		listed := webtest.EveryPage(t, func(cursor string) (web.Page[sharing.Case], error) {
			l, err := c.room.List(c.as("window"), cursor, 1)
			return l.Page, err
		})
		if len(listed) != 2 || listed[1].ID != made.ID {
			t.Errorf("%+v", listed)
		}
		l, err := c.room.List(c.as("window"), "", 1)
		if err != nil || len(l.Figures) != 2 || l.Figures[1] != (sharing.Figure{Kind: "court", State: sharing.Refused, N: 1}) {
			t.Errorf("%+v: %v", l.Figures, err)
		}
		if l.Patients[c.patient] != "李*" {
			t.Errorf("the list calls the patient %q", l.Patients[c.patient])
		}
	})
}
