package synth

import (
	"strings"
	"time"
)

// body is one set of vital figures; temperature in tenths of a degree.
type body struct {
	temperature, pulse, breaths, systolic, diastolic, spo2 int
}

var vitalNames = []string{"T", "P", "R", "SYS", "DIA", "SpO2"}

func (b *body) figures() []*int {
	return []*int{&b.temperature, &b.pulse, &b.breaths, &b.systolic, &b.diastolic, &b.spo2}
}

// healthy draws resting figures that fit the age.
func (v *visit) healthy() body {
	s := v.s
	out := body{temperature: s.between(362, 369), spo2: s.between(97, 99)}
	switch {
	case v.age < 2:
		out.pulse, out.breaths, out.systolic, out.diastolic = s.between(108, 128), s.between(26, 34), s.between(84, 96), s.between(50, 60)
	case v.age < 7:
		out.pulse, out.breaths, out.systolic, out.diastolic = s.between(92, 112), s.between(20, 25), s.between(90, 104), s.between(54, 64)
	case v.age < 14:
		out.pulse, out.breaths, out.systolic, out.diastolic = s.between(80, 98), s.between(18, 22), s.between(98, 114), s.between(58, 70)
	default:
		out.pulse, out.breaths = s.between(64, 84), s.between(16, 19)
		out.systolic, out.diastolic = s.between(108, 132), s.between(66, 82)
	}
	if v.hasChronic("I10") {
		out.systolic, out.diastolic = s.between(128, 148), s.between(74, 88)
	}
	return out
}

func (v *visit) hasChronic(code string) bool {
	for _, illness := range v.who.chronic {
		if illness.diagnosis.Code == code {
			return true
		}
	}
	return false
}

// mildness is how far from the admitted case towards health somebody is who
// comes to the clinic on foot.
func (v *visit) mildness() int {
	if v.course.class == Outpatient {
		return 450
	}
	return 0
}

// ill is healthy with the ranges of the condition put in.
func (v *visit) ill(well body) body {
	out := well
	if v.followUp {
		return out
	}
	figures := out.figures()
	for entry := range strings.SplitSeq(v.c.vitals, ";") {
		name, text, _ := strings.Cut(entry, "=")
		low, high, places, ok := parseRange(text)
		for i, known := range vitalNames {
			if !ok || known != name {
				continue
			}
			drawn := v.s.between(low, high)
			if known == "T" && places == 0 {
				drawn *= 10
			}
			*figures[i] = drawn
		}
	}
	return out
}

// measureVitals takes rounds through the stay, from ill toward healthy by its
// middle.
func (v *visit) measureVitals() {
	well := v.healthy()
	ill := v.ill(well)
	if v.course.class != Inpatient {
		v.round(v.course.begin.Add(time.Duration(v.s.between(2, 5))*time.Minute), ill, well, v.mildness())
		return
	}
	first := v.course.begin.Add(time.Duration(v.s.between(10, 25)) * time.Minute)
	v.round(first, ill, well, 0)
	for date := midnight(v.course.begin); v.past(date); date = date.AddDate(0, 0, 1) {
		for _, hour := range v.roundHours(date) {
			at := date.Add(time.Duration(hour)*time.Hour + time.Duration(v.s.between(0, 20))*time.Minute)
			if at.After(first.Add(2*time.Hour)) && v.past(at) {
				v.round(at, ill, well, min(v.progress(at)*18/10, 1000))
			}
		}
	}
}

func (v *visit) roundHours(date time.Time) []int {
	switch {
	case v.on(date.Add(12*time.Hour)).unit == "icu":
		return []int{2, 6, 10, 14, 18, 22}
	case date.Before(v.course.begin.Add(2 * day)):
		return []int{6, 14, 20}
	}
	return []int{6, 14}
}

func (v *visit) round(at time.Time, ill, well body, recovery int) {
	now := ill
	figures, goal := now.figures(), well.figures()
	for i := range figures {
		*figures[i] += (*goal[i] - *figures[i]) * recovery / 1000
	}
	if recovery > 0 {
		now.temperature += v.s.between(-2, 2)
		now.pulse += v.s.between(-4, 4)
		now.breaths += v.s.between(-1, 1)
		now.systolic += v.s.between(-6, 6)
		now.diastolic += v.s.between(-4, 4)
		now.spo2 = min(now.spo2+v.s.between(-1, 1), 100)
	}
	v.rounds = append(v.rounds, Vitals{
		Encounter: v.enc.Key, Patient: v.patient.Key, At: at, Nurse: v.on(at).nurse,
		Temperature: formatScaled(now.temperature, 1),
		Pulse:       now.pulse, Breaths: now.breaths,
		Systolic: now.systolic, Diastolic: now.diastolic, SpO2: now.spo2,
	})
}

// Observations gives the round as coded results.
func (v Vitals) Observations() []Observation {
	figure := func(code, loinc, zh, en, unit, value string) Observation {
		return Observation{Code: code, LOINC: loinc, Name: Label{zh, en}, Unit: unit, Value: value}
	}
	return []Observation{
		figure("T", "8310-5", "体温", "Body temperature", "℃", v.Temperature),
		figure("P", "8867-4", "脉搏", "Heart rate", "次/分", formatScaled(v.Pulse, 0)),
		figure("R", "9279-1", "呼吸", "Respiratory rate", "次/分", formatScaled(v.Breaths, 0)),
		figure("SYS", "8480-6", "收缩压", "Systolic blood pressure", "mmHg", formatScaled(v.Systolic, 0)),
		figure("DIA", "8462-4", "舒张压", "Diastolic blood pressure", "mmHg", formatScaled(v.Diastolic, 0)),
		figure("SpO2", "59408-5", "血氧饱和度", "Oxygen saturation by pulse oximetry", "%", formatScaled(v.SpO2, 0)),
	}
}

// learn brings the facts up to time t: the latest vital signs and every
// laboratory report out by then.
func (v *visit) learn(t time.Time) {
	for _, round := range v.rounds {
		if round.At.After(t) {
			break
		}
		v.known["T"], v.known["SpO2"] = round.Temperature, formatScaled(round.SpO2, 0)
		v.known["P"], v.known["R"] = formatScaled(round.Pulse, 0), formatScaled(round.Breaths, 0)
		v.known["BP"] = formatScaled(round.Systolic, 0) + "/" + formatScaled(round.Diastolic, 0)
	}
	for v.learned < len(v.reports) && !v.reports[v.learned].Reported.After(t) {
		for _, result := range v.reports[v.learned].Results {
			v.known[result.Code] = result.Value
		}
		v.learned++
	}
}
