package amendment

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Listed is a page with the people whom it names.
type Listed[T any] struct {
	web.Page[T]
	Names map[string]staff.Name
}

// listing is what a list does alike for all its kinds of row.
type listing[T any] struct {
	verb   string
	object func(T) policy.Object
	place  func(T) listPlace
	people func(T) []string
}

// page discloses those rows of a list that may be shown. more reads a batch after a place.
func page[T any](ctx context.Context, room *Room, l listing[T], p web.Paging, more func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]T, error)) (Listed[T], error) {
	var out Listed[T]
	after := fromNewest
	if _, err := web.DecodeCursor(p.Cursor, &after); err != nil {
		return out, err
	}
	limit := web.Bounded(p.Limit)
	err := room.desk.Disclose(ctx, l.verb, func(ctx context.Context, r *act.Reading) error {
		out = Listed[T]{}
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		rows, err := more(ctx, r, after, limit+1)
		if err != nil {
			return err
		}
		if out.Page, err = web.PageOf(rows, limit, l.place); err != nil {
			return err
		}
		if err := l.keep(ctx, r, &out); err != nil {
			return err
		}
		var people []string
		for _, x := range out.Items {
			people = append(people, l.people(x)...)
		}
		out.Names, err = room.names(ctx, r, r.Actor().Org, people)
		return err
	})
	return out, err
}

// keep leaves out what the rulebook does not open, and names the patients of the rest.
func (l listing[T]) keep(ctx context.Context, r *act.Reading, out *Listed[T]) error {
	if l.object == nil {
		return nil
	}
	objects := make([]policy.Object, len(out.Items))
	for i, x := range out.Items {
		objects[i] = l.object(x)
	}
	allowed, err := r.Allowed(ctx, objects)
	if err != nil {
		return err
	}
	kept := out.Items[:0:0]
	for i, x := range out.Items {
		if allowed[i] {
			kept = append(kept, x)
			r.Concerns(objects[i])
		}
	}
	out.Items = kept
	return nil
}

// Scopes of the list of corrections.
const (
	MineOnly  = "mine"
	ToApprove = "approve"
	Everybody = "all"
)

// List discloses corrections, the newest first.
func (room *Room) List(ctx context.Context, scope, state string, p web.Paging) (Listed[Case], error) {
	l := listing[Case]{
		verb: "amendment.list", object: Case.object,
		place:  func(c Case) listPlace { return listPlace{c.Opened.UnixMicro(), c.ID} },
		people: func(c Case) []string { return []string{c.OpenedBy, c.Writer, c.DecidedBy, c.EndedBy} },
	}
	return page(ctx, room, l, p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Case, error) {
		w := whereOrg(r.Actor().Org)
		switch scope {
		case MineOnly:
			w.and("opened_by = ?", r.Actor().ID)
		case ToApprove:
			w.and("state = ?", Asked)
		}
		if state != "" {
			w.and("state = ?", state)
		}
		if r.Actor().Purpose == "care" {
			w.within("department", r.Actor().Departments, "opened_by", r.Actor().ID)
		}
		return cases.Select(ctx, r, w.before("opened", after, limit), w.args...)
	})
}

// Notices discloses who is to be told of corrections: those whom an office chases, or those
// that are one's own.
func (room *Room) Notices(ctx context.Context, amendment, state string, p web.Paging) (Listed[Notice], error) {
	l := listing[Notice]{
		verb: "amendment.list", object: Notice.object,
		place:  func(n Notice) listPlace { return listPlace{n.Made.UnixMicro(), n.ID} },
		people: func(n Notice) []string { return []string{n.Person, n.ToldBy, n.AcknowledgedBy} },
	}
	return page(ctx, room, l, p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Notice, error) {
		w := whereOrg(r.Actor().Org)
		if amendment != "" {
			w.and("amendment = ?", amendment)
		}
		if state != "" {
			w.and("state = ?", state)
		}
		if r.Actor().Purpose == "care" {
			w.and("person = ?", r.Actor().ID)
		}
		return notices.Select(ctx, r, w.before("made", after, limit), w.args...)
	})
}

// Complaints discloses complaints, the newest first.
func (room *Room) Complaints(ctx context.Context, state string, p web.Paging) (Listed[Complaint], error) {
	l := listing[Complaint]{
		verb: "amendment.complaints", place: func(c Complaint) listPlace { return listPlace{c.Brought.UnixMicro(), c.ID} },
		people: func(c Complaint) []string { return []string{c.BroughtBy, c.Writer, c.SettledBy} },
	}
	return page(ctx, room, l, p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Complaint, error) {
		w := whereOrg(r.Actor().Org)
		if state != "" {
			w.and("state = ?", state)
		}
		found, err := complaints.Select(ctx, r, w.before("brought", after, limit), w.args...)
		for _, c := range found {
			r.Concerns(c.object())
		}
		return found, err
	})
}

