package house_test

func init() {
	bodies["proposeAuthorities"] = map[string]any{"items": []any{map[string]any{"permission": "role:student", "authorises": "nowhere", "implements": "nowhere"}}}
	bodies["settleAuthorities"] = map[string]any{"ids": []string{"x"}, "agree": true}
	bodies["requestRole"] = map[string]any{"role": "student", "department": "nowhere", "until": "2027-01-01T00:00:00Z", "words": "轮转学习"}
	bodies["refuseRole"] = map[string]any{"words": "没有必要"}
	ownOnly = append(ownOnly, "listRoleRequests")
}
