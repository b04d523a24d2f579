package mark_test

// The vectors of docs/format/mark.md.
const (
	goldenTag  = "8c5f0e0a95bd9eeed95586bffc5385475856857113f18388095a4e113c0ffee8"
	goldenCode = "HHFG-W2MN-QPFE-XPAN-G8"
	emptyTag   = "3130b7c3862f0418538332095d70dfa0a4359c00d759169b4057924a87429f99"
	emptyCode  = "64RB-FGW6-5W21-GMW3-MG"
)
