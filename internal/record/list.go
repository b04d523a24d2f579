package record

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Lines is a page of a patient's documents with the people they name.
type Lines struct {
	web.Page[Document]
	People    map[string]staff.Name
	Elsewhere map[string]Elsewhere // by the ids of the documents that came from there
}

// Elsewhere says of a document on a list from which other institution it came. One that
// the patient has not authorised for this encounter is listed without its title.
type Elsewhere struct {
	Institution  string
	Unauthorised bool
}

// List discloses which documents a patient has, newest first: those that the
// actor could open, and no others.
func (room *Room) List(ctx context.Context, patientID, cursor string, limit int) (Lines, error) {
	var page Lines
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err := room.desk.Disclose(ctx, "record.list", func(ctx context.Context, r *act.Reading) error {
		page = Lines{Page: web.Page[Document]{Items: []Document{}}, Elsewhere: map[string]Elsewhere{}}
		known, err := room.patients.Find(ctx, r, r.Actor().Org, patientID)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		from, err := room.standingsOf(ctx, r, r.Actor().Org, patientID, r.Now())
		if err != nil {
			return err
		}
		if err := collect(ctx, r, known, from, after, limit, &page); err != nil {
			return err
		}
		people := make([]string, len(page.Items))
		for i, d := range page.Items {
			people[i] = d.Author
		}
		page.People, err = staff.Names(ctx, r, r.Actor().Org, people, r.Now())
		return err
	})
	return page, err
}

// collect walks back in time until the page is full.
func collect(ctx context.Context, r *act.Reading, known patient.Known, from map[string]standing, after listPlace, limit int, page *Lines) error {
	for {
		batch, err := documentsOf(ctx, r, known.Object.Org, known.Object.ID, after, atOnce)
		if err != nil {
			return err
		}
		objects := make([]policy.Object, len(batch))
		for i, d := range batch {
			f := found{Document: d, patient: known, standing: from[d.ID]}
			objects[i] = f.object(f.discharged())
		}
		allowed, err := r.Allowed(ctx, objects)
		if err != nil {
			return err
		}
		for i, d := range batch {
			if !allowed[i] {
				continue
			}
			if len(page.Items) == limit {
				last := page.Items[limit-1]
				page.Next, err = web.EncodeCursor(listPlace{At: last.At.UnixMicro(), ID: last.ID})
				return err
			}
			page.add(d, from[d.ID])
			r.Concerns(objects[i])
		}
		if len(batch) < atOnce {
			return nil
		}
		last := batch[len(batch)-1]
		after = listPlace{At: last.At.UnixMicro(), ID: last.ID}
	}
}

func (l *Lines) add(d Document, from standing) {
	if from.origin != nil {
		l.Elsewhere[d.ID] = from.elsewhere()
		d.Title = from.title(d)
	}
	l.Items = append(l.Items, d)
}
