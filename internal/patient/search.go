package patient

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Scopes of a search.
const (
	Mine       = "mine"       // whom I care for
	Department = "department" // who is or was lately in my departments
	Everybody  = "all"        // whom I may open, wherever
)

// Query asks for a page of patients.
type Query struct {
	Text   string // part of a name, pinyin or initials, or an exact identifier
	Number string // an exact identifier and nothing else
	Scope  string // Mine, Department or Everybody
	Open   bool   // only with an encounter that lasts
	Cursor string
	Limit  int // see [web.Bounded]
}

// Listed is a patient in a list.
type Listed struct {
	ID           string
	Name         string
	Sex          string
	Age          int
	BirthDate    string
	RecordNumber string
	Level        int
	Rev          int
	UpdatedAt    time.Time
	Encounter    Encounter // the newest
	Attending    staff.Name
}

// scanBatch is how many patients are looked at in one step.
const scanBatch = 500

// Search lists patients that the actor may open, newest registration first.
// The list starts from a superset of what policy allows and holds only what
// opening would allow; counting stops at [web.CountBound].
func (room *Room) Search(ctx context.Context, q Query) (web.Page[Listed], error) {
	var page web.Page[Listed]
	after := ""
	if _, err := web.DecodeCursor(q.Cursor, &after); err != nil {
		return page, err
	}
	q.Limit = web.Bounded(q.Limit)
	err := room.desk.Disclose(ctx, "patient.find", func(ctx context.Context, r *act.Reading) error {
		page = web.Page[Listed]{Items: []Listed{}}
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		candidates, err := room.candidates(ctx, r, q)
		if err != nil {
			return err
		}
		err = room.fill(ctx, r, q, candidates, after, &page)
		if len(page.Items) == 0 {
			r.Evenly()
		}
		return err
	})
	if err != nil || q.Scope != Everybody {
		return page, err
	}
	return room.counted(ctx, page)
}

// counted lets a page leave that counts against the quota of whoever asked (D-047).
func (room *Room) counted(ctx context.Context, page web.Page[Listed]) (web.Page[Listed], error) {
	if room.count == nil || len(page.Items) == 0 {
		return page, nil
	}
	shown := make([]string, len(page.Items))
	for i, item := range page.Items {
		shown[i] = item.ID
	}
	if err := room.count(ctx, shown); err != nil {
		return web.Page[Listed]{}, err
	}
	return page, nil
}

// candidates returns the ids from which a list starts, newest first.
func (room *Room) candidates(ctx context.Context, r *act.Reading, q Query) ([]string, error) {
	found, err := room.inScope(ctx, r, q.Scope)
	if err != nil {
		return nil, err
	}
	if typed := strings.TrimSpace(q.Text); typed != "" {
		matching, err := room.matching(ctx, r, typed)
		if err != nil {
			return nil, err
		}
		found = slices.DeleteFunc(found, func(id string) bool { return !matching[id] })
	}
	if q.Number != "" {
		exact, err := room.byIdentifier(ctx, r, r.Actor().Org, q.Number)
		if err != nil {
			return nil, err
		}
		found = slices.DeleteFunc(found, func(id string) bool {
			return !slices.ContainsFunc(exact, func(p row) bool { return p.ID == id })
		})
	}
	slices.SortFunc(found, func(a, b string) int { return strings.Compare(b, a) })
	return slices.Compact(found), nil
}

func (room *Room) inScope(ctx context.Context, r *act.Reading, scope string) ([]string, error) {
	if scope == Everybody {
		return room.everybody(ctx, r)
	}
	actor := r.Actor()
	found, err := ids(ctx, r, "SELECT patient FROM patient_relation WHERE org = $1 AND person = $2 AND until > $3", actor.Org, actor.ID, r.Now().UnixMicro())
	if err != nil || scope != Department {
		return found, err
	}
	lately := r.Now().Add(-After).UnixMicro()
	for _, department := range actor.Departments {
		here, err := ids(ctx, r, "SELECT patient FROM patient_encounter WHERE org = $1 AND department = $2 AND (until IS NULL OR until > $3)", actor.Org, department, lately)
		if err != nil {
			return nil, err
		}
		found = append(found, here...)
	}
	return found, nil
}

