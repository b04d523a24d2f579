package consent

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func formKey(template string, version int) string { return template + " " + strconv.Itoa(version) }

// digestOf reads a digest; what is not hexadecimal comes out empty and is refused as
// too short.
func digestOf(text string) []byte {
	digest, err := hex.DecodeString(text)
	if err != nil {
		return []byte{0}
	}
	return digest
}

type formBody struct {
	ID      string     `json:"id"`
	Version int        `json:"version"`
	Kind    string     `json:"kind" enum:"consent,notice"`
	Name    fault.Text `json:"name"`
	Text    fault.Text `json:"text"`
	Scope   Scope      `json:"scope"`
	Givers  []string   `json:"givers,omitempty" doc:"patient, guardian, relative"`
	Forms   []string   `json:"forms" doc:"written, electronic, verbal"`
	Made    time.Time  `json:"made"`
}

func wireForm(t Template) formBody {
	return formBody{ID: t.ID, Version: t.Version, Kind: t.Kind, Name: t.Name, Text: t.Text, Scope: t.Scope, Givers: t.Givers, Forms: t.Forms, Made: t.Made}
}

// RecordBody is a consent on the wire. It is exported because the binding passes over
// embedded types that are not.
type RecordBody struct {
	ID          string     `json:"id"`
	Patient     string     `json:"patient"`
	Template    string     `json:"template"`
	Version     int        `json:"version"`
	Name        fault.Text `json:"name,omitzero"`
	State       string     `json:"state" enum:"in-force,run-out,withdrawn,refused"`
	Relation    string     `json:"relation" enum:"patient,guardian,relative"`
	Guardian    string     `json:"guardian,omitempty"`
	Form        string     `json:"form" enum:"written,electronic,verbal"`
	Scope       Scope      `json:"scope"`
	Since       time.Time  `json:"since"`
	Until       *time.Time `json:"until,omitempty" doc:"absent: until withdrawn"`
	ReviewBy    *time.Time `json:"reviewBy,omitempty"`
	Withdrawn   *time.Time `json:"withdrawn,omitempty"`
	WithdrawnBy string     `json:"withdrawnBy,omitempty"`
	Evidence    string     `json:"evidence,omitempty" doc:"SM3 digest of the file"`
	RecordedBy  string     `json:"recordedBy"`
}

func wireRecord(r Record, now time.Time) RecordBody {
	return RecordBody{
		ID: r.ID, Patient: r.Patient, Template: r.Template, Version: r.Version, State: r.State(now), Relation: r.Relation, Guardian: r.Guardian, Form: r.Form,
		Scope: r.Scope, Since: r.Since, Until: web.Moment(r.Until), ReviewBy: web.Moment(r.ReviewBy), Withdrawn: web.Moment(r.Withdrawn), WithdrawnBy: r.WithdrawnBy,
		Evidence: hex.EncodeToString(r.Evidence), RecordedBy: r.RecordedBy,
	}
}

type guardianBody struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind" enum:"minor,incapacity"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`
	Live  bool      `json:"live"`
}

func wireGuardian(g Guardian, now time.Time) guardianBody {
	return guardianBody{ID: g.ID, Kind: g.Kind, Since: g.Since, Until: g.Until, Live: g.live(now)}
}

type toldBody struct {
	ID           string     `json:"id"`
	Template     string     `json:"template"`
	Version      int        `json:"version"`
	Name         fault.Text `json:"name,omitzero"`
	To           string     `json:"to" enum:"patient,guardian,relative"`
	Form         string     `json:"form" enum:"written,electronic,verbal"`
	Acknowledged bool       `json:"acknowledged"`
	At           time.Time  `json:"at"`
	By           string     `json:"by"`
}

func wireTold(t Told) toldBody {
	return toldBody{ID: t.ID, Template: t.Template, Version: t.Version, To: t.To, Form: t.Form, Acknowledged: t.Acknowledged, At: t.At, By: t.By}
}

type ledgerBody struct {
	Records   []RecordBody              `json:"records"`
	Guardians []guardianBody            `json:"guardians"`
	Notices   []toldBody                `json:"notices"`
	Names     map[string]staff.NameBody `json:"names"`
}

func wireLedger(l Ledger, now time.Time) ledgerBody {
	b := ledgerBody{Records: []RecordBody{}, Guardians: []guardianBody{}, Notices: []toldBody{}, Names: staff.WireNames(l.Names)}
	for _, r := range l.Records {
		one := wireRecord(r, now)
		one.Name = l.Forms[formKey(r.Template, r.Version)].Name
		b.Records = append(b.Records, one)
	}
	for _, g := range l.Guardians {
		b.Guardians = append(b.Guardians, wireGuardian(g, now))
	}
	for _, n := range l.Notices {
		one := wireTold(n)
		one.Name = l.Forms[formKey(n.Template, n.Version)].Name
		b.Notices = append(b.Notices, one)
	}
	return b
}

type exemptionBody struct {
	ID         string     `json:"id"`
	Patient    string     `json:"patient,omitempty" doc:"absent: everybody whom the purpose concerns"`
	Basis      string     `json:"basis"`
	Article    string     `json:"article"`
	Purpose    string     `json:"purpose"`
	Recipient  string     `json:"recipient,omitempty"`
	Requester  string     `json:"requester"`
	Since      time.Time  `json:"since"`
	Until      time.Time  `json:"until"`
	ApprovedBy string     `json:"approvedBy"`
	Ended      *time.Time `json:"ended,omitempty"`
}

func wireExemption(x Exemption) exemptionBody {
	return exemptionBody{
		ID: x.ID, Patient: x.Patient, Basis: x.Basis, Article: x.Article, Purpose: x.Purpose, Recipient: x.Recipient, Requester: x.Requester,
		Since: x.Since, Until: x.Until, ApprovedBy: x.ApprovedBy, Ended: web.Moment(x.Ended),
	}
}
