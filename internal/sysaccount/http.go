package sysaccount

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "sysaccount"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/system-accounts/systems", ID: "listAccountSystems", Verb: "sysaccount.list", Tag: tag,
		Summary: "List foreign systems with their newest lists, their roles and what is open"}, room.getSystems)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/system-accounts/people", ID: "listSystemAccounts", Verb: "sysaccount.list", Tag: tag,
		Summary: "List who has an account where, by person"}, room.getPeople)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons/{id}/system-accounts", ID: "viewSystemAccounts", Verb: "sysaccount.of-person", Tag: tag,
		Summary: "Show the accounts of a person in other systems"}, room.getOfPerson)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/system-accounts/issues", ID: "listSystemAccountIssues", Verb: "sysaccount.list", Tag: tag,
		Summary: "List what should not be, newest first"}, room.getIssues)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/system-accounts/issues/{id}/dispose", ID: "disposeSystemAccountIssue", Verb: "sysaccount.dispose", Tag: tag,
		Summary: "Confirm a difference until a day, or have it taken back"}, room.postDispose)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/system-accounts/assign", ID: "assignSystemAccount", Verb: "sysaccount.assign", Tag: tag,
		Summary: "Say whose an account is"}, room.postAssign)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/system-accounts/mapping", ID: "setAccountMapping", Verb: "sysaccount.map", Tag: tag,
		Summary: "Keep a new version of the mapping of a system's lists"}, room.postMapping)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/system-accounts/roles", ID: "setAccountRoles", Verb: "sysaccount.map", Tag: tag, Timeout: time.Minute, Status: http.StatusNoContent,
		Summary: "Say what roles of a system come to here"}, room.postRoles)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/system-accounts/try", ID: "tryAccountList", Verb: "sysaccount.try", Tag: tag, MaxBody: MaxList + 1024, Timeout: time.Minute,
		Summary: "Tell what a list would change, and change nothing"}, room.postTry)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/system-accounts/take", ID: "takeAccountList", Verb: "sysaccount.take", Tag: tag, MaxBody: MaxList + 1024, Timeout: 2 * time.Minute,
		Summary: "Take the whole list of a system's accounts: what is not in it is gone there"}, room.postTake)
}

type systemsOut struct {
	Body struct {
		Systems []StandingBody            `json:"systems" nullable:"false"`
		Names   map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getSystems(ctx context.Context, _ *struct{}) (*systemsOut, error) {
	all, names, err := room.Standings(ctx)
	out := &systemsOut{}
	out.Body.Systems, out.Body.Names = make([]StandingBody, len(all)), staff.WireNames(names)
	for i, s := range all {
		out.Body.Systems[i] = wireStanding(s)
	}
	return out, err
}

type peopleOut struct{ Body staff.PageBody[RowBody] }

func (room *Room) getPeople(ctx context.Context, in *web.Paging) (*peopleOut, error) {
	l, err := room.Matrix(ctx, *in)
	return &peopleOut{staff.WirePage(l, wireRow)}, err
}

type rowOut struct{ Body RowBody }

func (room *Room) getOfPerson(ctx context.Context, in *web.OfID) (*rowOut, error) {
	row, err := room.OfPerson(ctx, in.ID)
	return &rowOut{wireRow(row)}, err
}

type issuesOut struct{ Body staff.PageBody[IssueBody] }

func (room *Room) getIssues(ctx context.Context, in *struct {
	web.Paging
	Source string `query:"source" maxLength:"40" doc:"only of this system"`
	State  string `query:"state" enum:"open,confirmed,to-close,closed" default:"open"`
}) (*issuesOut, error) {
	l, err := room.Issues(ctx, in.Source, in.State, in.Paging)
	return &issuesOut{staff.WirePage(l, wireIssue)}, err
}

type issueOut struct{ Body IssueBody }

func (room *Room) postDispose(ctx context.Context, in *struct {
	web.OfID
	Body Disposing
}) (*issueOut, error) {
	i, err := room.Dispose(ctx, in.ID, in.Body)
	return &issueOut{wireIssue(Seen{Issue: i, Said: in.Body.Words})}, err
}

type accountOut struct{ Body AccountBody }

func (room *Room) postAssign(ctx context.Context, in *struct {
	Body struct {
		Source  string `json:"source" maxLength:"40"`
		Account string `json:"account" maxLength:"200"`
		Person  string `json:"person,omitempty" maxLength:"40"`
		Shared  bool   `json:"shared,omitempty" doc:"several people use it"`
	}
}) (*accountOut, error) {
	a, err := room.Assign(ctx, in.Body.Source, in.Body.Account, in.Body.Person, in.Body.Shared)
	return &accountOut{wireAccount(a)}, err
}

type mappingOut struct {
	Body struct {
		Source string `json:"source"`
		Rev    int    `json:"rev"`
	}
}

func (room *Room) postMapping(ctx context.Context, in *struct {
	Body struct {
		Source  string  `json:"source" maxLength:"40"`
		Mapping Mapping `json:"mapping"`
	}
}) (*mappingOut, error) {
	rev, err := room.SetMapping(ctx, in.Body.Source, in.Body.Mapping)
	out := &mappingOut{}
	out.Body.Source, out.Body.Rev = in.Body.Source, rev
	return out, err
}

func (room *Room) postRoles(ctx context.Context, in *struct {
	Body struct {
		Source string       `json:"source" maxLength:"40"`
		Roles  []RoleRuling `json:"roles" nullable:"false" maxItems:"200"`
	}
}) (*struct{}, error) {
	return nil, room.SetRoles(ctx, in.Body.Source, in.Body.Roles)
}

type takingOut struct{ Body TakingBody }

func (room *Room) postTry(ctx context.Context, in *struct {
	Source  string `query:"source" maxLength:"40"`
	RawBody []byte `contentType:"application/octet-stream"`
}) (*takingOut, error) {
	t, err := room.Try(ctx, in.Source, in.RawBody)
	return &takingOut{wireTaking(t)}, err
}

func (room *Room) postTake(ctx context.Context, in *struct {
	Source  string `query:"source" maxLength:"40"`
	Whole   bool   `query:"whole" doc:"the list is right although it has lost most accounts"`
	RawBody []byte `contentType:"application/octet-stream"`
}) (*takingOut, error) {
	t, err := room.Take(ctx, in.Source, in.RawBody, in.Whole)
	return &takingOut{wireTaking(t)}, err
}
