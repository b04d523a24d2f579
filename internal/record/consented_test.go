package record_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

const ours = "仁和医院"

// bound is an office whose records ask what patients agreed to.
type bound struct {
	*office
	duty   *duty.Room
	signed map[string]string // consents to sensitive records, by patient
	opened map[string]string // authorisations for other institutions' history, by patient
	glass  string            // who breaks the glass
	author string            // a resident of the ward whom the house knows
}

func bind(t *testing.T, fn func(t *testing.T, o *bound)) {
	t.Helper()
	both(t, func(t *testing.T, base *office) {
		o := &bound{office: base, signed: map[string]string{}, opened: map[string]string{}}
		rules, err := policy.Default()
		if err != nil {
			t.Fatal(err)
		}
		people := staff.New(staff.Options{Desk: o.Door.Desk("staff"), Vault: o.Vault})
		jobs := job.NewRunner(o.Store, o.Time, slog.New(slog.DiscardHandler))
		o.duty = duty.New(duty.Options{Desk: o.Door.Desk("duty"), Rules: rules, Staff: people, Vault: o.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
		o.room.Agrees(record.Agreements{
			Signed: func(_ context.Context, _ db.Reader, _, patient string, _ time.Time) (string, error) {
				return o.signed[patient], nil
			},
			Opened: func(context.Context, db.Reader, string, []string, time.Time) (map[string]string, error) {
				return o.opened, nil
			},
			Own: []string{ours}, Duty: o.duty, Ledger: o.Ledger, Org: acttest.Org,
		})
		o.Door.Ties(func(_ ctx, _ db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
			found := map[string][]policy.Tie{}
			for _, p := range patients {
				if actor.ID == o.glass {
					found[p] = []policy.Tie{{Kind: policy.TieGlass, ID: "g1", Role: actor.Purpose, Since: at, Until: at.Add(time.Hour)}}
				}
			}
			return found, nil
		})
		made, err := people.AddPerson(o.FirstStart(), staff.NewPerson{Number: "N-1", NameZH: "林医生", Category: staff.Employee})
		if err != nil {
			t.Fatal(err)
		}
		o.author = made.ID
		fn(t, o)
	})
}

func (o *bound) affairs(who string) ctx {
	return acttest.For(o.Person(who, []string{"affairs"}, 3, "medical-affairs"), "management")
}

// require lets two persons agree that some kinds need written consent.
func (o *bound) require(kinds ...record.SensitiveKind) {
	o.T.Helper()
	made, err := o.room.ProposeConsentRule(o.affairs("fang"), kinds)
	if err == nil {
		err = o.room.SettleConsentRule(o.affairs("meng"), made.ID, true)
	}
	if err != nil {
		o.T.Fatal(err)
	}
}

// writes files a note that states HIV, as a colleague whom the house knows.
func (o *bound) writes(x *record.Exception) (string, error) {
	in := record.Filing{Patient: o.patient, Encounter: o.encounter, Kind: "C0038", Title: "记录", Content: diagnosed("人类免疫缺陷病毒病"), Emergency: x}
	return o.room.File(o.Person(o.author, []string{cardiology}, 4, "nurse"), in)
}

func (o *bound) savings(open bool) []record.Saving {
	o.T.Helper()
	seen, err := o.room.Savings(o.affairs("fang"), open, "", 10)
	if err != nil {
		o.T.Fatal(err)
	}
	return seen.Items
}

func (o *bound) verdict(id string) string {
	o.T.Helper()
	o.Entries()
	for _, c := range o.room.Checks() {
		if c.ID == id {
			return string(c.Ask(o.T.Context()).Verdict)
		}
	}
	return "no such check"
}

// complete records a consent in an act, as room consent does.
func (o *bound) complete(consent string) {
	o.T.Helper()
	err := o.Door.Desk("consent").Do(o.affairs("fang"), "consent.give", func(ctx ctx, w *act.Work) error {
		known, err := o.patients.Find(ctx, w, acttest.Org, o.patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		return o.room.CompleteSavings(ctx, w, o.patient, consent)
	})
	if err != nil {
		o.T.Fatal(err)
	}
}

func TestWhatNeedsConsentIsSavedWithItOrInAnEmergencyOnly(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		if _, err := o.writes(nil); err != nil {
			t.Fatalf("nothing is set yet: %v", err)
		}
		if got := o.verdict("record.saved-with-consent"); got != "not-met" {
			t.Errorf("while nothing is set: %s", got)
		}
		o.require(record.Infectious)
		before := o.Count("record_document")
		if _, err := o.writes(nil); codeOf(err) != "record.consent-needed" {
			t.Fatalf("saved without a consent: %v", err)
		}
		if o.Count("record_document") != before {
			t.Error("it was written all the same")
		}
		for _, x := range []record.Exception{{"hurry", "没有时间"}, {"rescue", " "}} {
			if _, err := o.writes(&x); codeOf(err) != "record.invalid" {
				t.Errorf("%+v: %v", x, err)
			}
		}
		o.signed[o.patient] = "consent-1"
		if _, err := o.writes(nil); err != nil {
			t.Fatal(err)
		}
		if all := o.savings(false); len(all) != 1 || all[0].Cause != record.SavedByConsent || all[0].Consent != "consent-1" {
			t.Errorf("%+v", all)
		}
		if got := o.verdict("record.saved-with-consent"); got != "met" {
			t.Errorf("with consent: %s", got)
		}
		if id := o.file(func(f *record.Filing) { f.Content = diagnosed("重度抑郁发作") }); id == "" {
			t.Error("a kind that is not named was refused")
		}
	})
}

func TestAnEmergencyLeavesATaskThatTheConsentCompletes(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		o.require(record.Infectious)
		if _, err := o.writes(&record.Exception{Choice: "rescue", Words: "昏迷，抢救中"}); err != nil {
			t.Fatal(err)
		}
		if e := o.Last(); e.Note["saved-by"] != "emergency" || !slices.Contains(wrote(e), "record_saving") || !slices.Contains(wrote(e), "duty_task") {
			t.Errorf("%+v", e)
		}
		open := o.savings(true)
		if len(open) != 1 || open[0].Choice != "rescue" || !open[0].Deadline.After(o.Clock.Now()) || o.tasks() != 1 {
			t.Fatalf("%+v, %d tasks", open, o.tasks())
		}
		if got := o.verdict("record.saved-with-consent"); got != "met" {
			t.Errorf("within its time: %s", got)
		}
		o.Clock.Advance(open[0].Deadline.Sub(o.Clock.Now()) + time.Minute)
		if got := o.verdict("record.saved-with-consent"); got != "not-met" {
			t.Errorf("late: %s", got)
		}
		o.complete("consent-2")
		if len(o.savings(true)) != 0 || o.tasks() != 0 || o.savings(false)[0].Consent != "consent-2" {
			t.Errorf("%+v", o.savings(false))
		}
		if got := o.verdict("record.saved-with-consent"); got != "met" {
			t.Errorf("completed: %s", got)
		}
	})
}

