package order

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

const (
	weighJob     = "order.weigh"
	weighItemJob = "order.weigh-item"
	// atOnce is how many patients one look at an item takes.
	atOnce = 200
)

type weighArgs struct {
	Patient string `json:"patient,omitempty"`
	Item    string `json:"item,omitempty"`
}

// TouchedIn is told within an act that something was learned about a patient: what could
// be against his orders is looked at after the act.
func (room *Room) TouchedIn(ctx context.Context, w *act.Work, org, patientID string) error {
	_, err := db.Once(w, weighed{org, patientID}, func() (bool, error) {
		followed, err := isFollowed(ctx, w, org, patientID)
		if err != nil || !followed {
			return false, err
		}
		return true, room.weighIn(ctx, w, org, patientID)
	})
	return err
}

// weighed is asked for once in an act, however many results of a patient it brings.
type weighed struct{ org, patient string }

func (room *Room) weighIn(ctx context.Context, w *act.Work, org, patientID string) error {
	_, err := job.Enqueue(ctx, w, job.Order{Org: org, Kind: weighJob, Args: weighArgs{Patient: patientID}, By: w.ID(), Now: w.Now(), Dedupe: org + "/" + patientID})
	return err
}

func (room *Room) weighItemIn(ctx context.Context, w *act.Work, org, item string) error {
	_, err := job.Enqueue(ctx, w, job.Order{Org: org, Kind: weighItemJob, Args: weighArgs{Item: item}, By: w.ID(), Now: w.Now(), Dedupe: org + "/" + item})
	return err
}

// weighItem looks at the orders of everybody who is given an item.
func (room *Room) weighItem(ctx context.Context, at *job.Work) error {
	var args weighArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	return room.eachOrdered(ctx, at.Task.Org, args.Item, func(patientID string) error { return room.weighOne(ctx, at.Task.Org, patientID) })
}

func (room *Room) eachOrdered(ctx context.Context, org, item string, do func(patientID string) error) error {
	for after, more := "", true; more; {
		var page []string
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			page, err = orderedOf(ctx, r, org, item, after, atOnce)
			return err
		})
		if err != nil {
			return err
		}
		for _, one := range page {
			after = one
			if err := do(one); err != nil {
				return err
			}
		}
		more = len(page) == atOnce
	}
	return nil
}

// weigh looks at the orders of one patient.
func (room *Room) weigh(ctx context.Context, at *job.Work) error {
	var args weighArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	return room.weighOne(ctx, at.Task.Org, args.Patient)
}

// weighing is a look at the orders of one patient: what is against them now, and which
// conflicts are open.
type weighing struct {
	subject *vault.Subject
	known   patient.Known
	clashes []clash
	open    []Conflict
	rules   int
}

func (room *Room) weighOne(ctx context.Context, org, patientID string) error {
	var g weighing
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		g, err = room.look(ctx, r, org, patientID)
		return err
	})
	if errors.Is(err, act.ErrAbsent) { // he is not registered, or his key is gone
		return nil
	}
	if err != nil {
		return err
	}
	fresh, over, err := g.compare(org, room.desk.Now())
	if err != nil || len(fresh)+len(over)+len(g.open) == 0 {
		return err
	}
	return room.desk.Do(asJob(ctx, org), "order.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		for _, c := range over {
			if err := room.lapse(ctx, w, c.ID); err != nil {
				return err
			}
		}
		for _, c := range append(fresh, g.open...) {
			if err := room.raise(ctx, w, c, g.known); err != nil {
				return err
			}
		}
		return nil
	})
}

// look reads everything that bears on the orders of a patient.
func (room *Room) look(ctx context.Context, r db.Reader, org, patientID string) (g weighing, err error) {
	s := standing{now: room.desk.Now(), stock: map[string][]Stock{}, results: map[string]seen{}}
	rows, err := underWay(ctx, r, org, patientID, s.now.Add(-lately))
	if err != nil {
		return g, err
	}
	if g.open, err = openConflicts(ctx, r, org, patientID); err != nil || len(rows)+len(g.open) == 0 {
		return g, err
	}
	facts, err := room.patients.FactsOf(ctx, r, org, patientID)
	if err != nil {
		return g, err
	}
	g.subject, g.known, s.allergies = facts.Subject, facts.Known, facts.Demographics.Allergies
	if s.courses, err = room.tell(ctx, r, g.subject, rows, 20); err != nil {
		return g, err
	}
	for _, c := range rows {
		if _, had := s.stock[c.Item]; had || c.Item == "" {
			continue
		}
		if s.stock[c.Item], err = stockOf(ctx, r, org, c.Item); err != nil {
			return g, err
		}
	}
	set, _, err := rulesInForce(ctx, r, org)
	if err != nil {
		return g, err
	}
	s.rules, g.rules = set.Rules, set.Number
	if s.results, err = room.resultsFor(ctx, r, org, patientID, s); err != nil {
		return g, err
	}
	g.clashes = s.clashes()
	return g, nil
}

