package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are what the room shows of itself.
func (room *Room) Checks() []evidence.Check {
	return append([]evidence.Check{
		{
			ID: "intake.raw-kept", Demands: []string{"A-050"},
			Title: fault.Text{ZH: "每条导入内容都可追溯到密封的原文", EN: "everything imported leads back to its sealed original"},
			Run: room.none("SELECT COUNT(*) FROM intake_entry e WHERE NOT EXISTS (SELECT 1 FROM intake_raw r WHERE r.org = e.org AND r.id = e.raw)",
				fault.Text{ZH: "导入标识没有对应的原文", EN: "identities without an original"}),
		},
		{
			ID: "intake.quarantine-explained", Demands: []string{"A-050"},
			Title: fault.Text{ZH: "每条隔离内容都写明规则，原文保留", EN: "everything quarantined names its rule and keeps its original"},
			Run: room.none("SELECT COUNT(*) FROM intake_quarantine q WHERE q.rule = '' OR NOT EXISTS (SELECT 1 FROM intake_raw r WHERE r.org = q.org AND r.id = q.raw)",
				fault.Text{ZH: "隔离内容缺少规则或原文", EN: "quarantined without rule or original"}),
		},
		{
			ID: "intake.nothing-unfinished", Demands: []string{"A-050"},
			Title: fault.Text{ZH: "没有中断后未完成的导入", EN: "no import was cut off and left so"},
			Run: room.none("SELECT COUNT(*) FROM intake_file WHERE state = 'running' AND begun < $1",
				fault.Text{ZH: "超过一天未完成的文件；重新导入同一文件即可续上", EN: "inputs unfinished for a day; importing them again goes on from there"},
				func() any { return room.desk.Now().Add(-unfinished).UnixMicro() }),
		},
	}, room.checksOfSafety()...)
}

// unfinished is after how long an input under way counts as cut off.
const unfinished = 24 * time.Hour

// none is met when a count is zero.
func (room *Room) none(count string, what fault.Text, args ...func() any) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		var n int64
		values := make([]any, len(args))
		for i, arg := range args {
			values[i] = arg()
		}
		err := room.look(ctx, func(r db.Reader) error {
			rows, err := r.Query(ctx, count, values...)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				if err := rows.Scan(&n); err != nil {
					return err
				}
			}
			return rows.Err()
		})
		f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d", n), Detail: what}
		if n > 0 {
			f.Verdict = evidence.NotMet
		}
		return f, err
	}
}
