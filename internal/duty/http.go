package duty

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "duty"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.inboxRoutes(s)
	room.taskRoutes(s)
	room.orderRoutes(s)
}

func (room *Room) inboxRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/inbox", ID: "dutyInbox", Verb: "duty.list", Tag: tag,
		Summary: "List one's own tasks: to do, done, or asked for"}, room.getInbox)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/count", ID: "dutyCount", Verb: "duty.list", Tag: tag,
		Summary: "Count what waits, for the bell"}, room.getCount)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/events", ID: "dutyEvents", Verb: "duty.list", Tag: tag,
		Summary: "Stream what waits, as server-sent events, until the session ends"}, room.getEvents)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/kinds", ID: "dutyKinds", Verb: "duty.list", Tag: tag,
		Summary: "List the kinds of task"}, room.getKinds)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/tasks", ID: "listDutyTasks", Verb: "duty.list", Tag: tag,
		Summary: "List tasks by deadline, for those who answer for them or supervise"}, room.getTasks)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks", ID: "requestDuty", Verb: "duty.request", Tag: tag,
		Status: http.StatusCreated, Summary: "Ask others: assistance, a joint task, an issue"}, room.postTask)
}

func (room *Room) taskRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/duty/tasks/{id}", ID: "viewDuty", Verb: "duty.view", Tag: tag,
		Summary: "Show a task with its history"}, room.getTask)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/take", ID: "takeDuty", Verb: "duty.take", Tag: tag,
		Summary: "Take a task"}, room.postTake)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/done", ID: "finishDuty", Verb: "duty.done", Tag: tag,
		Summary: "Say that a task is done"}, room.postDone)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/return", ID: "returnDuty", Verb: "duty.return", Tag: tag,
		Summary: "Give a task back to whoever asked for it"}, room.postReturn)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/delegate", ID: "delegateDuty", Verb: "duty.delegate", Tag: tag,
		Summary: "Hand a task on to a colleague"}, room.postDelegate)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/ask-extension", ID: "askDutyExtension", Verb: "duty.ask-extension", Tag: tag,
		Summary: "Ask for more time"}, room.postAsk)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/grant-extension", ID: "grantDutyExtension", Verb: "duty.grant-extension", Tag: tag,
		Summary: "Grant or deny more time"}, room.postGrant)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/pause", ID: "pauseDuty", Verb: "duty.pause", Tag: tag,
		Summary: "Stop the clock of a task"}, room.postPause)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/resume", ID: "resumeDuty", Verb: "duty.resume", Tag: tag,
		Summary: "Let the clock of a task run on"}, room.postResume)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/duty/tasks/{id}/cancel", ID: "cancelDuty", Verb: "duty.cancel", Tag: tag,
		Summary: "Take a task back"}, room.postCancel)
}

type pageOut struct{ Body web.Page[TaskBody] }

func (room *Room) wirePage(p web.Page[Item]) *pageOut {
	out := &pageOut{Body: web.Page[TaskBody]{Items: make([]TaskBody, len(p.Items)), Next: p.Next}}
	for i, item := range p.Items {
		out.Body.Items[i] = room.wireItem(item)
	}
	return out
}

func (room *Room) getInbox(ctx context.Context, in *struct {
	web.Paging
	Box  Box    `query:"box" default:"todo" enum:"todo,done,mine"`
	Kind string `query:"kind" maxLength:"80"`
	Late bool   `query:"late" doc:"only what is late"`
}) (*pageOut, error) {
	page, err := room.Inbox(ctx, InboxFilter{Box: in.Box, Kind: in.Kind, Late: in.Late}, in.Cursor, in.Limit)
	return room.wirePage(page), err
}

type countOut struct{ Body waitsBody }

func (room *Room) getCount(ctx context.Context, _ *struct{}) (*countOut, error) {
	n, err := room.CountWaiting(ctx)
	return &countOut{wireWaits(n)}, err
}

func (room *Room) getEvents(ctx context.Context, in *struct {
	Once bool `query:"once" doc:"answer with what waits now, and end"`
}) (*web.Stream, error) {
	return room.Events(ctx, in.Once)
}

type kindsOut struct {
	Body struct {
		Items []kindBody `json:"items"`
	}
}

func (room *Room) getKinds(context.Context, *struct{}) (*kindsOut, error) {
	out := &kindsOut{}
	for _, k := range Kinds() {
		out.Body.Items = append(out.Body.Items, kindBody{ID: k.ID, Name: k.Name, Limit: k.Limit.String(), Asked: k.Asked, Recur: k.Recurs})
	}
	return out, nil
}

func (room *Room) getTasks(ctx context.Context, in *struct {
	web.Paging
	Department string `query:"department" maxLength:"40"`
	Kind       string `query:"kind" maxLength:"80"`
	Late       bool   `query:"late"`
	Open       bool   `query:"open"`
}) (*pageOut, error) {
	page, err := room.List(ctx, ListFilter{Dept: in.Department, Kind: in.Kind, Late: in.Late, Open: in.Open}, in.Cursor, in.Limit)
	return room.wirePage(page), err
}

