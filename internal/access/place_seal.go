package access

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
)

// Party is somebody present when a dispute seal is placed. His name is sealed under
// the patient's key.
type Party struct {
	Side string `json:"side"` // hospital, patient or witness
	Name string `json:"name"`
}

// Paper is a document of a patient as its room tells of it for a dispute seal.
type Paper struct {
	ID       string
	Version  int
	Digest   []byte // of the content of that version
	Finished bool   // signed
}

// Documents tells which documents a patient has. It is called within an act and
// discloses no content.
type Documents func(ctx context.Context, r db.Reader, org, patient string) ([]Paper, error)

// Sealing is what is asked for when a seal is placed.
type Sealing struct {
	Patient string
	Kind    string
	Words   string
	Persons []string // who may look through an attention seal beside those who treat
	Parties []Party  // of a dispute: both sides, and whoever witnesses
	Papers  []string // ids of the documents of a dispute; all when empty
	Copy    []byte   // digest of the sealed copy, when it exists already
}

const (
	maxNamed   = 50
	maxParties = 20
	maxPapers  = 400
)

func (s Sealing) check() error {
	e := checkWords(errGrantInput.With(), s.Words)
	if s.Kind != Attention && s.Kind != Dispute {
		e = e.At("kind", fault.Text{ZH: "封存种类应为 attention 或 dispute", EN: "a seal is an attention or a dispute seal"})
	}
	if len(s.Persons) > maxNamed {
		e = e.At("persons", fault.Text{ZH: "名单最多 50 人", EN: "a list holds at most 50 people"})
	}
	if len(s.Papers) > maxPapers || len(s.Parties) > maxParties {
		e = e.At("papers", fault.Text{ZH: "一次最多封存 400 份文书、登记 20 人", EN: "at most 400 documents and 20 people at a time"})
	}
	if s.Kind == Dispute {
		for _, side := range []string{"hospital", "patient"} {
			if !slices.ContainsFunc(s.Parties, func(p Party) bool { return p.Side == side && nameable(p.Name) }) {
				e = e.At("parties", fault.Text{ZH: "纠纷封存须医患双方在场，请写明双方人员；患方不在场时写明见证人", EN: "a dispute seal is placed with both parties present; name them, or the witness in the place of the patient's side"})
				break
			}
		}
	}
	return e.OrNil()
}

func nameable(name string) bool {
	n := utf8.RuneCountInString(strings.TrimSpace(name))
	return n > 0 && n <= 80
}

// PlaceSeal seals a patient for public attention, or documents of his in a dispute.
// It counts from the next request of every session.
func (room *Room) PlaceSeal(ctx context.Context, in Sealing) (Seal, error) {
	if err := room.desk.Begin(ctx, "access.seal"); err != nil {
		return Seal{}, err
	}
	if err := in.check(); err != nil {
		return Seal{}, err
	}
	actor, now := act.From(ctx), room.desk.Now()
	asked := Seal{Org: actor.Org, ID: id.New(now), Kind: in.Kind, Patient: in.Patient, Owner: actor.ID, Since: now, Watched: now, Copy: in.Copy}
	if in.Kind == Attention {
		asked.RenewBy = now.Add(renewal)
	} else {
		asked.FreeFrom = now.AddDate(disputeYears, 0, 0)
	}
	words, err := room.sealNote(ctx, in.Patient, wordsPlace("Seal", asked.ID, "words"), in.Words)
	if err != nil {
		return Seal{}, room.desk.Missing(ctx, "access.seal", err)
	}
	named, err := json.Marshal(in.Parties)
	if err != nil {
		return Seal{}, err
	}
	parties, err := room.sealNote(ctx, in.Patient, wordsPlace("Seal", asked.ID, "parties"), string(named))
	if err != nil {
		return Seal{}, err
	}
	asked.Words, asked.Parties = words.words, parties.words
	var s Seal
	err = room.desk.Do(ctx, "access.seal", func(ctx context.Context, w *act.Work) error {
		s = asked
		known, err := room.patients.Find(ctx, w, s.Org, s.Patient)
		if err != nil {
			return err
		}
		if err := permitSeal(ctx, &w.Reading, known.Object); err != nil {
			return err
		}
		w.Note("seal", s.ID)
		w.Note("kind", s.Kind)
		if err := room.placeIn(ctx, w, s, in, known.Object); err != nil {
			return err
		}
		return seals.Insert(ctx, w, &s)
	})
	return s, err
}

