package patient

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Admission asks for a new encounter and the care relations that follow from it.
type Admission struct {
	ID         string // for a feed that refers to the encounter beforehand; a fresh one when empty
	Patient    string
	Kind       string
	Department string
	Ward       string
	Bed        string
	Attending  string // person
	Group      string // medical group of the department, whose people are the team
	Team       []Member
	Since      time.Time // now when zero
	Until      time.Time // for an encounter that is over
	Level      int       // 1 when zero
	Source     string
}

// Member is somebody who cares for the patient during the encounter.
type Member struct {
	Person string
	Role   string
	Kind   string // care when empty
}

// Admit begins an encounter and returns its id.
func (room *Room) Admit(ctx context.Context, in Admission) (string, error) {
	var made string
	err := room.desk.Do(ctx, "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		made, err = room.AdmitIn(ctx, w, in)
		return err
	})
	return made, err
}

// AdmitIn begins an encounter as a part of an act.
func (room *Room) AdmitIn(ctx context.Context, w *act.Work, in Admission) (string, error) {
	known, err := room.Find(ctx, w, w.Actor().Org, in.Patient)
	if err != nil {
		return "", err
	}
	return room.admit(ctx, w, known, in)
}

// AdmitStaged begins an encounter of a patient who is registered by the same act
// later on, or by a later one: until then nobody can find either.
func (room *Room) AdmitStaged(ctx context.Context, w *act.Work, p *Prepared, in Admission) (string, error) {
	in.Patient = p.ID()
	return room.admit(ctx, w, p.Known(), in)
}

func (room *Room) admit(ctx context.Context, w *act.Work, known Known, in Admission) (string, error) {
	org := w.Actor().Org
	asked := known.Object
	asked.Department = in.Department
	if err := w.PermitTo(ctx, "patient.admit", asked); err != nil {
		return "", err
	}
	if err := in.check(w.Now()); err != nil {
		return "", err
	}
	if err := in.mustExist(ctx, w); err != nil {
		return "", err
	}
	if err := in.gather(ctx, w); err != nil {
		return "", err
	}
	if in.Since.IsZero() {
		in.Since = w.Now()
	}
	e := Encounter{
		Org: org, ID: cmp.Or(in.ID, id.New(w.Now())), Patient: in.Patient, Kind: in.Kind, Department: in.Department, Ward: in.Ward, Bed: in.Bed,
		Attending: in.Attending, Since: in.Since, Until: in.Until, Level: max(1, in.Level), Source: in.Source, CreatedAt: w.Now(),
	}
	if err := encounters.Insert(ctx, w, &e); err != nil {
		return "", err
	}
	members := in.members()
	switch {
	case w.Actor().Kind != act.Person:
		if err := confirmBy(ctx, w, known.Encounters, e.Department); err != nil {
			return "", err
		}
	case !newHere(known):
		members = without(members, w.Actor().ID)
		if err := giveWord(ctx, w, e); err != nil {
			return "", err
		}
	}
	return e.ID, room.relate(ctx, w, e, members)
}

