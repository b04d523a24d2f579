package patient

import (
	"cmp"
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
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
	return e.ID, room.relateTeam(ctx, w, e, in)
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

// relateTeam relates the team to the patient. A relation never benefits who
// reports it: a person who admits is related only if somebody else's record, the
// attending of the admission, names him.
func (room *Room) relateTeam(ctx context.Context, w *act.Work, e Encounter, in Admission) error {
	team := in.Team
	if in.Attending != "" {
		team = append([]Member{{Person: in.Attending, Role: "attending"}}, team...)
	}
	until := w.Now().Add(OpenEnded)
	if !e.Open() {
		until = e.Until.Add(After)
	}
	for _, m := range team {
		if m.Person == "" || m.Person == in.Source || !until.After(w.Now()) {
			continue
		}
		kind := m.Kind
		if kind == "" {
			kind = "care"
		}
		relation := Relation{
			Org: e.Org, ID: id.New(w.Now()), Patient: e.Patient, Person: m.Person, Kind: kind, Role: m.Role, Encounter: e.ID,
			Since: e.Since, Until: until, Source: sourceOf(in.Source), GivenBy: w.Actor().ID,
		}
		if err := relations.Insert(ctx, w, &relation); err != nil {
			return err
		}
	}
	return nil
}

func sourceOf(feed string) string {
	if feed == "" {
		return "admission"
	}
	return feed
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

// Transfer moves a running encounter to another department. The team of the old
// one keeps its relation for some days, so that the transfer record can be
// completed; the new team is given.
func (room *Room) Transfer(ctx context.Context, encounter string, to Admission) error {
	return room.desk.Do(ctx, "patient.transfer", func(ctx context.Context, w *act.Work) error {
		return room.TransferIn(ctx, w, encounter, to)
	})
}

// TransferIn moves a running encounter as a part of an act. A kind in to, where
// there is one, is the new kind of the encounter.
func (room *Room) TransferIn(ctx context.Context, w *act.Work, encounter string, to Admission) error {
	e, err := room.openEncounter(ctx, w, "patient.transfer", encounter)
	if err != nil {
		return err
	}
	e.Kind = cmp.Or(to.Kind, e.Kind)
	e.Department, e.Ward, e.Bed, e.Attending = to.Department, to.Ward, to.Bed, to.Attending
	if err := encounters.Update(ctx, w, &e); err != nil {
		return err
	}
	if err := room.shorten(ctx, w, e, w.Now().Add(After)); err != nil {
		return err
	}
	return room.relateTeam(ctx, w, e, to)
}

// ReopenIn takes a discharge back as a part of an act. Relations that ended with
// it are given anew by whoever cares for the patient now.
func (room *Room) ReopenIn(ctx context.Context, w *act.Work, encounter string) error {
	e, err := room.permittedEncounter(ctx, w, "patient.discharge", encounter)
	if err != nil || e.Open() {
		return err
	}
	e.Until = time.Time{}
	return encounters.Update(ctx, w, &e)
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
	team, err := relations.Select(ctx, w, "WHERE org = $1 AND patient = $2 AND until > $3", e.Org, e.Patient, until.UnixMicro())
	if err != nil {
		return err
	}
	for _, relation := range team {
		if relation.Encounter != e.ID {
			continue
		}
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
