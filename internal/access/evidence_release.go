package access

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

func (room *Room) releaseChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "access.releases-reviewed", Demands: []string{"A-045", "D-033"},
			Title: fault.Text{ZH: "每版本院策略都经试算并由他人审查", EN: "Every release of the organisation's own rules was tried, and reviewed by somebody else"}, Run: room.releasesReviewed,
		},
		{
			ID: "access.release-trusted", Demands: []string{"A-045"},
			Title: fault.Text{ZH: "生效的本院策略未被篡改", EN: "The release in force is what was dated"}, Run: room.releaseTrusted,
		},
		{
			ID: "access.release-reviewed-again", Demands: []string{"A-045"},
			Title: fault.Text{ZH: "生效的本院策略未过复审日期", EN: "The release in force is not past the date of its review"}, Run: room.releaseCurrent,
		},
		{
			ID: "access.unmasked-with-reason", Demands: []string{"D-006"},
			Title: fault.Text{ZH: "显示隐去字段都有理由且不超过一小时", EN: "What is masked was shown for a reason, and an hour at most"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM access_reason WHERE kind = $1 AND (choice = $2 OR until - since > $3)", Args: func() []any { return []any{Unmask, "", unmaskLife.Microseconds()} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM access_reason WHERE kind = $1", Args: func() []any { return []any{Unmask} }}, fault.Text{ZH: "显示隐去字段", EN: "times that what is masked was shown"}),
		},
	}
}

func (room *Room) releasesReviewed(ctx context.Context) (evidence.Finding, error) {
	bad, all := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		bad, all = 0, 0
		dated, err := releases.Select(ctx, r, "WHERE org = $1 AND state = $2", room.org, DatedOnce)
		for _, rel := range dated {
			all++
			if rel.Tried.IsZero() || rel.Reviewer == "" || slices.Contains(rel.Writers, rel.Reviewer) {
				bad++
			}
		}
		return err
	})
	return found(bad, all, fault.Text{ZH: "已发布策略", EN: "dated releases"}), err
}

func (room *Room) releaseTrusted(context.Context) (evidence.Finding, error) {
	bad := 0
	if room.rules.Withheld() {
		bad = 1
	}
	return found(bad, 1, fault.Text{ZH: "策略书", EN: "rulebook"}), nil
}

func (room *Room) releaseCurrent(ctx context.Context) (evidence.Finding, error) {
	bad, all := 0, 0
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) error {
		bad, all = 0, 0
		listed, err := newestTurns(ctx, r, room.org, turnsKept)
		t := inForce(listed, now)
		if err != nil || t.Release == "" {
			return err
		}
		rel, err := releases.Get(ctx, r, room.org, t.Release)
		if all++; rel.ReviewBy.Before(now) {
			bad++
		}
		return err
	})
	return found(bad, all, fault.Text{ZH: "生效策略", EN: "releases in force"}), err
}
