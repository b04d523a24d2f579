package house_test

import "maps"

func init() {
	writing := map[string]any{
		"feed": "his-departments", "source": "his", "shape": "departments",
		"mapping": map[string]any{"connection": "drop", "table": "departments.csv", "fields": map[string]any{
			"code": map[string]any{"columns": []string{"代码"}}, "nameZh": map[string]any{"columns": []string{"名称"}}, "kind": map[string]any{"constant": "clinical"},
		}},
	}
	maps.Copy(bodies, map[string]any{
		"setFeedMapping":     writing,
		"tryFeedMapping":     writing,
		"approveFeedMapping": map[string]any{"feed": "his-departments", "rev": 1},
		"beginFeedRun":       map[string]any{"feed": "his-departments"},
	})
}
