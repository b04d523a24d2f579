package accesslog

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// judgement is what is thought of one line.
type judgement struct {
	verdict    string
	tie        string
	unmet      []string
	department string // of the person then
}

// judge judges the lines of a run by what held at their time.
type judge struct {
	room     *Room
	org      string
	purposes []string
	faces    *faces
	calendar *calendar.Calendar
	standing map[string][]stood       // of people
	patients map[string]patient.Known // nothing for whom there is none
	staffed  map[visit]bool           // somebody is on the roster of a department in an hour
	nobody   map[string]bool          // accounts that are nobody's
	nowhere  map[string]bool          // numbers that no patient has
}

// stood is what somebody was from a moment on until another.
type stood struct {
	from, until time.Time // until zero: from then on
	staff.Standing
	gone  bool
	actor act.Actor
}

// visit is an hour of a person, or of a department.
type visit struct {
	whose string
	hour  time.Time
}

func newJudge(room *Room, run Run, m Mapping) *judge {
	return &judge{
		room: room, org: run.Org, purposes: m.purposes(), faces: newFaces(room, run.Org, run.Source, m),
		standing: map[string][]stood{}, patients: map[string]patient.Known{}, staffed: map[visit]bool{},
		nobody: map[string]bool{}, nowhere: map[string]bool{},
	}
}

// events judges lines that came together.
func (j *judge) events(ctx context.Context, r *act.Reading, all []taken) error {
	if j.calendar == nil {
		var err error
		if j.calendar, err = j.room.duty.Calendar(ctx, r, j.org); err != nil {
			return err
		}
	}
	if err := j.identify(ctx, r, all); err != nil {
		return err
	}
	visits := map[visit][]*taken{}
	for i := range all {
		e := &all[i]
		if e.Patient != "" && e.patient == "" {
			j.nowhere[e.Patient] = true
		}
		if e.person == "" {
			j.nobody[e.Account+"\x00"+e.Staff] = true
			e.judged.verdict = verdictOr(e, UnknownPerson)
			continue
		}
		v := visit{e.person, hourOf(e.At)}
		visits[v] = append(visits[v], e)
	}
	for v, some := range visits {
		if err := j.visit(ctx, r, v, some); err != nil {
			return err
		}
	}
	return nil
}

// verdictOr is a verdict, unless the system itself has refused.
func verdictOr(e *taken, verdict string) string {
	if e.Failed {
		return Denied
	}
	return verdict
}

// identify finds out whom the lines are about.
func (j *judge) identify(ctx context.Context, r *act.Reading, all []taken) error {
	events := make([]Event, len(all))
	for i, e := range all {
		events[i] = e.Event
	}
	if err := j.faces.meet(ctx, r, events); err != nil {
		return err
	}
	var unread []string
	for i := range all {
		e := &all[i]
		e.person, e.patient = j.faces.person(e.Event), j.faces.patient(e.Event)
		if _, read := j.patients[e.patient]; e.patient != "" && !read {
			j.patients[e.patient] = patient.Known{}
			unread = append(unread, e.patient)
		}
	}
	if len(unread) == 0 {
		return nil
	}
	found, err := j.room.patients.FindAll(ctx, r, j.org, unread)
	maps.Copy(j.patients, found)
	return err
}

// visit judges what one person did within one hour.
func (j *judge) visit(ctx context.Context, r *act.Reading, v visit, some []*taken) error {
	slices.SortFunc(some, func(a, b *taken) int { return a.At.Compare(b.At) })
	var seen []string
	for _, e := range some {
		if e.patient != "" && !slices.Contains(seen, e.patient) {
			seen = append(seen, e.patient)
		}
	}
	ties, err := j.ties(ctx, r, v, seen, some[0].At)
	if err != nil {
		return err
	}
	doubted := map[time.Time][]*taken{}
	for _, e := range some {
		if err := j.one(ctx, r, e, ties[e.patient]); err != nil {
			return err
		}
		if e.judged.verdict == Unexplained {
			quarter := e.At.Truncate(quarterHour)
			doubted[quarter] = append(doubted[quarter], e)
		}
	}
	for _, doubts := range doubted {
		if err := j.again(ctx, r, v, seen, doubts); err != nil {
			return err
		}
	}
	return nil
}

// quarterHour is how finely what begins within an hour is looked for.
const quarterHour = 15 * time.Minute

// again judges lines of one quarter of an hour once more: a shift that began within the
// hour was not there at its first line.
func (j *judge) again(ctx context.Context, r *act.Reading, v visit, seen []string, doubts []*taken) error {
	ties, err := j.ties(ctx, r, v, seen, doubts[len(doubts)-1].At)
	if err != nil {
		return err
	}
	for _, e := range doubts {
		if err := j.one(ctx, r, e, ties[e.patient]); err != nil {
			return err
		}
	}
	return nil
}

