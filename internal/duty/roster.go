package duty

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// RosterKind is in which capacity somebody stands on a roster.
type RosterKind string

// The capacities.
const (
	Shift         RosterKind = "shift"         // on duty in a department
	Administrator RosterKind = "administrator" // 总值班: answers for the house out of hours
	HeadOf        RosterKind = "head"          // answers for a department
	Cover         RosterKind = "cover"         // stands in for a colleague
)

// Turn is somebody's time on a roster. It gives rights, so its row is keyed.
type Turn struct {
	Org       string     `db:"org,key"`
	ID        string     `db:"id,key"`
	Kind      RosterKind `db:"kind"`
	Dept      string     `db:"department"` // empty for an administrator
	Person    string     `db:"person"`
	InsteadOf string     `db:"instead_of"` // whom a cover stands in for
	Since     time.Time  `db:"since"`
	Until     time.Time  `db:"until"`
	Ended     time.Time  `db:"ended"` // zero unless ended before Until
	By        string     `db:"made_by"`
	MAC       []byte     `db:"mac"`
}

// longestTurn bounds turns: who answers for a department is confirmed every year.
var longestTurn = map[RosterKind]time.Duration{
	Shift: 7 * 24 * time.Hour, Administrator: 7 * 24 * time.Hour, HeadOf: 366 * 24 * time.Hour, Cover: 92 * 24 * time.Hour,
}

var turns = db.Define[Turn]("duty_roster")

const turnLive = "since <= $2 AND until > $3 AND (ended IS NULL OR ended > $4)"

func liveTurns(ctx context.Context, r db.Reader, org string, at time.Time, where string, args ...any) ([]Turn, error) {
	now := at.UnixMicro()
	return turns.Select(ctx, r, "WHERE org = $1 AND "+turnLive+" AND "+where+" ORDER BY since DESC, id DESC LIMIT 100", append([]any{org, now, now, now}, args...)...)
}

// OnDuty returns who is on duty in a department at a moment.
func OnDuty(ctx context.Context, r db.Reader, org, department string, at time.Time) ([]string, error) {
	return personsOf(liveTurns(ctx, r, org, at, "kind = $5 AND department = $6", string(Shift), department))
}

// AdministratorsOnDuty returns who is administrator on duty (总值班) at a moment.
func AdministratorsOnDuty(ctx context.Context, r db.Reader, org string, at time.Time) ([]string, error) {
	return personsOf(liveTurns(ctx, r, org, at, "kind = $5", string(Administrator)))
}

// HeadsOf returns who answers for a department at a moment: those whom the roster
// names, or else its chief physicians and head nurses, or else the heads of the
// department above.
func HeadsOf(ctx context.Context, r db.Reader, org, department string, at time.Time) ([]string, error) {
	const levels = 5
	for range levels {
		if department == "" {
			return nil, nil
		}
		heads, err := personsOf(liveTurns(ctx, r, org, at, "kind = $5 AND department = $6", string(HeadOf), department))
		if err != nil || len(heads) > 0 {
			return heads, err
		}
		for _, role := range []string{"chief", "head-nurse"} {
			held, err := staff.Holders(ctx, r, org, department, role, at, maxTold)
			if err != nil {
				return nil, err
			}
			for _, a := range held {
				heads = append(heads, a.Person)
			}
		}
		if len(heads) > 0 {
			return distinct(heads), nil
		}
		above, _, err := staff.DepartmentOf(ctx, r, org, department)
		if err != nil {
			return nil, err
		}
		department = above.Parent
	}
	return nil, nil
}

// coversOf returns who stands in for a person at a moment.
func coversOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]string, error) {
	return personsOf(liveTurns(ctx, r, org, at, "kind = $5 AND instead_of = $6", string(Cover), person))
}

func personsOf(live []Turn, err error) ([]string, error) {
	var persons []string
	for _, t := range live {
		persons = append(persons, t.Person)
	}
	return distinct(persons), err
}

func distinct(persons []string) []string {
	slices.Sort(persons)
	return slices.Compact(persons)
}

// NewTurn is what is asked for when somebody is put on a roster. A zero Since is
// now.
type NewTurn struct {
	Kind      RosterKind
	Dept      string
	Person    string
	InsteadOf string
	Since     time.Time
	Until     time.Time
}

func (n NewTurn) check(now time.Time) error {
	e := errInput.With()
	longest, known := longestTurn[n.Kind]
	if !known {
		e.At("kind", fault.Text{ZH: "应为 shift（值班）、administrator（总值班）、head（负责人）或 cover（代班）", EN: "must be shift, administrator, head or cover"})
	}
	e.MustSay("person", n.Person, maxName)
	if n.Kind != Administrator {
		e.MustSay("department", n.Dept, maxName)
	}
	if n.Kind == Cover && (n.InsteadOf == "" || n.InsteadOf == n.Person) {
		e.At("insteadOf", fault.Text{ZH: "请选择被代班的另一人", EN: "choose the colleague who is stood in for"})
	}
	switch {
	case !n.Until.After(n.Since) || !n.Until.After(now):
		e.At("until", fault.Text{ZH: "结束时间应晚于开始时间和现在", EN: "the end must be later than the beginning and than now"})
	case known && n.Until.Sub(n.Since) > longest:
		days := calendarDays(longest)
		e.At("until", fault.Text{ZH: "一次最长 " + days + " 天，到期可续", EN: "lasts at most " + days + " days and can be renewed"})
	}
	return e.OrNil()
}

