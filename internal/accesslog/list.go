package accesslog

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Listed is a page with the people whom its items name, and what its patients are called
// where nothing of them is opened.
type Listed[T any] struct {
	web.Page[T]
	Names  map[string]staff.Name
	Called map[string]string
}

// Shown is an event with what the source said of it.
type Shown struct {
	Reported
	Said Told
}

// ListRuns lists the runs, newest first; of one source, when it is named.
func (room *Room) ListRuns(ctx context.Context, source string, p web.Paging) (Listed[Run], error) {
	return listNewest(ctx, room, runs, source, p, func(r Run) string { return r.ID }, func(r Run) []string { return []string{r.By} })
}

// ListFindings lists what was amiss with logs, newest first; of one source, when it is
// named.
func (room *Room) ListFindings(ctx context.Context, source string, p web.Paging) (Listed[Finding], error) {
	return listNewest(ctx, room, findings, source, p, func(f Finding) string { return f.ID }, func(f Finding) []string { return []string{f.By} })
}

func listNewest[T any](ctx context.Context, room *Room, t *db.Table[T], source string, p web.Paging, idOf func(T) string, people func(T) []string) (Listed[T], error) {
	var l Listed[T]
	before := "~"
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "accesslog.list", func(ctx context.Context, r *act.Reading) error {
		where, args := "WHERE org = $1 AND id < $2", []any{r.Actor().Org, before, int64(limit) + 1}
		if source != "" {
			where, args = where+" AND source = $4", append(args, source)
		}
		rows, err := t.Select(ctx, r, where+" ORDER BY id DESC LIMIT $3", args...)
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(rows, limit, idOf); err != nil {
			return err
		}
		var named []string
		for _, row := range l.Items {
			named = append(named, people(row)...)
		}
		l.Names, err = namesOf(ctx, r, named)
		return err
	})
	return l, err
}

func namesOf(ctx context.Context, r *act.Reading, people []string) (map[string]staff.Name, error) {
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(p string) bool { return p == "" })
	return staff.Names(ctx, r, r.Actor().Org, people, r.Now())
}

// ViewRun discloses a run, and which of its lines were set aside.
func (room *Room) ViewRun(ctx context.Context, runID string) (run Run, refused []RefusedLines, more bool, err error) {
	err = room.told(ctx, "accesslog.list", func(ctx context.Context, r *act.Reading) (err error) {
		if run, err = runs.Get(ctx, r, r.Actor().Org, runID); err != nil {
			return absent(err)
		}
		refused, err = refusals.Select(ctx, r, "WHERE org = $1 AND run = $2 ORDER BY block, rule, field LIMIT $3", run.Org, run.ID, int64(maxRefused)+1)
		if len(refused) > maxRefused {
			refused, more = refused[:maxRefused], true
		}
		return err
	})
	return run, refused, more, err
}

// maxRefused is how many groups of lines that were set aside a run shows.
const maxRefused = 500

// SetAside is a line that was set aside, with what it holds.
type SetAside struct {
	Line    int64
	Content string
}

// OpenRefused discloses some of the lines of a block that broke a rule.
func (room *Room) OpenRefused(ctx context.Context, runID string, block int, code, field string) ([]SetAside, error) {
	var shown []SetAside
	err := room.told(ctx, "accesslog.open", func(ctx context.Context, r *act.Reading) error {
		row, err := refusals.Get(ctx, r, r.Actor().Org, runID, int64(block), code, field)
		if err != nil {
			return absent(err)
		}
		b, err := blocks.Get(ctx, r, row.Org, runID, int64(block))
		if err != nil {
			return err
		}
		key, err := room.vault.Subject(ctx, r, row.Org, runID)
		if err != nil {
			return errUnreadable.Because(err)
		}
		text, err := b.open(key)
		r.Note("run", runID)
		shown = linesOf(text, b.Line, row.Lines)
		return err
	})
	return shown, err
}

// filter is which events a list is about.
type filter struct {
	where string
	args  []any
}

