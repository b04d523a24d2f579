package synth

import (
	"strconv"
	"strings"
)

// A scaled number is an integer count of 10^-places; floats could round
// differently where the compiler fuses multiply and add.

// formatScaled writes n × 10^-places with exactly that many decimals.
func formatScaled(n, places int) string {
	if places == 0 {
		return strconv.Itoa(n)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.Itoa(n)
	if pad := places + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - places
	return sign + digits[:cut] + "." + digits[cut:]
}

// parseScaled reads a decimal as a count of 10^-places; digits beyond are cut.
func parseScaled(text string, places int) (int, bool) {
	negative := strings.HasPrefix(text, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(fraction) > places {
		fraction = fraction[:places]
	}
	n, err := strconv.Atoi(whole + fraction + strings.Repeat("0", places-len(fraction)))
	if err != nil || whole == "" {
		return 0, false
	}
	if negative {
		n = -n
	}
	return n, true
}

// parseRange reads "3-7" or "1.2-3.45"; places is the longer of both fractions.
func parseRange(text string) (low, high, places int, ok bool) {
	first, last, found := strings.Cut(text, "-")
	if !found {
		return 0, 0, 0, false
	}
	places = max(decimals(first), decimals(last))
	low, okLow := parseScaled(first, places)
	high, okHigh := parseScaled(last, places)
	return low, high, places, okLow && okHigh
}

func decimals(text string) int {
	_, fraction, _ := strings.Cut(text, ".")
	return len(fraction)
}