// ties are what tied a person to patients at a moment, with the shifts of that time in
// the departments in which the patients then lay: the roster's own answer is about where
// they lie now.
func (j *judge) ties(ctx context.Context, r *act.Reading, v visit, seen []string, at time.Time) (map[string][]policy.Tie, error) {
	if len(seen) == 0 {
		return nil, nil
	}
	ties, err := r.TiesOf(ctx, act.Actor{Actor: policy.Actor{Kind: act.Person, ID: v.whose, Org: j.org}}, seen, at)
	if err != nil {
		return nil, err
	}
	shifts, err := j.room.duty.ShiftsOf(ctx, r, j.org, v.whose, at)
	if err != nil {
		return nil, err
	}
	for _, s := range shifts {
		for _, id := range seen {
			if e, lay := lying(j.patients[id], at); lay && e.Department == s.Dept {
				ties[id] = append(ties[id], policy.Tie{Kind: policy.TieDuty, ID: s.ID, Role: string(s.Kind), Source: "roster", Since: s.Since, Until: s.Until})
			}
		}
	}
	return ties, nil
}

// lying is the stay that a patient had at a moment: the one that began last.
func lying(known patient.Known, at time.Time) (patient.Encounter, bool) {
	for _, e := range known.Encounters {
		if !e.Since.After(at) && (e.Until.IsZero() || e.Until.After(at)) {
			return e, true
		}
	}
	return patient.Encounter{}, false
}

// one judges a line of somebody who is known.
func (j *judge) one(ctx context.Context, r *act.Reading, e *taken, ties []policy.Tie) error {
	then, err := j.stood(ctx, r, e.person, e.At)
	if err != nil {
		return err
	}
	e.judged = judgement{verdict: Explained, department: then.actor.Department}
	known, here := j.patients[e.patient]
	switch {
	case e.Failed:
		e.judged.verdict = Denied
	case then.gone:
		e.judged.verdict = AfterLeaving
	case e.patient == "" && (e.Patient != "" || needsPatient(e.Action)):
		e.judged.verdict = UnknownPatient
	case e.patient == "" || !here || verbs[e.Action].verb == "":
	default:
		j.decide(e, then, known, ties)
	}
	if e.judged.verdict != Explained || e.judged.tie == policy.TieDuty {
		return nil
	}
	out, err := j.outside(ctx, r, e, then)
	if err == nil && out {
		e.judged.verdict = OutsideHours
	}
	return err
}

// verbs are what an action of a foreign system would be here, and on what.
var verbs = map[string]struct{ verb, kind string }{
	View:   {"record.view", "Document"},
	Print:  {"record.print", "Document"},
	Export: {"output.extract", "Patient"},
	Search: {"patient.find", "Patient"},
}

// decide asks the rules of that time. What only a session here could show (a second
// factor, the network) is taken as given: the log does not tell it.
func (j *judge) decide(e *taken, then stood, known patient.Known, ties []policy.Tie) {
	o := known.Object
	o.Kind = verbs[e.Action].kind
	o.Discharged = true
	if stay, lay := lying(known, e.At); lay {
		o.Department, o.Discharged, o.Sensitivity = stay.Department, false, max(o.Sensitivity, stay.Level)
	}
	if o.Kind == "Document" {
		o.Concerns, o.Signed = "", true
	}
	var last policy.Decision
	for _, purpose := range j.purposes {
		last = j.room.rules.At(e.At).Decide(policy.Request{Actor: then.actor.Actor, Verb: verbs[e.Action].verb, Object: o, Ties: ties, Purpose: purpose, At: e.At})
		if last.Allowed {
			if last.Tie != nil {
				e.judged.tie = last.Tie.Kind
			}
			return
		}
	}
	e.judged.verdict = Unexplained
	if last.Refusal != nil {
		for _, c := range last.Refusal.Unmet() {
			e.judged.unmet = append(e.judged.unmet, c.Name)
		}
	}
}

// stood is what somebody was at a moment.
func (j *judge) stood(ctx context.Context, r *act.Reading, person string, at time.Time) (stood, error) {
	for _, s := range j.standing[person] {
		if !at.Before(s.from) && (s.until.IsZero() || at.Before(s.until)) {
			return s, nil
		}
	}
	found, err := staff.StandingOf(ctx, r, j.org, person, at)
	if err != nil && !errors.Is(err, staff.ErrNoPerson) {
		return stood{}, err
	}
	s := stood{from: at, until: found.Until, Standing: found, gone: found.Lacks == staff.LackPresence, actor: found.Actor()}
	s.actor.Kind, s.actor.ID, s.actor.Org = act.Person, person, j.org
	j.standing[person] = append(j.standing[person], s)
	return s, nil
}

// outside reports whether nobody expected the person then: outside working hours and not
// on shift, in a department that keeps a roster.
func (j *judge) outside(ctx context.Context, r *act.Reading, e *taken, then stood) (bool, error) {
	if then.actor.Department == "" || j.calendar.WorkingTime(e.At, e.At.Add(time.Minute)) > 0 {
		return false, nil
	}
	v := visit{then.actor.Department, hourOf(e.At)}
	staffed, asked := j.staffed[v]
	if !asked {
		on, err := duty.OnDuty(ctx, r, j.org, then.actor.Department, e.At)
		if err != nil {
			return false, err
		}
		staffed = len(on) > 0
		j.staffed[v] = staffed
	}
	if !staffed {
		return false, nil
	}
	shifts, err := j.room.duty.ShiftsOf(ctx, r, j.org, e.person, e.At)
	return len(shifts) == 0, err
}
