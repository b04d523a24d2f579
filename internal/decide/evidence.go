package decide

import (
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the gate. Of A-051 it shows that other systems can have
// our decision; that one really asks is shown by its calls in the register of sources.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{{
		ID: "decide.answerable", Demands: []string{"A-051"},
		Title: fault.Text{ZH: "可供他系统询问的操作都由现行规则判定", EN: "Every action that other systems may ask about is decided by the rules in force"},
		Run:   room.answerable,
	}}
}

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
