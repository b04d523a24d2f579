package record

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// draft is unfinished writing. It is sealed like the document it will become,
// belongs to its writer, and outlives his session.
type draft struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Person   string    `db:"person"`
	Patient  string    `db:"patient"`
	Document string    `db:"document"` // the document it corrects, or ""
	Base     int       `db:"base"`
	Rev      int       `db:"rev"`
	Sealed   []byte    `db:"sealed"` // Writing
	SavedAt  time.Time `db:"saved_at"`
	Until    time.Time `db:"until"`
	MAC      []byte    `db:"mac"`
}

// draftLife is how long a draft is kept after it was last saved.
const draftLife = 30 * 24 * time.Hour

// Writing is what somebody is writing.
type Writing struct {
	Encounter string    `json:"encounter,omitempty"`
	Kind      string    `json:"kind,omitempty"`
	Title     string    `json:"title,omitempty"`
	Reason    string    `json:"reason,omitempty"`
	Sections  []Section `json:"sections"`
}

// Draft is a saved draft.
type Draft struct {
	ID       string
	Patient  string
	Document string
	Base     int
	Rev      int
	SavedAt  time.Time
	Until    time.Time
	Writing  Writing
}

func draftPlace(id string, rev int) vault.Place {
	return vault.Place{Kind: "Draft", Object: id, Version: strconv.Itoa(rev), Field: "writing"}
}

// SaveDraft keeps a draft and returns its id and new revision. It asks what filing
// would ask. A draft that was saved elsewhere since rev is not overwritten.
func (room *Room) SaveDraft(ctx context.Context, in Draft) (string, int, error) {
	actor := act.From(ctx)
	if err := room.desk.Begin(ctx, "record.draft"); err != nil {
		return "", 0, err
	}
	plain, err := in.Writing.bounded()
	if err != nil {
		return "", 0, err
	}
	if err := room.mayWrite(ctx, in); err != nil {
		return "", 0, err
	}
	subject, err := room.subjectOf(ctx, actor.Org, in.Patient)
	if err != nil {
		return "", 0, err
	}
	isNew := in.ID == ""
	if isNew {
		in.ID, in.Rev = id.New(room.desk.Now()), 0
	}
	sealed, err := subject.Seal(draftPlace(in.ID, in.Rev+1), plain)
	if err != nil {
		return "", 0, err
	}
	now := room.desk.Now()
	next := draft{
		Org: actor.Org, ID: in.ID, Person: actor.ID, Patient: in.Patient, Document: in.Document, Base: in.Base, Rev: in.Rev + 1,
		Sealed: sealed, SavedAt: now, Until: now.Add(draftLife),
	}
	err = room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		if isNew {
			return errors.Join(dropEnded(ctx, w, actor, now), drafts.Insert(ctx, w, &next))
		}
		old, err := ownDraft(ctx, w, actor, in.ID, now)
		if err != nil {
			return err
		}
		if old.Rev != in.Rev || old.Patient != in.Patient {
			return errChanged.With("version", strconv.Itoa(old.Rev))
		}
		return drafts.Update(ctx, w, &next)
	})
	return in.ID, next.Rev, err
}

// errMayWrite ends a question to which the answer is yes: nothing is disclosed by
// saving, and a line of the account for every few words would drown the others.
var errMayWrite = errors.New("record: may write")

// mayWrite asks whether the actor could file what he writes, or amend what he
// corrects. A refusal is in the account.
func (room *Room) mayWrite(ctx context.Context, in Draft) error {
	err := room.desk.Disclose(ctx, "record.draft", func(ctx context.Context, r *act.Reading) error {
		f, verb, err := room.written(ctx, r, in)
		if err != nil {
			return err
		}
		if err := r.PermitTo(ctx, verb, f.object(f.discharged())); err != nil {
			return err
		}
		if f.Patient != in.Patient {
			return act.ErrAbsent.With()
		}
		return errMayWrite
	})
	if errors.Is(err, errMayWrite) {
		return nil
	}
	return err
}

// written is the document that a draft corrects, or would become, and what would be
// done to it.
func (room *Room) written(ctx context.Context, r *act.Reading, in Draft) (found, string, error) {
	org := r.Actor().Org
	if in.Document != "" {
		f, err := room.find(ctx, r, org, in.Document)
		if err != nil {
			err = r.MissingTo(ctx, "record.amend", policy.Object{Kind: "Document", ID: in.Document}, err)
		}
		return f, "record.amend", err
	}
	known, err := room.patients.Find(ctx, r, org, in.Patient)
	if err != nil {
		o := policy.Object{Kind: "Document", Patient: in.Patient, Author: r.Actor().ID}
		return found{}, "", r.MissingTo(ctx, "record.file", o, err)
	}
	f := found{Document: Document{Org: org, Patient: in.Patient, Author: r.Actor().ID, Kind: in.Writing.Kind}, patient: known}
	for _, e := range known.Encounters {
		if e.ID == in.Writing.Encounter {
			f.Encounter = e.ID
			f.takeFrom(e)
		}
	}
	if f.Encounter == "" {
		f.takeFromPatient()
	}
	f.Sensitivity = max(f.Sensitivity, 1)
	return f, "record.file", nil
}

