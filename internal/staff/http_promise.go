package staff

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

func (r *Room) promiseRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/undertakings", ID: "listUndertakings", Verb: "staff.list-undertakings", Tag: tag,
		Summary: "List the undertakings that are asked for now or soon"}, r.getUndertakings)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/undertakings", ID: "publishUndertaking", Verb: "staff.publish-undertaking", Tag: tag,
		Status: http.StatusCreated, Summary: "Publish the next version of an undertaking"}, r.postUndertaking)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/undertakings/{id}/withdraw", ID: "withdrawUndertaking", Verb: "staff.withdraw-undertaking", Tag: tag,
		Status: http.StatusNoContent, Summary: "Withdraw an undertaking"}, r.postWithdraw)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/undertakings/{id}/sign", ID: "signUndertaking", Verb: "staff.sign-undertaking", Tag: tag,
		Status: http.StatusCreated, Summary: "Sign an undertaking oneself"}, r.postSignature)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/undertakings/mine", ID: "listMyUndertakings", Verb: "staff.list-undertakings", Tag: tag,
		Summary: "Show what one must have signed oneself, and until when that counts"}, r.getMyPromises)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons/{id}/undertakings", ID: "listUndertakingsOf", Verb: "staff.list-undertakings", Tag: tag,
		Summary: "Show what a person must have signed, and how that stands"}, r.getPromises)

	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons/{id}/qualifications", ID: "listQualifications", Verb: "staff.list-qualifications", Tag: tag,
		Summary: "Show the licences and titles of a person"}, r.getQualifications)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons/{id}/qualifications", ID: "addQualification", Verb: "staff.add-qualification", Tag: tag,
		Status: http.StatusCreated, Summary: "Register a licence or title"}, r.postQualification)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/qualifications/{id}/end", ID: "endQualification", Verb: "staff.end-qualification", Tag: tag,
		Summary: "Withdraw a licence or title now"}, r.postQualificationEnd)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/licence-rules", ID: "listLicenceRules", Verb: "staff.list-qualifications", Tag: tag,
		Summary: "List which roles need a licence to write"}, r.getRequirements)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/licence-rules", ID: "requireLicence", Verb: "staff.require-licence", Tag: tag,
		Status: http.StatusCreated, Summary: "Say that a role needs a licence to write, from a moment on"}, r.postRequirement)

	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/vendors", ID: "listVendors", Verb: "staff.list-vendors", Tag: tag,
		Summary: "List vendors with their agreements"}, r.getVendors)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/vendors", ID: "addVendor", Verb: "staff.add-vendor", Tag: tag,
		Status: http.StatusCreated, Summary: "Register a vendor"}, r.postVendor)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/vendors/{id}/agreements", ID: "fileAgreement", Verb: "staff.file-agreement", Tag: tag,
		Status: http.StatusCreated, MaxBody: MaxAgreementFile*2 + 1<<20, Summary: "File a vendor's agreement with its scan"}, r.postAgreement)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/agreements/{id}/end", ID: "endAgreement", Verb: "staff.end-agreement", Tag: tag,
		Summary: "End an agreement now, and with it what the vendor's people have"}, r.postAgreementEnd)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/agreements/{id}/scan", ID: "openAgreement", Verb: "staff.list-vendors", Tag: tag,
		Summary: "Open the scan of an agreement"}, r.getPaper)
}

type undertakingBody struct {
	ID         string     `json:"id"`
	Code       string     `json:"code"`
	Version    int        `json:"version"`
	Title      fault.Text `json:"title"`
	Text       fault.Text `json:"text"`
	Roles      []string   `json:"roles" doc:"who must sign; everybody when there are no categories either"`
	Categories []string   `json:"categories"`
	PeriodDays int        `json:"periodDays"`
	GraceDays  int        `json:"graceDays"`
	Since      time.Time  `json:"since"`
	Withdrawn  time.Time  `json:"withdrawn,omitzero"`
}

func wireUndertaking(u Undertaking) undertakingBody {
	b := undertakingBody{
		ID: u.ID, Code: u.Code, Version: u.Version, Title: fault.Text{ZH: u.TitleZH, EN: u.TitleEN}, Text: fault.Text{ZH: u.TextZH, EN: u.TextEN},
		Roles: append([]string{}, u.Roles...), Categories: []string{}, PeriodDays: u.Period, GraceDays: u.Grace, Since: u.Since, Withdrawn: u.Withdrawn,
	}
	for _, c := range u.Categories {
		b.Categories = append(b.Categories, string(c))
	}
	return b
}

type undertakingsOut struct{ Body web.Page[undertakingBody] }

func (r *Room) getUndertakings(ctx context.Context, _ *struct{}) (*undertakingsOut, error) {
	found, err := r.Undertakings(ctx)
	out := &undertakingsOut{web.Page[undertakingBody]{Items: make([]undertakingBody, len(found))}}
	for i, u := range found {
		out.Body.Items[i] = wireUndertaking(u)
	}
	return out, err
}

