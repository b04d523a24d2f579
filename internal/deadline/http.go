package deadline

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
)

const tag = "deadline"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines/mine", ID: "listMyDeadlines", Verb: "deadline.mine", Tag: tag,
		Summary: "List what the reader is to write, or wrote late, the earliest limit first"}, room.getMine)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines", ID: "listDeadlines", Verb: "deadline.list", Tag: tag,
		Summary: "List the limits of a department, or of the house"}, room.getList)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines/figures", ID: "countDeadlines", Verb: "deadline.list", Tag: tag,
		Summary: "Count how many documents of a year were written in time, by department, requirement and month"}, room.getFigures)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines/encounters/{id}", ID: "viewDeadlines", Verb: "deadline.see", Tag: tag,
		Summary: "Show what an encounter must hold, what is there and what is missing"}, room.getEncounter)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/encounters/{id}/condition", ID: "setCondition", Verb: "deadline.set-condition", Tag: tag, Status: http.StatusNoContent,
		Summary: "Say how ill the patient is, by which notes are due more or less often"}, room.postCondition)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/dues/{id}/explain", ID: "explainDeadline", Verb: "deadline.explain", Tag: tag,
		Summary: "Say why a document is late or dates itself back; it stays late"}, room.postExplain)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/dues/{id}/pause", ID: "pauseDeadline", Verb: "deadline.pause", Tag: tag,
		Summary: "Let the clock of a limit stand still until a moment; nobody pauses his own"}, room.postPause)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/dues/{id}/resume", ID: "resumeDeadline", Verb: "deadline.resume", Tag: tag,
		Summary: "Let a clock run on before the end of its pause"}, room.postResume)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines/sets", ID: "listRequirementSets", Verb: "deadline.see-sets", Tag: tag,
		Summary: "Show the sets of requirements, the one in force, and the list to begin with"}, room.getSets)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/sets/preview", ID: "previewRequirementSet", Verb: "deadline.see-sets", Tag: tag,
		Summary: "Say what a list would change on encounters that last; nothing is kept"}, room.postPreview)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/sets", ID: "proposeRequirementSet", Verb: "deadline.propose-set", Tag: tag, Status: http.StatusCreated,
		Summary: "Propose a set of requirements from a day on"}, room.postSet)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/sets/{id}/settle", ID: "settleRequirementSet", Verb: "deadline.settle-set", Tag: tag,
		Summary: "Approve or reject a proposed set; not by whoever proposed it"}, room.postSettle)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines/days", ID: "listCompletenessDays", Verb: "deadline.list", Tag: tag,
		Summary: "List the days whose check for completeness was signed, the newest first"}, room.getDays)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/deadlines/days/today", ID: "viewCompleteness", Verb: "deadline.list", Tag: tag,
		Summary: "Show what is missing or unsigned in the records of those who went home"}, room.getToday)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deadlines/days", ID: "signCompleteness", Verb: "deadline.sign-day", Tag: tag, Status: http.StatusCreated,
		Summary: "Sign the list of this day, as it was shown"}, room.postDay)
}

type listOut struct{ Body DeadlinesBody }

func (room *Room) wireList(l Listed, err error) (*listOut, error) {
	return &listOut{wireListed(l, room.desk.Now())}, err
}

func (room *Room) getMine(ctx context.Context, in *struct {
	web.Paging
	Box string `query:"box" enum:"open,overdue,soon,paused,unexplained,late,backdated,unsigned,on-time" default:"open"`
}) (*listOut, error) {
	return room.wireList(room.Mine(ctx, in.Box, in.Paging))
}

func (room *Room) getList(ctx context.Context, in *struct {
	web.Paging
	Box         string `query:"box" enum:"open,overdue,soon,paused,unexplained,late,backdated,unsigned,on-time" default:"overdue"`
	Department  string `query:"department" maxLength:"40" doc:"that of the house when absent"`
	Requirement string `query:"requirement" maxLength:"40"`
	Month       string `query:"month" maxLength:"7" doc:"of the limit, as 2026-10"`
}) (*listOut, error) {
	return room.wireList(room.List(ctx, Filter{Box: in.Box, Department: in.Department, Requirement: in.Requirement, Month: in.Month}, in.Paging))
}

type figuresOut struct{ Body DeadlineFiguresBody }

func (room *Room) getFigures(ctx context.Context, in *struct {
	Year       int    `query:"year" required:"true"`
	Department string `query:"department" maxLength:"40"`
}) (*figuresOut, error) {
	f, err := room.Figures(ctx, in.Year, in.Department)
	return &figuresOut{wireFigures(f)}, err
}

