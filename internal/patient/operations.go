package patient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// PlannedOperation is a line of an operation list.
type PlannedOperation struct {
	Number       string // of the operation, by which a later list moves it
	RecordNumber string // of the patient
	Planned      time.Time
	Performers   []Called // by their staff numbers
}

// PlannedLine is what becomes of a line.
type PlannedLine struct {
	Line        int    // from 1
	Called      string // masked name of the patient, when one was found
	Requisition string // when it was taken in
	Known       bool   // an earlier list had it
	Problem     error  // why it is not taken in
	patient     string
	called      []Called // by their ids
}

// mostOperations bounds a list.
const mostOperations = 200

// PreviewOperations says what would become of each line of a department's list,
// and changes nothing.
func (room *Room) PreviewOperations(ctx context.Context, department string, list []PlannedOperation) ([]PlannedLine, error) {
	if err := boundList(department, list); err != nil {
		return nil, err
	}
	var lines []PlannedLine
	err := room.desk.Disclose(ctx, "patient.plan-operations", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "Department", ID: department, Org: org, Department: department}); err != nil {
			return err
		}
		lines, err = room.lines(ctx, r, org, department, list, r.Now())
		for _, l := range lines {
			if l.patient != "" {
				r.Concerns(policy.Object{Kind: "Patient", ID: l.patient, Patient: l.patient})
			}
		}
		return err
	})
	return lines, err
}

func boundList(department string, list []PlannedOperation) error {
	e := errInvalid.With()
	e.MustName("department", department, maxNumber)
	if len(list) == 0 || len(list) > mostOperations {
		e.At("operations", text("应为 1 至 200 台手术", "a list has 1 to 200 operations"))
	}
	return e.OrNil()
}

// PlanOperations takes a list in, each line by itself: what is wrong with one
// keeps no other back. A line whose number is known moves that operation.
func (room *Room) PlanOperations(ctx context.Context, department string, list []PlannedOperation) ([]PlannedLine, error) {
	lines, err := room.PreviewOperations(ctx, department, list)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if lines[i].Problem != nil {
			continue
		}
		lines[i].Requisition, err = room.plan(ctx, department, lines[i], list[i])
		if lines[i].Problem = err; err != nil && fault.KindOf(err) == fault.Internal {
			return lines, err
		}
	}
	return lines, nil
}

// plan makes the requisition of a line. The department of the theatre gives it: who
// may list it need not know the patient.
func (room *Room) plan(ctx context.Context, department string, line PlannedLine, one PlannedOperation) (string, error) {
	var made string
	err := room.desk.Do(ctx, "patient.plan-operations", func(ctx context.Context, w *act.Work) error {
		known, err := room.Find(ctx, w, w.Actor().Org, line.patient)
		if err != nil {
			return err
		}
		o := known.Object
		o.Department = department
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		if o.Discharged {
			return errNoStay.With()
		}
		made, err = room.ask(ctx, w, known, one.asking(department, line.patient, line.called))
		return err
	})
	return made, err
}

func (one PlannedOperation) asking(department, patient string, called []Called) Asking {
	return Asking{Patient: patient, Kind: Operation, Department: department, Planned: one.Planned, Performers: called, Number: one.Number}
}

// lines judges each line without changing anything.
func (room *Room) lines(ctx context.Context, r db.Reader, org, department string, list []PlannedOperation, now time.Time) ([]PlannedLine, error) {
	lines := make([]PlannedLine, len(list))
	for i, one := range list {
		lines[i].Line = i + 1
		patient, err := room.lyingUnder(ctx, r, org, one.RecordNumber)
		if isProblem(err) {
			lines[i].Problem = err
			continue
		}
		if err != nil {
			return nil, err
		}
		lines[i].patient = patient
		lines[i].Problem = cmp.Or(one.mustBeNumbered(), one.asking(department, patient, one.Performers).check(now))
		if lines[i].Problem != nil {
			continue
		}
		if lines[i].called, lines[i].Problem, err = one.called(ctx, r, org); err != nil {
			return nil, err
		}
		same, err := requisitions.Select(ctx, r, "WHERE org = $1 AND source = $2 AND number = $3 AND patient = $4", org, "", one.Number, patient)
		if err != nil {
			return nil, err
		}
		lines[i].Known = slices.ContainsFunc(same, Requisition.Open)
	}
	return lines, room.callLines(ctx, r, org, lines)
}

func (room *Room) callLines(ctx context.Context, r db.Reader, org string, lines []PlannedLine) error {
	var patients []string
	for _, l := range lines {
		if l.patient != "" {
			patients = append(patients, l.patient)
		}
	}
	slices.Sort(patients)
	called, err := room.Called(ctx, r, org, slices.Compact(patients))
	for i := range lines {
		lines[i].Called = called[lines[i].patient]
	}
	return err
}

// lyingUnder is the patient of a record number who has an encounter under way.
func (room *Room) lyingUnder(ctx context.Context, r db.Reader, org, number string) (string, error) {
	blind := room.blind(org, byRecord, number)
	if blind == "" {
		return "", errInvalid.With().At("recordNumber", text("请填写完整的病案号", "give the complete record number"))
	}
	found, err := byBlind(ctx, r, org, "record_blind", blind)
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", errInvalid.With().At("recordNumber", text("没有唯一对应的患者，请核对", "no single patient has this number; compare"))
	}
	stays, err := encountersOf(ctx, r, org, found[0].ID)
	if err != nil {
		return "", err
	}
	if object(found[0], stays).Discharged {
		return "", errNoStay.With().At("recordNumber", text("该患者当前没有就诊", "the patient has no encounter under way"))
	}
	return found[0].ID, nil
}

// mustBeNumbered wants a number: without one a second list would plan everything
// twice.
func (one PlannedOperation) mustBeNumbered() error {
	e := errInvalid.With()
	e.MustName("number", one.Number, maxNumber)
	if len(one.Performers) == 0 {
		e.At("performers", text("请填写手术人员", "say who operates"))
	}
	return e.OrNil()
}

// called are the people of a line by their ids. err is that it could not be found
// out who they are, problem that one of them is not a member of staff.
func (one PlannedOperation) called(ctx context.Context, r db.Reader, org string) (people []Called, problem, err error) {
	e := errInvalid.With()
	for i, p := range one.Performers {
		found, err := staff.FindByNumber(ctx, r, org, p.Person)
		switch {
		case fault.KindOf(err) == fault.NotFound:
			e.At(fmt.Sprintf("performers[%d].person", i), text("没有这个工号，请核对", "no member of staff has this number; compare"))
		case err != nil:
			return nil, nil, err
		}
		people = append(people, Called{Person: found.ID, Role: p.Role})
	}
	return people, e.OrNil(), nil
}

func isProblem(err error) bool {
	return errors.Is(err, errInvalid) || errors.Is(err, errNoStay)
}
