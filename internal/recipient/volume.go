package recipient

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Volume is how much may go to a recipient, as it was approved. What is 0 was said
// by nobody and is the house's own bound.
type Volume struct {
	Once    int `json:"once,omitempty" minimum:"0" maximum:"1000" doc:"items of one sending; the house's own bound when 0"`
	Daily   int `json:"daily,omitempty" minimum:"0" maximum:"1000000" doc:"items of one day of the hospital"`
	DailyMB int `json:"dailyMb,omitempty" minimum:"0" maximum:"1048576" doc:"mebibytes of one day"`
}

// usual is what holds where nobody said more or less.
var usual = Volume{Once: maxItems, Daily: 5 * maxItems, DailyMB: 10 << 10}

const (
	mostDaily   = 1_000_000
	mostDailyMB = 1 << 20
)

func (v Volume) check(e *fault.Error) {
	if v.Once < 0 || v.Once > maxItems {
		e.At("once", fault.Text{ZH: "单次上限为 1 至 1000 项", EN: "one sending holds at most 1 to 1000 items"})
	}
	if v.Daily < 0 || v.Daily > mostDaily || v.Daily > 0 && v.Daily < v.Once {
		e.At("daily", fault.Text{ZH: "每日上限不少于单次上限，最多 1000000 项", EN: "a day holds no less than one sending, and at most 1,000,000 items"})
	}
	if v.DailyMB < 0 || v.DailyMB > mostDailyMB {
		e.At("dailyMb", fault.Text{ZH: "每日上限为 1 至 1048576 MB", EN: "a day holds at most 1 to 1,048,576 MB"})
	}
}

// whole is the volume with the house's bounds where nothing was said.
func (v Volume) whole() Volume {
	if v.Once == 0 {
		v.Once = usual.Once
	}
	if v.Daily == 0 {
		v.Daily = max(usual.Daily, v.Once)
	}
	if v.DailyMB == 0 {
		v.DailyMB = usual.DailyMB
	}
	return v
}

// refuses says why a sending is more than was approved, beside what went that day.
func (v Volume) refuses(code string, s Sending, day volume) error {
	limit := v.whole()
	over := func(field, zh, en string, most int) error {
		return errVolume.With("to", code).At(field, fault.Text{ZH: zh + strconv.Itoa(most), EN: en + strconv.Itoa(most)})
	}
	switch {
	case s.Count > limit.Once:
		return over("items", "单次批准的项数上限为 ", "one sending was approved for at most ", limit.Once)
	case int(day.items)+s.Count > limit.Daily:
		return over("items", "当日已发 "+strconv.FormatInt(day.items, 10)+" 项，每日批准的上限为 ", strconv.FormatInt(day.items, 10)+" items went today; a day was approved for at most ", limit.Daily)
	case day.bytes+s.Bytes > int64(limit.DailyMB)<<20:
		return over("bytes", "每日批准的数据量上限（MB）为 ", "a day was approved for at most this many MB: ", limit.DailyMB)
	}
	return nil
}

// sentOn is what went to a recipient on the hospital's day of a moment.
func sentOn(ctx context.Context, r db.Reader, org, recipient string, at time.Time) (volume, error) {
	y, m, d := at.In(calendar.Zone).Date()
	return volumeSince(ctx, r, org, recipient, time.Date(y, m, d, 0, 0, 0, 0, calendar.Zone))
}
