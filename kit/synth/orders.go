package synth

import (
	"fmt"
	"strings"
	"time"
)

// order gives an order its place in the encounter and keeps it.
func (v *visit) order(o Order) Order {
	v.counts.order++
	o.Key = fmt.Sprintf("o-%s-%03d", v.enc.Key[2:], v.counts.order)
	o.Encounter, o.Patient = v.enc.Key, v.patient.Key
	on := v.on(o.Begin)
	o.OrderedBy = on.resident
	if v.course.class != Inpatient {
		o.OrderedBy = on.attending
	}
	v.g.hospital.Orders = append(v.g.hospital.Orders, o)
	return o
}

// prescribe writes nursing, diet and drug orders, and settles the fact abx.
func (v *visit) prescribe() {
	begin := v.course.begin.Add(time.Duration(v.s.between(30, 70)) * time.Minute)
	if v.course.class != Inpatient {
		begin = v.course.begin.Add(5 * time.Minute)
	}
	if v.course.class == Inpatient && v.past(begin) {
		on := v.on(begin)
		v.standing(OrderNursing, strings.ReplaceAll(unitName(on.unit), "（ICU）", "")+"护理常规", begin)
		v.nursingGrade(begin)
		v.standing(OrderDiet, v.c.diet, begin)
		if v.c.grade == "特级护理" || v.c.grade == "一级护理" {
			v.standing(OrderNursing, "心电、血压、血氧饱和度监测", begin)
		}
	}
	for key := range strings.FieldsSeq(v.c.drugs) {
		name, once := strings.CutPrefix(key, "!")
		m, ok := medicineOf(name).suitable(v.patient.Allergies, v.age < 18)
		if !ok {
			continue
		}
		if m.antibacterial() {
			m = v.byMouthOutside(m)
			v.known["abx"] = orElse(v.known["abx"], m.spoken)
		}
		if v.givenHere(m) && v.past(begin) {
			v.drug(m, once, begin)
		}
	}
}

// byMouthOutside gives the oral form where nobody lies in a bed.
func (v *visit) byMouthOutside(m medicine) medicine {
	switch {
	case v.course.class == Inpatient || m.route == "口服":
		return m
	case v.age < 18:
		return medicineOf("azithromycin-child")
	}
	return medicineOf("levofloxacin-oral")
}

// givenHere keeps injections and drips out of the clinic.
func (v *visit) givenHere(m medicine) bool {
	if v.course.class != Outpatient {
		return true
	}
	return m.route == "口服" || m.route == "雾化吸入" || m.route == "皮下注射"
}

func (v *visit) standing(kind OrderKind, text string, begin time.Time) {
	v.order(Order{Kind: kind, Term: Standing, Text: text, Begin: begin, Stop: v.stop(), CarriedBy: v.on(begin).nurse})
}

// nursingGrade steps down when the patient leaves the ICU.
func (v *visit) nursingGrade(begin time.Time) {
	if len(v.posts) == 1 {
		v.standing(OrderNursing, v.c.grade, begin)
		return
	}
	moved := v.posts[1].from
	v.order(Order{Kind: OrderNursing, Term: Standing, Text: v.c.grade, Begin: begin, Stop: &moved, CarriedBy: v.on(begin).nurse})
	v.standing(OrderNursing, "一级护理", moved.Add(20*time.Minute))
}

func (v *visit) stop() *time.Time {
	if v.course.open {
		return nil
	}
	end := v.course.end
	return &end
}

func (v *visit) drug(m medicine, once bool, begin time.Time) {
	o := Order{
		Kind: OrderDrug, Term: Standing, Text: m.name, Dose: m.doseFor(v.who.weightKg), Route: m.route,
		Frequency: m.frequency, Begin: begin, Stop: v.stop(), CarriedBy: v.on(begin).nurse,
	}
	if m.route == "微量泵入" && len(v.posts) > 1 {
		o.Stop = &v.posts[1].from
	}
	if once || v.course.class != Inpatient {
		given := begin.Add(10 * time.Minute)
		o.Term, o.Stop = Once, &given
	}
	if v.course.class == Outpatient {
		o.CarriedBy = personKey("pharmacy", "pharmacist", v.s.between(1, 4))
	}
	v.order(o)
}
