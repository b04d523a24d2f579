package synth

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// parseShifts reads what a condition does to analytes at admission: a range,
// or a word for qualitative results.
func parseShifts(declared string) map[string]string {
	out := make(map[string]string)
	for entry := range strings.SplitSeq(declared, ";") {
		if code, text, ok := strings.Cut(entry, "="); ok {
			out[code] = text
		}
	}
	return out
}

var routinePanels = map[EncounterClass][]string{
	Inpatient:  {"cbc", "liver", "renal", "electrolytes", "glucose", "coagulation", "urinalysis"},
	Emergency:  {"cbc", "renal", "electrolytes", "glucose"},
	Outpatient: {"cbc"},
}

// test orders the panels of the encounter, once at the start and, for those
// worth repeating, again in the middle and before the end of a stay.
func (v *visit) test() {
	wanted := append(append([]string(nil), routinePanels[v.course.class]...), strings.Fields(v.c.panels)...)
	switch v.course.class {
	case Inpatient:
		v.testAll(wanted, v.course.begin.Add(time.Duration(v.s.between(25, 60))*time.Minute), 0)
		for _, at := range v.testMornings() {
			v.testAll(v.repeated(wanted), at, v.recovery(v.progress(at)))
		}
	case Emergency:
		v.testAll(wanted, v.course.begin.Add(10*time.Minute), 0)
	default:
		switch {
		case v.c.key == "vertigo":
		case v.followUp:
			v.testAll(wanted[:1], v.course.begin.Add(3*time.Minute), 900)
		default:
			v.testAll(slices.DeleteFunc(wanted, func(key string) bool { return key == "gas" }), v.course.begin.Add(3*time.Minute), v.mildness())
		}
	}
}

// testMornings are daily in the ICU, then two more in the rest of the stay.
func (v *visit) testMornings() []time.Time {
	var out []time.Time
	for date := midnight(v.course.begin).AddDate(0, 0, 2); v.past(date); date = date.AddDate(0, 0, 1) {
		at := date.Add(6*time.Hour + time.Duration(v.s.between(0, 40))*time.Minute)
		before, now := v.progress(at.Add(-day)), v.progress(at)
		due := v.on(at).unit == "icu" || before < 430 && now >= 430 || before < 840 && now >= 840
		if due && v.past(at) {
			out = append(out, at)
		}
	}
	return out
}

// recovery is how far toward normal results have moved; a patient who is only
// better goes home with some way left.
func (v *visit) recovery(share int) int {
	if v.c.outcome == "治愈" {
		return min(share*13/10, 960)
	}
	return share * 8 / 10
}

func (v *visit) repeated(wanted []string) []string {
	var out []string
	for _, key := range wanted {
		p := panelOf(key)
		if p.once || key == "urinalysis" {
			continue
		}
		if key == "cbc" || key == "electrolytes" || v.isShifted(p) {
			out = append(out, key)
		}
	}
	return out
}

func (v *visit) isShifted(p *panel) bool {
	for _, a := range p.analytes {
		if _, ok := v.shifts[a.code]; ok {
			return true
		}
	}
	return false
}

func (v *visit) testAll(keys []string, collected time.Time, recovery int) {
	for _, key := range keys {
		reported := collected.Add(time.Duration(v.s.between(18, 55)) * time.Minute)
		if v.course.class != Inpatient {
			reported = collected.Add(4 * time.Minute)
		}
		if !v.past(reported) {
			continue
		}
		v.report(panelOf(key), collected, reported, recovery)
	}
	v.sortReports()
}

// sortReports puts reports in the order they came out; insertion, since at most
// one batch is out of place.
func (v *visit) sortReports() {
	for i := 1; i < len(v.reports); i++ {
		for j := i; j > 0 && v.reports[j].Reported.Before(v.reports[j-1].Reported); j-- {
			v.reports[j], v.reports[j-1] = v.reports[j-1], v.reports[j]
		}
	}
}

func (v *visit) report(p *panel, collected, reported time.Time, recovery int) {
	order := v.order(Order{Kind: OrderLab, Term: Once, Text: p.name.Zh, Begin: collected, Stop: &reported,
		CarriedBy: personKey("laboratory", "technician", v.s.between(1, 4))})
	v.counts.lab++
	report := LabReport{
		Key: fmt.Sprintf("l-%s-%02d", v.enc.Key[2:], v.counts.lab), Encounter: v.enc.Key, Patient: v.patient.Key,
		Order: order.Key, Panel: p.key, Name: p.name, Specimen: p.specimen,
		Collected: collected, Reported: reported, Reporter: order.CarriedBy,
		Results: make([]Observation, 0, len(p.analytes)),
	}
	values := v.draw(p, recovery)
	for i, a := range p.analytes {
		report.Results = append(report.Results, v.observation(a, values[i]))
	}
	v.reports = append(v.reports, report)
}
