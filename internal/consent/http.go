package consent

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

const tag = "consent"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.patientRoutes(s)
	room.formRoutes(s)
	room.codeRoutes(s)
}

func (room *Room) patientRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/consents", ID: "listConsents", Verb: "consent.list", Tag: tag,
		Summary: "List a patient's consents, refusals, guardians and notices"}, room.getLedger)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/consents", ID: "giveConsent", Verb: "consent.give", Tag: tag,
		Status: http.StatusCreated, Summary: "Record a consent"}, room.postGive)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/consent-refusals", ID: "refuseConsent", Verb: "consent.refuse", Tag: tag,
		Status: http.StatusCreated, Summary: "Record that a consent was refused"}, room.postRefuse)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/notices", ID: "notifyPatient", Verb: "consent.notify", Tag: tag,
		Status: http.StatusCreated, Summary: "Record that the patient was told something"}, room.postNotify)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/guardians", ID: "setGuardian", Verb: "consent.set-guardian", Tag: tag,
		Status: http.StatusCreated, Summary: "Record who decides for the patient, and until when"}, room.postGuardian)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/consents/{id}", ID: "viewConsent", Verb: "consent.view", Tag: tag,
		Summary: "Show a consent, who gave it and on which words"}, room.getConsent)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consents/{id}/withdraw", ID: "withdrawConsent", Verb: "consent.withdraw", Tag: tag,
		Summary: "End a consent now"}, room.postWithdraw)
}

func (room *Room) formRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/consent/forms", ID: "listConsentForms", Verb: "consent.list", Tag: tag,
		Summary: "List the newest version of every form of consent and notice"}, room.getForms)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/consent/forms/{id}/versions", ID: "listConsentFormVersions", Verb: "consent.list", Tag: tag,
		Summary: "List every version of a form, the newest first"}, room.getVersions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent/forms", ID: "publishConsentForm", Verb: "consent.publish", Tag: tag,
		Status: http.StatusCreated, Summary: "Publish a form, or its next version"}, room.postForm)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/consent/bases", ID: "listConsentBases", Verb: "consent.list", Tag: tag,
		Summary: "List the laws by which something goes on without consent"}, room.getBases)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/consent/exemptions", ID: "listConsentExemptions", Verb: "consent.list-exemptions", Tag: tag,
		Summary: "List the exemptions of the last year, with how many by their basis"}, room.getExemptions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent/exemptions", ID: "exemptFromConsent", Verb: "consent.exempt", Tag: tag,
		Status: http.StatusCreated, Summary: "Record that the law lets a purpose go on without consent"}, room.postExempt)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent/exemptions/{id}/end", ID: "endConsentExemption", Verb: "consent.end-exemption", Tag: tag,
		Status: http.StatusNoContent, Summary: "End an exemption now"}, room.postEndExemption)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/consent/screen", ID: "screenConsent", Verb: "consent.screen", Tag: tag,
		Summary: "Hold patients against a use: who may stay in, by what proof"}, room.postScreen)
}

type ledgerOut struct{ Body ledgerBody }

func (room *Room) getLedger(ctx context.Context, in *web.OfID) (*ledgerOut, error) {
	l, err := room.List(ctx, in.ID)
	return &ledgerOut{wireLedger(l, room.desk.Now())}, err
}

type givingIn struct {
	web.OfID
	Body struct {
		Template string    `json:"template" maxLength:"40"`
		Version  int       `json:"version,omitempty" minimum:"0" maximum:"100000" doc:"the newest when absent"`
		Relation string    `json:"relation" maxLength:"40" doc:"patient, guardian, relative"`
		Guardian string    `json:"guardian,omitempty" maxLength:"40" doc:"id of the power of a guardian"`
		Form     string    `json:"form" maxLength:"40" doc:"written, electronic, verbal"`
		Scope    Scope     `json:"scope,omitzero" required:"false" doc:"within that of the form; the whole of it when absent"`
		Until    time.Time `json:"until,omitzero" required:"false" doc:"absent: until withdrawn; then reviewBy is needed"`
		ReviewBy time.Time `json:"reviewBy,omitzero" required:"false"`
		Evidence string    `json:"evidence,omitempty" maxLength:"64" doc:"SM3 digest of the signed file; not needed for what was said before a witness"`
		Giver    Giver     `json:"giver"`

		Encounter string `json:"encounter,omitempty" maxLength:"40" doc:"of one to read the history of other institutions: the encounter that it is for"`
	}
}

