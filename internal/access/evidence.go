package access

import (
	"slices"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() []any { return []any{Glass, "", room.desk.Now().UnixMicro()} }
	return append(append(room.grantChecks(), append(append(slices.Concat(room.releaseChecks(), room.purposeChecks()), room.unusedCheck(), room.matrixCheck(), room.frameCheck(), room.framesByTwoCheck()), room.authorityChecks()...)...), []evidence.Check{
		{
			ID: "access.reasons-end", Demands: []string{"A-077", "D-025"},
			Title: fault.Text{ZH: "自述理由不超过 24 小时，紧急调阅不超过 8 小时", EN: "A stated reason lasts at most 24 hours, a break-glass at most 8"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM access_reason WHERE (kind = $1 AND until - since > $2) OR (kind = $3 AND until - since > $4)", Args: func() []any {
					return []any{Stated, statedLife.Microseconds(), Glass, longestGlass.Microseconds()}
				}},
				evidence.Query{SQL: "SELECT COUNT(*) FROM access_reason"}, fault.Text{ZH: "调阅理由", EN: "reasons"}),
		},
		{
			ID: "access.break-glass-reviewed", Demands: []string{"A-077", "D-025"},
			Title: fault.Text{ZH: "紧急调阅都按时复核", EN: "Every break-glass is reviewed in time"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM access_reason WHERE kind = $1 AND verdict = $2 AND review_by < $3", Args: now},
				evidence.Query{SQL: "SELECT COUNT(*) FROM access_reason WHERE kind = $1 AND (verdict <> $2 OR review_by < $3)", Args: now}, fault.Text{ZH: "紧急调阅", EN: "break-glass accesses"}),
		},
	}...)
}
