package duty

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/kit/calendar"
)

// Flow is one version of how an issue goes from hand to hand (E-080). A version
// never changes: a task keeps to the one that it was begun with.
type Flow struct {
	Org     string     `db:"org,key"`
	ID      string     `db:"id,key"`
	Version int        `db:"version,key"`
	NameZH  string     `db:"name_zh"`
	NameEN  string     `db:"name_en"`
	Steps   []FlowTask `db:"steps,json"`
	Made    time.Time  `db:"made"`
	By      string     `db:"made_by"`
}

// FlowTask is one step of a flow. Without a role and a department it falls to
// whoever began the flow.
type FlowTask struct {
	NameZH     string `json:"nameZh"`
	NameEN     string `json:"nameEn"`
	Role       string `json:"role,omitempty"`
	Department string `json:"department,omitempty"`
	Limit      string `json:"limit"`
}

var flows = db.Define[Flow]("duty_flow", db.AsFinal)

// maxFlow bounds the steps of a flow.
const maxFlow = 30

func (f Flow) check() error {
	e := errInput.With()
	e.MustSay("nameZh", f.NameZH, maxName)
	e.MaySay("nameEn", f.NameEN, maxName)
	if len(f.Steps) == 0 || len(f.Steps) > maxFlow {
		e.At("steps", fault.Text{ZH: "需 1 至 " + strconv.Itoa(maxFlow) + " 步", EN: "must be 1 to " + strconv.Itoa(maxFlow) + " steps"})
	}
	for i, s := range f.Steps {
		at := "steps[" + strconv.Itoa(i) + "]."
		e.MustSay(at+"nameZh", s.NameZH, maxName)
		e.MaySay(at+"nameEn", s.NameEN, maxName)
		if _, err := calendar.ParseLimit(s.Limit); err != nil {
			e.At(at+"limit", fault.Text{ZH: "时限应如 24h、5wd（工作日）", EN: "a limit is such as 24h or 5wd (working days)"})
		}
	}
	return e.OrNil()
}

// SetFlow writes down a flow, or the next version of one. Without an id it is new.
func (room *Room) SetFlow(ctx context.Context, f Flow) (Flow, error) {
	if err := room.desk.Begin(ctx, "duty.set-flow"); err != nil {
		return Flow{}, err
	}
	if err := f.check(); err != nil {
		return Flow{}, err
	}
	var set Flow
	err := room.desk.Do(ctx, "duty.set-flow", func(ctx context.Context, w *act.Work) error {
		set = f
		set.Org, set.Version, set.Made, set.By = w.Actor().Org, 1, w.Now(), w.Actor().ID
		if err := w.Permit(ctx, houseObject(set.Org)); err != nil {
			return err
		}
		if set.ID == "" {
			set.ID = id.New(w.Now())
		} else {
			newest, err := newestFlow(ctx, w, set.Org, set.ID)
			if err != nil {
				return err
			}
			set.Version = newest.Version + 1
		}
		w.Note("flow", set.ID)
		w.Note("version", strconv.Itoa(set.Version))
		return flows.Insert(ctx, w, &set)
	})
	return set, err
}

func newestFlow(ctx context.Context, r db.Reader, org, flow string) (Flow, error) {
	found, err := flows.Select(ctx, r, "WHERE org = $1 AND id = $2 ORDER BY version DESC LIMIT 1", org, flow)
	if err == nil && len(found) == 0 {
		err = db.ErrNone
	}
	if err != nil {
		return Flow{}, orAbsent(err)
	}
	return found[0], nil
}

// flowPlace is where a page of flows ended.
type flowPlace struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
}

// Flows lists every version of every flow, the newest version first.
func (room *Room) Flows(ctx context.Context, cursor string, limit int) (web.Page[Flow], error) {
	return listed(ctx, room, "duty.list", cursor, limit, flowPlace{}, func(ctx context.Context, r *act.Reading, after flowPlace, n int64) ([]Flow, error) {
		return flows.Select(ctx, r, "WHERE org = $1 AND (id > $2 OR id = $3 AND version < $4) ORDER BY id, version DESC LIMIT $5",
			r.Actor().Org, after.ID, after.ID, after.Version, n)
	}, func(f Flow) flowPlace { return flowPlace{f.ID, f.Version} })
}

// Begin begins the newest version of a flow with what is to be done.
func (room *Room) Begin(ctx context.Context, flow, words string) (Task, error) {
	if err := room.desk.Begin(ctx, "duty.request"); err != nil {
		return Task{}, err
	}
	e := errInput.With()
	if e.MustSay("words", words, maxWords); e.OrNil() != nil {
		return Task{}, e
	}
	task := id.New(room.desk.Now())
	var opened Task
	err := room.doing(ctx, "duty.request", "", WordsPlace(task), words, func(ctx context.Context, w *act.Work, sealed []byte) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		f, err := newestFlow(ctx, w, w.Actor().Org, flow)
		if err != nil {
			return err
		}
		o := f.opening(0, w.Actor().ID)
		o.ID, o.Words = task, sealed
		opened, err = room.OpenIn(ctx, w, o)
		return err
	})
	return opened, err
}

// opening is what opens a step. who began the flow has what names nobody else.
func (f Flow) opening(step int, who string) Opening {
	s := f.Steps[step]
	to := To{Role: s.Role, Department: s.Department}
	if to == (To{}) {
		to.Person = who
	}
	l, err := calendar.ParseLimit(s.Limit)
	if err != nil {
		l = FlowStep.Limit
	}
	return Opening{Kind: FlowStep, To: to, Subject: f.ID, Limit: l, author: who, flow: f.ID, flowRev: f.Version, flowAt: step}
}

// nextOfFlow hands on to the next step when one is done. All steps are parts of
// the first.
func (room *Room) nextOfFlow(ctx context.Context, w *act.Work, t Task) error {
	if t.Flow == "" {
		return nil
	}
	f, err := flows.Get(ctx, w, t.Org, t.Flow, t.FlowRev)
	if err != nil || t.FlowAt+1 >= len(f.Steps) {
		return err
	}
	o := f.opening(t.FlowAt+1, t.Author)
	o.Patient = t.Patient
	if o.parent = t.Parent; o.parent == "" {
		o.parent = t.ID
	}
	_, err = room.OpenIn(ctx, w, o)
	return err
}

// titles names tasks: by their step where they belong to a flow, by their kind
// everywhere else.
func titles(ctx context.Context, r db.Reader, of []Task) ([]fault.Text, error) {
	named := make([]fault.Text, len(of))
	type version struct {
		id string
		n  int
	}
	read := map[version]Flow{}
	for i, t := range of {
		named[i] = t.Title()
		if t.Flow == "" {
			continue
		}
		v := version{t.Flow, t.FlowRev}
		f, had := read[v]
		if !had {
			var err error
			if f, err = flows.Get(ctx, r, t.Org, t.Flow, t.FlowRev); err != nil {
				return nil, err
			}
			read[v] = f
		}
		if t.FlowAt < len(f.Steps) {
			s := f.Steps[t.FlowAt]
			named[i] = fault.Text{ZH: f.NameZH + " · " + s.NameZH, EN: or(f.NameEN, f.NameZH) + " · " + or(s.NameEN, s.NameZH)}
		}
	}
	return named, nil
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