func (in *givingIn) giving() Giving {
	b := in.Body
	return Giving{
		Patient: in.ID, Template: b.Template, Version: b.Version, Relation: b.Relation, Guardian: b.Guardian, Form: b.Form, Scope: b.Scope,
		Until: b.Until, ReviewBy: b.ReviewBy, Evidence: digestOf(b.Evidence), Giver: b.Giver,
		Encounter: b.Encounter,
	}
}

type recordOut struct{ Body RecordBody }

func (room *Room) postGive(ctx context.Context, in *givingIn) (*recordOut, error) {
	rec, err := room.Give(ctx, in.giving())
	return &recordOut{wireRecord(rec, room.desk.Now())}, err
}

func (room *Room) postRefuse(ctx context.Context, in *givingIn) (*recordOut, error) {
	rec, err := room.Refuse(ctx, in.giving())
	return &recordOut{wireRecord(rec, room.desk.Now())}, err
}

type toldOut struct{ Body toldBody }

func (room *Room) postNotify(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Template     string `json:"template" maxLength:"40"`
		Version      int    `json:"version,omitempty" minimum:"0" maximum:"100000"`
		To           string `json:"to" maxLength:"40" doc:"patient, guardian, relative"`
		Form         string `json:"form" maxLength:"40"`
		Acknowledged bool   `json:"acknowledged" doc:"whoever was told confirmed it"`
		Words        string `json:"words,omitempty" maxLength:"2000" doc:"what was said beyond the text"`
		Evidence     string `json:"evidence,omitempty" maxLength:"64"`
	}
}) (*toldOut, error) {
	b := in.Body
	told, err := room.Notify(ctx, Telling{
		Patient: in.ID, Template: b.Template, Version: b.Version, To: b.To, Form: b.Form, Acknowledged: b.Acknowledged, Words: b.Words, Evidence: digestOf(b.Evidence),
	})
	return &toldOut{wireTold(told)}, err
}

type guardianOut struct{ Body guardianBody }

func (room *Room) postGuardian(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kind     string    `json:"kind" maxLength:"40" doc:"minor, incapacity"`
		Born     string    `json:"born,omitempty" maxLength:"10" example:"2010-03-02" doc:"the day on which a minor was born"`
		Until    time.Time `json:"until,omitzero" required:"false" doc:"of incapacity"`
		Who      Giver     `json:"who"`
		Evidence string    `json:"evidence" maxLength:"64" doc:"SM3 digest of the proof"`
	}
}) (*guardianOut, error) {
	b := in.Body
	g, err := room.SetGuardian(ctx, NewGuardian{Patient: in.ID, Kind: b.Kind, Born: b.Born, Until: b.Until, Who: b.Who, Evidence: digestOf(b.Evidence)})
	return &guardianOut{wireGuardian(g, room.desk.Now())}, err
}

type seenBody struct {
	RecordBody
	Wording formBody `json:"wording"`
	Giver   Giver    `json:"giver"`
	Said    string   `json:"said,omitempty" doc:"at the withdrawal"`
}

type seenOut struct{ Body seenBody }

func (room *Room) getConsent(ctx context.Context, in *web.OfID) (*seenOut, error) {
	s, err := room.View(ctx, in.ID)
	body := seenBody{RecordBody: wireRecord(s.Record, room.desk.Now()), Wording: wireForm(s.Template), Giver: s.Giver, Said: s.Said}
	body.Name = s.Template.Name
	return &seenOut{body}, err
}

func (room *Room) postWithdraw(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Relation string `json:"relation" maxLength:"40" doc:"patient, guardian, relative"`
		Words    string `json:"words,omitempty" maxLength:"2000"`
	}
}) (*recordOut, error) {
	rec, err := room.Withdraw(ctx, in.ID, Withdrawing{Relation: in.Body.Relation, Words: in.Body.Words})
	return &recordOut{wireRecord(rec, room.desk.Now())}, err
}

type formsOut struct{ Body web.Page[formBody] }

func (room *Room) getForms(ctx context.Context, in *web.Paging) (*formsOut, error) {
	page, err := room.Forms(ctx, in.Cursor, in.Limit)
	return &formsOut{web.Shown(page, wireForm)}, err
}

