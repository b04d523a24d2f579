package amendment

import (
	"context"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// ProposeRules writes rules that somebody else is to release.
func (room *Room) ProposeRules(ctx context.Context, rules []Rule, words string) (Release, error) {
	if err := room.desk.Begin(ctx, "amendment.propose-rules"); err != nil {
		return Release{}, err
	}
	if err := checkRules(rules, words); err != nil {
		return Release{}, err
	}
	var p Release
	err := room.desk.Do(ctx, "amendment.propose-rules", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		before, err := releases.Select(ctx, w, "WHERE org = $1 ORDER BY number DESC LIMIT 1", org)
		if err != nil {
			return err
		}
		p = Release{Org: org, ID: id.New(w.Now()), Number: 1, Rules: rules, Words: strings.TrimSpace(words), State: Proposed, Proposed: w.Now(), ProposedBy: w.Actor().ID}
		if len(before) > 0 {
			if before[0].State == Proposed {
				return errWaits.With()
			}
			p.Number = before[0].Number + 1
		}
		w.Note("rules", p.ID)
		return releases.Insert(ctx, w, &p)
	})
	return p, err
}

// SettleRules releases a proposal or rejects it, by somebody unrelated to whoever wrote it.
func (room *Room) SettleRules(ctx context.Context, release string, agree bool) (Release, error) {
	var p Release
	err := room.desk.Do(ctx, "amendment.settle-rules", func(ctx context.Context, w *act.Work) (err error) {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		if p, err = releases.Get(ctx, w, w.Actor().Org, release); err != nil {
			return absent(err)
		}
		if p.State != Proposed {
			return errSettled.With()
		}
		if err := room.o.Bonds.MustBeAnother(ctx, w, errOnePerson, p.ProposedBy); err != nil {
			return err
		}
		p.State, p.Settled, p.SettledBy = Rejected, w.Now(), w.Actor().ID
		if agree {
			p.State = Released
		}
		w.Note("rules", p.ID)
		w.Note("state", p.State)
		return releases.Update(ctx, w, &p)
	})
	return p, err
}

// RulesSeen are the rules in force with every version of them.
type RulesSeen struct {
	Rules    []Rule
	Number   int // 0: as delivered
	Releases []Release
	Refused  map[string]int // requests that the rules did not allow, by code
	Names    map[string]staff.Name
}

// mostReleases bounds the versions that are shown.
const mostReleases = 50

// SeeRules discloses the rules of correction.
func (room *Room) SeeRules(ctx context.Context) (s RulesSeen, err error) {
	err = room.desk.Disclose(ctx, "amendment.see-rules", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if s.Rules, s.Number, err = inForce(ctx, r, org); err != nil {
			return err
		}
		if s.Releases, err = releases.Select(ctx, r, "WHERE org = $1 ORDER BY number DESC LIMIT $2", org, int64(mostReleases)); err != nil {
			return err
		}
		if s.Refused, err = refusedByCode(ctx, r, org); err != nil {
			return err
		}
		var people []string
		for _, p := range s.Releases {
			people = append(people, p.ProposedBy, p.SettledBy)
		}
		s.Names, err = room.names(ctx, r, org, people)
		return err
	})
	return s, err
}

func refusedByCode(ctx context.Context, r db.Reader, org string) (map[string]int, error) {
	type line struct {
		code string
		n    int64
	}
	found, err := db.Several(ctx, r, func(rows db.Rows, x *line) error { return rows.Scan(&x.code, &x.n) },
		"SELECT code, COUNT(*) FROM amendment_refusal WHERE org = $1 GROUP BY code", org)
	all := map[string]int{}
	for _, l := range found {
		all[l.code] = int(l.n)
	}
	return all, err
}
