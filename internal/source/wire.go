package source

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// WritingBody is what is said of a source when it is registered or changed.
type WritingBody struct {
	Code          string   `json:"code" maxLength:"160" example:"his"`
	NameZH        string   `json:"nameZh" maxLength:"320" example:"医院信息系统"`
	NameEN        string   `json:"nameEn,omitempty" maxLength:"320"`
	Kinds         []string `json:"kinds" maxItems:"12" doc:"how it is connected: hl7-mllp, fhir, rest, …; see GET /api/sources/choices"`
	Owner         string   `json:"owner" maxLength:"160" doc:"the person who answers for it"`
	Vendor        string   `json:"vendor,omitempty" maxLength:"320"`
	Purpose       string   `json:"purpose" maxLength:"4000"`
	Standard      string   `json:"standard,omitempty" maxLength:"40" doc:"to which it is bound; HL7 v2 messages of another version are set aside"`
	Shapes        []string `json:"shapes" maxItems:"20" doc:"what it may hand in"`
	Departments   []string `json:"departments,omitempty" maxItems:"200" doc:"about which it may; none: any"`
	Senders       []Sender `json:"senders,omitempty" maxItems:"50"`
	Networks      []string `json:"networks" maxItems:"50" doc:"from which its machines call" example:"[\"10.1.2.0/24\"]"`
	PerMinute     int      `json:"perMinute" doc:"calls at most"`
	SilentMinutes int      `json:"silentMinutes,omitempty" doc:"after which its silence is a fault; 0: never"`
}

func (b WritingBody) writing() Writing { return Writing(b) }

// HealthBody is how a source has been doing over the last seven days.
type HealthBody struct {
	Calls         int        `json:"calls"`
	Refused       int        `json:"refused"`
	Received      int        `json:"received" doc:"messages and resources"`
	Conform       int        `json:"conform" doc:"of them, that keep to the standard"`
	Quarantined   int        `json:"quarantined"`
	Heard         *time.Time `json:"heard,omitempty" doc:"the last message"`
	Called        *time.Time `json:"called,omitempty"`
	Measured      int        `json:"measured" doc:"of how many messages the figures below are"`
	LagMedian     int64      `json:"lagMedian" doc:"milliseconds from the time a message says to when it was durable"`
	VisibleMedian int64      `json:"visibleMedian" doc:"milliseconds from arrival to when everybody who may could see it"`
	VisibleLate   int64      `json:"visibleLate" doc:"the same; 95 of 100 are faster"`
	Drift         int64      `json:"drift" doc:"seconds by which the clock of the source goes before (negative: behind) ours, median"`
	Adrift        bool       `json:"adrift" doc:"its clock is about a day off"`
}

func wireHealth(h Health) HealthBody {
	return HealthBody{
		Calls: h.Calls, Refused: h.Refused, Received: h.Received, Conform: h.Conform, Quarantined: h.Quarantined, Heard: web.Moment(h.Heard), Called: web.Moment(h.Called),
		Measured: h.Measured, LagMedian: h.LagMedian, VisibleMedian: h.VisibleMedian, VisibleLate: h.VisibleLate, Drift: h.Drift, Adrift: h.Adrift(),
	}
}

// Body is a source on the wire.
type Body struct {
	WritingBody
	ID         string     `json:"id"`
	ByHand     bool       `json:"byHand" doc:"people hand in under its name, and nobody has registered it"`
	Department string     `json:"department,omitempty" doc:"of the owner"`
	State      string     `json:"state" enum:"draft,approved,live,suspended,ended"`
	Why        string     `json:"why,omitempty" doc:"it was suspended; agreement-over: by the house"`
	Active     bool       `json:"active" doc:"it may act now"`
	Agreement  string     `json:"agreement,omitempty"`
	Begun      *time.Time `json:"begun,omitempty"`
	Since      *time.Time `json:"since,omitempty"`
	Until      *time.Time `json:"until,omitempty" doc:"when its agreement ends, and with it everything"`
	Operations []string   `json:"operations" doc:"addresses that are open to it"`
	Rev        int        `json:"rev"`
	MadeBy     string     `json:"madeBy"`
	Made       time.Time  `json:"made"`
	ChangedBy  string     `json:"changedBy"`
	Keys       int        `json:"keys" doc:"that count now"`
	Silent     bool       `json:"silent" doc:"it should have been heard of, and was not"`
	Health     HealthBody `json:"health"`
}

