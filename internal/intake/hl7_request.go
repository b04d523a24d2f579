package intake

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/hl7v2"
)

// orderTypes are the messages that ask for something, by MSH-9.1.
var orderTypes = []string{"ORM", "OMG", "OML", "OMI"}

// farthestPlan is how far ahead something may be planned that brings anybody to a patient.
const farthestPlan = 90 * 24 * time.Hour

// request is what one ORC with its OBR asks for.
type request struct {
	control *hl7v2.Segment   // ORC
	detail  *hl7v2.Segment   // OBR; nil where the order says nothing more
	drug    *hl7v2.Segment   // RXO or RXE
	done    []*hl7v2.Segment // RXD or RXA
	route   *hl7v2.Segment   // RXR
	timing  *hl7v2.Segment   // TQ1
}

// orders brings whom an order message names to the patient, and lets go of them when it
// says that all is done or called off.
func (m *message) orders(ctx context.Context) error {
	m.addIdentifiers()
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	for _, q := range m.requests() {
		if q.drug != nil || len(q.done) > 0 {
			err = m.medicate(ctx, v.encounter, q)
		} else {
			err = m.order(ctx, v.encounter.ID, q)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *message) requests() []request {
	var all []request
	for _, s := range m.Segments() {
		switch s.Name() {
		case "ORC":
			all = append(all, request{control: s})
		case "OBR":
			if k := len(all); k > 0 && all[k-1].detail == nil {
				all[k-1].detail = s
			}
		case "RXO", "RXE", "RXD", "RXA", "RXR", "TQ1":
			if k := len(all); k > 0 {
				all[k-1].says(s)
			}
		}
	}
	return all
}

// get reads a field of the OBR of a request, which may be missing.
func (q request) get(path string) hl7v2.Value {
	if q.detail == nil {
		return hl7v2.Value{}
	}
	return q.detail.Get(path)
}

// number is by which whoever asks calls it.
func (q request) number() string {
	return clip(cmp.Or(q.control.Get("2.1").Text(), q.get("2.1").Text(), q.control.Get("3.1").Text(), q.get("3.1").Text()), longestNumber)
}

// isOver reports what HL7 tables 0119 (order control) and 0038 (order status) say has
// ended: done, or called off.
func (q request) isOver() (done, off bool) {
	off = slices.Contains([]string{"CA", "OC", "CR", "DC", "OD", "DR", "DE"}, q.control.Get("1").Text())
	switch q.control.Get("5").Text() {
	case "CM":
		done = true
	case "CA", "DC", "ER":
		off = true
	}
	return done, off
}

func (m *message) order(ctx context.Context, stay string, q request) error {
	number := q.number()
	if done, off := q.isOver(); done || off {
		m.close(number, done)
		return nil
	}
	asked := m.time("MSH-7")
	for _, v := range []hl7v2.Value{q.control.Get("9"), q.get("6")} {
		if at, err := v.Component(1).Time(m.room.zone); v.IsPresent() && err == nil {
			asked = at.Time
			break
		}
	}
	in := patient.Asking{
		Patient: m.who.id, Encounter: stay, Number: number, Source: m.source.ID,
		Kind:    requisitionKindOf(q.get("24").Text(), q.get("4.1").Text(), q.get("4.4").Text()),
		Planned: m.planned(q.get("36"), q.control.Get("7.4"), q.get("27.4")),
	}
	orders := q.control.Get("12")
	if !orders.IsPresent() {
		orders = q.get("16")
	}
	var err error
	if in.AskedBy, err = m.staffNamed(ctx, "ORC-12", orders.XCN()); err != nil {
		return err
	}
	called := []string{q.get("34.7").Text(), q.get("20").Text(), q.control.Get("3.2").Text(), q.get("3.2").Text(), m.Get("MSH-6.1").Text()}
	if in.Department, err = m.department(ctx, called...); err != nil {
		return err
	}
	role := patient.FirstRole(in.Kind)
	for _, field := range []string{"32", "34"} {
		for _, v := range q.get(field).Repetitions() {
			// an NDL: its first component is a person, whose parts are subcomponents
			name := v.Component(1)
			if err := m.call(ctx, &in, "OBR-"+field, hl7v2.XCN{ID: name.Subcomponent(1).Text(), Family: name.Subcomponent(2).Text(), Given: name.Subcomponent(3).Text()}, role); err != nil {
				return err
			}
		}
	}
	m.ask(in, asked, "ORC-3")
	return nil
}

// appointment brings those who are to operate, or otherwise named by an appointment, to
// the patient.
func (m *message) appointment(ctx context.Context) error {
	m.addIdentifiers()
	number := clip(cmp.Or(m.Get("SCH-1.1").Text(), m.Get("SCH-2.1").Text()), longestNumber)
	switch status := m.Get("SCH-25.1").Text(); {
	case slices.Contains([]string{"S15", "S16", "S17", "S26"}, m.header.Trigger), status == "Cancelled", status == "Deleted", status == "Noshow":
		m.close(number, false)
		return nil
	case status == "Complete":
		m.close(number, true)
		return nil
	case !slices.Contains([]string{"S12", "S13", "S14"}, m.header.Trigger):
		m.found(ruleTrigger.warning("MSH-9.2"))
		return nil
	}
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	in := patient.Asking{
		Patient: m.who.id, Encounter: v.encounter.ID, Number: number, Source: m.source.ID,
		Kind:    requisitionKindOf(m.Get("SCH-8.1").Text(), m.Get("AIS-3.1").Text(), m.Get("SCH-7.1").Text()),
		Planned: m.planned(m.Get("SCH-11.4"), m.Get("TQ1-7"), m.Get("AIS-4")),
	}
	if in.Department, err = m.department(ctx, m.Get("AIL-3.1").Text(), m.Get("AIL-3.9").Text(), m.Get("AIG-3.1").Text()); err != nil {
		return err
	}
	for _, s := range m.All("AIP") {
		role := patient.FirstRole(in.Kind)
		if in.Kind == patient.Operation {
			role = operatingRoleOf(s.Get("4.1").Text())
		}
		for _, v := range s.Get("3").Repetitions() {
			if err := m.call(ctx, &in, "AIP-3", v.XCN(), role); err != nil {
				return err
			}
		}
	}
	m.ask(in, cmp.Or(in.Planned, m.time("MSH-7")), "AIP-3")
	return nil
}

// planned is the first of some times that is given; it may lie ahead.
func (m *message) planned(from ...hl7v2.Value) time.Time {
	for _, v := range from {
		if at, err := v.Component(1).Time(m.room.zone); v.IsPresent() && err == nil {
			return at.Time.UTC().Truncate(time.Microsecond)
		}
	}
	return time.Time{}
}

// call adds a member of staff whom a request names.
func (m *message) call(ctx context.Context, in *patient.Asking, element string, named hl7v2.XCN, role string) error {
	person, err := m.staffNamed(ctx, element, named)
	known := slices.ContainsFunc(in.Performers, func(c patient.Called) bool { return c.Person == person })
	if err != nil || person == "" || known || len(in.Performers) == mostPerformers {
		return err
	}
	in.Performers = append(in.Performers, patient.Called{Person: person, Role: role})
	return nil
}

// ask adds a request to what the message does, unless it is history, names nobody here,
// or is too far ahead.
func (m *message) ask(in patient.Asking, asked time.Time, element string) {
	now := m.room.desk.Now()
	if in.Kind == patient.Operation && in.Planned.IsZero() {
		in.Planned = asked
	}
	latest := in.Planned
	if asked.After(latest) {
		latest = asked
	}
	switch {
	case latest.Before(now.Add(-stale)):
		return
	case in.Planned.After(now.Add(farthestPlan)):
		m.found(rulePlanned.warning(element))
		return
	case in.Department == "" && len(in.Performers) == 0:
		m.found(rulePerformer.warning(element))
		return
	}
	m.did.created = true
	registered := m.who.prepared
	m.unit.finally(askingRows(in), func(ctx context.Context, w *act.Work) (err error) {
		if registered != nil {
			_, err = m.room.patients.AskStaged(ctx, w, registered.Known(), in)
		} else {
			_, err = m.room.patients.AskIn(ctx, w, in)
		}
		return err
	})
}

// close answers what the source asked for under a number, or calls it off.
func (m *message) close(number string, done bool) {
	if number == "" {
		return
	}
	end := m.room.patients.CallOffNumbered
	if done {
		end = m.room.patients.AnswerNumbered
	}
	m.did.updated = true
	m.unit.finally(closingRows, func(ctx context.Context, w *act.Work) error { return end(ctx, w, m.source.ID, number) })
}
