package output

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

// TakingAttachment is which attachment somebody takes along, and why.
type TakingAttachment struct {
	Document string
	Version  int // 0 is the newest
	Number   int
	Profile  string
	Case     string
	// Signed says that he has read the words of the commitment and signs them.
	Signed bool
}

// TakenAttachment is an attachment that leaves.
type TakenAttachment struct {
	Issue
	Mark    string // the code by which the copy is found
	Carried *record.Carried
}

// Name is that of the file: its serial number, and nothing of the patient.
func (t TakenAttachment) Name() string { return "attachment-" + t.Serial + t.Carried.Ending }

// TakeAttachment hands an attachment of a known form to whoever may export, counted
// against his quota and after he signed for this one delivery. Without his signature
// it fails with the words that he would sign.
func (room *Room) TakeAttachment(ctx context.Context, in TakingAttachment) (TakenAttachment, error) {
	var t TakenAttachment
	if err := room.desk.Begin(ctx, "output.take-attachment"); err != nil {
		return t, err
	}
	carried, err := room.records.OpenAttachment(ctx, in.Document, in.Version, in.Number)
	if err != nil {
		return t, err
	}
	profile, err := room.profileFor(ctx, in.Profile, func(p Profile) bool { return p.Exports })
	if err == nil {
		e := errInput.With()
		profile.checkWords(e, "", in.Case)
		err = e.OrNil()
	}
	if err != nil {
		return t, room.unprepared(ctx, carried, err)
	}
	if t, err = room.attached(ctx, in, carried); err != nil {
		return t, err
	}
	who, err := room.nameOf(ctx, t.Org, t.Person)
	if err != nil {
		return t, err
	}
	said := t.commitment(who)
	if !in.Signed {
		unsigned := errUnsigned.With()
		unsigned.Said = &said
		return t, room.unprepared(ctx, carried, unsigned)
	}
	made, err := room.staff.PreparePledge(ctx, delivery, t.ID, said)
	if err != nil {
		return t, room.unprepared(ctx, carried, err)
	}
	err = room.desk.Do(ctx, "output.take-attachment", func(ctx context.Context, w *act.Work) error {
		if err := room.permitAttachment(ctx, &w.Reading, carried); err != nil {
			return err
		}
		if err := mayExport(ctx, w, Export{Org: t.Org, Person: t.Person}, profile); err != nil {
			return err
		}
		if err := room.countIn(ctx, w, profile, []string{t.Patient}); err != nil {
			return err
		}
		w.Note("issue", t.ID)
		w.Note("attachment", strconv.Itoa(carried.Number))
		if err := staff.PledgeIn(ctx, w, made); err != nil {
			return err
		}
		return issues.Insert(ctx, w, &t.Issue)
	})
	return t, err
}

func (room *Room) permitAttachment(ctx context.Context, r *act.Reading, carried *record.Carried) error {
	known, err := room.patients.Find(ctx, r, carried.Document.Org, carried.Document.Patient)
	if err != nil {
		return err
	}
	return r.Permit(ctx, documentObject(carried.Document, known))
}

// unprepared tells why an attachment is not handed out, to those who may take it.
func (room *Room) unprepared(ctx context.Context, carried *record.Carried, cause error) error {
	return room.desk.Disclose(ctx, "output.take-attachment", func(ctx context.Context, r *act.Reading) error {
		if err := room.permitAttachment(ctx, r, carried); err != nil {
			return err
		}
		return cause
	})
}

// attached makes the row of an attachment that leaves.
func (room *Room) attached(ctx context.Context, in TakingAttachment, carried *record.Carried) (TakenAttachment, error) {
	actor, now := act.From(ctx), room.desk.Now()
	d := carried.Document
	t := TakenAttachment{Carried: carried, Issue: Issue{
		Org: actor.Org, ID: id.New(now), Kind: Attached, Profile: in.Profile, Patient: d.Patient,
		Documents: []Sheet{{Document: d.ID, Version: carried.Version, Kind: carried.Media, Digest: hex.EncodeToString(carried.Digest)}},
		Copies:    1, Lines: carried.Number, Patients: 1, Purpose: actor.Purpose, Case: strings.TrimSpace(in.Case),
		Person: actor.ID, Session: actor.Session, Terminal: actor.Terminal, At: now,
	}}
	t.Serial, t.Digest = serialOf(t.ID, now), contentDigest(t.Documents)
	file := sm.Sum(carried.Content)
	t.File = file[:]
	code, err := room.marked(&t.Issue)
	t.Mark = code.String()
	return t, err
}

// commitment is what is signed for one attachment.
func (t TakenAttachment) commitment(who string) fault.Text {
	d := t.Carried.Document
	digest := hex.EncodeToString(t.Carried.Digest)
	return fault.Text{
		ZH: fmt.Sprintf("本人（%s）领取文书 %s 第 %d 版的附件 %d（SM3 %s，案由 %s）。附件内容未脱敏。本人承诺只用于所申请的用途，妥善保管，不复制、不转交、不公开，用毕销毁，并对其安全和保密承担责任。",
			who, d.ID, t.Carried.Version, t.Carried.Number, digest, t.Case),
		EN: fmt.Sprintf("I (%s) receive attachment %d of version %d of document %s (SM3 %s, case %s). Nothing in it is masked. I use it only for the purpose I stated, keep it safe, neither copy nor pass on nor publish it, destroy it after use, and answer for its safety and secrecy.",
			who, t.Carried.Number, t.Carried.Version, d.ID, digest, t.Case),
	}
}
