package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (r *Room) faceRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/face/begin", ID: "beginFace", Tag: tag,
		Open: "whoever signs in is not signed in yet", MaxBody: 8 << 10, Summary: "Ask to be known by one's face"}, r.postFaceBegin)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/face/look", ID: "lookFace", Tag: tag,
		Open: "tells the browser that shows a code how far it has come, by its cookie; names nobody", MaxBody: 8 << 10, Summary: "Ask how far a look has come"}, r.postFaceLook)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/session/face", ID: "signInByFace", Tag: tag,
		Open: "whoever signs in is not signed in yet", Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Sign in once one's face was seen"}, r.postFaceSession)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/faces", ID: "listMyFaces", Verb: "identity.list-faces", Tag: tag,
		Summary: "List one's own faces, enrolled and erased, with the statement one agrees to"}, r.getFaces)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/faces/begin", ID: "beginFaceEnrolment", Verb: "identity.enrol-face", Tag: tag,
		MaxBody: 8 << 10, Summary: "Sign the statement that one has read, and ask to be looked at"}, r.postFaceEnrolment)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/faces", ID: "enrolFace", Verb: "identity.enrol-face", Tag: tag,
		Status: http.StatusCreated, MaxBody: 8 << 10, Summary: "Keep the template that was made of one's face"}, r.postFace)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/identity/faces/{id}/end", ID: "endFace", Verb: "identity.end-face", Tag: tag,
		Status: http.StatusNoContent, Summary: "Erase a template at once"}, r.postFaceEnd)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/faces", ID: "listFaces", Verb: "identity.list-faces", Tag: tag,
		Summary: "List every enrolment of a face and every deletion, the newest first"}, r.getAllFaces)
}

type faceBeginIn struct {
	Body struct {
		Name       string `json:"name" maxLength:"80" doc:"sign-in name"`
		BrowserKey []byte `json:"browserKey,omitempty" maxLength:"100"`
	}
	Slowed
}

func (r *Room) postFaceBegin(ctx context.Context, in *faceBeginIn) (*scanBegunOut, error) {
	begun, err := r.AskFace(ctx, in.Body.Name, in.Body.BrowserKey)
	return wireScanBegun(in.answer, begun, err)
}

type faceStateOut struct {
	Body struct {
		State string `json:"state" enum:"waiting,seen,declined,over"`
	}
}

func (r *Room) postFaceLook(ctx context.Context, in *scanIn) (*faceStateOut, error) {
	state, err := r.LookFace(ctx, in.Body.Ceremony, in.Browser)
	out := &faceStateOut{}
	out.Body.State = string(state)
	return out, err
}

func (r *Room) postFaceSession(ctx context.Context, in *scanShownIn) (*signInOut, error) {
	admitted, err := r.SignInByFace(ctx, in.Body.Ceremony, in.Browser, in.Body.Code)
	if err != nil {
		retryAfter(in.answer, err)
		return nil, err
	}
	return answerAdmission(admitted, false), nil
}

type faceBody struct {
	ID       string    `json:"id"`
	Person   string    `json:"person"`
	Made     time.Time `json:"made"`
	Live     int64     `json:"live" doc:"how surely somebody living was seen, of 1000"`
	Pledge   string    `json:"pledge" doc:"id of the signed statement"`
	Used     time.Time `json:"used,omitzero"`
	UsedLive int64     `json:"usedLive,omitempty" doc:"at the last sign-in, of 1000"`
	Ended    time.Time `json:"ended,omitzero" doc:"when the template was erased"`
	EndedBy  string    `json:"endedBy,omitempty"`
	Why      string    `json:"why,omitempty" enum:"withdrawn,replaced,removed,closed"`
}

func wireFace(f Face) faceBody {
	return faceBody{
		ID: f.ID, Person: f.Person, Made: f.Made, Live: f.Live, Pledge: f.Pledge, Used: f.Used, UsedLive: f.UsedLive,
		Ended: f.Ended, EndedBy: f.EndedBy, Why: f.Why,
	}
}

type faceTermsBody struct {
	Name      fault.Text `json:"name"`
	Statement fault.Text `json:"statement" doc:"what one signs beforehand"`
	Rev       int64      `json:"rev" doc:"by which one agrees"`
}

type facesOut struct {
	Body struct {
		Items []faceBody     `json:"items"`
		Terms *faceTermsBody `json:"terms,omitempty" doc:"absent where nobody is known by his face here"`
	}
}

func (r *Room) getFaces(ctx context.Context, _ *struct{}) (*facesOut, error) {
	own, err := r.Faces(ctx)
	if err != nil {
		return nil, err
	}
	open, err := r.OfferedWays(ctx)
	out := &facesOut{}
	out.Body.Items = make([]faceBody, len(own))
	for i, f := range own {
		out.Body.Items[i] = wireFace(f)
	}
	for _, w := range open {
		if w.Kind == FaceWay {
			out.Body.Terms = &faceTermsBody{Name: fault.Text{ZH: w.NameZH, EN: w.NameEN}, Statement: w.Settings.Face.Statement, Rev: w.Rev}
		}
	}
	return out, err
}

type faceEnrolmentIn struct {
	Body struct {
		Agreed int64 `json:"agreed" doc:"revision of the statement that was read and is signed"`
	}
	Slowed
}

func (r *Room) postFaceEnrolment(ctx context.Context, in *faceEnrolmentIn) (*scanBegunOut, error) {
	begun, err := r.BeginFace(ctx, in.Body.Agreed)
	return wireScanBegun(in.answer, begun, err)
}

type faceOut struct{ Body faceBody }

func (r *Room) postFace(ctx context.Context, in *scanIn) (*faceOut, error) {
	f, err := r.EnrolFace(ctx, in.Body.Ceremony, in.Browser)
	return &faceOut{wireFace(f)}, err
}

func (r *Room) postFaceEnd(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.EndFace(ctx, in.ID)
}

type allFacesOut struct {
	Body struct {
		web.Page[faceBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (r *Room) getAllFaces(ctx context.Context, in *web.Paging) (*allFacesOut, error) {
	l, err := r.AllFaces(ctx, in.Cursor, in.Limit)
	out := &allFacesOut{}
	out.Body.Page, out.Body.Names = web.Shown(l.Page, wireFace), staff.WireNames(l.Names)
	return out, err
}
