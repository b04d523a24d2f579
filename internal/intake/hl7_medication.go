package intake

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/hl7v2"
)

// medicationTypes are the messages about drugs, by MSH-9.1: ordered (OMP, RDE), dispensed
// (RDS) and given (RAS).
var medicationTypes = []string{"OMP", "RDE", "RDS", "RAS"}

// says adds a segment of pharmacy to a request: what was ordered, of which the encoded
// form outweighs the ordered one, and what was done on it.
func (q *request) says(s *hl7v2.Segment) {
	switch {
	case s.Is("RXE"), s.Is("RXO") && q.drug == nil:
		q.drug = s
	case s.Is("RXD"), s.Is("RXA"):
		q.done = append(q.done, s)
	case s.Is("RXR") && q.route == nil:
		q.route = s
	case s.Is("TQ1") && q.timing == nil:
		q.timing = s
	}
}

// medications follows the drugs of a message: ordered, stopped, dispensed, given.
func (m *message) medications(ctx context.Context) error {
	m.addIdentifiers()
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	for _, q := range m.requests() {
		if err := m.medicate(ctx, v.encounter, q); err != nil {
			return err
		}
	}
	return nil
}

func (m *message) medicate(ctx context.Context, stay patient.Encounter, q request) error {
	number := q.number()
	if number == "" {
		m.found(ruleOrderNumber.warning("ORC-2"))
		return nil
	}
	if q.drug != nil || len(q.done) == 0 {
		if err := m.ordered(ctx, stay, number, q); err != nil {
			return err
		}
	}
	for _, done := range q.done {
		m.carriedOut(number, done)
	}
	return nil
}

// carriedOut notes that a drug was dispensed or given, or was not.
func (m *message) carriedOut(number string, done *hl7v2.Segment) {
	if m.room.orders == nil {
		return
	}
	s := order.Step{Org: m.org, Course: m.room.orders.Named(m.org, m.source.ID, number), Patient: m.who.id, Source: m.source.ID, Kind: order.Dispensed, At: m.timeOf(done.Get("3"), done.Name()+"-3")}
	if done.Is("RXA") {
		s.Kind = order.Given
		if status := done.Get("20").Text(); status == "RE" || status == "NA" { // table 0322
			s.Kind = order.NotGiven
		}
	}
	if s.At.IsZero() {
		s.At = m.said()
	}
	m.did.updated = true
	m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return m.room.orders.StepIn(ctx, w, s) })
}

// said is when the message was sent, or now where it does not say.
func (m *message) said() time.Time {
	if at := m.time("MSH-7"); !at.IsZero() {
		return at
	}
	return m.room.desk.Now()
}

// stateOfOrder maps HL7 tables 0119 (order control) and 0038 (order status).
func stateOfOrder(q request) string {
	if done, off := q.isOver(); off {
		return order.Stopped
	} else if done {
		return order.Completed
	}
	if slices.Contains([]string{"HD", "OH", "HR"}, q.control.Get("1").Text()) || q.control.Get("5").Text() == "HD" {
		return order.OnHold
	}
	return order.Active
}

// ordered files what was ordered, or its next state, and follows it.
func (m *message) ordered(ctx context.Context, stay patient.Encounter, number string, q request) error {
	key := m.who.id + "\x00" + number
	e, known, err := m.recall(ctx, scopeOrder, key)
	if err != nil {
		return err
	}
	o := record.Ordered{Order: record.Order{
		Org: m.org, Patient: m.who.id, Encounter: stay.ID, Kind: "drug", At: m.orderedAt(q), Sensitivity: max(1, stay.Level), Department: stay.Department, Source: m.source.ID,
	}}
	if known {
		if o, err = m.orderOf(ctx, e.Object); err != nil {
			return err
		}
	}
	if q.drug != nil {
		o.Instruction = instructionOf(q)
	}
	if o.Instruction.Name == "" {
		m.found(ruleOrderNothing.warning("RXE-2"))
		return nil
	}
	if !known || len(q.done) == 0 || q.control.Get("5").IsPresent() {
		o.State = stateOfOrder(q)
	}
	prescriber, err := m.staffNamed(ctx, "ORC-12", q.control.Get("12").XCN())
	if err != nil {
		return err
	}
	o.Instruction.Requester = cmp.Or(clip(q.control.Get("12").XCN().Display(), longestLabel), o.Instruction.Requester)
	return m.fileOrder(e, known, key, number, o, prescriber, cmp.Or(m.timeOf(q.control.Get("9"), "ORC-9"), m.said()))
}

