package synth

// draw gives one scaled value per analyte of a panel, made to agree with one
// another; qualitative analytes keep 0.
func (v *visit) draw(p *panel, recovery int) []int {
	values := make([]int, len(p.analytes))
	at := func(code string) *int {
		for i, a := range p.analytes {
			if a.code == code {
				return &values[i]
			}
		}
		return new(int)
	}
	for i, a := range p.analytes {
		if a.word == "" {
			values[i] = v.value(a, recovery)
		}
	}
	switch p.key {
	case "cbc":
		v.balanceCount(at)
	case "liver":
		*at("TP") = *at("ALB") + *at("GLB")
		if _, ok := v.shifts["DBIL"]; !ok {
			*at("DBIL") = *at("TBIL") * v.s.between(20, 33) / 100
		}
	case "coagulation":
		*at("INR") = *at("PT") * 100 / 112
	case "gas":
		v.balanceGas(at)
	}
	return values
}

// value is an analyte between its level at admission and the patient's normal.
func (v *visit) value(a analyte, recovery int) int {
	if _, drawn := v.base[a.code]; !drawn {
		v.target[a.code] = v.normal(a)
		v.base[a.code] = v.admissionLevel(a)
	}
	base, target := v.base[a.code], v.target[a.code]
	now := base + (target-base)*recovery/1000
	if recovery == 0 {
		return now
	}
	swing := max(now/40, 0)
	return now + v.s.between(-swing, swing)
}

func (v *visit) admissionLevel(a analyte) int {
	if moved, ok := v.shifts[a.code]; ok {
		low, high, places, ok := parseRange(moved)
		if !ok {
			return v.target[a.code]
		}
		for ; places < a.places; places++ {
			low, high = low*10, high*10
		}
		for ; places > a.places; places-- {
			low, high = low/10, high/10
		}
		return v.s.between(low, high)
	}
	if a.code == "GLU" && v.hasChronic("E11.9") {
		return v.s.between(720, 1020)
	}
	return v.target[a.code]
}

func (v *visit) normal(a analyte) int {
	ref := a.reference(v.patient.Sex, v.age)
	margin := (ref.high - ref.low) / 8
	if ref.low == 0 {
		return v.s.between(ref.high/20, ref.high*6/10)
	}
	return v.s.central(ref.low+margin, ref.high-margin)
}

// balanceCount makes the differential add up to 100 % and the red cell indices
// follow from haemoglobin and cell volume.
func (v *visit) balanceCount(at func(string) *int) {
	_, lymphocytesMoved := v.shifts["LYM%"]
	_, neutrophilsMoved := v.shifts["NEUT%"]
	*at("MONO%"), *at("EO%"), *at("BASO%") = v.s.between(35, 75), v.s.between(5, 35), v.s.between(1, 6)
	if *at("NEUT%") > 850 {
		*at("MONO%"), *at("EO%"), *at("BASO%") = v.s.between(16, 28), v.s.between(0, 4), v.s.between(0, 2)
	}
	others := *at("MONO%") + *at("EO%") + *at("BASO%")
	if lymphocytesMoved && !neutrophilsMoved {
		*at("NEUT%") = 1000 - others - *at("LYM%")
	} else {
		*at("NEUT%") = min(*at("NEUT%"), 1000-others-10)
		*at("LYM%") = 1000 - others - *at("NEUT%")
	}
	*at("NEUT#") = *at("WBC") * *at("NEUT%") / 100

	concentration := v.s.between(324, 344)
	if v.age < 14 {
		concentration = v.s.between(320, 340)
	}
	hematocrit := *at("HGB") * 1000 / concentration
	volume := *at("MCV")
	*at("MCHC"), *at("HCT") = concentration, hematocrit
	*at("RBC") = hematocrit * 1000 / volume
	*at("MCH") = concentration * volume / 1000
}

// acidity is pH × 100 by bicarbonate over 0.03 × pCO2, from 8 upward
// (Henderson–Hasselbalch with pK 6.1).
var acidity = []int{
	700, 705, 710, 714, 718, 721, 725, 728, 730, 733, 736, 738, 740, 742, 744,
	746, 748, 750, 751, 753, 755, 756, 758, 759, 761, 762, 763, 764, 766, 767,
}

// saturations is the oxygen saturation in tenths of a percent by pO2 in steps
// of 5 mmHg from 40.
var saturations = []int{748, 800, 842, 878, 902, 921, 935, 946, 955, 963, 968, 972, 975, 978, 980}

func (v *visit) balanceGas(at func(string) *int) {
	if _, moved := v.shifts["PCO2"]; !moved {
		*at("PCO2"), *at("HCO3") = v.s.between(38, 42), v.s.between(23, 25)
	} else if *at("PCO2") > 45 {
		*at("HCO3") = 24 + (*at("PCO2")-40)*35/100 + v.s.between(-1, 1)
	}
	ratio := *at("HCO3") * 1000 / (30 * *at("PCO2"))
	*at("pH") = acidity[min(max(ratio-8, 0), len(acidity)-1)]
	*at("BE") = (*at("HCO3")*10 - 244 + (*at("pH")-740)*148/100) * 93 / 100
	*at("SAO2") = saturations[min(max((*at("PO2")-40)/5, 0), len(saturations)-1)] / 10
}

func (v *visit) observation(a analyte, value int) Observation {
	out := Observation{Code: a.code, LOINC: a.loinc, Name: a.name, Unit: a.unit}
	if a.word != "" {
		out.Value, out.Reference = a.word, a.word
		if moved, ok := v.shifts[a.code]; ok && !v.followUp {
			out.Value, out.Flag = moved, FlagAbnormal
		}
		return out
	}
	ref := a.reference(v.patient.Sex, v.age)
	out.Value = formatScaled(value, a.places)
	out.High = formatScaled(ref.high, a.places)
	out.Reference = "≤" + out.High
	if ref.low != 0 {
		out.Low = formatScaled(ref.low, a.places)
		out.Reference = out.Low + "～" + out.High
	}
	out.Flag = flagOf(value, ref, a.alarm)
	return out
}

func flagOf(value int, ref, alarm limits) Flag {
	switch {
	case alarm.low > 0 && value <= alarm.low:
		return FlagCriticalLow
	case alarm.high > 0 && value >= alarm.high:
		return FlagCriticalHigh
	case value < ref.low:
		return FlagLow
	case value > ref.high:
		return FlagHigh
	}
	return FlagNormal
}
