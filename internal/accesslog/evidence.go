package accesslog

import (
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	query := func(sql string, args ...any) evidence.Query {
		return evidence.Query{SQL: sql, Args: func() []any { return args }}
	}
	return []evidence.Check{
		{
			ID: "accesslog.lines-kept", Demands: []string{"A-047"},
			Title: fault.Text{ZH: "外部日志每一行都有去处：已匹配、重复或写明原因地搁置", EN: "Every line of a foreign log is matched, a repetition, or set aside under a rule"},
			Run: evidence.None(room.desk.Look,
				query(`SELECT COUNT(*) FROM accesslog_run r WHERE r.state = $1 AND (
					r.blocks <> r.matched OR r.lines <> (SELECT COALESCE(SUM(b.lines), 0) FROM accesslog_block b WHERE b.org = r.org AND b.run = r.id))`, Done),
				query("SELECT COUNT(*) FROM accesslog_run WHERE state = $1", Done), fault.Text{ZH: "次导入", EN: "runs"}),
		},
		{
			ID: "accesslog.questions-answered", Demands: []string{"D-013", "D-037"},
			Title: fault.Text{ZH: "外部系统的无由调阅在十个自然日内都有答复", EN: "What nobody could explain in other systems was answered within ten days"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM accesslog_question WHERE state = $1 AND asked < $2", Args: func() []any { return []any{Open, now() - answerIn.Microseconds()} }},
				query("SELECT COUNT(*) FROM accesslog_question"), fault.Text{ZH: "待说明事项", EN: "questions"}),
		},
		{
			ID: "accesslog.nobody-answers-for-himself", Demands: []string{"D-013"},
			Title: fault.Text{ZH: "没有人答复关于自己的调阅", EN: "Nobody answered a question about himself"},
			Run: evidence.None(room.desk.Look,
				query("SELECT COUNT(*) FROM accesslog_question WHERE state <> $1 AND answered_by IN ($2, person)", Open, ""),
				query("SELECT COUNT(*) FROM accesslog_question WHERE state <> $1", Open), fault.Text{ZH: "已答复事项", EN: "answers"}),
		},
	}
}

// answerIn is how long a question may wait before the check fails: three working days, and
// a long holiday around them.
const answerIn = 10 * 24 * time.Hour
