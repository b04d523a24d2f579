package vault

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// rotationPart is how many keys are wrapped anew in one transaction.
const rotationPart = 128

// Writing carries out one serialisable transaction. The house gives one that is
// an act, so that every row written is accounted for.
type Writing func(ctx context.Context, do func(ctx context.Context, w db.Writer) error) error

// Rotation is what a rotation came to.
type Rotation struct {
	Epoch   int64 // the epoch under which every living key is wrapped now
	Wrapped int   // how many keys were wrapped anew
}

// Rotate begins a new epoch, wraps every living key under it and destroys the
// keys of the epochs before. When it returns nil, what was sealed for subjects
// destroyed before it began can be opened by nobody, in no copy of the database.
//
// It works in parts and may be stopped at any point: both epochs are kept until
// everything is wrapped, and the next Rotate takes up where the last one stopped.
// Content can be opened and new subjects be made all the while.
func (v *Vault) Rotate(ctx context.Context, write Writing) (Rotation, error) {
	epoch, err := v.beginEpoch(ctx, write)
	if err != nil {
		return Rotation{}, err
	}
	done := Rotation{Epoch: epoch}
	for finished := false; !finished; {
		n, err := v.rewrapPart(ctx, write, epoch)
		if err != nil {
			return done, err
		}
		done.Wrapped += n
		if n == rotationPart {
			continue
		}
		if finished, err = v.finishEpoch(ctx, write, epoch); err != nil {
			return done, err
		}
	}
	if err := v.keys.EndEpochs(epoch); err != nil {
		return done, err
	}
	v.opened.forget()
	return done, nil
}

// Settle destroys the epoch keys that a rotation had done with when the process
// ended before it could. It is called when the house starts.
func (v *Vault) Settle(ctx context.Context, r db.Reader) error {
	epoch, err := finishedEpoch(ctx, r)
	if err != nil || epoch == 0 {
		return err
	}
	if err := v.keys.EndEpochs(epoch); err != nil {
		return wrapFault(epoch, err)
	}
	return nil
}

// beginEpoch makes the key of the next epoch durable and only then makes the
// epoch the current one. An epoch that was begun and not finished is taken up.
func (v *Vault) beginEpoch(ctx context.Context, write Writing) (int64, error) {
	epoch, err := v.nextEpoch(ctx, write)
	if err != nil {
		return 0, err
	}
	if err := v.keys.AddEpoch(epoch); err != nil {
		return 0, wrapFault(epoch, err)
	}
	err = write(ctx, func(ctx context.Context, w db.Writer) error {
		current, err := currentEpoch(ctx, w)
		if err != nil || current >= epoch {
			return err
		}
		return rotationRows.Insert(ctx, w, &rotationRow{Epoch: epoch, Begun: v.clock.Now()})
	})
	return epoch, err
}

func (v *Vault) nextEpoch(ctx context.Context, write Writing) (int64, error) {
	var epoch int64
	err := write(ctx, func(ctx context.Context, w db.Writer) error {
		latest, err := latestRotation(ctx, w)
		switch {
		case err != nil:
			return err
		case latest.Epoch == 0:
			epoch = FirstEpoch + 1
		case latest.Finished.IsZero():
			epoch = latest.Epoch
		default:
			epoch = latest.Epoch + 1
		}
		return nil
	})
	return epoch, err
}

func (v *Vault) rewrapPart(ctx context.Context, write Writing, epoch int64) (int, error) {
	wrapped := 0
	err := write(ctx, func(ctx context.Context, w db.Writer) error {
		rows, err := keysBefore(ctx, w, epoch, rotationPart)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := v.rewrap(ctx, w, row, epoch); err != nil {
				return err
			}
		}
		wrapped = len(rows)
		return nil
	})
	return wrapped, err
}

func (v *Vault) rewrap(ctx context.Context, w db.Writer, row keyRow, epoch int64) error {
	secret, err := v.unwrap(row)
	if err != nil {
		return err
	}
	defer clear(secret)
	fresh, err := v.wrap(row.Org, row.Subject, epoch, secret, row.Created)
	if err != nil {
		return err
	}
	return keyRows.Update(ctx, w, &fresh)
}

// finishEpoch marks the epoch finished unless a key of an earlier one is left. It
// asks inside a serialisable transaction: one that is saving a key under an
// earlier epoch at this moment either shows here or fails.
func (v *Vault) finishEpoch(ctx context.Context, write Writing, epoch int64) (bool, error) {
	finished := false
	err := write(ctx, func(ctx context.Context, w db.Writer) error {
		left, err := keysBefore(ctx, w, epoch, 1)
		if err != nil {
			return err
		}
		if finished = len(left) == 0; !finished {
			return nil
		}
		row, err := rotationRows.Get(ctx, w, epoch)
		if err != nil || !row.Finished.IsZero() {
			return err
		}
		row.Finished = v.clock.Now()
		return rotationRows.Update(ctx, w, &row)
	})
	return finished, err
}
