package deadline

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	query := func(sql string, args ...any) evidence.Query {
		return evidence.Query{SQL: sql, Args: func() []any { return args }}
	}
	late := func() []any { return []any{Met, 0, room.desk.Now().UnixMicro() - explainIn.Microseconds()} }
	return []evidence.Check{
		{
			ID: "deadline.set-by-two", Demands: []string{"A-034"},
			Title: fault.Text{ZH: "完整性要求为带版本的数据，由提出人以外的人批准后生效", EN: "What records must hold is data with versions, approved by somebody other than its proposer"},
			Run: evidence.None(room.desk.Look, query("SELECT COUNT(*) FROM deadline_set WHERE state = $1 AND (settled_by = '' OR settled_by = proposed_by)", Approved),
				query("SELECT COUNT(*) FROM deadline_set WHERE state = $1", Approved), fault.Text{ZH: "生效的要求", EN: "approved sets"}),
		},
		{
			ID: "deadline.followed", Demands: []string{"A-005", "A-009", "B-022"},
			Title: fault.Text{ZH: "就诊过程的每份应有文书都已计时：已发生的变化都已核算", EN: "Every document that is due has its clock: what happened has been reckoned"},
			Run:   room.follows,
		},
		{
			ID: "deadline.three-times", Demands: []string{"A-009"},
			Title: fault.Text{ZH: "每份完成的文书分别记有事件、录入和接收时间", EN: "Every document that was written has its event, its entry and its receipt apart"},
			Run: evidence.None(room.desk.Look, query("SELECT COUNT(*) FROM deadline_due WHERE state = $1 AND (told_at IS NULL OR entered_at IS NULL OR received_at IS NULL OR event_at = 0)", Met),
				query("SELECT COUNT(*) FROM deadline_due WHERE state = $1", Met), fault.Text{ZH: "文书", EN: "documents"}),
		},
		{
			ID: "deadline.late-stays", Demands: []string{"A-009", "B-022"},
			Title: fault.Text{ZH: "超过时限录入的文书都标为迟录，没有一份被改回", EN: "Whatever was entered after its limit is marked late; none was cleared"},
			Run: evidence.None(room.desk.Look, query("SELECT COUNT(*) FROM deadline_due WHERE state = $1 AND entered_at > due_at AND late = $2", Met, 0),
				query("SELECT COUNT(*) FROM deadline_due WHERE state = $1 AND entered_at > due_at", Met), fault.Text{ZH: "迟录文书", EN: "late documents"}),
		},
		{
			ID: "deadline.explained", Demands: []string{"A-009", "B-022"},
			Title: fault.Text{ZH: "迟录和倒填的文书在七天内都写明了原因", EN: "Why a document was late or dates itself back was said within seven days"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM deadline_due WHERE state = $1 AND (late <> $2 OR backdated <> $2) AND explained = $2 AND received_at < $3", Args: late},
				evidence.Query{SQL: "SELECT COUNT(*) FROM deadline_due WHERE state = $1 AND (late <> $2 OR backdated <> $2) AND received_at < $3", Args: late},
				fault.Text{ZH: "迟录或倒填文书", EN: "late or backdated documents"}),
		},
		{
			ID: "deadline.archived-complete", Demands: []string{"A-005", "A-038"},
			Title: fault.Text{ZH: "必备文书缺漏时不能归档（按现行要求在现场核对）", EN: "Archiving is refused while a mandatory document is missing (tried on a stay that lacks one)"},
			Run:   room.refusesIncomplete,
		},
		{
			ID: "deadline.days-signed", Demands: []string{"E-053"},
			Title: fault.Text{ZH: "病案室每个工作日都签署了完整性检查", EN: "The records office signed the check of each working day"},
			Run:   room.daysSigned,
		},
	}
}

// explainIn is within which time a reason is expected.
const explainIn = firstLook

