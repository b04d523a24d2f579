package exchange

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatAPartnerWroteFitsARow(t *testing.T) {
	for _, text := range []string{strings.Repeat("包", 40), "a\x00b", strings.Repeat("a", 63) + "包", "01KJP2YCD0QACBMEF5J5NA4RJF", ""} {
		got := clip(text)
		if !utf8.ValidString(got) || strings.Contains(got, "\x00") || len(got) > longestID || len(got) < min(len(text), longestID)-3 {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
