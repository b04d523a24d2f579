package source

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "source"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sources", ID: "listSources", Verb: "source.list", Tag: tag,
		Summary: "List the register of sources, by code, with how each is doing"}, room.getSources)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sources/choices", ID: "listSourceChoices", Verb: "source.list", Tag: tag,
		Summary: "List what can be chosen when a source is registered"}, room.getChoices)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources", ID: "registerSource", Verb: "source.register", Tag: tag, Status: http.StatusCreated,
		Summary: "Register a source; its owner is asked to sign"}, room.postSource)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sources/{id}", ID: "viewSource", Verb: "source.view", Tag: tag,
		Summary: "Show a source with its agreements, keys and days"}, room.getSource)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/sources/{id}", ID: "changeSource", Verb: "source.change", Tag: tag,
		Summary: "Write a source anew; what changes what it may do ends its agreement"}, room.putSource)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/agreement", ID: "promiseSource", Verb: "source.promise", Tag: tag, Status: http.StatusCreated,
		Summary: "Sign the agreement of a source, as its owner"}, room.postAgreement)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/approve", ID: "approveSource", Verb: "source.approve", Tag: tag,
		Summary: "Put the agreement that waits into force; somebody unrelated to the owner"}, room.step(room.Approve))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/return", ID: "returnSource", Verb: "source.return", Tag: tag,
		Summary: "Give the agreement that waits back to the owner"}, room.said(room.Return))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/begin", ID: "beginSource", Verb: "source.begin", Tag: tag,
		Summary: "Let a source act"}, room.step(room.Begin))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/suspend", ID: "suspendSource", Verb: "source.suspend", Tag: tag,
		Summary: "Stop a source at once; it may be begun again"}, room.said(room.Suspend))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/end", ID: "endSource", Verb: "source.end", Tag: tag,
		Summary: "Stop a source for good, with its keys"}, room.said(room.End))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/keys", ID: "issueSourceKey", Verb: "source.issue-key", Tag: tag, Status: http.StatusCreated,
		Summary: "Issue a key; its secret is shown once"}, room.postKey)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/keys/{key}/half", ID: "issueSourceKeyHalf", Verb: "source.issue-key", Tag: tag, Status: http.StatusCreated,
		Summary: "Make the second half of a key, as somebody else"}, room.postHalf)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sources/{id}/keys/{key}/end", ID: "endSourceKey", Verb: "source.end-key", Tag: tag,
		Summary: "End a key at once"}, room.postEndKey)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/source/self", ID: "viewOwnSource", Verb: "source.call", Tag: tag,
		Summary: "Tell the source that asks what is registered of it"}, room.getSelf)
	room.routesApp(s)
	room.routesOAuth(s)
}

type sourcesOut struct{ Body ListBody }

func (room *Room) getSources(ctx context.Context, in *web.Paging) (*sourcesOut, error) {
	l, err := room.List(ctx, *in)
	now := room.desk.Now()
	return &sourcesOut{ListBody{web.Shown(l.Page, func(t Told) Body { return wireTold(t, now) }), staff.WireNames(l.Names), l.Departments}}, err
}

type choicesOut struct{ Body ChoicesBody }

func (room *Room) getChoices(ctx context.Context, _ *struct{}) (*choicesOut, error) {
	err := room.desk.Disclose(ctx, "source.list", func(ctx context.Context, r *act.Reading) error { return r.Permit(ctx, houseObject(r.Actor().Org)) })
	if err != nil {
		return nil, err
	}
	out := &choicesOut{ChoicesBody{Kinds: Kinds(), Standards: Standards, KeyKinds: keyKinds}}
	for _, s := range shapes {
		out.Body.Shapes = append(out.Body.Shapes, ShapeBody{s.Named, s.Operations})
	}
	return out, nil
}

type sourceOut struct{ Body Body }

func (room *Room) postSource(ctx context.Context, in *struct{ Body WritingBody }) (*sourceOut, error) {
	s, err := room.Register(ctx, in.Body.writing())
	return &sourceOut{wireSource(s, room.desk.Now())}, err
}

