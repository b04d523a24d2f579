package access

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// Dating says from when a release holds. Since zero is now; Until zero is until
// another is dated; ReviewBy is always given.
type Dating struct {
	Since, Until, ReviewBy time.Time
}

// turnsRemembered is how far back a roll-back looks.
const turnsRemembered = 200

func (d Dating) check(now time.Time) error {
	e := errGrantInput.With()
	if !within(d.ReviewBy, d.Since, longestRun) {
		e = e.At("reviewBy", fault.Text{ZH: "复审日期应在生效之后一年以内", EN: "the date of its next review lies within a year of its beginning"})
	}
	if d.Since.Before(now) || d.Since.After(now.Add(longestRun)) {
		e = e.At("since", fault.Text{ZH: "生效时间应在现在之后一年以内", EN: "it begins now or within a year"})
	}
	if !d.Until.IsZero() && !d.Until.After(d.Since) {
		e = e.At("until", fault.Text{ZH: "结束时间应晚于生效时间", EN: "it ends after it begins"})
	}
	return e.OrNil()
}

// DateRelease puts a reviewed release in force from a moment, or the one in force
// again with a new date of review. Every process obeys within seconds.
func (room *Room) DateRelease(ctx context.Context, release string, rev int, d Dating) (Release, error) {
	if err := room.asking.Begin(ctx, "policy.date"); err != nil {
		return Release{}, err
	}
	if now := room.desk.Now(); d.Since.Before(now) && now.Sub(d.Since) < time.Minute || d.Since.IsZero() {
		d.Since = now
	}
	if err := d.check(d.Since); err != nil {
		return Release{}, err
	}
	rel, err := room.onRelease(ctx, "policy.date", release, rev, func(ctx context.Context, w *act.Work, rel *Release) error {
		last, err := lastTurn(ctx, w, rel.Org)
		if err != nil {
			return err
		}
		if rel.State != Agreed && (rel.State != DatedOnce || last.Release != rel.ID) {
			return errNotReviewed.With()
		}
		digest, err := rel.digest()
		if err != nil {
			return err
		}
		since := d.Since
		if since.Before(w.Now()) {
			since = w.Now()
		}
		turn := TurnOf{
			Org: rel.Org, Number: last.Number + 1, Release: rel.ID, Digest: digest, Since: since, Until: d.Until, Cause: ByDate, At: w.Now(), By: w.Actor().ID,
		}
		rel.State, rel.ReviewBy = DatedOnce, d.ReviewBy
		w.Note("since", since.Format(time.RFC3339))
		if err := room.takeTurn(ctx, w, turn, last.Release); err != nil {
			return err
		}
		return step(ctx, w, *rel, ByDate, "")
	})
	if err != nil {
		return rel, err
	}
	return rel, room.Follow(ctx)
}

// RollBack goes back, now, to the rules that held before those in force: one order,
// without a draft. The rules gone back to keep the end that they had.
func (room *Room) RollBack(ctx context.Context, words string) (TurnOf, error) {
	if err := room.asking.Begin(ctx, "policy.roll-back"); err != nil {
		return TurnOf{}, err
	}
	e := errGrantInput.With()
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return TurnOf{}, err
	}
	var turn TurnOf
	err := room.asking.Do(ctx, "policy.roll-back", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, Release{Org: org, ID: org}.object()); err != nil {
			return err
		}
		all, err := newestTurns(ctx, w, org, turnsRemembered)
		if err != nil {
			return err
		}
		from, back := before(all, w.Now())
		if from.Release == "" {
			return errNothingToRollBack.With()
		}
		turn = TurnOf{
			Org: org, Number: all[len(all)-1].Number + 1, Release: back.Release, Digest: back.Digest, Since: w.Now(), Until: back.Until,
			Cause: ByRollBack, At: w.Now(), By: w.Actor().ID,
		}
		w.Note("turn", strconv.Itoa(turn.Number))
		if err := room.takeTurn(ctx, w, turn, from.Release); err != nil {
			return err
		}
		return step(ctx, w, Release{ID: from.Release}, ByRollBack, words)
	})
	if err != nil {
		return turn, moved(err)
	}
	return turn, room.Follow(ctx)
}

// takeTurn keeps a turn. Nobody needs to look again at the release that it ends.
func (room *Room) takeTurn(ctx context.Context, w *act.Work, turn TurnOf, ended string) error {
	if err := turns.Insert(ctx, w, &turn); err != nil || ended == "" {
		return err
	}
	return room.duty.DoneIn(ctx, w, ReleaseReview, ended)
}

func lastTurn(ctx context.Context, r db.Reader, org string) (TurnOf, error) {
	newest, err := newestTurns(ctx, r, org, 1)
	if err != nil || len(newest) == 0 {
		return TurnOf{}, err
	}
	return newest[0], nil
}

// inForce is the turn that holds at a moment, by the order in which turns were made.
func inForce(all []TurnOf, at time.Time) TurnOf {
	for _, t := range slices.Backward(all) {
		switch {
		case t.Since.After(at):
			continue
		case !t.Until.IsZero() && !t.Until.After(at):
			return TurnOf{}
		}
		return t
	}
	return TurnOf{}
}

// before is the turn to take back, in force or to come, and the one that its release
// took the place of when it was first dated, as far as that still holds.
func before(all []TurnOf, now time.Time) (from, back TurnOf) {
	if from = inForce(all, now); from.Release == "" && len(all) > 0 && all[len(all)-1].Since.After(now) {
		from = all[len(all)-1]
	}
	dated := slices.IndexFunc(all, func(t TurnOf) bool { return t.Release == from.Release && t.Cause == ByDate })
	if dated < 0 {
		return from, TurnOf{}
	}
	back = inForce(all[:dated], all[dated].Since)
	if !back.Until.IsZero() && !back.Until.After(now) {
		return from, TurnOf{}
	}
	return from, back
}
