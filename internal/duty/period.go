package duty

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Rule makes a duty recur: each month, each quarter … (D-024).
type Rule struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Kind        string    `db:"kind"`
	Recurrence  string    `db:"recurrence"` // as calendar.Every
	Limit       string    `db:"time_limit"` // from the first working day; empty: the end of the period
	Role        string    `db:"role"`
	Departments []string  `db:"departments,json"` // one task for each; none: one task for the role
	Since       time.Time `db:"since"`            // the period in which it begins
	Reached     int       `db:"reached"`          // first day of the next period to open
	Ended       time.Time `db:"ended"`
	Made        time.Time `db:"made"`
	By          string    `db:"made_by"`
	MAC         []byte    `db:"mac"`
}

// Period is one period of a rule in one department. What was missed stays missed.
type Period struct {
	Org      string    `db:"org,key"`
	Rule     string    `db:"rule,key"`
	Name     string    `db:"name,key"` // as calendar.Period names it
	Dept     string    `db:"department,key"`
	Kind     string    `db:"kind"`
	First    int       `db:"first_day"` // as calendar.Date
	Last     int       `db:"last_day"`
	Deadline time.Time `db:"deadline"`
	Task     string    `db:"task"`
	Done     time.Time `db:"done"`
	Missed   time.Time `db:"missed"` // when its deadline passed without it; never cleared
}

var (
	rules   = db.Define[Rule]("duty_rule")
	periods = db.Define[Period]("duty_period")
)

// maxDepartments bounds a rule, so that a period is opened in one act.
const maxDepartments = 100

// NewRule is what is asked for when a duty is to recur.
type NewRule struct {
	Kind        string
	Recurrence  calendar.Every
	Limit       string
	Role        string
	Departments []string
	Since       time.Time // now when zero
}

func (n NewRule) check() error {
	e := errInput.With()
	if !known(n.Kind) || !kindOf(n.Kind).Recurs {
		e.At("kind", fault.Text{ZH: "请从可周期执行的任务中选择", EN: "choose a kind that may recur"})
	}
	if !n.Recurrence.Valid() {
		e.At("recurrence", fault.Text{ZH: "应为 day、week、month、quarter、half-year 或 year", EN: "must be day, week, month, quarter, half-year or year"})
	}
	if n.Limit != "" {
		if _, err := calendar.ParseLimit(n.Limit); err != nil {
			e.At("limit", fault.Text{ZH: "时限应如 5wd（工作日）；不填则为周期结束前", EN: "a limit is such as 5wd (working days); without it the period's end"})
		}
	}
	if n.Role == "" && len(n.Departments) == 0 {
		e.At("role", fault.Text{ZH: "请选择角色或科室", EN: "choose a role or departments"})
	}
	if len(n.Departments) > maxDepartments || len(distinct(append([]string{}, n.Departments...))) != len(n.Departments) {
		e.At("departments", fault.Text{ZH: "科室不得重复，且不超过 " + strconv.Itoa(maxDepartments) + " 个", EN: "must be different, at most " + strconv.Itoa(maxDepartments)})
	}
	return e.OrNil()
}

// SetRule makes a duty recur.
func (room *Room) SetRule(ctx context.Context, n NewRule) (Rule, error) {
	if err := room.desk.Begin(ctx, "duty.set-rule"); err != nil {
		return Rule{}, err
	}
	if err := n.check(); err != nil {
		return Rule{}, err
	}
	var made Rule
	err := room.desk.Do(ctx, "duty.set-rule", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		since := n.Since
		if since.IsZero() || since.Before(w.Now()) {
			since = w.Now()
		}
		for _, d := range n.Departments {
			if _, found, err := staff.DepartmentOf(ctx, w, w.Actor().Org, d); err != nil || !found {
				if err == nil {
					err = errInput.With().At("departments", fault.Text{ZH: "其中有不存在的科室", EN: "one of them names no department"})
				}
				return err
			}
		}
		made = Rule{
			Org: w.Actor().Org, ID: id.New(w.Now()), Kind: n.Kind, Recurrence: string(n.Recurrence), Limit: n.Limit, Role: n.Role,
			Departments: n.Departments, Since: since.UTC(), Reached: int(calendar.PeriodOf(n.Recurrence, calendar.DateOf(since)).First),
			Made: w.Now(), By: w.Actor().ID,
		}
		w.Note("rule", made.ID)
		return rules.Insert(ctx, w, &made)
	})
	return made, err
}

// EndRule lets a duty recur no more. The periods that were opened stay.
func (room *Room) EndRule(ctx context.Context, rule string) error {
	return room.desk.Do(ctx, "duty.set-rule", func(ctx context.Context, w *act.Work) error {
		r, err := rules.Get(ctx, w, w.Actor().Org, rule)
		if err != nil {
			return orAbsent(err)
		}
		if err := w.Permit(ctx, houseObject(r.Org)); err != nil {
			return err
		}
		if !r.Ended.IsZero() {
			return errClosed.With()
		}
		r.Ended = w.Now()
		w.Note("rule", r.ID)
		return rules.Update(ctx, w, &r)
	})
}

