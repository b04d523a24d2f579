package access

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) endingRoute(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/revocations", ID: "listRevocations", Verb: "access.see-grants", Tag: tag,
		Summary: "List orders to end a right of whatever kind, and whether each process of the house has found them to hold, newest first"}, room.getEndings)
}

// EndingBody is an order to end a right on the wire.
type EndingBody struct {
	ID      string                    `json:"id"`
	Act     string                    `json:"act" doc:"of the order, in the ledger"`
	Kind    string                    `json:"kind" enum:"grant,reason,glass,post,turn,account,session,sessions,export,handover,release"`
	Name    fault.Text                `json:"name"`
	Subject string                    `json:"subject"`
	Person  string                    `json:"person,omitempty"`
	Patient string                    `json:"patient,omitempty"`
	By      string                    `json:"by"`
	Asked   time.Time                 `json:"asked"`
	Due     time.Time                 `json:"due" doc:"from when it must not open any more"`
	State   string                    `json:"state" enum:"ending,ended,failed"`
	Settled *time.Time                `json:"settled,omitempty"`
	Remains string                    `json:"remains,omitempty" doc:"kind of another tie by which the person still gets there"`
	Tries   int                       `json:"tries,omitempty" doc:"how often it was tried again after it did not hold"`
	Next    *time.Time                `json:"next,omitempty" doc:"when it is tried again by itself"`
	GivenUp *time.Time                `json:"givenUp,omitempty" doc:"when the last trial failed; whoever ordered it was told"`
	Trials  []endTrialBody            `json:"trials"`
	Names   map[string]staff.NameBody `json:"names,omitempty"`
}

type endTrialBody struct {
	Process string     `json:"process"`
	At      *time.Time `json:"at,omitempty" doc:"absent: it has not been tried there yet"`
	Open    []string   `json:"open,omitempty" doc:"what still opened: row, rules or exports; absent: it holds"`
}

func wireEnding(e EndingSeen) EndingBody {
	kind, _ := endKindOf(e.Kind)
	b := EndingBody{
		ID: e.ID, Act: e.Act, Kind: e.Kind, Name: kind.name, Subject: e.Subject, Person: e.Person, Patient: e.Patient, By: e.By, Asked: e.Asked, Due: e.Due,
		State: e.State, Settled: web.Moment(e.Settled), Remains: e.Remains, Trials: []endTrialBody{}, Names: staff.WireNames(e.Names),
		Tries: e.Again.Tries, Next: web.Moment(e.Again.Next),
	}
	if e.Again.State == RetryGivenUp {
		b.GivenUp = web.Moment(e.Again.Closed)
	}
	for _, t := range e.Trials {
		b.Trials = append(b.Trials, endTrialBody{t.Process, web.Moment(t.At), t.Open})
	}
	for _, p := range e.Alive {
		if !slices.ContainsFunc(e.Trials, func(t EndTrial) bool { return t.Process == p }) {
			b.Trials = append(b.Trials, endTrialBody{Process: p})
		}
	}
	return b
}

func (room *Room) getEndings(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"ending,ended,failed" doc:"any when absent"`
}) (*pageOut[EndingBody], error) {
	page, err := room.Endings(ctx, in.State, in.Cursor, in.Limit)
	return &pageOut[EndingBody]{web.Shown(page, wireEnding)}, err
}