type seenOut struct{ Body EncounterDeadlinesBody }

func (room *Room) getEncounter(ctx context.Context, in *web.OfID) (*seenOut, error) {
	seen, err := room.See(ctx, in.ID)
	return &seenOut{wireSeen(seen, room.desk.Now())}, err
}

func (room *Room) postCondition(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Level Level `json:"level" enum:"stable,serious,critical"`
	}
}) (*struct{}, error) {
	return nil, room.SetCondition(ctx, in.ID, in.Body.Level)
}

type dueOut struct{ Body DeadlineBody }

func (room *Room) wireDue(d Due, err error) (*dueOut, error) {
	return &dueOut{wireLine(Line{Due: d, NameZH: d.Requirement, NameEN: d.Requirement}, room.desk.Now())}, err
}

func (room *Room) postExplain(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Choice string `json:"choice" maxLength:"20" enum:"emergency,waiting,handover,system,forgotten,other"`
		Words  string `json:"words,omitempty" maxLength:"4000"`
	}
}) (*dueOut, error) {
	return room.wireDue(room.Explain(ctx, in.ID, in.Body.Choice, in.Body.Words))
}

func (room *Room) postPause(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Cause string    `json:"cause" enum:"pathology,result,sealed,other"`
		Words string    `json:"words" maxLength:"4000"`
		Until time.Time `json:"until" doc:"when it runs on by itself"`
	}
}) (*dueOut, error) {
	return room.wireDue(room.Pause(ctx, Pausing{Due: in.ID, Cause: in.Body.Cause, Words: in.Body.Words, Until: in.Body.Until}))
}

func (room *Room) postResume(ctx context.Context, in *web.OfID) (*dueOut, error) {
	return room.wireDue(room.Resume(ctx, in.ID))
}

type setsOut struct{ Body RequirementSetsBody }

func (room *Room) getSets(ctx context.Context, _ *struct{}) (*setsOut, error) {
	shown, err := room.Sets(ctx)
	return &setsOut{wireSets(shown)}, err
}

type effectOut struct{ Body RequirementEffectBody }

func (room *Room) postPreview(ctx context.Context, in *struct {
	Body struct {
		Requirements []Requirement `json:"requirements" nullable:"false" maxItems:"200"`
	}
}) (*effectOut, error) {
	effect, err := room.Preview(ctx, in.Body.Requirements)
	return &effectOut{RequirementEffectBody(effect)}, err
}

type setOut struct{ Body RequirementSetBody }

func (room *Room) postSet(ctx context.Context, in *struct {
	Body struct {
		Requirements []Requirement `json:"requirements" nullable:"false" maxItems:"200"`
		Since        time.Time     `json:"since,omitzero" doc:"from when on; at once when absent"`
		Why          string        `json:"why" maxLength:"4000"`
	}
}) (*setOut, error) {
	s, err := room.Propose(ctx, Proposal{Requirements: in.Body.Requirements, Since: in.Body.Since, Why: in.Body.Why})
	return &setOut{wireSet(s, nil)}, err
}

func (room *Room) postSettle(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Approve bool   `json:"approve"`
		Words   string `json:"words,omitempty" maxLength:"4000" doc:"why it is rejected"`
	}
}) (*setOut, error) {
	s, err := room.Settle(ctx, in.ID, in.Body.Approve, in.Body.Words)
	return &setOut{wireSet(s, nil)}, err
}

type daysOut struct{ Body CompletenessDaysBody }

func (room *Room) getDays(ctx context.Context, in *web.Paging) (*daysOut, error) {
	l, err := room.Days(ctx, *in)
	return &daysOut{wireDays(l)}, err
}

type todayOut struct{ Body CompletenessBody }

func (room *Room) getToday(ctx context.Context, _ *struct{}) (*todayOut, error) {
	today, err := room.Today(ctx)
	return &todayOut{wireToday(today, room.desk.Now())}, err
}

type dayOut struct{ Body CompletenessDayBody }

func (room *Room) postDay(ctx context.Context, in *struct {
	Body struct {
		Digest string `json:"digest" maxLength:"64" doc:"of the list that was shown"`
		Words  string `json:"words,omitempty" maxLength:"4000"`
	}
}) (*dayOut, error) {
	digest, err := hex.DecodeString(in.Body.Digest)
	if err != nil {
		digest = nil // it is that of no list
	}
	d, err := room.SignDay(ctx, digest, in.Body.Words)
	return &dayOut{wireDay(d)}, err
}
