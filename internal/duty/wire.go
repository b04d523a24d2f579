package duty

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

func personIn(ctx context.Context) string { return act.From(ctx).ID }

type waitsBody struct {
	Todo int  `json:"todo"`
	Late int  `json:"late"`
	More bool `json:"more" doc:"there are more than todo"`
}

func wireWaits(w Waits) waitsBody {
	return waitsBody{Todo: min(w.Todo, web.CountBound), Late: min(w.Late, web.CountBound), More: w.Todo > web.CountBound}
}

type toBody struct {
	Person     string `json:"person,omitempty" maxLength:"40"`
	Role       string `json:"role,omitempty" maxLength:"40" doc:"whoever takes it first of those who hold this role"`
	Department string `json:"department,omitempty" maxLength:"40" doc:"with role: of that department; alone: anybody of it"`
}

// TaskBody is a task on the wire. It is exported because the binding passes over
// embedded types that are not.
type TaskBody struct {
	ID             string         `json:"id"`
	Kind           string         `json:"kind" example:"duty.assistance"`
	Title          fault.Text     `json:"title"`
	Room           string         `json:"room" doc:"whose thing it is about"`
	Subject        string         `json:"subject,omitempty" doc:"id of that thing"`
	State          State          `json:"state" enum:"open,done,returned,cancelled"`
	Late           bool           `json:"late"`
	Urgent         bool           `json:"urgent"`
	To             toBody         `json:"to"`
	Who            staff.NameBody `json:"who" doc:"who has it; empty while it waits in a pool"`
	Opened         time.Time      `json:"opened"`
	Limit          string         `json:"limit,omitempty" example:"5wd" doc:"m minutes, h hours, d days, wd working days, wh working hours; absent where the deadline was set as a moment"`
	Deadline       time.Time      `json:"deadline"`
	Certain        bool           `json:"certain" doc:"false: a year on the way has no announced holidays yet, and the deadline may move"`
	LeftSeconds    int64          `json:"leftSeconds" doc:"negative when late"`
	WorkingSeconds int64          `json:"workingSeconds" doc:"what is left in working hours"`
	Level          int            `json:"level" doc:"how many steps it has climbed"`
	Paused         *time.Time     `json:"paused,omitempty"`
	Asked          *time.Time     `json:"asked,omitempty" doc:"the deadline that its holder asks for"`
	Closed         *time.Time     `json:"closed,omitempty"`
	Parent         string         `json:"parent,omitempty"`
}

func (room *Room) wireItem(i Item) TaskBody {
	return TaskBody{
		ID: i.ID, Kind: i.Kind, Title: i.Title, Room: i.Room, Subject: i.Subject, State: i.State, Late: i.IsLate(room.desk.Now()), Urgent: i.Priority > 0,
		To: toBody{i.Person, i.Role, i.Dept}, Who: staff.NameBody(i.Who), Opened: i.Opened, Limit: i.Limit, Deadline: i.Deadline, Certain: i.Certain,
		LeftSeconds: int64(i.Left.Clock / time.Second), WorkingSeconds: int64(i.Left.Working / time.Second), Level: i.Level,
		Paused: web.Moment(i.Paused), Asked: web.Moment(i.Asked), Closed: web.Moment(i.Closed), Parent: i.Parent,
	}
}

type stepBody struct {
	Kind       StepKind   `json:"kind" example:"escalated"`
	At         time.Time  `json:"at"`
	Due        *time.Time `json:"due,omitempty" doc:"when the clock should have done it"`
	Actor      string     `json:"actor" doc:"person, or the kind of a system actor"`
	Person     string     `json:"person,omitempty" doc:"whom it was given to or told"`
	Department string     `json:"department,omitempty"`
	Deadline   *time.Time `json:"deadline,omitempty" doc:"the one that holds from here"`
	Proof      string     `json:"proof,omitempty"`
	Words      string     `json:"words,omitempty"`
}

type pauseBody struct {
	Since time.Time  `json:"since"`
	Until *time.Time `json:"until,omitempty" doc:"absent while it lasts"`
	By    string     `json:"by"`
}

type detailBody struct {
	TaskBody
	Patient string                    `json:"patient,omitempty" doc:"whom it is about"`
	Words   string                    `json:"words,omitempty" doc:"what is to be done"`
	Steps   []stepBody                `json:"steps"`
	Pauses  []pauseBody               `json:"pauses"`
	Parts   []TaskBody                `json:"parts"`
	Names   map[string]staff.NameBody `json:"names" doc:"of everybody in it, by id"`
	Actions []string                  `json:"actions" doc:"what the reader may do now" example:"[\"duty.done\"]"`
}

type taskOut struct{ Body TaskBody }

