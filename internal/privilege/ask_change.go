package privilege

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
)

// AskChange asks for a change behind the system.
func (room *Room) AskChange(ctx context.Context, in AskingChange) (Change, error) {
	if err := room.desk.Begin(ctx, "privilege.ask-change"); err != nil {
		return Change{}, err
	}
	now := room.desk.Now()
	if err := in.check(room.eyes.Known, now); err != nil {
		return Change{}, err
	}
	c := Change{
		Org: act.From(ctx).Org, ID: id.New(now), Title: in.Title, Digest: digestOf(in.Script), Tables: sorted(in.Tables), Objects: sorted(in.Objects), Risk: in.Risk,
		Since: in.Since.UTC(), Until: in.Until.UTC(), State: Asked, AskedBy: act.From(ctx).ID,
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return c, err
	}
	if c.Reason, err = s.seal(place("Change", c.ID, "reason"), in.Reason); err != nil {
		return c, err
	}
	if c.Script, err = s.seal(place("Change", c.ID, "script"), in.Script); err != nil {
		return c, err
	}
	err = room.desk.Do(ctx, "privilege.ask-change", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(c.Org)); err != nil {
			return err
		}
		c.AskedAt = w.Now()
		w.Note("change", c.ID)
		if err := s.keep(ctx, w); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Review, To: duty.To{Role: "it-head"}, Subject: c.ID, Urgent: c.Risk == "high"}); err != nil {
			return err
		}
		return changes.Insert(ctx, w, &c)
	})
	return c, err
}

func sorted(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }
