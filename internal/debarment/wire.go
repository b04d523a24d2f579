package debarment

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// WritingBody is what is said when somebody is to be barred.
type WritingBody struct {
	Kind     string     `json:"kind" enum:"person,organisation"`
	Reason   string     `json:"reason" maxLength:"20" doc:"see GET /api/debarments/reasons"`
	Name     string     `json:"name" maxLength:"320"`
	Aliases  []string   `json:"aliases,omitempty" maxItems:"10" doc:"former and other names"`
	Number   string     `json:"number,omitempty" maxLength:"160" doc:"of the identity document, or the credit code"`
	Person   string     `json:"person,omitempty" maxLength:"40" doc:"id in the list of staff"`
	Basis    string     `json:"basis" maxLength:"4000" doc:"in law"`
	Facts    string     `json:"facts" maxLength:"4000"`
	Evidence []Proof    `json:"evidence" maxItems:"20" nullable:"false"`
	Traced   string     `json:"traced,omitempty" maxLength:"40" doc:"the trace of a leaked copy that led here"`
	Since    *time.Time `json:"since,omitempty" doc:"now when absent"`
	Until    *time.Time `json:"until,omitempty" doc:"absent: until a review says otherwise"`
	Review   *time.Time `json:"review,omitempty" doc:"within a year, unless it ends before"`
}

func (b WritingBody) proposal() Proposal {
	return Proposal{
		Kind: b.Kind, Reason: b.Reason, Basis: b.Basis, Evidence: b.Evidence, Content: Content{b.Name, b.Aliases, b.Number, b.Facts}, Person: b.Person, Traced: b.Traced,
		Since: moment(b.Since), Until: moment(b.Until), Review: moment(b.Review),
	}
}

