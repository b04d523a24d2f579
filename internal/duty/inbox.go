package duty

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Box is a part of the inbox.
type Box string

// The boxes.
const (
	BoxTodo Box = "todo" // 待办: mine, my pools', my covered colleagues', and what climbed to me; the most urgent deadline first
	BoxDone Box = "done" // 已办: what I have closed, the newest first
	BoxMine Box = "mine" // 我发起: what I have asked for, the newest first
)

// InboxFilter chooses tasks of a box.
type InboxFilter struct {
	Box  Box
	Kind string
	Late bool
}

// Item is a task in a list. A list holds nothing that people wrote and names no
// patient.
type Item struct {
	Task
	Title fault.Text
	Left  Left
	Who   staff.Name // who has it; empty for a pool
}

// Left is how much time a task has. Late ones have less than none.
type Left struct {
	Clock   time.Duration
	Working time.Duration // in working hours
}

// Waits is how much waits for somebody, each up to web.CountBound plus one.
type Waits struct{ Todo, Late int }

// inboxPlace is where a page ended.
type inboxPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

// Inbox lists one's own tasks. Like everything that is one's own it leaves no
// entry in the ledger.
func (room *Room) Inbox(ctx context.Context, f InboxFilter, cursor string, limit int) (web.Page[Item], error) {
	page := web.Page[Item]{Items: []Item{}}
	if err := room.desk.Begin(ctx, "duty.list"); err != nil {
		return page, err
	}
	var after inboxPlace
	more, err := web.DecodeCursor(cursor, &after)
	if err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.look(ctx, func(r db.Reader) error {
		me, err := room.footingOf(ctx, r, act.From(ctx), room.desk.Now())
		if err != nil {
			return err
		}
		q := f.question(me)
		column, ascending := f.Box.order()
		if more {
			q.add(" AND ("+column+", id) "+map[bool]string{true: ">", false: "<"}[ascending]+" (?, ?)", after.At, after.ID)
		}
		direction := map[bool]string{true: "", false: " DESC"}[ascending]
		q.add(" ORDER BY "+column+direction+", id"+direction+" LIMIT ?", int64(limit+1))
		found, err := tasks.Select(ctx, r, q.text(), q.args...)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			last := found[limit-1]
			at := map[string]time.Time{"deadline": last.Deadline, "closed": last.Closed, "opened": last.Opened}[column]
			if page.Next, err = web.EncodeCursor(inboxPlace{at.UnixMicro(), last.ID}); err != nil {
				return err
			}
		}
		page.Items, err = room.items(ctx, r, me.org, found)
		return err
	})
	return page, err
}

// CountWaiting counts what waits for whoever asks, for the bell.
func (room *Room) CountWaiting(ctx context.Context) (Waits, error) {
	if err := room.desk.Begin(ctx, "duty.list"); err != nil {
		return Waits{}, err
	}
	var n Waits
	err := room.look(ctx, func(r db.Reader) (err error) {
		n, err = room.countFor(ctx, r, act.From(ctx), room.desk.Now())
		return err
	})
	return n, err
}

func (room *Room) countFor(ctx context.Context, r db.Reader, actor act.Actor, now time.Time) (Waits, error) {
	me, err := room.footingOf(ctx, r, actor, now)
	if err != nil {
		return Waits{}, err
	}
	q := InboxFilter{Box: BoxTodo}.question(me)
	q.add(" LIMIT ?", int64(web.CountBound+1))
	late := &question{parts: []string{"SELECT COUNT(*), COUNT(CASE WHEN late = 1 THEN 1 END) FROM (SELECT CASE WHEN deadline <= "}}
	late.add("? AND paused IS NULL THEN 1 ELSE 0 END AS late FROM duty_task ", now.UnixMicro())
	late.join(q)
	late.add(") AS counted")
	rows, err := r.Query(ctx, late.text(), late.args...)
	if err != nil {
		return Waits{}, err
	}
	defer rows.Close()
	var todo, overdue int64
	for rows.Next() {
		if err := rows.Scan(&todo, &overdue); err != nil {
			return Waits{}, err
		}
	}
	return Waits{int(todo), int(overdue)}, rows.Err()
}

// personActor is a person as one whose tasks are counted.
func personActor(org, person string) act.Actor {
	return act.Actor{Actor: policy.Actor{Kind: act.Person, ID: person, Org: org}}
}

func (b Box) order() (column string, ascending bool) {
	switch b {
	case BoxDone:
		return "closed", false
	case BoxMine:
		return "opened", false
	}
	return "deadline", true
}

// question is SQL that grows: each ? becomes the next placeholder.
type question struct {
	parts []string
	args  []any
}

func (q *question) add(text string, args ...any) {
	q.parts, q.args = append(q.parts, text), append(q.args, args...)
}

func (q *question) join(other *question) { q.add(strings.Join(other.parts, ""), other.args...) }

func (q *question) text() string {
	var w strings.Builder
	n := 0
	for part := range strings.SplitSeq(strings.Join(q.parts, ""), "?") {
		if n > 0 {
			fmt.Fprintf(&w, "$%d", n)
		}
		w.WriteString(part)
		n++
	}
	return w.String()
}

