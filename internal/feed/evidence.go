package feed

import (
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// lateAfter is after how long the last good run of a feed is too old.
const lateAfter = 48 * time.Hour

// Checks are the live checks of the room. Of they show that what a feed
// holds is kept here as the source tells it; they do not show that every system of the
// hospital is connected.
func (room *Room) Checks() []evidence.Check {
	none := func(text string) func() []any { return func() []any { return []any{text} } }
	return []evidence.Check{
		{
			ID: "feed.approved", Demands: []string{"A-050", "A-201"},
			Title: fault.Text{ZH: "每次接入都按经他人核准的映射进行", EN: "Every run read by a mapping that somebody else had approved"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM feed_run r WHERE NOT EXISTS (SELECT 1 FROM feed_mapping m WHERE m.org = r.org AND m.feed = r.feed AND m.rev = r.rev
					AND m.approved IS NOT NULL AND m.approved <= r.begun AND m.approved_by <> m.made_by)`},
				evidence.Query{SQL: "SELECT COUNT(*) FROM feed_run"}, fault.Text{ZH: "次接入", EN: "runs"}),
		},
		{
			ID: "feed.reconciled", Demands: []string{"A-010", "C-018"},
			Title: fault.Text{ZH: "整表接入后，本院保存的与来源一致", EN: "After a reading of the whole table what is kept equals what the source holds"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM feed_run WHERE state = $1 AND part = 0 AND theirs <> ours", Args: none(Done)},
				evidence.Query{SQL: "SELECT COUNT(*) FROM feed_run WHERE state = $1 AND part = 0", Args: none(Done)}, fault.Text{ZH: "次整表接入", EN: "readings of the whole"}),
		},
		{
			ID: "feed.timely", Demands: []string{"A-028", "C-033"},
			Title: fault.Text{ZH: "定时接入的数据两日内都有成功的一次", EN: "Every feed that is read by the clock was read within two days"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM (SELECT DISTINCT m.org, m.feed FROM feed_mapping m WHERE m.approved IS NOT NULL AND m.approved < $1 AND NOT EXISTS (
					SELECT 1 FROM feed_run r WHERE r.org = m.org AND r.feed = m.feed AND r.state = $2 AND r.begun >= $1)) AS late`,
					Args: func() []any { return []any{room.desk.Now().Add(-lateAfter).UnixMicro(), Done} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM (SELECT DISTINCT org, feed FROM feed_mapping WHERE approved IS NOT NULL) AS every"}, fault.Text{ZH: "项接入", EN: "feeds"}),
		},
		{
			ID: "feed.conform", Demands: []string{"C-044"},
			Title: fault.Text{ZH: "最近一次接入没有被搁置的行", EN: "No row was set aside by the newest run of a feed"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM feed_finding f WHERE f.taken = 0 AND f.run = (SELECT MAX(r.id) FROM feed_run r WHERE r.org = f.org AND r.feed = f.feed AND r.state = $1)`, Args: none(Done)},
				evidence.Query{SQL: "SELECT COUNT(*) FROM feed_row WHERE gone IS NULL"}, fault.Text{ZH: "行", EN: "rows"}),
		},
	}
}
