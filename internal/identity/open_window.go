package identity

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// NewWindow is a temporary window as somebody asks for it.
type NewWindow struct {
	Person string // empty: for oneself
	Why    string
	Since  time.Time
	Until  time.Time
}

func (n NewWindow) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(windowReasons, n.Why) {
		choices := strings.Join(windowReasons, ", ")
		e.At("body.why", fault.Text{ZH: "应为以下之一：" + choices, EN: "must be one of " + choices})
	}
	if n.Since.After(now.Add(windowLife)) {
		e.At("body.since", fault.Text{ZH: "最早提前七天申请", EN: "must begin within seven days"})
	}
	if !n.Until.After(n.Since) || !n.Until.After(now) || n.Until.After(n.Since.Add(windowLife)) {
		e.At("body.until", fault.Text{ZH: "应晚于开始时间，且不超过七天", EN: "must be later than the beginning, by seven days at most"})
	}
	return e.OrNil()
}

// AskWindow asks that somebody may sign in outside his hours for a time (E-147).
func (r *Room) AskWindow(ctx context.Context, n NewWindow) (Window, error) {
	const verb = "identity.ask-window"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return Window{}, err
	}
	if err := n.check(r.desk.Now()); err != nil {
		return Window{}, err
	}
	var asked Window
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		who := w.Actor()
		asked = Window{
			Org: who.Org, ID: id.New(w.Now()), Person: n.Person, State: WindowAsked, Why: n.Why,
			Since: n.Since.UTC(), Until: n.Until.UTC(), Asked: w.Now(), AskedBy: who.ID,
		}
		if asked.Person == "" {
			asked.Person = who.ID
		}
		if err := w.Permit(ctx, objectOfWindow(asked)); err != nil {
			return err
		}
		if _, err := staff.StandingOf(ctx, w, asked.Org, asked.Person, w.Now()); err != nil {
			return err
		}
		w.Note("window", asked.ID)
		return windows.Insert(ctx, w, &asked)
	})
	return asked, r.doubted(ctx, err)
}

// DecideWindow approves or declines a window. Nobody decides about his own, nor
// about one for which he has asked.
func (r *Room) DecideWindow(ctx context.Context, window string, approve bool) error {
	const verb = "identity.decide-window"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return err
	}
	var of Window
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		var err error
		of, err = windows.Get(ctx, w, w.Actor().Org, window)
		if errors.Is(err, db.ErrNone) {
			return errNoWindow.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOfWindow(of)); err != nil {
			return err
		}
		if of.State != WindowAsked || !of.Until.After(w.Now()) {
			return errNoWindow.With()
		}
		of.Decided, of.DecidedBy, of.State = w.Now(), w.Actor().ID, WindowDeclined
		if approve {
			of.State = WindowApproved
		}
		w.Note("window", of.ID)
		w.Note("state", string(of.State))
		if err := windows.Update(ctx, w, &of); err != nil {
			return err
		}
		return r.tell(ctx, w, of.Person, ToldWindow, of.ID)
	})
	if err == nil {
		r.present.dropPerson(of.Person)
	}
	return r.doubted(ctx, err)
}

// ListWindows lists the windows that wait or are not over.
func (r *Room) ListWindows(ctx context.Context) ([]Window, error) {
	var found []Window
	err := r.desk.Disclose(ctx, "identity.list-windows", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		found, err = windows.Select(ctx, v, "WHERE org = $1 AND until > $2 ORDER BY id", org, v.Now().UnixMicro())
		return err
	})
	return found, r.doubted(ctx, err)
}

// objectOfWindow is a window as the rulebook sees it: whoever asked is its author.
func objectOfWindow(w Window) policy.Object {
	return policy.Object{Kind: "Account", ID: w.ID, Org: w.Org, Concerns: w.Person, Author: w.AskedBy}
}

// inHours leaves out the appointments that do not count now, where the rules bind
// them to hours and nobody has approved a window.
func (r *Room) inHours(ctx context.Context, v db.Reader, rules Rules, s staff.Standing, remote bool, at time.Time) ([]staff.Appointment, error) {
	counting := rules.inHours(s.Appointments, s.Person.ID, remote, at)
	if len(counting) == len(s.Appointments) {
		return counting, nil
	}
	approved, err := windows.Select(ctx, v, "WHERE org = $1 AND person = $2 AND until > $3 AND state = $4 ORDER BY id",
		s.Person.Org, s.Person.ID, at.UnixMicro(), string(WindowApproved))
	if err != nil || !slices.ContainsFunc(approved, func(w Window) bool { return w.open(at) }) {
		return counting, err
	}
	return s.Appointments, nil
}

// countDenial counts what was refused for a cause today.
func countDenial(ctx context.Context, w db.Writer, org, why string, at time.Time) error {
	today := denial{Org: org, Day: dayOf(at), Why: why}
	found, err := denials.Get(ctx, w, org, today.Day, why)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	today.N = found.N + 1
	return denials.Put(ctx, w, &today)
}
