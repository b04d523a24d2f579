package house_test

import (
	"maps"

	"github.com/medward/medward/internal/template"
)

func init() {
	all, err := template.Starters()
	if err != nil {
		panic(err)
	}
	maps.Copy(bodies, map[string]any{
		"checkTemplate":   map[string]any{"content": all[0]},
		"writeTemplate":   map[string]any{"content": all[0]},
		"rewriteTemplate": map[string]any{"content": all[0], "rev": 0},
		"submitTemplate":  map[string]any{"rev": 0},
		"returnTemplate":  map[string]any{"rev": 0, "words": "缺少单位"},
		"releaseTemplate": map[string]any{"rev": 0},
		"retireTemplate":  map[string]any{"rev": 0, "words": "不再使用"},
	})
}
