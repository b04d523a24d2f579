package patient

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Worked is an item as a list shows it: whose record it is in full to whoever has
// it, masked to the office that handed it out.
type Worked struct {
	Item
	Called       string // name of the patient
	RecordNumber string // "" to others than who has the item
	Name         staff.Name
}

// WorklistQuery asks for a page of items that wait, the first due first.
type WorklistQuery struct {
	Everyone bool // of the whole office, for the chosen purpose
	Cursor   string
	Limit    int // see [web.Bounded]
}

// itemPlace is where a page of items ended.
type itemPlace struct {
	Due int64
	ID  string
}

// Worklist discloses the actor's items, or those of his office.
func (room *Room) Worklist(ctx context.Context, q WorklistQuery) (page web.Page[Worked], err error) {
	var after itemPlace
	if _, err := web.DecodeCursor(q.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(q.Limit)
	err = room.desk.Disclose(ctx, "patient.see-worklist", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := waitingItems(ctx, r, q.Everyone, after, limit+1)
		if err != nil {
			return err
		}
		items, err := web.PageOf(found, limit, func(i Item) itemPlace { return itemPlace{i.Due.UnixMicro(), i.ID} })
		if err != nil {
			return err
		}
		page = web.Page[Worked]{Items: make([]Worked, len(items.Items)), Next: items.Next}
		return room.nameItems(ctx, r, items.Items, page.Items)
	})
	return page, err
}

func waitingItems(ctx context.Context, r *act.Reading, everyone bool, after itemPlace, limit int) ([]Item, error) {
	where, args := "WHERE org = $1 AND ended IS NULL AND until > $2 AND (due, id) > ($3, $4)", []any{r.Actor().Org, r.Now().UnixMicro(), after.Due, after.ID}
	if everyone {
		where += " AND (task = $5 OR task = $6)"
		tasks := map[string][2]string{"coding": {Coding, Filing}, "quality": {Quality, Quality}}[r.Actor().Purpose]
		args = append(args, tasks[0], tasks[1])
	} else {
		where += " AND person = $5"
		args = append(args, r.Actor().ID)
	}
	args = append(args, int64(limit))
	return worklists.Select(ctx, r, where+" ORDER BY due, id LIMIT $"+strconv.Itoa(len(args)), args...)
}

// nameItems says whose records the items are.
func (room *Room) nameItems(ctx context.Context, r *act.Reading, items []Item, into []Worked) error {
	patientIDs, people := make([]string, len(items)), make([]string, len(items))
	for n, i := range items {
		patientIDs[n], people[n] = i.Patient, i.Person
	}
	if len(items) == 0 {
		return nil
	}
	org := r.Actor().Org
	rows, err := byIDs(ctx, r, org, patientIDs)
	if err != nil {
		return err
	}
	names, err := staff.Names(ctx, r, org, people, r.Now())
	if err != nil {
		return err
	}
	opened := room.unsealAll(ctx, r, org, rows)
	for n, i := range items {
		d := opened[i.Patient]
		shown := Worked{Item: i, Called: maskName(d.Name), Name: names[i.Person]}
		if i.Person == r.Actor().ID {
			shown.Called, shown.RecordNumber = d.Name, d.RecordNumber
		}
		into[n] = shown
		r.Concerns(policy.Object{Kind: "Patient", ID: i.Patient, Patient: i.Patient})
	}
	return nil
}