// bounded is the writing as it is sealed. Only its size is checked: a draft may
// be incomplete.
func (w Writing) bounded() ([]byte, error) {
	if (Content{Sections: w.Sections}).size() > maxContent || len(w.Sections) > maxSections {
		return nil, errInvalid.With().At("sections", text("全文不得超过 1 MiB、100 个段落", "at most 1 MiB and 100 sections"))
	}
	for _, line := range [][2]string{{"encounter", w.Encounter}, {"kind", w.Kind}, {"title", w.Title}, {"reason", w.Reason}} {
		if len(line[1]) > maxDraftLine {
			return nil, errInvalid.With().At(line[0], text("过长", "is too long"))
		}
	}
	return json.Marshal(w)
}

// maxDraftLine bounds the lines beside the text of a draft, in bytes.
const maxDraftLine = 4000

// ownDraft reads a draft of the actor that has not ended. Anybody else's is absent.
func ownDraft(ctx context.Context, r db.Reader, actor act.Actor, draftID string, at time.Time) (draft, error) {
	d, err := drafts.Get(ctx, r, actor.Org, draftID)
	if errors.Is(err, db.ErrNone) || err == nil && (d.Person != actor.ID || !d.Until.After(at)) {
		return d, errNoDraft.With()
	}
	return d, err
}

// dropEnded throws the actor's drafts away whose time is over, some at a time.
func dropEnded(ctx context.Context, w db.Writer, actor act.Actor, at time.Time) error {
	ended, err := drafts.Select(ctx, w, "WHERE org = $1 AND person = $2 AND until <= $3 ORDER BY saved_at LIMIT 50", actor.Org, actor.ID, at.UnixMicro())
	for _, d := range ended {
		err = errors.Join(err, drafts.Delete(ctx, w, &d))
	}
	return err
}

// Drafts lists the actor's drafts about a patient, or about all when patientID
// is empty, without their text.
func (room *Room) Drafts(ctx context.Context, patientID string) ([]Draft, error) {
	actor := act.From(ctx)
	if err := room.desk.Begin(ctx, "record.draft"); err != nil {
		return nil, err
	}
	mine := []Draft{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		rows, err := drafts.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3 AND (patient = $4 OR $5 = '') ORDER BY saved_at DESC LIMIT 200",
			actor.Org, actor.ID, room.desk.Now().UnixMicro(), patientID, patientID)
		for _, d := range rows {
			mine = append(mine, Draft{ID: d.ID, Patient: d.Patient, Document: d.Document, Base: d.Base, Rev: d.Rev, SavedAt: d.SavedAt, Until: d.Until})
		}
		return err
	})
	return mine, err
}

// OpenDraft discloses a draft to its writer.
func (room *Room) OpenDraft(ctx context.Context, draftID string) (*Draft, error) {
	var out Draft
	err := room.desk.Disclose(ctx, "record.draft", func(ctx context.Context, r *act.Reading) error {
		d, err := ownDraft(ctx, r, r.Actor(), draftID, r.Now())
		if err != nil {
			return err
		}
		known, err := room.patients.Find(ctx, r, d.Org, d.Patient)
		if err != nil {
			return err
		}
		o := policy.Object{Kind: "Draft", ID: d.ID, Org: d.Org, Patient: d.Patient, Department: known.Object.Department, Sensitivity: 1, Author: d.Person}
		if err := r.Permit(ctx, o); err != nil {
			return err
		}
		subject, err := room.patients.Subject(ctx, r, d.Org, d.Patient)
		if err != nil {
			return errUnreadable.Because(err)
		}
		plain, err := subject.Open(draftPlace(d.ID, d.Rev), d.Sealed)
		if err != nil {
			return errUnreadable.Because(err)
		}
		out = Draft{ID: d.ID, Patient: d.Patient, Document: d.Document, Base: d.Base, Rev: d.Rev, SavedAt: d.SavedAt, Until: d.Until}
		if err := json.Unmarshal(plain, &out.Writing); err != nil {
			return errUnreadable.Because(err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// DropDraft throws a draft away.
func (room *Room) DropDraft(ctx context.Context, draftID string) error {
	actor := act.From(ctx)
	if err := room.desk.Begin(ctx, "record.draft"); err != nil {
		return err
	}
	return room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		d, err := ownDraft(ctx, w, actor, draftID, room.desk.Now())
		if err != nil {
			return err
		}
		return drafts.Delete(ctx, w, &d)
	})
}

// endDraft removes the draft that has become a document.
func endDraft(ctx context.Context, w db.Writer, org, draftID, person string) error {
	if draftID == "" {
		return nil
	}
	d, err := drafts.Get(ctx, w, org, draftID)
	if errors.Is(err, db.ErrNone) || err == nil && d.Person != person {
		return nil
	}
	if err != nil {
		return err
	}
	return drafts.Delete(ctx, w, &d)
}