// Rules lists every rule, as they were made.
func (room *Room) Rules(ctx context.Context, cursor string, limit int) (web.Page[Rule], error) {
	return listed(ctx, room, "duty.list", cursor, limit, "", func(ctx context.Context, r *act.Reading, after string, n int64) ([]Rule, error) {
		return rules.Select(ctx, r, "WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", r.Actor().Org, after, n)
	}, func(r Rule) string { return r.ID })
}

// periodPlace is where a page of periods ended.
type periodPlace struct {
	First int    `json:"first"`
	Rule  string `json:"rule"`
	Dept  string `json:"department"`
}

// Periods lists the periods of a rule, or of all, the newest first.
func (room *Room) Periods(ctx context.Context, rule string, missedOnly bool, cursor string, limit int) (web.Page[Period], error) {
	which := "org = $1 AND (rule = $2 OR $3 = '') AND (first_day < $4 OR first_day = $5 AND (rule, department) > ($6, $7))"
	if missedOnly {
		which += " AND missed IS NOT NULL"
	}
	return listed(ctx, room, "duty.list", cursor, limit, periodPlace{First: math.MaxInt32}, func(ctx context.Context, r *act.Reading, after periodPlace, n int64) ([]Period, error) {
		return periods.Select(ctx, r, "WHERE "+which+" ORDER BY first_day DESC, rule, department LIMIT $8",
			r.Actor().Org, rule, rule, after.First, after.First, after.Rule, after.Dept, n)
	}, func(p Period) periodPlace { return periodPlace{p.First, p.Rule, p.Dept} })
}

// finishPeriod marks the period of a task that was done.
func finishPeriod(ctx context.Context, w *act.Work, t Task) error {
	found, err := periods.Select(ctx, w, "WHERE org = $1 AND task = $2", t.Org, t.ID)
	if err != nil {
		return err
	}
	for i := range found {
		p := &found[i]
		if p.Missed.IsZero() && !w.Now().Before(p.Deadline) {
			p.Missed = w.Now()
		}
		p.Done = w.Now()
		if err := periods.Update(ctx, w, p); err != nil {
			return err
		}
	}
	return nil
}

// begun reports whether a period is to be opened at a moment.
func (r Rule) begun(at time.Time) bool {
	return r.Ended.IsZero() && !at.Before(calendar.Date(r.Reached).Start())
}

// openPeriod opens the next period of a rule, and reports whether there is one more.
func (room *Room) openPeriod(ctx context.Context, w *act.Work, rule Rule) (bool, error) {
	cal, err := room.reckoning(ctx, w, rule.Org)
	if err != nil {
		return false, err
	}
	p := calendar.PeriodOf(calendar.Every(rule.Recurrence), calendar.Date(rule.Reached))
	if !rule.begun(w.Now()) {
		return false, nil
	}
	rule.Reached = int(p.Next().First)
	if err := rules.Update(ctx, w, &rule); err != nil {
		return false, err
	}
	w.Note("rule", rule.ID)
	w.Note("period", p.Name())
	first, worked := cal.FirstWorking(p)
	if p.Every == calendar.EveryDay && !worked {
		return rule.begun(w.Now()), nil
	}
	deadline := room.periodEnd(cal, rule, p, first)
	departments := rule.Departments
	if len(departments) == 0 {
		departments = []string{""}
	}
	for _, d := range departments {
		task, err := room.OpenIn(ctx, w, Opening{Kind: kindOf(rule.Kind), To: To{Role: rule.Role, Department: d}, Subject: rule.ID, Deadline: deadline})
		if err != nil {
			return false, err
		}
		row := Period{
			Org: rule.Org, Rule: rule.ID, Name: p.Name(), Dept: d, Kind: rule.Kind, First: int(p.First), Last: int(p.Last()),
			Deadline: deadline, Task: task.ID,
		}
		if err := periods.Insert(ctx, w, &row); err != nil {
			return false, err
		}
	}
	return rule.begun(w.Now()), nil
}

// periodEnd is by when the duty of a period must be done: within its limit from
// the first working day, and at the latest with the last working day. A period
// without one ends with the next.
func (room *Room) periodEnd(cal reckoner, rule Rule, p calendar.Period, first calendar.Date) time.Time {
	last, worked := cal.LastWorking(p)
	if !worked {
		last = cal.OnOrAfter(p.Last() + 1)
	}
	end := last.End()
	if l, err := calendar.ParseLimit(rule.Limit); err == nil {
		if limited := cal.Deadline((first - 1).Start(), l); limited.Before(end) {
			end = limited
		}
	}
	return end
}
