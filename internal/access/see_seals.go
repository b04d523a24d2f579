package access

import (
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// SealSeen is a seal with everything that belongs to it.
type SealSeen struct {
	Seal
	Said      string
	Present   []Party
	Documents []SealedDocument
	Listed    []SealListed
	Team      []TeamMember // who treats now, and so goes through an attention seal
	Steps     []SealStep
	Overdue   bool // asks for its renewal
	Names     map[string]staff.Name
}

// TeamMember is somebody whom a care relation lets through.
type TeamMember struct {
	Person, Kind, Role string
	Until              time.Time
}

// ViewSeal discloses a seal: the reason, who may look through it at this moment, its
// documents with their digests, and what happened to it.
func (room *Room) ViewSeal(ctx context.Context, seal string) (SealSeen, error) {
	var seen SealSeen
	err := room.readSeal(ctx, seal, func(ctx context.Context, r *act.Reading, s Seal) error {
		var err error
		seen, err = room.seeSeal(ctx, r, s)
		return err
	})
	return seen, err
}

func (room *Room) readSeal(ctx context.Context, seal string, do func(ctx context.Context, r *act.Reading, s Seal) error) error {
	return room.desk.Disclose(ctx, "access.see-seal", func(ctx context.Context, r *act.Reading) error {
		s, err := seals.Get(ctx, r, r.Actor().Org, seal)
		if err != nil {
			return absentSeal(err)
		}
		known, err := room.patients.Find(ctx, r, s.Org, s.Patient)
		if err != nil {
			return err
		}
		if err := permitSeal(ctx, r, known.Object); err != nil {
			return err
		}
		r.Note("seal", s.ID)
		return do(ctx, r, s)
	})
}

func (room *Room) seeSeal(ctx context.Context, r *act.Reading, s Seal) (SealSeen, error) {
	seen := SealSeen{Seal: s, Overdue: s.overdue(r.Now())}
	var err error
	if seen.Said, err = room.openNote(ctx, r, s.Org, s.Patient, wordsPlace("Seal", s.ID, "words"), s.Words); err != nil {
		return seen, err
	}
	present, err := room.openNote(ctx, r, s.Org, s.Patient, wordsPlace("Seal", s.ID, "parties"), s.Parties)
	if err != nil {
		return seen, err
	}
	if present != "" {
		if err := json.Unmarshal([]byte(present), &seen.Present); err != nil {
			return seen, err
		}
	}
	if seen.Documents, err = documentsUnder(ctx, r, s.Org, s.ID); err != nil {
		return seen, err
	}
	if seen.Listed, err = listedOn(ctx, r, s.Org, s.ID, r.Now()); err != nil {
		return seen, err
	}
	if seen.Steps, err = stepsOf(ctx, r, s.Org, s.ID); err != nil {
		return seen, err
	}
	if seen.Team, err = room.teamThrough(ctx, r, s); err != nil {
		return seen, err
	}
	people := []string{s.Owner, s.LiftedBy}
	for _, member := range seen.Team {
		people = append(people, member.Person)
	}
	for _, l := range seen.Listed {
		people = append(people, l.Person)
	}
	for _, step := range seen.Steps {
		people = append(people, step.Person)
	}
	seen.Names, err = staff.Names(ctx, r, s.Org, people, r.Now())
	return seen, err
}

// teamThrough are those whom the rules let through a seal at this moment because they
// treat the patient: it follows shifts, covers, requests and consultations.
func (room *Room) teamThrough(ctx context.Context, r *act.Reading, s Seal) ([]TeamMember, error) {
	known, err := room.patients.Find(ctx, r, s.Org, s.Patient)
	if err != nil {
		return nil, err
	}
	people, err := room.everybody(ctx, r)
	if err != nil {
		return nil, err
	}
	ties, err := tiesOfEach(ctx, r, people, s.Patient)
	if err != nil {
		return nil, err
	}
	var team []TeamMember
	for i, actor := range people {
		d := room.rules.Decide(policy.Request{Actor: actor, Verb: "patient.view", Object: known.Object, Ties: ties[i], Purpose: "care", At: r.Now()})
		if d.Allowed && d.Tie != nil && d.Tie.Kind != policy.TieListed {
			team = append(team, TeamMember{actor.ID, d.Tie.Kind, d.Tie.Role, d.Tie.Until})
		}
	}
	return team, nil
}

// Seals discloses what is sealed, the newest first.
func (room *Room) Seals(ctx context.Context, live bool, cursor string, limit int) (page web.Page[Seal], err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	which := "org = $1 AND (since, id) < ($2, $3)"
	if live {
		which += " AND lifted IS NULL"
	}
	err = room.desk.Disclose(ctx, "access.see-seals", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := seals.Select(ctx, r, "WHERE "+which+" ORDER BY since DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		page, err = web.PageOf(found, limit, func(s Seal) listPlace { return listPlace{s.Since.UnixMicro(), s.ID} })
		for _, s := range page.Items {
			r.Concerns(s.object())
		}
		return err
	})
	return page, err
}

// longestLookBack bounds how far a look back goes, in days.
const longestLookBack = 180

// Opened is one act on a sealed patient.
type Opened struct {
	ledger.Line
	Who staff.Name
}

// LookBack discloses who did what with a sealed patient in the days before now: what
// happened before the seal is what one asks first.
func (room *Room) LookBack(ctx context.Context, seal string, days int) ([]Opened, error) {
	if days < 1 || days > longestLookBack {
		return nil, errGrantInput.With().At("days", fault.Text{ZH: "可追溯 1 至 180 天", EN: "1 to 180 days back"})
	}
	var all []Opened
	err := room.readSeal(ctx, seal, func(ctx context.Context, r *act.Reading, s Seal) error {
		all = nil
		page, err := room.ledger.Search(ctx, r, ledger.Query{Org: s.Org, Patient: s.Patient, From: r.Now().Add(-time.Duration(days) * day), Limit: ledger.MaxPage})
		if err != nil {
			return err
		}
		people := make([]string, len(page.Lines))
		for i, line := range page.Lines {
			people[i] = line.Actor
		}
		names, err := staff.Names(ctx, r, s.Org, people, r.Now())
		for _, line := range page.Lines {
			all = append(all, Opened{line, names[line.Actor]})
		}
		return err
	})
	return all, err
}

// peekSeal reads a seal for the sealing of words about it.
func (room *Room) peekSeal(ctx context.Context, seal string) (Seal, error) {
	var s Seal
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		s, err = seals.Get(ctx, r, act.From(ctx).Org, seal)
		return absentSeal(err)
	})
	return s, err
}

// absentSeal is [absent] for a seal, of which policy is asked as of its patient.
func absentSeal(err error) error { return absent(act.Sought("Patient", err)) }
