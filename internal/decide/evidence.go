package decide

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the gate. Of A-051 it shows that other systems can have
// our decision; that one really asks is shown by its calls in the register of sources.
func (room *Room) Checks() []evidence.Check {
	query := func(sql string, args ...any) evidence.Query {
		return evidence.Query{SQL: sql, Args: func() []any { return args }}
	}
	return []evidence.Check{
		{
			ID: "decide.answerable", Demands: []string{"A-051"},
			Title: fault.Text{ZH: "可供他系统询问的操作都由现行规则判定", EN: "Every action that other systems may ask about is decided by the rules in force"},
			Run:   room.answerable,
		},
		{
			ID: "decide.uses-settled", Demands: []string{"A-051", "D-013"},
			Title: fault.Text{ZH: "无应答期间无由可解释的操作在十个自然日内都有处理，且不由本人处理", EN: "What nothing explained while nobody answered was settled within ten days, and not by its own person"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{
					SQL:  "SELECT COUNT(*) FROM decide_use WHERE state = $1 AND received < $2 OR settled_by <> '' AND settled_by = person",
					Args: func() []any { return []any{Waiting, room.desk.Now().Add(-settledIn).UnixMicro()} },
				},
				query("SELECT COUNT(*) FROM decide_use"), fault.Text{ZH: "补报操作", EN: "uses handed in"}),
		},
		{
			ID: "decide.launched-once", Demands: []string{"A-051", "C-024"},
			Title: fault.Text{ZH: "调阅链接都在时限内由登录的本人使用", EN: "Every link was followed in its time and landed with its person, signed in"},
			Run: evidence.None(room.desk.Look,
				query("SELECT COUNT(*) FROM decide_launch WHERE opened >= until OR landed IS NOT NULL AND (opened IS NULL OR landed >= claim_until OR session = '')"),
				query("SELECT COUNT(*) FROM decide_launch"), fault.Text{ZH: "调阅链接", EN: "links"}),
		},
	}
}

// settledIn is how long a use may wait before the check fails: three working days, and a
// long holiday around them.
const settledIn = 10 * 24 * time.Hour

func (room *Room) answerable(context.Context) (evidence.Finding, error) {
	decided := 0
	for _, a := range actions {
		missing := slices.ContainsFunc(a.steps, func(s step) bool { return !slices.Contains(room.rules.Kinds(s.verb), s.kind) })
		if !missing {
			decided++
		}
	}
	f := evidence.Finding{
		Verdict: evidence.NotMet, Figure: fmt.Sprintf("%d / %d", decided, len(actions)),
		Detail: fault.Text{ZH: fmt.Sprintf("%d 种操作中 %d 种有规则可判", len(actions), decided), EN: fmt.Sprintf("of %d actions %d are known to the rules", len(actions), decided)},
	}
	if decided == len(actions) && !room.rules.Withheld() {
		f.Verdict = evidence.Met
	}
	return f, nil
}
