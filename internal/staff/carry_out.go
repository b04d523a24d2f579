package staff

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// mustCarryOut refuses an appointment to whoever does not work in the department that
// carries the role out, and without a request where one is needed (A-168, D-045). The
// house's own doings and feeds are of no department.
func mustCarryOut(ctx context.Context, w *act.Work, role string, asked bool) error {
	if w.Actor().Kind != act.Person {
		return nil
	}
	a, recorded, err := AuthorityOver(ctx, w, w.Actor().Org, RolePermission(role))
	if err != nil || !recorded {
		return err
	}
	if err := MustWorkIn(ctx, w, a.Implements, ErrNotImplementing); err != nil {
		return err
	}
	if !asked && !a.Direct {
		return errNeedsRequest.With()
	}
	return nil
}

// levels is how far up a department is looked for above another.
const levels = 5

// WorksIn reports whether somebody works in a department now, or in one above it.
func WorksIn(ctx context.Context, r db.Reader, who act.Actor, department string) (bool, error) {
	for range levels {
		if slices.Contains(who.Departments, department) {
			return true, nil
		}
		d, known, err := DepartmentOf(ctx, r, who.Org, department)
		if err != nil || !known || d.Parent == "" {
			return false, err
		}
		department = d.Parent
	}
	return false, nil
}

// MustWorkIn fails with a code, and the name of the department, unless whoever acts works
// there.
func MustWorkIn(ctx context.Context, w *act.Work, department string, code *fault.Code) error {
	there, err := WorksIn(ctx, w, w.Actor(), department)
	if err != nil || there {
		return err
	}
	name, err := departmentName(ctx, w, w.Actor().Org, department)
	if err != nil {
		return err
	}
	return code.With().At("department", fault.Text{ZH: "由" + name.ZH + "办理", EN: "is for " + name.EN})
}

func departmentName(ctx context.Context, r db.Reader, org, id string) (fault.Text, error) {
	d, known, err := DepartmentOf(ctx, r, org, id)
	if err != nil || !known {
		return fault.Text{ZH: id, EN: id}, err
	}
	return fault.Text{ZH: d.NameZH, EN: d.NameEN}, nil
}

// AppointIn makes, within the act of another room, an appointment that was asked for by a
// request and approved. The room says [Room.PowersChanged] when the act is durable.
func (r *Room) AppointIn(ctx context.Context, w *act.Work, n NewAppointment, request string) (Appointment, error) {
	if n.Since.IsZero() || n.Since.Before(w.Now()) {
		n.Since = w.Now()
	}
	if err := n.Check(w.Now()); err != nil {
		return Appointment{}, err
	}
	if err := w.PermitTo(ctx, "staff.appoint", appointing(w.Actor().Org, n.Person, n.Department)); err != nil {
		return Appointment{}, err
	}
	if err := mustCarryOut(ctx, w, n.Role, true); err != nil {
		return Appointment{}, err
	}
	if err := Appointable(ctx, w, w.Actor().Org, n); err != nil {
		return Appointment{}, err
	}
	if err := r.MustNotBeBarred(ctx, &w.Reading, n.Person); err != nil {
		return Appointment{}, err
	}
	return place(ctx, w, n, Basis{Kind: UponRequest, Reference: request})
}

// Appointable tells why nobody could appoint a person so, or nothing.
func Appointable(ctx context.Context, r db.Reader, org string, n NewAppointment) error {
	person, err := findPerson(ctx, r, org, n.Person)
	if err := mustKnow(person, err); err != nil {
		return err
	}
	if err := departmentExists(ctx, r, org, n.Department, "department"); err != nil {
		return err
	}
	return withinStays(ctx, r, person, n)
}

// PowersChanged tells those who listen that somebody's appointments have changed.
func (r *Room) PowersChanged(org, person string) { r.powersChanged(org, person) }