// question asks for the tasks of a box.
func (f InboxFilter) question(me footing) *question {
	q := &question{}
	switch f.Box {
	case BoxDone:
		q.add("WHERE org = ? AND closed_by = ? AND closed IS NOT NULL", me.org, me.person)
	case BoxMine:
		q.add("WHERE org = ? AND author = ?", me.org, me.person)
	default:
		q.add("WHERE org = ? AND id IN (", me.org)
		me.waiting(q)
		q.add(")")
	}
	if f.Kind != "" {
		q.add(" AND kind = ?", f.Kind)
	}
	if f.Late {
		q.add(" AND (overdue = 1 OR state = ? AND paused IS NULL AND deadline <= ?)", string(Open), me.at.UnixMicro())
	}
	return q
}

// waiting asks for the ids of all open tasks that wait for somebody. Each part names
// the state itself, so that the engines begin with the person and not with all that
// is open.
func (f footing) waiting(q *question) {
	const mine = "SELECT id FROM duty_task WHERE org = ? AND state = ? AND person = ?"
	q.add(mine, f.org, string(Open), f.person)
	for _, covered := range f.covers {
		q.add(" UNION ALL "+mine, f.org, string(Open), covered)
	}
	for _, p := range f.posts {
		for _, pool := range [][2]string{{p.Department, p.Role}, {p.Department, ""}, {"", p.Role}} {
			q.add(" UNION ALL SELECT id FROM duty_task WHERE org = ? AND state = ? AND department = ? AND role = ? AND person = ?", f.org, string(Open), pool[0], pool[1], "")
		}
	}
	q.add(" UNION ALL SELECT t.id FROM duty_step s CROSS JOIN duty_task t WHERE s.org = ? AND s.person = ? AND s.kind = ? AND t.org = s.org AND t.id = s.task AND t.state = ?",
		f.org, f.person, string(StepEscalated), string(Open))
}

// items fills in what a list shows.
func (room *Room) items(ctx context.Context, r db.Reader, org string, of []Task) ([]Item, error) {
	called, err := titles(ctx, r, of)
	if err != nil {
		return nil, err
	}
	var holders []string
	for _, t := range of {
		if t.Person != "" {
			holders = append(holders, t.Person)
		}
	}
	now := room.desk.Now()
	names, err := staff.Names(ctx, r, org, holders, now)
	if err != nil {
		return nil, err
	}
	cal, err := room.reckoning(ctx, r, org)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(of))
	for i, t := range of {
		items[i] = Item{Task: t, Title: called[i], Who: names[t.Person], Left: cal.left(t, now)}
	}
	return items, nil
}

// left is the time that remains until a deadline. A stopped clock keeps what it had.
func (cal reckoner) left(t Task, now time.Time) Left {
	switch {
	case !t.Closed.IsZero():
		now = t.Closed
	case !t.Paused.IsZero():
		now = t.Paused
	}
	return Left{Clock: t.Deadline.Sub(now), Working: cal.WorkingTime(now, t.Deadline)}
}

// ListFilter chooses tasks of a list for those who supervise.
type ListFilter struct {
	Dept string
	Kind string
	Late bool
	Open bool
}

// List discloses tasks, by deadline, to those who answer for them or supervise.
func (room *Room) List(ctx context.Context, f ListFilter, cursor string, limit int) (web.Page[Item], error) {
	var page web.Page[Item]
	var after inboxPlace
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, "duty.list", func(ctx context.Context, r *act.Reading) error {
		page = web.Page[Item]{Items: []Item{}}
		if err := permitList(ctx, r); err != nil {
			return err
		}
		me, err := room.footingOf(ctx, r, r.Actor(), r.Now())
		if err != nil {
			return err
		}
		shown, err := room.walk(ctx, r, me, f, after, limit+1)
		if err != nil {
			return err
		}
		if len(shown) > limit {
			shown = shown[:limit]
			last := shown[limit-1]
			if page.Next, err = web.EncodeCursor(inboxPlace{last.Deadline.UnixMicro(), last.ID}); err != nil {
				return err
			}
		}
		for _, t := range shown {
			r.Concerns(t.object())
		}
		page.Items, err = room.items(ctx, r, me.org, shown)
		return err
	})
	return page, err
}

// walk goes on by deadline until enough tasks are found that the reader may see.
func (room *Room) walk(ctx context.Context, r *act.Reading, me footing, f ListFilter, after inboxPlace, enough int) ([]Task, error) {
	var shown []Task
	for {
		batch, err := f.batch(ctx, r, after)
		if err != nil {
			return nil, err
		}
		for _, t := range batch {
			allowed, err := room.may(ctx, r, me, r.Actor(), "duty.list", t)
			if err != nil {
				return nil, err
			}
			if !allowed {
				continue
			}
			if shown = append(shown, t); len(shown) == enough {
				return shown, nil
			}
		}
		if len(batch) < atOnce {
			return shown, nil
		}
		last := batch[len(batch)-1]
		after = inboxPlace{last.Deadline.UnixMicro(), last.ID}
	}
}

func (f ListFilter) batch(ctx context.Context, r *act.Reading, after inboxPlace) ([]Task, error) {
	q := &question{}
	q.add("WHERE org = ? AND (deadline, id) > (?, ?)", r.Actor().Org, after.At, after.ID)
	if f.Dept != "" {
		q.add(" AND department = ?", f.Dept)
	}
	if f.Kind != "" {
		q.add(" AND kind = ?", f.Kind)
	}
	if f.Open {
		q.add(" AND state = ?", string(Open))
	}
	if f.Late {
		q.add(" AND (overdue = 1 OR state = ? AND paused IS NULL AND deadline <= ?)", string(Open), r.Now().UnixMicro())
	}
	q.add(" ORDER BY deadline, id LIMIT ?", int64(atOnce))
	return tasks.Select(ctx, r, q.text(), q.args...)
}
