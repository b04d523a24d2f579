package deadline

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// reading is what both halves of an act offer.
type reading interface {
	db.Reader
	Actor() act.Actor
	Now() time.Time
}

// tieOfHead ties the actor to a department if he answers for it.
func tieOfHead(ctx context.Context, r reading, department string) ([]policy.Tie, error) {
	if department == "" {
		return nil, nil
	}
	heads, err := duty.HeadsOf(ctx, r, r.Actor().Org, department, r.Now())
	if err != nil || !slices.Contains(heads, r.Actor().ID) {
		return nil, err
	}
	return []policy.Tie{{Kind: policy.TieDuty, ID: department, Role: "head", Source: "roster", Since: r.Now(), Until: r.Now().Add(time.Minute)}}, nil
}

// encounterObject is an encounter as policy is asked about it: its patient, in the
// department and at the level of the encounter.
func (room *Room) encounterObject(ctx context.Context, r reading, encounter string) (policy.Object, patient.Encounter, error) {
	e, err := room.patients.EncounterOf(ctx, r, r.Actor().Org, encounter)
	if err != nil {
		return policy.Object{}, e, act.Sought("Patient", err)
	}
	known, err := room.patients.Find(ctx, r, e.Org, e.Patient)
	if err != nil {
		return policy.Object{}, e, err
	}
	o := known.Object
	o.Encounter, o.Department, o.Discharged, o.Sensitivity = e.ID, e.Department, !e.Open(), max(o.Sensitivity, e.Level)
	return o, e, nil
}

// Seen is an encounter with all that it must hold.
type Seen struct {
	Encounter  patient.Encounter
	Level      Level
	Conditions []Condition
	Set        int // number of the set in force; 0: none
	Dues       []Line
	Names      map[string]staff.Name
}

// Line is a due with what was said about it.
type Line struct {
	Due
	NameZH, NameEN string
	Reasons        []SaidReason
	Pauses         []SaidPause
	Called         string // the patient, by a masked name
}

// SaidReason is a reason with its words.
type SaidReason struct {
	Reason
	Said string
}

// SaidPause is a pause with its words.
type SaidPause struct {
	Pause
	Said string
}

// See discloses what an encounter must hold, what is there and what is missing.
func (room *Room) See(ctx context.Context, encounter string) (Seen, error) {
	var seen Seen
	err := room.desk.Disclose(ctx, "deadline.see", func(ctx context.Context, r *act.Reading) error {
		o, e, err := room.encounterObject(ctx, r, encounter)
		if err != nil {
			return err
		}
		answers, err := tieOfHead(ctx, r, e.Department)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, o, answers...); err != nil {
			return err
		}
		r.Note("encounter", e.ID)
		seen = Seen{Encounter: e, Level: Stable}
		if seen.Conditions, err = conditions.Select(ctx, r, "WHERE org = $1 AND encounter = $2 ORDER BY since, id", e.Org, e.ID); err != nil {
			return err
		}
		seen.Level = levelAt(seen.Conditions, r.Now())
		f, _, err := forceAt(ctx, r, e.Org, r.Now())
		if err != nil {
			return err
		}
		seen.Set = f.set.Number
		had, err := duesOf(ctx, r, e.Org, e.ID)
		if err != nil {
			return err
		}
		had = slices.DeleteFunc(had, func(d Due) bool { return d.State == Void })
		slices.SortStableFunc(had, func(a, b Due) int { return a.At.Compare(b.At) })
		if seen.Dues, err = room.lines(ctx, r, f, had, true); err != nil {
			return err
		}
		seen.Names, err = namesOf(ctx, r, e, seen.Dues, seen.Conditions)
		return err
	})
	return seen, err
}

func namesOf(ctx context.Context, r *act.Reading, e patient.Encounter, all []Line, said []Condition) (map[string]staff.Name, error) {
	people := []string{e.Attending}
	for _, c := range said {
		people = append(people, c.By)
	}
	return staff.Names(ctx, r, r.Actor().Org, append(people, peopleOf(all)...), r.Now())
}

