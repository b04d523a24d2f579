package inspection

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// yearly is how long a year of inspections goes back.
const yearly = 365 * day

// Checks are the live checks of the desk.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "inspection.reckoned", Demands: []string{"D-063", "D-064"},
			Title: fault.Text{ZH: "每次抽取都能由留存的名单、检查点和号码重新算出", EN: "Every draw is reckoned again from its kept frame, checkpoint and number"},
			Run:   room.reckonAgain,
		},
		{
			ID: "inspection.held", Demands: []string{"D-082", "D-083", "D-084"},
			Title: fault.Text{ZH: "近一年做过现场抽查", EN: "There was an inspection on the spot within a year"},
			Run:   room.heldLately,
		},
	}
}

// reckonedAtMost bounds how many draws one check goes through, the newest first.
const reckonedAtMost = 200

func (room *Room) reckonAgain(ctx context.Context) (evidence.Finding, error) {
	total, wrong := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		all, err := draws.Select(ctx, r, "ORDER BY prepared DESC, id DESC LIMIT $1", int64(reckonedAtMost))
		if err != nil {
			return err
		}
		for _, d := range all {
			if d.Named || !d.Ready() {
				continue
			}
			total++
			same, err := reckoned(ctx, r, d)
			if err != nil {
				return err
			}
			if !same {
				wrong++
			}
		}
		return nil
	})
	verdict := evidence.Met
	if wrong > 0 {
		verdict = evidence.NotMet
	}
	return evidence.Finding{Verdict: verdict, Figure: fmt.Sprintf("%d / %d", wrong, total), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 次抽取中有 %d 次不能重新算出", total, wrong), EN: fmt.Sprintf("%d of %d draws cannot be reckoned again", wrong, total),
	}}, err
}

// reckoned reports whether a draw comes out of its kept frame once more.
func reckoned(ctx context.Context, r db.Reader, d Draw) (bool, error) {
	kept, err := frames.Get(ctx, r, d.Org, d.ID)
	if err != nil {
		return false, err
	}
	ids, err := unpacked(kept.List)
	if err != nil {
		return false, err
	}
	return d.Comes(ids), nil
}

func (room *Room) heldLately(ctx context.Context) (evidence.Finding, error) {
	var n map[string]int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		n, err = tally(ctx, r, "SELECT 'all', COUNT(*) FROM inspection_draw WHERE drawn >= $1", room.desk.Now().Add(-yearly).UnixMicro())
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: itoa(n["all"]), Detail: fault.Text{
		ZH: fmt.Sprintf("近一年抽查 %d 次", n["all"]), EN: fmt.Sprintf("%d draws within a year", n["all"]),
	}}
	if n["all"] == 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
