package intake

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/fhir"
)

// stale is how old a request may be to bring anybody to the patient: what was asked
// for earlier and never closed is history.
const stale = 30 * 24 * time.Hour

// addRequisition brings whoever an active request names to the patient, and lets go
// of him whom a closed one named.
func (b *bundle) addRequisition(ctx context.Context, u *unit, g *group, x *bundled) error {
	if x.taken {
		return nil
	}
	s, _ := fhir.ReadServiceRequest(x.Entry)
	number := numberOf(s.Identifier)
	switch s.Status {
	case "completed":
		b.addAnswers(u, []string{number})
		return nil
	case "revoked", "entered-in-error":
		b.addCallOff(u, number)
		return nil
	case "active", "on-hold":
	default:
		return nil
	}
	asked := b.began(append([]fhir.DateTime{s.AuthoredOn}, moments(s.Occurrence)...)...)
	if asked.IsZero() || asked.Before(b.room.desk.Now().Add(-stale)) || b.answered(g, x) {
		return nil
	}
	in := patient.Asking{
		Patient: g.id, Encounter: b.stayOf(x, g, s.Encounter).ID, Kind: requisitionKind(s.Category), Number: number,
		Planned: b.began(moments(s.Occurrence)...), Source: b.source.ID,
	}
	if in.Kind == patient.Operation && in.Planned.IsZero() {
		in.Planned = asked
	}
	var err error
	if s.Requester != nil {
		if in.AskedBy, err = b.staffOf(ctx, x, "ServiceRequest.requester", *s.Requester); err != nil {
			return err
		}
	}
	for i, ref := range s.Performer {
		if err := b.perform(ctx, x, &in, "ServiceRequest.performer["+itoa(i)+"]", ref, ""); err != nil {
			return err
		}
	}
	if in.Department == "" {
		if in.Department, err = b.department(ctx, namesOf(append(s.LocationCode, s.PerformerType))...); err != nil {
			return err
		}
	}
	b.addAsking(u, g, x, in, "ServiceRequest.performer")
	return nil
}

// addOperation brings those who are to operate, or are operating, to the patient.
func (b *bundle) addOperation(ctx context.Context, u *unit, g *group, x *bundled) error {
	p, _ := fhir.ReadProcedure(x.Entry)
	number := numberOf(p.Identifier)
	switch {
	case x.taken:
		return nil
	case p.Status == "completed":
		b.addAnswers(u, []string{number})
		return nil
	case p.Status == "not-done" || p.Status == "entered-in-error":
		b.addCallOff(u, number)
		return nil
	case p.Status != "preparation" && p.Status != "in-progress":
		return nil
	}
	in := patient.Asking{
		Patient: g.id, Encounter: b.stayOf(x, g, p.Encounter).ID, Kind: patient.Operation, Number: number, Planned: b.began(moments(p.Performed)...), Source: b.source.ID,
	}
	if in.Planned.IsZero() || in.Planned.Before(b.room.desk.Now().Add(-stale)) {
		return nil
	}
	for i, one := range p.Performer {
		if err := b.perform(ctx, x, &in, "Procedure.performer["+itoa(i)+"].actor", one.Actor, operatingRole(one.Function)); err != nil {
			return err
		}
	}
	b.addAsking(u, g, x, in, "Procedure.performer")
	return nil
}

// addResult answers the requests on which a report is based.
func (b *bundle) addResult(u *unit, x *bundled) {
	r, _ := fhir.ReadDiagnosticReport(x.Entry)
	if x.taken || !isFinal(r.Status) {
		return
	}
	var numbers []string
	for _, ref := range r.BasedOn {
		if ref.Identifier != nil {
			numbers = append(numbers, ref.Identifier.Value)
		}
		if target, ok := b.in.Resolve(x.Entry, ref.Reference); ok && target.Type == "ServiceRequest" {
			s, _ := fhir.ReadServiceRequest(target)
			numbers = append(numbers, numberOf(s.Identifier))
		}
	}
	b.addAnswers(u, numbers)
}

// answered reports whether the same input brings the result of a request.
func (b *bundle) answered(g *group, x *bundled) bool {
	return slices.ContainsFunc(g.members, func(m *bundled) bool {
		if m.Type != "DiagnosticReport" {
			return false
		}
		r, _ := fhir.ReadDiagnosticReport(m.Entry)
		return isFinal(r.Status) && slices.ContainsFunc(r.BasedOn, func(ref fhir.Reference) bool {
			target, ok := b.in.Resolve(m.Entry, ref.Reference)
			return ok && target == x.Entry
		})
	})
}

func isFinal(status string) bool {
	return status == "final" || status == "amended" || status == "corrected"
}

// mostPerformers bounds how many of the people whom a request names are taken.
const mostPerformers = 10

// closingRows are a requisition, the relations that end with it, and those of whoever
// waits for a result.
const closingRows = 1 + mostPerformers + 2

// askingRows are a requisition and its people with their relations, and of one that
// may have come before also those whom it named then.
func askingRows(in patient.Asking) int {
	rows := 1 + 2*len(in.Performers)
	if in.Number != "" {
		rows += 2 * mostPerformers
	}
	return rows
}

