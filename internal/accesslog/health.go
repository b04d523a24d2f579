package accesslog

import (
	"slices"
	"strconv"
	"time"
)

const (
	// hourForm names an hour of a run.
	hourForm = "2006-01-02T15"
	// rhythm is how many lines an hour must usually have before none is a gap.
	rhythm = 20
	// rhythmDays is on how many days an hour must have been seen to be expected.
	rhythmDays = 3
	// ahead is how far a line may lie after it came before it is one from the future.
	ahead = 5 * time.Minute
	// skewed is by how much a clock may be off before that is a finding.
	skewed = 5 * time.Minute
	// drifts is by how much more in a day a clock may be off.
	drifts = 20 * time.Second
	// longestGap bounds the hours that are looked at for gaps.
	longestGap = 31 * 24
)

// health gathers what the lines tell of the log itself.
type health struct {
	received time.Time
	sequence bool
	before   int64 // the id of the line before; 0: none yet
	skews    []time.Duration
}

func newHealth(run Run, m Mapping) *health {
	received := run.Begun
	if !run.Written.IsZero() && run.Written.Before(received) {
		received = run.Written
	}
	return &health{received: received, sequence: m.Sequence, before: run.Top}
}

// note takes in one line.
func (h *health) note(run *Run, e taken) {
	run.Hours[e.At.Format(hourForm)]++
	run.First, run.Last = earlier(run.First, e.At), later(run.Last, e.At)
	if e.At.Sub(run.Begun) > ahead {
		run.Tally.Future++
	}
	if !e.Relayed.IsZero() && !e.Relayed.Equal(e.At) && len(h.skews) < 10_000 {
		h.skews = append(h.skews, e.At.Sub(e.Relayed))
	}
	if !h.sequence {
		return
	}
	n, err := strconv.ParseInt(e.ID, 10, 64)
	if err != nil || n <= 0 {
		return
	}
	if h.before > 0 && n > h.before+1 {
		run.Tally.Missing += n - h.before - 1
	}
	h.before = max(h.before, n)
	run.Top = h.before
}

// skew is by how much the clock of the source is ahead, as far as the run tells: by whoever
// passed the lines on, or by when the file was made, or, for a log that runs into the
// future, by when it came.
func (h *health) skew(run Run) (by time.Duration, told bool) {
	switch {
	case len(h.skews) > 0:
		slices.Sort(h.skews)
		return h.skews[len(h.skews)/2], true
	case run.Last.IsZero():
		return 0, false
	case !run.Written.IsZero(), run.Last.Sub(run.Begun) > ahead:
		return run.Last.Sub(h.received), true
	}
	return 0, false
}

// gaps are the stretches of whole hours without a line in which the source usually has
// some. before are earlier runs of the source, the newest first.
func gaps(run Run, before []Run) [][2]time.Time {
	if run.First.IsZero() {
		return nil
	}
	from, to := hourOf(run.First), hourOf(run.Last)
	if len(before) > 0 && before[0].Last.Before(run.First) && run.First.Sub(before[0].Last) < longestGap*time.Hour {
		from = hourOf(before[0].Last)
	}
	usual := usualHours(run, before)
	var found [][2]time.Time
	for at := from; !at.After(to) && at.Sub(from) < longestGap*time.Hour; at = at.Add(time.Hour) {
		if seenIn(at, run, before) || usual[at.Hour()] < rhythm {
			continue
		}
		if n := len(found); n > 0 && found[n-1][1].Equal(at) {
			found[n-1][1] = at.Add(time.Hour)
		} else {
			found = append(found, [2]time.Time{at, at.Add(time.Hour)})
		}
	}
	return found
}

func seenIn(hour time.Time, run Run, before []Run) bool {
	name := hour.Format(hourForm)
	return run.Hours[name] > 0 || slices.ContainsFunc(before, func(b Run) bool { return b.Hours[name] > 0 })
}

// usualHours are how many lines each hour of a day has: the median of the days on which it
// was seen, or, for a source that is new, that of all hours of this run.
func usualHours(run Run, before []Run) [24]int {
	var days [24]map[string]int
	var all []int
	for _, one := range append([]Run{run}, before...) {
		for name, n := range one.Hours {
			at, err := time.Parse(hourForm, name)
			if err != nil {
				continue
			}
			if days[at.Hour()] == nil {
				days[at.Hour()] = map[string]int{}
			}
			days[at.Hour()][name] += n
		}
	}
	for _, n := range run.Hours {
		all = append(all, n)
	}
	var usual [24]int
	for hour := range usual {
		var counts []int
		for _, n := range days[hour] {
			counts = append(counts, n)
		}
		switch {
		case len(counts) >= rhythmDays:
			usual[hour] = median(counts)
		case len(before) < rhythmDays:
			usual[hour] = median(all)
		}
	}
	return usual
}

func median(all []int) int {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// drift is by how much more a clock is ahead for every day, by the runs that tell: the
// slope of the line of least squares. It needs five runs over two days.
func drift(all []Run) (perDay time.Duration, told bool) {
	var x, y []float64
	for _, run := range all {
		if run.Skewed {
			x = append(x, run.Last.Sub(all[0].Last).Hours()/24)
			y = append(y, float64(run.Skew))
		}
	}
	if len(x) < 5 || slices.Max(x)-slices.Min(x) < 2 {
		return 0, false
	}
	meanX, meanY := mean(x), mean(y)
	var over, under float64
	for i := range x {
		over += (x[i] - meanX) * (y[i] - meanY)
		under += (x[i] - meanX) * (x[i] - meanX)
	}
	return time.Duration(over/under) * time.Microsecond, true
}

func mean(all []float64) float64 {
	sum := 0.0
	for _, v := range all {
		sum += v
	}
	return sum / float64(len(all))
}
