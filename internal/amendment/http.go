package amendment

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "amendment"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.routesOfFindings(s)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/amendments", ID: "openAmendment", Verb: "amendment.open", Tag: tag, Status: http.StatusCreated,
		Summary: "Begin the correction of a document"}, room.postCase)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/amendments", ID: "listAmendments", Verb: "amendment.list", Tag: tag,
		Summary: "List corrections, the newest first"}, room.getCases)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/amendments/{id}", ID: "viewAmendment", Verb: "amendment.view", Tag: tag,
		Summary: "Show a correction: what it changes, and who was told"}, room.getCase)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/amendments/{id}/effects", ID: "amendmentEffects", Verb: "amendment.view", Tag: tag,
		Summary: "Tell who was given the document before its correction"}, room.getEffects)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/amendments/{id}/steps/{step}", ID: "writeAmendment", Verb: "amendment.write", Tag: tag, MaxBody: 2 << 20,
		Summary: "Take a step of a correction; none is skipped"}, room.putStep)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/amendments/{id}/sign", ID: "signAmendment", Verb: "amendment.sign", Tag: tag,
		Summary: "Sign a correction: the new version stands, and everybody who has the old one is told"}, room.postSign)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/amendments/{id}/withdraw", ID: "withdrawAmendment", Verb: "amendment.withdraw", Tag: tag,
		Summary: "Withdraw a correction; nothing changes"}, room.postWithdraw)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/amendments/{id}/decide", ID: "decideAmendment", Verb: "amendment.decide", Tag: tag,
		Summary: "Approve a correction, or send it back"}, room.postDecide)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/amendment-notices", ID: "listAmendmentNotices", Verb: "amendment.list", Tag: tag,
		Summary: "List who is to be told of corrections"}, room.getNotices)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/amendment-notices/{id}", ID: "acknowledgeAmendment", Verb: "amendment.acknowledge", Tag: tag,
		Summary: "Write down that a recipient was told, has acknowledged, or cannot be reached"}, room.postNotice)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/amendment-rules", ID: "seeAmendmentRules", Verb: "amendment.see-rules", Tag: tag,
		Summary: "Show by what rules documents are corrected"}, room.getRules)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/amendment-rules", ID: "proposeAmendmentRules", Verb: "amendment.propose-rules", Tag: tag, Status: http.StatusCreated,
		Summary: "Propose rules of correction"}, room.postRules)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/amendment-rules/{id}/settle", ID: "settleAmendmentRules", Verb: "amendment.settle-rules", Tag: tag,
		Summary: "Release proposed rules, or reject them"}, room.postSettleRules)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/documents/{id}/replay", ID: "replayDocument", Verb: "amendment.replay", Tag: tag,
		Summary: "Show how a document stood at a moment of its past"}, room.getReplay)
}

type correctionOut struct{ Body CorrectionBody }

func (room *Room) postCase(ctx context.Context, in *web.OfID) (*correctionOut, error) {
	c, err := room.Open(ctx, in.ID)
	return &correctionOut{wireCase(c)}, err
}

type correctionsOut struct{ Body CorrectionsBody }

func (room *Room) getCases(ctx context.Context, in *struct {
	web.Paging
	Scope string `query:"scope" enum:"mine,approve,all" default:"all"`
	State string `query:"state" enum:"writing,asked,approved,completed,refused,withdrawn,abandoned"`
}) (*correctionsOut, error) {
	l, err := room.List(ctx, in.Scope, in.State, in.Paging)
	return &correctionsOut{CorrectionsBody{web.Shown(l.Page, wireCase), staff.WireNames(l.Names)}}, err
}

type correctionSeenOut struct{ Body CorrectionSeenBody }

func (room *Room) getCase(ctx context.Context, in *web.OfID) (*correctionSeenOut, error) {
	s, err := room.View(ctx, in.ID)
	return &correctionSeenOut{wireSeen(s)}, err
}

type effectsOut struct{ Body EffectsBody }

func (room *Room) getEffects(ctx context.Context, in *web.OfID) (*effectsOut, error) {
	found, digest, err := room.Effects(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &effectsOut{EffectsBody{Affected: []AffectedBody{}, Digest: digest}}
	var people []string
	for _, a := range found {
		people = append(people, a.Person)
		out.Body.Affected = append(out.Body.Affected, AffectedBody{a.Kind, a.Recipient, a.Name, a.Person, a.Version, a.At, a.Gone})
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		names, err := room.names(ctx, r, act.From(ctx).Org, people)
		out.Body.Names = staff.WireNames(names)
		return err
	})
	return out, err
}

