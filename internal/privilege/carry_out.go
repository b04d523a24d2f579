package privilege

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger/verify"
)

// BeginChange captures the tables as they are and says that the work begins. Only
// whoever asked begins, and only within the window.
func (room *Room) BeginChange(ctx context.Context, change string) (Change, error) {
	_, seen, err := room.capture(ctx, "privilege.begin-change", change)
	if err != nil {
		return Change{}, err
	}
	return room.changeChange(ctx, "privilege.begin-change", change, func(ctx context.Context, w *act.Work, c *Change) error {
		switch {
		case c.State != Approved:
			return errOrder.With("state", c.State)
		case !c.InWindow(w.Now()):
			return errWindow.With()
		}
		c.State, c.Began = Running, w.Now()
		return keepCapture(ctx, w, *c, Before, seen)
	})
}

// ClosingChange says how a change came out.
type ClosingChange struct {
	Outcome string `json:"outcome" maxLength:"20" doc:"carried-out, rolled-back, nothing-done"`
	Result  string `json:"result" maxLength:"4000" doc:"what was done and how it was checked"`
}

// CloseChange looks at the tables again, names every row that was touched, and ends
// the change. What was touched outside of it stays unexplained.
func (room *Room) CloseChange(ctx context.Context, change string, in ClosingChange) (Change, error) {
	if err := room.desk.Begin(ctx, "privilege.close-change"); err != nil {
		return Change{}, err
	}
	e := errInput.With()
	e.MustSay("result", in.Result, maxWords)
	if !slices.Contains(outcomes, in.Outcome) {
		e.At("outcome", fault.Text{ZH: "结果应为 carried-out、rolled-back 或 nothing-done", EN: "an outcome is carried-out, rolled-back or nothing-done"})
	}
	if err := e.OrNil(); err != nil {
		return Change{}, err
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return Change{}, err
	}
	sealed, err := s.seal(place("Change", change, "result"), in.Result)
	if err != nil {
		return Change{}, err
	}
	open, seen, err := room.capture(ctx, "privilege.close-change", change)
	if err != nil {
		return Change{}, err
	}
	if open.State == Running {
		if err := room.take(ctx, seen, &open); err != nil {
			return Change{}, err
		}
	}
	return room.changeChange(ctx, "privilege.close-change", change, func(ctx context.Context, w *act.Work, c *Change) error {
		if c.State != Running {
			return errOrder.With("state", c.State)
		}
		c.Outcome, c.Result, c.ClosedBy = in.Outcome, sealed, w.Actor().ID
		if err := keepCapture(ctx, w, *c, After, seen); err != nil {
			return err
		}
		return room.endChange(ctx, w, c, Closed)
	})
}

// capture looks at the tables of a change before the act that keeps what it saw. It
// turns away whoever may not do that act, because looking reads the whole ledger.
func (room *Room) capture(ctx context.Context, verb, change string) (Change, verify.Look, error) {
	var c Change
	err := room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) (err error) {
		if c, err = changes.Get(ctx, r, r.Actor().Org, change); err != nil {
			return absent(err)
		}
		r.Note("change", c.ID)
		return r.Permit(ctx, c.object())
	})
	if err != nil || !c.Waiting() {
		return c, verify.Look{}, err
	}
	seen, err := room.eyes.Tables(ctx, c.Tables)
	return c, seen, err
}

func keepCapture(ctx context.Context, w *act.Work, c Change, moment string, seen verify.Look) error {
	for _, f := range seen.Folds {
		if err := captures.Insert(ctx, w, &Capture{Org: c.Org, Change: c.ID, Moment: moment, Table: f.Table, Rows: f.Rows, Digest: f.Digest, At: w.Now()}); err != nil {
			return err
		}
	}
	w.Note("differences", strconv.Itoa(len(seen.Differences)))
	return nil
}

// closeEnded closes changes whose window is over: what was begun is captured and
// closed, what was not has lapsed.
func (room *Room) closeEnded(ctx context.Context, now time.Time) error {
	var over []Change
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		over, err = endedChanges(ctx, r, room.org, now)
		return err
	})
	for _, c := range over {
		if err == nil {
			err = room.closeOne(ctx, c)
		}
	}
	return err
}

func (room *Room) closeOne(ctx context.Context, c Change) error {
	var seen verify.Look
	if c.State == Running {
		var err error
		if seen, err = room.eyes.Tables(ctx, c.Tables); err != nil {
			return err
		}
		if err := room.take(ctx, seen, &c); err != nil {
			return err
		}
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		fresh, err := changes.Get(ctx, w, c.Org, c.ID)
		if err != nil || !fresh.Waiting() || fresh.State != c.State {
			return err
		}
		w.Note("change", c.ID)
		state := Lapsed
		if fresh.State == Running {
			state, fresh.Outcome = Closed, WindowOver
			if err := keepCapture(ctx, w, fresh, After, seen); err != nil {
				return err
			}
		}
		if err := room.endChange(ctx, w, &fresh, state); err != nil {
			return err
		}
		return changes.Update(ctx, w, &fresh)
	})
}
