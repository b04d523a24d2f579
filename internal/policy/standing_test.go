package policy_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/policy"
)

func unbound(a policy.Actor) policy.Actor     { a.Unbound = true; return a }
func unlicensed(a policy.Actor) policy.Actor  { a.Unlicensed = true; return a }
func provisional(a policy.Actor) policy.Actor { a.Provisional = true; return a }

func TestWhatALapseTakes(t *testing.T) {
	resident, nurse := person("resident", 3, "cardiology"), person("nurse", 3, "cardiology")
	stranger, clerk := person("attending", 4, "surgery"), person("records-clerk", 3, "records")
	team, glass := tie("care", "resident"), tie("glass", "care")
	for _, c := range []struct {
		name          string
		who           policy.Actor
		purpose, verb string
		object        policy.Object
		ties          []policy.Tie
		want          string
	}{
		{"a lapsed surgeon opens his own patient", unbound(resident), "care", "record.view", note(), []policy.Tie{team}, "yes care.read-team"},
		{"writes for him", unbound(resident), "care", "record.file", note(by("resident-1")), []policy.Tie{team}, "yes writing.file-doctor"},
		{"sees him in a search", unbound(resident), "care", "patient.find", thing("Patient"), []policy.Tie{team}, "yes care.read-team"},
		{"a lapsed nurse opens her ward", unbound(nurse), "care", "record.view", note(), nil, "yes care.read-ward"},
		{"breaks the glass", unbound(stranger), "care", "access.break-glass", thing("Patient"), nil, "yes access.break-glass"},
		{"and reads by it", unbound(stranger), "care", "record.view", note(), []policy.Tie{glass}, "yes care.read-glass"},
		{"a stated reason no longer opens", unbound(resident), "care", "record.view", note(), []policy.Tie{tie("reason", "care")}, "break-glass standing"},
		{"and is no longer stated", unbound(resident), "care", "access.state-reason", thing("Patient"), nil, "no standing"},
		{"nothing is printed", unbound(resident), "care", "record.print", note(), []policy.Tie{team}, "no standing"},
		{"nobody is located", unbound(resident), "care", "patient.locate", thing("House"), nil, "no standing"},
		{"the clerk copies nothing", unbound(clerk), "patient-request", "record.print", note(archived), []policy.Tie{tie("mandate", "patient-request")}, "no standing"},
		{"the auditor searches nothing", unbound(person("auditor", 1)), "supervision", "ledger.search", thing("Ledger"), nil, "no standing"},
		{"he signs his undertaking", unbound(resident), "care", "staff.sign-undertaking", thing("Person", about("resident-1")), nil, "yes staff.sign-undertaking"},
		{"nobody signs for another", resident, "care", "staff.sign-undertaking", thing("Person", about("nurse-1")), nil, "no relation"},

		{"without a licence he reads", unlicensed(resident), "care", "record.view", note(), []policy.Tie{team}, "yes care.read-team"},
		{"but does not write", unlicensed(resident), "care", "record.file", note(by("resident-1")), []policy.Tie{team}, "break-glass standing"},
		{"nor sign", unlicensed(resident), "care", "record.sign", note(by("resident-1")), []policy.Tie{team}, "no standing"},
		{"keeps a draft", unlicensed(resident), "care", "record.draft", thing("Draft", by("resident-1")), nil, "yes writing.draft-own"},
		{"and writes in an emergency", unlicensed(resident), "care", "record.file", note(by("resident-1")), []policy.Tie{team, glass}, "yes writing.file-doctor"},

		{"a learner reads his patients", provisional(resident), "care", "record.view", note(), []policy.Tie{team}, "yes care.read-team"},
		{"and prints nothing", provisional(resident), "care", "record.print", note(), []policy.Tie{team}, "no standing"},
		{"a student reads what he was given", person("student", 2, "cardiology"), "teaching", "record.view", note(), []policy.Tie{tie("care", "student")}, "yes learner.read"},
		{"and locates nobody", person("student", 2, "cardiology"), "teaching", "patient.locate", thing("House"), nil, "no role"},
		{"a vendor's engineer reads nothing", person("vendor-engineer", 1, "it"), "care", "record.view", note(), []policy.Tie{team}, "no role"},
		{"a sponsor ends a stay", stranger, "care", "staff.end-stay", thing("Person", by("attending-1"), about("v-1")), nil, "yes staff.sponsor"},
		{"nobody ends his own", person("personnel", 1, "hr"), "management", "staff.end-stay", thing("Person", about("personnel-1")), nil, "no relation"},
		{"personnel appoints nobody", person("personnel", 1, "hr"), "management", "staff.appoint", thing("Person", about("v-1")), nil, "no role"},
		{"the education office begins a training", person("science-education", 1, "edu"), "management", "staff.begin-stay", thing("Person"), []policy.Tie{tie("task", "stay")}, "yes staff.stays"},
		{"and no other stay", person("science-education", 1, "edu"), "management", "staff.begin-stay", thing("Person"), nil, "no relation"},
	} {
		d := book(t).Decide(policy.Request{Actor: c.who, Verb: c.verb, Object: c.object, Ties: c.ties, Purpose: c.purpose, At: noon})
		if got := outcome(d); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A lapse takes and never gives, and it never takes the reading of those whom one
// treats.
func TestALapseNeverOpensAndNeverTakesTheCareOfOnesPatients(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t, b)
		lapsed := r
		lapsed.Actor.Unbound = rapid.Bool().Draw(t, "unbound")
		lapsed.Actor.Unlicensed = rapid.Bool().Draw(t, "unlicensed")
		lapsed.Actor.Provisional = rapid.Bool().Draw(t, "provisional")
		before, after := b.Decide(r), b.Decide(lapsed)
		if after.Allowed && !before.Allowed {
			t.Fatalf("a lapse opened %s: %+v", r.Verb, lapsed)
		}
		treats := slices.ContainsFunc(r.Ties, func(tie policy.Tie) bool {
			return (tie.Kind == policy.TieCare || tie.Kind == policy.TieDuty) && tie.Since.Before(noon) && tie.Until.After(noon)
		})
		reads := content(r.Verb) && r.Verb != "record.print" || r.Verb == "patient.view"
		if reads && treats && r.Purpose == "care" && before.Allowed && !after.Allowed {
			t.Fatalf("a lapse took %s of a patient in care: %+v", r.Verb, lapsed)
		}
	})
}