func peopleOf(all []Line) []string {
	var people []string
	for _, l := range all {
		people = append(people, l.Person)
		for _, p := range l.Pauses {
			people = append(people, p.By, p.EndedBy)
		}
		for _, one := range l.Reasons {
			people = append(people, one.By)
		}
	}
	slices.Sort(people)
	return slices.DeleteFunc(slices.Compact(people), func(one string) bool { return one == "" || one == act.Job })
}

// lines adds to dues what they are called and what was said about them; words only where
// the reader may see them.
func (room *Room) lines(ctx context.Context, r *act.Reading, f force, some []Due, words bool) ([]Line, error) {
	all := make([]Line, len(some))
	ids := make([]string, len(some))
	for i, d := range some {
		all[i] = Line{Due: d, NameZH: d.Requirement, NameEN: d.Requirement}
		ids[i] = d.ID
		if q, held := f.requirement(d.Requirement); held {
			all[i].NameZH, all[i].NameEN = q.NameZH, q.NameEN
		}
	}
	if len(some) == 0 {
		return all, nil
	}
	paused, err := pausesOf(ctx, r, r.Actor().Org, ids)
	if err != nil {
		return nil, err
	}
	given, err := reasonsOf(ctx, r, r.Actor().Org, ids)
	if err != nil {
		return nil, err
	}
	for i := range all {
		for _, p := range paused[all[i].ID] {
			all[i].Pauses = append(all[i].Pauses, SaidPause{Pause: p})
		}
		for _, one := range given[all[i].ID] {
			all[i].Reasons = append(all[i].Reasons, SaidReason{Reason: one})
		}
	}
	if !words {
		return all, nil
	}
	return all, room.openWords(ctx, r, all)
}

// openWords opens what was said about the dues of one patient. The words about somebody
// who was erased are erased with him.
func (room *Room) openWords(ctx context.Context, r *act.Reading, all []Line) error {
	subject, err := room.patients.Subject(ctx, r, r.Actor().Org, all[0].Patient)
	if errors.Is(err, vault.KeyDestroyed) {
		return nil
	}
	if err != nil {
		return err
	}
	for i := range all {
		for j := range all[i].Pauses {
			p := &all[i].Pauses[j]
			plain, err := openSealed(subject, wordsPlace("DeadlinePause", p.ID), p.Words)
			if err != nil {
				return err
			}
			p.Said = plain
		}
		for j := range all[i].Reasons {
			one := &all[i].Reasons[j]
			plain, err := openSealed(subject, wordsPlace("DeadlineReason", one.ID), one.Words)
			if err != nil {
				return err
			}
			one.Said = plain
		}
	}
	return nil
}

// reasonsOf reads the reasons for some dues, by due.
func reasonsOf(ctx context.Context, r db.Reader, org string, ids []string) (map[string][]Reason, error) {
	by := map[string][]Reason{}
	for some := range slices.Chunk(ids, 64) {
		in, args := among("due", 2, some)
		found, err := reasons.Select(ctx, r, "WHERE org = $1 AND "+in+" ORDER BY id", append([]any{org}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			by[one.Due] = append(by[one.Due], one)
		}
	}
	return by, nil
}

// Missing is a mandatory document that an encounter lacks.
type Missing struct {
	Requirement string `json:"requirement"`
	NameZH      string `json:"nameZh"`
	NameEN      string `json:"nameEn"`
	Href        string `json:"href" doc:"where it is shown"`
}

// MayArchive refuses the archiving of an encounter while a mandatory document is missing.
// It looks at what is there now, not at what the clock has reckoned so far.
func (room *Room) MayArchive(ctx context.Context, r db.Reader, org, _, encounter string) error {
	now := room.desk.Now()
	by, held, err := room.rulesAt(ctx, r, org, now)
	if err != nil || !held {
		return err
	}
	e, err := room.patients.EncounterOf(ctx, r, org, encounter)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	k, err := room.knownOf(ctx, r, e)
	if err != nil {
		return err
	}
	had, err := duesOf(ctx, r, org, encounter)
	if err != nil {
		return err
	}
	missing := by.missing(k, had)
	if len(missing) == 0 {
		return nil
	}
	return refusal(missing)
}