// Events lists what was reported under one verdict, of one source when it is named, back
// in time.
func (room *Room) Events(ctx context.Context, verdict, source string, p web.Paging) (Listed[Shown], error) {
	if !slices.Contains(verdicts, verdict) {
		verdict = Unexplained
	}
	f := filter{" AND verdict = $5", []any{verdict}}
	if source != "" {
		f = filter{f.where + " AND source = $6", append(f.args, source)}
	}
	return room.events(ctx, "accesslog.events", p, f, func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
}

// EventsOf lists what was reported of one person, back in time.
func (room *Room) EventsOf(ctx context.Context, person string, p web.Paging) (Listed[Shown], error) {
	return room.events(ctx, "accesslog.events", p, filter{" AND person = $5", []any{person}}, func(ctx context.Context, r *act.Reading) error {
		if _, err := staff.StandingOf(ctx, r, r.Actor().Org, person, r.Now()); errors.Is(err, staff.ErrNoPerson) {
			return act.ErrAbsent.Because(err)
		} else if err != nil {
			return err
		}
		return r.Permit(ctx, policy.Object{Kind: "Person", ID: person, Org: r.Actor().Org, Concerns: person})
	})
}

// Readers lists who was reported to have looked at a patient elsewhere, back in time. It
// proves nothing but that it was reported.
func (room *Room) Readers(ctx context.Context, patientID string, p web.Paging) (Listed[Shown], error) {
	return room.events(ctx, "accesslog.readers", p, filter{" AND patient = $5", []any{patientID}}, func(ctx context.Context, r *act.Reading) error {
		known, err := room.patients.Find(ctx, r, r.Actor().Org, patientID)
		if err != nil {
			return err
		}
		return r.Permit(ctx, known.Object)
	})
}

func (room *Room) events(ctx context.Context, verb string, p web.Paging, f filter, permit func(ctx context.Context, r *act.Reading) error) (Listed[Shown], error) {
	var l Listed[Shown]
	after := fromNewest
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		if err := permit(ctx, r); err != nil {
			return err
		}
		rows, err := reportedBack(ctx, r, r.Actor().Org, after, limit, f.where, f.args...)
		if err != nil {
			return err
		}
		page, err := web.PageOf(rows, limit, func(e Reported) placeInTime { return placeInTime{e.First.UnixMicro(), e.ID} })
		if err != nil {
			return err
		}
		if l.Items, err = room.said(ctx, r, page.Items); err != nil {
			return err
		}
		l.Next = page.Next
		return room.name(ctx, r, &l)
	})
	return l, err
}

// said opens what the source said of events.
func (room *Room) said(ctx context.Context, r *act.Reading, rows []Reported) ([]Shown, error) {
	keys := map[string]*vault.Subject{}
	shown := make([]Shown, len(rows))
	for i, e := range rows {
		key := keys[e.Run]
		if key == nil {
			var err error
			if key, err = room.vault.Subject(ctx, r, e.Org, e.Run); err != nil {
				return nil, errUnreadable.Because(err)
			}
			keys[e.Run] = key
		}
		text, err := key.Open(toldPlace(e.ID), e.Told)
		if err != nil {
			return nil, errUnreadable.Because(err)
		}
		shown[i].Reported = e
		if err := json.Unmarshal(text, &shown[i].Said); err != nil {
			return nil, err
		}
	}
	return shown, nil
}

// name names the people of a page, and its patients, who thereby stand in the account.
func (room *Room) name(ctx context.Context, r *act.Reading, l *Listed[Shown]) error {
	var people, patients []string
	for _, e := range l.Items {
		people, patients = append(people, e.Person), append(patients, e.Patient)
	}
	var err error
	if l.Names, err = namesOf(ctx, r, people); err != nil {
		return err
	}
	l.Called, err = room.called(ctx, r, patients)
	return err
}

func (room *Room) called(ctx context.Context, r *act.Reading, patients []string) (map[string]string, error) {
	slices.Sort(patients)
	patients = slices.DeleteFunc(slices.Compact(patients), func(p string) bool { return p == "" })
	if len(patients) == 0 {
		return map[string]string{}, nil
	}
	for _, id := range patients {
		r.Concerns(policy.Object{Kind: "Patient", ID: id, Org: r.Actor().Org, Patient: id})
	}
	return room.patients.Called(ctx, r, r.Actor().Org, patients)
}

// Asked is a question with its answer.
type Asked struct {
	Question
	Said string
	Mine bool // it waits for whoever looks
}