func (room *Room) getVersions(ctx context.Context, in *struct {
	web.OfID
	web.Paging
}) (*formsOut, error) {
	page, err := room.Versions(ctx, in.ID, in.Cursor, in.Limit)
	return &formsOut{web.Shown(page, wireForm)}, err
}

type formOut struct{ Body formBody }

func (room *Room) postForm(ctx context.Context, in *struct {
	Body struct {
		ID     string     `json:"id,omitempty" maxLength:"40" doc:"of the form to which this is the next version"`
		Kind   string     `json:"kind" maxLength:"40" doc:"consent, notice"`
		Name   fault.Text `json:"name"`
		Text   fault.Text `json:"text"`
		Scope  Scope      `json:"scope,omitzero" required:"false"`
		Givers []string   `json:"givers,omitempty" maxItems:"3"`
		Forms  []string   `json:"forms" maxItems:"3"`
	}
}) (*formOut, error) {
	b := in.Body
	t, err := room.Publish(ctx, Template{ID: b.ID, Kind: b.Kind, Name: b.Name, Text: b.Text, Scope: b.Scope, Givers: b.Givers, Forms: b.Forms})
	return &formOut{wireForm(t)}, err
}

type basesOut struct {
	Body struct {
		Items []Basis `json:"items"`
	}
}

func (room *Room) getBases(ctx context.Context, _ *struct{}) (*basesOut, error) {
	out := &basesOut{}
	var err error
	out.Body.Items, err = room.Laws(ctx)
	return out, err
}

type exemptionsOut struct {
	Body struct {
		web.Page[exemptionBody]
		Counts map[string]int `json:"counts" doc:"of all, by their basis"`
	}
}

func (room *Room) getExemptions(ctx context.Context, in *web.Paging) (*exemptionsOut, error) {
	found, err := room.Exemptions(ctx, in.Cursor, in.Limit)
	out := &exemptionsOut{}
	out.Body.Page, out.Body.Counts = web.Shown(found.Page, wireExemption), found.Counts
	return out, err
}

type exemptionOut struct{ Body exemptionBody }

func (room *Room) postExempt(ctx context.Context, in *struct {
	Body struct {
		Patient   string    `json:"patient,omitempty" maxLength:"40" doc:"absent: everybody whom the purpose concerns"`
		Basis     string    `json:"basis" maxLength:"40"`
		Article   string    `json:"article" maxLength:"480" example:"第三十一条"`
		Purpose   string    `json:"purpose" maxLength:"40"`
		Recipient string    `json:"recipient,omitempty" maxLength:"320"`
		Requester string    `json:"requester" maxLength:"40" doc:"the person whose use it is; not whoever approves"`
		Facts     string    `json:"facts" maxLength:"2000"`
		Until     time.Time `json:"until"`
	}
}) (*exemptionOut, error) {
	b := in.Body
	x, err := room.Exempt(ctx, Exemption{
		Patient: b.Patient, Basis: b.Basis, Article: b.Article, Purpose: b.Purpose, Recipient: b.Recipient, Requester: b.Requester, Until: b.Until,
	}, b.Facts)
	return &exemptionOut{wireExemption(x)}, err
}

func (room *Room) postEndExemption(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.EndExemption(ctx, in.ID)
}

type screenOut struct {
	Body struct {
		Covered  map[string]proofBody `json:"covered"`
		LeftOut  []string             `json:"leftOut"`
		Exempted int                  `json:"exempted"`
	}
}

type proofBody struct {
	Consent   string `json:"consent,omitempty"`
	Exemption string `json:"exemption,omitempty"`
}

func (room *Room) postScreen(ctx context.Context, in *struct {
	Body struct {
		Patients  []string `json:"patients" maxItems:"500"`
		Purpose   string   `json:"purpose" maxLength:"40"`
		Recipient string   `json:"recipient,omitempty" maxLength:"320"`
		Category  string   `json:"category,omitempty" maxLength:"40"`
	}
}) (*screenOut, error) {
	b := in.Body
	s, err := room.Screen(ctx, b.Patients, Use{Purpose: b.Purpose, Recipient: b.Recipient, Category: b.Category})
	out := &screenOut{}
	out.Body.Covered, out.Body.LeftOut, out.Body.Exempted = map[string]proofBody{}, append([]string{}, s.LeftOut...), s.Exempted
	for patient, proof := range s.Covered {
		out.Body.Covered[patient] = proofBody(proof)
	}
	return out, err
}
