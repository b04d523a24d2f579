package intake

import (
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/fhir"
)

// coursesOf are the states of a course by those of a request.
var coursesOf = map[string]string{"active": order.Active, "on-hold": order.OnHold, "completed": order.Completed, "stopped": order.Stopped, "cancelled": order.Stopped, "revoked": order.Stopped}

// follow says what becomes of an order.
func (b *bundle) follow(ctx context.Context, u *unit, g *group, x *bundled, o ordered, sealed record.Order) error {
	state, followed := coursesOf[o.state]
	if b.room.orders == nil || !followed {
		return nil
	}
	in := order.Report{
		Org: b.org, Source: b.source.ID, Number: o.number, Ordered: sealed.ID, Patient: g.id, Encounter: sealed.Encounter, Kind: o.kind, State: state,
		Department: sealed.Department, Sensitivity: sealed.Sensitivity, Text: courseText(o.in), Began: o.at, Said: b.saidOf(x, o.at),
	}
	var err error
	if o.by != nil {
		if in.Prescriber, err = b.staffOf(ctx, x, x.Type+".requester", *o.by); err != nil {
			return err
		}
	}
	course, err := b.room.orders.Seal(g.subject, in)
	if err != nil {
		return err
	}
	u.add(1, func(ctx context.Context, w *act.Work) error { return b.room.orders.CourseIn(ctx, w, course) })
	return nil
}

// weighAfter lets the orders of a patient be looked at once he can be found.
func (b *bundle) weighAfter(u *unit, g *group) {
	if b.room.orders == nil {
		return
	}
	u.finally(0, func(ctx context.Context, w *act.Work) error { return b.room.orders.TouchedIn(ctx, w, b.org, g.id) })
}

// saidOf is when a resource was changed last, or the moment that it is about.
func (b *bundle) saidOf(x *bundled, at time.Time) time.Time {
	var r struct {
		Meta struct {
			LastUpdated time.Time `json:"lastUpdated"`
		} `json:"meta"`
	}
	if err := json.Unmarshal(x.Raw, &r); err == nil && r.Meta.LastUpdated.After(at) && !r.Meta.LastUpdated.After(b.room.desk.Now().Add(ahead)) {
		return r.Meta.LastUpdated.UTC().Truncate(time.Microsecond)
	}
	return at
}

// carried is what a MedicationAdministration or a MedicationDispense says of its order.
type carried struct {
	Status    string                 `json:"status"`
	Effective string                 `json:"effectiveDateTime"`
	Period    struct{ Start string } `json:"effectivePeriod"`
	Handed    string                 `json:"whenHandedOver"`
	Prepared  string                 `json:"whenPrepared"`
	Request   *carriedOf             `json:"request"`
	Requests  []carriedOf            `json:"authorizingPrescription"`
}

type carriedOf struct {
	Reference  string `json:"reference"`
	Identifier *struct {
		Value string `json:"value"`
	} `json:"identifier"`
}

// addStep notes that an order was dispensed or given, or was not.
func (b *bundle) addStep(u *unit, g *group, x *bundled) {
	var c carried
	if b.room.orders == nil || x.taken || json.Unmarshal(x.Raw, &c) != nil {
		return
	}
	kind := map[string]string{"completed": order.Given, "in-progress": order.Given, "not-done": order.NotGiven}[c.Status]
	if x.Type == "MedicationDispense" {
		kind = map[string]string{"completed": order.Dispensed}[c.Status]
	}
	if c.Request != nil {
		c.Requests = append(c.Requests, *c.Request)
	}
	if kind == "" || len(c.Requests) == 0 {
		return
	}
	at := time.Time{}
	for _, said := range []string{c.Effective, c.Period.Start, c.Handed, c.Prepared} {
		if t, err := time.Parse(time.RFC3339, said); err == nil {
			at = t.UTC().Truncate(time.Microsecond)
			break
		}
	}
	if at.IsZero() {
		x.found(ruleNoTime.warning(x.Type))
		return
	}
	for _, of := range c.Requests[:min(len(c.Requests), 10)] {
		number := b.numberOfRequest(x, of)
		if number == "" {
			continue
		}
		s := order.Step{Org: b.org, Course: b.room.orders.Named(b.org, b.source.ID, number), Patient: g.id, Source: b.source.ID, Kind: kind, At: at}
		u.add(1, func(ctx context.Context, w *act.Work) error { return b.room.orders.StepIn(ctx, w, s) })
	}
}

// numberOfRequest is by which the source calls the order that something was done on.
func (b *bundle) numberOfRequest(x *bundled, of carriedOf) string {
	if of.Identifier != nil && of.Identifier.Value != "" {
		return clip(of.Identifier.Value, longestNumber)
	}
	target, ok := b.in.Resolve(x.Entry, of.Reference)
	if !ok || target.Type != "MedicationRequest" {
		return ""
	}
	m, _ := fhir.ReadMedicationRequest(target)
	return numberOf(m.Identifier)
}
