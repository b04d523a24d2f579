package duty

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// grace is how long a clock may be behind before the house says so.
const grace = 5 * time.Minute

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	ofKind := func(k *Kind, more ...any) func() []any { return func() []any { return append([]any{k.ID}, more...) } }
	lateOf := func(k *Kind) func() []any { return func() []any { return []any{k.ID, string(Open), now()} } }
	const late = "SELECT COUNT(*) FROM duty_task WHERE kind = $1 AND (overdue = 1 OR state = $2 AND paused IS NULL AND deadline <= $3)"
	const all = "SELECT COUNT(*) FROM duty_task WHERE kind = $1"
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	return []evidence.Check{
		{
			ID: "duty.assistance-answered", Demands: []string{"A-181"},
			Title: fault.Text{ZH: "岗位协助请求都按时答复", EN: "Requests for assistance are answered in time"},
			Run:   none(late, lateOf(Assistance), all, ofKind(Assistance), "协助请求", "requests for assistance"),
		},
		{
			ID: "duty.joint-signed", Demands: []string{"D-010"},
			Title: fault.Text{ZH: "联合任务都在每个科室办结后才结束", EN: "Joint tasks closed only with every department"},
			Run: none(`SELECT COUNT(*) FROM duty_task t WHERE t.kind = $1 AND t.state = $2 AND EXISTS (
				SELECT 1 FROM duty_task p WHERE p.org = t.org AND p.parent = t.id AND p.kind = $3 AND p.state <> $4)`,
				func() []any { return []any{Joint.ID, string(Done), JointPart.ID, string(Done)} }, all+" AND state = $2", ofKind(Joint, string(Done)), "联合任务", "joint tasks"),
		},
		{
			ID: "duty.supervision-on-schedule", Demands: []string{"D-024"},
			Title: fault.Text{ZH: "一年内的周期监督任务没有缺漏", EN: "No period of a recurring duty was missed within a year"},
			Run: none("SELECT COUNT(*) FROM duty_period WHERE deadline >= $1 AND (missed IS NOT NULL OR done IS NULL AND deadline <= $2)",
				func() []any { return []any{now() - (366 * day).Microseconds(), now()} },
				"SELECT COUNT(*) FROM duty_period WHERE deadline >= $1", func() []any { return []any{now() - (366 * day).Microseconds()} }, "周期", "periods"),
		},
		{
			ID: "duty.flows-documented", Demands: []string{"E-080"},
			Title: fault.Text{ZH: "协作流程有版本文档", EN: "Flows are written down, with versions"}, Run: room.flowsDocumented,
		},
		{
			ID: "duty.clocks-strike", Demands: []string{"E-084"},
			Title: fault.Text{ZH: "到期任务都已标记并升级", EN: "What is late is marked and escalated"},
			Run: none("SELECT COUNT(*) FROM duty_task WHERE state = $1 AND next_due < $2", func() []any { return []any{string(Open), now() - grace.Microseconds()} },
				"SELECT COUNT(*) FROM duty_task WHERE state = $1", func() []any { return []any{string(Open)} }, "进行中的任务", "open tasks"),
		},
		{
			ID: "duty.issues-24h", Demands: []string{"E-085"},
			Title: fault.Text{ZH: "一般问题 24 小时内解决", EN: "General issues solved within 24 hours"},
			Run:   none(late, lateOf(Issue), all, ofKind(Issue), "一般问题", "general issues"),
		},
		{
			ID: "duty.major-issues-48h", Demands: []string{"E-086"},
			Title: fault.Text{ZH: "重大问题 48 小时内处理", EN: "Major issues handled within 48 hours"},
			Run:   none(late, lateOf(MajorIssue), all, ofKind(MajorIssue), "重大问题", "major issues"),
		},
		{
			ID: "duty.history-whole", Demands: []string{"E-087"},
			Title: fault.Text{ZH: "每个任务都有从开启到结束的不可改记录", EN: "Every task has a history that cannot be changed, from its opening to its end"},
			Run: none(`SELECT COUNT(*) FROM duty_task t WHERE NOT EXISTS (SELECT 1 FROM duty_step s WHERE s.org = t.org AND s.task = t.id AND s.kind = $1)
				OR t.state <> $2 AND NOT EXISTS (SELECT 1 FROM duty_step s WHERE s.org = t.org AND s.task = t.id AND s.kind = t.state)`,
				func() []any { return []any{string(StepOpened), string(Open)} }, "SELECT COUNT(*) FROM duty_task", nil, "任务", "tasks"),
		},
		{
			ID: "duty.calendar-announced", Demands: []string{"E-084", "E-339"},
			Title: fault.Text{ZH: "本年（12 月起含次年）的放假安排已录入", EN: "The holidays of this year are known, from December also of the next"}, Run: room.calendarKnown,
		},
		{
			ID: "duty.messages-sent", Demands: []string{"A-181", "E-084"},
			Title: fault.Text{ZH: "30 天内的提醒消息没有发送失败", EN: "No message of the last 30 days failed"},
			Run: none("SELECT COUNT(*) FROM duty_message WHERE made >= $1 AND (state = $2 OR state = $3 AND made < $4)",
				func() []any {
					return []any{now() - (30 * day).Microseconds(), string(Failed), string(Waiting), now() - lost.Microseconds()}
				},
				"SELECT COUNT(*) FROM duty_message WHERE made >= $1", func() []any { return []any{now() - (30 * day).Microseconds()} }, "消息", "messages"),
		},
	}
}

func (room *Room) flowsDocumented(ctx context.Context) (evidence.Finding, error) {
	var written, begun int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if written, err = count(ctx, r, "SELECT COUNT(DISTINCT id) FROM duty_flow WHERE org = $1", room.org); err != nil {
			return err
		}
		begun, err = count(ctx, r, "SELECT COUNT(*) FROM duty_task WHERE org = $1 AND kind = $2 AND parent = $3", room.org, FlowStep.ID, "")
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", written, begun), Detail: fault.Text{
		ZH: fmt.Sprintf("成文流程 %d 个，已发起 %d 次", written, begun), EN: fmt.Sprintf("%d flows written down, begun %d times", written, begun),
	}}
	if written == 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

func (room *Room) calendarKnown(ctx context.Context) (evidence.Finding, error) {
	now := room.desk.Now()
	var cal reckoner
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		cal, err = room.reckoning(ctx, r, room.org)
		return err
	})
	if err != nil {
		return evidence.Finding{}, err
	}
	until := now.Add(31 * day)
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d", calendar.DateOf(until).Year()), Detail: fault.Text{ZH: "放假安排已知", EN: "the holidays are known"}}
	if !cal.Knows(now, until) {
		f.Verdict = evidence.NotMet
		f.Detail = fault.Text{ZH: "有年份的放假安排尚未录入，期限按普通周末计算", EN: "a year has no holidays yet; limits are reckoned by plain weekends"}
	}
	return f, nil
}
