package handover

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/handover/bundle"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "handover.matched", Demands: []string{"C-047"},
			Title: fault.Text{ZH: "已关闭的移交都有接收方签名的一致回执、本院签名和另一人关闭；没有核验不一致的移交", EN: "Every closed handover has the receiver's signed match, a signature of the house and another person's closing; none differs"},
			Run:   room.closedWell,
		},
		{
			ID: "handover.nothing-missing", Demands: []string{"C-048"},
			Title: fault.Text{ZH: "每项移交最近一次比对均无缺失记录", EN: "The last comparison of every handover found nothing missing"},
			Run:   room.nothingMissing,
		},
		{
			ID: "handover.exported-and-read-back", Demands: []string{"C-145"},
			Title: fault.Text{ZH: "一年内完成过全量导出，读回一致并由空库或接收方收下", EN: "A full export was made within a year, read back whole, and taken by an empty store or a receiver"},
			Run:   room.readBack,
		},
	}
}

func (room *Room) all(ctx context.Context, where string, args ...any) (found []Case, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		found, err = cases.Select(ctx, r, where, args...)
		return err
	})
	return found, err
}

// closedWell counts handovers: closed with every proof, waiting for the receiver, and
// those that differ or lack a proof.
func (room *Room) closedWell(ctx context.Context) (evidence.Finding, error) {
	found, err := room.all(ctx, "WHERE org = $1 AND ground <> $2 ORDER BY opened", room.org, Rehearsal)
	if err != nil {
		return evidence.Finding{}, err
	}
	var well, waiting, amiss int
	for _, c := range found {
		switch {
		case c.State == Stopped:
		case c.State == Differs:
			amiss++
		case c.State != Closed:
			waiting++
		default:
			proven, err := room.proven(ctx, c)
			if err != nil {
				return evidence.Finding{}, err
			}
			if proven {
				well++
			} else {
				amiss++
			}
		}
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", amiss, len(found)), Detail: fault.Text{
		ZH: fmt.Sprintf("摘要一致并关闭 %d 项，待确认 %d 项，不一致或缺少凭证 %d 项", well, waiting, amiss),
		EN: fmt.Sprintf("%d closed with matching hashes, %d pending confirmation, %d differ or lack a proof", well, waiting, amiss),
	}}
	if amiss > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}

// proven looks for the proofs of a closed handover.
func (room *Room) proven(ctx context.Context, c Case) (proven bool, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		said, err := receiptsOf(ctx, r, c)
		if err != nil {
			return err
		}
		signed, err := signaturesOf(ctx, r, c)
		if err != nil {
			return err
		}
		match := slices.ContainsFunc(said, func(s Receipt) bool { return s.Outcome == bundle.Match && s.Digest == c.Digest && c.Digest != "" })
		ours := slices.ContainsFunc(signed, func(s Signature) bool { return s.Digest == c.Digest && s.Person != c.ClosedBy })
		proven = match && ours && c.ApprovedBy != c.OpenedBy
		return nil
	})
	return proven, err
}

func (room *Room) nothingMissing(ctx context.Context) (evidence.Finding, error) {
	found, err := room.all(ctx, "WHERE org = $1 AND ground <> $2 AND state <> $3 ORDER BY opened", room.org, Rehearsal, Stopped)
	if err != nil {
		return evidence.Finding{}, err
	}
	var missing int64
	compared := 0
	for _, c := range found {
		missing += c.Missing
		if !c.Compared.IsZero() {
			compared++
		}
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d", missing), Detail: fault.Text{
		ZH: fmt.Sprintf("移交 %d 项，已比对 %d 项，缺失记录 %d 条", len(found), compared, missing),
		EN: fmt.Sprintf("%d handovers, %d compared, %d records missing", len(found), compared, missing),
	}}
	if missing > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}

// exportWithin is how old the last full export that was read back may be.
const exportWithin = 366 * 24 * time.Hour

// readBack tells of the last full export that was read back whole: by a rehearsal, or by
// the receiver of a handover.
func (room *Room) readBack(ctx context.Context) (evidence.Finding, error) {
	found, err := room.all(ctx, "WHERE org = $1 AND digest <> $2 AND settled IS NOT NULL AND state IN ($3, $4, $5, $6) ORDER BY settled DESC LIMIT 1", room.org, "", Matched, Signed, Closed, Differs)
	if err != nil {
		return evidence.Finding{}, err
	}
	if len(found) == 0 {
		return evidence.Finding{Verdict: evidence.NotMet, Figure: "0", Detail: fault.Text{ZH: "还没有做过全量导出和读回核验", EN: "no full export was made and read back yet"}}, nil
	}
	c := found[0]
	day := c.Settled.UTC().Format(time.DateOnly)
	f := evidence.Finding{Verdict: evidence.Met, Figure: day, Detail: fault.Text{
		ZH: fmt.Sprintf("最近一次全量导出 %d 行、%d 包，%s 读回核验，差异 %d", c.Rows, c.Parts, day, c.Missing),
		EN: fmt.Sprintf("the last full export had %d rows in %d parts and was read back on %s, with %d differences", c.Rows, c.Parts, day, c.Missing),
	}}
	if c.State == Differs || room.desk.Now().Sub(c.Settled) > exportWithin {
		f.Verdict = evidence.NotMet
	}
	if c.Ground != Rehearsal {
		return f, nil
	}
	took, err := room.tookOver(ctx, c)
	if err != nil {
		return f, err
	}
	f.Detail.ZH += fmt.Sprintf("；空库由接收入口收下 %d / %d 份共享文档，另有 %d 份没有共享文档形式", took.Taken, took.Given, took.Formless)
	f.Detail.EN += fmt.Sprintf("; an empty store took %d of %d shared documents, and %d versions have no such form", took.Taken, took.Given, took.Formless)
	if took.At.IsZero() {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}

func (room *Room) tookOver(ctx context.Context, c Case) (took Takeover, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		all, err := takeovers.Select(ctx, r, "WHERE org = $1 AND handover = $2 ORDER BY run DESC LIMIT 1", c.Org, c.ID)
		if len(all) > 0 {
			took = all[0]
		}
		return err
	})
	return took, err
}
