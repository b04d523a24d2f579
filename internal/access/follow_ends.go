package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const (
	// overlap is how far back each look goes: further than the clocks of two processes
	// differ, and than an entry takes to be found.
	overlap = time.Minute
	// firstLook is how far back a process looks when no process has looked before.
	firstLook = 2 * time.Hour
	// furthest is how far back a process looks when the house was off.
	furthest = 30 * day
	// stretch is how much of the past one look takes up.
	stretch = 6 * time.Hour
)

// followed is what this process knows of the ends that were ordered.
type followed struct {
	mu     sync.Mutex
	looked time.Time            // up to when it has taken up orders
	orders map[string]time.Time // seen, by act
	told   map[string]bool      // of which open pages were told, by ending
	beaten time.Time
	ranOut time.Time // until when what ran out by itself was told
}

// FollowEnds takes up the orders to end a right, whichever room they came from, tells
// the open pages of this process, and tries whether they hold here. Every process of a
// house calls it every second.
func (room *Room) FollowEnds(ctx context.Context) error {
	room.ends.mu.Lock()
	defer room.ends.mu.Unlock()
	if room.ledger == nil {
		return nil
	}
	return errors.Join(room.beat(ctx), room.takeUpOrders(ctx), room.tryEnds(ctx), room.tellRunOut(ctx))
}

// beat says that this process is there.
func (room *Room) beat(ctx context.Context) error {
	now := room.desk.Now()
	if now.Sub(room.ends.beaten) < beatEvery {
		return nil
	}
	since := room.ends.beaten
	err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		known, err := processes.Get(ctx, w, room.org, room.name)
		if errors.Is(err, db.ErrNone) {
			known, err = Process{Org: room.org, Name: room.name, Since: now}, nil
		}
		if err != nil {
			return err
		}
		known.Seen = now
		if err := processes.Put(ctx, w, &known); err != nil {
			return err
		}
		if err := room.keepPlace(ctx, w); err != nil || !since.IsZero() {
			return err
		}
		gone, err := processes.Select(ctx, w, "WHERE org = $1 AND seen < $2", room.org, now.Add(-day).UnixMicro())
		for _, p := range gone {
			err = errors.Join(err, processes.Delete(ctx, w, &p))
		}
		return err
	})
	if err == nil {
		room.ends.beaten = now
	}
	return err
}

// keepPlace keeps how far this process has come, unless another is further.
func (room *Room) keepPlace(ctx context.Context, w db.Writer) error {
	if room.ends.looked.IsZero() {
		return nil
	}
	known, err := followeds.Get(ctx, w, room.org)
	if errors.Is(err, db.ErrNone) {
		known, err = Followed{Org: room.org}, nil
	}
	if err != nil || !room.ends.looked.After(known.Until) {
		return err
	}
	known.Until = room.ends.looked
	return followeds.Put(ctx, w, &known)
}

// begin finds from where a process that begins takes up orders: where the house had
// come to, bounded by [furthest].
func (room *Room) begin(ctx context.Context, now time.Time) error {
	var place Followed
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		place, err = followeds.Get(ctx, r, room.org)
		return err
	})
	switch {
	case errors.Is(err, db.ErrNone):
		place.Until = now.Add(-firstLook)
	case err != nil:
		return err
	case place.Until.After(now):
		place.Until = now
	}
	if bound := now.Add(-furthest); place.Until.Before(bound) {
		if room.alarm != nil {
			room.alarm(ctx, "the house was off for so long that orders to end a right are not followed from where it had stopped", errors.New("followed until "+place.Until.Format(time.RFC3339)))
		}
		place.Until = bound
	}
	known := &room.ends
	known.looked, known.orders, known.told, known.ranOut = place.Until, map[string]time.Time{}, map[string]bool{}, now
	return nil
}

// takeUpOrders writes down which rights the acts of the last moments were to end. What
// lies further back is taken up stretch by stretch.
func (room *Room) takeUpOrders(ctx context.Context) error {
	now, known := room.desk.Now(), &room.ends
	if known.looked.IsZero() {
		if err := room.begin(ctx, now); err != nil {
			return err
		}
	}
	from, to := known.looked.Add(-overlap), now
	if further := known.looked.Add(stretch); further.Before(now) {
		to = further
	}
	var fresh []ledger.Entry
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		fresh, err = room.ordersBetween(ctx, r, from, to)
		return err
	})
	for _, e := range fresh {
		if failed := room.takeUp(ctx, e); failed != nil {
			return errors.Join(err, failed)
		}
		known.orders[e.ID] = now
	}
	if err != nil {
		return err
	}
	known.looked = to
	for order, seen := range known.orders {
		if seen.Before(from.Add(-overlap)) {
			delete(known.orders, order)
		}
	}
	return nil
}