func moment(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

// ChangeBody is what somebody wants of a debarment that holds.
type ChangeBody struct {
	End    bool       `json:"end"`
	Until  *time.Time `json:"until,omitempty"`
	Review *time.Time `json:"review,omitempty"`
	Words  string     `json:"words"`
	By     string     `json:"by"`
	At     time.Time  `json:"at"`
}

// Body is a debarment on the wire.
type Body struct {
	ID         string      `json:"id"`
	Kind       string      `json:"kind" enum:"person,organisation"`
	Reason     string      `json:"reason"`
	Name       string      `json:"name" doc:"empty: what was sealed is destroyed"`
	Aliases    []string    `json:"aliases" nullable:"false"`
	Number     string      `json:"number,omitempty"`
	Person     string      `json:"person,omitempty"`
	Basis      string      `json:"basis"`
	Facts      string      `json:"facts"`
	Evidence   []Proof     `json:"evidence" nullable:"false"`
	Traced     string      `json:"traced,omitempty"`
	State      string      `json:"state" enum:"proposed,held,declined,ended"`
	Active     bool        `json:"active" doc:"it counts now"`
	Overdue    bool        `json:"overdue" doc:"its review was missed; it counts all the same"`
	Since      time.Time   `json:"since"`
	Until      *time.Time  `json:"until,omitempty"`
	Review     *time.Time  `json:"review,omitempty"`
	Wanted     *ChangeBody `json:"wanted,omitempty" doc:"what waits to be agreed to"`
	Proposed   time.Time   `json:"proposed"`
	ProposedBy string      `json:"proposedBy"`
	Settled    *time.Time  `json:"settled,omitempty"`
	SettledBy  string      `json:"settledBy,omitempty"`
	Hits       int         `json:"hits" doc:"how often it was tried, or found standing"`
	Waiting    int         `json:"waiting" doc:"hits that nobody has looked at"`
	Rev        int         `json:"rev"`
}

func wireDebarment(l Listed, now time.Time) Body {
	d := l.Debarment
	b := Body{
		ID: d.ID, Kind: d.Kind, Reason: d.Reason, Name: l.Name, Aliases: append([]string{}, l.Aliases...), Number: l.Content.Number, Person: d.Person, Basis: d.Basis, Facts: l.Facts,
		Evidence: append([]Proof{}, d.Evidence...), Traced: d.Traced, State: d.State, Active: d.Holds(now), Overdue: d.overdue(now), Since: d.Since, Until: web.Moment(d.Until),
		Review: web.Moment(d.Review), Proposed: d.Proposed, ProposedBy: d.ProposedBy, Settled: web.Moment(d.Settled), SettledBy: d.SettledBy, Hits: l.Hits, Waiting: l.Waiting, Rev: d.Rev,
	}
	if len(d.Wanted) > 0 {
		c := d.Wanted[0]
		b.Wanted = &ChangeBody{c.End, web.Moment(c.Until), web.Moment(c.Review), c.Words, c.By, c.At}
	}
	return b
}

// ListBody is a page of the register.
type ListBody struct {
	web.Page[Body]
	Names map[string]staff.NameBody `json:"names"`
}

// SeenBody is a debarment with the people whom it names.
type SeenBody struct {
	Body
	Names map[string]staff.NameBody `json:"names"`
}

// HitBody is what was held back.
type HitBody struct {
	ID        string     `json:"id"`
	Debarment string     `json:"debarment"`
	Barred    string     `json:"barred" doc:"the name in the register"`
	How       string     `json:"how" enum:"number,person,name" doc:"by what it was found"`
	Verb      string     `json:"verb" doc:"of the act that was refused; standing: it was there before"`
	About     string     `json:"about"`
	Name      string     `json:"name" doc:"as it was given"`
	Number    string     `json:"number,omitempty"`
	Person    string     `json:"person,omitempty" doc:"who tried, last"`
	State     string     `json:"state" enum:"refused,asked,another,same,noted"`
	First     time.Time  `json:"first"`
	Last      time.Time  `json:"last"`
	Times     int        `json:"times"`
	Judged    *time.Time `json:"judged,omitempty"`
	JudgedBy  string     `json:"judgedBy,omitempty"`
	Words     string     `json:"words,omitempty"`
	Until     *time.Time `json:"until,omitempty" doc:"that it is another counts so long"`
}

func wireHit(h SeenHit) HitBody {
	return HitBody{
		ID: h.ID, Debarment: h.Debarment, Barred: h.Barred.Name, How: h.How, Verb: h.Verb, About: h.About, Name: h.Party.Name, Number: h.Party.Number, Person: h.Person,
		State: h.State, First: h.First, Last: h.Last, Times: h.Times, Judged: web.Moment(h.Judged), JudgedBy: h.JudgedBy, Words: h.Why, Until: web.Moment(h.Until),
	}
}

// HitListBody is a page of hits.
type HitListBody struct {
	web.Page[HitBody]
	Names map[string]staff.NameBody `json:"names"`
}

// JudgedBody is what a hit came to.
type JudgedBody struct {
	ID    string     `json:"id"`
	State string     `json:"state" enum:"another,same,noted"`
	Until *time.Time `json:"until,omitempty"`
}

// TracedBody is to whom a copy was given.
type TracedBody struct {
	ID       string                    `json:"id"`
	Issue    string                    `json:"issue"`
	Serial   string                    `json:"serial"`
	At       time.Time                 `json:"at"`
	Person   string                    `json:"person" doc:"who took it off the screen"`
	Case     string                    `json:"case,omitempty" doc:"the request from outside for which it was made"`
	Patient  string                    `json:"patient,omitempty"`
	Resolved string                    `json:"resolved,omitempty" enum:"person,organisation"`
	To       []string                  `json:"to" nullable:"false" doc:"who received it; nobody: the person who took it off the screen answers for it"`
	Numbers  []string                  `json:"numbers" nullable:"false" doc:"of the identity documents that were presented"`
	Names    map[string]staff.NameBody `json:"names"`
}

func wireTraced(t Traced) TracedBody {
	return TracedBody{
		ID: t.ID, Issue: t.Issue, Serial: t.Copy.Serial, At: t.Copy.At, Person: t.Person, Case: t.Copy.Case, Patient: t.Copy.Patient, Resolved: t.Resolved,
		To: append([]string{}, t.Copy.Names...), Numbers: append([]string{}, t.Copy.Numbers...), Names: staff.WireNames(t.Names),
	}
}

// ReasonsBody is what can be chosen.
type ReasonsBody struct {
	Reasons []ReasonBody `json:"reasons" nullable:"false"`
}

// ReasonBody is one reason.
type ReasonBody struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}
