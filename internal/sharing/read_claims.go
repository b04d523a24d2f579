package sharing

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// ClaimRow is what an insurer is told of one claim: a cell for each field of the task.
type ClaimRow struct {
	Number  string            `json:"number"`
	Cells   map[string]string `json:"cells"`
	Sources []ClaimSource     `json:"sources" nullable:"false" doc:"the signed versions from which the cells were read"`
	claim   Claim
}

// ClaimSource names a signed version from which a claim was told.
type ClaimSource struct {
	Document string `json:"document"`
	Version  int    `json:"version"`
	Digest   string `json:"digest" doc:"SM3 of its content, hexadecimal"`
}

// sourcesOf are the versions of which something was told, each once.
func sourcesOf(told []record.Excerpt) []ClaimSource {
	all := []ClaimSource{}
	for _, x := range told {
		if !slices.ContainsFunc(all, func(s ClaimSource) bool { return s.Document == x.Document }) {
			all = append(all, ClaimSource{x.Document, x.Version, hex.EncodeToString(x.Digest)})
		}
	}
	return all
}

// ClaimRows is a page of a task's rows.
type ClaimRows struct {
	web.Page[ClaimRow]
	Task     ClaimTask
	Fields   []ClaimField
	Withheld []string // numbers of claims on this page that may not be told
}

// levelForInsurers is up to which level of sensitivity claims are told; what lies above
// needs a case of its own.
const levelForInsurers = 3

// ReadClaims discloses a page of a task's rows to its reviewer, ordered by number. Each
// patient is asked about by himself and named in the account.
func (room *Room) ReadClaims(ctx context.Context, task, cursor string, limit int) (out ClaimRows, err error) {
	var after string
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return out, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "sharing.read-claims", func(ctx context.Context, r *act.Reading) error {
		out = ClaimRows{Withheld: []string{}}
		if err := out.take(ctx, r, task); err != nil {
			return err
		}
		listed, err := claims.Select(ctx, r, "WHERE org = $1 AND task = $2 AND number > $3 ORDER BY number LIMIT $4", out.Task.Org, task, after, int64(limit+1))
		if err != nil {
			return err
		}
		page, err := web.PageOf(listed, limit, func(c Claim) string { return c.Number })
		if err != nil {
			return err
		}
		out.Next = page.Next
		return room.readRows(ctx, r, page.Items, &out)
	})
	return out, err
}

// take finds a task for somebody who may know of it.
func (out *ClaimRows) take(ctx context.Context, r *act.Reading, task string) (err error) {
	if out.Task, err = claimTasks.Get(ctx, r, r.Actor().Org, task); err != nil {
		return r.MissingTo(ctx, "sharing.view-claims", ClaimTask{Org: r.Actor().Org, ID: task}.object(), absent(err))
	}
	if err := r.PermitTo(ctx, "sharing.view-claims", out.Task.object()); err != nil {
		return err
	}
	r.Note("task", out.Task.ID)
	out.Fields = out.Task.fields()
	return nil
}

// readRows fills in what the actor may be told of some claims.
func (room *Room) readRows(ctx context.Context, r *act.Reading, listed []Claim, out *ClaimRows) error {
	out.Items = []ClaimRow{}
	told, err := room.mayTell(ctx, r, out.Task, listed)
	if err != nil {
		return err
	}
	for _, c := range listed {
		e, yes := told[c.Number]
		if !yes {
			out.Withheld = append(out.Withheld, c.Number)
			continue
		}
		cells, sources, err := room.cells(ctx, r, out.Fields, c, e)
		if err != nil {
			return err
		}
		out.Items = append(out.Items, ClaimRow{Number: c.Number, Cells: cells, Sources: sources, claim: c})
	}
	r.Note("rows", strconv.Itoa(len(out.Items)))
	return room.call(ctx, r, out)
}

// mayTell asks for each claim whether the actor may be told of it, and returns the
// encounters of those that he may. Where he may be told of none the refusal is an act of
// its own.
func (room *Room) mayTell(ctx context.Context, r *act.Reading, t ClaimTask, listed []Claim) (map[string]patient.Encounter, error) {
	told := map[string]patient.Encounter{}
	found := make([]patient.Encounter, len(listed))
	objects := make([]policy.Object, len(listed))
	for i, c := range listed {
		var err error
		if found[i], err = room.patients.EncounterOf(ctx, r, c.Org, c.Encounter); err != nil {
			return nil, err
		}
		objects[i] = t.row(c, found[i], r.Now())
	}
	allowed, err := r.PermitEach(ctx, objects)
	if err != nil {
		return nil, err
	}
	agreed, err := t.agreedBy(ctx, r, listed, r.Now())
	if err != nil {
		return nil, err
	}
	for i, c := range listed {
		if allowed[i] && agreed(c.Patient) && found[i].Patient == c.Patient && found[i].Level <= levelForInsurers {
			told[c.Number] = found[i]
		}
	}
	if len(listed) > 0 && !slices.Contains(allowed, true) {
		return told, r.Permit(ctx, objects[0])
	}
	return told, nil
}