// fileOrder writes an order with what becomes of it, unless it says nothing new.
func (m *message) fileOrder(e entryRow, known bool, key, number string, o record.Ordered, prescriber string, said time.Time) error {
	content, err := m.contentOf(struct {
		record.Instruction
		State string
	}{o.Instruction, o.State})
	if err != nil || known && e.Content == content {
		return err
	}
	sealed, err := m.room.records.SealOrder(m.who.subject, o.Order, o.Instruction)
	if err != nil {
		return err
	}
	m.remember(e, known, scopeOrder, key, "Order", sealed.ID, content)
	m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return m.room.records.OrderIn(ctx, w, sealed) })
	m.learn(func(d *dossier) { d.orders[sealed.ID] = record.Ordered{Order: sealed, Instruction: o.Instruction} })
	if m.room.orders == nil {
		return nil
	}
	course, err := m.room.orders.Seal(m.who.subject, order.Report{
		Org: m.org, Source: m.source.ID, Number: number, Ordered: sealed.ID, Patient: m.who.id, Encounter: o.Encounter, Kind: o.Kind, State: o.State, Prescriber: prescriber,
		Department: o.Department, Sensitivity: o.Sensitivity, Text: courseText(o.Instruction), Began: o.At, Said: said,
	})
	if err != nil {
		return err
	}
	m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return m.room.orders.CourseIn(ctx, w, course) })
	return nil
}

// orderOf reads an order that the source has sent before.
func (m *message) orderOf(ctx context.Context, orderID string) (o record.Ordered, err error) {
	if o, planned := m.who.orders[orderID]; planned {
		return o, nil
	}
	err = m.room.look(ctx, func(r db.Reader) (err error) {
		o, err = m.room.records.OrderedAs(ctx, r, m.org, orderID)
		return err
	})
	if errors.Is(err, act.ErrAbsent) { // an import was cut off between naming and filing it
		return record.Ordered{}, errOvertaken
	}
	return o, err
}

func (m *message) orderedAt(q request) time.Time {
	for _, field := range []string{"15", "9"} {
		if at := m.timeOf(q.control.Get(field), "ORC-"+field); !at.IsZero() {
			return at
		}
	}
	return m.said()
}

func courseText(in record.Instruction) order.Text {
	return order.Text{Name: in.Name, Code: in.Code, Dose: in.Dose, Route: in.Route, Frequency: in.Frequency}
}

// instructionOf reads an RXE, or an RXO, with its route and timing.
func instructionOf(q request) record.Instruction {
	what, amount, unit := q.drug.Get("2"), q.drug.Get("3"), q.drug.Get("5")
	if q.drug.Is("RXO") {
		what, amount, unit = q.drug.Get("1"), q.drug.Get("2"), q.drug.Get("4")
	}
	c := what.CWE()
	in := record.Instruction{Name: clip(cmp.Or(c.Text, c.AlternateText, c.OriginalText, c.Code), longestTitle), Code: clip(strings.TrimPrefix(codeOfCWE(c), "|"), longestLabel)}
	in.Dose = clip(strings.TrimSpace(amount.Text()+" "+cmp.Or(unit.CWE().Text, unit.CWE().Code)), longestLabel)
	if q.route != nil {
		route := q.route.Get("1").CWE()
		in.Route = clip(cmp.Or(route.Text, route.Code), longestLabel)
	}
	in.Frequency = clip(q.control.Get("7.2").Text(), longestLabel)
	if q.timing != nil {
		in.Frequency = clip(cmp.Or(q.timing.Get("3.1").Text(), in.Frequency), longestLabel)
	}
	if q.drug.Is("RXE") {
		in.Frequency = clip(cmp.Or(in.Frequency, q.drug.Get("1.2").Text()), longestLabel)
	}
	return in
}
