package duty

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/kit/calendar"
)

// orderRoutes are about how duties are ordered: rosters, recurrence, flows, the
// calendar, and the ways out.
func (room *Room) orderRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/roster", ID: "dutyRoster", Verb: "duty.list", Tag: tag,
		Summary: "List who is on duty, covers, heads and administrators on duty"}, room.getRoster)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/roster", ID: "putOnRoster", Verb: "duty.set-roster", Tag: tag,
		Status: http.StatusCreated, Summary: "Put somebody on a roster"}, room.postTurn)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/roster/{id}/end", ID: "endTurn", Verb: "duty.set-roster", Tag: tag,
		Status: http.StatusNoContent, Summary: "End a turn now"}, room.postEndTurn)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/rules", ID: "listDutyRules", Verb: "duty.list", Tag: tag,
		Summary: "List recurring duties"}, room.getRules)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/rules", ID: "setDutyRule", Verb: "duty.set-rule", Tag: tag,
		Status: http.StatusCreated, Summary: "Make a duty recur"}, room.postRule)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/rules/{id}/end", ID: "endDutyRule", Verb: "duty.set-rule", Tag: tag,
		Status: http.StatusNoContent, Summary: "Let a duty recur no more"}, room.postEndRule)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/periods", ID: "listDutyPeriods", Verb: "duty.list", Tag: tag,
		Summary: "List the periods of recurring duties, the newest first; what was missed stays"}, room.getPeriods)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/flows", ID: "listFlows", Verb: "duty.list", Tag: tag,
		Summary: "List flows with every version"}, room.getFlows)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/flows", ID: "setFlow", Verb: "duty.set-flow", Tag: tag,
		Status: http.StatusCreated, Summary: "Write down a flow, or its next version"}, room.postFlow)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/flows/{id}/begin", ID: "beginFlow", Verb: "duty.request", Tag: tag,
		Status: http.StatusCreated, Summary: "Begin a flow"}, room.postBegin)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/calendar", ID: "dutyCalendar", Verb: "duty.list", Tag: tag,
		Summary: "Show the working-day calendar, year by year"}, room.getCalendar)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/calendar", ID: "setCalendar", Verb: "duty.set-calendar", Tag: tag,
		Summary: "Put years in the place of those known so far"}, room.postCalendar)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/channels", ID: "listChannels", Verb: "duty.set-channel", Tag: tag,
		Summary: "List the ways out"}, room.getChannels)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/messages", ID: "listMessages", Verb: "duty.set-channel", Tag: tag,
		Summary: "List what was sent out and what became of it, the newest first"}, room.getMessages)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/channels", ID: "registerChannel", Verb: "duty.set-channel", Tag: tag,
		Status: http.StatusCreated, Summary: "Register a way out"}, room.postChannel)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/channels/{id}/stop", ID: "stopChannel", Verb: "duty.set-channel", Tag: tag,
		Status: http.StatusNoContent, Summary: "Close a way out"}, room.postStop)
}

type listOut[B any] struct{ Body web.Page[B] }

func (room *Room) getRoster(ctx context.Context, in *struct {
	web.Paging
	Department string    `query:"department" maxLength:"40"`
	From       time.Time `query:"from" doc:"now when absent"`
	To         time.Time `query:"to" doc:"a week later when absent"`
}) (*listOut[turnBody], error) {
	f := RosterFilter{Dept: in.Department, From: in.From, To: in.To}
	if f.From.IsZero() {
		f.From = room.desk.Now()
	}
	if f.To.IsZero() {
		f.To = f.From.Add(7 * day)
	}
	page, err := room.Roster(ctx, f, in.Cursor, in.Limit)
	return &listOut[turnBody]{web.Shown(page, wireTurn)}, err
}

// each writes every one of some things for the wire.
func each[T, B any](of []T, wire func(T) B) []B {
	bodies := make([]B, len(of))
	for i, one := range of {
		bodies[i] = wire(one)
	}
	return bodies
}

type turnOut struct{ Body turnBody }

func (room *Room) postTurn(ctx context.Context, in *struct {
	Body struct {
		Kind       RosterKind `json:"kind" maxLength:"20" doc:"shift, administrator, head or cover"`
		Department string     `json:"department,omitempty" maxLength:"40"`
		Person     string     `json:"person" maxLength:"40"`
		InsteadOf  string     `json:"insteadOf,omitempty" maxLength:"40" doc:"whom a cover stands in for"`
		Since      time.Time  `json:"since,omitzero" doc:"now when absent"`
		Until      time.Time  `json:"until"`
	}
}) (*turnOut, error) {
	n := NewTurn{Kind: in.Body.Kind, Dept: in.Body.Department, Person: in.Body.Person, InsteadOf: in.Body.InsteadOf, Since: in.Body.Since, Until: in.Body.Until}
	if n.Since.IsZero() {
		n.Since = room.desk.Now()
	}
	made, err := room.PutOnRoster(ctx, n)
	return &turnOut{wireTurn(made)}, err
}

func (room *Room) postEndTurn(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.EndTurn(ctx, in.ID)
}

func (room *Room) getRules(ctx context.Context, in *web.Paging) (*listOut[ruleBody], error) {
	page, err := room.Rules(ctx, in.Cursor, in.Limit)
	return &listOut[ruleBody]{web.Shown(page, wireRule)}, err
}

type ruleOut struct{ Body ruleBody }

