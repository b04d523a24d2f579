package privilege

import (
	"context"

	"github.com/medward/medward/internal/act"
)

// Dispose says what became of a finding. It may be said once.
func (room *Room) Dispose(ctx context.Context, finding string, in Disposing) (Finding, error) {
	var f Finding
	if err := room.desk.Begin(ctx, "privilege.dispose-finding"); err != nil {
		return f, err
	}
	if err := in.check(); err != nil {
		return f, err
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return f, err
	}
	sealed, err := s.seal(place("Finding", finding, "words"), in.Words)
	if err != nil {
		return f, err
	}
	err = room.desk.Do(ctx, "privilege.dispose-finding", func(ctx context.Context, w *act.Work) (err error) {
		if f, err = findings.Get(ctx, w, w.Actor().Org, finding); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, f.object()); err != nil {
			return err
		}
		if f.Disposal != "" {
			return errOrder.With("state", f.Disposal)
		}
		w.Note("finding", f.ID)
		w.Note("disposal", in.Disposal)
		if err := s.keep(ctx, w); err != nil {
			return err
		}
		f.Disposal, f.DisposedBy, f.Disposed, f.Words = in.Disposal, w.Actor().ID, w.Now(), sealed
		if err := room.duty.DoneIn(ctx, w, Incident, f.ID); err != nil {
			return err
		}
		return findings.Update(ctx, w, &f)
	})
	return f, err
}
