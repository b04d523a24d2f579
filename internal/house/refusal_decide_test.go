package house_test

func init() {
	asking := map[string]any{"person": map[string]any{"number": "1"}, "action": "open", "object": map[string]any{"kind": "patient", "patient": "{patient}"}}
	bodies["decide"] = asking
	bodies["decideBatch"] = map[string]any{"questions": []any{asking}}
}
