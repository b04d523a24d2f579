package consent

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
)

// Publish adds a version of a template; a template without an id is a new one.
// Consents keep to the version that they were given on.
func (room *Room) Publish(ctx context.Context, t Template) (Template, error) {
	if err := room.desk.Begin(ctx, "consent.publish"); err != nil {
		return t, err
	}
	if err := t.check(); err != nil {
		return t, err
	}
	err := room.desk.Do(ctx, "consent.publish", func(ctx context.Context, w *act.Work) error {
		t.Org, t.Version, t.Made, t.MadeBy = w.Actor().Org, 1, w.Now(), w.Actor().ID
		if err := w.Permit(ctx, houseObject(t.Org)); err != nil {
			return err
		}
		if t.ID == "" {
			t.ID = id.New(w.Now())
		} else {
			newest, err := templateOf(ctx, w, t.Org, t.ID, 0)
			if err != nil {
				return err
			}
			t.Version = newest.Version + 1
		}
		w.Note("template", t.ID)
		return templates.Insert(ctx, w, &t)
	})
	return t, err
}