// ordersBetween reads the orders that this process has not seen, up to and with a moment.
func (room *Room) ordersBetween(ctx context.Context, r db.Reader, from, to time.Time) ([]ledger.Entry, error) {
	var fresh []ledger.Entry
	q := ledger.Query{Org: room.org, Verbs: endingVerbs, Outcome: ledger.Done, From: from, To: to.Add(overlap), Limit: ledger.MaxPage}
	for {
		page, err := room.ledger.Search(ctx, r, q)
		if err != nil {
			return nil, err
		}
		for _, line := range page.Lines {
			if _, seen := room.ends.orders[line.ID]; seen {
				continue
			}
			entry, err := room.ledger.ByID(ctx, r, line.ID)
			if err != nil {
				return nil, err
			}
			fresh = append(fresh, entry.Entry)
		}
		if page.Next == 0 {
			return fresh, nil
		}
		q.After = page.Next
	}
}

// takeUp writes down what one act was to end, unless another process has.
func (room *Room) takeUp(ctx context.Context, e ledger.Entry) error {
	var ordered []EndingOf
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		taken, err := endingsOrdered(ctx, r, e.Org, e.ID)
		if err == nil && len(taken) == 0 {
			ordered, err = endedBy(ctx, r, e)
		}
		return err
	})
	if err != nil || len(ordered) == 0 {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		taken, err := endingsOrdered(ctx, w, e.Org, e.ID)
		if err != nil || len(taken) > 0 {
			return err
		}
		w.Note("order", e.ID)
		for _, one := range ordered {
			one.ID = id.New(w.Now())
			if err := endings.Insert(ctx, w, &one); err != nil {
				return err
			}
		}
		return nil
	})
}

// endedBy reads what an act ended, of every kind.
func endedBy(ctx context.Context, r db.Reader, e ledger.Entry) ([]EndingOf, error) {
	var ordered []EndingOf
	asked := time.UnixMicro(e.At).UTC()
	for _, k := range endKinds {
		if !slices.Contains(k.verbs, e.Verb) {
			continue
		}
		for _, subject := range k.named(e) {
			person, patient, due, met, err := k.whose(ctx, r, e.Org, subject)
			if err != nil {
				return nil, err
			}
			if !met {
				continue
			}
			if due.Before(asked) {
				due = asked
			}
			ordered = append(ordered, EndingOf{
				Org: e.Org, Act: e.ID, Kind: k.id, Subject: subject, Person: person, Patient: patient, By: e.Actor.ID, Asked: asked, Due: due, State: Ending, Trials: []EndTrial{},
			})
		}
	}
	return ordered, nil
}

// tryEnds tries, in this process, what should have ended.
func (room *Room) tryEnds(ctx context.Context) error {
	now := room.desk.Now()
	var waiting, settled []EndingOf
	var alive []string
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		// Others may have settled what this process has not heard of.
		if settled, err = endingsSettled(ctx, r, room.org, now.Add(-overlap), enough); err != nil {
			return err
		}
		if waiting, err = endingsDue(ctx, r, room.org, now, enough); err != nil || len(waiting) == 0 {
			return err
		}
		alive, err = processesAlive(ctx, r, room.org, now)
		return err
	})
	told := map[string]bool{}
	for _, e := range slices.Concat(settled, waiting) {
		if told[e.ID] = true; !room.ends.told[e.ID] {
			room.endHere(e)
		}
	}
	for _, e := range waiting {
		err = errors.Join(err, room.tryEnd(ctx, e, alive))
	}
	room.ends.told = told
	return err
}

// endHere lets this process forget what it knew of the person, before his open pages ask
// again.
func (room *Room) endHere(e EndingOf) {
	if e.Person == "" {
		return
	}
	room.forget(e.Person)
	room.pages.tell(e.Person, duty.Ended{Kind: e.Kind, Patient: e.Patient, At: e.Due})
}

func (room *Room) tryEnd(ctx context.Context, e EndingOf, alive []string) error {
	if e.triedBy(room.name) {
		if !slices.ContainsFunc(alive, func(p string) bool { return !e.triedBy(p) }) {
			return room.settleEnd(ctx, e, EndTrial{})
		}
		return nil
	}
	found := EndTrial{Process: room.name, At: room.desk.Now()}
	remains := ""
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		found.Open, remains, err = room.stillOpen(ctx, r, e, found.At)
		return err
	})
	if err != nil || len(found.Open) > 0 && found.At.Before(e.Due.Add(patience)) {
		return err
	}
	e.Remains = remains
	return room.settleEnd(ctx, e, found)
}

