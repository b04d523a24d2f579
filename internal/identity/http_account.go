package identity

import (
	"context"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

type accountsOut struct{ Body web.Page[accountBody] }

func (r *Room) getAccounts(ctx context.Context, in *struct{ web.Paging }) (*accountsOut, error) {
	var after string
	if _, err := web.DecodeCursor(in.Cursor, &after); err != nil {
		return nil, err
	}
	listed, more, err := r.ListAccounts(ctx, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &accountsOut{Body: web.Page[accountBody]{Items: make([]accountBody, len(listed))}}
	for i, a := range listed {
		out.Body.Items[i] = wireAccount(a.Account, a.Holder)
	}
	if more {
		out.Body.Next, err = web.EncodeCursor(listed[len(listed)-1].Name)
	}
	return out, err
}

type createdOut struct{ Body createdBody }

func (r *Room) postAccount(ctx context.Context, in *struct{ Body newAccountBody }) (*createdOut, error) {
	made, err := r.CreateAccount(ctx, NewAccount{Person: in.Body.Person, Name: in.Body.Name})
	if err != nil {
		return nil, err
	}
	return &createdOut{createdBody{wireAccount(made.Account, staff.Name{}), made.Password}}, nil
}

type resetOut struct {
	Body struct {
		Password string `json:"password" doc:"shown once; must be changed at the first sign-in"`
	}
}

func (r *Room) postReset(ctx context.Context, in *web.OfID) (*resetOut, error) {
	password, err := r.ResetPassword(ctx, in.ID)
	out := &resetOut{}
	out.Body.Password = password
	return out, err
}

type lockIn struct {
	web.OfID
	Body struct {
		Why string `json:"why" enum:"compromised,sharing,inquiry,other"`
	}
}

func (r *Room) postLockAccount(ctx context.Context, in *lockIn) (*struct{}, error) {
	return nil, r.LockAccount(ctx, in.ID, in.Body.Why)
}

func (r *Room) postUnlockAccount(ctx context.Context, in *web.OfID) (*resetOut, error) {
	password, err := r.UnlockAccount(ctx, in.ID)
	out := &resetOut{}
	out.Body.Password = password
	return out, err
}

func (r *Room) postLeak(ctx context.Context, in *showIn) (*resetOut, error) {
	password, err := r.ReportLeak(ctx, in.Body.shown())
	retryAfter(in.answer, err)
	out := &resetOut{}
	out.Body.Password = password
	return out, err
}

func (r *Room) postDisable(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.DisableAccount(ctx, in.ID)
}

type endedOut struct{ Body endedBody }

func (r *Room) deleteAccountSessions(ctx context.Context, in *web.OfID) (*endedOut, error) {
	ended, err := r.SignOutEverywhere(ctx, in.ID)
	return &endedOut{endedBody{ended}}, err
}
