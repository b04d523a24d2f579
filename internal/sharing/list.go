package sharing

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Listed is a page of cases, with the people and patients they name, and figures about
// all cases.
type Listed struct {
	web.Page[Case]
	Figures  []Figure
	Names    map[string]staff.Name
	Patients map[string]string // masked names
}

// casePlace is where a page of cases ended.
type casePlace struct {
	Received int64  `json:"received"`
	ID       string `json:"id"`
}

var fromNewest = casePlace{Received: math.MaxInt64}

// Figure is how many cases of a kind there are in a state, and how long those that
// ended took.
type Figure struct {
	Kind  string  `json:"kind"`
	State string  `json:"state"`
	N     int     `json:"n"`
	Hours float64 `json:"hours" doc:"from receipt to approval, on average; 0 before"`
}

// List discloses cases, the newest first. The account names their patients.
func (room *Room) List(ctx context.Context, cursor string, limit int) (l Listed, err error) {
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return l, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "sharing.list", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := cases.Select(ctx, r, "WHERE org = $1 AND (received, id) < ($2, $3) ORDER BY received DESC, id DESC LIMIT $4", org, after.Received, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(found, limit, func(c Case) casePlace { return casePlace{c.Received.UnixMicro(), c.ID} }); err != nil {
			return err
		}
		var people, patients []string
		for _, c := range l.Items {
			r.Concerns(policy.Object{Kind: "Patient", ID: c.Patient, Patient: c.Patient})
			people, patients = append(people, c.ReceivedBy, c.Assistant, c.ApprovedBy), append(patients, c.Patient)
		}
		if l.Names, err = staff.Names(ctx, r, org, people, r.Now()); err != nil {
			return err
		}
		slices.Sort(patients)
		if l.Patients, err = room.patients.Called(ctx, r, org, slices.Compact(patients)); err != nil {
			return err
		}
		l.Figures, err = figures(ctx, r, org)
		return err
	})
	return l, err
}

func figures(ctx context.Context, r *act.Reading, org string) ([]Figure, error) {
	rows, err := r.Query(ctx, `SELECT kind, state, COUNT(*), CAST(COALESCE(SUM(approved - received), 0) AS BIGINT), COUNT(approved)
		FROM sharing_case WHERE org = $1 GROUP BY kind, state ORDER BY kind, state`, org)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []Figure{}
	for rows.Next() {
		var f Figure
		var n, micros, approved int64
		if err := rows.Scan(&f.Kind, &f.State, &n, &micros, &approved); err != nil {
			return nil, err
		}
		if f.N = int(n); approved > 0 {
			f.Hours = float64(micros) / float64(approved) / 3.6e9
		}
		all = append(all, f)
	}
	return all, rows.Err()
}

// Seen is a case with everything that belongs to it.
type Seen struct {
	Case
	Papers    Papers
	Steps     []Step
	Handovers []Handover
	Returns   map[string]Returned // by hand-over
	Cuts      map[string][]Cut    // what was kept back, by hand-over
	Masking   Masking             // the last legal review; round 0: none
	Reviewed  bool                // and it is of the scope as it stands
	Why       string              // it was refused
	Called    string              // masked name of the patient
	Names     map[string]staff.Name
}

// View discloses a case: who asked, with which documents, each step, and what was
// handed over.
func (room *Room) View(ctx context.Context, caseID string) (Seen, error) {
	var s Seen
	err := room.desk.Disclose(ctx, "sharing.view", func(ctx context.Context, r *act.Reading) (err error) {
		s = Seen{Returns: map[string]Returned{}, Cuts: map[string][]Cut{}}
		if s.Case, err = cases.Get(ctx, r, r.Actor().Org, caseID); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		if s.Steps, err = steps.Select(ctx, r, "WHERE org = $1 AND case_id = $2 ORDER BY at, id", s.Org, s.ID); err != nil {
			return err
		}
		if s.Handovers, err = handovers.Select(ctx, r, "WHERE org = $1 AND case_id = $2 ORDER BY at, id", s.Org, s.ID); err != nil {
			return err
		}
		back, err := returns.Select(ctx, r, "WHERE org = $1 AND handover IN (SELECT id FROM sharing_handover WHERE org = $2 AND case_id = $3)", s.Org, s.Org, s.ID)
		for _, b := range back {
			s.Returns[b.Handover] = b
		}
		if err != nil {
			return err
		}
		if err := s.takeMasking(ctx, r); err != nil {
			return err
		}
		called, err := room.patients.Called(ctx, r, s.Org, []string{s.Patient})
		if err != nil {
			return err
		}
		s.Called = called[s.Patient]
		return room.unseal(ctx, r, &s)
	})
	return s, err
}

// takeMasking reads what was ruled of the scope and what was kept back by it.
func (s *Seen) takeMasking(ctx context.Context, r *act.Reading) (err error) {
	if s.Masking, err = lastMasking(ctx, r, s.Case); err != nil {
		return err
	}
	scope, err := s.Scope.digest()
	if err != nil {
		return err
	}
	s.Reviewed = s.Masking.Round > 0 && bytes.Equal(scope, s.Masking.Scope)
	kept, err := cuts.Select(ctx, r, "WHERE org = $1 AND handover IN (SELECT id FROM sharing_handover WHERE org = $2 AND case_id = $3) ORDER BY handover, document, section", s.Org, s.Org, s.ID)
	for _, cut := range kept {
		s.Cuts[cut.Handover] = append(s.Cuts[cut.Handover], cut)
	}
	return err
}

func (room *Room) unseal(ctx context.Context, r *act.Reading, s *Seen) error {
	subject, err := room.patients.Subject(ctx, r, s.Org, s.Patient)
	if err != nil {
		return err
	}
	text, err := subject.Open(place("Case", s.ID, "papers"), s.Case.Papers)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &s.Papers); err != nil {
		return err
	}
	people := []string{s.ReceivedBy, s.Assistant, s.ApprovedBy, s.ConfirmedBy, s.Masking.By}
	for _, step := range s.Steps {
		people = append(people, step.Person)
		if len(step.Words) == 0 {
			continue
		}
		why, err := subject.Open(place("CaseStep", s.ID, step.Kind), step.Words)
		if err != nil {
			return err
		}
		s.Why = string(why)
	}
	s.Names, err = staff.Names(ctx, r, s.Org, slices.DeleteFunc(people, func(p string) bool { return p == "" }), r.Now())
	return err
}

// Requesters discloses the kinds of requester and what each must present.
func (room *Room) Requesters(ctx context.Context) ([]Kind, error) {
	err := room.desk.Disclose(ctx, "sharing.list", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
	if err != nil {
		return nil, err
	}
	return Kinds(), nil
}
