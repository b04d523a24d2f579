package deadline

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
)

// SetCondition says how ill a patient is from now on, by which the notes are due more or
// less often.
func (room *Room) SetCondition(ctx context.Context, encounter string, level Level) error {
	if err := room.desk.Begin(ctx, "deadline.set-condition"); err != nil {
		return err
	}
	if !slices.Contains(levels, level) {
		return errInput.With().At("level", text("病情应为 stable、serious 或 critical", "a patient is stable, serious or critical"))
	}
	return room.desk.Do(ctx, "deadline.set-condition", func(ctx context.Context, w *act.Work) error {
		o, e, err := room.encounterObject(ctx, w, encounter)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, o); err != nil {
			return err
		}
		w.Note("encounter", e.ID)
		w.Note("level", string(level))
		return conditions.Insert(ctx, w, &Condition{Org: e.Org, ID: id.New(w.Now()), Encounter: e.ID, Level: level, Since: w.Now(), By: w.Actor().ID})
	})
}
