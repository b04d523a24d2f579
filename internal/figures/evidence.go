package figures

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "figures.small-hidden", Demands: []string{"A-095"},
			Title: fault.Text{ZH: "今年各项统计中，人数少的数字及可推算出它的数字均不显示", EN: "In this year's totals every small number, and what would give it away, is hidden"}, Run: room.smallAreHidden,
		},
		{
			ID: "figures.opened-by-grant", Demands: []string{"A-095"},
			Title: fault.Text{ZH: "下钻到患者均凭授权，次数与拒绝可查", EN: "Patients behind a total are opened by a grant only; uses and refusals are counted"}, Run: room.openedByGrant,
		},
	}
}

func (room *Room) smallAreHidden(ctx context.Context) (evidence.Finding, error) {
	of := room.desk.Now().In(calendar.Zone).Year()
	cells, hidden, leaks := 0, 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		cells, hidden, leaks = 0, 0, 0
		for _, m := range measures {
			counted, err := countYear(ctx, r, room.org, m, of)
			if err != nil {
				return err
			}
			whole, shown := tableOf(counted), tableOf(counted)
			shown.hide()
			c, h, l := compare(whole, shown)
			cells, hidden, leaks = cells+c, hidden+h, leaks+l
		}
		return nil
	})
	if err != nil {
		return evidence.Finding{}, err
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", hidden, cells), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 个数字中隐去 %d 个，可推算出的 %d 个", cells, hidden, leaks), EN: fmt.Sprintf("%d of %d numbers are hidden; %d could be reckoned", hidden, cells, leaks),
	}}
	if leaks > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}

// compare counts the numbers of a table, those that its shown form hides, and those that
// stand for few and are shown or stand alone in a line.
func compare(whole, shown Table) (cells, hidden, leaks int) {
	full, seen := whole.grid(), shown.grid()
	for i, line := range full {
		for j, c := range line {
			if c.Events > 0 {
				cells++
			}
			if seen[i][j].Hidden {
				hidden++
			} else if c.small() {
				leaks++
			}
		}
	}
	for _, lines := range []grid{seen, seen.columns()} {
		for _, line := range lines {
			if alone(line) {
				leaks++
			}
		}
	}
	return cells, hidden, leaks
}

// alone reports whether one hidden number of a line can be reckoned from the others.
func alone(line []*Cell) bool {
	hidden := 0
	for _, c := range line {
		if c.Hidden {
			hidden++
		}
	}
	return hidden == 1
}

func (room *Room) openedByGrant(ctx context.Context) (evidence.Finding, error) {
	tallies, err := room.ledger.RecentTallies(ctx, room.org, room.desk.Now().Add(-30*24*time.Hour))
	if err != nil {
		return evidence.Finding{}, err
	}
	var viewed, opened, refused int64
	for _, t := range tallies {
		switch t.Verb {
		case "figures.view":
			viewed = t.Done
		case "figures.open":
			opened, refused = t.Done, t.Refused
		}
	}
	return evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d : %d", viewed, opened), Detail: fault.Text{
		ZH: fmt.Sprintf("近 30 天查看汇总 %d 次，下钻 %d 次，拒绝下钻 %d 次", viewed, opened, refused),
		EN: fmt.Sprintf("within 30 days totals were seen %d times and opened %d times; %d were refused", viewed, opened, refused),
	}}, nil
}
