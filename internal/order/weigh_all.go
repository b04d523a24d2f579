package order

import (
	"context"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/job"
)

const weighAllJob = "order.weigh-all"

// weighAll looks at the orders of everybody, after other rules have come into force.
func (room *Room) weighAll(ctx context.Context, at *job.Work) error {
	for after, more := "", true; more; {
		var page []string
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			page, err = followedAfter(ctx, r, at.Task.Org, after, atOnce)
			return err
		})
		if err != nil {
			return err
		}
		for _, one := range page {
			after = one
			if err := room.weighOne(ctx, at.Task.Org, one); err != nil {
				return err
			}
		}
		if err := at.Report(ctx, "weighing", 0, 0); err != nil {
			return err
		}
		more = len(page) == atOnce
	}
	return nil
}
