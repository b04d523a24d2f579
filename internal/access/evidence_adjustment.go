package access

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// adjustsItself counts this month's adjustments by trigger, and looks for those whose time
// is over and that were not made.
func (room *Room) adjustsItself(ctx context.Context) (evidence.Finding, error) {
	now := room.desk.Now()
	from, _, err := monthOf("", now)
	if err != nil {
		return evidence.Finding{}, err
	}
	var counts map[string]int
	late := 0
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		if counts, err = adjustmentsCounted(ctx, r, room.org, from, now.Add(time.Microsecond)); err != nil {
			return err
		}
		due := now.Add(-grace).UnixMicro()
		late, err = counted(ctx, r, `SELECT (SELECT COUNT(*) FROM access_idle WHERE org = $1 AND outcome = $2 AND ends < $3)
			+ (SELECT COUNT(*) FROM access_grant WHERE org = $4 AND state = $5 AND until < $6)`, room.org, "", due, room.org, Live, due)
		return err
	})
	if err != nil {
		return evidence.Finding{}, err
	}
	all := 0
	var zh, en []string
	for _, t := range triggers {
		if n := counts[t.ID]; n > 0 {
			all += n
			zh, en = append(zh, fmt.Sprintf("%s %d", t.Name.ZH, n)), append(en, fmt.Sprintf("%s %d", t.Name.EN, n))
		}
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", late, all), Detail: fault.Text{
		ZH: fmt.Sprintf("本月自动调整 %d 次（%s），逾期未生效 %d 次", all, strings.Join(zh, "，"), late),
		EN: fmt.Sprintf("%d automatic adjustments this month (%s), %d late", all, strings.Join(en, ", "), late),
	}}
	if late > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}