func (room *Room) putStep(ctx context.Context, in *struct {
	web.OfID
	Step string `path:"step" enum:"wrong,kind,reason,value,effects,confirm"`
	Body CorrectionSayingBody
}) (*correctionOut, error) {
	c, err := room.Write(ctx, in.ID, in.Step, Saying(in.Body))
	return &correctionOut{wireCase(c)}, err
}

func (room *Room) postSign(ctx context.Context, in *web.OfID) (*correctionOut, error) {
	c, err := room.Sign(ctx, in.ID)
	return &correctionOut{wireCase(c)}, err
}

func (room *Room) postWithdraw(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"2000" doc:"why"`
	}
}) (*correctionOut, error) {
	c, err := room.Withdraw(ctx, in.ID, in.Body.Words)
	return &correctionOut{wireCase(c)}, err
}

func (room *Room) postDecide(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Approve bool   `json:"approve"`
		Words   string `json:"words,omitempty" maxLength:"2000" doc:"why; must be given to send it back"`
	}
}) (*correctionOut, error) {
	c, err := room.Decide(ctx, in.ID, in.Body.Approve, in.Body.Words)
	return &correctionOut{wireCase(c)}, err
}

type correctionNoticesOut struct{ Body CorrectionNoticesBody }

func (room *Room) getNotices(ctx context.Context, in *struct {
	web.Paging
	Amendment string `query:"amendment" maxLength:"40"`
	State     string `query:"state" enum:"due,told,acknowledged,unreachable"`
}) (*correctionNoticesOut, error) {
	l, err := room.Notices(ctx, in.Amendment, in.State, in.Paging)
	return &correctionNoticesOut{CorrectionNoticesBody{web.Shown(l.Page, wireNotice), staff.WireNames(l.Names)}}, err
}

type correctionNoticeOut struct{ Body CorrectionNoticeBody }

func (room *Room) postNotice(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		State string `json:"state" enum:"told,acknowledged,unreachable"`
		How   string `json:"how,omitempty" maxLength:"20" doc:"of a telling: resent, paper, phone, mail, counter or in-house"`
		Words string `json:"words,omitempty" maxLength:"2000" doc:"by whom, on what paper; must be given for who cannot be reached"`
	}
}) (*correctionNoticeOut, error) {
	n, err := room.Acknowledge(ctx, in.ID, Telling(in.Body))
	return &correctionNoticeOut{wireNotice(n)}, err
}

type correctionRulesOut struct{ Body CorrectionRulesBody }

func (room *Room) getRules(ctx context.Context, _ *struct{}) (*correctionRulesOut, error) {
	s, err := room.SeeRules(ctx)
	b := CorrectionRulesBody{Rules: append([]Rule{}, s.Rules...), Number: s.Number, Releases: []CorrectionReleaseBody{}, Refused: s.Refused, Names: staff.WireNames(s.Names)}
	for _, p := range s.Releases {
		b.Releases = append(b.Releases, wireRelease(p))
	}
	return &correctionRulesOut{b}, err
}

type correctionReleaseOut struct{ Body CorrectionReleaseBody }

func (room *Room) postRules(ctx context.Context, in *struct {
	Body struct {
		Rules []Rule `json:"rules" maxItems:"300" nullable:"false"`
		Words string `json:"words" maxLength:"2000" doc:"why they are changed"`
	}
}) (*correctionReleaseOut, error) {
	p, err := room.ProposeRules(ctx, in.Body.Rules, in.Body.Words)
	return &correctionReleaseOut{wireRelease(p)}, err
}

func (room *Room) postSettleRules(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Agree bool `json:"agree"`
	}
}) (*correctionReleaseOut, error) {
	p, err := room.SettleRules(ctx, in.ID, in.Body.Agree)
	return &correctionReleaseOut{wireRelease(p)}, err
}

type replayOut struct{ Body ReplayBody }

func (room *Room) getReplay(ctx context.Context, in *struct {
	web.OfID
	At time.Time `query:"at" required:"true" doc:"the moment"`
}) (*replayOut, error) {
	p, err := room.Replay(ctx, in.ID, in.At.UTC())
	if err != nil {
		return nil, err
	}
	return &replayOut{wireReplay(p)}, nil
}