func wireSource(s Source, now time.Time) Body {
	return Body{
		WritingBody: WritingBody{
			Code: s.Code, NameZH: s.NameZH, NameEN: s.NameEN, Kinds: s.Kinds, Owner: s.Owner, Vendor: s.Vendor, Purpose: s.Purpose, Standard: s.Standard,
			Shapes: s.Shapes, Departments: s.Departments, Senders: s.Senders, Networks: s.Networks, PerMinute: s.PerMinute, SilentMinutes: s.SilentMinutes,
		},
		ID: s.ID, ByHand: s.byHand(), Department: s.Department, State: s.State, Why: s.Why, Active: s.Live(now), Agreement: s.Agreement, Begun: web.Moment(s.Begun),
		Since: web.Moment(s.Since), Until: web.Moment(s.Until), Operations: s.Operations(), Rev: s.Rev, MadeBy: s.MadeBy, Made: s.Made, ChangedBy: s.ChangedBy,
	}
}

func wireTold(t Told, now time.Time) Body {
	b := wireSource(t.Source, now)
	b.Keys, b.Silent, b.Health = t.Keys, t.Silent, wireHealth(t.Health)
	return b
}

// ListBody is a page of the register, with the people and departments that it names.
type ListBody struct {
	web.Page[Body]
	Names       map[string]staff.NameBody `json:"names"`
	Departments map[string]fault.Text     `json:"departmentNames"`
}

// AgreementBody is an agreement on the wire.
type AgreementBody struct {
	ID         string     `json:"id"`
	Words      string     `json:"words"`
	Scope      string     `json:"scope" doc:"SM3 of what the source may do, as it stood"`
	Since      time.Time  `json:"since"`
	Until      time.Time  `json:"until"`
	State      string     `json:"state" enum:"signed,in-force,returned,replaced"`
	SignedBy   string     `json:"signedBy"`
	Signed     time.Time  `json:"signed"`
	SigningKey string     `json:"signingKey,omitempty"`
	DecidedBy  string     `json:"decidedBy,omitempty"`
	Decided    *time.Time `json:"decided,omitempty"`
	Why        string     `json:"why,omitempty" doc:"it was returned"`
}

func wireAgreement(a Agreement) AgreementBody {
	return AgreementBody{
		ID: a.ID, Words: a.Words, Scope: hex.EncodeToString(a.Scope), Since: a.Since, Until: a.Until, State: a.State, SignedBy: a.SignedBy, Signed: a.Signed,
		SigningKey: a.SigningKey, DecidedBy: a.DecidedBy, Decided: web.Moment(a.Decided), Why: a.Why,
	}
}

// KeyBody is a key on the wire, without what it opens.
type KeyBody struct {
	ID      string     `json:"id"`
	Kind    string     `json:"kind" enum:"bearer,certificate,hmac-sm3,sm2,ecdsa,jwt"`
	Active  bool       `json:"active" doc:"it counts now"`
	Halves  bool       `json:"halves" doc:"two people hold a half each"`
	Waits   bool       `json:"waits" doc:"its second half is not made yet"`
	Since   time.Time  `json:"since"`
	Until   time.Time  `json:"until"`
	Ended   *time.Time `json:"ended,omitempty"`
	EndedBy string     `json:"endedBy,omitempty"`
	MadeBy  string     `json:"madeBy"`
	HalfBy  string     `json:"halfBy,omitempty"`
	Follows string     `json:"follows,omitempty"`
	Public  string     `json:"public,omitempty" doc:"the public key or certificate, PEM"`
}