// resultsFor reads the results that a rule about an order of the patient asks for.
func (room *Room) resultsFor(ctx context.Context, r db.Reader, org, patientID string, s standing) (map[string]seen, error) {
	found := map[string]seen{}
	for _, rule := range s.rules {
		if rule.Kind != Result || !slices.ContainsFunc(s.courses, func(c told) bool { return c.Running() && rule.Order.hits(c.Text.Code, c.Text.Name) }) {
			continue
		}
		if _, had := found[rule.Result.Code]; had {
			continue
		}
		o, known, err := room.records.Newest(ctx, r, org, patientID, rule.Result.Code)
		if err != nil {
			return nil, err
		}
		if known {
			found[rule.Result.Code] = seen{id: o.ID, name: o.Finding.Name, value: o.Finding.Value, unit: o.Finding.Unit, at: o.At}
		}
	}
	return found, nil
}

// compare tells which clashes are new, sealed as conflicts, and which conflicts are over.
// What stays open is left in open.
func (g *weighing) compare(org string, now time.Time) (fresh, over []Conflict, err error) {
	met := map[string]bool{}
	for _, c := range g.clashes {
		row := Conflict{
			Org: org, ID: nameOf(c.course.ID, c.rule, c.kind, c.cause), Course: c.course.ID, Patient: c.course.Patient, Kind: c.kind, Rule: c.rule, Rules: g.rules, Cause: c.cause,
			Prescriber: c.course.Prescriber, Department: c.course.Department, Sensitivity: c.course.Sensitivity, State: Open, Found: now, Changed: now,
		}
		if met[row.ID] {
			continue
		}
		met[row.ID] = true
		if slices.ContainsFunc(g.open, func(o Conflict) bool { return o.ID == row.ID }) {
			continue
		}
		plain, err := json.Marshal(c.why)
		if err != nil {
			return nil, nil, err
		}
		if row.Sealed, err = g.subject.Seal(row.place("why"), plain); err != nil {
			return nil, nil, err
		}
		fresh = append(fresh, row)
	}
	g.open = slices.DeleteFunc(g.open, func(o Conflict) bool {
		if !met[o.ID] {
			over = append(over, o)
		}
		return !met[o.ID]
	})
	return fresh, over, nil
}

// raise writes a conflict that is new, and asks whom it concerns unless he was asked. One
// that was decided or that is over is not asked again for the same cause.
func (room *Room) raise(ctx context.Context, w *act.Work, c Conflict, known patient.Known) error {
	old, err := conflicts.Get(ctx, w, c.Org, c.ID)
	switch {
	case errors.Is(err, db.ErrNone):
		if err := conflicts.Insert(ctx, w, &c); err != nil {
			return err
		}
	case err != nil || old.State != Open:
		return err
	}
	open, err := duty.OpenAbout(ctx, w, c.Org, Asked, c.ID)
	if err != nil || len(open) > 0 {
		return err
	}
	w.Note("conflict", c.ID)
	to, err := room.whom(ctx, w, c, known)
	if err != nil {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Asked, To: to, Subject: c.ID, Patient: c.Patient, Urgent: c.Kind == Allergy || c.Kind == Result})
	return err
}

// whom finds who is to decide: the prescriber, or the attending where he is not here any
// more, or the physicians of the department.
func (room *Room) whom(ctx context.Context, w *act.Work, c Conflict, known patient.Known) (duty.To, error) {
	asked := []string{c.Prescriber}
	for _, e := range known.Encounters {
		if e.Open() {
			asked = append(asked, e.Attending)
		}
	}
	for _, person := range asked {
		if person == "" {
			continue
		}
		standing, err := staff.StandingOf(ctx, w, c.Org, person, w.Now())
		if err != nil && !errors.Is(err, staff.ErrNoPerson) {
			return duty.To{}, err
		}
		if len(standing.Appointments) > 0 {
			return duty.To{Person: person}, nil
		}
	}
	department := c.Department
	if department == "" {
		department = known.Object.Department
	}
	if department == "" {
		return duty.To{Role: "medical-affairs"}, nil
	}
	return duty.To{Role: "attending", Department: department}, nil
}

// lapse ends a conflict that is none any more.
func (room *Room) lapse(ctx context.Context, w *act.Work, conflict string) error {
	c, err := conflicts.Get(ctx, w, w.Actor().Org, conflict)
	if err != nil || c.State != Open {
		return err
	}
	c.State, c.Ended, c.Changed = Lapsed, w.Now(), w.Now()
	c.Rev++
	w.Note("lapsed", c.ID)
	if err := room.duty.CancelIn(ctx, w, Asked, c.ID); err != nil {
		return err
	}
	return conflicts.Update(ctx, w, &c)
}
