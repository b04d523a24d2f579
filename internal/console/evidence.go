package console

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Checks gathers the live checks of every room.
type Checks func() []evidence.Check

// Answered is a check with its finding.
type Answered struct {
	evidence.Check
	Finding evidence.Finding
}

// Evidence runs the live checks and discloses what they came to. The checks read
// after the permission and hold no content.
func (room *Room) Evidence(ctx context.Context) ([]Answered, error) {
	err := room.house.Disclose(ctx, "house.evidence", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		return r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org})
	})
	if err != nil {
		return nil, err
	}
	all := room.checks()
	answered := make([]Answered, len(all))
	for i, c := range all {
		answered[i] = Answered{Check: c, Finding: c.Ask(ctx)}
	}
	return answered, nil
}

// Checks are the live checks of the ledger itself and of what the door decides.
func (room *Room) Checks() []evidence.Check {
	return append([]evidence.Check{
		{
			ID: "ledger.placed", Demands: []string{"A-047", "C-026", "E-207"},
			Title: fault.Text{ZH: "每条操作记录都在一分钟内进入账本并签名", EN: "Every account is placed in the ledger within a minute"},
			Run: evidence.None(room.accounts.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM ledger_pending p JOIN ledger_block b ON b.id = p.block WHERE b.at < $1", Args: func() []any {
					return []any{room.accounts.Now().Add(-time.Minute).UnixMicro()}
				}},
				evidence.Query{SQL: "SELECT COUNT(*) FROM ledger_block"}, fault.Text{ZH: "账本区块", EN: "blocks of the ledger"}),
		},
		{
			ID: "ledger.elements", Demands: []string{"B-057", "E-196"},
			Title: fault.Text{ZH: "每条记录都有人员、时间和操作", EN: "Every line names who, when and what"},
			Run: evidence.None(room.accounts.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM ledger_line WHERE actor = $1 OR verb = $2 OR at <= $3", Args: func() []any { return []any{"", "", 0} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM ledger_line"}, fault.Text{ZH: "账本记录", EN: "lines of the ledger"}),
		},
		{
			ID: "house.noes-leave-evenly", Demands: []string{"D-037"},
			Title: fault.Text{ZH: "拒绝与“没有找到”都按整步时间答复，时间不透露有无", EN: "Refusals and absences leave at even steps: their time does not tell what exists"},
			Run:   room.noesLeaveEvenly,
		},
	}, slices.Concat(room.decisionChecks(), room.useChecks(), room.lawfulChecks())...)
}

func (room *Room) noesLeaveEvenly(context.Context) (evidence.Finding, error) {
	step := room.house.Step()
	if step <= 0 {
		return evidence.Finding{Verdict: evidence.NotMet, Figure: "0 ms", Detail: fault.Text{
			ZH: "这个进程立即答复，时间可能透露所查的人或病历是否存在", EN: "this process answers at once, and the time may tell whether somebody or something exists",
		}}, nil
	}
	return evidence.Finding{Verdict: evidence.Met, Figure: step.String(), Detail: fault.Text{
		ZH: "每 " + step.String() + " 一步；用 medward bench absent 可在本机测量", EN: "a step every " + step.String() + "; medward bench absent measures it on this machine",
	}}, nil
}
