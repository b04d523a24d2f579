package sharing

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/sm"
)

// Manners in which something is handed over.
const (
	Viewed = "viewed" // under supervision, nothing leaves
	Copied = "copied" // a stamped copy
)

// Sheet is one document that was handed over.
type Sheet struct {
	Document string `json:"document"`
	Version  int    `json:"version"`
	Kind     string `json:"kind"`
	Digest   string `json:"digest"` // SM3 of the canonical content, hexadecimal
	Pages    int    `json:"pages"`
}

// Handover is what was shown or left the house at one time. It never changes. A copy is
// an issue of room output and has its id.
type Handover struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Case      string    `db:"case_id"`
	Patient   string    `db:"patient"`
	Manner    string    `db:"manner"`
	Medium    string    `db:"medium"`
	Documents []Sheet   `db:"documents,json"`
	Digest    []byte    `db:"digest"`  // SM3 over the sheets, one line each
	Code      []byte    `db:"code"`    // SM3 of the code on a stamped copy
	Receipt   []byte    `db:"receipt"` // digest of the receipt that both sides signed
	At        time.Time `db:"at"`
	By        string    `db:"by_person"`
	ReturnBy  time.Time `db:"return_by"`
}

// Handing is what is to be shown or handed over.
type Handing struct {
	Manner    string
	Medium    string // paper, disc …
	Format    string // of a copy: html or pdf
	Copies    int
	Documents []string
	Pages     map[string]int // by document
	Receipt   []byte
	ReturnBy  time.Time // of what must come back or be destroyed
}

// MaxSheets bounds one hand-over.
const MaxSheets = output.MaxSheets

func (in Handing) check(now time.Time) error {
	e := errInput.With()
	if in.Manner != Viewed && in.Manner != Copied {
		e.At("manner", fault.Text{ZH: "方式应为 viewed 或 copied", EN: "a manner is viewed or copied"})
	}
	if len(in.Documents) == 0 || len(in.Documents) > MaxSheets {
		e.At("documents", fault.Text{ZH: "一次 1 至 50 份文书", EN: "1 to 50 documents at a time"})
	}
	e.MaySay("medium", in.Medium, maxName)
	if in.Manner == Copied {
		e.MustSay("medium", in.Medium, maxName)
		if len(in.Receipt) != sm.DigestSize {
			e.At("receipt", fault.Text{ZH: "请上传双方签字的交接单并提供 SM3 摘要", EN: "give the SM3 digest of the receipt that both sides signed"})
		}
	}
	if !in.ReturnBy.IsZero() && !in.ReturnBy.After(now) {
		e.At("returnBy", fault.Text{ZH: "收回日期应在将来", EN: "the day of return lies ahead"})
	}
	return e.OrNil()
}

// Handed is a hand-over with what the assistant shows, or the copy that he gives.
type Handed struct {
	Handover
	Copy  output.Made // none when nothing leaves
	sent  recipient.Prepared
	Views []*record.View
	Cuts  []Cut // what was kept back
}

// HandOver shows documents to the requester, or gives copies of them. Every document
// is a disclosure to the assistant first, and then named in the account of the case.
func (room *Room) HandOver(ctx context.Context, caseID string, in Handing) (Handed, error) {
	if err := room.desk.Begin(ctx, "sharing.disclose"); err != nil {
		return Handed{}, err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return Handed{}, err
	}
	c, err := room.mayHandOver(ctx, caseID, in.Manner)
	if err != nil {
		return Handed{}, err
	}
	h := Handed{Handover: Handover{
		Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Case: caseID, Manner: in.Manner, Medium: in.Medium, Receipt: in.Receipt, ReturnBy: in.ReturnBy.UTC(),
	}}
	if err := room.gather(ctx, c, in, &h); err != nil {
		return Handed{}, err
	}
	_, err = room.step(ctx, "sharing.disclose", caseID, in.Manner, nil, func(ctx context.Context, w *act.Work, c *Case) error {
		return room.saveHandover(ctx, w, c, &h)
	})
	if err != nil {
		return Handed{}, err
	}
	return h, nil
}