// tasks counts the open tasks to obtain a consent.
func (o *bound) tasks() int64 {
	o.T.Helper()
	var n int64
	o.read(func(r db.Reader) error {
		open, err := duty.OpenAbout(o.T.Context(), r, acttest.Org, record.ConsentDue, o.savings(false)[0].ID)
		n = int64(len(open))
		return err
	})
	return n
}

func TestWhatIsImportedIsNeverLostForWantOfConsent(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		o.require(record.Infectious)
		o.imports(record.Filing{Content: diagnosed("人类免疫缺陷病毒病")})
		if open := o.savings(true); len(open) != 1 || open[0].Cause != record.SavedByImport || open[0].Deadline.IsZero() {
			t.Errorf("%+v", open)
		}
	})
}

// imports files a document as a feed does.
func (o *bound) imports(in record.Filing) string {
	o.T.Helper()
	in.Patient, in.Encounter, in.Kind, in.Title, in.Source, in.Author = o.patient, o.encounter, "C0038", "外院出院小结", source, o.author
	feed := o.feed(source)
	var p *record.PreparedFiling
	o.read(func(r db.Reader) error {
		subject, err := o.patients.FindSubject(o.T.Context(), r, acttest.Org, o.patient)
		if err != nil {
			return err
		}
		p, err = o.room.PrepareFiling(feed, subject, in)
		return err
	})
	if err := o.do(source, "record.file", func(ctx ctx, w *act.Work) error { return o.room.FileIn(ctx, w, p) }); err != nil {
		o.T.Fatal(err)
	}
	return p.ID()
}

func TestACorrectionThatStatesItAnewNeedsConsentToo(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		id := o.file(nil)
		o.require(record.Infectious)
		change := record.Amendment{Document: id, Base: 1, Content: diagnosed("人类免疫缺陷病毒病"), Reason: "补充诊断"}
		if _, err := o.amend("lin", change); codeOf(err) != "record.consent-needed" {
			t.Errorf("corrected without a consent: %v", err)
		}
		o.signed[o.patient] = "consent-1"
		if _, err := o.amend("lin", change); err != nil {
			t.Fatal(err)
		}
		if all := o.savings(false); len(all) != 1 || all[0].Number != 2 {
			t.Errorf("%+v", all)
		}
	})
}

