package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
)

func (room *Room) releaseRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: "policy", Summary: summary}
	}
	made := func(o web.Op) web.Op { o.Status = http.StatusCreated; return o }
	web.Handle(s, op(http.MethodGet, "/api/policy/rules", "listRules", "policy.view", "List every rule that holds now, in words and in Cedar"), room.getRules)
	web.Handle(s, op(http.MethodGet, "/api/policy/words", "listPolicyWords", "policy.view", "List the words that rules and cases are written in"), room.getWords)
	web.Handle(s, op(http.MethodPost, "/api/policy/check", "checkRules", "policy.view", "Tell what is wrong with rules as they are written"), room.postCheck)
	web.Handle(s, op(http.MethodGet, "/api/policy/releases", "listReleases", "policy.view", "List releases of the organisation's own rules, the newest first"), room.getReleases)
	web.Handle(s, op(http.MethodGet, "/api/policy/releases/{id}", "seeRelease", "policy.view", "Show a release with its history and the one in force"), room.getRelease)
	web.Handle(s, made(op(http.MethodPost, "/api/policy/releases", "draftRelease", "policy.draft", "Draft a release")), room.postRelease)
	web.Handle(s, op(http.MethodPut, "/api/policy/releases/{id}", "rewriteRelease", "policy.draft", "Change a release that is not dated"), room.putRelease)
	web.Handle(s, op(http.MethodPost, "/api/policy/releases/{id}/try", "tryRelease", "policy.try", "Ask the cases of a release, and yesterday's accesses again"), room.postTry)
	web.Handle(s, op(http.MethodPost, "/api/policy/releases/{id}/review", "reviewRelease", "policy.review", "Agree to a release that somebody else wrote, or give it back"), room.postReviewRelease)
	web.Handle(s, op(http.MethodPost, "/api/policy/releases/{id}/date", "dateRelease", "policy.date", "Put a reviewed release in force from a moment"), room.postDate)
	web.Handle(s, made(op(http.MethodPost, "/api/policy/roll-back", "rollBackRelease", "policy.roll-back", "Go back to the rules before, now")), room.postRollBack)
}

// DraftBody is what is written of a release, on the wire.
type DraftBody struct {
	Title  string        `json:"title" maxLength:"300"`
	Rules  string        `json:"rules" maxLength:"70000" doc:"Cedar; each rule with id, zh and en, a forbid with remedy_zh and remedy_en too"`
	Cases  []policy.Case `json:"cases,omitempty" maxItems:"300"`
	Limits policy.Limits `json:"limits,omitzero"`
}

func (b DraftBody) domain() Drafting {
	return Drafting(b)
}

func (room *Room) getRules(ctx context.Context, _ *struct{}) (*rulesOut, error) {
	rules, err := room.RulesInForce(ctx)
	out := &rulesOut{}
	out.Body.Items = make([]ruleBody, len(rules))
	for i, r := range rules {
		out.Body.Items[i] = wireRule(r)
	}
	return out, err
}

func (room *Room) getWords(ctx context.Context, _ *struct{}) (*wordsOut, error) {
	if _, err := room.CheckRules(ctx, ""); err != nil {
		return nil, err
	}
	return wireWords(room.rules.Delivered()), nil
}

func (room *Room) postCheck(ctx context.Context, in *struct {
	Body struct {
		Rules string `json:"rules" maxLength:"70000"`
	}
}) (*problemsOut, error) {
	problems, err := room.CheckRules(ctx, in.Body.Rules)
	out := &problemsOut{}
	out.Body.Problems = listOf(problems)
	return out, err
}

func (room *Room) getReleases(ctx context.Context, in *web.Paging) (*releasesOut, error) {
	page, own, err := room.Releases(ctx, in.Cursor, in.Limit)
	out := &releasesOut{}
	out.Body.Page, out.Body.Own = web.Shown(page, wireRelease), wireOwn(own)
	return out, err
}

func (room *Room) getRelease(ctx context.Context, in *web.OfID) (*releaseOut, error) {
	seen, err := room.SeeRelease(ctx, in.ID)
	return &releaseOut{wireSeen(seen)}, err
}

func (room *Room) postRelease(ctx context.Context, in *struct{ Body DraftBody }) (*releaseOut, error) {
	rel, err := room.Draft(ctx, in.Body.domain())
	return &releaseOut{wireSeen(ReleaseSeen{Release: rel})}, err
}

func (room *Room) putRelease(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		DraftBody
		Rev int `json:"rev" minimum:"1"`
	}
}) (*releaseOut, error) {
	rel, err := room.Rewrite(ctx, in.ID, in.Body.Rev, in.Body.domain())
	return &releaseOut{wireSeen(ReleaseSeen{Release: rel})}, err
}

type ofRev struct {
	web.OfID
	Body struct {
		Rev int `json:"rev" minimum:"1" doc:"the revision that was looked at"`
	}
}

func (room *Room) postTry(ctx context.Context, in *ofRev) (*triedOut, error) {
	rel, tried, err := room.TryRelease(ctx, in.ID, in.Body.Rev)
	return wireTried(rel, tried), err
}

func (room *Room) postReviewRelease(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev   int    `json:"rev" minimum:"1"`
		Agree bool   `json:"agree"`
		Words string `json:"words,omitempty" maxLength:"2000" doc:"needed to give it back"`
	}
}) (*releaseOut, error) {
	rel, err := room.ReviewRelease(ctx, in.ID, in.Body.Rev, in.Body.Agree, in.Body.Words)
	return &releaseOut{wireSeen(ReleaseSeen{Release: rel})}, err
}

func (room *Room) postDate(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Rev      int       `json:"rev" minimum:"1"`
		Since    time.Time `json:"since,omitzero" doc:"now when absent"`
		Until    time.Time `json:"until,omitzero" doc:"until another is dated when absent"`
		ReviewBy time.Time `json:"reviewBy"`
	}
}) (*releaseOut, error) {
	b := in.Body
	rel, err := room.DateRelease(ctx, in.ID, b.Rev, Dating{Since: b.Since, Until: b.Until, ReviewBy: b.ReviewBy})
	return &releaseOut{wireSeen(ReleaseSeen{Release: rel})}, err
}

func (room *Room) postRollBack(ctx context.Context, in *struct {
	Body struct {
		Words string `json:"words" maxLength:"2000" doc:"why"`
	}
}) (*turnOut, error) {
	turn, err := room.RollBack(ctx, in.Body.Words)
	return &turnOut{wireTurn(turn)}, err
}
