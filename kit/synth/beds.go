package synth

import (
	"strconv"
	"time"
)

// bedUse is a time during which a bed is taken.
type bedUse struct {
	bed      int
	from, to time.Time
}

// takeBed finds a bed that nobody else lies in from begin to end, trying from a
// drawn one upward; a full ward puts up extra beds (加床).
func (g *generator) takeBed(s *stream, unitKey string, begin, end time.Time) string {
	beds := 0
	for _, u := range units {
		if u.key == unitKey {
			beds = u.beds
		}
	}
	first := s.below(beds)
	for step := range beds {
		bed := (first+step)%beds + 1
		if g.bedFree(unitKey, bed, begin, end) {
			g.beds[unitKey] = append(g.beds[unitKey], bedUse{bed, begin, end})
			return strconv.Itoa(bed)
		}
	}
	for extra := beds + 1; ; extra++ {
		if g.bedFree(unitKey, extra, begin, end) {
			g.beds[unitKey] = append(g.beds[unitKey], bedUse{extra, begin, end})
			return "加" + strconv.Itoa(extra-beds)
		}
	}
}

func (g *generator) bedFree(unitKey string, bed int, begin, end time.Time) bool {
	for _, use := range g.beds[unitKey] {
		if use.bed == bed && use.from.Before(end) && begin.Before(use.to) {
			return false
		}
	}
	return true
}
