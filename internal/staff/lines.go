package staff

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// handOver opens the list of a transfer: the old post takes back what was its own.
func (r *Room) handOver(ctx context.Context, w *act.Work, s Stay) error {
	if !s.nature().instead {
		return nil
	}
	return r.openLines(ctx, w, s.Person, s.ID, s.Since)
}

// openLines opens the exit list of somebody, once for an occasion.
func (r *Room) openLines(ctx context.Context, w *act.Work, person, occasion string, at time.Time) error {
	held, err := appointmentsOf(ctx, w, w.Actor().Org, person)
	if err != nil {
		return err
	}
	home := ""
	if n := len(held); n > 0 {
		home = held[n-1].Department
		for _, a := range held {
			if a.Since.Before(at) && !a.End().Before(at) {
				home = a.Department
			}
		}
	}
	for _, owner := range lineOwners {
		l := Line{
			Org: w.Actor().Org, ID: id.New(w.Now()), Person: person, Occasion: occasion, Kind: owner.kind,
			Role: owner.role, Due: at.Add(linesDue), Made: w.Now(), MadeBy: w.Actor().ID,
		}
		if owner.home {
			if l.Role, l.Department, err = headOf(ctx, w, home, person); err != nil {
				return err
			}
		}
		if err := r.openLine(ctx, w, l); err != nil {
			return err
		}
	}
	return nil
}

// headOf says who takes back what a department gave: whoever leads it, or else the
// personnel office.
func headOf(ctx context.Context, w *act.Work, department, leaver string) (role, in string, err error) {
	for _, role := range []string{"chief", "head-nurse"} {
		held, err := Holders(ctx, w, w.Actor().Org, department, role, w.Now(), 2)
		if err != nil {
			return "", "", err
		}
		if slices.ContainsFunc(held, func(a Appointment) bool { return a.Person != leaver }) {
			return role, department, nil
		}
	}
	return "personnel", "", nil
}

func (r *Room) openLine(ctx context.Context, w *act.Work, l Line) error {
	if err := lines.Insert(ctx, w, &l); err != nil {
		return err
	}
	return r.ask(ctx, w, Task{Kind: TakeBack, Subject: l.ID, Role: l.Role, Department: l.Department, Deadline: l.Due})
}

// AddLine adds something particular to the exit list of somebody.
func (r *Room) AddLine(ctx context.Context, n NewLine) (Line, error) {
	if err := n.check(); err != nil {
		return Line{}, err
	}
	var made Line
	err := r.desk.Do(ctx, "staff.add-line", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := mustKnow(findPerson(ctx, w, org, n.Person)); err != nil {
			return err
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: n.Person, Org: org, Concerns: n.Person}); err != nil {
			return err
		}
		made = Line{
			Org: org, ID: id.New(w.Now()), Person: n.Person, Kind: n.Kind, What: n.What, Role: n.Role, Department: n.Department,
			Due: w.Now().Add(linesDue), Made: w.Now(), MadeBy: w.Actor().ID,
		}
		w.Note("line", made.ID)
		return r.openLine(ctx, w, made)
	})
	return made, err
}

// SignLine says that something was taken back. Only whoever owns the line does.
func (r *Room) SignLine(ctx context.Context, line string) (Line, error) {
	var signed Line
	err := r.desk.Do(ctx, "staff.sign-line", func(ctx context.Context, w *act.Work) error {
		var err error
		if signed, err = findLine(ctx, w, w.Actor().Org, line); err != nil {
			return err
		}
		if err := w.Permit(ctx, lineObject(signed), ownLine(signed, w)...); err != nil {
			return err
		}
		if !signed.Signed.IsZero() {
			return errLineSigned.With()
		}
		signed.Signed, signed.SignedBy = w.Now(), w.Actor().ID
		w.Note("line", signed.ID)
		if err := lines.Update(ctx, w, &signed); err != nil {
			return err
		}
		return r.settled(ctx, w, TakeBack, signed.ID)
	})
	return signed, err
}

// LinesOf shows the exit lists of a person, and whether everything was taken back.
func (r *Room) LinesOf(ctx context.Context, person string) (found []Line, cleared bool, err error) {
	err = r.desk.Disclose(ctx, "staff.view-lines", func(ctx context.Context, v *act.Reading) error {
		org := v.Actor().Org
		if err := mustKnow(findPerson(ctx, v, org, person)); err != nil {
			return err
		}
		var err error
		if found, err = linesOf(ctx, v, org, person); err != nil {
			return err
		}
		var own []policy.Tie
		for _, l := range found {
			own = append(own, ownLine(l, v)...)
		}
		if err := v.Permit(ctx, policy.Object{Kind: "Person", ID: person, Org: org, Concerns: person}, own...); err != nil {
			return err
		}
		cleared = true
		for _, l := range found {
			cleared = cleared && !l.Signed.IsZero()
		}
		return nil
	})
	return found, cleared, err
}

// OpenLines lists the lines that nobody has signed yet and that the actor may see,
// the most urgent first.
func (r *Room) OpenLines(ctx context.Context) ([]Line, error) {
	var shown []Line
	err := r.desk.Disclose(ctx, "staff.view-lines", func(ctx context.Context, v *act.Reading) error {
		shown = nil
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		open, err := openLinesOf(ctx, v, org, maxOpenLines)
		if err != nil {
			return err
		}
		objects := make([]policy.Object, len(open))
		for i, l := range open {
			objects[i] = lineObject(l)
		}
		allowed, err := v.Allowed(ctx, objects)
		if err != nil {
			return err
		}
		for i, l := range open {
			if allowed[i] || l.ownedBy(v.Actor()) {
				shown = append(shown, l)
				v.Concerns(objects[i])
			}
		}
		return nil
	})
	return shown, err
}

const maxOpenLines = 500

func lineObject(l Line) policy.Object {
	return policy.Object{Kind: "Person", ID: l.Person, Org: l.Org, Department: l.Department, Concerns: l.Person}
}

// moment is an act or a reading: who acts, and when.
type moment interface {
	Actor() act.Actor
	Now() time.Time
}

// ownLine is what ties an actor to a line that he owns.
func ownLine(l Line, m moment) []policy.Tie {
	if !l.ownedBy(m.Actor()) {
		return nil
	}
	return []policy.Tie{{Kind: policy.TieTask, ID: l.ID, Role: "line", Source: "staff", Since: m.Now(), Until: m.Now().Add(time.Second)}}
}
