package template

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "template"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/templates", ID: "listTemplates", Verb: "template.list", Tag: tag,
		Summary: "List form definitions with their versions, the newest of each first"}, room.getTemplates)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/templates/starters", ID: "listStarterTemplates", Verb: "template.list", Tag: tag,
		Summary: "List the definitions that come with the program, to begin with"}, room.getStarters)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/templates/check", ID: "checkTemplate", Verb: "template.try", Tag: tag,
		Summary: "Say everything that keeps a definition from being submitted, with the column in an expression, and how it judges its samples"}, room.postCheck)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/templates", ID: "writeTemplate", Verb: "template.write", Tag: tag, Status: http.StatusCreated,
		Summary: "Begin a form, or the next version of one; also by a file that was handed on"}, room.postTemplate)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/templates/{id}", ID: "viewTemplate", Verb: "template.view", Tag: tag,
		Summary: "Show a version with its content, what is wrong with it, and in what it differs from the one released before"}, room.getTemplate)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/templates/{id}", ID: "rewriteTemplate", Verb: "template.write", Tag: tag,
		Summary: "Replace what a draft says"}, room.putTemplate)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/templates/{id}/submit", ID: "submitTemplate", Verb: "template.submit", Tag: tag,
		Summary: "Have a draft reviewed; refused while a field has no purpose or reason, or a sample is judged otherwise than it says"}, room.postSubmit)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/templates/{id}/return", ID: "returnTemplate", Verb: "template.return", Tag: tag,
		Summary: "Give a submitted version back, with a reason"}, room.said(room.Return))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/templates/{id}/release", ID: "releaseTemplate", Verb: "template.release", Tag: tag,
		Summary: "Put a version into use from a moment on; somebody unrelated to everybody who wrote it. It never changes afterwards"}, room.postRelease)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/templates/{id}/retire", ID: "retireTemplate", Verb: "template.retire", Tag: tag,
		Summary: "Take a released version out of use, with a reason; whoever began with it goes on"}, room.said(room.Retire))
}

type listOut struct{ Body ListBody }

func (room *Room) getTemplates(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"draft,submitted,released,retired" doc:"all when absent"`
}) (*listOut, error) {
	l, err := room.List(ctx, in.State, in.Paging)
	now := room.desk.Now()
	return &listOut{ListBody{web.Shown(l.Page, func(v Version) Body { return wireVersion(v, now) }), staff.WireNames(l.Names)}}, err
}

type startersOut struct {
	Body struct {
		Items []Content `json:"items" nullable:"false"`
	}
}

func (room *Room) getStarters(ctx context.Context, _ *struct{}) (*startersOut, error) {
	all, err := room.Starters(ctx)
	out := &startersOut{}
	out.Body.Items = append([]Content{}, all...)
	return out, err
}

type contentIn struct{ Body WritingBody }

type reportOut struct{ Body ReportBody }

func (room *Room) postCheck(ctx context.Context, in *contentIn) (*reportOut, error) {
	r, err := room.Try(ctx, in.Body.Content)
	return &reportOut{ReportBody(r)}, err
}

type versionOut struct{ Body Body }

func (room *Room) postTemplate(ctx context.Context, in *contentIn) (*versionOut, error) {
	v, err := room.Write(ctx, in.Body.Content)
	return &versionOut{wireVersion(v, room.desk.Now())}, err
}

type seenOut struct{ Body SeenBody }

func (room *Room) getTemplate(ctx context.Context, in *web.OfID) (*seenOut, error) {
	seen, err := room.View(ctx, in.ID)
	return &seenOut{wireSeen(seen, room.desk.Now())}, err
}

func (room *Room) putTemplate(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Content Content `json:"content"`
		Rev     int     `json:"rev"`
	}
}) (*versionOut, error) {
	v, err := room.Rewrite(ctx, in.ID, in.Body.Rev, in.Body.Content)
	return &versionOut{wireVersion(v, room.desk.Now())}, err
}

func (room *Room) postSubmit(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev int `json:"rev"`
	}
}) (*versionOut, error) {
	v, err := room.Submit(ctx, in.ID, in.Body.Rev)
	return &versionOut{wireVersion(v, room.desk.Now())}, err
}

func (room *Room) postRelease(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev   int       `json:"rev"`
		Since time.Time `json:"since,omitzero" doc:"from when on it is used; at once when absent"`
	}
}) (*versionOut, error) {
	v, err := room.Release(ctx, in.ID, in.Body.Rev, in.Body.Since)
	return &versionOut{wireVersion(v, room.desk.Now())}, err
}

type saidIn struct {
	web.OfID
	Body ReasonBody
}

// said is a step that gives a reason.
func (room *Room) said(do func(ctx context.Context, version string, rev int, words string) (Version, error)) func(context.Context, *saidIn) (*versionOut, error) {
	return func(ctx context.Context, in *saidIn) (*versionOut, error) {
		v, err := do(ctx, in.ID, in.Body.Rev, in.Body.Words)
		return &versionOut{wireVersion(v, room.desk.Now())}, err
	}
}
