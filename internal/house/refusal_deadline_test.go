package house_test

import (
	"maps"

	"github.com/medward/medward/internal/deadline"
)

func init() {
	maps.Copy(bodies, map[string]any{
		"setCondition":          map[string]any{"level": "serious"},
		"explainDeadline":       map[string]any{"choice": "emergency"},
		"pauseDeadline":         map[string]any{"cause": "pathology", "words": "等待病理", "until": "2026-03-05T00:00:00Z"},
		"previewRequirementSet": map[string]any{"requirements": deadline.Starter()},
		"proposeRequirementSet": map[string]any{"requirements": deadline.Starter(), "why": "首次启用"},
		"settleRequirementSet":  map[string]any{"approve": false, "words": "请核对时限"},
		"signCompleteness":      map[string]any{"digest": ""},
	})
}