type newUndertakingBody struct {
	Code       string    `json:"code" maxLength:"160" example:"confidentiality"`
	TitleZH    string    `json:"titleZh" maxLength:"320"`
	TitleEN    string    `json:"titleEn" maxLength:"640"`
	TextZH     string    `json:"textZh" maxLength:"80000"`
	TextEN     string    `json:"textEn" maxLength:"80000"`
	Roles      []string  `json:"roles,omitempty" maxItems:"50"`
	Categories []string  `json:"categories,omitempty" maxItems:"20"`
	PeriodDays int       `json:"periodDays" doc:"how long a signature counts"`
	GraceDays  int       `json:"graceDays,omitempty" doc:"how long nothing is taken after it, or after a new version"`
	Since      time.Time `json:"since,omitzero" doc:"now when absent"`
}

type undertakingOut struct{ Body undertakingBody }

func (r *Room) postUndertaking(ctx context.Context, in *struct{ Body newUndertakingBody }) (*undertakingOut, error) {
	b := in.Body
	n := NewUndertaking{
		Code: b.Code, TitleZH: b.TitleZH, TitleEN: b.TitleEN, TextZH: b.TextZH, TextEN: b.TextEN,
		Roles: b.Roles, Period: b.PeriodDays, Grace: b.GraceDays, Since: b.Since,
	}
	for _, c := range b.Categories {
		n.Categories = append(n.Categories, Category(c))
	}
	made, err := r.PublishUndertaking(ctx, n)
	return &undertakingOut{wireUndertaking(made)}, err
}

func (r *Room) postWithdraw(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, r.WithdrawUndertaking(ctx, in.ID)
}

type givenWordBody struct {
	ID          string    `json:"id"`
	Undertaking string    `json:"undertaking"`
	Signed      time.Time `json:"signed"`
	Until       time.Time `json:"until"`
	Key         string    `json:"key,omitempty" doc:"id of the signing key"`
}

type signatureOut struct{ Body givenWordBody }

func (r *Room) postSignature(ctx context.Context, in *web.OfID) (*signatureOut, error) {
	made, err := r.SignUndertaking(ctx, in.ID)
	return &signatureOut{givenWordBody{ID: made.ID, Undertaking: made.Undertaking, Signed: made.Signed, Until: made.Until, Key: made.Key}}, err
}

type promiseBody struct {
	Undertaking undertakingBody `json:"undertaking"`
	State       string          `json:"state" enum:"kept,due,lapsed"`
	Signed      time.Time       `json:"signed,omitzero"`
	Until       time.Time       `json:"until,omitzero" doc:"when the state ends by itself"`
}

type promisesOut struct{ Body web.Page[promiseBody] }

func wirePromises(found []Promise) *promisesOut {
	out := &promisesOut{web.Page[promiseBody]{Items: make([]promiseBody, len(found))}}
	for i, p := range found {
		out.Body.Items[i] = promiseBody{Undertaking: wireUndertaking(p.Undertaking), State: string(p.State), Signed: p.Signature.Signed, Until: p.Until}
	}
	return out
}

func (r *Room) getMyPromises(ctx context.Context, _ *struct{}) (*promisesOut, error) {
	found, err := r.PromisesOf(ctx, act.From(ctx).ID)
	return wirePromises(found), err
}

func (r *Room) getPromises(ctx context.Context, in *web.OfID) (*promisesOut, error) {
	found, err := r.PromisesOf(ctx, in.ID)
	return wirePromises(found), err
}

