package order

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/source"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "order.feeds-watched", Demands: []string{"A-016"},
			Title: fault.Text{ZH: "医嘱与库存数据来源均设有滞后阈值，超过阈值的已告警", EN: "Every source of orders and stock has a threshold of lag, and one beyond it has raised the alarm"},
			Run:   room.feedsWatched,
		},
		{
			ID: "order.asked", Demands: []string{"A-017"},
			Title: fault.Text{ZH: "每个未处理的医嘱冲突都有待办人", EN: "Everybody who must decide about an open conflict has been asked"},
			Run:   room.conflictsAsked,
		},
		{
			ID: "order.decided", Demands: []string{"A-017"},
			Title: fault.Text{ZH: "每个已处理的医嘱冲突都有决定、理由和用时", EN: "Every decided conflict has its decision, its reason, and how long it took"},
			Run:   room.conflictsDecided,
		},
		{
			ID: "order.found", Demands: []string{"A-017"},
			Title: fault.Text{ZH: "缺货、停止、过敏和检验结果与医嘱的冲突都能被发现（现场试验）", EN: "Stock-out, stop, allergy and result against an order are each found (tried at this moment)"},
			Run:   tryFinding,
		},
	}
}

func judged(bad, all int, detail fault.Text) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", bad, all), Detail: detail}
	if bad > 0 {
		f.Verdict = evidence.NotMet
	}
	return f
}

// feedsWatched counts sources without a threshold, and those beyond it of which nobody
// was told. The clock that tells runs every minute, so one that has just gone silent may
// count for as long.
func (room *Room) feedsWatched(ctx context.Context) (evidence.Finding, error) {
	var feeds []Feed
	bad, late := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if feeds, err = room.feeds(ctx, r, room.org, "orders", "stock"); err != nil {
			return err
		}
		bad, late = 0, 0
		for _, f := range feeds {
			told := true
			if f.Late {
				late++
				open, err := duty.OpenAbout(ctx, r, room.org, source.Silence, f.source)
				if err != nil {
					return err
				}
				told = len(open) > 0
			}
			if f.SilentMinutes == 0 || !told {
				bad++
			}
		}
		return nil
	})
	newest, lag := time.Time{}, int64(0)
	for _, f := range feeds {
		if f.Heard.After(newest) {
			newest = f.Heard
		}
		lag = max(lag, f.LagMedian)
	}
	at := "—"
	if !newest.IsZero() {
		at = newest.Format(time.RFC3339)
	}
	return judged(bad, len(feeds), fault.Text{
		ZH: fmt.Sprintf("%d 个来源中 %d 个未设阈值或滞后未告警；滞后 %d 个；最近一次收到 %s；滞后中位数最大 %d 毫秒", len(feeds), bad, late, at, lag),
		EN: fmt.Sprintf("%d of %d sources have no threshold or lag untold; %d are late; last event %s; largest median lag %d ms", bad, len(feeds), late, at, lag),
	}), err
}

// mostJudged bounds how many conflicts a check looks at.
const mostJudged = 5000

func (room *Room) conflictsAsked(ctx context.Context) (evidence.Finding, error) {
	bad, all := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		rows, err := conflicts.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY found LIMIT $3", room.org, Open, int64(mostJudged))
		bad, all = 0, len(rows)
		for _, c := range rows {
			open, err := duty.OpenAbout(ctx, r, room.org, Asked, c.ID)
			if err != nil {
				return err
			}
			if len(open) == 0 {
				bad++
			}
		}
		return err
	})
	return judged(bad, all, fault.Text{ZH: fmt.Sprintf("未处理冲突 %d 个，其中 %d 个没有待办", all, bad), EN: fmt.Sprintf("%d of %d open conflicts wait for nobody", bad, all)}), err
}

func (room *Room) conflictsDecided(ctx context.Context) (evidence.Finding, error) {
	var rows []Conflict
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		rows, err = conflicts.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY found DESC LIMIT $3", room.org, Decided, int64(mostJudged))
		return err
	})
	bad := 0
	took := make([]time.Duration, len(rows))
	for i, c := range rows {
		took[i] = c.Ended.Sub(c.Found)
		if c.Decision != Adjust && c.Decision != Keep || len(c.Reason) == 0 || c.DecidedBy == "" || c.Ended.Before(c.Found) {
			bad++
		}
	}
	slices.Sort(took)
	median := time.Duration(0)
	if len(took) > 0 {
		median = took[len(took)/2].Round(time.Second)
	}
	return judged(bad, len(rows), fault.Text{
		ZH: fmt.Sprintf("已处理冲突 %d 个，其中 %d 个缺决定、理由或用时；用时中位数 %s", len(rows), bad, median),
		EN: fmt.Sprintf("%d of %d decided conflicts lack decision, reason or time; median %s", bad, len(rows), median),
	}), err
}

// tryFinding weighs one invented case of each kind by the rules that come with the
// program, and the same orders with nothing against them.
func tryFinding(context.Context) (evidence.Finding, error) {
	rules, err := Starter()
	if err != nil {
		return evidence.Finding{}, err
	}
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	of := func(name, state string) told {
		return told{Course: Course{ID: name, State: state, Item: name, Began: now.Add(-time.Hour), Stopped: now}, Text: Text{Name: name}}
	}
	penicillin, potassium, furosemide := of("注射用青霉素钠", Active), of("氯化钾缓释片", Active), of("呋塞米片", Stopped)
	cases := map[string]standing{
		StockOut: {courses: []told{penicillin}, stock: map[string][]Stock{penicillin.Item: {{ID: "1", State: Out}}}, rules: rules, now: now},
		Allergy:  {courses: []told{penicillin}, allergies: []string{"青霉素"}, rules: rules, now: now},
		Result:   {courses: []told{potassium}, results: map[string]seen{"loinc|2823-3": {id: "1", value: "6.1", unit: "mmol/L", at: now}}, rules: rules, now: now},
		StopOf:   {courses: []told{potassium, furosemide}, rules: rules, now: now},
	}
	bad := 0
	for kind, s := range cases {
		found := s.clashes()
		quiet := standing{courses: s.courses[:1], rules: rules, now: now}
		if len(found) != 1 || found[0].kind != kind || len(found[0].why.Alternatives) == 0 || len(quiet.clashes()) != 0 {
			bad++
		}
	}
	return judged(bad, len(cases), fault.Text{ZH: fmt.Sprintf("试验 %d 种冲突，%d 种未被发现或误报", len(cases), bad), EN: fmt.Sprintf("%d of %d kinds were missed or raised without a cause", bad, len(cases))}), nil
}
