package synth

import (
	"fmt"
	"strings"
	"time"
)

// study is an examination that has been done, with its report in words.
type study struct {
	ImagingStudy
	unit, reporter       string
	findings, impression string
}

// examine does the examinations of the condition: the first within hours, the
// others on the following days.
func (v *visit) examine() {
	if v.followUp || v.course.class == Outpatient && v.s.chance(45) {
		return
	}
	for i, image := range v.c.images {
		var at time.Time
		switch {
		case v.course.class != Inpatient && i > 0:
			return
		case v.course.class == Outpatient:
			at = v.course.begin.Add(6 * time.Minute)
		case v.course.class == Emergency:
			at = v.course.begin.Add(20 * time.Minute)
		case i == 0:
			at = v.course.begin.Add(time.Duration(v.s.between(50, 85)) * time.Minute)
		default:
			at = midnight(v.course.begin).AddDate(0, 0, i).Add(9*time.Hour + time.Duration(v.s.between(0, 150))*time.Minute)
		}
		if v.past(at.Add(30 * time.Minute)) {
			v.perform(image, at)
		}
	}
}

func (v *visit) perform(image image, at time.Time) {
	v.learn(at)
	reporters := 4
	if image.unit == "function" {
		reporters = 3
	}
	v.counts.image++
	done := study{
		ImagingStudy: ImagingStudy{
			Key: fmt.Sprintf("i-%s-%d", v.enc.Key[2:], v.counts.image), Encounter: v.enc.Key, Patient: v.patient.Key,
			Modality: image.modality, Name: image.name, Performed: at,
		},
		unit: image.unit, reporter: personKey(image.unit, "technician", v.s.between(1, reporters)),
		findings: v.say(image.findings), impression: v.say(image.impression),
	}
	ordered := v.course.begin.Add(4 * time.Minute)
	if at.Sub(ordered) > 2*time.Hour {
		ordered = at.Add(-90 * time.Minute)
	}
	done.Order = v.order(Order{Kind: OrderImaging, Term: Once, Text: image.name, Begin: ordered, Stop: &at, CarriedBy: done.reporter}).Key
	v.studies = append(v.studies, done)
}

// reportNotes are the reports, due shortly after each examination.
func (v *visit) reportNotes() []note {
	var out []note
	for _, done := range v.studies {
		at := done.Performed.Add(time.Duration(v.s.between(10, 28)) * time.Minute)
		if v.course.class == Outpatient {
			at = done.Performed.Add(2 * time.Minute)
		}
		out = append(out, note{at, func(at time.Time) { v.writeReport(done, at) }})
	}
	return out
}

func (v *visit) writeReport(done study, at time.Time) {
	done.Document = v.file(Document{
		Kind: "C0006", Title: done.Name + "报告", Author: done.reporter, Department: departmentKey(done.unit), At: at,
		Sections: []Section{
			{"examination", "检查项目", "", done.Name},
			{"clinical-diagnosis", "临床诊断", "29548-5", v.c.name},
			{"findings", "检查所见", "", done.findings},
			{"impression", "检查结论", "", numbered(strings.ReplaceAll(strings.TrimSuffix(done.impression, "。"), "；", ";"))},
		},
	})
	v.g.hospital.ImagingStudies = append(v.g.hospital.ImagingStudies, done.ImagingStudy)
}

// seenBy lists the conclusions known at t.
func (v *visit) seenBy(t time.Time) string {
	var out []string
	for _, done := range v.studies {
		if !done.Performed.Add(30 * time.Minute).After(t) {
			out = append(out, done.Name+"："+done.impression)
		}
	}
	return strings.Join(out, "\n")
}

var flagMarks = map[Flag]string{FlagHigh: "↑", FlagLow: "↓", FlagCriticalHigh: "↑↑", FlagCriticalLow: "↓↓"}

// measured writes a value with its unit as on a report.
func measured(r Observation) string {
	switch {
	case r.Unit == "":
		return r.Value
	case r.Unit == "%" || strings.HasPrefix(r.Unit, "10^"):
		return r.Value + strings.Replace(r.Unit, "10^", "×10^", 1)
	}
	return r.Value + " " + r.Unit
}

// testedBy lists the abnormal results reported from since to t, a line a panel.
func (v *visit) testedBy(since, t time.Time) string {
	var out []string
	for _, report := range v.reports {
		if report.Reported.After(t) || report.Reported.Before(since) {
			continue
		}
		var abnormal []string
		for _, r := range report.Results {
			if r.Flag != FlagNormal {
				abnormal = append(abnormal, r.Name.Zh+" "+measured(r)+flagMarks[r.Flag])
			}
		}
		if len(abnormal) == 0 {
			out = append(out, report.Name.Zh+"：未见明显异常。")
		} else {
			out = append(out, report.Name.Zh+"："+strings.Join(abnormal, "，")+"。")
		}
	}
	return strings.Join(out, "\n")
}
