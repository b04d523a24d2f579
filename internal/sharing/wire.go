package sharing

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// CaseBody is a case on the wire. It is exported because the binding passes over
// embedded types that are not.
type CaseBody struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind" example:"court"`
	Agency      string     `json:"agency,omitempty"`
	Patient     string     `json:"patient"`
	Basis       string     `json:"basis"`
	Presented   []string   `json:"presented"`
	State       string     `json:"state" enum:"received,checked,scoped,approved,closed,refused"`
	Received    time.Time  `json:"received"`
	ReceivedBy  string     `json:"receivedBy"`
	Deadline    time.Time  `json:"deadline"`
	Checks      []Check    `json:"checks"`
	Scope       Scope      `json:"scope"`
	Assistant   string     `json:"assistant,omitempty"`
	Until       *time.Time `json:"until,omitempty"`
	Open        bool       `json:"open" doc:"its assistant may hand over now"`
	Approved    *time.Time `json:"approved,omitempty"`
	ApprovedBy  string     `json:"approvedBy,omitempty"`
	ConfirmBy   *time.Time `json:"confirmBy,omitempty" doc:"of an approval in the place of the head"`
	ConfirmedBy string     `json:"confirmedBy,omitempty"`
	Consent     string     `json:"consent,omitempty" doc:"the consent or exemption that it rests on"`
	Closed      *time.Time `json:"closed,omitempty"`
}

func wireCase(c Case, now time.Time) CaseBody {
	return CaseBody{
		ID: c.ID, Kind: c.Kind, Agency: c.Agency, Patient: c.Patient, Basis: c.Basis, Presented: c.Presented, State: c.State, Received: c.Received,
		ReceivedBy: c.ReceivedBy, Deadline: c.Deadline, Checks: c.Checks, Scope: c.Scope, Assistant: c.Assistant, Until: web.Moment(c.Until), Open: c.Open(now),
		Approved: web.Moment(c.Approved), ApprovedBy: c.ApprovedBy, ConfirmBy: web.Moment(c.ConfirmBy), ConfirmedBy: c.ConfirmedBy, Consent: c.Consent, Closed: web.Moment(c.Closed),
	}
}

// HandoverBody is a hand-over on the wire.
type HandoverBody struct {
	ID        string     `json:"id"`
	Manner    string     `json:"manner" enum:"viewed,copied"`
	Medium    string     `json:"medium,omitempty"`
	Documents []Sheet    `json:"documents"`
	Digest    string     `json:"digest" doc:"SM3 over the sheets"`
	Receipt   string     `json:"receipt,omitempty"`
	At        time.Time  `json:"at"`
	By        string     `json:"by"`
	ReturnBy  *time.Time `json:"returnBy,omitempty"`
	Outcome   string     `json:"outcome,omitempty" doc:"what became of the copy"`
	Cuts      []Cut      `json:"cuts" doc:"what was kept back of these documents"`
}

func wireHandover(h Handover, back Returned, cuts []Cut) HandoverBody {
	return HandoverBody{
		ID: h.ID, Manner: h.Manner, Medium: h.Medium, Documents: h.Documents, Digest: hex.EncodeToString(h.Digest), Receipt: hex.EncodeToString(h.Receipt),
		At: h.At, By: h.By, ReturnBy: web.Moment(h.ReturnBy), Outcome: back.Outcome, Cuts: append([]Cut{}, cuts...),
	}
}

type stepBody struct {
	Kind   string    `json:"kind"`
	At     time.Time `json:"at"`
	Person string    `json:"person"`
}

type maskingBody struct {
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Disclosed int       `json:"disclosed" doc:"items beyond the minimum that are disclosed"`
	Masked    int       `json:"masked" doc:"items of the minimum that are masked"`
	Current   bool      `json:"current" doc:"it is of the scope as it stands"`
}

type seenBody struct {
	CaseBody
	Masking   *maskingBody              `json:"masking,omitempty" doc:"the last legal review"`
	Narrowed  bool                      `json:"narrowed" doc:"the requester gets less than whole documents, and a legal review comes before approval"`
	Papers    Papers                    `json:"papers"`
	Steps     []stepBody                `json:"steps"`
	Handovers []HandoverBody            `json:"handovers"`
	Why       string                    `json:"why,omitempty" doc:"it was refused"`
	Called    string                    `json:"called,omitempty" doc:"masked name of the patient"`
	Names     map[string]staff.NameBody `json:"names"`
}

func wireSeen(s Seen, now time.Time) seenBody {
	b := seenBody{CaseBody: wireCase(s.Case, now), Papers: s.Papers, Steps: []stepBody{}, Handovers: []HandoverBody{}, Why: s.Why, Called: s.Called, Names: staff.WireNames(s.Names)}
	kind, _ := kindOf(s.Kind)
	b.Narrowed = kind.narrowed()
	if s.Masking.Round > 0 {
		b.Masking = &maskingBody{s.Masking.By, s.Masking.At, s.Masking.Disclosed, s.Masking.Masked, s.Reviewed}
	}
	for _, one := range s.Steps {
		b.Steps = append(b.Steps, stepBody{one.Kind, one.At, one.Person})
	}
	for _, h := range s.Handovers {
		b.Handovers = append(b.Handovers, wireHandover(h, s.Returns[h.ID], s.Cuts[h.ID]))
	}
	return b
}

type shownBody struct {
	Document string           `json:"document"`
	Title    string           `json:"title"`
	Version  int              `json:"version"`
	Sections []record.Section `json:"sections"`
}

type handedBody struct {
	HandoverBody
	Copy  *output.MadeBody `json:"copy,omitempty" doc:"what is printed or given; it is not kept"`
	Shown []shownBody      `json:"shown" doc:"what the assistant shows when nothing leaves"`
}

func wireHanded(h Handed) handedBody {
	b := handedBody{HandoverBody: wireHandover(h.Handover, Returned{}, h.Cuts), Shown: []shownBody{}}
	if h.Manner == Copied {
		made := output.WireMade(h.Copy)
		b.Copy = &made
		return b
	}
	for _, v := range h.Views {
		b.Shown = append(b.Shown, shownBody{v.ID, v.Title, v.Shown.Number, v.Content.Sections})
	}
	return b
}
