package privilege

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) importantRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string, status int) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: tag, Status: status, Summary: summary}
	}
	web.Handle(s, op(http.MethodGet, "/api/important", "listImportant", "privilege.see-important", "List the operations that want a second person, and the acts that wait for one", 0), room.getImportant)
	web.Handle(s, op(http.MethodPost, "/api/important", "proposeImportant", "privilege.propose-important", "Propose that an operation wants a second person, or fewer minutes", http.StatusCreated), room.postImportant)
	web.Handle(s, op(http.MethodPost, "/api/important/{id}/settle", "settleImportant", "privilege.settle-important", "Agree to a change of the list that somebody else proposed, or decline it", 0), room.postSettleImportant)
	web.Handle(s, op(http.MethodPost, "/api/second-calls", "callSecond", "privilege.call-second", "Say that an act of one's own waits for a second person", http.StatusCreated), room.postCall)
	web.Handle(s, op(http.MethodGet, "/api/second-calls/{id}", "seeSecondCall", "privilege.see-call", "Show how a call for a second person stands", 0), room.getCall)
	web.Handle(s, op(http.MethodPost, "/api/second-calls/{id}/confirm", "confirmSecond", "privilege.confirm-second", "Confirm one act of somebody else as second person", 0), room.postConfirm)
}

// ImportantBody is a change of the list on the wire.
type ImportantBody struct {
	ID         string    `json:"id"`
	Verb       string    `json:"verb"`
	Minutes    int       `json:"minutes" doc:"0: to be taken off"`
	State      string    `json:"state" enum:"proposed,agreed,declined"`
	Proposed   time.Time `json:"proposed"`
	ProposedBy string    `json:"proposedBy"`
}

func wireImportant(i Important) ImportantBody {
	return ImportantBody{i.ID, i.Verb, i.Minutes, i.State, i.Proposed, i.ProposedBy}
}

type operationBody struct {
	Verb    string         `json:"verb"`
	Minutes int            `json:"minutes" doc:"how old the second person's sign-in may be; 0 where a flow has its own"`
	Floor   bool           `json:"floor" doc:"delivered: never removed"`
	Flow    *fault.Text    `json:"flow,omitempty" doc:"by what steps it has two persons already; absent: the door asks for the second"`
	Waiting *ImportantBody `json:"waiting,omitempty"`
}

// SecondBody is a call for a second person on the wire.
type SecondBody struct {
	ID      string     `json:"id"`
	Verb    string     `json:"verb"`
	Kind    string     `json:"kind"`
	Object  string     `json:"object"`
	AskedBy string     `json:"askedBy"`
	Asked   time.Time  `json:"asked"`
	Expires time.Time  `json:"expires"`
	State   string     `json:"state" enum:"called,confirmed,spent"`
	Second  string     `json:"second,omitempty"`
	Until   *time.Time `json:"until,omitempty" doc:"how long the confirmation counts"`
}

func wireSecond(s Second) SecondBody {
	return SecondBody{s.ID, s.Verb, s.Kind, s.Object, s.AskedBy, s.Asked, s.Expires, s.State, s.Second, web.Moment(s.Until)}
}

type importantOut struct {
	Body struct {
		Operations []operationBody           `json:"operations"`
		Addable    []string                  `json:"addable"`
		Calls      []SecondBody              `json:"calls"`
		Names      map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getImportant(ctx context.Context, _ *struct{}) (*importantOut, error) {
	seen, err := room.ListImportant(ctx)
	out := &importantOut{}
	out.Body.Operations, out.Body.Calls, out.Body.Addable, out.Body.Names = []operationBody{}, []SecondBody{}, append([]string{}, seen.Addable...), staff.WireNames(seen.Names)
	for _, o := range seen.Operations {
		b := operationBody{Verb: o.Verb, Minutes: o.Minutes, Floor: o.Floor}
		if o.Flow != (fault.Text{}) {
			b.Flow = &o.Flow
		}
		if o.Waiting != nil {
			waiting := wireImportant(*o.Waiting)
			b.Waiting = &waiting
		}
		out.Body.Operations = append(out.Body.Operations, b)
	}
	for _, c := range seen.Calls {
		out.Body.Calls = append(out.Body.Calls, wireSecond(c))
	}
	return out, err
}

type importantChangeOut struct{ Body ImportantBody }

func (room *Room) postImportant(ctx context.Context, in *struct {
	Body struct {
		Verb    string `json:"verb" maxLength:"80"`
		Minutes int    `json:"minutes"`
	}
}) (*importantChangeOut, error) {
	one, err := room.ProposeImportant(ctx, in.Body.Verb, in.Body.Minutes)
	return &importantChangeOut{wireImportant(one)}, err
}

func (room *Room) postSettleImportant(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Agree bool `json:"agree"`
	}
}) (*importantChangeOut, error) {
	one, err := room.SettleImportant(ctx, in.ID, in.Body.Agree)
	return &importantChangeOut{wireImportant(one)}, err
}

type secondOut struct{ Body SecondBody }

func (room *Room) postCall(ctx context.Context, in *struct {
	Body struct {
		Verb   string `json:"verb" maxLength:"80"`
		Kind   string `json:"kind" maxLength:"80"`
		Object string `json:"object" maxLength:"80"`
		Said   string `json:"said" maxLength:"80" doc:"the digest that the refusal told"`
	}
}) (*secondOut, error) {
	s, err := room.Call(ctx, in.Body.Verb, in.Body.Kind, in.Body.Object, in.Body.Said)
	return &secondOut{wireSecond(s)}, err
}

func (room *Room) getCall(ctx context.Context, in *web.OfID) (*secondOut, error) {
	s, err := room.SeeCall(ctx, in.ID)
	return &secondOut{wireSecond(s)}, err
}

func (room *Room) postConfirm(ctx context.Context, in *web.OfID) (*secondOut, error) {
	s, err := room.Confirm(ctx, in.ID)
	return &secondOut{wireSecond(s)}, err
}