type kindBody struct {
	ID    string     `json:"id"`
	Name  fault.Text `json:"name"`
	Limit string     `json:"limit" example:"24h"`
	Asked bool       `json:"asked" doc:"people may ask for it themselves"`
	Recur bool       `json:"recurs" doc:"a periodic duty may be made of it"`
}

type yearBody struct {
	Year   int    `json:"year"`
	Source string `json:"source" doc:"the notice"`
	Text   string `json:"text" doc:"as it is read: year, off and work lines"`
}

func wireYear(y calendar.Year) yearBody {
	return yearBody{Year: y.Year, Source: y.Source, Text: y.String()}
}

type turnBody struct {
	ID         string     `json:"id"`
	Kind       RosterKind `json:"kind" enum:"shift,administrator,head,cover"`
	Department string     `json:"department,omitempty"`
	Person     string     `json:"person"`
	InsteadOf  string     `json:"insteadOf,omitempty"`
	Since      time.Time  `json:"since"`
	Until      time.Time  `json:"until"`
}

func wireTurn(t Turn) turnBody {
	return turnBody{ID: t.ID, Kind: t.Kind, Department: t.Dept, Person: t.Person, InsteadOf: t.InsteadOf, Since: t.Since, Until: t.Until}
}

type ruleBody struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind"`
	Recurrence  string     `json:"recurrence" enum:"day,week,month,quarter,half-year,year"`
	Limit       string     `json:"limit,omitempty"`
	Role        string     `json:"role,omitempty"`
	Departments []string   `json:"departments,omitempty"`
	Since       time.Time  `json:"since"`
	Ended       *time.Time `json:"ended,omitempty"`
}

func wireRule(r Rule) ruleBody {
	return ruleBody{ID: r.ID, Kind: r.Kind, Recurrence: r.Recurrence, Limit: r.Limit, Role: r.Role, Departments: r.Departments, Since: r.Since, Ended: web.Moment(r.Ended)}
}

type periodBody struct {
	Rule       string     `json:"rule"`
	Name       string     `json:"name" example:"2026-Q4"`
	Department string     `json:"department,omitempty"`
	Kind       string     `json:"kind"`
	First      string     `json:"first" example:"2026-10-01"`
	Last       string     `json:"last" example:"2026-12-31"`
	Deadline   time.Time  `json:"deadline"`
	Task       string     `json:"task"`
	Done       *time.Time `json:"done,omitempty"`
	Missed     *time.Time `json:"missed,omitempty" doc:"stays, also when it was done later"`
}

func wirePeriod(p Period) periodBody {
	return periodBody{
		Rule: p.Rule, Name: p.Name, Department: p.Dept, Kind: p.Kind, First: calendar.Date(p.First).String(), Last: calendar.Date(p.Last).String(),
		Deadline: p.Deadline, Task: p.Task, Done: web.Moment(p.Done), Missed: web.Moment(p.Missed),
	}
}

type flowBody struct {
	ID      string     `json:"id"`
	Version int        `json:"version"`
	Name    fault.Text `json:"name"`
	Steps   []FlowTask `json:"steps"`
	Made    time.Time  `json:"made"`
}

func wireFlow(f Flow) flowBody {
	return flowBody{ID: f.ID, Version: f.Version, Name: fault.Text{ZH: f.NameZH, EN: f.NameEN}, Steps: f.Steps, Made: f.Made}
}

type channelBody struct {
	ID        string      `json:"id"`
	Kind      ChannelKind `json:"kind" enum:"wecom,dingtalk,webhook,sms,mail"`
	Name      string      `json:"name"`
	Address   string      `json:"address" doc:"without its query, which may hold a key"`
	Internal  bool        `json:"internal"`
	Plain     bool        `json:"plain"`
	Occasions []string    `json:"occasions"`
	Stopped   *time.Time  `json:"stopped,omitempty"`
}

type messageBody struct {
	ID       string       `json:"id"`
	Channel  string       `json:"channel"`
	Person   string       `json:"person,omitempty"`
	Task     string       `json:"task"`
	Occasion Occasion     `json:"occasion"`
	State    MessageState `json:"state" enum:"waiting,sent,failed,dropped"`
	Tries    int          `json:"tries"`
	Made     time.Time    `json:"made"`
	Settled  *time.Time   `json:"settled,omitempty"`
	Failure  string       `json:"failure,omitempty"`
}

func wireMessage(m Message) messageBody {
	return messageBody{
		ID: m.ID, Channel: m.Channel, Person: m.Person, Task: m.Task, Occasion: m.Occasion, State: m.State, Tries: m.Tries,
		Made: m.Made, Settled: web.Moment(m.Settled), Failure: m.Failure,
	}
}
