package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"markSensitive": map[string]any{"kinds": []string{"infectious"}},
		"liftSensitive": map[string]any{"words": "已排除"},
	})
}