// gather reads what is to be handed over, and makes the copy of it.
func (room *Room) gather(ctx context.Context, c Case, in Handing, h *Handed) error {
	kind, _ := kindOf(c.Kind)
	var said []ruled
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		said, err = room.ruledUpon(ctx, r, c)
		return err
	})
	if err != nil {
		return err
	}
	for _, document := range in.Documents {
		v, err := room.records.View(ctx, document, 0)
		if err != nil {
			return err
		}
		if v.Patient != c.Patient || !c.Scope.holds(v.Document) {
			return errOutside.With()
		}
		h.Cuts = append(h.Cuts, kind.strip(v, said)...)
		h.Views = append(h.Views, v)
		h.Documents = append(h.Documents, Sheet{
			Document: v.ID, Version: v.Shown.Number, Kind: v.Kind, Digest: hex.EncodeToString(v.Shown.Digest), Pages: max(1, in.Pages[v.ID]),
		})
	}
	digest := sm.Sum(sheets(h.Documents))
	h.Digest = digest[:]
	if in.Manner != Copied {
		return nil
	}
	recipient, err := room.recipient(ctx, c)
	if err != nil {
		return err
	}
	h.Copy, err = room.outputs.Prepare(ctx, output.Printing{
		Profile: kind.profile(), Copies: max(1, in.Copies), Recipient: recipient, Case: c.ID, Media: output.MediaOf(in.Format),
	}, h.Views)
	if err != nil {
		return err
	}
	h.ID, h.Code = h.Copy.ID, h.Copy.Issue.Code
	h.sent, err = room.outward.Prepare(ctx, leaving(c, h.Handover))
	return err
}

// leaving is a copy as the register of what left keeps it. Its recipient is who the case
// names, whose identity two people checked.
func leaving(c Case, h Handover) recipient.Leaving {
	out := recipient.Leaving{Recipient: c.ID, Party: recipient.ByCase, Channel: h.Medium, Shape: recipient.ShapeDocuments, Basis: c.Basis, Digest: h.Digest}
	for _, s := range h.Documents {
		out.Items = append(out.Items, recipient.Item{Kind: "Document", ID: s.Document, Patient: c.Patient, Version: s.Version, Digest: s.Digest})
	}
	return out
}

// keepSent writes down that a copy left, and the receipt that both sides signed for it.
func (room *Room) keepSent(ctx context.Context, w *act.Work, h *Handed) error {
	s, err := room.outward.KeepIn(ctx, w, &h.sent)
	if err != nil {
		return err
	}
	_, err = room.outward.ReceiveIn(ctx, w, s, recipient.Receiving{Digest: h.Digest, Evidence: h.Receipt})
	return err
}

// recipient is for whom a copy is made: the institution, or who appeared for the patient.
func (room *Room) recipient(ctx context.Context, c Case) (string, error) {
	if c.Agency != "" {
		return c.Agency, nil
	}
	var papers Papers
	err := room.desk.Look(ctx, func(r db.Reader) error {
		subject, err := room.patients.FindSubject(ctx, r, c.Org, c.Patient)
		if err != nil {
			return err
		}
		text, err := subject.Open(place("Case", c.ID, "papers"), c.Papers)
		if err != nil {
			return err
		}
		return json.Unmarshal(text, &papers)
	})
	if err != nil {
		return "", err
	}
	return papers.Names[0], nil
}

// mayHandOver turns away whoever is not the assistant before any content is read. The
// act that follows asks again.
func (room *Room) mayHandOver(ctx context.Context, caseID, manner string) (c Case, err error) {
	err = room.desk.Disclose(ctx, "sharing.disclose", func(ctx context.Context, r *act.Reading) (err error) {
		if c, err = cases.Get(ctx, r, r.Actor().Org, caseID); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, c.object()); err != nil {
			return err
		}
		r.Note("case", c.ID)
		return c.allows(manner, r.Now())
	})
	return c, err
}

func (c Case) allows(manner string, at time.Time) error {
	switch {
	case !c.Open(at):
		return errNotOpen.With()
	case manner == Copied && !c.Scope.Copies:
		return errOutside.With()
	}
	return nil
}

func (room *Room) saveHandover(ctx context.Context, w *act.Work, c *Case, h *Handed) error {
	if err := c.allows(h.Manner, w.Now()); err != nil {
		return err
	}
	if err := mustBeAgreed(ctx, w, c); err != nil {
		return err
	}
	if err := restOnConsent(ctx, w, c); err != nil {
		return err
	}
	for _, v := range h.Views {
		if v.Patient != c.Patient || !c.Scope.holds(v.Document) {
			return errOutside.With()
		}
		if h.Manner == Copied {
			continue
		}
		if err := w.PermitTo(ctx, "record.view", documentObject(v.Document)); err != nil {
			return err
		}
	}
	if h.Manner == Copied {
		if err := room.outputs.KeepIn(ctx, w, &h.Copy, c.mandate(w.Actor().Purpose)); err != nil {
			return err
		}
		if err := room.keepSent(ctx, w, h); err != nil {
			return err
		}
	}
	h.Patient, h.At, h.By = c.Patient, w.Now(), w.Actor().ID
	w.Note("handover", h.ID)
	w.Note("documents", strconv.Itoa(len(h.Documents)))
	if h.Manner == Copied && !h.ReturnBy.IsZero() {
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Return, To: duty.To{Person: h.By}, Subject: h.ID, Patient: c.Patient, Deadline: h.ReturnBy}); err != nil {
			return err
		}
	}
	w.Note("cut", strconv.Itoa(len(h.Cuts)))
	for _, cut := range h.Cuts {
		cut.Org, cut.Handover = h.Org, h.ID
		if err := cuts.Insert(ctx, w, &cut); err != nil {
			return err
		}
	}
	return handovers.Insert(ctx, w, &h.Handover)
}

