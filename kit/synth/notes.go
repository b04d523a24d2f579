package synth

import (
	"fmt"
	"strings"
	"time"
)

// file gives a document its place; what would lie after the anchor has not been
// written yet, and its key is empty.
func (v *visit) file(d Document) string {
	if d.At.After(v.g.anchor) {
		return ""
	}
	v.counts.document++
	d.Key = fmt.Sprintf("d-%s-%02d", v.enc.Key[2:], v.counts.document)
	d.Encounter, d.Patient, d.Sensitivity = v.enc.Key, v.patient.Key, v.enc.Sensitivity
	if d.Department == "" {
		d.Department = departmentKey(v.on(d.At).unit)
	}
	v.g.hospital.Documents = append(v.g.hospital.Documents, d)
	return d.Key
}

// write files every document of the encounter. Notes are composed in the order
// of time because facts move with it.
func (v *visit) write() {
	due := v.reportNotes()
	if v.course.class == Inpatient {
		due = append(due, v.timetable()...)
	} else {
		due = append(due, v.clinicNote())
	}
	sortNotes(due)
	for _, n := range due {
		if v.past(n.at) {
			v.learn(n.at)
			n.compose(n.at)
		}
	}
}

// note is a document due at a time.
type note struct {
	at      time.Time
	compose func(time.Time)
}

// timetable lists the notes of a stay: the admission within its legal clocks,
// rounds, progress at most three days apart, operations, transfers, discharge.
func (v *visit) timetable() []note {
	s, begin := v.s, v.course.begin
	minutes := func(low, high int) time.Time {
		return begin.Add(time.Duration(s.between(low, high)) * time.Minute)
	}
	morning := func(days, low, high int) time.Time {
		return midnight(begin).AddDate(0, 0, days).Add(time.Duration(s.between(low, high)) * time.Minute)
	}
	due := []note{
		{minutes(28, 50), v.writeNursing},
		{minutes(150, 330), v.writeFirstCourse},
		{awake(minutes(340, 700)), v.writeAdmission},
		{morning(1, 8*60+10, 9*60+20), v.writeAttendingRound},
		{morning(3, 8*60+20, 10*60), v.writeChiefRound},
	}
	last := int(v.course.end.Sub(midnight(begin)) / day)
	every := 2
	if last > 14 {
		every = 3
	}
	for d := 2; d < last; d += every {
		if d > v.operationDay() {
			due = append(due, note{morning(d, 10*60, 11*60+40), v.writeProgress})
		}
		due = append(due, note{morning(d, 15*60, 17*60), v.writeNursing})
	}
	if v.c.consult != nil {
		due = append(due, note{morning(2, 14*60, 16*60+30), v.writeConsultation})
	}
	due = append(due, v.operationNotes(morning)...)
	if len(v.posts) > 1 {
		due = append(due, note{v.posts[1].from.Add(time.Duration(s.between(40, 120)) * time.Minute), v.writeTransfer})
	}
	if !v.course.open {
		due = append(due, note{v.course.end.Add(-time.Duration(s.between(15, 60)) * time.Minute), v.writeDischarge})
	}
	return due
}

// awake puts off until the next morning what nobody writes at night.
func awake(t time.Time) time.Time {
	switch hour := t.Hour(); {
	case hour >= 23:
		return midnight(t).AddDate(0, 0, 1).Add(7*time.Hour + time.Duration(t.Minute())*time.Minute)
	case hour < 7:
		return midnight(t).Add(7*time.Hour + time.Duration(t.Minute())*time.Minute)
	}
	return t
}

func (v *visit) operationDay() int {
	if v.c.operation == nil {
		return -1
	}
	return v.c.operation.day
}

func (v *visit) operationNotes(morning func(days, low, high int) time.Time) []note {
	op := v.c.operation
	if op == nil {
		return nil
	}
	done := morning(op.day, 10*60+30, 15*60)
	if op.day == 0 {
		done = v.course.begin.Add(time.Duration(v.s.between(400, 520)) * time.Minute)
		if v.c.icuDays > 0 {
			done = v.course.begin.Add(time.Duration(v.s.between(95, 130)) * time.Minute)
		}
	}
	out := []note{{done, v.writeOperation}, {done.Add(45 * time.Minute), v.writeAfterOperation}}
	if op.day > 0 {
		before := morning(op.day-1, 15*60, 17*60+30)
		if settled := v.course.begin.Add(350 * time.Minute); before.Before(settled) {
			before = settled
		}
		out = append(out, note{before, v.writeBeforeOperation})
	}
	if op.pathology != "" {
		out = append(out, note{morning(op.day+3, 9*60, 16*60), v.writePathology})
	}
	return out
}

// sortNotes keeps the order of notes due at the same minute.
func sortNotes(due []note) {
	for i := 1; i < len(due); i++ {
		for j := i; j > 0 && due[j].at.Before(due[j-1].at); j-- {
			due[j], due[j-1] = due[j-1], due[j]
		}
	}
}

func (v *visit) vitalLine() string {
	return v.say("T [T]℃，P [P]次/分，R [R]次/分，BP [BP] mmHg，SpO2 [SpO2]%。")
}

func (v *visit) diagnosisList() string {
	var out strings.Builder
	for i, d := range v.enc.Diagnoses {
		if i > 0 {
			out.WriteByte('\n')
		}
		fmt.Fprintf(&out, "%d. %s", i+1, d.Name)
	}
	return out.String()
}

func (v *visit) nameOf(key string) string { return v.g.personOf(key).Name.Full }

func (v *visit) titleOf(key string) string { return v.g.personOf(key).Title.Zh }

func dateWords(t time.Time) string { return t.Format("2006年01月02日") }
