package output

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const (
	// pageSize is how many rows are read at a time.
	pageSize = 200
	// maxPages is how many pages one act can destroy.
	maxPages = 400
	// askedAgain is how many of the patients read before are asked about at each page.
	// At the end, and at each download, all are.
	askedAgain = 300
)

// run reads page after page until the list ends, or what it rests on does.
func (room *Room) run(ctx context.Context, at *job.Work) error {
	var args exportArgs
	if err := at.Args(&args); err != nil {
		return err
	}
	for {
		x, err := room.load(ctx, args.Org, args.Export)
		if err != nil || x.State != Running {
			return err
		}
		more, err := room.readPage(ctx, x)
		if why := whyStopped(err); why != "" {
			return room.stop(ctx, x, why)
		}
		if err != nil {
			return err
		}
		if err := at.Report(ctx, "output.reading", int64(x.Pages+1), 0); err != nil {
			return err
		}
		if !more {
			return room.finish(ctx, args)
		}
	}
}

func (room *Room) load(ctx context.Context, org, exportID string) (Export, error) {
	var x Export
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		x, err = exports.Get(ctx, r, org, exportID)
		return err
	})
	return x, err
}

// ended says that an export rests on something that is over.
type ended struct{ why string }

func (e ended) Error() string { return "output: the export rests on what is over: " + e.why }

// whyStopped tells what ended an export; empty: it did not end.
func whyStopped(err error) string {
	var over ended
	switch {
	case err == nil:
		return ""
	case errors.As(err, &over):
		return over.why
	case errors.Is(err, errQuota):
		return WhyQuota
	case errors.Is(err, act.ErrRefused), errors.Is(err, act.ErrNobody), errors.Is(err, act.ErrAbsent):
		return WhyRights
	}
	return ""
}

// asPerson returns a context in which whoever asked acts with the rights that he has
// now, from where he asked.
func (room *Room) asPerson(ctx context.Context, x Export) (context.Context, error) {
	var actor act.Actor
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		actor, err = staff.ActorOf(ctx, r, x.Org, x.Person, room.desk.Now())
		return err
	})
	if errors.Is(err, staff.ErrNoPerson) {
		return nil, ended{WhyPerson}
	}
	if err != nil {
		return nil, err
	}
	actor.Session, actor.Terminal, actor.IP, actor.Zone, actor.Weak, actor.Stale = x.Session, x.Terminal, x.IP, x.Zone, x.Weak, true
	actor.Purpose = x.Purpose
	ctx = act.With(ctx, actor)
	if room.o.Live != nil && !room.o.Live(ctx) {
		return nil, ended{WhySession}
	}
	return ctx, nil
}

func (room *Room) readPage(ctx context.Context, x Export) (more bool, err error) {
	person, err := room.asPerson(ctx, x)
	if err != nil {
		return false, err
	}
	source, known := room.source(x.List)
	if !known {
		return false, ended{WhyRights}
	}
	if x.Lines >= MaxRows || x.Pages >= maxPages {
		return false, ended{WhyTooLarge}
	}
	page, err := source.Page(person, x.Filter, x.Next, pageSize)
	if err != nil {
		return false, err
	}
	may := map[string]bool{}
	for _, p := range patientsOf(page.Rows) {
		may[p] = true
	}
	if source.Patients {
		before, err := room.patientsIn(ctx, x)
		if err != nil {
			return false, err
		}
		if err := room.mustStill(person, before[max(0, len(before)-askedAgain):]); err != nil {
			return false, err
		}
		if may, err = room.mayTake(person, patientsOf(page.Rows)); err != nil {
			return false, err
		}
	}
	return page.Next != "", room.savePage(ctx, x, source, page, may, act.From(person).Roles)
}

