package house_test

func init() {
	bodies["proposeImportant"] = map[string]any{"verb": "record.seal", "minutes": 5}
	bodies["settleImportant"] = map[string]any{"agree": true}
	bodies["callSecond"] = map[string]any{"verb": "record.unseal", "kind": "Document", "object": "x", "said": "00"}
}
