package decide

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// AfterwardsBody is what a caller did while it had no answer.
type AfterwardsBody struct {
	Sent   time.Time  `json:"sent" doc:"now, by the clock of the caller; more than 120 s from ours is refused"`
	Outage OutageBody `json:"outage"`
	Uses   []DoneBody `json:"uses" minItems:"1" maxItems:"50"`
}

// OutageBody is when a caller had no answer.
type OutageBody struct {
	Since time.Time `json:"since" doc:"31 days ago at most"`
	Until time.Time `json:"until"`
}

// DoneBody is a use.
type DoneBody struct {
	QuestionBody
	Event   string    `json:"event" minLength:"1" maxLength:"160" doc:"its id at the caller, for good; the same id counts once"`
	At      time.Time `json:"at" doc:"when it was done, within the outage"`
	Purpose string    `json:"purpose,omitempty" maxLength:"64" doc:"care when left out"`
	Place   PlaceBody `json:"place,omitzero"`
	Why     string    `json:"why,omitempty" maxLength:"500" doc:"what the person said, where the caller asked him"`
}

func (b AfterwardsBody) afterwards() Afterwards {
	in := Afterwards{Sent: b.Sent, Since: b.Outage.Since, Until: b.Outage.Until, Uses: make([]Done, len(b.Uses))}
	for i, u := range b.Uses {
		asked := FrameBody{Purpose: u.Purpose, Place: u.Place}.asking(u.QuestionBody)
		in.Uses[i] = Done{Event: u.Event, At: u.At, Question: asked.Questions[0], Purpose: asked.Purpose, Place: asked.Place, Why: u.Why}
	}
	return in
}

// TakenBody is what became of a use.
type TakenBody struct {
	Event      string     `json:"event"`
	ID         string     `json:"id" doc:"of the use here; of a reused id, the one that has it"`
	Taken      string     `json:"taken" enum:"new,known,reused" doc:"known: handed in before; reused: its id is of another use, and it was not taken"`
	State      string     `json:"state" enum:"explained,waiting,accepted,raised"`
	Decision   string     `json:"decision" enum:"allow,reason,approval,break-glass,refuse" doc:"what the rules of its time say"`
	Rule       fault.Text `json:"rule"`
	Conditions []string   `json:"conditions" nullable:"false" doc:"that were not met"`
}

// TakenInBody are the uses of a request, in their order.
type TakenInBody struct {
	Uses    []TakenBody `json:"uses" nullable:"false"`
	Account string      `json:"account" doc:"id of the entry in the ledger"`
}

func wireTaken(in TakenIn) TakenInBody {
	b := TakenInBody{Uses: make([]TakenBody, len(in.Uses)), Account: in.Account}
	for i, t := range in.Uses {
		b.Uses[i] = TakenBody{Event: t.Event, ID: t.ID, Taken: t.How, State: t.State, Decision: string(t.Decision), Rule: t.rule(), Conditions: t.Unmet}
	}
	return b
}

// UseBody is a use as whoever reviews it sees it.
type UseBody struct {
	ID         string     `json:"id"`
	Source     string     `json:"source" doc:"code"`
	Event      string     `json:"event"`
	At         time.Time  `json:"at" doc:"as the source says"`
	Received   time.Time  `json:"received"`
	Person     string     `json:"person,omitempty"`
	Patient    string     `json:"patient,omitempty"`
	Said       SaidBody   `json:"said"`
	Decision   string     `json:"decision"`
	Conditions []string   `json:"conditions" nullable:"false"`
	Rule       fault.Text `json:"rule"`
	State      string     `json:"state" enum:"explained,waiting,accepted,raised"`
	Settled    *time.Time `json:"settled,omitempty"`
	SettledBy  string     `json:"settledBy,omitempty"`
	Words      string     `json:"words,omitempty"`
}

// SaidBody is a use as its source told it.
type SaidBody struct {
	QuestionBody
	Purpose string    `json:"purpose,omitempty"`
	Place   PlaceBody `json:"place,omitzero"`
	Why     string    `json:"why,omitempty"`
}

// UsesBody is a page of uses with the people in them.
type UsesBody struct {
	web.Page[UseBody]
	Names map[string]staff.NameBody `json:"names"`
}

func wireUse(u Shown) UseBody {
	q := u.Done.Question
	return UseBody{
		ID: u.ID, Source: u.Code, Event: u.Event, At: u.At, Received: u.Received, Person: u.Person, Patient: u.Patient,
		Said: SaidBody{
			QuestionBody: QuestionBody{Person: PersonBody(q.Person), Action: q.Action, Object: ObjectBody(q.Object)}, Purpose: u.Done.Purpose,
			Place: wirePlace(u.Done.Place), Why: u.Done.Why,
		},
		Decision: string(u.Decision), Conditions: u.Unmet, Rule: u.rule(), State: u.State, Settled: web.Moment(u.Settled), SettledBy: u.By, Words: u.SaidOf,
	}
}

func wirePlace(p Place) PlaceBody {
	b := PlaceBody{Terminal: p.Terminal, IP: p.IP, Strong: p.Strong, Stepped: p.Stepped}
	if p.Remote {
		b.Zone = "remote"
	}
	return b
}
