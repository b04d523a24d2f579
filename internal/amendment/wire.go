package amendment

import (
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// CorrectionBody is a correction in a list.
type CorrectionBody struct {
	ID         string     `json:"id"`
	Patient    string     `json:"patient"`
	Document   string     `json:"document"`
	Form       string     `json:"form" doc:"kind of the document"`
	Title      string     `json:"title"`
	Department string     `json:"department,omitempty"`
	Writer     string     `json:"writer" doc:"who wrote the document"`
	Base       int        `json:"base" doc:"the version that is corrected"`
	Was        string     `json:"was" enum:"filed,signed,archived"`
	Rules      int        `json:"rules" doc:"number of the rules; 0: as delivered"`
	Approver   string     `json:"approver" enum:"none,senior,medical-affairs"`
	State      string     `json:"state" enum:"writing,asked,approved,completed,refused,withdrawn,abandoned"`
	Next       string     `json:"next,omitempty" doc:"the step that is to be taken"`
	Kind       string     `json:"kind,omitempty" doc:"of the error"`
	Rev        int        `json:"rev" doc:"to be given with the next step"`
	Opened     time.Time  `json:"opened"`
	OpenedBy   string     `json:"openedBy"`
	Asked      *time.Time `json:"asked,omitempty"`
	Decided    *time.Time `json:"decided,omitempty"`
	DecidedBy  string     `json:"decidedBy,omitempty"`
	Version    int        `json:"version,omitempty" doc:"that it made"`
	Ended      *time.Time `json:"ended,omitempty"`
	EndedBy    string     `json:"endedBy,omitempty"`
	Told       int        `json:"told" doc:"how many earlier recipients are to be told"`
}

func wireCase(c Case) CorrectionBody {
	return CorrectionBody{
		ID: c.ID, Patient: c.Patient, Document: c.Document, Form: c.Form, Title: c.Title, Department: c.Department, Writer: c.Writer, Base: c.Base, Was: c.Was, Rules: c.Rules,
		Approver: c.Approver, State: c.State, Next: c.Next(), Kind: c.Kind, Rev: c.Rev, Opened: c.Opened, OpenedBy: c.OpenedBy, Asked: web.Moment(c.Asked),
		Decided: web.Moment(c.Decided), DecidedBy: c.DecidedBy, Version: c.Version, Ended: web.Moment(c.Ended), EndedBy: c.EndedBy, Told: c.Told,
	}
}

// CorrectionsBody is a page of corrections.
type CorrectionsBody struct {
	web.Page[CorrectionBody]
	Names map[string]staff.NameBody `json:"names"`
}

// CorrectionStepBody is a step that was taken.
type CorrectionStepBody struct {
	Step   string    `json:"step"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// CorrectionNoticeBody is the telling of an earlier recipient.
type CorrectionNoticeBody struct {
	ID             string     `json:"id"`
	Amendment      string     `json:"amendment"`
	Document       string     `json:"document"`
	Kind           string     `json:"kind" enum:"sending,case,claim,issue,forward,program"`
	Recipient      string     `json:"recipient,omitempty"`
	Name           string     `json:"name,omitempty"`
	Person         string     `json:"person,omitempty"`
	Had            int        `json:"had" doc:"the version that they were given"`
	Left           time.Time  `json:"left"`
	State          string     `json:"state" enum:"due,told,acknowledged,unreachable"`
	Due            time.Time  `json:"due"`
	Told           *time.Time `json:"told,omitempty"`
	ToldBy         string     `json:"toldBy,omitempty"`
	How            string     `json:"how,omitempty"`
	Sending        string     `json:"sending,omitempty" doc:"by which the corrected version went to them"`
	Acknowledged   *time.Time `json:"acknowledged,omitempty"`
	AcknowledgedBy string     `json:"acknowledgedBy,omitempty"`
	Words          string     `json:"words,omitempty"`
}

func wireNotice(n Notice) CorrectionNoticeBody {
	return CorrectionNoticeBody{
		ID: n.ID, Amendment: n.Amendment, Document: n.Document, Kind: n.Kind, Recipient: n.Recipient, Name: n.Name, Person: n.Person, Had: n.Had, Left: n.Left, State: n.State, Due: n.Due,
		Told: web.Moment(n.Told), ToldBy: n.ToldBy, How: n.How, Sending: n.Sending, Acknowledged: web.Moment(n.Acknowledged), AcknowledgedBy: n.AcknowledgedBy,
	}
}

// CorrectionNoticesBody is a page of them.
type CorrectionNoticesBody struct {
	web.Page[CorrectionNoticeBody]
	Names map[string]staff.NameBody `json:"names"`
}

// CorrectionSeenBody is a correction with everything that belongs to it.
type CorrectionSeenBody struct {
	CorrectionBody
	Words    string                    `json:"words" doc:"why"`
	Marked   []string                  `json:"marked" nullable:"false" doc:"keys of the sections that are wrong"`
	Before   []record.Section          `json:"before" nullable:"false"`
	After    []record.Section          `json:"after" nullable:"false"`
	Decision string                    `json:"decision,omitempty" doc:"what was said when it was approved or sent back"`
	Ending   string                    `json:"ending,omitempty" doc:"why it was withdrawn"`
	Steps    []CorrectionStepBody      `json:"steps" nullable:"false"`
	Notices  []CorrectionNoticeBody    `json:"notices" nullable:"false"`
	Names    map[string]staff.NameBody `json:"names"`
}

func wireSeen(s Seen) CorrectionSeenBody {
	b := CorrectionSeenBody{
		CorrectionBody: wireCase(s.Case), Words: s.Said.Words, Marked: append([]string{}, s.Said.Sections...), Before: append([]record.Section{}, s.Said.Before...),
		After: append([]record.Section{}, s.Said.After...), Decision: s.Said.Decision, Ending: s.Said.Ending, Steps: []CorrectionStepBody{}, Notices: []CorrectionNoticeBody{}, Names: staff.WireNames(s.Names),
	}
	for _, x := range s.Steps {
		b.Steps = append(b.Steps, CorrectionStepBody{x.Step, x.Person, x.At})
	}
	for _, n := range s.Notices {
		wired := wireNotice(n)
		wired.Words = s.Words[n.ID]
		b.Notices = append(b.Notices, wired)
	}
	return b
}

// CorrectionSayingBody is what somebody says in one step; each takes what belongs to it.
type CorrectionSayingBody struct {
	Rev      int              `json:"rev" minimum:"1"`
	Sections []string         `json:"sections,omitempty" maxItems:"100" doc:"wrong: keys of the sections"`
	Kind     string           `json:"kind,omitempty" maxLength:"40" doc:"kind: wrong-patient, wrong-value, laterality, identity, omission, wording, copied or other"`
	Words    string           `json:"words,omitempty" maxLength:"2000" doc:"reason"`
	Values   []record.Section `json:"values,omitempty" maxItems:"100" doc:"value: key and new text of each section that was marked"`
	Affected string           `json:"affected,omitempty" maxLength:"64" doc:"effects: the digest of what was shown"`
}

// EffectsBody tells who was given a document before its correction.
type EffectsBody struct {
	Affected []AffectedBody            `json:"affected" nullable:"false"`
	Digest   string                    `json:"digest" doc:"to be given with the step of effects"`
	Names    map[string]staff.NameBody `json:"names"`
}

// AffectedBody is somebody who has it.
type AffectedBody struct {
	Kind      string    `json:"kind" enum:"sending,case,claim,issue,forward,program"`
	Recipient string    `json:"recipient,omitempty"`
	Name      string    `json:"name,omitempty"`
	Person    string    `json:"person,omitempty"`
	Version   int       `json:"version"`
	At        time.Time `json:"at"`
	Gone      bool      `json:"gone" doc:"there is nobody any more who could be told"`
}

// CorrectionRulesBody are the rules in force with every version of them.
type CorrectionRulesBody struct {
	Rules    []Rule                    `json:"rules" nullable:"false"`
	Number   int                       `json:"number" doc:"0: as delivered"`
	Releases []CorrectionReleaseBody   `json:"releases" nullable:"false"`
	Refused  map[string]int            `json:"refused" doc:"requests that the rules did not allow, by code"`
	Names    map[string]staff.NameBody `json:"names"`
}

// CorrectionReleaseBody is one version of the rules.
type CorrectionReleaseBody struct {
	ID         string     `json:"id"`
	Number     int        `json:"number"`
	Rules      []Rule     `json:"rules" nullable:"false"`
	Words      string     `json:"words"`
	State      string     `json:"state" enum:"proposed,released,rejected"`
	Proposed   time.Time  `json:"proposed"`
	ProposedBy string     `json:"proposedBy"`
	Settled    *time.Time `json:"settled,omitempty"`
	SettledBy  string     `json:"settledBy,omitempty"`
}

func wireRelease(p Release) CorrectionReleaseBody {
	return CorrectionReleaseBody{p.ID, p.Number, append([]Rule{}, p.Rules...), p.Words, p.State, p.Proposed, p.ProposedBy, web.Moment(p.Settled), p.SettledBy}
}

// ComplaintBody is a complaint of unlawful collection.
type ComplaintBody struct {
	ID        string     `json:"id"`
	Patient   string     `json:"patient"`
	Document  string     `json:"document"`
	Writer    string     `json:"writer,omitempty"`
	Ground    string     `json:"ground" enum:"deceit,coercion,without-consent,beyond-purpose,other"`
	State     string     `json:"state" enum:"brought,quarantined,released,removed"`
	Brought   time.Time  `json:"brought"`
	BroughtBy string     `json:"broughtBy"`
	Held      *time.Time `json:"held,omitempty"`
	Settled   *time.Time `json:"settled,omitempty"`
	SettledBy string     `json:"settledBy,omitempty"`
}

func wireComplaint(c Complaint) ComplaintBody {
	return ComplaintBody{c.ID, c.Patient, c.Document, c.Writer, c.Ground, c.State, c.Brought, c.BroughtBy, web.Moment(c.Held), web.Moment(c.Settled), c.SettledBy}
}

// ComplaintsBody is a page of complaints.
type ComplaintsBody struct {
	web.Page[ComplaintBody]
	Names map[string]staff.NameBody `json:"names"`
}

// ComplaintSeenBody is a complaint with what was said.
type ComplaintSeenBody struct {
	ComplaintBody
	Words  string                    `json:"words"`
	Reason string                    `json:"reason,omitempty"`
	Names  map[string]staff.NameBody `json:"names"`
}

// SuspicionBody is an entry that cannot be so.
type SuspicionBody struct {
	ID         string     `json:"id"`
	Rule       string     `json:"rule" enum:"before-admission,after-death,off-duty,identical"`
	Document   string     `json:"document"`
	Version    int        `json:"version"`
	Patient    string     `json:"patient"`
	Title      string     `json:"title"`
	Department string     `json:"department,omitempty"`
	Writer     string     `json:"writer,omitempty"`
	Other      string     `json:"other,omitempty" doc:"the document that says the same"`
	Found      time.Time  `json:"found"`
	State      string     `json:"state" enum:"open,cleared,confirmed"`
	Settled    *time.Time `json:"settled,omitempty"`
	SettledBy  string     `json:"settledBy,omitempty"`
}

func wireSuspicion(s Suspicion) SuspicionBody {
	return SuspicionBody{s.ID, s.Rule, s.Document, s.Number, s.Patient, s.Title, s.Department, s.Writer, s.Other, s.Found, s.State, web.Moment(s.Settled), s.SettledBy}
}

// SuspicionsBody is a page of them.
type SuspicionsBody struct {
	web.Page[SuspicionBody]
	Names map[string]staff.NameBody `json:"names"`
}

// ReplayBody is how a document stood at a moment.
type ReplayBody struct {
	Document string                    `json:"document"`
	At       time.Time                 `json:"at"`
	Version  int                       `json:"version"`
	State    string                    `json:"state" enum:"filed,signed,archived"`
	Sealed   bool                      `json:"sealed"`
	Held     []string                  `json:"held" nullable:"false" doc:"kinds of the holds that lay on it"`
	Title    string                    `json:"title"`
	Sections []record.Section          `json:"sections" nullable:"false"`
	Events   []ReplayEventBody         `json:"events" nullable:"false"`
	More     bool                      `json:"more"`
	Names    map[string]staff.NameBody `json:"names"`
}

// ReplayEventBody is one thing that was done to it.
type ReplayEventBody struct {
	At      time.Time `json:"at"`
	Verb    string    `json:"verb"`
	Person  string    `json:"person,omitempty"`
	Machine string    `json:"machine,omitempty"`
	Entry   string    `json:"entry,omitempty" doc:"in the ledger"`
	Version int       `json:"version,omitempty"`
}

func wireReplay(p Replay) ReplayBody {
	b := ReplayBody{
		Document: p.View.ID, At: p.At, Version: p.View.Shown.Number, State: p.State, Sealed: p.Sealed, Held: []string{}, Title: p.View.Title,
		Sections: append([]record.Section{}, p.View.Content.Sections...), Events: []ReplayEventBody{}, More: p.More, Names: staff.WireNames(p.Names),
	}
	for _, h := range p.Holds {
		b.Held = append(b.Held, h.Kind)
	}
	for _, e := range p.Events {
		b.Events = append(b.Events, ReplayEventBody(e))
	}
	return b
}

// ClaimCheckBody is what a check of claims found.
type ClaimCheckBody struct {
	ID          string            `json:"id"`
	Claims      int               `json:"claims"`
	Compared    int               `json:"compared"`
	Differences []ClaimDifference `json:"differences" nullable:"false"`
	At          time.Time         `json:"at"`
}
