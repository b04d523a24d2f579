package sharing

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
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

// Handover is what was shown or left the house at one time. It never changes.
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
	Documents []string
	Pages     map[string]int // by document
	Receipt   []byte
	ReturnBy  time.Time // of what must come back or be destroyed
}

// MaxSheets bounds one hand-over.
const MaxSheets = 100

func (in Handing) check(now time.Time) error {
	e := errInput.With()
	if in.Manner != Viewed && in.Manner != Copied {
		e.At("manner", fault.Text{ZH: "方式应为 viewed 或 copied", EN: "a manner is viewed or copied"})
	}
	if len(in.Documents) == 0 || len(in.Documents) > MaxSheets {
		e.At("documents", fault.Text{ZH: "一次 1 至 100 份文书", EN: "1 to 100 documents at a time"})
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

// Handed is a hand-over with the code that is stamped on the copy and the content that
// the assistant shows or prints.
type Handed struct {
	Handover
	Code  string // empty when nothing leaves; it is not kept and never shown again
	Views []*record.View
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
	if err := room.mayHandOver(ctx, caseID, in.Manner); err != nil {
		return Handed{}, err
	}
	h := Handed{Handover: Handover{
		Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Case: caseID, Manner: in.Manner, Medium: in.Medium, Receipt: in.Receipt, ReturnBy: in.ReturnBy.UTC(),
	}}
	for _, document := range in.Documents {
		v, err := room.records.View(ctx, document, 0)
		if err != nil {
			return Handed{}, err
		}
		h.Views = append(h.Views, v)
		h.Documents = append(h.Documents, Sheet{
			Document: v.ID, Version: v.Shown.Number, Kind: v.Kind, Digest: hex.EncodeToString(v.Shown.Digest), Pages: max(1, in.Pages[v.ID]),
		})
	}
	digest := sm.Sum(sheets(h.Documents))
	h.Digest = digest[:]
	if in.Manner == Copied {
		h.Code = newCode()
		h.Handover.Code = codeDigest(h.Code)
	}
	_, err := room.step(ctx, "sharing.disclose", caseID, in.Manner, nil, func(ctx context.Context, w *act.Work, c *Case) error {
		return room.saveHandover(ctx, w, c, &h)
	})
	if err != nil {
		return Handed{}, err
	}
	return h, nil
}

// mayHandOver turns away whoever is not the assistant before any content is read. The
// act that follows asks again.
func (room *Room) mayHandOver(ctx context.Context, caseID, manner string) error {
	return room.desk.Disclose(ctx, "sharing.disclose", func(ctx context.Context, r *act.Reading) error {
		c, err := cases.Get(ctx, r, r.Actor().Org, caseID)
		if err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, c.object()); err != nil {
			return err
		}
		r.Note("case", c.ID)
		return c.allows(manner, r.Now())
	})
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
	if err := restOnConsent(ctx, w, c); err != nil {
		return err
	}
	verb := "record.view"
	if h.Manner == Copied {
		verb = "record.print"
	}
	for _, v := range h.Views {
		if v.Patient != c.Patient || !c.Scope.holds(v.Document) {
			return errOutside.With()
		}
		if err := w.PermitTo(ctx, verb, documentObject(v.Document)); err != nil {
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
	return handovers.Insert(ctx, w, &h.Handover)
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

// newCode makes a code that nobody can guess: 100 bits in groups that can be read out.
func newCode() string {
	var random [20]byte
	_, _ = rand.Read(random[:])
	text := base32.StdEncoding.EncodeToString(random[:])[:20]
	return strings.Join([]string{text[:5], text[5:10], text[10:15], text[15:]}, "-")
}

func codeDigest(code string) []byte {
	plain := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	digest := sm.Sum([]byte(plain))
	return digest[:]
}

// Verified is what anybody who holds a copy may know of it.
type Verified struct {
	At        time.Time
	Documents []Sheet
	Digest    []byte
	Returned  bool // it was taken back or destroyed: this should not exist any more
}

// Verify says whether a copy with that code was handed over, of what, and with which
// digests. It tells no patient, no requester and no content, and so asks nobody who he
// is: the code lies on the copy and cannot be guessed. Each question is accounted for;
// the house answers it, since nobody in particular has no acts.
func (room *Room) Verify(ctx context.Context, code string) (Verified, error) {
	from := act.From(ctx)
	if !room.throttle.Allows(from.IP, room.desk.Now()) {
		return Verified{}, errTooOften.With()
	}
	var v Verified
	known := false
	house := act.Actor{Actor: policy.Actor{Kind: act.Job, ID: "sharing", Org: room.org}, Purpose: "operation", IP: from.IP, Terminal: from.Terminal}
	err := room.desk.Disclose(act.With(ctx, house), "sharing.verify", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		found, err := handovers.Select(ctx, r, "WHERE org = $1 AND code = $2", room.org, codeDigest(code))
		if err != nil {
			return err
		}
		if known = len(found) > 0; !known {
			r.Note("found", "no")
			return nil
		}
		h := found[0]
		r.Note("handover", h.ID)
		back, err := returns.Select(ctx, r, "WHERE org = $1 AND handover = $2", h.Org, h.ID)
		v = Verified{At: h.At, Documents: h.Documents, Digest: h.Digest, Returned: len(back) > 0 && back[0].Outcome != KeptOnFile}
		return err
	})
	if err == nil && !known {
		err = act.ErrAbsent.With()
	}
	return v, err
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
