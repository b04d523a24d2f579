package patient

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Tasks of a worklist, each with the purpose for which it opens a record.
const (
	Coding  = "coding"
	Filing  = "filing"  // 整理归档
	Quality = "quality" // 质控
)

var taskPurposes = map[string]string{Coding: "coding", Filing: "coding", Quality: "quality"}

// Item is a record on somebody's worklist: it gives him the record for the purpose
// of the task until it is done or its time is over, and nothing for care.
type Item struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Patient   string    `db:"patient"`
	Encounter string    `db:"encounter"` // to which it is restricted, or ""
	Task      string    `db:"task"`
	Person    string    `db:"person"`
	Relation  string    `db:"relation"` // that it gives
	Since     time.Time `db:"since"`
	Due       time.Time `db:"due"`
	Until     time.Time `db:"until"`
	Ended     time.Time `db:"ended"` // zero as long as it waits
	EndedBy   string    `db:"ended_by"`
	GivenBy   string    `db:"given_by"`
}

// Assignment is what is to be put on a worklist.
type Assignment struct {
	Patient   string
	Encounter string
	Task      string
	Person    string
	Due       time.Time
	Until     time.Time // a week after Due when zero
}

// The times of an item.
const (
	afterDue    = 7 * aDay  // for whoever is late
	longestItem = 92 * aDay // before it is put on the list again
)

func (in Assignment) check(now time.Time, purpose string) error {
	e := errInvalid.With()
	e.MustName("person", in.Person, maxNumber)
	switch serves, known := taskPurposes[in.Task]; {
	case !known:
		e.At("task", text("工作种类应为 coding、filing 或 quality", "a task is coding, filing or quality"))
	case serves != purpose:
		e.At("task", text("与当前使用目的不符，请先切换目的", "does not serve the purpose that you have chosen; change it first"))
	}
	in.checkTimes(e, now)
	return e.OrNil()
}

func (in Assignment) checkTimes(e *fault.Error, now time.Time) {
	if !in.Due.After(now) {
		e.At("due", text("期限应晚于现在", "must lie in the future"))
	}
	switch {
	case in.Until.Before(in.Due):
		e.At("until", text("结束时间不得早于期限", "must not lie before the day it is due"))
	case in.Until.Sub(now) > longestItem:
		e.At("until", text("最长 92 天，到期可重新派单", "lasts at most 92 days and can be handed out again"))
	}
}
