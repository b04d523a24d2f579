package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Adjusted are the automatic adjustments of a month: a page of them, and how many there
// were by trigger.
type Adjusted struct {
	Month  time.Time // its first moment
	Counts map[string]int
	Page   web.Page[AdjustmentSeen]
}

// AdjustmentSeen is an adjustment with whose rights it changed.
type AdjustmentSeen struct {
	Adjustment
	Who staff.Name
}

// Adjustments discloses what adjusted itself in a month written as in 2026-11, the newest
// first: upon one trigger, or upon any.
func (room *Room) Adjustments(ctx context.Context, month, trigger, cursor string, limit int) (found Adjusted, err error) {
	const verb = "access.see-adjustments"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return found, err
	}
	from, to, err := monthOf(month, room.desk.Now())
	if err != nil {
		return found, err
	}
	which := triggers
	if one, known := triggerOf(trigger); known {
		which = []Trigger{one}
	} else if trigger != "" {
		return found, errGrantInput.With().At("trigger", fault.Text{ZH: "请从触发事件中选择", EN: "choose a trigger of the list"})
	}
	after := fromNewest
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return found, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		until := to
		if r.Now().Before(to) {
			until = r.Now().Add(time.Microsecond) // what is to come has not adjusted anything yet
		}
		rows, err := adjustmentsPage(ctx, r, org, which, from, until, after, limit+1)
		if err != nil {
			return err
		}
		page, err := web.PageOf(rows, limit, func(a Adjustment) listPlace { return listPlace{a.At.UnixMicro(), a.ID} })
		if err != nil {
			return err
		}
		counts, err := adjustmentsCounted(ctx, r, org, from, until)
		if err != nil {
			return err
		}
		people := make([]string, len(page.Items))
		for i, a := range page.Items {
			people[i] = a.Person
			r.Concerns(policy.Object{Kind: "Person", ID: a.Person, Org: org})
		}
		names, err := staff.Names(ctx, r, org, people, r.Now())
		found = Adjusted{from, counts, web.Shown(page, func(a Adjustment) AdjustmentSeen { return AdjustmentSeen{a, names[a.Person]} })}
		return err
	})
	return found, err
}
