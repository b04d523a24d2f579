package order

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// CourseBody is an order under way on the wire.
type CourseBody struct {
	ID         string      `json:"id"`
	Kind       string      `json:"kind"`
	State      string      `json:"state" enum:"active,on-hold,stopped,completed"`
	Name       string      `json:"name"`
	Dose       string      `json:"dose,omitempty"`
	Route      string      `json:"route,omitempty"`
	Frequency  string      `json:"frequency,omitempty"`
	Prescriber string      `json:"prescriber,omitempty"`
	Began      time.Time   `json:"began"`
	Said       time.Time   `json:"said" doc:"when its system says that this was so"`
	Heard      time.Time   `json:"heard" doc:"when it was received here"`
	AgeSeconds int64       `json:"ageSeconds" doc:"how old what is shown is, by the time of its system"`
	Stopped    *time.Time  `json:"stopped,omitempty"`
	Steps      []StepBody  `json:"steps" nullable:"false" doc:"the latest first"`
	Stock      []StockBody `json:"stock" nullable:"false"`
}

// StepBody is something that was done on an order.
type StepBody struct {
	Kind string    `json:"kind" enum:"dispensed,given,not-given"`
	At   time.Time `json:"at"`
}

// StockBody is what a pharmacy has of an item.
type StockBody struct {
	ID         string    `json:"id"`
	Code       string    `json:"code"`
	Name       string    `json:"name"`
	Place      string    `json:"place"`
	State      string    `json:"state" enum:"in-stock,low,out"`
	Quantity   string    `json:"quantity,omitempty"`
	Unit       string    `json:"unit,omitempty"`
	Since      time.Time `json:"since" doc:"when this state began"`
	Said       time.Time `json:"said"`
	AgeSeconds int64     `json:"ageSeconds"`
}

// FeedBody is a source of orders or stock, and how old what it said is.
type FeedBody struct {
	Code          string     `json:"code"`
	NameZH        string     `json:"nameZh"`
	NameEN        string     `json:"nameEn"`
	Heard         *time.Time `json:"heard,omitempty" doc:"the last message; absent where there was none within a week"`
	LagMedianMs   int64      `json:"lagMedianMs" doc:"from when its messages say that something was to when it could be seen here"`
	SilentMinutes int        `json:"silentMinutes" doc:"its threshold; 0 for none"`
	Late          bool       `json:"late" doc:"not heard of for longer than its threshold; its owner was asked"`
}

// ConflictBody is a conflict with an order.
type ConflictBody struct {
	ID           string       `json:"id"`
	Course       string       `json:"course"`
	Patient      string       `json:"patient"`
	Kind         string       `json:"kind" enum:"stock-out,stopped,allergy,result"`
	State        string       `json:"state" enum:"open,decided,lapsed"`
	Order        string       `json:"order" doc:"what was ordered"`
	Cause        string       `json:"cause"`
	Say          fault.Text   `json:"say"`
	Alternatives []fault.Text `json:"alternatives" nullable:"false"`
	Origin       string       `json:"origin,omitempty" doc:"where the rule comes from"`
	Prescriber   string       `json:"prescriber,omitempty"`
	Found        time.Time    `json:"found"`
	Decision     string       `json:"decision,omitempty" enum:"adjust,keep"`
	Reason       string       `json:"reason,omitempty"`
	DecidedBy    string       `json:"decidedBy,omitempty"`
	Ended        *time.Time   `json:"ended,omitempty"`
	TookSeconds  int64        `json:"tookSeconds,omitempty" doc:"from when it was found until it ended"`
}

// DecisionBody is what was decided.
type DecisionBody struct {
	ID          string    `json:"id"`
	Decision    string    `json:"decision" enum:"adjust,keep"`
	Ended       time.Time `json:"ended"`
	TookSeconds int64     `json:"tookSeconds"`
}

// OrdersBody are the orders of a patient that are under way.
type OrdersBody struct {
	Courses   []CourseBody              `json:"courses" nullable:"false"`
	Conflicts []ConflictBody            `json:"conflicts" nullable:"false"`
	Feeds     []FeedBody                `json:"feeds" nullable:"false"`
	Names     map[string]staff.NameBody `json:"names"`
}

// ConflictListBody is a page of conflicts.
type ConflictListBody struct {
	web.Page[ConflictBody]
	Patients map[string]string         `json:"patients" doc:"how they are called, masked, by id"`
	Names    map[string]staff.NameBody `json:"names"`
}

// StockListBody is a page of stock.
type StockListBody struct {
	web.Page[StockBody]
	Feeds []FeedBody `json:"feeds" nullable:"false"`
}

// StockReportBody is what a source says of its stock.
type StockReportBody struct {
	Items []StockedBody `json:"items" nullable:"false" minItems:"1" maxItems:"200"`
}

// StockedBody is what a source says of an item.
type StockedBody struct {
	Code     string    `json:"code" maxLength:"64" doc:"as the orders of the hospital call it"`
	Name     string    `json:"name" maxLength:"200"`
	Place    string    `json:"place" maxLength:"200" doc:"the pharmacy"`
	State    string    `json:"state" enum:"in-stock,low,out"`
	Quantity string    `json:"quantity,omitempty" maxLength:"64"`
	Unit     string    `json:"unit,omitempty" maxLength:"64"`
	At       time.Time `json:"at" doc:"when this was so"`
}