// agreedBy tells who agreed that the insurer is told, where the task rests on that. It is
// asked at each reading, so that a withdrawal counts at once.
func (t ClaimTask) agreedBy(ctx context.Context, r db.Reader, listed []Claim, at time.Time) (func(patientID string) bool, error) {
	if t.Basis != ByConsent {
		return func(string) bool { return true }, nil
	}
	patients := make([]string, len(listed))
	for i, c := range listed {
		patients[i] = c.Patient
	}
	slices.Sort(patients)
	proofs, err := consent.Covers(ctx, r, t.Org, slices.Compact(patients), consent.Use{Purpose: consent.Commercial, Recipient: t.Insurer}, at)
	return func(patientID string) bool {
		_, covered := proofs[patientID]
		return covered
	}, err
}

// cells are what the fields say of a claim, and from which signed versions. What no field
// names is never read.
func (room *Room) cells(ctx context.Context, r db.Reader, fields []ClaimField, c Claim, e patient.Encounter) (map[string]string, []ClaimSource, error) {
	cells := map[string]string{}
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.keys...)
	}
	told, err := room.records.ExcerptsIn(ctx, r, c.Org, c.Patient, c.Encounter, levelForInsurers, keys)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range fields {
		switch f.ID {
		case fieldClaim:
			cells[f.ID] = c.Number
		case fieldKind:
			cells[f.ID] = e.Kind
		case fieldDepartment:
			cells[f.ID] = e.Department
		case fieldAdmitted:
			cells[f.ID] = dayOf(e.Since)
		case fieldDischarged:
			cells[f.ID] = dayOf(e.Until)
		case fieldItems:
			if cells[f.ID], err = room.items(ctx, r, c); err != nil {
				return nil, nil, err
			}
		default:
			cells[f.ID] = firstOf(told, f.keys)
		}
	}
	return cells, sourcesOf(told), nil
}

// firstOf is what the first of some sections says that is written at all.
func firstOf(told []record.Excerpt, keys []string) string {
	for _, key := range keys {
		for _, x := range told {
			if x.Key == key {
				return x.Text
			}
		}
	}
	return ""
}

func (room *Room) items(ctx context.Context, r db.Reader, c Claim) (string, error) {
	ordered, err := room.records.OrderedIn(ctx, r, c.Org, c.Patient, c.Encounter, levelForInsurers)
	if err != nil {
		return "", err
	}
	lines := make([]string, len(ordered))
	for i, o := range ordered {
		lines[i] = strings.Join(slices.DeleteFunc([]string{dayOf(o.At), o.Instruction.Code, o.Instruction.Name, o.Instruction.Dose, o.Instruction.Frequency}, func(s string) bool { return s == "" }), " ")
	}
	return strings.Join(lines, "\n"), nil
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format(time.DateOnly)
}

// call writes what departments are called, and the masked names of patients where the
// task was allowed them.
func (room *Room) call(ctx context.Context, r db.Reader, out *ClaimRows) error {
	var departments, patients []string
	for _, row := range out.Items {
		departments, patients = append(departments, row.Cells[fieldDepartment]), append(patients, row.claim.Patient)
	}
	names, err := staff.DepartmentNames(ctx, r, out.Task.Org, departments)
	if err != nil {
		return err
	}
	called := map[string]string{}
	if slices.ContainsFunc(out.Fields, func(f ClaimField) bool { return f.ID == fieldCalled }) {
		slices.Sort(patients)
		if called, err = room.patients.Called(ctx, r, out.Task.Org, slices.Compact(patients)); err != nil {
			return err
		}
	}
	for _, row := range out.Items {
		if name, known := names[row.Cells[fieldDepartment]]; known {
			row.Cells[fieldDepartment] = name.ZH
		}
		if name, known := called[row.claim.Patient]; known {
			row.Cells[fieldCalled] = name
		}
	}
	return nil
}