// mandate is what an open case gives its assistant: to make copies for the purpose in
// which he acts, of what lies in its scope, until it ends.
func (c *Case) mandate(purpose string) policy.Tie {
	until := c.Until
	if !c.ConfirmBy.IsZero() && c.ConfirmedBy == "" && c.ConfirmBy.Before(until) {
		until = c.ConfirmBy
	}
	return policy.Tie{Kind: policy.TieMandate, ID: c.ID, Role: purpose, Source: "case", Since: c.Approved, Until: until}
}

// documentObject is a document as policy sees it.
func documentObject(d record.Document) policy.Object {
	return policy.Object{
		Kind: "Document", ID: d.ID, Org: d.Org, Patient: d.Patient, Department: d.Department, Sensitivity: d.Sensitivity, Encounter: d.Encounter, Form: d.Kind,
		Author: d.Author, CreatedBy: d.Source, Signed: d.State != record.Filed, Archived: d.State == record.Archived, Discharged: d.State == record.Archived,
		Sealed: d.Seal != "", SealKind: d.Seal,
	}
}

func sheets(all []Sheet) []byte {
	var text bytes.Buffer
	for _, s := range all {
		text.WriteString(strings.Join([]string{s.Document, strconv.Itoa(s.Version), s.Digest, strconv.Itoa(s.Pages)}, " "))
		text.WriteByte('\n')
	}
	return text.Bytes()
}

// What becomes of a copy.
const (
	CameBack   = "returned"
	Destroyed  = "destroyed"
	KeptOnFile = "kept-on-file" // of the court or agency, lawfully
)

// Returned is what became of a copy. It never changes.
type Returned struct {
	Org      string    `db:"org,key"`
	Handover string    `db:"handover,key"`
	Outcome  string    `db:"outcome"`
	At       time.Time `db:"at"`
	By       string    `db:"by_person"`
	Evidence []byte    `db:"evidence"`
}

// recalled tells whether the copy with this id came back or was destroyed.
func (room *Room) recalled(ctx context.Context, r db.Reader, org, handover string) (bool, error) {
	back, err := returns.Select(ctx, r, "WHERE org = $1 AND handover = $2", org, handover)
	return len(back) > 0 && back[0].Outcome != KeptOnFile, err
}

// TakeBack records that a copy came back, was destroyed, or stays on the file of who
// asked.
func (room *Room) TakeBack(ctx context.Context, caseID, handover, outcome string, evidence []byte) error {
	e := errInput.With()
	if outcome != CameBack && outcome != Destroyed && outcome != KeptOnFile {
		e.At("outcome", fault.Text{ZH: "结果应为 returned、destroyed 或 kept-on-file", EN: "an outcome is returned, destroyed or kept-on-file"})
	}
	if len(evidence) > 0 && len(evidence) != sm.DigestSize {
		e.At("evidence", fault.Text{ZH: "请提供凭证的 SM3 摘要", EN: "give the SM3 digest of the proof"})
	}
	if err := e.OrNil(); err != nil {
		return err
	}
	_, err := room.step(ctx, "sharing.return", caseID, outcome, nil, func(ctx context.Context, w *act.Work, c *Case) error {
		h, err := handovers.Get(ctx, w, c.Org, handover)
		if err != nil {
			return absent(err)
		}
		if h.Case != c.ID || h.Manner != Copied {
			return act.ErrAbsent.With()
		}
		back, err := returns.Select(ctx, w, "WHERE org = $1 AND handover = $2", h.Org, h.ID)
		if err != nil {
			return err
		}
		if len(back) > 0 {
			return errReturned.With()
		}
		w.Note("handover", h.ID)
		if err := room.duty.DoneIn(ctx, w, Return, h.ID); err != nil {
			return err
		}
		return returns.Insert(ctx, w, &Returned{Org: h.Org, Handover: h.ID, Outcome: outcome, At: w.Now(), By: w.Actor().ID, Evidence: evidence})
	})
	return err
}
