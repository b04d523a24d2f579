package patient

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
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
	Scope  string // Mine, Department or Everybody
	Open   bool   // only with an encounter that lasts
	Cursor string
	Limit  int
}

// Listed is a patient in a list.
type Listed struct {
	ID           string
	Name         string
	Sex          string
	Age          int
	RecordNumber string
	Level        int
	Encounter    Encounter // the newest
	Attending    staff.Name
}

// scanBatch is how many patients are looked at in one step.
const scanBatch = 200

// Search lists patients that the actor may open, newest registration first.
// The list starts from a superset of what policy allows and holds only what
// opening would allow; counting stops at [web.CountBound].
func (room *Room) Search(ctx context.Context, q Query) (web.Page[Listed], error) {
	var page web.Page[Listed]
	after := ""
	if _, err := web.DecodeCursor(q.Cursor, &after); err != nil {
		return page, err
	}
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
		return room.fill(ctx, r, q, candidates, after, &page)
	})
	return page, err
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
	slices.SortFunc(found, func(a, b string) int { return strings.Compare(b, a) })
	return slices.Compact(found), nil
}

func (room *Room) inScope(ctx context.Context, r *act.Reading, scope string) ([]string, error) {
	actor := r.Actor()
	if scope == Everybody {
		return ids(ctx, r, "SELECT id FROM patient_patient WHERE org = $1", actor.Org)
	}
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

func (room *Room) matching(ctx context.Context, r *act.Reading, typed string) (map[string]bool, error) {
	room.names.mu.Lock()
	defer room.names.mu.Unlock()
	org := r.Actor().Org
	err := room.names.catchUp(ctx, r, org, func(p row) (Demographics, error) { return room.unseal(ctx, r, p) })
	if err != nil {
		return nil, err
	}
	matching := room.names.match(typed)
	exact, err := room.byIdentifier(ctx, r, org, typed)
	for _, p := range exact {
		matching[p.ID] = true
	}
	return matching, err
}

// fill walks the candidates, counts what may be shown, and takes the page after
// the cursor.
func (room *Room) fill(ctx context.Context, r *act.Reading, q Query, candidates []string, after string, page *web.Page[Listed]) error {
	count := web.Count{}
	for batch := range slices.Chunk(candidates, scanBatch) {
		rows, stays, err := room.load(ctx, r, batch)
		if err != nil {
			return err
		}
		if q.Open {
			rows = slices.DeleteFunc(rows, func(p row) bool { return object(p, stays[p.ID]).Discharged })
		}
		objects := make([]policy.Object, len(rows))
		for i, p := range rows {
			objects[i] = object(p, stays[p.ID])
		}
		allowed, err := r.Allowed(ctx, objects)
		if err != nil {
			return err
		}
		for i, p := range rows {
			if !allowed[i] {
				continue
			}
			if count.N++; count.N > web.CountBound {
				count = web.Count{N: web.CountBound, More: true}
				break
			}
			if after != "" && p.ID >= after {
				continue
			}
			if len(page.Items) == q.Limit {
				if page.Next == "" {
					if page.Next, err = web.EncodeCursor(page.Items[q.Limit-1].ID); err != nil {
						return err
					}
				}
				continue
			}
			item, err := room.listed(ctx, r, p, stays[p.ID])
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
			r.Concerns(objects[i])
		}
		if count.More {
			break
		}
	}
	page.Count = &count
	return nil
}

// load reads patients and their encounters in two questions.
func (room *Room) load(ctx context.Context, r *act.Reading, batch []string) ([]row, map[string][]Encounter, error) {
	org, first, last := r.Actor().Org, batch[len(batch)-1], batch[0]
	wanted := make(map[string]bool, len(batch))
	for _, id := range batch {
		wanted[id] = true
	}
	rows, err := patients.Select(ctx, r, "WHERE org = $1 AND id >= $2 AND id <= $3 ORDER BY id DESC", org, first, last)
	if err != nil {
		return nil, nil, err
	}
	rows = slices.DeleteFunc(rows, func(p row) bool { return !wanted[p.ID] })
	all, err := encounters.Select(ctx, r, "WHERE org = $1 AND patient >= $2 AND patient <= $3 ORDER BY since DESC, id DESC", org, first, last)
	if err != nil {
		return nil, nil, err
	}
	stays := map[string][]Encounter{}
	for _, e := range all {
		stays[e.Patient] = append(stays[e.Patient], e)
	}
	return rows, stays, nil
}

func (room *Room) listed(ctx context.Context, r *act.Reading, p row, stays []Encounter) (Listed, error) {
	d, err := room.unseal(ctx, r, p)
	if err != nil {
		return Listed{}, err
	}
	item := Listed{ID: p.ID, Name: d.Name, Sex: d.Sex, Age: -1, RecordNumber: d.RecordNumber, Level: p.Level}
	if age, ok := d.Age(r.Now()); ok {
		item.Age = age
	}
	if len(stays) > 0 {
		item.Encounter = stays[0]
		names, err := staff.Names(ctx, r, p.Org, []string{stays[0].Attending}, r.Now())
		if err != nil {
			return item, err
		}
		item.Attending = names[stays[0].Attending]
	}
	return item, nil
}