func (room *Room) postRule(ctx context.Context, in *struct {
	Body struct {
		Kind        string    `json:"kind" maxLength:"80" example:"duty.log-review"`
		Recurrence  string    `json:"recurrence" maxLength:"20" doc:"day, week, month, quarter, half-year or year"`
		Limit       string    `json:"limit,omitempty" maxLength:"12" doc:"from the first working day; without it the end of the period"`
		Role        string    `json:"role,omitempty" maxLength:"40"`
		Departments []string  `json:"departments,omitempty" maxItems:"100" doc:"one task for each"`
		Since       time.Time `json:"since,omitzero"`
	}
}) (*ruleOut, error) {
	made, err := room.SetRule(ctx, NewRule{
		Kind: in.Body.Kind, Recurrence: calendar.Every(in.Body.Recurrence), Limit: in.Body.Limit, Role: in.Body.Role,
		Departments: in.Body.Departments, Since: in.Body.Since,
	})
	return &ruleOut{wireRule(made)}, err
}

func (room *Room) postEndRule(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.EndRule(ctx, in.ID)
}

func (room *Room) getPeriods(ctx context.Context, in *struct {
	web.Paging
	Rule   string `query:"rule" maxLength:"40"`
	Missed bool   `query:"missed" doc:"only those that were missed"`
}) (*listOut[periodBody], error) {
	page, err := room.Periods(ctx, in.Rule, in.Missed, in.Cursor, in.Limit)
	return &listOut[periodBody]{web.Shown(page, wirePeriod)}, err
}

func (room *Room) getFlows(ctx context.Context, in *web.Paging) (*listOut[flowBody], error) {
	page, err := room.Flows(ctx, in.Cursor, in.Limit)
	return &listOut[flowBody]{web.Shown(page, wireFlow)}, err
}

type flowOut struct{ Body flowBody }

func (room *Room) postFlow(ctx context.Context, in *struct {
	Body struct {
		ID     string     `json:"id,omitempty" maxLength:"40" doc:"of the flow whose next version this is"`
		NameZH string     `json:"nameZh" maxLength:"320"`
		NameEN string     `json:"nameEn,omitempty" maxLength:"320"`
		Steps  []FlowTask `json:"steps" maxItems:"30"`
	}
}) (*flowOut, error) {
	set, err := room.SetFlow(ctx, Flow{ID: in.Body.ID, NameZH: in.Body.NameZH, NameEN: in.Body.NameEN, Steps: in.Body.Steps})
	return &flowOut{wireFlow(set)}, err
}

func (room *Room) postBegin(ctx context.Context, in *wordsIn) (*taskOut, error) {
	t, err := room.Begin(ctx, in.ID, in.Body.Words)
	return room.wireTask(t), err
}

type calendarOut struct {
	Body struct {
		Years []yearBody `json:"years" doc:"a year that is not here is reckoned as plain weekends"`
	}
}

func (room *Room) getCalendar(ctx context.Context, _ *struct{}) (*calendarOut, error) {
	years, err := room.Years(ctx)
	out := &calendarOut{}
	out.Body.Years = each(years, wireYear)
	return out, err
}

type setYearsOut struct {
	Body struct {
		Years []int `json:"years"`
	}
}

func (room *Room) postCalendar(ctx context.Context, in *struct {
	Body struct {
		Text string `json:"text" maxLength:"65536" example:"year 2027 …\noff 2027-01-01 元旦"`
	}
}) (*setYearsOut, error) {
	set, err := room.SetCalendar(ctx, in.Body.Text)
	out := &setYearsOut{}
	out.Body.Years = set
	return out, err
}

func wireChannel(c Channel) channelBody {
	return channelBody{ID: c.ID, Kind: c.Kind, Name: c.Name, Address: c.Address, Internal: c.Internal, Plain: c.Plain, Occasions: c.Occasions, Stopped: web.Moment(c.Stopped)}
}

func (room *Room) getChannels(ctx context.Context, in *web.Paging) (*listOut[channelBody], error) {
	page, err := room.Channels(ctx, in.Cursor, in.Limit)
	return &listOut[channelBody]{web.Shown(page, wireChannel)}, err
}

func (room *Room) getMessages(ctx context.Context, in *web.Paging) (*listOut[messageBody], error) {
	page, err := room.Messages(ctx, in.Cursor, in.Limit)
	return &listOut[messageBody]{web.Shown(page, wireMessage)}, err
}

type channelOut struct{ Body channelBody }

func (room *Room) postChannel(ctx context.Context, in *struct {
	Body struct {
		Kind      ChannelKind `json:"kind" maxLength:"20" doc:"wecom, dingtalk, webhook, sms or mail"`
		Name      string      `json:"name" maxLength:"320"`
		Address   string      `json:"address" maxLength:"2000" doc:"https://host/path, or host:port of a mail server"`
		Internal  bool        `json:"internal,omitempty" doc:"it may lie inside the organisation's network"`
		Plain     bool        `json:"plain,omitempty" doc:"it may be reached without TLS; only internal"`
		Sender    string      `json:"sender,omitempty" maxLength:"200"`
		Recipient string      `json:"recipient,omitempty" maxLength:"200" example:"{number}@hospital.example"`
		Template  string      `json:"template,omitempty" maxLength:"4000"`
		Link      string      `json:"link" maxLength:"400" doc:"where this system is reached"`
		Occasions []string    `json:"occasions" maxItems:"4" doc:"opened, reminded, overdue, escalated"`
		Secret    string      `json:"secret,omitempty" maxLength:"2000" doc:"signing key, bearer token or password; never shown again"`
	}
}) (*channelOut, error) {
	b := in.Body
	made, err := room.Register(ctx, Channel{
		Kind: b.Kind, Name: b.Name, Address: b.Address, Internal: b.Internal, Plain: b.Plain, Sender: b.Sender, Recipient: b.Recipient,
		Template: b.Template, Link: b.Link, Occasions: b.Occasions,
	}, b.Secret)
	return &channelOut{wireChannel(made)}, err
}

func (room *Room) postStop(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.Stop(ctx, in.ID)
}