// settleEnd keeps what a process found, and what the order has come to by that.
func (room *Room) settleEnd(ctx context.Context, e EndingOf, found EndTrial) error {
	failed := false
	err := room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		failed = false
		fresh, err := endings.Get(ctx, w, e.Org, e.ID)
		if err != nil || fresh.State != Ending || found.Process != "" && fresh.triedBy(found.Process) {
			return err
		}
		alive, err := processesAlive(ctx, w, e.Org, w.Now())
		if err != nil {
			return err
		}
		if found.Process != "" {
			fresh.Trials, fresh.Remains = append(fresh.Trials, found), e.Remains
		}
		fresh.settle(alive, w.Now())
		w.Note("ending", fresh.ID)
		w.Note("state", fresh.State)
		if err := endings.Update(ctx, w, &fresh); err != nil {
			return err
		}
		switch failed = fresh.State == Failed; {
		case failed:
			return room.failedIn(ctx, w, fresh)
		case fresh.State == Ended:
			return room.heldIn(ctx, w, fresh)
		}
		return nil
	})
	if err == nil && failed && room.alarm != nil {
		room.alarm(ctx, "what was ended still opens", errors.New(e.Kind+" "+e.Subject+": "+strings.Join(found.Open, ", ")))
	}
	return err
}

// redIn puts a right that did not end before the security administrator, once.
func (room *Room) redIn(ctx context.Context, w *act.Work, subject string) error {
	waiting, err := duty.OpenAbout(ctx, w, w.Actor().Org, EndFailed, subject)
	if err != nil || len(waiting) > 0 {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: EndFailed, To: duty.To{Role: "security-administrator"}, Subject: subject, Urgent: true})
	return err
}

// tellRunOut tells open pages of what ended by its own time, which needs no order.
func (room *Room) tellRunOut(ctx context.Context) error {
	from, to := room.ends.ranOut, room.desk.Now()
	if !to.After(from) {
		return nil
	}
	var over []ranOut
	if room.pages.any() {
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			over, err = ranOutBetween(ctx, r, room.org, from, to)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, one := range over {
		room.pages.tell(one.person, duty.Ended{Kind: one.kind, Patient: one.patient, At: one.at})
	}
	room.ends.ranOut = to
	return nil
}

// stillOpen tries an end: what the store says, what the rules would do for the person,
// and what rests on it. remains is another tie by which the person gets there.
func (room *Room) stillOpen(ctx context.Context, r db.Reader, e EndingOf, at time.Time) (open []string, remains string, err error) {
	kind, known := endKindOf(e.Kind)
	if !known {
		return nil, "", errors.New("access: no right is called " + e.Kind)
	}
	if kind.lives != "" {
		left, err := counted(ctx, r, kind.lives, kind.with(e, at.UnixMicro())...)
		if err != nil {
			return nil, "", err
		}
		if left > 0 {
			open = append(open, OpenRow)
		}
	}
	byRules, remains, err := room.opensByRules(ctx, r, e, at)
	if err != nil {
		return nil, "", err
	}
	if byRules {
		open = append(open, OpenRules)
	}
	if slices.Contains([]string{EndOfAccount, EndOfSession, EndOfSessions}, e.Kind) {
		files, err := restingOnNothing(ctx, r, e.Org, e.Person, at)
		if err != nil {
			return nil, "", err
		}
		if files > 0 {
			open = append(open, OpenExports)
		}
	}
	return open, remains, nil
}

// opensByRules asks, as the person, what this process would answer.
func (room *Room) opensByRules(ctx context.Context, r db.Reader, e EndingOf, at time.Time) (opens bool, remains string, err error) {
	if e.Kind == EndOfRelease {
		return !room.releases.reached(e.Subject), "", nil
	}
	person, err := staff.ActorOf(ctx, r, e.Org, e.Person, at)
	if errors.Is(err, staff.ErrNoPerson) {
		return false, "", nil
	}
	if err != nil {
		return false, "", err
	}
	switch e.Kind {
	case EndOfGrant, EndOfReason, EndOfGlass:
		if e.Patient == "" {
			held, err := grantsTo(ctx, r, e.Org, e.Person, at)
			return slices.ContainsFunc(held, func(g Grant) bool { return g.ID == e.Subject }), "", err
		}
		found, err := room.ties(ctx, r, person, []string{e.Patient}, at)
		if err != nil {
			return false, "", err
		}
		for _, t := range found[e.Patient] {
			switch {
			case t.ID == e.Subject:
				return true, "", nil
			case slices.Contains([]string{policy.TieGrant, policy.TieReason, policy.TieGlass}, t.Kind):
				remains = t.Kind
			}
		}
		return false, remains, nil
	case EndOfTurn:
		found, err := room.duty.Ties(ctx, r, person, nil, at)
		for _, held := range found {
			opens = opens || slices.ContainsFunc(held, func(t policy.Tie) bool { return t.ID == e.Subject })
		}
		return opens, "", err
	case EndOfPost:
		role, others, err := postOf(ctx, r, e, at)
		return others == 0 && slices.Contains(person.Roles, role), "", err
	}
	return false, "", nil
}
