package access

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// ReleaseSeen is a release with what became of it.
type ReleaseSeen struct {
	Release
	InForce bool
	Steps   []ReleaseStep         // oldest first; of one release only
	Turns   []TurnOf              // of one release only
	Before  *Release              // the one in force now, to compare with; of one release only
	Names   map[string]staff.Name // whom the ids of persons name
}

// Own is what holds of an organisation's own rules at this moment.
type Own struct {
	Release  *Release // nil: the delivered rules alone
	Turn     TurnOf
	Coming   *TurnOf
	Withheld bool // a release cannot be trusted; see [policy.Shelf.Withhold]
	Limits   policy.Limits
}

// Releases lists releases, the newest first.
func (room *Room) Releases(ctx context.Context, cursor string, limit int) (web.Page[ReleaseSeen], Own, error) {
	var page web.Page[ReleaseSeen]
	var own Own
	from := math.MaxInt32
	if _, err := web.DecodeCursor(cursor, &from); err != nil {
		return page, own, err
	}
	limit = web.Bounded(limit)
	err := room.asking.Disclose(ctx, "policy.view", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if own, err = room.ownNow(ctx, r); err != nil {
			return err
		}
		rows, err := releasesPage(ctx, r, org, from, limit+1)
		if err != nil {
			return err
		}
		seen := make([]ReleaseSeen, len(rows))
		var named []string
		for i, rel := range rows {
			seen[i] = ReleaseSeen{Release: rel, InForce: own.Release != nil && own.Release.ID == rel.ID}
			named = append(append(named, rel.Reviewer), rel.Writers...)
		}
		names, err := staff.Names(ctx, r, org, named, r.Now())
		if err != nil {
			return err
		}
		for i := range seen {
			seen[i].Names = names
		}
		page, err = web.PageOf(seen, limit, func(s ReleaseSeen) int { return s.Number })
		return err
	})
	return page, own, err
}

func (room *Room) ownNow(ctx context.Context, r *act.Reading) (Own, error) {
	own := Own{Withheld: room.rules.Withheld(), Limits: room.rules.LimitsAt(r.Now())}
	all, err := newestTurns(ctx, r, r.Actor().Org, turnsKept)
	if err != nil {
		return own, err
	}
	own.Turn = inForce(all, r.Now())
	if n := len(all); n > 0 && all[n-1].Since.After(r.Now()) {
		own.Coming = &all[n-1]
	}
	if own.Turn.Release == "" {
		return own, nil
	}
	rel, err := releases.Get(ctx, r, r.Actor().Org, own.Turn.Release)
	own.Release = &rel
	return own, err
}

// SeeRelease shows a release with its history, and the one in force beside it.
func (room *Room) SeeRelease(ctx context.Context, release string) (ReleaseSeen, error) {
	var seen ReleaseSeen
	err := room.asking.Disclose(ctx, "policy.view", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Policy", ID: release, Org: org}); err != nil {
			return err
		}
		rel, err := releases.Get(ctx, r, org, release)
		if err != nil {
			return absent(err)
		}
		own, err := room.ownNow(ctx, r)
		if err != nil {
			return err
		}
		seen = ReleaseSeen{Release: rel, Before: own.Release, InForce: own.Release != nil && own.Release.ID == rel.ID}
		if seen.Steps, err = stepsOfRelease(ctx, r, org, release); err != nil {
			return err
		}
		if seen.Turns, err = turns.Select(ctx, r, "WHERE org = $1 AND release = $2 ORDER BY number", org, release); err != nil {
			return err
		}
		named := append([]string{rel.Reviewer}, rel.Writers...)
		for _, s := range seen.Steps {
			named = append(named, s.Person)
		}
		seen.Names, err = staff.Names(ctx, r, org, named, r.Now())
		return err
	})
	return seen, err
}

// RulesInForce shows every rule that holds now, the delivered and the organisation's
// own.
func (room *Room) RulesInForce(ctx context.Context) ([]policy.Rule, error) {
	var rules []policy.Rule
	err := room.asking.Disclose(ctx, "policy.view", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		rules = room.rules.At(r.Now()).Rules()
		return nil
	})
	return rules, err
}