// PutOnRoster gives somebody a turn.
func (room *Room) PutOnRoster(ctx context.Context, n NewTurn) (Turn, error) {
	if err := room.desk.Begin(ctx, "duty.set-roster"); err != nil {
		return Turn{}, err
	}
	now := room.desk.Now()
	if n.Since.IsZero() {
		n.Since = now
	}
	if err := n.check(now); err != nil {
		return Turn{}, err
	}
	var made Turn
	err := room.desk.Do(ctx, "duty.set-roster", func(ctx context.Context, w *act.Work) error {
		made = Turn{
			Org: w.Actor().Org, ID: id.New(w.Now()), Kind: n.Kind, Dept: n.Dept, Person: n.Person, InsteadOf: n.InsteadOf,
			Since: n.Since.UTC(), Until: n.Until.UTC(), By: w.Actor().ID,
		}
		if err := room.permitRoster(ctx, w, made); err != nil {
			return err
		}
		if err := mustBeThere(ctx, w, made); err != nil {
			return err
		}
		if err := mustNotConflict(ctx, w, made); err != nil {
			return err
		}
		w.Note("turn", made.ID)
		w.Note("kind", string(made.Kind))
		return turns.Insert(ctx, w, &made)
	})
	return made, err
}

// EndTurn ends a turn now.
func (room *Room) EndTurn(ctx context.Context, turn string) error {
	return room.desk.Do(ctx, "duty.set-roster", func(ctx context.Context, w *act.Work) error {
		t, err := turns.Get(ctx, w, w.Actor().Org, turn)
		if err != nil {
			return orAbsent(err)
		}
		if err := room.permitRoster(ctx, w, t); err != nil {
			return err
		}
		if !t.Until.After(w.Now()) || !t.Ended.IsZero() {
			return errClosed.With()
		}
		t.Ended = w.Now()
		w.Note("turn", t.ID)
		return turns.Update(ctx, w, &t)
	})
}

// permitRoster asks about shifts and covers of the department, and about those who
// answer for something of the house.
func (room *Room) permitRoster(ctx context.Context, w *act.Work, t Turn) error {
	if t.Kind == HeadOf || t.Kind == Administrator {
		return w.Permit(ctx, policy.Object{Kind: "House", ID: t.Org, Org: t.Org})
	}
	f, err := room.footingOf(ctx, w, w.Actor(), w.Now())
	if err != nil {
		return err
	}
	answers, err := f.answersFor(ctx, w, t.Dept)
	if err != nil {
		return err
	}
	var ties []policy.Tie
	if answers {
		ties = append(ties, f.tie(policy.TieDuty))
	}
	return w.Permit(ctx, policy.Object{Kind: "Department", ID: t.Dept, Org: t.Org, Department: t.Dept}, ties...)
}

func mustBeThere(ctx context.Context, w *act.Work, t Turn) error {
	e := errInput.With()
	persons := []string{t.Person}
	if t.InsteadOf != "" {
		persons = append(persons, t.InsteadOf)
	}
	known, err := staff.Known(ctx, w, t.Org, persons)
	if err != nil {
		return err
	}
	if !known[t.Person] {
		e.At("person", fault.Text{ZH: "没有此人，请从人员列表中选择", EN: "names nobody; choose from the list of staff"})
	}
	if t.InsteadOf != "" && !known[t.InsteadOf] {
		e.At("insteadOf", fault.Text{ZH: "没有此人，请从人员列表中选择", EN: "names nobody; choose from the list of staff"})
	}
	if t.Kind == Cover && known[t.InsteadOf] {
		belongs, err := belongsTo(ctx, w, t.Org, t.InsteadOf, t.Dept, w.Now())
		if err != nil {
			return err
		}
		if !belongs {
			e.At("insteadOf", fault.Text{ZH: "此人不在该科室任职，请由其所在科室排代班", EN: "holds no post in this department; the department where the post is sets the cover"})
		}
	}
	if t.Dept != "" {
		_, found, err := staff.DepartmentOf(ctx, w, t.Org, t.Dept)
		if err != nil {
			return err
		}
		if !found {
			e.At("department", fault.Text{ZH: "没有这个科室", EN: "names no department"})
		}
	}
	return e.OrNil()
}

