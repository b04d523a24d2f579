package privilege

import "regexp"

// masked stands where a secret stood.
const masked = "‹masked›"

// secrets are the forms in which secrets show on a terminal: what group keep matches
// stays, the rest of the match is masked.
var secrets = []*regexp.Regexp{
	regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`),
	regexp.MustCompile(`(?i)(?P<keep>\b[a-z0-9_.-]*(?:password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credential)s?["']?\s*(?:[:=]|=>)\s*)(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'&;,]+)`),
	regexp.MustCompile(`(?P<keep>(?:口令|密码|密钥|令牌)\s*[:：=]\s*)\S+`),
	regexp.MustCompile(`(?i)(?P<keep>\bidentified\s+by\s+|\bwith\s+(?:encrypted\s+)?password\s+|\bset\s+password\s+(?:for\s+\S+\s*)?=\s*)(?:'[^']*'|"[^"]*"|\S+)`),
	regexp.MustCompile(`(?i)(?P<keep>\bpassword\s+)(?:'[^'\r\n]*'|"[^"\r\n]*")`),
	regexp.MustCompile(`(?i)(?P<keep>\bauthorization\s*:\s*(?:bearer|basic|digest)\s+)\S+`),
	regexp.MustCompile(`(?i)(?P<keep>(?:^|\s)--?(?:password|passwd|pass|secret|token|api-key)[ =])(?:"[^"\r\n]*"|'[^'\r\n]*'|\S+)`),
	regexp.MustCompile(`(?P<keep>\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\r\n]*?\s-p)[^\s-]\S*`),
	regexp.MustCompile(`(?P<keep>\bsshpass\s+-p\s*)(?:'[^']*'|"[^"]*"|\S+)`),
	regexp.MustCompile(`(?P<keep>\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/@]+:)[^\s@/]+(?P<after>@)`),
	regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`),
	regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bglpat-[A-Za-z0-9_-]{20,}`),
}

// Mask replaces what looks like a password, a key or a token. It is done by the
// recorder before anything leaves its machine, and again before it is kept.
func Mask(text string) string {
	for _, form := range secrets {
		keep, after := form.SubexpIndex("keep"), form.SubexpIndex("after")
		replacement := masked
		if keep > 0 {
			replacement = "${keep}" + masked
		}
		if after > 0 {
			replacement += "${after}"
		}
		text = form.ReplaceAllString(text, replacement)
	}
	return text
}

// MaskEvents masks the texts of events. What a program writes in several pieces is
// masked as one stretch: neighbouring events of one kind are joined first.
func MaskEvents(all []Event) []Event {
	var joined []Event
	for _, e := range all {
		if n := len(joined); n > 0 && joined[n-1].Kind == e.Kind && e.Kind != "r" && !endsLine(joined[n-1].Text) {
			joined[n-1].Text += e.Text
			continue
		}
		joined = append(joined, e)
	}
	for i := range joined {
		joined[i].Text = Mask(joined[i].Text)
	}
	return joined
}

func endsLine(text string) bool {
	return text != "" && (text[len(text)-1] == '\n' || text[len(text)-1] == '\r')
}
