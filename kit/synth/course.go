package synth

import "time"

// course is when and how a patient is treated for the main problem. An open
// course ends, as far as anybody plans, at end.
type course struct {
	class      EncounterClass
	begin, end time.Time
	open       bool
}

func (c course) shifted(by time.Duration) course {
	if !c.open {
		c.begin, c.end = c.begin.Add(by), c.end.Add(by)
	}
	return c
}

const day = 24 * time.Hour

// horizonDays is how far back main encounters reach.
const horizonDays = 540

// course is drawn for patient number i; most of those still in hospital are
// among the first 400, whatever the size.
func (g *generator) course(s *stream, c *condition, i int) course {
	class := []EncounterClass{Inpatient, Outpatient, Emergency}[s.weighted(c.settings[:])]
	open := s.chance(2)
	if i <= 400 {
		open = s.chance(17)
	}
	if i%block == atVIP {
		class, open = Inpatient, true
	}
	switch class {
	case Inpatient:
		return g.admission(s, c, open)
	case Emergency:
		return g.emergencyVisit(s, open)
	}
	return g.clinicVisit(s, open)
}

func (g *generator) admission(s *stream, c *condition, open bool) course {
	days := s.between(c.stay[0], c.stay[1])
	if open {
		elapsed := time.Duration(s.between(5*60, days*24*54)) * time.Minute
		begin := g.anchor.Add(-elapsed)
		return course{Inpatient, begin, begin.Add(time.Duration(days) * day), true}
	}
	last := g.dayBefore(s.between(1, horizonDays))
	end := last.Add(time.Duration(s.between(8*60+40, 11*60+20)) * time.Minute)
	begin := last.AddDate(0, 0, -days).Add(time.Duration(s.between(8*60, 21*60)) * time.Minute)
	return course{Inpatient, begin, end, false}
}

func (g *generator) emergencyVisit(s *stream, open bool) course {
	length := time.Duration(s.between(90, 420)) * time.Minute
	if open {
		begin := g.anchor.Add(-time.Duration(s.between(20, 150)) * time.Minute)
		return course{Emergency, begin, begin.Add(length), true}
	}
	begin := g.dayBefore(s.between(1, horizonDays)).Add(time.Duration(s.between(0, 24*60-1)) * time.Minute)
	return course{Emergency, begin, begin.Add(length), false}
}

func (g *generator) clinicVisit(s *stream, open bool) course {
	length := time.Duration(s.between(12, 45)) * time.Minute
	if open {
		begin := g.anchor.Add(-time.Duration(s.between(6, 40)) * time.Minute)
		return course{Outpatient, begin, begin.Add(length), true}
	}
	begin := clinicHour(s, g.dayBefore(s.between(2, horizonDays)))
	return course{Outpatient, begin, begin.Add(length), false}
}

// dayBefore is midnight that many days before the anchor.
func (g *generator) dayBefore(days int) time.Time {
	return midnight(g.anchor).AddDate(0, 0, -days)
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, chinaTime)
}

// clinicHour is a time at which clinics see patients, on that day or the Friday
// before.
func clinicHour(s *stream, t time.Time) time.Time {
	date := midnight(t)
	switch date.Weekday() {
	case time.Saturday:
		date = date.AddDate(0, 0, -1)
	case time.Sunday:
		date = date.AddDate(0, 0, -2)
	}
	minutes := s.between(8*60, 11*60+20)
	if s.chance(42) {
		minutes = s.between(13*60+30, 16*60+40)
	}
	return date.Add(time.Duration(minutes) * time.Minute)
}
