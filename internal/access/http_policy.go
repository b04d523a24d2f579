package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) policyRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: "policy", Summary: summary}
	}
	web.Handle(s, op(http.MethodPost, "/api/policy/simulate", "simulatePolicy", "policy.simulate", "Ask the real accesses of a day again under a change"), room.postSimulate)
	web.Handle(s, op(http.MethodGet, "/api/policy/conflicts", "listConflicts", "policy.view", "List the posts that exclude one another, and who holds both"), room.getConflicts)
	web.Handle(s, op(http.MethodGet, "/api/patients/{id}/reach", "whoReaches", "policy.reach", "Tell who could open a patient, and why"), room.getWhoReaches)
	web.Handle(s, op(http.MethodGet, "/api/people/{id}/reach", "whatReaches", "policy.reach", "Tell what a person could open, and why"), room.getWhatReaches)
}

type changedBody struct {
	Entry   string    `json:"entry"`
	Verb    string    `json:"verb"`
	Person  string    `json:"person"`
	Patient string    `json:"patient"`
	At      time.Time `json:"at"`
	Allowed bool      `json:"allowed"`
	Rules   []string  `json:"rules"`
	Unmet   []string  `json:"unmet,omitempty"`
}

type trialBody struct {
	From         time.Time     `json:"from"`
	To           time.Time     `json:"to"`
	Asked        int           `json:"asked"`
	Unlike       int           `json:"unlike" doc:"left out: their outcome cannot be reproduced from what is known now"`
	StillAllowed int           `json:"stillAllowed"`
	StillRefused int           `json:"stillRefused"`
	NewlyRefused int           `json:"newlyRefused"`
	NewlyAllowed int           `json:"newlyAllowed"`
	More         bool          `json:"more"`
	Changed      []changedBody `json:"changed"`
}

func wireTrial(t Trial) trialBody {
	b := trialBody{
		From: t.From, To: t.To, Asked: t.Asked, Unlike: t.Unlike, StillAllowed: t.StillAllowed, StillRefused: t.StillRefused,
		NewlyRefused: t.NewlyRefused, NewlyAllowed: t.NewlyAllowed, More: t.More, Changed: make([]changedBody, len(t.Changed)),
	}
	for i, c := range t.Changed {
		b.Changed[i] = changedBody(c)
	}
	return b
}

type trialOut struct{ Body trialBody }

func (room *Room) postSimulate(ctx context.Context, in *struct {
	Body struct {
		Day         time.Time `json:"day,omitzero" doc:"a moment of the day; yesterday when absent"`
		WithoutTies []string  `json:"withoutTies,omitempty" doc:"reason, glass, grant, task, duty, care"`
		Role        string    `json:"role,omitempty" maxLength:"40" doc:"whoever holds this role"`
		Instead     string    `json:"instead,omitempty" maxLength:"40" doc:"would hold this one, or none"`
		MaxLevel    int       `json:"maxLevel,omitempty" doc:"clearance would end here"`
	}
}) (*trialOut, error) {
	b := in.Body
	t, err := room.Simulate(ctx, b.Day, Candidate{WithoutTies: b.WithoutTies, Role: b.Role, Instead: b.Instead, MaxLevel: b.MaxLevel})
	return &trialOut{wireTrial(t)}, err
}

type conflictBody struct {
	A   string     `json:"a"`
	B   string     `json:"b"`
	Why fault.Text `json:"why"`
}

func (room *Room) getConflicts(ctx context.Context, _ *struct{}) (*struct {
	Body struct {
		Matrix []conflictBody `json:"matrix"`
		People []string       `json:"people" doc:"who holds posts that exclude one another now"`
	}
}, error) {
	people, err := room.InConflict(ctx)
	out := &struct {
		Body struct {
			Matrix []conflictBody `json:"matrix"`
			People []string       `json:"people" doc:"who holds posts that exclude one another now"`
		}
	}{}
	out.Body.People = people
	for _, c := range policy.Conflicts() {
		out.Body.Matrix = append(out.Body.Matrix, conflictBody(c))
	}
	return out, err
}

type whyBody struct {
	Person    string       `json:"person"`
	Patient   string       `json:"patient"`
	Purpose   string       `json:"purpose"`
	Rules     []string     `json:"rules"`
	Sentences []fault.Text `json:"sentences"`
	Tie       string       `json:"tie,omitempty" doc:"kind of the tie that explains it"`
	TieID     string       `json:"tieId,omitempty"`
	Until     *time.Time   `json:"until,omitempty"`
}