// permitSeal asks policy with the actor's place as administrator on duty.
func permitSeal(ctx context.Context, r *act.Reading, o policy.Object) error {
	onDuty, err := duty.AdministratorsOnDuty(ctx, r, r.Actor().Org, r.Now())
	if err != nil {
		return err
	}
	if !slices.Contains(onDuty, r.Actor().ID) {
		return r.Permit(ctx, o)
	}
	return r.Permit(ctx, o, charge(o.ID, r.Now()))
}

func (room *Room) placeIn(ctx context.Context, w *act.Work, s Seal, in Sealing, o policy.Object) error {
	if err := recordSeal(ctx, w, s, StepPlaced, w.Actor().ID, nil); err != nil {
		return err
	}
	if s.Kind == Dispute {
		return room.listPapers(ctx, w, s, in.Papers)
	}
	placed, err := liveSeals(ctx, w, s.Org, []string{s.Patient})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(placed, func(other Seal) bool { return other.Kind == Attention }) {
		return errSealed.With()
	}
	for _, person := range in.Persons {
		if err := admitTo(ctx, w, s, person, w.Now().Add(renewal)); err != nil {
			return err
		}
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: SealRenewal, To: duty.To{Role: "medical-affairs"}, Subject: s.ID, Patient: o.ID, Deadline: s.RenewBy})
	return err
}

// listPapers puts documents on the list of a dispute seal: finished ones are sealed,
// the others staged.
func (room *Room) listPapers(ctx context.Context, w *act.Work, s Seal, wanted []string) error {
	all, err := room.papers(ctx, w, s.Org, s.Patient)
	if err != nil {
		return err
	}
	before, err := documentsUnder(ctx, w, s.Org, s.ID)
	if err != nil {
		return err
	}
	if err := fitsList(all, wanted); err != nil {
		return err
	}
	for _, p := range all {
		at := slices.IndexFunc(before, func(d SealedDocument) bool { return d.Document == p.ID })
		switch {
		case len(wanted) > 0 && !slices.Contains(wanted, p.ID), at >= 0 && (before[at].State == Sealed || !p.Finished):
			continue
		}
		d := SealedDocument{Org: s.Org, Seal: s.ID, Document: p.ID, Patient: s.Patient, Version: p.Version, Digest: p.Digest, State: Staged, Since: w.Now()}
		if p.Finished {
			d.State = Sealed
		}
		save := sealed.Insert
		if at >= 0 {
			save = sealed.Update
		}
		if err := save(ctx, w, &d); err != nil {
			return err
		}
		w.Concerns(policy.Object{Kind: "Document", ID: p.ID, Patient: s.Patient})
	}
	return nil
}

// fitsList refuses a list that names what is not the patient's, and one that an act
// could not hold: nothing may be left out unsaid.
func fitsList(all []Paper, wanted []string) error {
	for _, document := range wanted {
		if !slices.ContainsFunc(all, func(p Paper) bool { return p.ID == document }) {
			return errGrantInput.With().At("documents", fault.Text{ZH: document + " 不是该患者的文书", EN: document + " is no document of this patient"})
		}
	}
	if len(wanted) == 0 && len(all) > maxPapers {
		return errGrantInput.With().At("documents", fault.Text{
			ZH: "该患者有 " + strconv.Itoa(len(all)) + " 份文书，一次最多封存 400 份，请分批列出", EN: "the patient has " + strconv.Itoa(len(all)) + " documents; at most 400 are sealed at a time, so list them in parts",
		})
	}
	return nil
}

func admitTo(ctx context.Context, w *act.Work, s Seal, person string, until time.Time) error {
	l := SealListed{Org: s.Org, Seal: s.ID, Person: person, Patient: s.Patient, Since: w.Now(), Until: until, By: w.Actor().ID}
	before, err := listed.Select(ctx, w, "WHERE org = $1 AND seal = $2 AND person = $3", l.Org, l.Seal, l.Person)
	if err != nil {
		return err
	}
	save := listed.Insert
	if len(before) > 0 {
		save = listed.Update
	}
	if err := save(ctx, w, &l); err != nil {
		return err
	}
	return recordSeal(ctx, w, s, StepListed, person, nil)
}

func recordSeal(ctx context.Context, w *act.Work, s Seal, kind, person string, words []byte) error {
	return sealSteps.Insert(ctx, w, &SealStep{Org: s.Org, ID: id.New(w.Now()), Seal: s.ID, Kind: kind, At: w.Now(), Person: person, Words: words})
}
