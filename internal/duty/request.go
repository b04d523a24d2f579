package duty

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Request is what somebody asks others to do.
type Request struct {
	Kind    string
	To      To
	Parties []string // departments of a joint task
	Words   string   // what is to be done; sealed
	// Limit may shorten the kind's own limit, and never lengthen it. Deadline is a
	// moment in its place.
	Limit    string
	Deadline time.Time
	Urgent   bool
}

// maxParties bounds a joint task.
const maxParties = 40

func (q Request) check() error {
	e := errInput.With()
	k := kindOf(q.Kind)
	if !known(q.Kind) || !k.Asked {
		return errUnknownKind.With().At("kind", fault.Text{ZH: "请从列表中选择", EN: "choose one from the list"})
	}
	e.MustSay("words", q.Words, maxWords)
	if q.Limit != "" {
		if _, err := calendar.ParseLimit(q.Limit); err != nil {
			e.At("limit", fault.Text{ZH: "时限应如 24h、5wd（工作日）", EN: "a limit is such as 24h or 5wd (working days)"})
		}
	}
	switch joint := k == Joint; {
	case joint && (len(distinct(append([]string{}, q.Parties...))) != len(q.Parties) || len(q.Parties) < 2 || len(q.Parties) > maxParties):
		e.At("parties", fault.Text{ZH: "联合任务需 2 至 " + strconv.Itoa(maxParties) + " 个不同科室", EN: "a joint task needs 2 to " + strconv.Itoa(maxParties) + " different departments"})
	case !joint && len(q.Parties) > 0:
		e.At("parties", fault.Text{ZH: "只有联合任务可列多个科室", EN: "only a joint task names departments"})
	}
	return e.OrNil()
}

// Ask opens a task for others (A-181, D-010, E-084).
func (room *Room) Ask(ctx context.Context, q Request) (Task, error) {
	if err := room.desk.Begin(ctx, "duty.request"); err != nil {
		return Task{}, err
	}
	if err := q.check(); err != nil {
		return Task{}, err
	}
	task := id.New(room.desk.Now())
	var opened Task
	err := room.doing(ctx, "duty.request", "", WordsPlace(task), q.Words, func(ctx context.Context, w *act.Work, words []byte) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		o := Opening{ID: task, Kind: kindOf(q.Kind), To: q.To, Deadline: q.Deadline, Urgent: q.Urgent, Parties: q.Parties, Words: words}
		if q.Limit != "" {
			o.Limit, _ = calendar.ParseLimit(q.Limit)
		}
		if err := room.mustNotBeLonger(ctx, w, o); err != nil {
			return err
		}
		if err := mustBeKnown(ctx, w, q); err != nil {
			return err
		}
		if o.Kind == Joint && o.To == (To{}) {
			o.To.Person = w.Actor().ID
		}
		var err error
		opened, err = room.OpenIn(ctx, w, o)
		return err
	})
	return opened, err
}

// mustNotBeLonger keeps a limit that a document sets from being stretched by whoever
// asks. Assistance and joint tasks have only a usual length.
func (room *Room) mustNotBeLonger(ctx context.Context, w *act.Work, o Opening) error {
	cal, err := room.reckoning(ctx, w, w.Actor().Org)
	if err != nil {
		return err
	}
	wanted := o.Deadline
	if wanted.IsZero() {
		if o.Limit.IsZero() {
			return nil
		}
		wanted = cal.Deadline(w.Now(), o.Limit)
	}
	last := w.Now().Add(longestExtension)
	if o.Kind == Issue || o.Kind == MajorIssue {
		last = cal.Deadline(w.Now(), o.Kind.Limit)
	}
	if !wanted.After(w.Now()) || wanted.After(last) {
		return errInput.With().At("deadline", fault.Text{ZH: "截止时间应晚于现在，且不得超过该类任务的时限", EN: "the deadline must be later than now and within the limit of the kind"})
	}
	return nil
}

func mustBeKnown(ctx context.Context, w *act.Work, q Request) error {
	e := errInput.With()
	if q.To.Person != "" {
		known, err := staff.Known(ctx, w, w.Actor().Org, []string{q.To.Person})
		if err != nil {
			return err
		}
		if !known[q.To.Person] {
			e.At("person", fault.Text{ZH: "没有此人，请从人员列表中选择", EN: "names nobody; choose from the list of staff"})
		}
	}
	departments := q.Parties
	if q.To.Department != "" {
		departments = append([]string{q.To.Department}, departments...)
	}
	for _, d := range departments {
		_, found, err := staff.DepartmentOf(ctx, w, w.Actor().Org, d)
		if err != nil {
			return err
		}
		if !found {
			e.At("department", fault.Text{ZH: "没有这个科室，请从列表中选择", EN: "names no department; choose one from the list"})
		}
	}
	if q.To.Person == "" && q.To.Role != "" {
		held, err := staff.Holders(ctx, w, w.Actor().Org, q.To.Department, q.To.Role, w.Now(), 1)
		if err != nil {
			return err
		}
		if len(held) == 0 {
			e.At("role", fault.Text{ZH: "目前无人担任此角色", EN: "nobody holds this role now"})
		}
	}
	return e.OrNil()
}
