package policy_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/policy"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

var loadOnce = sync.OnceValues(policy.Default)

func book(t testing.TB) *policy.Book {
	t.Helper()
	b, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func person(role string, clearance int, departments ...string) policy.Actor {
	return policy.Actor{
		Kind: "person", ID: role + "-1", Org: "renhe", Roles: []string{role},
		Departments: departments, Clearance: clearance,
	}
}

func machine(kind string, roles ...string) policy.Actor {
	return policy.Actor{Kind: kind, ID: kind + "-1", Org: "renhe", Roles: roles}
}

// agreedFeed is a foreign system with which documents and patients were agreed.
func agreedFeed() policy.Actor {
	feed := machine("feed")
	feed.Agreed = &policy.Agreed{Verbs: []string{"patient.update", "record.amend", "record.file", "record.view"}, Kinds: []string{"Document", "Patient"}}
	return feed
}

func note(change ...func(*policy.Object)) policy.Object {
	return thing("Document", append([]func(*policy.Object){func(o *policy.Object) { o.Sensitivity = 2 }}, change...)...)
}

func thing(kind string, change ...func(*policy.Object)) policy.Object {
	o := policy.Object{Kind: kind, ID: kind + "-1", Org: "renhe", Patient: "chen", Department: "cardiology"}
	for _, c := range change {
		c(&o)
	}
	return o
}

func level(n int) func(*policy.Object) { return func(o *policy.Object) { o.Sensitivity = n } }
func by(id string) func(*policy.Object) {
	return func(o *policy.Object) { o.Author = id }
}
func from(source string) func(*policy.Object) {
	return func(o *policy.Object) { o.CreatedBy = source }
}
func about(id string) func(*policy.Object) {
	return func(o *policy.Object) { o.Concerns = id }
}
func in(department string) func(*policy.Object) {
	return func(o *policy.Object) { o.Department = department }
}
func signed(o *policy.Object)              { o.Signed = true }
func archived(o *policy.Object)            { o.Signed, o.Archived, o.Discharged = true, true, true }
func discharged(o *policy.Object)          { o.Discharged = true }
func dispute(o *policy.Object)             { o.Sealed, o.SealKind = true, "dispute" }
func attention(o *policy.Object)           { o.Sealed, o.SealKind = true, "attention" }
func unknownSeal(o *policy.Object)         { o.Sealed = true }
func otherHospital(o *policy.Object)       { o.Org = "tongde" }
func remotely(a policy.Actor) policy.Actor { a.Zone = "remote"; return a }

func tie(kind, role string) policy.Tie {
	t := policy.Tie{Kind: kind, ID: kind + "-tie", Role: role, Since: noon.Add(-time.Hour), Until: noon.Add(time.Hour)}
	if kind == policy.TieOwn {
		t.Until = time.Time{}
	}
	return t
}

// outcome reads like the story: yes and the rule, or the way and what is not met.
func outcome(d policy.Decision) string {
	if d.Failed != nil {
		return "failed"
	}
	if d.Allowed {
		return "yes " + strings.Join(d.Rules, " ")
	}
	way := string(d.Refusal.Way)
	if way == "" {
		way = "no"
	}
	var unmet []string
	for _, c := range d.Refusal.Unmet() {
		unmet = append(unmet, c.Name)
	}
	return way + " " + strings.Join(slices.Compact(unmet), " ")
}

func TestTheStory(t *testing.T) {
	resident, attending, chief := person("resident", 3, "cardiology"), person("attending", 4, "cardiology"), person("chief", 5, "cardiology")
	psychiatrist := person("attending", 5, "psychiatry")
	surgeon := person("resident", 3, "surgery")
	nurse, head := person("nurse", 3, "cardiology"), person("head-nurse", 3, "cardiology")
	pharmacist, technician := person("pharmacist", 3, "pharmacy"), person("technician", 3, "imaging")
	clerk, affairs, quality := person("records-clerk", 5, "records"), person("medical-affairs", 5, "affairs"), person("quality", 3, "quality")
	discipline, auditor := person("discipline", 1, "discipline"), person("auditor", 1, "audit")
	security, system, dba := person("security-administrator", 5, "it"), person("system-administrator", 5, "it"), person("dba", 5, "it")
	researcher, president := person("researcher", 3, "science"), person("president", 5, "board")
	team, lead, onDuty := tie("care", "resident"), tie("care", "attending"), tie("duty", "")
	request := tie("task", "imaging")
	reason, glass, own := tie("reason", "care"), tie("glass", "care"), tie("own", "")

	for _, line := range []struct {
		name    string
		who     policy.Actor
		purpose string
		verb    string
		what    policy.Object
		ties    []policy.Tie
		want    string
	}{
		{"team reads its patient", resident, "care", "record.view", note(), []policy.Tie{team}, "yes care.read-team"},
		{"the doctor on duty reads", surgeon, "care", "record.view", note(level(3)), []policy.Tie{onDuty}, "yes care.read-team"},
		{"team for another purpose", resident, "research", "record.view", note(), []policy.Tie{team}, "no purpose"},
		{"team without a purpose", resident, "", "record.view", note(), []policy.Tie{team}, "no purpose"},
		{"team with an invented purpose", resident, "curiosity", "record.view", note(), []policy.Tie{team}, "no purpose"},
		{"colleague of the department", resident, "care", "record.view", note(), nil, "stated-reason relation"},
		{"colleague who stated a reason", resident, "care", "record.view", note(), []policy.Tie{reason}, "yes care.read-reason"},
		{"a reason given for management is none for care", resident, "care", "record.view", note(), []policy.Tie{tie("reason", "management")}, "stated-reason relation"},
		{"doctor of another department", surgeon, "care", "record.view", note(), nil, "break-glass relation"},
		{"doctor of another department with a reason", surgeon, "care", "record.view", note(), []policy.Tie{reason}, "break-glass department"},
		{"doctor of another department broke the glass", surgeon, "care", "record.view", note(level(5)), []policy.Tie{glass}, "yes care.read-glass"},
		{"asked to consult", surgeon, "care", "record.view", note(), []policy.Tie{tie("task", "consult")}, "yes care.read-consult"},

		{"psychiatric note, cardiology team", attending, "care", "record.view", note(level(4), in("psychiatry")), []policy.Tie{team}, "break-glass level"},
		{"psychiatric note, lead of the treatment", attending, "care", "record.view", note(level(4), in("psychiatry")), []policy.Tie{lead}, "yes care.read-sensitive-lead"},
		{"psychiatric note, psychiatry's own team", psychiatrist, "care", "record.view", note(level(4), in("psychiatry")), []policy.Tie{team}, "yes care.read-sensitive-team"},
		{"a level 5 patient, whom the list of operations names", surgeon, "care", "record.view", note(level(5)), []policy.Tie{tie("theatre", "anaesthetist")}, "yes care.read-sensitive-theatre"},
		{"a level 5 patient, and a task in the theatre's department", surgeon, "care", "record.view", note(level(5)), []policy.Tie{tie("task", "operation")}, "break-glass level"},
		{"the list of operations, for research", surgeon, "research", "record.view", note(level(5)), []policy.Tie{tie("theatre", "anaesthetist")}, "no purpose"},
		{"the list of operations and the printer", surgeon, "care", "record.print", note(level(5)), []policy.Tie{tie("theatre", "anaesthetist")}, "no relation"},
		{"psychiatric note, psychiatry colleague", psychiatrist, "care", "record.view", note(level(4), in("psychiatry")), nil, "break-glass relation"},
		{"a reason is not enough for it", psychiatrist, "care", "record.view", note(level(4), in("psychiatry")), []policy.Tie{reason}, "break-glass level"},
		{"the lead reaches above his post", attending, "care", "record.view", note(level(5)), []policy.Tie{lead}, "yes care.read-sensitive-team care.read-sensitive-lead"},
		{"a psychiatric nurse and her patient", person("nurse", 3, "psychiatry"), "care", "record.view", note(level(5), in("psychiatry")), []policy.Tie{tie("care", "nurse")}, "yes care.read-sensitive-team"},
		{"coding above the clerk's clearance", person("records-clerk", 3), "coding", "record.view", note(level(4), discharged), nil, "ask level"},
		{"a grant above the clearance", person("researcher", 1), "research", "record.view", note(level(3), archived), []policy.Tie{tie("grant", "research"), tie("consent", "research")}, "yes research.read-granted"},
		{"nobody set the level", chief, "care", "record.view", note(level(0)), []policy.Tie{lead}, "break-glass level"},
		{"nobody set the level, emergency", surgeon, "care", "record.view", note(level(0)), []policy.Tie{glass}, "yes care.read-glass"},
		{"nobody set the level, printing", chief, "care", "record.print", note(level(0)), []policy.Tie{lead, glass}, "no level"},
		{"glass lends no clearance to the printer", person("resident", 1), "care", "record.print", note(level(2), in("surgery")), []policy.Tie{team, glass}, "ask level"},

		{"nurse reads her ward", nurse, "care", "record.view", note(), nil, "yes care.read-ward"},
		{"nurse and a patient gone home", nurse, "care", "record.view", note(discharged), nil, "stated-reason state"},
		{"nurse and another ward", nurse, "care", "record.view", note(in("surgery")), nil, "break-glass department"},
		{"pharmacist reads the orders he dispenses", pharmacist, "care", "record.orders", thing("Patient"), []policy.Tie{tie("task", "dispense")}, "yes care.read-pharmacist"},
		{"pharmacist, task not arrived", pharmacist, "care", "record.orders", thing("Patient"), nil, "stated-reason relation"},
		{"pharmacist and a progress note", pharmacist, "care", "record.view", note(), []policy.Tie{tie("task", "dispense")}, "break-glass relation"},
		{"technician with a request", technician, "care", "record.view", note(), []policy.Tie{request}, "yes care.read-technician"},
		{"technician without", technician, "care", "record.view", note(), nil, "break-glass relation"},

		{"team prints", resident, "care", "record.print", note(), []policy.Tie{team}, "yes care.print-team"},
		{"glass never prints", surgeon, "care", "record.print", note(), []policy.Tie{glass}, "no relation"},
		{"a reason never prints", resident, "care", "record.print", note(), []policy.Tie{reason}, "no relation"},
		{"printing from home", remotely(resident), "care", "record.print", note(), []policy.Tie{team}, "no place"},

		{"dispute seal against the team", resident, "care", "record.view", note(dispute), []policy.Tie{team}, "no state"},
		{"dispute seal against the glass", chief, "care", "record.view", note(dispute), []policy.Tie{lead, glass}, "no state"},
		{"a seal of unknown kind is a dispute", chief, "care", "record.view", note(unknownSeal), []policy.Tie{lead, glass}, "no state"},
		{"attention seal, treating", resident, "care", "record.view", note(attention), []policy.Tie{team}, "break-glass state"},
		{"attention seal, treating, glass", resident, "care", "record.view", note(attention), []policy.Tie{team, glass}, "yes care.read-team care.read-glass"},
		{"attention seal, glass alone", surgeon, "care", "record.view", note(attention), []policy.Tie{glass}, "no state"},
		{"the curious are not told of a seal", surgeon, "care", "record.view", note(attention), nil, "no relation"},
		{"no printing under seal", resident, "care", "record.print", note(attention), []policy.Tie{team, glass}, "no state"},
		{"no change under seal", resident, "care", "record.amend", note(dispute, by("resident-1")), []policy.Tie{team}, "no state"},
		{"a new document while the old is sealed", resident, "care", "record.file", note(by("resident-1")), []policy.Tie{team}, "yes writing.file-doctor"},
		{"medical affairs seals", affairs, "management", "record.seal", note(archived), nil, "yes seal.place"},
		{"a doctor does not", chief, "care", "record.seal", note(), []policy.Tie{lead}, "no role"},
		{"medical affairs unseals", affairs, "legal", "record.unseal", note(dispute), nil, "yes seal.lift"},
		{"not what one wrote oneself", affairs, "legal", "record.unseal", note(dispute, by("medical-affairs-1")), nil, "no relation"},

		{"author amends", resident, "care", "record.amend", note(by("resident-1")), nil, "yes writing.amend-own"},
		{"superior amends", attending, "care", "record.amend", note(by("resident-1")), nil, "yes writing.amend-superior"},
		{"colleague does not", resident, "care", "record.amend", note(by("resident-2")), []policy.Tie{team}, "no relation"},
		{"superior elsewhere does not", psychiatrist, "care", "record.amend", note(by("resident-1")), nil, "no department"},
		{"archived is closed", resident, "care", "record.amend", note(archived, by("resident-1")), nil, "ask state"},
		{"archived, with the grant of medical affairs", resident, "care", "record.amend", note(archived, by("resident-1")), []policy.Tie{tie("grant", "care")}, "yes writing.amend-own"},
		{"author signs", resident, "care", "record.sign", note(by("resident-1")), nil, "yes writing.sign-own"},
		{"superior does not sign first", attending, "care", "record.sign", note(by("resident-1")), nil, "no state"},
		{"superior countersigns", attending, "care", "record.sign", note(signed, by("resident-1")), nil, "yes writing.countersign"},
		{"nurse writes for her ward", nurse, "care", "record.file", note(by("nurse-1")), nil, "yes writing.file-nursing"},
		{"technician reports on request", technician, "care", "record.file", note(by("technician-1")), []policy.Tie{request}, "yes writing.file-technician"},
		{"own draft", resident, "care", "record.draft", thing("Draft", by("resident-1")), nil, "yes writing.draft-own"},
		{"another's draft", chief, "care", "record.draft", thing("Draft", by("resident-1")), []policy.Tie{lead}, "no relation"},

		{"coding a finished case", clerk, "coding", "record.view", note(discharged), nil, "yes office.read-coding"},
		{"coding a case in the ward", clerk, "coding", "record.view", note(), nil, "no state"},
		{"archiving", clerk, "coding", "record.archive", note(signed, discharged), nil, "yes office.archive"},
		{"archiving the unsigned", clerk, "coding", "record.archive", note(discharged), nil, "no state"},
		{"the office never edits", clerk, "coding", "record.amend", note(discharged), nil, "no role"},
		{"a copy at the window", clerk, "patient-request", "record.print", note(archived), []policy.Tie{tie("mandate", "patient-request")}, "yes office.copy-mandated"},
		{"without an approved case", clerk, "patient-request", "record.print", note(archived), nil, "no relation"},
		{"with a case for something else", clerk, "legal", "record.print", note(archived), []policy.Tie{tie("mandate", "insurance")}, "no relation"},
		{"for an insurer", clerk, "insurance", "record.print", note(archived), []policy.Tie{tie("mandate", "insurance"), tie("consent", "insurance")}, "yes office.copy-mandated"},
		{"for an insurer, sensitive", clerk, "insurance", "record.print", note(archived, level(4)), []policy.Tie{tie("mandate", "insurance"), tie("consent", "insurance")}, "no level"},
		{"a mandate opens nothing to others", attending, "legal", "record.print", note(archived), []policy.Tie{tie("mandate", "legal")}, "no purpose"},
		{"medical affairs, no reason", affairs, "management", "record.view", note(archived), nil, "stated-reason relation"},
		{"medical affairs, reason", affairs, "management", "record.view", note(archived), []policy.Tie{tie("reason", "management")}, "yes affairs.read-reason"},
		{"medical affairs, sensitive", affairs, "management", "record.view", note(archived, level(4)), []policy.Tie{tie("reason", "management")}, "ask level"},
		{"quality, finished case", quality, "quality", "record.view", note(archived), nil, "yes quality.read"},
		{"quality, case in the ward", quality, "quality", "record.view", note(), nil, "ask state"},
		{"quality never breaks the glass", quality, "care", "access.break-glass", thing("Patient"), nil, "no role"},
		{"research asks", researcher, "research", "record.view", note(archived), []policy.Tie{tie("consent", "research")}, "ask relation"},
		{"research within its grant", researcher, "research", "record.view", note(archived), []policy.Tie{tie("grant", "research"), tie("consent", "research")}, "yes research.read-granted"},
		{"research without consent", researcher, "research", "record.view", note(archived), []policy.Tie{tie("grant", "research"), tie("consent", "teaching")}, "no consent"},
		{"research by statute", researcher, "research", "record.view", note(archived), []policy.Tie{tie("grant", "research"), tie("exemption", "research")}, "yes research.read-granted"},
		{"care asks for no consent", resident, "care", "record.view", note(), []policy.Tie{team}, "yes care.read-team"},
		{"a research grant is none for teaching", chief, "teaching", "record.view", note(archived), []policy.Tie{tie("grant", "research"), tie("consent", "teaching")}, "ask relation"},

		{"auditor searches", auditor, "supervision", "ledger.search", thing("Ledger"), nil, "yes supervision.ledger"},
		{"discipline sees who read", discipline, "supervision", "ledger.readers", thing("Patient"), nil, "yes supervision.ledger"},
		{"auditor reads no content", auditor, "supervision", "record.view", note(), nil, "no role"},
		{"discipline reads no content", discipline, "supervision", "record.view", note(), []policy.Tie{tie("grant", "supervision")}, "no role"},
		{"security administrator", security, "operation", "identity.create-account", thing("Account", about("nurse-9")), nil, "yes admin.accounts"},
		{"not for himself", security, "operation", "staff.appoint", thing("Person", about("security-administrator-1")), nil, "no relation"},
		{"security administrator and content", security, "operation", "record.view", note(), []policy.Tie{tie("grant", "operation")}, "no role"},
		{"system administrator retries a job", system, "operation", "job.retry", thing("Job"), nil, "yes admin.system"},
		{"system administrator and raw messages", system, "operation", "intake.view", thing("Quarantine"), nil, "no role"},
		{"dba gives no accounts", dba, "operation", "identity.create-account", thing("Account", about("nurse-9")), nil, "no role"},
		{"dba and content", dba, "care", "record.view", note(), []policy.Tie{team}, "no role"},
		{"president sees figures", president, "management", "house.evidence", thing("House"), nil, "yes supervision.leadership"},
		{"president sees no record", president, "management", "record.view", note(), nil, "no role"},

		{"locating by number", surgeon, "care", "patient.locate", thing("House"), nil, "yes patient.locate-clinician"},
		{"searching", surgeon, "care", "patient.find", thing("House"), nil, "yes patient.search"},
		{"a hit one may not open", surgeon, "care", "patient.find", thing("Patient"), nil, "break-glass relation"},
		{"locating in another hospital", surgeon, "care", "patient.locate", thing("Patient", otherHospital), nil, "no organisation"},
		{"reading in another hospital", chief, "care", "record.view", note(otherHospital), []policy.Tie{lead, glass}, "no organisation"},
		{"head nurse relates her nurse", head, "care", "patient.relate", thing("Patient", about("nurse-1")), nil, "yes patient.relate"},
		{"head nurse relates herself", head, "care", "patient.relate", thing("Patient", about("head-nurse-1")), nil, "no relation"},
		{"a nurse relates nobody", nurse, "care", "patient.relate", thing("Patient", about("nurse-2")), nil, "no role"},
		{"own record, though in the team", resident, "care", "record.view", note(), []policy.Tie{own, team, glass}, "no relation"},
		{"no glass on oneself", resident, "care", "access.break-glass", thing("Patient"), []policy.Tie{own}, "no relation"},
		{"reviewing one's department", chief, "management", "access.review", thing("Access", about("resident-1")), nil, "yes access.review-department"},
		{"reviewing oneself", chief, "management", "access.review", thing("Access", about("chief-1")), nil, "no relation"},
		{"giving an access back", resident, "care", "access.withdraw", thing("Access", about("resident-1")), nil, "yes access.withdraw-own"},

		{"a feed files what it made", agreedFeed(), "care", "record.file", note(from("feed-1")), nil, "yes feed.records"},
		{"a feed amends what it made", agreedFeed(), "care", "record.amend", note(from("feed-1")), nil, "yes feed.records"},
		{"a feed and a signed note", agreedFeed(), "care", "record.amend", note(signed, from("feed-1")), nil, "no state"},
		{"a feed and local work", agreedFeed(), "care", "record.amend", note(by("resident-1")), nil, "no relation"},
		{"a feed and another feed's patient", agreedFeed(), "care", "patient.update", thing("Patient", from("feed-2")), nil, "no relation"},
		{"a feed with which nothing was agreed", machine("feed"), "care", "record.file", note(from("feed-1")), nil, "no standing"},
		{"a feed reads nothing", agreedFeed(), "care", "record.view", note(from("feed-1")), nil, "no role"},
		{"a job verifies", machine("job"), "operation", "ledger.verify", thing("Ledger"), nil, "yes job.upkeep"},
		{"a job reads nothing", machine("job"), "care", "record.view", note(), nil, "no role"},
		{"first start makes the first account", machine("first-start"), "operation", "identity.create-account", thing("Account"), nil, "yes first-start.found"},
		{"the demo operator imports", machine("cli", "demo-operator"), "operation", "intake.import", thing("House"), nil, "yes demo.operate"},
		{"and reads nothing", machine("cli", "demo-operator"), "care", "record.view", note(), nil, "no role"},
		{"the command line alone imports nothing", machine("cli"), "operation", "intake.import", thing("House"), nil, "no role"},
		{"nobody signs in", policy.Actor{Kind: "anonymous"}, "", "identity.sign-in", thing("Account"), nil, "yes self.sign-in"},
		{"nobody else does anything", policy.Actor{Kind: "anonymous"}, "care", "patient.locate", thing("House"), nil, "no role"},
		{"leaving is never refused", nurse, "supervision", "identity.sign-out", thing("Account", about("nurse-1")), nil, "yes self.account"},
	} {
		t.Run(line.name, func(t *testing.T) {
			d := book(t).Decide(policy.Request{
				Actor: line.who, Verb: line.verb, Object: line.what, Ties: line.ties, Purpose: line.purpose, At: noon,
			})
			if got := outcome(d); got != line.want {
				t.Errorf("got %q, want %q (rules %v)", got, line.want, d.Rules)
			}
		})
	}
}

func TestAllowedAccessNamesItsTie(t *testing.T) {
	ask := func(ties ...policy.Tie) policy.Decision {
		return book(t).Decide(policy.Request{
			Actor: person("resident", 3, "cardiology"), Verb: "record.view", Object: note(),
			Ties: ties, Purpose: "care", At: noon,
		})
	}
	if d := ask(tie("glass", "care"), tie("reason", "care"), tie("care", "resident")); d.Tie == nil || d.Tie.Kind != "care" {
		t.Errorf("the care team explains before the emergency does: %+v", d.Tie)
	}
	if d := ask(tie("task", "other"), tie("glass", "care")); d.Tie == nil || d.Tie.Kind != "task" {
		t.Errorf("the consultation explains: %+v", d.Tie)
	}
	d := book(t).Decide(policy.Request{
		Actor: person("nurse", 3, "cardiology"), Verb: "record.view", Object: note(),
		Ties: []policy.Tie{tie("glass", "care")}, Purpose: "care", At: noon,
	})
	if !d.Allowed || d.Tie != nil {
		t.Errorf("the ward alone was enough, so the glass explains nothing: %+v", d)
	}
}

func TestTiesEnd(t *testing.T) {
	ask := func(at time.Time, ties ...policy.Tie) policy.Decision {
		return book(t).Decide(policy.Request{
			Actor: person("resident", 3, "cardiology"), Verb: "record.view", Object: note(),
			Ties: ties, Purpose: "care", At: at,
		})
	}
	team := tie("care", "resident")
	if !ask(team.Until.Add(-time.Microsecond), team).Allowed {
		t.Error("the last microsecond of a tie counts")
	}
	for name, d := range map[string]policy.Decision{
		"at its end":       ask(team.Until, team),
		"before its start": ask(team.Since.Add(-time.Microsecond), team),
	} {
		if got := outcome(d); got != "stated-reason relation time" {
			t.Errorf("%s: %s", name, got)
		}
	}
	team.Until = time.Time{}
	if d := ask(noon, team); d.Allowed {
		t.Error("a tie without an end was counted")
	}
}