// RuleSetBody is a set of rules of conflicts.
type RuleSetBody struct {
	Number     int        `json:"number"`
	Rules      []Rule     `json:"rules" nullable:"false"`
	MadeBy     string     `json:"madeBy"`
	Made       time.Time  `json:"made"`
	ApprovedBy string     `json:"approvedBy,omitempty"`
	Approved   *time.Time `json:"approved,omitempty"`
}

// RulesBody are the rules of conflicts of a house.
type RulesBody struct {
	InForce *RuleSetBody              `json:"inForce,omitempty"`
	Waiting *RuleSetBody              `json:"waiting,omitempty"`
	Starter []Rule                    `json:"starter" nullable:"false" doc:"come with the program; they count once they are loaded and approved"`
	Names   map[string]staff.NameBody `json:"names"`
}

func ageOf(said, now time.Time) int64 { return int64(max(0, now.Sub(said)).Seconds()) }

func wireOrders(o Orders) OrdersBody {
	b := OrdersBody{Courses: []CourseBody{}, Conflicts: shapedEach(o.Conflicts, wireConflict), Feeds: shapedEach(o.Feeds, wireFeed), Names: staff.WireNames(o.Names)}
	for _, c := range o.Courses {
		b.Courses = append(b.Courses, CourseBody{
			ID: c.ID, Kind: c.Kind, State: c.State, Name: c.Text.Name, Dose: c.Text.Dose, Route: c.Text.Route, Frequency: c.Text.Frequency, Prescriber: c.Prescriber,
			Began: c.Began, Said: c.Said, Heard: c.Heard, AgeSeconds: ageOf(c.Said, o.Now), Stopped: web.Moment(c.Stopped),
			Steps: shapedEach(c.Steps, func(s Step) StepBody { return StepBody{s.Kind, s.At} }),
			Stock: shapedEach(c.Stock, func(s Stock) StockBody { return wireStock(s, o.Now) }),
		})
	}
	return b
}

func shapedEach[T, B any](all []T, shape func(T) B) []B {
	out := make([]B, len(all))
	for i, one := range all {
		out[i] = shape(one)
	}
	return out
}

func wireConflict(c Clash) ConflictBody {
	return ConflictBody{
		ID: c.ID, Course: c.Course, Patient: c.Patient, Kind: c.Kind, State: c.State, Order: c.Why.Order.Name, Cause: c.Why.Cause, Say: c.Why.Say,
		Alternatives: append([]fault.Text{}, c.Why.Alternatives...), Origin: c.Why.Origin, Prescriber: c.Prescriber, Found: c.Found, Decision: c.Decision, Reason: c.Reason,
		DecidedBy: c.DecidedBy, Ended: web.Moment(c.Ended), TookSeconds: tookOf(c.Conflict),
	}
}

func tookOf(c Conflict) int64 {
	if c.Ended.IsZero() {
		return 0
	}
	return ageOf(c.Found, c.Ended)
}

func wireDecision(c Conflict) DecisionBody {
	return DecisionBody{ID: c.ID, Decision: c.Decision, Ended: c.Ended, TookSeconds: tookOf(c)}
}

func wireConflicts(l Listed) ConflictListBody {
	return ConflictListBody{web.Shown(l.Page, wireConflict), l.Patients, staff.WireNames(l.Names)}
}

func wireStock(s Stock, now time.Time) StockBody {
	return StockBody{ID: s.ID, Code: s.Code, Name: s.Name, Place: s.Place, State: s.State, Quantity: s.Quantity, Unit: s.Unit, Since: s.Since, Said: s.Said, AgeSeconds: ageOf(s.Said, now)}
}

func wireFeed(f Feed) FeedBody {
	return FeedBody{Code: f.Code, NameZH: f.NameZH, NameEN: f.NameEN, Heard: web.Moment(f.Heard), LagMedianMs: f.LagMedian, SilentMinutes: f.SilentMinutes, Late: f.Late}
}

func wireShelf(s Shelf, now time.Time) StockListBody {
	return StockListBody{web.Shown(s.Page, func(one Stock) StockBody { return wireStock(one, now) }), shapedEach(s.Feeds, wireFeed)}
}

func (b StockReportBody) stocked() []Stocked {
	return shapedEach(b.Items, func(i StockedBody) Stocked { return Stocked(i) })
}

func wireSet(s Set) RuleSetBody {
	return RuleSetBody{Number: s.Number, Rules: append([]Rule{}, s.Rules...), MadeBy: s.MadeBy, Made: s.Made, ApprovedBy: s.ApprovedBy, Approved: web.Moment(s.Approved)}
}

func wireRules(r Ruled) RulesBody {
	b := RulesBody{Starter: append([]Rule{}, r.Starter...), Names: staff.WireNames(r.Names)}
	if r.InForce.Number > 0 {
		set := wireSet(r.InForce)
		b.InForce = &set
	}
	if r.Waiting.Number > 0 {
		set := wireSet(r.Waiting)
		b.Waiting = &set
	}
	return b
}