func wireWhy(w Why) whyBody {
	b := whyBody{Person: w.Person, Patient: w.Patient, Purpose: w.Purpose, Rules: w.Rules, Sentences: w.Sentences}
	if w.Tie != nil {
		b.Tie, b.TieID, b.Until = w.Tie.Kind, w.Tie.ID, web.Moment(w.Tie.Until)
	}
	return b
}

type patientReachOut struct {
	Body struct {
		Openers    []whyBody                 `json:"openers"`
		More       bool                      `json:"more"`
		WithReason int                       `json:"withReason" doc:"how many more could after stating a reason"`
		WithGlass  int                       `json:"withGlass" doc:"how many more could by breaking the glass"`
		Names      map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getWhoReaches(ctx context.Context, in *web.OfID) (*patientReachOut, error) {
	reach, err := room.WhoReaches(ctx, in.ID)
	out := &patientReachOut{}
	out.Body.More, out.Body.WithReason, out.Body.WithGlass, out.Body.Names = reach.More, reach.WithReason, reach.WithGlass, staff.WireNames(reach.Names)
	for _, w := range reach.Openers {
		out.Body.Openers = append(out.Body.Openers, wireWhy(w))
	}
	return out, err
}

type beyondBody struct {
	Purpose      string   `json:"purpose"`
	Organisation bool     `json:"organisation" doc:"any patient, as far as the rules' states allow"`
	Departments  []string `json:"departments,omitempty"`
	MaxLevel     int      `json:"maxLevel"`
}

type rightBody struct {
	Rule     string     `json:"rule"`
	Sentence fault.Text `json:"sentence"`
	Verbs    []string   `json:"verbs"`
}

type personReachOut struct {
	Body struct {
		Roles    []string     `json:"roles"`
		Patients []whyBody    `json:"patients"`
		More     bool         `json:"more" doc:"a tie leads to more patients than are listed"`
		Beyond   []beyondBody `json:"beyond" doc:"without any tie to a patient"`
		Rights   []rightBody  `json:"rights"`
		Posts    []postBody   `json:"posts" doc:"what he is appointed to, and who gave it"`

		Names map[string]staff.NameBody `json:"names"`
	}
}

type postBody struct {
	Appointment string    `json:"appointment"`
	Role        string    `json:"role"`
	Department  string    `json:"department"`
	Since       time.Time `json:"since"`
	Until       time.Time `json:"until"`
	Basis       string    `json:"basis,omitempty" enum:"request,stay,feed,first-start,direct" doc:"absent: nothing is kept of it"`
	GivenBy     string    `json:"givenBy,omitempty"`
	Approvers   []string  `json:"approvers,omitempty"`
	Authorises  string    `json:"authorises,omitempty" doc:"id of the department that authorises the role; absent: none is recorded"`
	Implements  string    `json:"implements,omitempty"`
}

func wirePost(p PostHeld) postBody {
	b := postBody{
		Appointment: p.ID, Role: p.Role, Department: p.Department, Since: p.Since, Until: p.End(), Basis: p.Basis.Kind, GivenBy: p.Basis.By, Approvers: p.Approvers,
	}
	if p.Authority != nil {
		b.Authorises, b.Implements = p.Authority.Authorises, p.Authority.Implements
	}
	return b
}

func (room *Room) getWhatReaches(ctx context.Context, in *web.OfID) (*personReachOut, error) {
	reach, err := room.WhatReaches(ctx, in.ID)
	out := &personReachOut{}
	out.Body.Roles, out.Body.More = reach.Roles, reach.More
	out.Body.Posts, out.Body.Names = make([]postBody, len(reach.Posts)), staff.WireNames(reach.Names)
	for i, p := range reach.Posts {
		out.Body.Posts[i] = wirePost(p)
	}
	for _, w := range reach.Patients {
		out.Body.Patients = append(out.Body.Patients, wireWhy(w))
	}
	for _, b := range reach.Beyond {
		out.Body.Beyond = append(out.Body.Beyond, beyondBody(b))
	}
	for _, rule := range reach.Rights {
		out.Body.Rights = append(out.Body.Rights, rightBody{rule.ID, rule.Sentence, rule.Verbs})
	}
	return out, err
}