func wireKey(k Key, now time.Time) KeyBody {
	return KeyBody{
		ID: k.ID, Kind: k.Kind, Active: k.Live(now), Halves: k.Halves, Waits: k.Halves && len(k.Half) == 0, Since: k.Since, Until: k.Until, Ended: web.Moment(k.Ended),
		EndedBy: k.EndedBy, MadeBy: k.MadeBy, HalfBy: k.HalfBy, Follows: k.Follows, Public: k.PublicKey,
	}
}

// IssuedKeyBody is a key that was just made.
type IssuedKeyBody struct {
	KeyBody
	Secret string `json:"secret,omitempty" doc:"shown once: the bearer key, the first part of one in halves, or the secret of an HMAC"`
}

// SecondHalfBody is the other half of a key.
type SecondHalfBody struct {
	Secret string `json:"secret" doc:"shown once: it is put behind the first part, after a point"`
}

// DayBody is a day of a source.
type DayBody struct {
	Day         string `json:"day" example:"2026-03-02"`
	Calls       int    `json:"calls"`
	Refused     int    `json:"refused"`
	Received    int    `json:"received"`
	Conform     int    `json:"conform"`
	Quarantined int    `json:"quarantined"`
	VisibleLate int64  `json:"visibleLate"`
	Drift       int64  `json:"drift"`
}

// SeenBody is everything about a source.
type SeenBody struct {
	Body
	App             *AppBody                  `json:"app,omitempty" doc:"what is registered of it as a program"`
	Agreements      []AgreementBody           `json:"agreements" doc:"newest first"`
	Held            []KeyBody                 `json:"held" doc:"keys, newest first"`
	Days            []DayBody                 `json:"days" doc:"newest first"`
	Names           map[string]staff.NameBody `json:"names"`
	DepartmentNames map[string]fault.Text     `json:"departmentNames"`
}

func wireSeen(s Seen, now time.Time) SeenBody {
	b := SeenBody{
		Body: wireTold(s.Told, now), Agreements: make([]AgreementBody, len(s.Agreements)), Held: make([]KeyBody, len(s.Held)), Days: make([]DayBody, len(s.Days)),
		Names: staff.WireNames(s.Names), DepartmentNames: s.Departments,
	}
	if s.App.Source != "" {
		b.App = &AppBody{s.App.Redirects, s.App.Scopes, s.App.Web.Origins, s.App.Web.Launch}
	}
	for i, a := range s.Agreements {
		b.Agreements[i] = wireAgreement(a)
	}
	for i, k := range s.Held {
		b.Held[i] = wireKey(k, now)
	}
	for i, p := range s.Days {
		b.Days[i] = DayBody{
			Day: p.Day, Calls: p.Calls, Refused: p.Refused, Received: p.Received, Conform: p.Conform, Quarantined: p.Quarantined,
			VisibleLate: atShare(p.Visible, 95), Drift: atShare(p.Drifts, 50),
		}
	}
	return b
}

// SelfBody is what a source is told of itself.
type SelfBody struct {
	Code       string     `json:"code"`
	Until      time.Time  `json:"until" doc:"when its agreement ends"`
	Shapes     []string   `json:"shapes"`
	Standard   string     `json:"standard,omitempty"`
	Operations []string   `json:"operations"`
	PerMinute  int        `json:"perMinute"`
	Health     HealthBody `json:"health"`
}

// ShapeBody is a class of data in the choices.
type ShapeBody struct {
	Named
	Operations []string `json:"operations"`
}

// ChoicesBody is what can be chosen when a source is registered.
type ChoicesBody struct {
	Kinds     []Named     `json:"kinds"`
	Shapes    []ShapeBody `json:"shapes"`
	Standards []string    `json:"standards"`
	KeyKinds  []string    `json:"keyKinds"`
}
