package record

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) routesOfConsent(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/consent-rule", ID: "seeConsentRule", Verb: "record.see-consent-rule", Tag: tag,
		Summary: "Show which kinds of sensitive history need written consent"}, room.getConsentRule)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent-rules", ID: "proposeConsentRule", Verb: "record.propose-consent-rule", Tag: tag,
		Status: http.StatusCreated, Summary: "Propose which kinds of sensitive history need written consent"}, room.postConsentRule)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent-rules/{id}/settle", ID: "settleConsentRule", Verb: "record.settle-consent-rule", Tag: tag,
		Status: http.StatusNoContent, Summary: "Agree to a proposal of somebody else, or decline it"}, room.postSettleConsentRule)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sensitive-savings", ID: "listSensitiveSavings", Verb: "record.see-savings", Tag: tag,
		Summary: "List what was saved with a sensitive history that needs consent, newest first"}, room.getSavings)
}

// ConsentRuleBody is a rule of consent on the wire.
type ConsentRuleBody struct {
	ID         string          `json:"id"`
	Kinds      []SensitiveKind `json:"kinds" doc:"infectious, genetic, psychiatric, reproductive or confidential"`
	Proposed   time.Time       `json:"proposed"`
	ProposedBy string          `json:"proposedBy"`
	Settled    *time.Time      `json:"settled,omitempty"`
	SettledBy  string          `json:"settledBy,omitempty"`
}

func wireConsentRule(c *ConsentRule) *ConsentRuleBody {
	if c == nil {
		return nil
	}
	return &ConsentRuleBody{c.ID, append([]SensitiveKind{}, c.Kinds...), c.Proposed, c.ProposedBy, web.Moment(c.Settled), c.SettledBy}
}

type consentRulesOut struct {
	Body struct {
		InForce    *ConsentRuleBody          `json:"inForce,omitempty" doc:"absent: nothing needs it"`
		Waiting    *ConsentRuleBody          `json:"waiting,omitempty" doc:"what somebody else must agree to"`
		Exceptions []string                  `json:"exceptions" doc:"emergencies in which the consent may follow"`
		Names      map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getConsentRule(ctx context.Context, _ *struct{}) (*consentRulesOut, error) {
	seen, err := room.SeeConsentRules(ctx)
	out := &consentRulesOut{}
	out.Body.InForce, out.Body.Waiting, out.Body.Exceptions = wireConsentRule(seen.InForce), wireConsentRule(seen.Waiting), Exceptions
	out.Body.Names = staff.WireNames(seen.Names)
	return out, err
}

func (room *Room) postConsentRule(ctx context.Context, in *struct {
	Body struct {
		Kinds []SensitiveKind `json:"kinds" maxItems:"5" doc:"infectious, genetic, psychiatric, reproductive or confidential; none ends it"`
	}
}) (*madeOut, error) {
	made, err := room.ProposeConsentRule(ctx, in.Body.Kinds)
	out := &madeOut{}
	out.Body.ID = made.ID
	return out, err
}

func (room *Room) postSettleConsentRule(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Agree bool `json:"agree"`
	}
}) (*struct{}, error) {
	return nil, room.SettleConsentRule(ctx, in.ID, in.Body.Agree)
}

// SavingBody is a saving on the wire.
type SavingBody struct {
	ID        string     `json:"id"`
	Patient   string     `json:"patient"`
	Document  string     `json:"document"`
	Version   int        `json:"version"`
	Person    string     `json:"person" doc:"who wrote it, or the feed"`
	Cause     string     `json:"cause" enum:"consent,emergency,import"`
	Choice    string     `json:"choice,omitempty" enum:"rescue,incapable,reporting,other"`
	At        time.Time  `json:"at"`
	Deadline  *time.Time `json:"deadline,omitempty" doc:"of the consent that follows"`
	Completed *time.Time `json:"completed,omitempty" doc:"since when it rests on a consent"`
	Consent   string     `json:"consent,omitempty"`
}

func wireSaving(s Saving) SavingBody {
	return SavingBody{s.ID, s.Patient, s.Document, s.Number, s.Person, s.Cause, s.Choice, s.At, web.Moment(s.Deadline), web.Moment(s.Completed), s.Consent}
}

type savingsOut struct {
	Body struct {
		web.Page[SavingBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getSavings(ctx context.Context, in *struct {
	web.Paging
	Open bool `query:"open" doc:"only what still waits for a consent"`
}) (*savingsOut, error) {
	seen, err := room.Savings(ctx, in.Open, in.Cursor, in.Limit)
	out := &savingsOut{}
	out.Body.Page, out.Body.Names = web.Shown(seen.Page, wireSaving), staff.WireNames(seen.Names)
	return out, err
}
