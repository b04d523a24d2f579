package identity

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

type signInIn struct {
	Body signInBody
	Slowed
}

type signInOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      admittedBody
}

func (r *Room) postSession(ctx context.Context, in *signInIn) (*signInOut, error) {
	admitted, err := r.enter(ctx, in.Body)
	if err != nil {
		retryAfter(in.answer, err)
		return nil, err
	}
	return answerAdmission(admitted, in.Body.Bearer), nil
}

func answerAdmission(admitted Admission, bearer bool) *signInOut {
	out := &signInOut{Body: wireAdmission(admitted, bearer)}
	if !bearer {
		out.SetCookie = []http.Cookie{cookie(admitted.Token)}
	}
	return out
}

func (r *Room) enter(ctx context.Context, b signInBody) (Admission, error) {
	if b.Person != "" {
		return r.SignInAs(ctx, b.Person)
	}
	return r.SignIn(ctx, Credentials{Name: b.Name, Password: b.Password, Code: b.Code, BrowserKey: b.BrowserKey})
}

// Slowed is part of a request whose answer may ask to wait, and says for how long in a
// header too.
type Slowed struct{ answer huma.Context }

// Resolve implements huma.Resolver.
func (in *Slowed) Resolve(answer huma.Context) []error {
	in.answer = answer
	return nil
}

func retryAfter(answer huma.Context, err error) {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return
	}
	if wait, ok := e.Detail.(Wait); ok {
		answer.SetHeader("Retry-After", strconv.Itoa(wait.Seconds))
	}
}

// cookie holds a token until the browser is closed or the session ends.
func cookie(token string) http.Cookie {
	return http.Cookie{Name: CookieName, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode}
}

func noCookie() http.Cookie {
	gone := cookie("") //nolint:gosec // it has every attribute; the check does not see through the call
	gone.MaxAge = -1
	return gone
}

type whoOut struct{ Body whoBody }

func (r *Room) getSession(ctx context.Context, _ *struct{}) (*whoOut, error) {
	who, ok := ctx.Value(presentKey{}).(*present)
	if !ok {
		return nil, r.whyNobody(ctx)
	}
	var ids []string
	for _, a := range who.standing.Appointments {
		ids = append(ids, a.Department)
	}
	var departments map[string]fault.Text
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		departments, err = staff.DepartmentNames(ctx, v, who.session.Org, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &whoOut{wireWho(who, act.From(ctx).Purpose, departments, r.demo, r.desk.Now())}, nil
}

type leftOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

func (r *Room) deleteSession(ctx context.Context, _ *struct{}) (*leftOut, error) {
	if err := r.SignOut(ctx); err != nil {
		return nil, err
	}
	return &leftOut{SetCookie: []http.Cookie{noCookie()}}, nil
}

type endedBody struct {
	Ended int `json:"ended" doc:"how many sessions were ended"`
}

type leftEverywhereOut struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      endedBody
}

func (r *Room) deleteSessions(ctx context.Context, _ *struct{}) (*leftEverywhereOut, error) {
	ended, err := r.SignOutEverywhere(ctx, "")
	if err != nil {
		return nil, err
	}
	return &leftEverywhereOut{SetCookie: []http.Cookie{noCookie()}, Body: endedBody{ended}}, nil
}

type passwordIn struct {
	Body newPasswordBody
	Slowed
}

func (r *Room) postPassword(ctx context.Context, in *passwordIn) (*struct{}, error) {
	err := r.ChangePassword(ctx, in.Body.Old, in.Body.Chosen)
	retryAfter(in.answer, err)
	return nil, err
}

func (r *Room) postPurpose(ctx context.Context, in *struct{ Body purposeBody }) (*struct{}, error) {
	return nil, r.ChoosePurpose(ctx, in.Body.Purpose)
}

type demoPeopleOut struct{ Body web.Page[demoPersonBody] }

func (r *Room) getDemoPeople(ctx context.Context, _ *struct{}) (*demoPeopleOut, error) {
	people, err := r.DemoPeople(ctx)
	if err != nil {
		return nil, err
	}
	out := &demoPeopleOut{Body: web.Page[demoPersonBody]{Items: make([]demoPersonBody, len(people))}}
	for i, p := range people {
		out.Body.Items[i] = wireDemoPerson(p)
	}
	return out, nil
}