func (b *bundle) addAsking(u *unit, g *group, x *bundled, in patient.Asking, element string) {
	if in.Department == "" && len(in.Performers) == 0 {
		x.found(rulePerformer.warning(element))
		u.findings = append(u.findings, x.findings[len(x.findings)-1])
		return
	}
	u.add(askingRows(in), func(ctx context.Context, w *act.Work) error {
		if g.prepared != nil {
			_, err := b.room.patients.AskStaged(ctx, w, g.prepared.Known(), in)
			return err
		}
		_, err := b.room.patients.AskIn(ctx, w, in)
		return err
	})
}

func (b *bundle) addAnswers(u *unit, numbers []string) {
	for _, number := range numbers {
		if number == "" {
			continue
		}
		u.add(closingRows, func(ctx context.Context, w *act.Work) error {
			return b.room.patients.AnswerNumbered(ctx, w, b.source.ID, number)
		})
	}
}

func (b *bundle) addCallOff(u *unit, number string) {
	if number == "" {
		return
	}
	u.add(closingRows, func(ctx context.Context, w *act.Work) error {
		return b.room.patients.CallOffNumbered(ctx, w, b.source.ID, number)
	})
}

// perform adds whom a reference names to what is asked for: a department, or a
// member of staff in a role.
func (b *bundle) perform(ctx context.Context, x *bundled, in *patient.Asking, element string, ref fhir.Reference, role string) error {
	if target, ok := b.in.Resolve(x.Entry, ref.Reference); ref.Type == "Organization" || ok && target.Type == "Organization" {
		called := []string{ref.Display}
		if ref.Identifier != nil {
			called = append(called, ref.Identifier.Value)
		}
		if ok {
			o, _ := fhir.ReadOrganization(target)
			called = append(called, o.Name)
			for _, i := range o.Identifier {
				called = append(called, i.Value)
			}
		}
		department, err := b.department(ctx, called...)
		if in.Department == "" {
			in.Department = department
		}
		return err
	}
	person, err := b.staffOf(ctx, x, element, ref)
	if person != "" && len(in.Performers) < mostPerformers {
		if role == "" {
			role = patient.FirstRole(in.Kind)
		}
		in.Performers = append(in.Performers, patient.Called{Person: person, Role: role})
	}
	return err
}

// staffOf is the member of staff whom a reference names, unless it is whoever hands
// the input in.
func (b *bundle) staffOf(ctx context.Context, x *bundled, element string, ref fhir.Reference) (string, error) {
	numbers, names := b.calledBy(x, ref)
	person, err := b.person(ctx, numbers, names)
	if person != "" && person == b.importer.ID {
		x.found(ruleOwnBenefit.warning(element))
		return "", err
	}
	return person, err
}

// began is the first of some dates that is given; it may lie in the future.
func (b *bundle) began(dates ...fhir.DateTime) time.Time {
	for _, d := range dates {
		if !d.IsZero() {
			from, _ := d.Span(b.room.zone)
			return from.UTC().Truncate(time.Microsecond)
		}
	}
	return time.Time{}
}

func numberOf(identifiers []fhir.Identifier) string {
	for _, i := range identifiers {
		if i.Value != "" {
			return clip(i.Value, longestNumber)
		}
	}
	return ""
}

const longestNumber = 100

func namesOf(concepts []fhir.CodeableConcept) []string {
	var names []string
	for _, c := range concepts {
		names = append(append(names, typeCodes(c)...), c.Display())
	}
	return names
}

// requisitionKind tells what kind of request some categories mean.
func requisitionKind(categories []fhir.CodeableConcept) string {
	var codes []string
	for _, c := range categories {
		codes = append(codes, typeCodes(c)...)
	}
	return requisitionKindOf(codes...)
}

// requisitionKindOf maps the SNOMED CT categories that R4 proposes and the diagnostic
// service sections of HL7 table 0074.
func requisitionKindOf(codes ...string) string {
	for _, code := range codes {
		switch code {
		case "108252007", "laboratory", "LAB", "CH", "HM", "MB", "BLB", "IMM", "MCB", "MYC", "SR", "TX", "VR", "CG":
			return patient.Laboratory
		case "363679005", "imaging", "RAD", "CT", "NMR", "RUS", "XRC", "CUS", "OUS", "VUS", "NMS":
			return patient.Imaging
		case "SP", "PAT", "CP":
			return patient.Pathology
		case "387713003", "surgical-procedure":
			return patient.Operation
		case "11429006":
			return patient.Consultation
		}
	}
	return patient.Examination
}

// operatingRole tells in which role a function names somebody.
func operatingRole(function fhir.CodeableConcept) string {
	return operatingRoleOf(typeCodes(function)...)
}

// operatingRoleOf maps the SNOMED CT functions that R4 proposes for who performs a
// procedure.
func operatingRoleOf(codes ...string) string {
	for _, code := range codes {
		switch code {
		case "88189002", "158967008":
			return "anaesthetist"
		case "415506007":
			return "scrub-nurse"
		case "413854007":
			return "circulating-nurse"
		case "304292004":
			return "surgeon"
		}
	}
	return "assistant"
}