func (room *Room) postTask(ctx context.Context, in *struct {
	Body struct {
		Kind     string    `json:"kind" maxLength:"80" example:"duty.assistance"`
		To       toBody    `json:"to"`
		Parties  []string  `json:"parties,omitempty" maxItems:"40" doc:"departments of a joint task"`
		Words    string    `json:"words" maxLength:"8000" doc:"what is to be done"`
		Limit    string    `json:"limit,omitempty" maxLength:"12" example:"5wd"`
		Deadline time.Time `json:"deadline,omitzero" doc:"a moment in the place of a limit"`
		Urgent   bool      `json:"urgent,omitempty"`
	}
}) (*taskOut, error) {
	opened, err := room.Ask(ctx, Request{
		Kind: in.Body.Kind, To: To(in.Body.To), Parties: in.Body.Parties, Words: in.Body.Words, Limit: in.Body.Limit,
		Deadline: in.Body.Deadline, Urgent: in.Body.Urgent,
	})
	return room.wireTask(opened), err
}

// wireTask is a task that somebody has just changed, without names.
func (room *Room) wireTask(t Task) *taskOut {
	return &taskOut{room.wireItem(Item{Task: t, Title: t.Title(), Left: Left{Clock: t.Deadline.Sub(room.desk.Now())}})}
}

type detailOut struct{ Body detailBody }

func (room *Room) getTask(ctx context.Context, in *web.OfID) (*detailOut, error) {
	seen, err := room.View(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	body := detailBody{
		TaskBody: room.wireItem(seen.Item), Patient: seen.Patient, Words: seen.Words, Names: staff.WireNames(seen.Names), Actions: seen.Actions,
		Steps: make([]stepBody, len(seen.Steps)), Pauses: make([]pauseBody, len(seen.Pauses)), Parts: make([]TaskBody, len(seen.Parts)),
	}
	for i, s := range seen.Steps {
		body.Steps[i] = stepBody{
			Kind: s.Kind, At: s.At, Due: web.Moment(s.Due), Actor: s.Actor, Person: s.Person, Department: s.Dept,
			Deadline: web.Moment(s.Deadline), Proof: s.Proof, Words: s.Words,
		}
	}
	for i, p := range seen.Pauses {
		body.Pauses[i] = pauseBody{Since: p.Since, Until: web.Moment(p.Until), By: p.By}
	}
	for i, p := range seen.Parts {
		body.Parts[i] = room.wireItem(p)
	}
	return &detailOut{body}, nil
}

func (room *Room) postTake(ctx context.Context, in *web.OfID) (*taskOut, error) {
	t, err := room.Take(ctx, in.ID)
	return room.wireTask(t), err
}

type wordsIn struct {
	web.OfID
	Body struct {
		Words string `json:"words,omitempty" maxLength:"8000"`
	}
}

func (room *Room) postDone(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string `json:"words,omitempty" maxLength:"8000" doc:"the reply"`
		Proof string `json:"proof,omitempty" maxLength:"480" doc:"reference to what proves it, such as record:ID"`
	}
}) (*taskOut, error) {
	t, err := room.Finish(ctx, in.ID, in.Body.Words, in.Body.Proof)
	return room.wireTask(t), err
}

func (room *Room) postReturn(ctx context.Context, in *wordsIn) (*taskOut, error) {
	t, err := room.Return(ctx, in.ID, in.Body.Words)
	return room.wireTask(t), err
}

func (room *Room) postCancel(ctx context.Context, in *wordsIn) (*taskOut, error) {
	t, err := room.Cancel(ctx, in.ID, in.Body.Words)
	return room.wireTask(t), err
}

func (room *Room) postPause(ctx context.Context, in *wordsIn) (*taskOut, error) {
	t, err := room.Pause(ctx, in.ID, in.Body.Words)
	return room.wireTask(t), err
}

func (room *Room) postResume(ctx context.Context, in *web.OfID) (*taskOut, error) {
	t, err := room.Resume(ctx, in.ID)
	return room.wireTask(t), err
}

func (room *Room) postDelegate(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Person string `json:"person" maxLength:"40"`
		Words  string `json:"words,omitempty" maxLength:"8000"`
	}
}) (*taskOut, error) {
	t, err := room.Delegate(ctx, in.ID, in.Body.Person, in.Body.Words)
	return room.wireTask(t), err
}

func (room *Room) postAsk(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Until time.Time `json:"until"`
		Words string    `json:"words" maxLength:"8000"`
	}
}) (*taskOut, error) {
	t, err := room.AskExtension(ctx, in.ID, in.Body.Until, in.Body.Words)
	return room.wireTask(t), err
}

func (room *Room) postGrant(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Grant bool      `json:"grant"`
		Until time.Time `json:"until,omitzero" doc:"what was asked for when absent"`
		Words string    `json:"words,omitempty" maxLength:"8000"`
	}
}) (*taskOut, error) {
	t, err := room.GrantExtension(ctx, in.ID, in.Body.Grant, in.Body.Until, in.Body.Words)
	return room.wireTask(t), err
}
