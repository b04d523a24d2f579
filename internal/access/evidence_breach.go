package access

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// breachesSuspended tries for everybody with an open flag what his grants still lead to,
// and looks for flags whose review is late.
func (room *Room) breachesSuspended(ctx context.Context) (evidence.Finding, error) {
	var suspended, wrong, all int
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) error {
		found, err := breaches.Select(ctx, r, "WHERE org = $1 ORDER BY freeze_id", room.org)
		if err != nil {
			return err
		}
		all = len(found)
		for _, b := range found {
			suspended += b.Suspended
			f, err := freezes.Get(ctx, r, b.Org, b.Freeze)
			if err != nil {
				return err
			}
			late := f.Settled.IsZero() && b.ReviewBy.Before(now.Add(-grace))
			opens, err := room.stillOpens(ctx, r, f)
			if err != nil {
				return err
			}
			if late || opens {
				wrong++
			}
		}
		return nil
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d", suspended), Detail: fault.Text{
		ZH: fmt.Sprintf("标记违规 %d 次，暂停授权 %d 项；其中 %d 次仍可凭授权到达患者或复核超期", all, suspended, wrong),
		EN: fmt.Sprintf("%d breaches flagged, %d grants suspended; with %d of them grants still lead to patients, or the review is late", all, suspended, wrong),
	}}
	if wrong > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// stillOpens tries whether the grants of somebody who is frozen lead anywhere.
func (room *Room) stillOpens(ctx context.Context, r db.Reader, f Freeze) (bool, error) {
	now := room.desk.Now()
	if !f.live(now) {
		return false, nil
	}
	held, err := grantsTo(ctx, r, f.Org, f.Person, now)
	if err != nil {
		return false, err
	}
	var patients []string
	for _, g := range held {
		if g.Patient != "" {
			patients = append(patients, g.Patient)
		}
	}
	who := act.Actor{Actor: policy.Actor{Kind: act.Person, ID: f.Person, Org: f.Org}}
	ties, err := room.ties(ctx, r, who, patients, now)
	for _, found := range ties {
		for _, t := range found {
			if t.Kind == policy.TieGrant {
				return true, err
			}
		}
	}
	return false, err
}