func TestTwoPersonsSetWhatNeedsConsent(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		_, err := o.room.ProposeConsentRule(o.as("chen"), []record.SensitiveKind{record.Genetic})
		o.refused(err, "record.propose-consent-rule")
		made, err := o.room.ProposeConsentRule(o.affairs("fang"), []record.SensitiveKind{record.Genetic})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.room.SettleConsentRule(o.affairs("fang"), made.ID, true); codeOf(err) != "record.agrees-with-oneself" {
			t.Errorf("one person set it: %v", err)
		}
		if _, err := o.room.ProposeConsentRule(o.affairs("meng"), nil); codeOf(err) != "record.consent-rule-waits" {
			t.Errorf("two proposals: %v", err)
		}
		if err := o.room.SettleConsentRule(o.affairs("meng"), made.ID, true); err != nil {
			t.Fatal(err)
		}
		if err := o.room.SettleConsentRule(o.affairs("meng"), made.ID, false); codeOf(err) != "record.consent-rule-settled" {
			t.Errorf("settled twice: %v", err)
		}
		seen, err := o.room.SeeConsentRules(o.as("lin"))
		if err != nil || seen.InForce == nil || !slices.Equal(seen.InForce.Kinds, []record.SensitiveKind{record.Genetic}) || seen.Waiting != nil {
			t.Errorf("%+v %v", seen, err)
		}
		o.Behind("UPDATE record_consent_rule SET kinds = '[]'")
		if _, err := o.writes(nil); err == nil || codeOf(err) == "record.consent-needed" {
			t.Errorf("a forged rule: %v", err)
		}
		o.Alarms()
	})
}

func TestWhatCameFromElsewhereOpensByAuthorisationOrGlassOnly(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		own := o.imports(record.Filing{Content: says("本院记录"), Custodian: record.Institution{Name: ours}})
		away := o.imports(record.Filing{Content: says("外院记录"), Custodian: record.Institution{Name: "东澜市第一医院", Code: "D1"}})
		o.view("chen", own, 0)
		_, err := o.room.View(o.as("chen"), away, 0)
		o.refused(err, "record.view")
		page, err := o.room.List(o.as("chen"), o.patient, "", 10)
		if err != nil || len(page.Items) != 2 {
			t.Fatalf("%+v %v", page, err)
		}
		for _, d := range page.Items {
			from := page.Elsewhere[d.ID]
			if foreign := d.ID == away; from.Unauthorised != foreign || (d.Title == "") != foreign || (from.Institution == "东澜市第一医院") != foreign {
				t.Errorf("%q %+v", d.Title, from)
			}
		}
		line, err := o.room.See(o.as("chen"), away)
		if err != nil || line.Title != "" {
			t.Errorf("%q %v", line.Title, err)
		}
		if _, err := o.room.Attachments(o.as("chen"), away, 0); !errors.Is(err, act.ErrRefused) {
			t.Errorf("what came with it: %v", err)
		}
		o.glass = "chen"
		o.view("chen", away, 0)
		o.glass = ""
		o.opened[o.patient] = "consent-9"
		if v := o.view("chen", away, 0); v.Title == "" || v.From == nil || o.Last().Note["authorisation"] != "consent-9" {
			t.Errorf("%+v %+v", v.From, o.Last())
		}
		delete(o.opened, o.patient)
		_, err = o.room.View(o.as("chen"), away, 0)
		o.refused(err, "record.view")
	})
}

func TestOpeningsOfOtherInstitutionsHistoryAreCounted(t *testing.T) {
	bind(t, func(t *testing.T, o *bound) {
		away := o.imports(record.Filing{Content: says("外院记录"), Custodian: record.Institution{Name: "东澜市第一医院"}})
		o.opened[o.patient] = "consent-9"
		for range 3 {
			o.view("chen", away, 0)
		}
		delete(o.opened, o.patient)
		o.glass = "chen"
		o.view("chen", away, 0)
		o.Entries()
		for _, c := range o.room.Checks() {
			if c.ID == "record.elsewhere-authorised" {
				if f := c.Ask(t.Context()); f.Verdict != "met" || f.Figure != fmt.Sprint(75, "%") {
					t.Errorf("%+v", f)
				}
			}
		}
	})
}