// Suspicions discloses entries that cannot be so, the newest first.
func (room *Room) Suspicions(ctx context.Context, state string, p web.Paging) (Listed[Suspicion], error) {
	l := listing[Suspicion]{
		verb: "amendment.suspicions", place: func(s Suspicion) listPlace { return listPlace{s.Found.UnixMicro(), s.ID} },
		people: func(s Suspicion) []string { return []string{s.Writer, s.SettledBy} },
	}
	return page(ctx, room, l, p, func(ctx context.Context, r *act.Reading, after listPlace, limit int) ([]Suspicion, error) {
		w := whereOrg(r.Actor().Org)
		if state != "" {
			w.and("state = ?", state)
		}
		found, err := suspicions.Select(ctx, r, w.before("found", after, limit), w.args...)
		for _, s := range found {
			r.Concerns(s.object())
		}
		return found, err
	})
}

// clause is a condition in the making, with its values in order.
type clause struct {
	text string
	args []any
}

func whereOrg(org string) *clause {
	return &clause{text: "WHERE org = $1", args: []any{org}}
}

// next is the place of a further value.
func (c *clause) next(value any) string {
	c.args = append(c.args, value)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *clause) and(condition string, value any) {
	c.text += " AND " + strings.Replace(condition, "?", c.next(value), 1)
}

// within keeps to some values of a column, or to what is one's own.
func (c *clause) within(column string, values []string, own, me string) {
	alternatives := []string{own + " = " + c.next(me)}
	for _, v := range values {
		alternatives = append(alternatives, column+" = "+c.next(v))
	}
	c.text += " AND (" + strings.Join(alternatives, " OR ") + ")"
}

func (c *clause) before(column string, after listPlace, limit int) string {
	c.text += " AND (" + column + ", id) < (" + c.next(after.At) + ", " + c.next(after.ID) + ") ORDER BY " + column + " DESC, id DESC LIMIT " + c.next(int64(limit))
	return c.text
}

// Seen is a correction with everything that belongs to it.
type Seen struct {
	Case
	Said    writing
	Steps   []Step
	Notices []Notice
	Words   map[string]string // what was said of notices, by id
	Names   map[string]staff.Name
}

// View discloses a correction: what it changes, and who was told. It shows no more of the
// document than the sections that it is about.
func (room *Room) View(ctx context.Context, amendment string) (s Seen, err error) {
	err = room.mine(ctx, "amendment.view", amendment, func(ctx context.Context, r *act.Reading, c Case) (err error) {
		s = Seen{Case: c, Words: map[string]string{}}
		if s.Said, err = room.read(ctx, r, c); err != nil {
			return err
		}
		if s.Steps, err = stepsOf(ctx, r, c); err != nil {
			return err
		}
		if s.Notices, err = noticesOf(ctx, r, c); err != nil {
			return err
		}
		people := []string{c.OpenedBy, c.Writer, c.DecidedBy, c.EndedBy}
		for _, n := range s.Notices {
			people = append(people, n.Person, n.ToldBy, n.AcknowledgedBy)
			if s.Words[n.ID], err = room.openWords(ctx, r, c.Org, c.Patient, n.Words, n.ID, "notice"); err != nil {
				return err
			}
		}
		s.Names, err = room.names(ctx, r, c.Org, slices.Compact(people))
		return err
	})
	return s, err
}

func (room *Room) openWords(ctx context.Context, r db.Reader, org, patient string, sealed []byte, of, field string) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	subject, err := room.o.Patients.Subject(ctx, r, org, patient)
	if err != nil {
		return "", errUnreadable.Because(err)
	}
	plain, err := subject.Open(complaintPlace(of, field), sealed)
	if err != nil {
		return "", errUnreadable.Because(err)
	}
	return string(plain), nil
}

// SaidOf is what was said of a complaint, and why it was decided so; or why a suspicion
// was cleared or confirmed.
type SaidOf struct {
	Words, Reason string
}

// SayComplaint opens the words of a complaint for whoever sees complaints.
func (room *Room) SayComplaint(ctx context.Context, complaint string) (c Complaint, said SaidOf, names map[string]staff.Name, err error) {
	err = room.desk.Disclose(ctx, "amendment.complaints", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		if c, err = complaints.Get(ctx, r, r.Actor().Org, complaint); err != nil {
			return absent(err)
		}
		r.Concerns(c.object())
		if said.Words, err = room.openWords(ctx, r, c.Org, c.Patient, c.Words, c.ID, "words"); err != nil {
			return err
		}
		if said.Reason, err = room.openWords(ctx, r, c.Org, c.Patient, c.Reason, c.ID, "reason"); err != nil {
			return err
		}
		names, err = room.names(ctx, r, c.Org, []string{c.BroughtBy, c.Writer, c.SettledBy})
		return err
	})
	return c, said, names, err
}