type qualificationBody struct {
	ID     string    `json:"id"`
	Person string    `json:"person"`
	Kind   string    `json:"kind"`
	Number string    `json:"number"`
	Issuer string    `json:"issuer,omitempty"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	Live   bool      `json:"live"`
}

func wireQualification(q Qualification, at time.Time) qualificationBody {
	return qualificationBody{
		ID: q.ID, Person: q.Person, Kind: string(q.Kind), Number: q.Number, Issuer: q.Issuer, Since: q.Since, Until: q.End(), Live: q.Holds(at),
	}
}

type qualificationsOut struct{ Body web.Page[qualificationBody] }

func (r *Room) getQualifications(ctx context.Context, in *web.OfID) (*qualificationsOut, error) {
	found, err := r.QualificationsOf(ctx, in.ID)
	out := &qualificationsOut{web.Page[qualificationBody]{Items: make([]qualificationBody, len(found))}}
	for i, q := range found {
		out.Body.Items[i] = wireQualification(q, r.desk.Now())
	}
	return out, err
}

type qualificationOut struct{ Body qualificationBody }

func (r *Room) postQualification(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Kind   string    `json:"kind" maxLength:"40" doc:"physician-licence, nurse-licence, pharmacist-title, technician-title, coder-certificate or title"`
		Number string    `json:"number" maxLength:"320"`
		Issuer string    `json:"issuer,omitempty" maxLength:"320"`
		Since  time.Time `json:"since"`
		Until  time.Time `json:"until"`
	}
}) (*qualificationOut, error) {
	made, err := r.AddQualification(ctx, NewQualification{
		Person: in.ID, Kind: QualificationKind(in.Body.Kind), Number: in.Body.Number, Issuer: in.Body.Issuer, Since: in.Body.Since, Until: in.Body.Until,
	})
	return &qualificationOut{wireQualification(made, r.desk.Now())}, err
}

func (r *Room) postQualificationEnd(ctx context.Context, in *web.OfID) (*qualificationOut, error) {
	ended, err := r.EndQualification(ctx, in.ID)
	return &qualificationOut{wireQualification(ended, r.desk.Now())}, err
}

type requirementBody struct {
	Role  string    `json:"role" maxLength:"40"`
	Kind  string    `json:"kind" maxLength:"40"`
	Since time.Time `json:"since,omitzero" doc:"now when absent"`
}

type requirementsOut struct{ Body web.Page[requirementBody] }

func (r *Room) getRequirements(ctx context.Context, _ *struct{}) (*requirementsOut, error) {
	found, err := r.Requirements(ctx)
	out := &requirementsOut{web.Page[requirementBody]{Items: make([]requirementBody, len(found))}}
	for i, n := range found {
		out.Body.Items[i] = requirementBody{Role: n.Role, Kind: string(n.Kind), Since: n.Since}
	}
	return out, err
}

type requirementOut struct{ Body requirementBody }

func (r *Room) postRequirement(ctx context.Context, in *struct{ Body requirementBody }) (*requirementOut, error) {
	made, err := r.RequireLicence(ctx, Requirement{Role: in.Body.Role, Kind: QualificationKind(in.Body.Kind), Since: in.Body.Since})
	return &requirementOut{requirementBody{Role: made.Role, Kind: string(made.Kind), Since: made.Since}}, err
}

type agreementBody struct {
	ID     string    `json:"id"`
	Vendor string    `json:"vendor"`
	Scope  string    `json:"scope"`
	Since  time.Time `json:"since"`
	Until  time.Time `json:"until"`
	Live   bool      `json:"live"`
}

func wireAgreement(a Agreement, at time.Time) agreementBody {
	return agreementBody{ID: a.ID, Vendor: a.Vendor, Scope: a.Scope, Since: a.Since, Until: a.End(), Live: a.Holds(at)}
}

type vendorBody struct {
	ID         string          `json:"id"`
	Code       string          `json:"code"`
	Name       string          `json:"name"`
	Bound      bool            `json:"bound" doc:"an agreement counts now"`
	Agreements []agreementBody `json:"agreements"`
}

func wireVendor(v VendorListed, at time.Time) vendorBody {
	b := vendorBody{ID: v.ID, Code: v.Code, Name: v.Name, Agreements: make([]agreementBody, len(v.Agreements))}
	for i, a := range v.Agreements {
		b.Agreements[i] = wireAgreement(a, at)
	}
	b.Bound = slices.ContainsFunc(v.Agreements, func(a Agreement) bool { return a.Holds(at) })
	return b
}

type vendorsOut struct{ Body web.Page[vendorBody] }

func (r *Room) getVendors(ctx context.Context, _ *struct{}) (*vendorsOut, error) {
	found, err := r.Vendors(ctx)
	out := &vendorsOut{web.Page[vendorBody]{Items: make([]vendorBody, len(found))}}
	for i, v := range found {
		out.Body.Items[i] = wireVendor(v, r.desk.Now())
	}
	return out, err
}

type vendorOut struct{ Body vendorBody }

func (r *Room) postVendor(ctx context.Context, in *struct {
	Body struct {
		Code string `json:"code" maxLength:"160"`
		Name string `json:"name" maxLength:"320"`
	}
}) (*vendorOut, error) {
	made, err := r.AddVendor(ctx, in.Body.Code, in.Body.Name)
	return &vendorOut{wireVendor(VendorListed{Company: made}, r.desk.Now())}, err
}

type agreementOut struct{ Body agreementBody }

func (r *Room) postAgreement(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Scope    string    `json:"scope" maxLength:"1600"`
		Since    time.Time `json:"since,omitzero" doc:"now when absent"`
		Until    time.Time `json:"until"`
		FileName string    `json:"fileName,omitempty" maxLength:"320"`
		File     []byte    `json:"file" doc:"the scan, at most 4 MB"`
		Privacy  bool      `json:"privacy" doc:"the clause on patients' privacy was found in it"`
	}
}) (*agreementOut, error) {
	made, err := r.FileAgreement(ctx, NewAgreement{
		Vendor: in.ID, Scope: in.Body.Scope, Since: in.Body.Since, Until: in.Body.Until, FileName: in.Body.FileName, File: in.Body.File, Privacy: in.Body.Privacy,
	})
	return &agreementOut{wireAgreement(made, r.desk.Now())}, err
}

func (r *Room) postAgreementEnd(ctx context.Context, in *web.OfID) (*agreementOut, error) {
	ended, err := r.EndAgreement(ctx, in.ID)
	return &agreementOut{wireAgreement(ended, r.desk.Now())}, err
}

type paperOut struct {
	Body struct {
		Name    string `json:"name"`
		Content []byte `json:"content"`
	}
}

func (r *Room) getPaper(ctx context.Context, in *web.OfID) (*paperOut, error) {
	name, content, err := r.Paper(ctx, in.ID)
	out := &paperOut{}
	out.Body.Name, out.Body.Content = name, content
	return out, err
}
