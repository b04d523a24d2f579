package policy

// way finds the first rung on which the rules would allow what they refuse now.
func (b *Book) way(f facts) Rung {
	if f.roles&roleBits["person"] == 0 {
		return WayNone
	}
	for _, rung := range []struct {
		way      Rung
		supposed fact
	}{{WayStepUp, stepped}, {WayReason, reason}, {WayGlass, glass}, {WayAsk, grant}} {
		supposed := f
		supposed.holds |= rung.supposed
		if supposed != f && b.verdict(supposed).allowed {
			return rung.way
		}
	}
	return WayNone
}
