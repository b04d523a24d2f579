package output

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// MaxSheets bounds the documents of one copy, and MaxCopies how often it is printed.
const (
	MaxSheets = 50
	MaxCopies = 20
)

// Wanted is a document that is to be printed; version 0 is the newest.
type Wanted struct {
	Document string `json:"document" maxLength:"40"`
	Version  int    `json:"version,omitempty" minimum:"0"`
}

// Printing is what is to be printed.
type Printing struct {
	Documents []Wanted
	Profile   string
	Copies    int
	Recipient string
	Case      string
	Media     string // HTML or PDF
	Hold      bool   // it waits in the queue for whoever asked
}

// Made is a copy with the bytes to print; a held one has none until it is released.
type Made struct {
	Issue
	Code    string
	Media   string
	Bytes   []byte
	Missing string // characters that the server's font does not have
	Held    *Hold
	profile Profile
	views   []*record.View
}

func (in Printing) check(p Profile) error {
	e := errInput.With()
	if len(in.Documents) == 0 || len(in.Documents) > MaxSheets {
		e.At("documents", fault.Text{ZH: "一次 1 至 50 份文书", EN: "1 to 50 documents at a time"})
	}
	if in.Copies < 1 || in.Copies > MaxCopies {
		e.At("copies", fault.Text{ZH: "份数应为 1 至 20", EN: "1 to 20 copies"})
	}
	if in.Media != HTML && in.Media != PDF {
		e.At("format", fault.Text{ZH: "格式应为 html 或 pdf", EN: "a format is html or pdf"})
	}
	p.checkWords(e, in.Recipient, in.Case)
	return e.OrNil()
}

// checkWords holds recipient and case number to what the profile asks for.
func (p Profile) checkWords(e *fault.Error, recipient, number string) {
	e.MayName("recipient", recipient, maxName)
	e.MayName("case", number, maxCase)
	if p.Recipient {
		e.MustName("recipient", recipient, maxName)
	}
	if p.Case {
		e.MustName("case", number, maxCase)
	}
}

// Print makes a copy of documents of one patient: a row first, then the bytes. Each
// document is a disclosure to whoever prints, and is permitted to be printed by itself.
func (room *Room) Print(ctx context.Context, in Printing) (Made, error) {
	if err := room.desk.Begin(ctx, "output.print"); err != nil {
		return Made{}, err
	}
	profile, err := room.profileFor(ctx, in.Profile, func(p Profile) bool { return p.Prints })
	if err != nil {
		return Made{}, err
	}
	if err := in.check(profile); err != nil {
		return Made{}, err
	}
	views, err := room.read(ctx, in.Documents)
	if err != nil {
		return Made{}, err
	}
	m, err := room.prepare(ctx, in, profile, views)
	if err != nil {
		return Made{}, err
	}
	var key *vault.Subject
	if in.Hold {
		if key, err = room.hold(&m, profile); err != nil {
			return Made{}, err
		}
	}
	err = room.desk.Do(ctx, "output.print", func(ctx context.Context, w *act.Work) error {
		if err := room.KeepIn(ctx, w, &m); err != nil || m.Held == nil {
			return err
		}
		if err := key.Save(ctx, w); err != nil {
			return err
		}
		m.Bytes = nil
		return holds.Insert(ctx, w, m.Held)
	})
	if err != nil {
		return Made{}, err
	}
	return m, nil
}

// Prepare makes a copy of documents that were disclosed to whoever ctx acts for, without
// keeping it: a room above hands it over in an act of its own, which calls [Room.KeepIn].
func (room *Room) Prepare(ctx context.Context, in Printing, views []*record.View) (Made, error) {
	profile, err := room.profileFor(ctx, in.Profile, func(p Profile) bool { return p.Prints })
	if err != nil {
		return Made{}, err
	}
	in.Documents, in.Hold = make([]Wanted, len(views)), false
	if err := in.check(profile); err != nil {
		return Made{}, err
	}
	return room.prepare(ctx, in, profile, views)
}

// profileFor reads a profile and holds it against the purpose in which ctx acts.
func (room *Room) profileFor(ctx context.Context, profileID string, fits func(Profile) bool) (Profile, error) {
	var p Profile
	actor := act.From(ctx)
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		p, err = profileOf(ctx, r, actor.Org, profileID)
		return err
	})
	if err == nil && (!fits(p) || !p.serves(actor.Purpose)) {
		err = errPurpose.With()
	}
	return p, err
}

func (room *Room) read(ctx context.Context, wanted []Wanted) ([]*record.View, error) {
	var views []*record.View
	for _, one := range wanted {
		v, err := room.records.View(ctx, one.Document, one.Version)
		if err != nil {
			return nil, err
		}
		if views = append(views, v); v.Patient != views[0].Patient {
			return nil, errInput.With().At("documents", fault.Text{ZH: "一份输出只能含同一位患者的文书", EN: "a copy holds documents of one patient only"})
		}
	}
	return views, nil
}

// prepare makes the row of a copy, its code and its bytes.
func (room *Room) prepare(ctx context.Context, in Printing, p Profile, views []*record.View) (Made, error) {
	actor, now := act.From(ctx), room.desk.Now()
	m := Made{Media: in.Media, profile: p, views: views, Issue: Issue{
		Org: actor.Org, ID: id.New(now), Kind: Printed, Profile: p.ID, Patient: views[0].Patient, Copies: in.Copies, Patients: 1, Purpose: actor.Purpose,
		Case: strings.TrimSpace(in.Case), Person: actor.ID, Session: actor.Session, Terminal: actor.Terminal, At: now,
	}}
	m.Serial = serialOf(m.ID, now)
	m.Documents = sheetsOf(views)
	m.Digest = contentDigest(m.Documents)
	if err := room.address(ctx, &m.Issue, strings.TrimSpace(in.Recipient)); err != nil {
		return m, err
	}
	code, err := room.marked(&m.Issue)
	if err != nil {
		return m, err
	}
	m.Code = code.String()
	sheet, err := room.lay(ctx, m, p, strings.TrimSpace(in.Recipient), views)
	if err != nil {
		return m, err
	}
	if err := m.set(sheet, room.o.Fonts); err != nil {
		return m, err
	}
	digest := sm.Sum(m.Bytes)
	m.File = digest[:]
	return m, nil
}