// mustNotConflict refuses a cover that would put posts into one hand that exclude one
// another, for however short a time.
func mustNotConflict(ctx context.Context, r db.Reader, t Turn) error {
	if t.Kind != Cover {
		return nil
	}
	var roles []string
	for _, person := range []string{t.Person, t.InsteadOf} {
		standing, err := staff.StandingOf(ctx, r, t.Org, person, t.Since)
		if err != nil {
			return err
		}
		for _, a := range standing.Appointments {
			roles = append(roles, a.Role)
		}
	}
	if len(policy.ConflictsAmong(roles)) > 0 {
		return errConflict.With()
	}
	return nil
}

// belongsTo reports whether somebody holds a post in a department: whoever sets the
// roster of one must not give away the patients of another.
func belongsTo(ctx context.Context, r db.Reader, org, person, department string, at time.Time) (bool, error) {
	standing, err := staff.StandingOf(ctx, r, org, person, at)
	if errors.Is(err, staff.ErrNoPerson) {
		return false, nil
	}
	return slices.ContainsFunc(standing.Appointments, func(a staff.Appointment) bool { return a.Department == department }), err
}

// RosterFilter chooses turns of a list.
type RosterFilter struct {
	Dept     string
	From, To time.Time // what touches this stretch
}

// turnPlace is where a page of turns ended.
type turnPlace struct {
	Since int64  `json:"since"`
	ID    string `json:"id"`
}

// Roster lists turns by their beginning.
func (room *Room) Roster(ctx context.Context, f RosterFilter, cursor string, limit int) (web.Page[Turn], error) {
	return listed(ctx, room, "duty.list", cursor, limit, turnPlace{Since: math.MinInt64}, func(ctx context.Context, r *act.Reading, after turnPlace, n int64) ([]Turn, error) {
		return turns.Select(ctx, r, `WHERE org = $1 AND since < $2 AND until > $3 AND ended IS NULL AND (department = $4 OR $5 = '')
			AND (since, id) > ($6, $7) ORDER BY since, id LIMIT $8`,
			r.Actor().Org, f.To.UnixMicro(), f.From.UnixMicro(), f.Dept, f.Dept, after.Since, after.ID, n)
	}, func(t Turn) turnPlace { return turnPlace{t.Since.UnixMicro(), t.ID} })
}

// footing is what somebody is in the eyes of tasks at a moment.
type footing struct {
	org, person   string
	at            time.Time
	posts         []staff.Appointment
	covers        []string // colleagues whom he stands in for
	heads         []string // departments that the roster says he answers for
	administrator bool
}

func (room *Room) footingOf(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) (footing, error) {
	f := footing{org: actor.Org, person: actor.ID, at: at}
	if actor.Kind != act.Person {
		return f, nil
	}
	standing, err := staff.StandingOf(ctx, r, actor.Org, actor.ID, at)
	if err != nil && !errors.Is(err, staff.ErrNoPerson) {
		return f, err
	}
	f.posts = standing.Appointments
	mine, err := liveTurns(ctx, r, actor.Org, at, "person = $5", actor.ID)
	for _, t := range mine {
		switch t.Kind {
		case Cover:
			f.covers = append(f.covers, t.InsteadOf)
		case HeadOf:
			f.heads = append(f.heads, t.Dept)
		case Administrator:
			f.administrator = true
		}
	}
	return f, err
}

// answersFor reports whether he answers for a department.
func (f footing) answersFor(ctx context.Context, r db.Reader, department string) (bool, error) {
	if f.administrator || department != "" && slices.Contains(f.heads, department) {
		return true, nil
	}
	leads := slices.ContainsFunc(f.posts, func(a staff.Appointment) bool { return a.Role == "chief" || a.Role == "head-nurse" })
	if !leads && len(f.heads) == 0 || department == "" {
		return false, nil
	}
	heads, err := HeadsOf(ctx, r, f.org, department, f.at)
	return slices.Contains(heads, f.person), err
}

// inPool reports whether a task that nobody has waits for him among others.
func (f footing) inPool(t Task) bool {
	return t.Person == "" && slices.ContainsFunc(f.posts, func(a staff.Appointment) bool {
		return (t.Dept == "" || t.Dept == a.Department) && (t.Role == "" || t.Role == a.Role) && (t.Dept != "" || t.Role != "")
	})
}

// tie lasts as long as the act that is asked about.
func (f footing) tie(kind string) policy.Tie {
	return policy.Tie{Kind: kind, ID: f.person, Source: "duty", Since: f.at, Until: f.at.Add(time.Minute)}
}

// ties are what links him to a task.
func (f footing) ties(ctx context.Context, r db.Reader, t Task) ([]policy.Tie, error) {
	var found []policy.Tie
	waits := f.inPool(t) || t.Person != "" && slices.Contains(f.covers, t.Person)
	if !waits && t.Level > 0 {
		var err error
		if waits, err = escalatedTo(ctx, r, t.Org, t.ID, f.person); err != nil {
			return nil, err
		}
	}
	if waits {
		found = append(found, f.tie(policy.TieTask))
	}
	answers, err := f.answersFor(ctx, r, t.Dept)
	if answers {
		found = append(found, f.tie(policy.TieDuty))
	}
	return found, err
}