func (in Admission) check(now time.Time) error {
	e := errInvalid.With()
	switch in.Kind {
	case Inpatient, Outpatient, Emergency:
	default:
		e = e.At("kind", text("就诊类别应为 inpatient、outpatient 或 emergency", "an encounter is inpatient, outpatient or emergency"))
	}
	if in.Department == "" {
		e = e.At("department", text("请选择科室", "choose a department"))
	}
	if in.Level < 0 || in.Level > highestLevel {
		e = e.At("level", text("敏感级别应为 1 至 5", "a level is 1 to 5"))
	}
	for _, label := range [][2]string{{"ward", in.Ward}, {"bed", in.Bed}} {
		if len(label[1]) > maxLabel || !legible(label[1]) {
			e = e.At(label[0], text("过长，或含有无法识别的字符", "is too long or holds characters that are not text"))
		}
	}
	if in.Since.After(now.Add(time.Hour)) {
		e = e.At("since", text("开始时间在将来", "the beginning lies in the future"))
	}
	if !in.Until.IsZero() && in.Until.Before(in.Since) {
		e = e.At("until", text("结束时间早于开始时间", "the end lies before the beginning"))
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// mustExist refuses departments and people whom the house does not have. What a
// feed reports was looked up before.
func (in Admission) mustExist(ctx context.Context, w *act.Work) error {
	if w.Actor().Kind != act.Person {
		return nil
	}
	org := w.Actor().Org
	departments, err := staff.DepartmentNames(ctx, w, org, []string{in.Department})
	if err != nil {
		return err
	}
	if _, known := departments[in.Department]; !known {
		return errInvalid.With().At("department", text("没有这个科室，请重新选择", "there is no such department; choose another"))
	}
	people := map[string]string{"attending": in.Attending}
	for i, m := range in.Team {
		people[fmt.Sprintf("team[%d].person", i)] = m.Person
	}
	return mustBeStaff(ctx, w, org, people)
}

// members are the people whom an admission names, the attending first, each with
// a role once.
func (in Admission) members() []Member {
	named := append([]Member{{Person: in.Attending, Role: attending}}, in.Team...)
	var all []Member
	for _, m := range named {
		m.Kind = cmp.Or(m.Kind, policy.TieCare)
		if m.Person != "" && !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all
}

// attending is the role of whoever leads the treatment.
const attending = "attending"

// newHere reports whether the patient was registered in this house and never
// treated in it. Of nobody else may whoever admits him make himself the treating
// doctor: there would be something to read, and a relation must never benefit
// who gives it. Who treats a returning patient is named by somebody else, or
// states a reason.
func newHere(known Known) bool {
	return known.Object.CreatedBy == "" && len(known.Encounters) == 0
}

func without(members []Member, person string) []Member {
	return slices.DeleteFunc(members, func(m Member) bool { return m.Person == person })
}

// relate gives people a care relation that comes with an encounter.
func (room *Room) relate(ctx context.Context, w *act.Work, e Encounter, members []Member) error {
	until := e.relationsEnd(w.Now())
	if !until.After(w.Now()) {
		return nil
	}
	since := e.Since
	if since.After(w.Now()) {
		since = w.Now()
	}
	for _, m := range members {
		relation := Relation{
			Org: e.Org, ID: id.New(w.Now()), Patient: e.Patient, Person: m.Person, Kind: m.Kind, Role: m.Role, Encounter: e.ID,
			Since: since, Until: until, Source: cmp.Or(e.Source, "admission"), GivenBy: w.Actor().ID,
		}
		if err := relations.Insert(ctx, w, &relation); err != nil {
			return err
		}
	}
	return nil
}

// Discharge ends an encounter, and its care relations some days later.
func (room *Room) Discharge(ctx context.Context, encounter string, at time.Time) error {
	return room.desk.Do(ctx, "patient.discharge", func(ctx context.Context, w *act.Work) error {
		return room.DischargeIn(ctx, w, encounter, at)
	})
}

// DischargeIn ends an encounter as a part of an act.
func (room *Room) DischargeIn(ctx context.Context, w *act.Work, encounter string, at time.Time) error {
	e, err := room.openEncounter(ctx, w, "patient.discharge", encounter)
	if err != nil {
		return err
	}
	if at.IsZero() {
		at = w.Now()
	}
	if at.Before(e.Since) || at.After(w.Now().Add(time.Hour)) {
		return errInvalid.With().At("until", text("出院时间应在入院之后、且不在将来", "a discharge lies after the admission and not in the future"))
	}
	e.Until = at
	if err := encounters.Update(ctx, w, &e); err != nil {
		return err
	}
	return room.shorten(ctx, w, e, at.Add(After))
}

// Transfer moves a running encounter to another department, ward or bed. In
// another department the team of the old one keeps its relations for some days,
// so that the transfer record can be completed, and those who are named are the
// new team; within a department the team stays.
func (room *Room) Transfer(ctx context.Context, encounter string, to Admission) error {
	return room.desk.Do(ctx, "patient.transfer", func(ctx context.Context, w *act.Work) error {
		return room.TransferIn(ctx, w, encounter, to)
	})
}

// TransferIn moves a running encounter as a part of an act. A kind in to, where
// there is one, is the new kind of the encounter.
func (room *Room) TransferIn(ctx context.Context, w *act.Work, encounter string, to Admission) error {
	from, err := room.openEncounter(ctx, w, "patient.transfer", encounter)
	if err != nil {
		return err
	}
	to.Kind, to.Since, to.Until, to.Source = cmp.Or(to.Kind, from.Kind), from.Since, time.Time{}, from.Source
	if err := to.check(w.Now()); err != nil {
		return err
	}
	if err := to.mustExist(ctx, w); err != nil {
		return err
	}
	if err := to.gather(ctx, w); err != nil {
		return err
	}
	e := from
	e.Kind, e.Department, e.Ward, e.Bed, e.Attending = to.Kind, to.Department, to.Ward, to.Bed, to.Attending
	if e.Department == from.Department {
		e.Attending = cmp.Or(to.Attending, from.Attending)
	}
	if err := encounters.Update(ctx, w, &e); err != nil {
		return err
	}
	if err := moveWord(ctx, w, e); err != nil {
		return err
	}
	if e.Department != from.Department {
		if err := sendBack(ctx, w, from); err != nil {
			return err
		}
	}
	return room.handOver(ctx, w, from, e, to.members())
}

// sendBack leaves the patient for a day to whoever is on shift in the department
// that he has left, so that the transfer can be written up and asked about.
func sendBack(ctx context.Context, w *act.Work, from Encounter) error {
	q := Requisition{
		Org: from.Org, ID: id.New(w.Now()), Patient: from.Patient, Encounter: from.ID, Kind: HandOver, Department: from.Department,
		State: Asked, Since: w.Now(), Source: from.Source, GivenBy: w.Actor().ID,
	}
	q.Until = q.end()
	return requisitions.Insert(ctx, w, &q)
}

// handOver settles the relations of an encounter that was moved. Who is named
// and was in the team stays in it; nobody comes into it by naming himself.
func (room *Room) handOver(ctx context.Context, w *act.Work, from, e Encounter, members []Member) error {
	team, err := relationsOf(ctx, w, e, w.Now())
	if err != nil {
		return err
	}
	soon := w.Now().Add(After)
	for _, relation := range team {
		if !relation.Until.After(soon) {
			continue // it is ending already
		}
		named := slices.ContainsFunc(members, func(m Member) bool { return m.Person == relation.Person })
		replaced := relation.Role == attending && relation.Person != e.Attending
		stays := named || e.Department == from.Department && !replaced
		switch {
		case !stays:
			relation.Until = soon
		case relation.Source == requested:
			continue // it has an end of its own
		default:
			relation.Until = e.relationsEnd(w.Now())
			members = slices.DeleteFunc(members, func(m Member) bool { return m.Person == relation.Person && m.Role == relation.Role })
		}
		if err := relations.Update(ctx, w, &relation); err != nil {
			return err
		}
	}
	return room.relate(ctx, w, e, without(members, w.Actor().ID))
}

// ReopenIn takes a discharge back as a part of an act. Relations that the
// discharge would have ended go on; those that have ended since are given anew
// by whoever cares for the patient now.
func (room *Room) ReopenIn(ctx context.Context, w *act.Work, encounter string) error {
	e, err := room.permittedEncounter(ctx, w, "patient.discharge", encounter)
	if err != nil || e.Open() {
		return err
	}
	shortened := e.Until.Add(After)
	team, err := relationsOf(ctx, w, e, w.Now())
	if err != nil {
		return err
	}
	e.Until = time.Time{}
	if err := encounters.Update(ctx, w, &e); err != nil {
		return err
	}
	for _, relation := range team {
		if relation.Source == requested || !relation.Until.Equal(shortened) {
			continue
		}
		relation.Until = e.relationsEnd(w.Now())
		if err := relations.Update(ctx, w, &relation); err != nil {
			return err
		}
	}
	return nil
}

func (room *Room) openEncounter(ctx context.Context, w *act.Work, verb, encounter string) (Encounter, error) {
	e, err := room.permittedEncounter(ctx, w, verb, encounter)
	if err == nil && !e.Open() {
		err = errNotOpen.With()
	}
	return e, err
}

func (room *Room) permittedEncounter(ctx context.Context, w *act.Work, verb, encounter string) (Encounter, error) {
	e, err := encounters.Get(ctx, w, w.Actor().Org, encounter)
	if err != nil {
		return e, absent(err)
	}
	known, err := room.Find(ctx, w, e.Org, e.Patient)
	if err != nil {
		return e, err
	}
	o := known.Object
	o.Kind, o.ID, o.Department, o.CreatedBy, o.Discharged = "Encounter", e.ID, e.Department, e.Source, !e.Open()
	return e, w.PermitTo(ctx, verb, o)
}

// shorten lets the care relations of an encounter end at until at the latest.
func (room *Room) shorten(ctx context.Context, w *act.Work, e Encounter, until time.Time) error {
	team, err := relationsOf(ctx, w, e, until)
	if err != nil {
		return err
	}
	for _, relation := range team {
		relation.Until = until
		if err := relations.Update(ctx, w, &relation); err != nil {
			return err
		}
	}
	return nil
}

// EncounterOf reads an encounter for another room's act.
func (room *Room) EncounterOf(ctx context.Context, r db.Reader, org, encounter string) (Encounter, error) {
	e, err := encounters.Get(ctx, r, org, encounter)
	return e, absent(err)
}
