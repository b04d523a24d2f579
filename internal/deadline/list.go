package deadline

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Boxes of a list.
const (
	BoxOverdue     = "overdue"     // missing, its limit has passed
	BoxSoon        = "soon"        // due within a day
	BoxOpen        = "open"        // missing, due or not
	BoxPaused      = "paused"      // its clock stands still
	BoxUnexplained = "unexplained" // late or backdated, and nobody said why
	BoxLate        = "late"        // written late
	BoxBackdated   = "backdated"
	BoxUnsigned    = "unsigned" // there, and not signed
	BoxOnTime      = "on-time"
)

// soon is how far ahead the list of what is due soon looks.
const soon = 24 * time.Hour

// Filter chooses dues.
type Filter struct {
	Box         string
	Department  string
	Requirement string
	Month       string // of the limit, as 2026-10
	person      string
}

// Listed is a page of dues with those whom it names.
type Listed struct {
	web.Page[Line]
	Names       map[string]staff.Name
	Departments map[string]fault.Text
}

// duePlace is where a page ended.
type duePlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

// Mine discloses to somebody what he is to write, or wrote late.
func (room *Room) Mine(ctx context.Context, box string, p web.Paging) (Listed, error) {
	return room.list(ctx, "deadline.mine", Filter{Box: box, person: act.From(ctx).ID}, p)
}

// List discloses the dues of a department, or of the house.
func (room *Room) List(ctx context.Context, f Filter, p web.Paging) (Listed, error) {
	f.person = ""
	return room.list(ctx, "deadline.list", f, p)
}

func (room *Room) list(ctx context.Context, verb string, f Filter, p web.Paging) (Listed, error) {
	var l Listed
	var after duePlace
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return l, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		if err := permitList(ctx, r, f.Department); err != nil {
			return err
		}
		where, args, err := f.where(r.Actor().Org, r.Now())
		if err != nil {
			return err
		}
		n := len(args)
		where += " AND (due_at, id) > ($" + strconv.Itoa(n+1) + ", $" + strconv.Itoa(n+2) + ") ORDER BY due_at, id LIMIT $" + strconv.Itoa(n+3)
		found, err := dues.Select(ctx, r, where, append(args, after.At, after.ID, int64(limit)+1)...)
		if err != nil {
			return err
		}
		page, err := web.PageOf(found, limit, func(d Due) duePlace { return duePlace{d.At.UnixMicro(), d.ID} })
		if err != nil {
			return err
		}
		l, err = room.filled(ctx, r, page)
		return err
	})
	return l, err
}

// permitList asks whether the dues of a department, or of the house, may be listed.
func permitList(ctx context.Context, r *act.Reading, department string) error {
	o := houseObject(r.Actor().Org)
	if department == "" {
		return r.Permit(ctx, o)
	}
	answers, err := tieOfHead(ctx, r, department)
	if err != nil {
		return err
	}
	return r.Permit(ctx, policy.Object{Kind: "Department", ID: department, Org: r.Actor().Org, Department: department}, answers...)
}

// filled adds to a page what its dues are called and whose they are.
func (room *Room) filled(ctx context.Context, r *act.Reading, page web.Page[Due]) (l Listed, err error) {
	f, _, err := forceAt(ctx, r, r.Actor().Org, r.Now())
	if err != nil {
		return l, err
	}
	all, err := room.lines(ctx, r, f, page.Items, false)
	if err != nil {
		return l, err
	}
	var patients, departments []string
	for _, line := range all {
		patients, departments = append(patients, line.Patient), append(departments, line.Department)
	}
	called, err := room.called(ctx, r, patients)
	if err != nil {
		return l, err
	}
	for i := range all {
		all[i].Called = called[all[i].Patient]
	}
	l.Items, l.Next = all, page.Next
	slices.Sort(departments)
	if l.Departments, err = staff.DepartmentNames(ctx, r, r.Actor().Org, slices.Compact(departments)); err != nil {
		return l, err
	}
	l.Names, err = staff.Names(ctx, r, r.Actor().Org, peopleOf(all), r.Now())
	return l, err
}

// called are the masked names of those patients whose limits the reader could open, and
// of no others. The account names each.
func (room *Room) called(ctx context.Context, r *act.Reading, patients []string) (map[string]string, error) {
	slices.Sort(patients)
	patients = slices.Compact(patients)
	known, err := room.patients.FindAll(ctx, r, r.Actor().Org, patients)
	if err != nil || len(patients) == 0 {
		return nil, err
	}
	objects := make([]policy.Object, len(patients))
	for i, one := range patients {
		objects[i] = known[one].Object
	}
	allowed, err := r.AllowedTo(ctx, "deadline.see", objects)
	if err != nil {
		return nil, err
	}
	var named []string
	for i, one := range patients {
		if allowed[i] {
			named = append(named, one)
			r.Concerns(objects[i])
		}
	}
	return room.patients.Called(ctx, r, r.Actor().Org, named)
}

// where is the condition of a filter.
func (f Filter) where(org string, now time.Time) (string, []any, error) {
	where, args := "WHERE org = $1", []any{org}
	add := func(part string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			part = strings.Replace(part, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		where += " AND " + part
	}
	if f.person != "" {
		add("person = ?", f.person)
	}
	if f.Department != "" {
		add("department = ?", f.Department)
	}
	if f.Requirement != "" {
		add("requirement = ?", f.Requirement)
	}
	if f.Month != "" {
		from, to, err := monthOf(f.Month)
		if err != nil {
			return "", nil, err
		}
		add("due_at >= ? AND due_at < ?", from.UnixMicro(), to.UnixMicro())
	}
	switch f.Box {
	case BoxOverdue:
		add("state = ? AND paused IS NULL AND due_at <= ?", Open, now.UnixMicro())
	case BoxSoon:
		add("state = ? AND paused IS NULL AND due_at > ? AND due_at <= ?", Open, now.UnixMicro(), now.Add(soon).UnixMicro())
	case BoxPaused:
		add("state = ? AND paused IS NOT NULL", Open)
	case BoxUnexplained:
		add("explained = ? AND (state = ? AND (late = ? OR backdated = ?) OR state = ? AND paused IS NULL AND due_at <= ?)", 0, Met, 1, 1, Open, now.UnixMicro())
	case BoxLate:
		add("state = ? AND late = ?", Met, 1)
	case BoxBackdated:
		add("state = ? AND backdated = ?", Met, 1)
	case BoxUnsigned:
		add("state = ? AND signed = ?", Met, 0)
	case BoxOnTime:
		add("state = ? AND late = ?", Met, 0)
	default:
		add("state = ?", Open)
	}
	return where, args, nil
}

// monthOf is when a month of China time begins and ends.
func monthOf(month string) (from, to time.Time, err error) {
	from, err = time.ParseInLocation("2006-01", month, calendar.Zone)
	if err != nil {
		return from, to, errInput.With().At("month", text("月份应如 2026-10", "a month is such as 2026-10"))
	}
	return from, from.AddDate(0, 1, 0), nil
}