type seenOut struct{ Body SeenBody }

func (room *Room) getSource(ctx context.Context, in *web.OfID) (*seenOut, error) {
	s, err := room.View(ctx, in.ID)
	return &seenOut{wireSeen(s, room.desk.Now())}, err
}

func (room *Room) putSource(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		WritingBody
		Rev int `json:"rev"`
	}
}) (*sourceOut, error) {
	s, err := room.Change(ctx, in.ID, in.Body.Rev, in.Body.writing())
	return &sourceOut{wireSource(s, room.desk.Now())}, err
}

type agreementOut struct{ Body AgreementBody }

func (room *Room) postAgreement(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string    `json:"words" maxLength:"4000" doc:"what is undertaken"`
		Since time.Time `json:"since"`
		Until time.Time `json:"until"`
	}
}) (*agreementOut, error) {
	a, err := room.Promise(ctx, in.ID, Promising(in.Body))
	return &agreementOut{wireAgreement(a)}, err
}

// step is one that needs nothing but its source.
func (room *Room) step(do func(ctx context.Context, source string) (Source, error)) func(context.Context, *web.OfID) (*sourceOut, error) {
	return func(ctx context.Context, in *web.OfID) (*sourceOut, error) {
		s, err := do(ctx, in.ID)
		return &sourceOut{wireSource(s, room.desk.Now())}, err
	}
}

type saidIn struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"4000" doc:"why"`
	}
}

// said is a step that gives a reason.
func (room *Room) said(do func(ctx context.Context, source, words string) (Source, error)) func(context.Context, *saidIn) (*sourceOut, error) {
	return func(ctx context.Context, in *saidIn) (*sourceOut, error) {
		s, err := do(ctx, in.ID, in.Body.Words)
		return &sourceOut{wireSource(s, room.desk.Now())}, err
	}
}

type issuedOut struct{ Body IssuedKeyBody }

func (room *Room) postKey(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kind         string    `json:"kind" maxLength:"20"`
		Until        time.Time `json:"until"`
		Halves       bool      `json:"halves,omitempty"`
		PublicKey    string    `json:"publicKey,omitempty" maxLength:"8000" doc:"PEM"`
		Certificate  string    `json:"certificate,omitempty" maxLength:"20000" doc:"PEM"`
		Follows      string    `json:"follows,omitempty" maxLength:"40" doc:"the key in whose place it stands"`
		OverlapHours int       `json:"overlapHours,omitempty" maximum:"720" minimum:"0" doc:"for which the old one goes on"`
	}
}) (*issuedOut, error) {
	b := in.Body
	k, secret, err := room.IssueKey(ctx, in.ID, Issuing{
		Kind: b.Kind, Until: b.Until, Halves: b.Halves, PublicKey: b.PublicKey, Certificate: b.Certificate, Follows: b.Follows, Overlap: time.Duration(b.OverlapHours) * time.Hour,
	})
	return &issuedOut{IssuedKeyBody{wireKey(k, room.desk.Now()), secret}}, err
}

type keyIn struct {
	web.OfID
	Key string `path:"key" maxLength:"40"`
}

type halfOut struct{ Body SecondHalfBody }

func (room *Room) postHalf(ctx context.Context, in *keyIn) (*halfOut, error) {
	secret, err := room.SecondHalf(ctx, in.ID, in.Key)
	return &halfOut{SecondHalfBody{secret}}, err
}

type keyOut struct{ Body KeyBody }

func (room *Room) postEndKey(ctx context.Context, in *keyIn) (*keyOut, error) {
	k, err := room.EndKey(ctx, in.ID, in.Key)
	return &keyOut{wireKey(k, room.desk.Now())}, err
}

type selfOut struct{ Body SelfBody }

func (room *Room) getSelf(ctx context.Context, _ *struct{}) (*selfOut, error) {
	t, err := room.Self(ctx)
	return &selfOut{SelfBody{
		Code: t.Code, Until: t.Until, Shapes: t.Shapes, Standard: t.Standard, Operations: t.Operations(), PerMinute: t.PerMinute, Health: wireHealth(t.Health),
	}}, err
}
