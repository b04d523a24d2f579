package debarment

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() []any { return []any{Held, room.desk.Now().UnixMicro()} }
	held := func() []any { return []any{Held} }
	return []evidence.Check{
		{
			ID: "debarment.by-two", Demands: []string{"A-083"},
			Title: fault.Text{ZH: "每条禁入都由两人决定", EN: "Everybody who is barred was barred by two persons"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM debarment_debarment WHERE state = $1 AND (settled_by = '' OR settled_by = proposed_by)", Args: held},
				evidence.Query{SQL: "SELECT COUNT(*) FROM debarment_debarment WHERE state = $1", Args: held}, fault.Text{ZH: "禁入", EN: "debarments"}),
		},
		{
			ID: "debarment.reviewed", Demands: []string{"A-083"},
			Title: fault.Text{ZH: "没有到期未复核的禁入", EN: "No debarment is past its review"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM debarment_debarment WHERE state = $1 AND review <= $2 AND (until IS NULL OR until > $2)", Args: now},
				evidence.Query{SQL: "SELECT COUNT(*) FROM debarment_debarment WHERE state = $1", Args: held}, fault.Text{ZH: "禁入", EN: "debarments"}),
		},
		{
			ID: "debarment.hits", Demands: []string{"A-083"},
			Title: fault.Text{ZH: "禁入名单的命中都已由人核对", EN: "Every hit of the register was looked at in time"},
			Run:   room.hitsLookedAt,
		},
		{
			ID: "debarment.traces", Demands: []string{"A-083"},
			Title: fault.Text{ZH: "泄露副本可溯源到接收人", EN: "Leaked copies are traced to whoever received them"},
			Run:   room.tracesResolved,
		},
	}
}

func counted(ctx context.Context, r db.Reader, question string, args ...any) (int, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}

func (room *Room) hitsLookedAt(ctx context.Context) (evidence.Finding, error) {
	var late, refused, tried, bars int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		now := room.desk.Now()
		if late, err = counted(ctx, r, "SELECT COUNT(*) FROM debarment_hit WHERE state IN ($1, $2) AND first <= $3", Refused, Asked, now.Add(-judgeWithin).UnixMicro()); err != nil {
			return err
		}
		if tried, err = counted(ctx, r, "SELECT COALESCE(SUM(times), 0) FROM debarment_hit WHERE verb <> $1", Standing); err != nil {
			return err
		}
		if refused, err = counted(ctx, r, "SELECT COUNT(*) FROM debarment_hit"); err != nil {
			return err
		}
		bars, err = counted(ctx, r, "SELECT COUNT(*) FROM debarment_debarment WHERE state = $1 AND (until IS NULL OR until > $2)", Held, now.UnixMicro())
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", late, refused), Detail: fault.Text{
		ZH: fmt.Sprintf("在册禁入 %d 条；命中 %d 起，拒绝或拦下 %d 次；超过一天未核对 %d 起", bars, refused, tried, late),
		EN: fmt.Sprintf("%d debarments hold; %d hits, %d attempts refused or stopped; %d waited longer than a day", bars, refused, tried, late),
	}}
	if late > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

func (room *Room) tracesResolved(ctx context.Context) (evidence.Finding, error) {
	var all, ours, resolved, barred int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		for _, q := range []struct {
			to  *int
			sql string
		}{
			{&all, "SELECT COUNT(*) FROM debarment_trace"},
			{&ours, "SELECT COUNT(*) FROM debarment_trace WHERE issue <> ''"},
			{&resolved, "SELECT COUNT(*) FROM debarment_trace WHERE issue <> '' AND resolved <> ''"},
			{&barred, "SELECT COUNT(*) FROM debarment_debarment WHERE traced <> ''"},
		} {
			if *q.to, err = counted(ctx, r, q.sql); err != nil {
				return err
			}
		}
		return nil
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", resolved, ours), Detail: fault.Text{
		ZH: fmt.Sprintf("溯源 %d 次，其中 %d 次为本院副本，%d 次查到接收人，%d 人（机构）由此提请禁入", all, ours, resolved, barred),
		EN: fmt.Sprintf("%d traces, %d of copies of this house, %d led to whoever received it, %d were proposed to be barred by it", all, ours, resolved, barred),
	}}
	if resolved < ours {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
