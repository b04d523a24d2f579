package house_test

func init() {
	bodies["proposeFrame"] = map[string]any{"days": 30}
	bodies["settleFrame"] = map[string]any{"agree": true}
	bodies["decideGrantException"] = map[string]any{"keep": true, "words": "工作需要"}
	ownOnly = append(ownOnly, "listGrantExceptions")
	governing = append(governing, "listFrames", "listFrameHistory", "proposeFrame", "settleFrame")
}
