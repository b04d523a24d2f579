package record

import (
	"context"

	"github.com/medward/medward/internal/act"
)

// Archive locks a document as complete. It is refused while something that the encounter
// must hold is missing.
func (room *Room) Archive(ctx context.Context, document string) error {
	return room.desk.Do(ctx, "record.archive", func(ctx context.Context, w *act.Work) error {
		f, err := room.find(ctx, w, w.Actor().Org, document)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, f.object(f.ended())); err != nil {
			return err
		}
		d := f.Document
		if d.State != Signed {
			return wrongState(stateNames[d.State])
		}
		if room.complete != nil && d.Encounter != "" {
			if err := room.complete(ctx, w, d.Org, d.Patient, d.Encounter); err != nil {
				return err
			}
		}
		d.State, d.UpdatedAt = Archived, w.Now()
		return documents.Update(ctx, w, &d)
	})
}

// Kinds of seal. Neither is ever the same as an archive.
const (
	DisputeSeal   = "dispute"   // 纠纷封存: with both parties
	AttentionSeal = "attention" // 舆情封存: at once
)

// Seal puts a document under seal: nobody changes it, and who may read it is for
// the rulebook to say.
func (room *Room) Seal(ctx context.Context, document, kind string) error {
	if err := room.desk.Begin(ctx, "record.seal"); err != nil {
		return err
	}
	if kind != DisputeSeal && kind != AttentionSeal {
		return errInvalid.With().At("kind", text("封存种类应为 dispute 或 attention", "a seal is a dispute or an attention seal"))
	}
	return room.change(ctx, "record.seal", document, func(d *Document) error {
		if d.Seal == DisputeSeal {
			return wrongState(text("纠纷封存", "under a dispute seal"))
		}
		d.Seal = kind
		return nil
	})
}

// Unseal lifts a seal.
func (room *Room) Unseal(ctx context.Context, document string) error {
	return room.change(ctx, "record.unseal", document, func(d *Document) error {
		if d.Seal == "" {
			return wrongState(text("未封存", "not under seal"))
		}
		d.Seal = ""
		return nil
	})
}

// change is the spine of acts that change a document's state only.
func (room *Room) change(ctx context.Context, verb, document string, decide func(*Document) error) error {
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		f, err := room.find(ctx, w, w.Actor().Org, document)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, f.object(f.ended())); err != nil {
			return err
		}
		d := f.Document
		if err := decide(&d); err != nil {
			return err
		}
		d.UpdatedAt = w.Now()
		return documents.Update(ctx, w, &d)
	})
}
