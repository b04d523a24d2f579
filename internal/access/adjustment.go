package access

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Adjustment is a change of somebody's rights that the house made by itself, because of
// what happened.
type Adjustment struct {
	Trigger string
	ID      string // of the row that says so
	Person  string
	At      time.Time
	Noticed time.Time // when somebody was told beforehand; zero: nobody was
	Ends    time.Time // when it is over; zero: it is for good
}

// Trigger is something upon which the house adjusts rights by itself.
type Trigger struct {
	ID             string
	Name           fault.Text
	Effect, Notice fault.Text
	rows           string // reads org, id, person, at, noticed and ends of every adjustment
}

// Triggers returns upon what the house adjusts rights by itself.
func Triggers() []Trigger { return slices.Clone(triggers) }

var triggers = []Trigger{
	{
		ID: "transfer", Name: fault.Text{ZH: "换岗", EN: "Transfer"},
		Effect: fault.Text{ZH: "原岗位权限在约定时刻终止，新岗位权限同时开始", EN: "rights of the old post end at the set hour, those of the new one begin"},
		Notice: fault.Text{ZH: "登记换岗时", EN: "when the transfer is entered"},
		rows:   "SELECT org, id, person, since AS at, made AS noticed, COALESCE(ended, until) AS ends FROM staff_stay WHERE kind = 'transfer'",
	},
	{
		ID: "stay-over", Name: fault.Text{ZH: "培训、轮转、驻场等期满", EN: "End of a stay"},
		Effect: fault.Text{ZH: "随期限取得的权限全部终止", EN: "all rights that came with it end"},
		Notice: fault.Text{ZH: "登记期限时", EN: "when the stay is entered"},
		rows:   "SELECT org, id, person, COALESCE(ended, until) AS at, made AS noticed, 0 AS ends FROM staff_stay WHERE kind <> 'transfer'",
	},
	{
		ID: "rota", Name: fault.Text{ZH: "值班、代班", EN: "Rota and cover"},
		Effect: fault.Text{ZH: "班次内可达所值科室或被代者的患者", EN: "the patients of the department, or of whom one covers, for the turn"},
		Notice: fault.Text{ZH: "排班时", EN: "with the rota"},
		rows:   "SELECT org, id, person, since AS at, 0 AS noticed, COALESCE(ended, until) AS ends FROM duty_roster",
	},
	{
		ID: "inactivity", Name: fault.Text{ZH: "授权长期未使用", EN: "Grant left unused"},
		Effect: fault.Text{ZH: "额外授权终止", EN: "the extra grant ends"},
		Notice: fault.Text{ZH: "提前 7 天告知持有人，可附理由保留", EN: "7 days before, to its holder, who may keep it with words"},
		rows:   "SELECT org, id, person, closed AS at, noticed, 0 AS ends FROM access_idle WHERE outcome = 'ended'",
	},
	{
		ID: "refusals", Name: fault.Text{ZH: "多次越权被拒", EN: "Repeated refusals"},
		Effect: fault.Text{ZH: "自述理由、额外授权和按编号查找暂停", EN: "stated reasons, extra grants and locating by number are frozen"},
		Notice: fault.Text{ZH: "即时生效，同时告知安全管理员", EN: "at once; the security administrator is told"},
		rows:   "SELECT org, id, person, since AS at, 0 AS noticed, COALESCE(lifted, until) AS ends FROM access_freeze f WHERE NOT EXISTS (SELECT 1 FROM access_breach b WHERE b.org = f.org AND b.freeze_id = f.id)",
	},
	{
		ID: "leaver", Name: fault.Text{ZH: "离职、退休", EN: "Leaver"},
		Effect: fault.Text{ZH: "全部权限和会话终止", EN: "all rights and sessions end"},
		Notice: fault.Text{ZH: "登记离职时", EN: "when the departure is entered"},
		rows:   "SELECT org, id, person, at, made AS noticed, COALESCE(returned, 0) AS ends FROM staff_departure",
	},
	{
		ID: "training", Name: fault.Text{ZH: "培训过期", EN: "Training lapsed"},
		Effect: fault.Text{ZH: "短期人员的权限暂停，直至重新通过", EN: "short stays give nothing until it is passed again"},
		Notice: fault.Text{ZH: "培训登记时写明到期日", EN: "the day is known from the training"},
		rows: `SELECT org, id, person, until AS at, passed AS noticed, 0 AS ends FROM staff_training t WHERE NOT EXISTS (
			SELECT 1 FROM staff_training o WHERE o.org = t.org AND o.person = t.person AND o.course = t.course AND o.passed <= t.until AND o.until > t.until)`,
	},
	{
		ID: "undertaking", Name: fault.Text{ZH: "保密承诺过期", EN: "Undertaking lapsed"},
		Effect: fault.Text{ZH: "宽限期后暂停本人患者以外的调阅和输出", EN: "after the grace, reach beyond one's patients and output rest"},
		Notice: fault.Text{ZH: "到期前提醒本人", EN: "the person is reminded before"},
		rows: `SELECT org, id, person, until AS at, COALESCE(reminded, 0) AS noticed, 0 AS ends FROM staff_signature s WHERE NOT EXISTS (
			SELECT 1 FROM staff_signature o WHERE o.org = s.org AND o.person = s.person AND o.undertaking = s.undertaking AND o.signed <= s.until AND o.until > s.until)`,
	},
	{
		ID: "run-out", Name: fault.Text{ZH: "授权到期或未按时确认", EN: "Grant run out or not confirmed"},
		Effect: fault.Text{ZH: "授权终止", EN: "the grant ends"},
		Notice: fault.Text{ZH: "授权时写明期限", EN: "its end is known from the beginning"},
		rows:   "SELECT org, id, person, ended AS at, since AS noticed, 0 AS ends FROM access_grant WHERE cause IN ('expired', 'unconfirmed')",
	},
}

func triggerOf(id string) (Trigger, bool) {
	i := slices.IndexFunc(triggers, func(t Trigger) bool { return t.ID == id })
	if i < 0 {
		return Trigger{}, false
	}
	return triggers[i], true
}

// monthOf returns the first moments of a month of China time, written as in 2026-11, and
// of the one after it; the present one when text is empty.
func monthOf(text string, now time.Time) (from, to time.Time, err error) {
	if text == "" {
		text = now.In(calendar.Zone).Format(monthForm)
	}
	from, err = time.ParseInLocation(monthForm, text, calendar.Zone)
	if err != nil {
		return from, to, errGrantInput.With().At("month", fault.Text{ZH: "月份写作 2026-11", EN: "a month is written as in 2026-11"})
	}
	return from, from.AddDate(0, 1, 0), nil
}

const monthForm = "2006-01"