// Questions lists the questions that whoever asks may see: of the departments he heads,
// or all of them.
func (room *Room) Questions(ctx context.Context, state string, p web.Paging) (Listed[Asked], error) {
	if !slices.Contains([]string{Open, Answered, Raised}, state) {
		return Listed[Asked]{}, errInput.With().At("state", fault.Text{ZH: "应为 open、explained 或 raised", EN: "is open, explained or raised"})
	}
	var l Listed[Asked]
	before := "~"
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.told(ctx, "accesslog.questions", func(ctx context.Context, r *act.Reading) error {
		l = Listed[Asked]{}
		for len(l.Items) < limit {
			rows, err := questions.Select(ctx, r, "WHERE org = $1 AND state = $2 AND id < $3 ORDER BY id DESC LIMIT $4", r.Actor().Org, state, before, int64(asksInAct))
			if err != nil {
				return err
			}
			some, last, err := room.mayBeShown(ctx, r, rows, limit-len(l.Items))
			if err != nil {
				return err
			}
			l.Items = append(l.Items, some...)
			if last != "" {
				before = last
			}
			if len(rows) < asksInAct && (len(rows) == 0 || last == rows[len(rows)-1].ID) {
				return room.nameAsked(ctx, r, &l)
			}
		}
		var err error
		if l.Next, err = web.EncodeCursor(before); err != nil {
			return err
		}
		return room.nameAsked(ctx, r, &l)
	})
	return l, err
}

// mayBeShown are the questions that may be shown, at most n, and the last that was looked
// at.
func (room *Room) mayBeShown(ctx context.Context, r *act.Reading, rows []Question, n int) (some []Asked, last string, err error) {
	heads := map[string]bool{}
	for _, q := range rows {
		if len(some) == n {
			return some, last, nil
		}
		mine, asked := heads[q.Department]
		if !asked {
			ties, err := charged(ctx, r, r.Actor(), q, r.Now())
			if err != nil {
				return nil, "", err
			}
			mine = len(ties) > 0
			heads[q.Department] = mine
		}
		last = q.ID
		all, err := r.Allowed(ctx, []policy.Object{q.object()})
		if err != nil {
			return nil, "", err
		}
		if !mine && !all[0] || q.Person == r.Actor().ID {
			continue
		}
		said, err := room.words(ctx, r, q.Org, q.ID, q.Words)
		if err != nil {
			return nil, "", err
		}
		some = append(some, Asked{q, said, mine || all[0] && q.Department == ""})
	}
	return some, last, nil
}

func (room *Room) nameAsked(ctx context.Context, r *act.Reading, l *Listed[Asked]) error {
	var people, patients []string
	for _, q := range l.Items {
		people, patients = append(people, q.Person, q.By), append(patients, q.Patient)
	}
	var err error
	if l.Names, err = namesOf(ctx, r, people); err != nil {
		return err
	}
	l.Called, err = room.called(ctx, r, patients)
	return err
}

// Standing is a source of logs as it stands.
type Standing struct {
	Source
	Rev     int
	Mapping Mapping
	Last    *Run // the newest that was matched
	Open    int  // findings that nobody has settled
	Asked   int  // questions that nobody has answered
}

// Standings discloses how every source of logs stands.
func (room *Room) Standings(ctx context.Context) ([]Standing, map[string]staff.Name, error) {
	var all []Standing
	var names map[string]staff.Name
	err := room.told(ctx, "accesslog.list", func(ctx context.Context, r *act.Reading) error {
		rows, err := latestMappings(ctx, r, r.Actor().Org)
		if err != nil {
			return err
		}
		all = nil
		var owners []string
		for _, row := range rows {
			s, err := room.standing(ctx, r, row)
			if err != nil {
				return err
			}
			all, owners = append(all, s), append(owners, s.Owner)
		}
		names, err = namesOf(ctx, r, owners)
		return err
	})
	return all, names, err
}

func (room *Room) standing(ctx context.Context, r *act.Reading, row mappingRow) (Standing, error) {
	s := Standing{Rev: row.Rev, Mapping: row.Mapping}
	source, known, err := room.sources(ctx, r, row.Org, row.Source)
	if err != nil {
		return s, err
	}
	if s.Source = source; !known {
		s.Source = Source{Code: row.Source, Name: fault.Text{ZH: row.Source, EN: row.Source}}
	}
	last, found, err := first(runs.Select(ctx, r, "WHERE org = $1 AND source = $2 AND state = $3 ORDER BY id DESC LIMIT 1", row.Org, row.Source, Done))
	if err != nil {
		return s, err
	}
	if found {
		s.Last = &last
	}
	if s.Open, err = count(ctx, r, "SELECT COUNT(*) FROM accesslog_finding WHERE org = $1 AND source = $2 AND settled IS NULL", row.Org, row.Source); err != nil {
		return s, err
	}
	s.Asked, err = count(ctx, r, "SELECT COUNT(*) FROM accesslog_question WHERE org = $1 AND source = $2 AND state = $3", row.Org, row.Source, Open)
	return s, err
}

func count(ctx context.Context, r db.Reader, question string, args ...any) (int, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}
