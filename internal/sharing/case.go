package sharing

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/sm"
)

// States of a case, in their order.
const (
	Received = "received" // every document is there
	Checked  = "checked"  // by two people
	Scoped   = "scoped"
	Approved = "approved"
	Closed   = "closed"
	Refused  = "refused"
)

// Check is somebody's look at the identities.
type Check struct {
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// Scope is what may be shown or handed over. At least one of documents, forms and
// encounters narrows it.
type Scope struct {
	Documents  []string `json:"documents,omitempty" maxItems:"200" doc:"ids"`
	Forms      []string `json:"forms,omitempty" maxItems:"40" doc:"kinds of document by their codes"`
	Encounters []string `json:"encounters,omitempty" maxItems:"40"`
	From       string   `json:"from,omitempty" maxLength:"10" example:"2026-01-01"`
	To         string   `json:"to,omitempty" maxLength:"10" doc:"the last day"`
	Copies     bool     `json:"copies" doc:"copies may leave; otherwise it is looked at under supervision"`
}

// holds reports whether a document lies in the scope.
func (s Scope) holds(d record.Document) bool {
	day := d.At.In(calendar.Zone).Format(time.DateOnly)
	return (len(s.Documents) == 0 || slices.Contains(s.Documents, d.ID)) && (len(s.Forms) == 0 || slices.Contains(s.Forms, d.Kind)) &&
		(len(s.Encounters) == 0 || slices.Contains(s.Encounters, d.Encounter)) && (s.From == "" || day >= s.From) && (s.To == "" || day <= s.To)
}

func (s Scope) check(e *fault.Error) {
	if len(s.Documents)+len(s.Forms)+len(s.Encounters) == 0 {
		e.At("scope", fault.Text{ZH: "请限定文书、文书种类或就诊，不能是全部病历", EN: "name documents, kinds of document or encounters; the whole record is no scope"})
	}
	if len(s.Documents) > 200 || len(s.Forms) > 40 || len(s.Encounters) > 40 {
		e.At("scope", fault.Text{ZH: "最多 200 份文书、40 个种类、40 次就诊", EN: "at most 200 documents, 40 kinds and 40 encounters"})
	}
	for path, text := range map[string]string{"scope.from": s.From, "scope.to": s.To} {
		if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
			e.At(path, fault.Text{ZH: "日期应如 2026-01-31", EN: "a day is written 2026-01-31"})
		}
	}
	if s.From != "" && s.To != "" && s.From > s.To {
		e.At("scope.to", fault.Text{ZH: "截止日期不能早于开始日期", EN: "the last day cannot be before the first"})
	}
}

// Case is one request from outside about one patient. Its row is keyed.
type Case struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Kind        string    `db:"kind"`
	Agency      string    `db:"agency"` // the institution; empty for a patient's side
	Patient     string    `db:"patient"`
	Basis       string    `db:"basis"`
	Presented   []string  `db:"presented,json"`
	Papers      []byte    `db:"papers"` // [Papers], sealed
	Received    time.Time `db:"received"`
	ReceivedBy  string    `db:"received_by"`
	Deadline    time.Time `db:"deadline"`
	Checks      []Check   `db:"checks,json"`
	Scope       Scope     `db:"scope,json"`
	ScopedBy    string    `db:"scoped_by"`
	Assistant   string    `db:"assistant"`
	Until       time.Time `db:"until"` // when the assistant's access ends
	State       string    `db:"state"`
	Approved    time.Time `db:"approved"`
	ApprovedBy  string    `db:"approved_by"`
	ConfirmBy   time.Time `db:"confirm_by"` // of an approval in the place of the head
	ConfirmedBy string    `db:"confirmed_by"`
	Consent     string    `db:"consent"` // id of the consent or exemption that it rests on
	Closed      time.Time `db:"closed"`
	MAC         []byte    `db:"mac"`
}

// Open reports whether something may be handed over at a moment.
func (c Case) Open(at time.Time) bool {
	unconfirmed := !c.ConfirmBy.IsZero() && c.ConfirmedBy == "" && !at.Before(c.ConfirmBy)
	return c.State == Approved && at.Before(c.Until) && !unconfirmed
}

func (c Case) object() policy.Object {
	return policy.Object{Kind: "Case", ID: c.ID, Org: c.Org, Patient: c.Patient, Author: c.ReceivedBy, Concerns: c.Assistant}
}

// Presented is one document that was presented.
type Presented struct {
	Paper  string `json:"paper" maxLength:"40" doc:"of the list for the kind of requester"`
	Number string `json:"number,omitempty" maxLength:"160"`
	Issuer string `json:"issuer,omitempty" maxLength:"320"`
	Digest string `json:"digest" maxLength:"64" doc:"SM3 digest of the scan"`
}

// Papers are who asks and what he presented. They are kept sealed.
type Papers struct {
	Names     []string    `json:"names" maxItems:"10" doc:"of everybody who appears: the requester, or the officers"`
	Presented []Presented `json:"presented" maxItems:"30"`
}

// Receiving is what is received at the window.
type Receiving struct {
	Patient string
	Kind    string
	Agency  string
	Basis   string // the law or the reason
	Papers  Papers
}

func (in Receiving) check() error {
	e := errInput.With()
	kind, known := kindOf(in.Kind)
	if !known {
		return e.At("kind", fault.Text{ZH: "请从申请人种类列表中选择", EN: "choose a kind of requester from the list"})
	}
	e.MustSay("basis", in.Basis, maxWords)
	if kind.Agency {
		e.MustSay("agency", in.Agency, maxName)
	}
	if len(in.Papers.Names) == 0 || len(in.Papers.Names) > 10 || kind.needsTwo() && len(in.Papers.Names) < 2 {
		e.At("names", fault.Text{ZH: "请填写到场人员姓名；办案机关须两人", EN: "name everybody who appears; officers come in twos"})
	}
	for _, name := range in.Papers.Names {
		e.MustSay("names", name, maxName)
	}
	for _, p := range in.Papers.Presented {
		e.MaySay("presented.number", p.Number, maxName)
		e.MaySay("presented.issuer", p.Issuer, maxName)
		if len(digestOf(p.Digest)) != sm.DigestSize {
			e.At("presented.digest", fault.Text{ZH: "请扫描证件并提供 SM3 摘要（64 位十六进制）", EN: "scan the document and give its SM3 digest: 64 hexadecimal digits"})
		}
	}
	if missing := kind.missing(in.Papers.Presented); len(missing) > 0 {
		var zh, en []string
		for _, p := range missing {
			zh, en = append(zh, p.Name.ZH), append(en, p.Name.EN)
		}
		e.At("presented", fault.Text{ZH: "缺少：" + strings.Join(zh, "、"), EN: "missing: " + strings.Join(en, ", ")})
	}
	return e.OrNil()
}

func (k Kind) needsTwo() bool {
	return slices.ContainsFunc(k.Papers, func(p Paper) bool { return p.ID == officers.ID })
}

func place(kind, id, field string) vault.Place {
	return vault.Place{Kind: kind, Object: id, Version: "1", Field: field}
}