// follows is met while a set is in force and what was done is followed up to now.
func (room *Room) follows(ctx context.Context) (evidence.Finding, error) {
	f := evidence.Finding{Verdict: evidence.NotMet}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		held, inForce, err := forceAt(ctx, r, room.org, room.desk.Now())
		if err != nil {
			return err
		}
		if !inForce {
			f.Detail = text("还没有生效的书写要求", "no set of requirements is in force")
			return nil
		}
		at, err := places.Get(ctx, r, room.org)
		if err != nil {
			f.Detail = text("尚未开始核算", "nothing has been followed yet")
			return nil //nolint:nilerr // it begins within a minute
		}
		entries, _, err := room.ledger.Following(ctx, r, room.org, room.verbs, at.Position, entriesAtOnce)
		if err != nil {
			return err
		}
		waits, err := room.touched(ctx, r, entries)
		if err != nil {
			return err
		}
		all, err := count(ctx, r, "SELECT COUNT(*) FROM deadline_due WHERE org = $1 AND state <> $2", room.org, Void)
		if err != nil {
			return err
		}
		f.Figure = fmt.Sprintf("%d / %d", len(waits), all)
		f.Detail = text(fmt.Sprintf("第 %d 版要求生效，%d 项时限在册，%d 次就诊的新变化待核算", held.set.Number, all, len(waits)),
			fmt.Sprintf("set %d is in force; %d limits are kept; what happened to %d encounters is still to be reckoned", held.set.Number, all, len(waits)))
		if all > 0 && len(waits) < entriesAtOnce {
			f.Verdict = evidence.Met
		}
		return nil
	})
	return f, err
}

// refusesIncomplete asks of the newest stay that lacks a mandatory document whether it
// would be archived.
func (room *Room) refusesIncomplete(ctx context.Context) (evidence.Finding, error) {
	f := evidence.Finding{Verdict: evidence.NotMet}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		open, err := dues.Select(ctx, r, "WHERE org = $1 AND state = $2 AND mandatory = $3 AND event = $4 ORDER BY due_at DESC, id LIMIT $5", room.org, Open, 1, string(Discharge), int64(20))
		if err != nil {
			return err
		}
		refused := 0
		for _, d := range open {
			if err := room.MayArchive(ctx, r, d.Org, d.Patient, d.Encounter); err != nil {
				refused++
			}
		}
		f.Figure = fmt.Sprintf("%d / %d", refused, len(open))
		f.Detail = text(fmt.Sprintf("试归档 %d 份有缺漏的病历，拒绝 %d 份", len(open), refused), fmt.Sprintf("of %d incomplete records that were tried, %d are refused", len(open), refused))
		if len(open) > 0 && refused == len(open) {
			f.Verdict = evidence.Met
		}
		return nil
	})
	return f, err
}

// daysSigned compares the working days since the daily check began to recur with those
// that were signed.
func (room *Room) daysSigned(ctx context.Context) (evidence.Finding, error) {
	f := evidence.Finding{Verdict: evidence.NotMet}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		recurs, err := room.duty.Recurs(ctx, r, room.org, DayCheck)
		if err != nil {
			return err
		}
		if !recurs {
			f.Detail = text("尚未设定每日检查：请在任务的周期设置中加入“每日病案完整性检查”", "no rule makes the daily check recur; set it among the recurring duties")
			return nil
		}
		signed, err := days.Select(ctx, r, "WHERE org = $1 ORDER BY day LIMIT $2", room.org, int64(mostDays))
		if err != nil || len(signed) == 0 {
			f.Detail = text("还没有签署过一天", "no day has been signed yet")
			return err
		}
		cal, err := room.duty.Calendar(ctx, r, room.org)
		if err != nil {
			return err
		}
		expected := cal.WorkingDays(calendar.Date(signed[0].Day), calendar.DateOf(room.desk.Now()))
		held := 0
		for _, d := range signed {
			if cal.Working(calendar.Date(d.Day)) && d.Day < int(calendar.DateOf(room.desk.Now())) {
				held++
			}
		}
		f.Figure = fmt.Sprintf("%d / %d", held, expected)
		f.Detail = text(fmt.Sprintf("自首次签署起 %d 个已过去的工作日，签署 %d 个；今日%s", expected, held, map[bool]string{true: "已签", false: "待签"}[signed[len(signed)-1].Day == int(calendar.DateOf(room.desk.Now()))]),
			fmt.Sprintf("%d of %d past working days since the first were signed", held, expected))
		if held == expected {
			f.Verdict = evidence.Met
		}
		return nil
	})
	return f, err
}

// mostDays bounds the days that the check reads.
const mostDays = 4000
