package identity

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

func (r *Room) ruleRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/identity/rules", ID: "viewSignInRules", Verb: "identity.view-rules", Tag: tag,
		Summary: "Show the rules of signing in that are in force"}, r.getRules)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/identity/rules", ID: "setSignInRules", Verb: "identity.set-rules", Tag: tag,
		Summary: "Put new rules of signing in in force"}, r.putRules)
}

type ruleVersionBody struct {
	Version int64     `json:"version" doc:"0 is what the house is delivered with"`
	Made    time.Time `json:"made,omitzero"`
	MadeBy  string    `json:"madeBy,omitempty" doc:"person"`
	Rules   Rules     `json:"rules"`
}

type rulesOut struct{ Body ruleVersionBody }

func wireRules(v Version) *rulesOut {
	return &rulesOut{ruleVersionBody{Version: v.Number, Made: v.Made, MadeBy: v.MadeBy, Rules: v.Rules}}
}

func (r *Room) getRules(ctx context.Context, _ *struct{}) (*rulesOut, error) {
	found, err := r.ViewRules(ctx)
	return wireRules(found), err
}

type newRuleVersionBody struct {
	Base  int64 `json:"base" doc:"the version that was changed"`
	Rules Rules `json:"rules"`
}

func (r *Room) putRules(ctx context.Context, in *struct{ Body newRuleVersionBody }) (*rulesOut, error) {
	set, err := r.SetRules(ctx, in.Body.Base, in.Body.Rules)
	return wireRules(set), err
}
