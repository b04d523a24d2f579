package decide

import (
	"cmp"
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Answered is what is said to some questions, in their order, and the id of the entry
// that tells of it.
type Answered struct {
	Answers []Answer
	Account string
}

// Ask answers a foreign system. When it returns without an error the account is durable.
func (room *Room) Ask(ctx context.Context, in Asking) (Answered, error) {
	if err := room.desk.Begin(ctx, "decide.ask"); err != nil {
		return Answered{}, err
	}
	if err := in.check(); err != nil {
		return Answered{}, err
	}
	in.Purpose = cmp.Or(in.Purpose, "care")
	var out Answered
	err := room.desk.Disclose(ctx, "decide.ask", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		x, err := room.find(ctx, r, in)
		if err != nil {
			return err
		}
		out = Answered{Account: r.ID()}
		var told telling
		for _, q := range in.Questions {
			j, err := x.judge(q, r.ID())
			if err != nil {
				return err
			}
			out.Answers = append(out.Answers, j.Answer)
			told.tell(r, q.Action, j)
		}
		told.note(r, in.Purpose)
		return nil
	})
	return out, err
}
