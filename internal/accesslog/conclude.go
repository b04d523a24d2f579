package accesslog

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/sm"
)

const (
	// askedSingly is how many people and patients of a run are asked about.
	askedSingly = 2000
	// asksInAct is how many questions one act keeps.
	asksInAct = 200
	// runsBack is how many earlier runs tell the rhythm of a source.
	runsBack = 30
)

// conclude finds what is amiss with the log, asks about what nobody can explain, and ends
// the run.
func (m *matching) conclude(ctx context.Context) error {
	var before []Run
	var unexplained []Reported
	var source Source
	err := m.room.desk.Look(ctx, func(r db.Reader) (err error) {
		if before, err = runsBefore(ctx, r, m.run.Org, m.run.Source, m.run.ID, runsBack); err != nil {
			return err
		}
		if source, _, err = m.room.sources(ctx, r, m.run.Org, m.run.Source); err != nil {
			return err
		}
		unexplained, err = reported.Select(ctx, r, "WHERE org = $1 AND run = $2 AND verdict IN ($3, $4) ORDER BY step, id LIMIT $5",
			m.run.Org, m.run.ID, Unexplained, AfterLeaving, int64(20*askedSingly))
		return err
	})
	if err != nil {
		return err
	}
	asked := m.questions(unexplained)
	over := len(asked) - askedSingly
	asked = asked[:min(len(asked), askedSingly)]
	if err := m.ask(ctx, asked); err != nil {
		return err
	}
	return m.end(ctx, source, m.findings(before, over))
}

// questions are what is asked about: a person, a patient and a day each.
func (m *matching) questions(unexplained []Reported) []Question {
	of := map[string]*Question{}
	var order []string
	for _, e := range unexplained {
		day := calendar.DateOf(e.First).Start().UTC()
		id := hex.EncodeToString(sm.HMAC(m.seen.key, []byte(strings.Join([]string{"question", m.run.ID, e.Person, e.Patient, day.Format(time.RFC3339)}, "\x01")))[:13])
		q := of[id]
		if q == nil {
			q = &Question{Org: m.run.Org, ID: id, Run: m.run.ID, Source: m.run.Source, Person: e.Person, Department: e.Department, Patient: e.Patient, Day: day, Verdict: e.Verdict, State: Open}
			of[id] = q
			order = append(order, id)
		}
		q.Lines += e.Views + e.Prints + e.Exports + e.Searches + e.SignIns + e.Others
	}
	all := make([]Question, len(order))
	for i, id := range order {
		all[i] = *of[id]
	}
	return all
}

// ask keeps questions and asks the heads of the departments, one task to each.
func (m *matching) ask(ctx context.Context, all []Question) error {
	departments := map[string]bool{}
	for some := range slices.Chunk(all, asksInAct) {
		err := m.room.house(ctx, "accesslog.match", func(ctx context.Context, w *act.Work) error {
			w.Note("run", m.run.ID)
			for i := range some {
				q := &some[i]
				if err := m.addressed(ctx, w, q); err != nil {
					return err
				}
				departments[q.Department] = true
				q.Asked = w.Now()
				_, err := questions.Get(ctx, w, q.Org, q.ID)
				if err == nil {
					continue
				}
				if !errors.Is(err, db.ErrNone) {
					return err
				}
				if err := questions.Insert(ctx, w, q); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for department := range departments {
		if err := m.room.house(ctx, "accesslog.match", func(ctx context.Context, w *act.Work) error { return m.room.askDepartment(ctx, w, m.run, department) }); err != nil {
			return err
		}
	}
	return nil
}

// addressed says who is asked: the department of the person, or medical affairs where he
// has none, or heads it himself.
func (m *matching) addressed(ctx context.Context, r db.Reader, q *Question) error {
	if q.Department == "" {
		return nil
	}
	heads, err := duty.HeadsOf(ctx, r, q.Org, q.Department, m.room.desk.Now())
	if len(heads) == 0 || slices.Contains(heads, q.Person) {
		q.Department = ""
	}
	return err
}

func taskOf(run, department string) string { return run + "/" + department }

func (room *Room) askDepartment(ctx context.Context, w *act.Work, run Run, department string) error {
	w.Note("run", run.ID)
	subject := taskOf(run.ID, department)
	open, err := duty.OpenAbout(ctx, w, run.Org, Asking, subject)
	if err != nil || len(open) > 0 {
		return err
	}
	to := duty.To{Role: "medical-affairs"}
	if department != "" {
		heads, err := duty.HeadsOf(ctx, w, run.Org, department, w.Now())
		if err != nil {
			return err
		}
		if len(heads) > 0 {
			to = duty.To{Person: heads[0], Department: department}
		}
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Asking, To: to, Subject: subject})
	return err
}

// findings are what is amiss with the log.
func (m *matching) findings(before []Run, unasked int) []Finding {
	var found []Finding
	add := func(kind string, n int64, since, until time.Time) {
		if n != 0 {
			found = append(found, Finding{Kind: kind, N: n, Since: since, Until: until})
		}
	}
	t := m.run.Tally
	for _, gap := range gaps(m.run, before) {
		add(Gap, int64(gap[1].Sub(gap[0]).Hours()), gap[0], gap[1])
	}
	add(Repeated, t.Duplicates, m.run.First, m.run.Last)
	add(Jump, t.Missing, m.run.First, m.run.Last)
	add(BadLines, t.Refused, m.run.First, m.run.Last)
	add(FutureLines, t.Future, m.run.Begun, m.run.Last)
	add(UnknownAccounts, int64(len(m.judge.nobody)), m.run.First, m.run.Last)
	add(UnknownPatients, int64(len(m.judge.nowhere)), m.run.First, m.run.Last)
	add(TooManyToAsk, int64(max(unasked, 0)), m.run.First, m.run.Last)
	if by, told := m.health.skew(m.run); told {
		m.run.Skew, m.run.Skewed = by.Microseconds(), true
		if by.Abs() >= skewed {
			add(ClockOff, int64(by.Round(time.Second).Seconds()), m.run.First, m.run.Last)
		}
	}
	if perDay, told := drift(append([]Run{m.run}, before...)); told && perDay.Abs() >= drifts {
		add(Drifting, int64(perDay.Round(time.Second).Seconds()), time.Time{}, time.Time{})
	}
	return found
}

// end ends the run, keeps its findings and asks the owner of the source to see to them.
func (m *matching) end(ctx context.Context, source Source, found []Finding) error {
	return m.room.house(ctx, "accesslog.match", func(ctx context.Context, w *act.Work) error {
		w.Note("run", m.run.ID)
		run, err := runs.Get(ctx, w, m.run.Org, m.run.ID)
		if err != nil || run.State != Matching {
			return err
		}
		run = m.run
		run.State, run.Ended = Done, w.Now()
		for i := range found {
			f := &found[i]
			f.Org, f.ID, f.Source, f.Run, f.Found = run.Org, findingID(run.ID, i), run.Source, run.ID, w.Now()
			if err := findings.Insert(ctx, w, f); err != nil {
				return err
			}
		}
		if len(found) > 0 {
			to := duty.To{Role: "it-head"}
			if source.Owner != "" {
				to = duty.To{Person: source.Owner}
			}
			if _, err := m.room.duty.OpenIn(ctx, w, duty.Opening{Kind: Upkeep, To: to, Subject: run.ID}); err != nil {
				return err
			}
		}
		return runs.Update(ctx, w, &run)
	})
}

// findingID sorts the findings of a run behind one another.
func findingID(run string, i int) string { return fmt.Sprintf("%s-%03d", run, i) }