func patientsOf(rows []Row) []string {
	var all []string
	for _, row := range rows {
		if row.Patient != "" {
			all = append(all, row.Patient)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// patientsIn are the patients read so far, in the order in which they were read.
func (room *Room) patientsIn(ctx context.Context, x Export) ([]string, error) {
	var all []string
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		all, err = readPatients(ctx, r, x)
		return err
	})
	return all, err
}

func readPatients(ctx context.Context, r db.Reader, x Export) ([]string, error) {
	rows, err := r.Query(ctx, "SELECT patients FROM output_part WHERE org = $1 AND export = $2 ORDER BY n", x.Org, x.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	known := map[string]bool{}
	for rows.Next() {
		var text string
		var some []string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &some); err != nil {
			return nil, err
		}
		for _, p := range some {
			if !known[p] {
				known[p] = true
				all = append(all, p)
			}
		}
	}
	return all, rows.Err()
}

// objectsOf are patients as policy sees them, as far as they are there.
func (room *Room) objectsOf(ctx context.Context, r db.Reader, org string, patients []string) ([]policy.Object, error) {
	objects := make([]policy.Object, 0, len(patients))
	for _, id := range patients {
		known, err := room.patients.Find(ctx, r, org, id)
		if errors.Is(err, act.ErrAbsent) {
			known = patient.Known{Object: policy.Object{Kind: "Patient", ID: id, Org: org, Patient: id}}
		} else if err != nil {
			return nil, err
		}
		objects = append(objects, known.Object)
	}
	return objects, nil
}

// mayTake asks which patients may be taken along in a list. Those who may are named in
// the account.
func (room *Room) mayTake(ctx context.Context, patients []string) (map[string]bool, error) {
	may := map[string]bool{}
	if len(patients) == 0 {
		return may, nil
	}
	err := room.desk.Disclose(ctx, "output.extract", func(ctx context.Context, r *act.Reading) error {
		if err := r.PermitTo(ctx, "output.export", houseObject(r.Actor().Org)); err != nil {
			return err
		}
		objects, err := room.objectsOf(ctx, r, r.Actor().Org, patients)
		if err != nil {
			return err
		}
		allowed, err := r.PermitEach(ctx, objects)
		for i, yes := range allowed {
			may[patients[i]] = yes
		}
		return err
	})
	return may, err
}

// mustStill asks again about patients who are in an export already. The first who may
// not be taken along any more ends it, and the refusal is in the account.
func (room *Room) mustStill(ctx context.Context, patients []string) error {
	for some := range slices.Chunk(patients, askedAgain) {
		err := room.desk.Disclose(ctx, "output.extract", func(ctx context.Context, r *act.Reading) error {
			objects, err := room.objectsOf(ctx, r, r.Actor().Org, some)
			if err != nil {
				return err
			}
			allowed, err := r.Allowed(ctx, objects)
			if err != nil {
				return err
			}
			for i, yes := range allowed {
				if !yes {
					return r.Permit(ctx, objects[i])
				}
			}
			return r.Permit(ctx, objects[0])
		})
		if errors.Is(err, act.ErrRefused) {
			return ended{whyRefused(err)}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// whyRefused names what a refused patient lacks.
func whyRefused(err error) string {
	refusal, ok := fault.From(err).Detail.(act.Refusal)
	if !ok {
		return WhyPatient
	}
	for _, c := range refusal.Unmet() {
		switch c.Name {
		case policy.ConditionConsent:
			return WhyConsent
		case policy.ConditionState:
			return WhyState
		}
	}
	return WhyPatient
}

// savePage keeps what a page gave, and counts its patients.
func (room *Room) savePage(ctx context.Context, x Export, source Source, page Rows, may map[string]bool, roles []string) error {
	var cells [][]string
	taken := []Row{}
	for _, row := range page.Rows {
		if row.Patient == "" || may[row.Patient] {
			cells, taken = append(cells, x.cells(source, row)), append(taken, row)
		}
	}
	made := part{Org: x.Org, Export: x.ID, N: x.Pages + 1, Lines: len(cells), Patients: patientsOf(taken)}
	if made.Patients == nil {
		made.Patients = []string{}
	}
	text, err := json.Marshal(cells)
	if err != nil {
		return err
	}
	err = room.desk.Look(ctx, func(r db.Reader) error {
		key, err := room.vault.Subject(ctx, r, x.Org, exportKey(x.ID))
		if err != nil {
			return err
		}
		made.Sealed, err = key.Seal(partPlace(x.ID, made.N), text)
		return err
	})
	if err != nil {
		return err
	}
	return room.desk.Do(room.clockContext(ctx), "output.clock", func(ctx context.Context, w *act.Work) error {
		fresh, err := room.exportIn(ctx, w, x.Org, x.ID)
		if err != nil || fresh.State != Running || fresh.Pages != x.Pages {
			return err
		}
		p, err := profileOf(ctx, w, x.Org, x.Profile)
		if err != nil {
			return err
		}
		before, err := readPatients(ctx, w, x)
		if err != nil {
			return err
		}
		if err := countFor(ctx, w, p, x.Person, roles, made.Patients); err != nil {
			return err
		}
		fresh.Pages, fresh.Next, fresh.Lines = made.N, page.Next, fresh.Lines+made.Lines
		fresh.LeftOut += len(page.Rows) - made.Lines
		for _, p := range made.Patients {
			if !slices.Contains(before, p) {
				fresh.Patients++
			}
		}
		w.Note("export", x.ID)
		w.Note("page", strconv.Itoa(made.N))
		w.Note("lines", strconv.Itoa(made.Lines))
		if err := parts.Insert(ctx, w, &made); err != nil {
			return err
		}
		return exports.Update(ctx, w, &fresh)
	})
}

// exportIn finds an export for an act of the house itself.
func (room *Room) exportIn(ctx context.Context, w *act.Work, org, exportID string) (Export, error) {
	x, err := exports.Get(ctx, w, org, exportID)
	if err != nil {
		return x, err
	}
	return x, w.Permit(ctx, x.object())
}

// stop ends an export of which nothing may leave any more.
func (room *Room) stop(ctx context.Context, x Export, why string) error {
	return room.desk.Do(room.clockContext(ctx), "output.clock", func(ctx context.Context, w *act.Work) error {
		fresh, err := room.exportIn(ctx, w, x.Org, x.ID)
		if err != nil || fresh.over() {
			return err
		}
		fresh.Why = why
		w.Note("why", why)
		return room.wipeIn(ctx, w, &fresh, Stopped)
	})
}

// wipeIn ends an export and destroys what it held.
func (room *Room) wipeIn(ctx context.Context, w *act.Work, x *Export, state string) error {
	held, err := parts.Select(ctx, w, "WHERE org = $1 AND export = $2 ORDER BY n", x.Org, x.ID)
	if err != nil {
		return err
	}
	for _, one := range held {
		if err := parts.Delete(ctx, w, &one); err != nil {
			return err
		}
	}
	x.State, x.Ended, x.Words, x.Code = state, w.Now(), nil, nil
	w.Note("export", x.ID)
	w.Note("state", state)
	for _, kind := range waitingKinds {
		if err := room.duty.CancelIn(ctx, w, kind, x.ID); err != nil {
			return err
		}
	}
	if err := exports.Update(ctx, w, x); err != nil {
		return err
	}
	return room.vault.DestroySubject(ctx, w, x.Org, exportKey(x.ID))
}
