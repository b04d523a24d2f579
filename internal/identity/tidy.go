package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// tidyAtOnce bounds the rows of one transaction.
const tidyAtOnce = 200

// Tidy removes what is remembered of sessions and attempts beyond its time, and
// closes the signers of sessions that are over. The house calls it now and then.
func (r *Room) Tidy(ctx context.Context) error {
	now := r.desk.Now()
	if err := r.closeIdleSigners(ctx, now); err != nil {
		return err
	}
	if err := tidy(ctx, r, sessions, "WHERE since < $1 AND until < $2 ORDER BY since LIMIT $3",
		now.Add(-sessionMemory).UnixMicro(), now.UnixMicro(), int64(tidyAtOnce)); err != nil {
		return err
	}
	if err := tidy(ctx, r, ceremonies, "WHERE until < $1 ORDER BY until LIMIT $2", now.UnixMicro(), int64(tidyAtOnce)); err != nil {
		return err
	}
	if err := tidy(ctx, r, assertions, "WHERE until < $1 ORDER BY until LIMIT $2", now.UnixMicro(), int64(tidyAtOnce)); err != nil {
		return err
	}
	return tidy(ctx, r, attempts, "WHERE latest < $1 ORDER BY latest LIMIT $2",
		now.Add(-forgetAfter).UnixMicro(), int64(tidyAtOnce))
}

func tidy[T any](ctx context.Context, r *Room, table *db.Table[T], where string, args ...any) error {
	for {
		var n int
		err := r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
			old, err := table.Select(ctx, w, where, args...)
			if err != nil {
				return err
			}
			n = len(old)
			for i := range old {
				if err := table.Delete(ctx, w, &old[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < tidyAtOnce {
			return err
		}
	}
}

func (r *Room) closeIdleSigners(ctx context.Context, now time.Time) error {
	live := map[string]bool{}
	err := r.desk.Look(ctx, func(v db.Reader) error {
		for _, session := range r.signers.sessions() {
			found, err := sessions.Get(ctx, v, r.org, session)
			if err != nil && !errors.Is(err, db.ErrNone) {
				return err
			}
			live[session] = err == nil && found.Live(now)
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.signers.closeIf(func(session string, _ *Signer) bool { return !live[session] })
	return nil
}