func sheetsOf(views []*record.View) []Sheet {
	sheets := make([]Sheet, len(views))
	for i, v := range views {
		sheets[i] = Sheet{Document: v.ID, Version: v.Shown.Number, Kind: v.Kind, Digest: hex.EncodeToString(v.Shown.Digest)}
	}
	return sheets
}

// address seals for whom a copy is, under the key of its patient.
func (room *Room) address(ctx context.Context, i *Issue, recipient string) error {
	if recipient == "" {
		return nil
	}
	i.Addressed = room.vault.Blind(i.Org, "output.recipient", recipient)
	subject, err := room.patientKey(ctx, i.Patient)
	if err != nil {
		return err
	}
	i.Recipient, err = subject.Seal(place("Issue", i.ID, "1", "recipient"), []byte(recipient))
	return err
}

// lay gathers what stands on the pages.
func (room *Room) lay(ctx context.Context, m Made, p Profile, recipient string, views []*record.View) (paper, error) {
	sheet := paper{
		House: room.o.House, Stamp: p.Stamp, Serial: m.Serial, Code: m.Code, At: clock(m.At), Copies: m.Copies, Address: room.o.Address + "/verify/" + m.Code,
	}
	who, err := room.patients.View(ctx, m.Patient)
	switch {
	case err == nil:
		sheet.Patient = strings.Join(filled(who.Name, sexes[who.Sex], who.BirthDate, who.RecordNumber), "　")
	case errors.Is(err, act.ErrRefused):
		sheet.Patient = "患者 " + m.Patient
	default:
		return sheet, err
	}
	switch {
	case p.Recipient:
		sheet.Who = "致 " + recipient
	case p.Named:
		if sheet.Who, err = room.nameOf(ctx, m.Org, m.Person); err != nil {
			return sheet, err
		}
	}
	for _, v := range views {
		sheet.Documents = append(sheet.Documents, documentOnPaper(v))
	}
	return sheet, nil
}

var sexes = map[string]string{"male": "男", "female": "女"}

func (room *Room) nameOf(ctx context.Context, org, person string) (string, error) {
	var name staff.Name
	err := room.desk.Look(ctx, func(r db.Reader) error {
		names, err := staff.Names(ctx, r, org, []string{person}, room.desk.Now())
		name = names[person]
		return err
	})
	return strings.TrimSpace(name.Number + " " + name.ZH), err
}

func (m *Made) set(sheet paper, configured []string) (err error) {
	if m.Media == HTML {
		m.Bytes, err = setHTML(sheet)
		return err
	}
	data, err := fonts(configured)
	if err != nil {
		return err
	}
	m.Bytes, m.Missing, err = setPDF(sheet, data)
	return err
}

// KeepIn keeps a copy in an act: each of its documents is permitted to be printed, with
// ties beside those that the door collects, its patient counts against the quota, and
// the issue is written.
func (room *Room) KeepIn(ctx context.Context, w *act.Work, m *Made, ties ...policy.Tie) error {
	known, err := room.patients.Find(ctx, w, m.Org, m.Patient)
	if err != nil {
		return err
	}
	if err := w.PermitTo(ctx, "output.print", known.Object); err != nil {
		return err
	}
	for _, v := range m.views {
		if err := w.PermitTo(ctx, "record.print", documentObject(v.Document, known), ties...); err != nil {
			return err
		}
	}
	if err := room.countIn(ctx, w, m.profile, []string{m.Patient}); err != nil {
		return err
	}
	if err := room.watch(ctx, w, m.profile, m.Person); err != nil {
		return err
	}
	w.Note("issue", m.ID)
	w.Note("serial", m.Serial)
	w.Note("profile", m.Profile)
	w.Note("copies", strconv.Itoa(m.Copies))
	return issues.Insert(ctx, w, &m.Issue)
}

// watch has somebody look when one person prints of too many patients. The paper comes
// out all the same: it may be the one that is waited for.
func (room *Room) watch(ctx context.Context, w *act.Work, p Profile, person string) error {
	rule, err := suspicionOf(ctx, w, w.Actor().Org, person, p, w.Now())
	if err != nil || rule == "" {
		return err
	}
	w.Note("alarm", rule)
	open, err := duty.OpenAbout(ctx, w, w.Actor().Org, Volume, person)
	if err != nil || len(open) > 0 {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Volume, To: duty.To{Role: "medical-affairs"}, Subject: person})
	return err
}

// documentObject is a document as policy sees it.
func documentObject(d record.Document, known patient.Known) policy.Object {
	discharged := known.Object.Discharged
	for _, e := range known.Encounters {
		if e.ID == d.Encounter {
			discharged = !e.Open()
		}
	}
	return policy.Object{
		Kind: "Document", ID: d.ID, Org: d.Org, Patient: d.Patient, Department: d.Department, Sensitivity: d.Sensitivity, Encounter: d.Encounter, Form: d.Kind,
		Author: d.Author, CreatedBy: d.Source, Signed: d.State != record.Filed, Archived: d.State == record.Archived, Discharged: discharged,
		Sealed: d.Seal != "", SealKind: d.Seal,
	}
}