// TiedTo returns the ids of the patients to whom any tie leads an actor, in no order
// and some more than once. What a tie opens is for the rulebook.
func (room *Room) TiedTo(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]string, error) {
	found, err := ids(ctx, r, "SELECT patient FROM patient_relation WHERE org = $1 AND person = $2 AND until > $3", actor.Org, actor.ID, at.UnixMicro())
	if err != nil {
		return nil, err
	}
	err = room.onShift(ctx, r, actor, nil, at, func(patient string, _ policy.Tie) { found = append(found, patient) })
	if err != nil {
		return nil, err
	}
	for _, reach := range room.reaches {
		more, err := reach(ctx, r, actor, at)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// everybody returns the ids of all whom the actor may possibly open. Where the
// rulebook opens to him only patients to whom something ties him, or who are in
// his departments, it starts from those.
func (room *Room) everybody(ctx context.Context, r *act.Reading) ([]string, error) {
	actor := r.Actor()
	strangers, err := opensSome(ctx, r, policy.Object{Org: actor.Org}, false, true)
	if err != nil {
		return nil, err
	}
	if strangers {
		return ids(ctx, r, "SELECT id FROM patient_patient WHERE org = $1", actor.Org)
	}
	found, err := room.TiedTo(ctx, r, actor, r.Now())
	if err != nil {
		return nil, err
	}
	for _, department := range actor.Departments {
		gone, err := opensSome(ctx, r, policy.Object{Org: actor.Org, Department: department}, true)
		if err != nil {
			return nil, err
		}
		condition := " AND until IS NULL"
		if gone {
			condition = ""
		}
		here, err := ids(ctx, r, "SELECT patient FROM patient_encounter WHERE org = $1 AND department = $2"+condition, actor.Org, department)
		if err != nil {
			return nil, err
		}
		found = append(found, here...)
	}
	return found, nil
}

// opensSome asks the rulebook whether the actor could open a patient like o to
// whom nothing ties him, of whatever level.
func opensSome(ctx context.Context, r *act.Reading, o policy.Object, discharged ...bool) (bool, error) {
	var like []policy.Object
	for _, gone := range discharged {
		for level := 1; level <= highestLevel; level++ {
			o.Kind, o.Sensitivity, o.Discharged = "Patient", level, gone
			like = append(like, o)
		}
	}
	allowed, err := r.Allowed(ctx, like)
	return slices.Contains(allowed, true), err
}

func (room *Room) matching(ctx context.Context, r *act.Reading, typed string) (map[string]bool, error) {
	org := r.Actor().Org
	matching, err := room.named(ctx, r, org, typed)
	if err != nil {
		return nil, err
	}
	exact, err := room.byIdentifier(ctx, r, org, typed)
	for _, p := range exact {
		matching[p.ID] = true
	}
	return matching, err
}

func (room *Room) named(ctx context.Context, r *act.Reading, org, typed string) (map[string]bool, error) {
	n := room.names.of(org)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := room.catchUp(ctx, r, org, n); err != nil {
		return nil, err
	}
	return n.match(typed), nil
}

// fill walks the candidates, counts what may be shown up to a bound, and takes
// the page after the cursor. Once the bound is reached only the page is of
// interest.
func (room *Room) fill(ctx context.Context, r *act.Reading, q Query, candidates []string, after string, page *web.Page[Listed]) error {
	var shown []candidate
	count := web.Count{}
	for batch := range slices.Chunk(candidates, scanBatch) {
		if count.More && after != "" && batch[len(batch)-1] >= after {
			continue
		}
		allowed, err := room.allowed(ctx, r, q, batch)
		if err != nil {
			return err
		}
		for _, c := range allowed {
			if count.N < web.CountBound {
				count.N++
			} else {
				count.More = true
			}
			if after == "" || c.ID < after {
				shown = append(shown, c)
			}
		}
		if count.More && len(shown) > q.Limit {
			break
		}
	}
	page.Count = &count
	if len(shown) > q.Limit {
		shown = shown[:q.Limit]
		var err error
		if page.Next, err = web.EncodeCursor(shown[q.Limit-1].ID); err != nil {
			return err
		}
	}
	return room.list(ctx, r, shown, page)
}

// candidate is a patient who may be shown.
type candidate struct {
	row
	stays []Encounter
}

// allowed returns those of a batch who may be shown, in its order.
func (room *Room) allowed(ctx context.Context, r *act.Reading, q Query, batch []string) ([]candidate, error) {
	org := r.Actor().Org
	rows, err := byIDs(ctx, r, org, batch)
	if err != nil {
		return nil, err
	}
	stays, err := encountersOfAll(ctx, r, org, batch)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(b.ID, a.ID) })
	var all []candidate
	var objects []policy.Object
	for _, p := range rows {
		if o := object(p, stays[p.ID]); !q.Open || !o.Discharged {
			all, objects = append(all, candidate{p, stays[p.ID]}), append(objects, o)
		}
	}
	yes, err := r.Allowed(ctx, objects)
	if err != nil {
		return nil, err
	}
	var allowed []candidate
	for i, c := range all {
		if yes[i] {
			allowed = append(allowed, c)
		}
	}
	return allowed, nil
}

// list opens the patients of a page.
func (room *Room) list(ctx context.Context, r *act.Reading, shown []candidate, page *web.Page[Listed]) error {
	if len(shown) == 0 {
		return nil
	}
	org := shown[0].Org
	rows, attending := make([]row, len(shown)), make([]string, len(shown))
	for i, c := range shown {
		rows[i] = c.row
		if len(c.stays) > 0 {
			attending[i] = c.stays[0].Attending
		}
	}
	called, err := staff.Names(ctx, r, org, attending, r.Now())
	if err != nil {
		return err
	}
	opened := room.unsealAll(ctx, r, org, rows)
	for i, c := range shown {
		d, ok := opened[c.ID]
		if !ok {
			if d, err = room.unseal(ctx, r, c.row); err != nil {
				return err
			}
		}
		item := Listed{ID: c.ID, Name: d.Name, Sex: d.Sex, Age: -1, BirthDate: d.BirthDate, RecordNumber: d.RecordNumber, Level: c.Level, Rev: c.Rev, UpdatedAt: c.UpdatedAt, Attending: called[attending[i]]}
		if age, known := d.Age(r.Now()); known {
			item.Age = age
		}
		if len(c.stays) > 0 {
			item.Encounter = c.stays[0]
		}
		page.Items = append(page.Items, item)
		r.Concerns(object(c.row, c.stays))
	}
	return nil
}
