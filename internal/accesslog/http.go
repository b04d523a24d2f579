package accesslog

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "accesslog"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.intakeRoutes(s)
	room.readingRoutes(s)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/questions", ID: "listReportedQuestions", Verb: "accesslog.questions", Tag: tag,
		Summary: "List what is asked about what other systems reported"}, room.getQuestions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/questions/{id}/explain", ID: "explainReported", Verb: "accesslog.explain", Tag: tag,
		Summary: "Say why it was looked at"}, room.answering(room.Explain))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/questions/{id}/raise", ID: "raiseReported", Verb: "accesslog.raise", Tag: tag,
		Summary: "Hand it on as a possible misuse"}, room.answering(room.Raise))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/findings/{id}/settle", ID: "settleLogFinding", Verb: "accesslog.settle", Tag: tag,
		Summary: "Say what became of a finding about a log"}, room.postSettle)
}

func (room *Room) intakeRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/sources", ID: "listLogSources", Verb: "accesslog.list", Tag: tag,
		Summary: "List the sources of logs with their mappings and how they stand"}, room.getSources)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/mapping", ID: "setLogMapping", Verb: "accesslog.map", Tag: tag,
		Summary: "Keep a new version of the mapping of a source"}, room.postMapping)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/try", ID: "tryLogMapping", Verb: "accesslog.try", Tag: tag,
		Summary: "Show what the lines of a sample would become; nothing is kept"}, room.postTry)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/runs", ID: "listLogRuns", Verb: "accesslog.list", Tag: tag,
		Summary: "List runs, newest first"}, room.getRuns)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/runs", ID: "beginLogRun", Verb: "accesslog.begin", Tag: tag, Status: http.StatusCreated,
		Summary: "Begin to hand in a log"}, room.postRun)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/runs/{id}", ID: "viewLogRun", Verb: "accesslog.list", Tag: tag,
		Summary: "Show how far a run has come, and which lines were set aside"}, room.getRun)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/access-logs/runs/{id}/parts/{part}", ID: "sendLogPart", Verb: "accesslog.receive", Tag: tag,
		MaxBody: MaxPart + 1024, Timeout: time.Minute, Summary: "Send the next part: whole lines, as they are"}, room.putPart)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/access-logs/runs/{id}/finish", ID: "finishLogRun", Verb: "accesslog.receive", Tag: tag,
		Summary: "Say that the log is whole; it is matched then"}, room.postFinish)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/runs/{id}/refused", ID: "openRefusedLines", Verb: "accesslog.open", Tag: tag,
		Summary: "Show lines that were set aside, as they came"}, room.getRefused)
}

func (room *Room) readingRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/events", ID: "listReported", Verb: "accesslog.events", Tag: tag,
		Summary: "List what other systems reported, under one verdict, back in time"}, room.getEvents)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons/{id}/reported", ID: "listReportedOfPerson", Verb: "accesslog.events", Tag: tag,
		Summary: "List what other systems reported of a person"}, room.getEventsOf)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/reported-readers", ID: "listReportedReaders", Verb: "accesslog.readers", Tag: tag,
		Summary: "List who was reported to have looked at a patient in other systems"}, room.getReaders)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/access-logs/findings", ID: "listLogFindings", Verb: "accesslog.list", Tag: tag,
		Summary: "List what was amiss with logs, newest first"}, room.getFindings)
}

type sourcesOut struct {
	Body struct {
		Sources []StandingBody            `json:"sources" nullable:"false"`
		Presets []Preset                  `json:"presets" nullable:"false"`
		Names   map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getSources(ctx context.Context, _ *struct{}) (*sourcesOut, error) {
	all, names, err := room.Standings(ctx)
	out := &sourcesOut{}
	out.Body.Sources, out.Body.Presets, out.Body.Names = make([]StandingBody, len(all)), Presets(), staff.WireNames(names)
	for i, s := range all {
		out.Body.Sources[i] = wireStanding(s)
	}
	return out, err
}

type mappingOut struct {
	Body struct {
		Source string `json:"source"`
		Rev    int    `json:"rev"`
	}
}

func (room *Room) postMapping(ctx context.Context, in *struct {
	Body struct {
		Source  string  `json:"source" maxLength:"40"`
		Mapping Mapping `json:"mapping"`
	}
}) (*mappingOut, error) {
	rev, err := room.SetMapping(ctx, in.Body.Source, in.Body.Mapping)
	out := &mappingOut{}
	out.Body.Source, out.Body.Rev = in.Body.Source, rev
	return out, err
}

type trialOut struct{ Body trialBody }

func (room *Room) postTry(ctx context.Context, in *struct {
	Body struct {
		Source  string  `json:"source" maxLength:"40"`
		Mapping Mapping `json:"mapping"`
		Sample  []byte  `json:"sample" maxLength:"90000" doc:"up to 64 KiB of the log as it is, base64"`
	}
}) (*trialOut, error) {
	t, err := room.TryMapping(ctx, in.Body.Source, in.Body.Mapping, in.Body.Sample)
	return &trialOut{wireTrial(t)}, err
}

// OfSource is the part of a list's input that names a source. It is exported because the
// binding passes over embedded types that are not.
type OfSource struct {
	Source string `query:"source" maxLength:"40" doc:"only of this source"`
}

type runsOut struct{ Body PageBody[RunBody] }

func (room *Room) getRuns(ctx context.Context, in *struct {
	web.Paging
	OfSource
}) (*runsOut, error) {
	l, err := room.ListRuns(ctx, in.Source, in.Paging)
	return &runsOut{wirePage(l, wireRun)}, err
}

type runOut struct{ Body RunBody }

func (room *Room) postRun(ctx context.Context, in *struct {
	Body struct {
		Source  string     `json:"source" maxLength:"40"`
		Written *time.Time `json:"written,omitempty" doc:"when the file was made by its system"`
	}
}) (*runOut, error) {
	var written time.Time
	if in.Body.Written != nil {
		written = *in.Body.Written
	}
	run, err := room.Begin(ctx, in.Body.Source, written)
	return &runOut{wireRun(run)}, err
}

type seenRunOut struct {
	Body struct {
		RunBody
		Refused []RefusedBody `json:"setAside" nullable:"false"`
		More    bool          `json:"more" doc:"more was set aside than is shown"`
	}
}

func (room *Room) getRun(ctx context.Context, in *web.OfID) (*seenRunOut, error) {
	run, refused, more, err := room.ViewRun(ctx, in.ID)
	out := &seenRunOut{}
	out.Body.RunBody, out.Body.Refused, out.Body.More = wireRun(run), make([]RefusedBody, len(refused)), more
	for i, r := range refused {
		out.Body.Refused[i] = wireRefused(r)
	}
	return out, err
}

func (room *Room) putPart(ctx context.Context, in *struct {
	web.OfID
	Part    int    `path:"part" minimum:"0" doc:"its place, from 0"`
	RawBody []byte `contentType:"application/octet-stream"`
}) (*runOut, error) {
	run, err := room.Receive(ctx, in.ID, in.Part, in.RawBody)
	return &runOut{wireRun(run)}, err
}

func (room *Room) postFinish(ctx context.Context, in *web.OfID) (*runOut, error) {
	run, err := room.Finish(ctx, in.ID)
	return &runOut{wireRun(run)}, err
}

type setAsideOut struct {
	Body struct {
		Lines []SetAsideBody `json:"lines" nullable:"false"`
	}
}

func (room *Room) getRefused(ctx context.Context, in *struct {
	web.OfID
	Block int    `query:"block" minimum:"0"`
	Rule  string `query:"rule" maxLength:"40"`
	Field string `query:"field" maxLength:"120"`
}) (*setAsideOut, error) {
	shown, err := room.OpenRefused(ctx, in.ID, in.Block, in.Rule, in.Field)
	out := &setAsideOut{}
	out.Body.Lines = make([]SetAsideBody, len(shown))
	for i, s := range shown {
		out.Body.Lines[i] = SetAsideBody(s)
	}
	return out, err
}

type eventsOut struct{ Body PageBody[ReportedBody] }

func (room *Room) getEvents(ctx context.Context, in *struct {
	web.Paging
	OfSource
	Verdict string `query:"verdict" enum:"explained,outside-hours,unexplained,after-leaving,unknown-person,unknown-patient,denied" default:"unexplained"`
}) (*eventsOut, error) {
	l, err := room.Events(ctx, in.Verdict, in.Source, in.Paging)
	return &eventsOut{wirePage(l, wireReported)}, err
}

type ofOne struct {
	web.OfID
	web.Paging
}

func (room *Room) getEventsOf(ctx context.Context, in *ofOne) (*eventsOut, error) {
	l, err := room.EventsOf(ctx, in.ID, in.Paging)
	return &eventsOut{wirePage(l, wireReported)}, err
}

func (room *Room) getReaders(ctx context.Context, in *ofOne) (*eventsOut, error) {
	l, err := room.Readers(ctx, in.ID, in.Paging)
	return &eventsOut{wirePage(l, wireReported)}, err
}

type logFindingsOut struct{ Body PageBody[FindingBody] }

func (room *Room) getFindings(ctx context.Context, in *struct {
	web.Paging
	OfSource
}) (*logFindingsOut, error) {
	l, err := room.ListFindings(ctx, in.Source, in.Paging)
	return &logFindingsOut{wirePage(l, wireFinding)}, err
}

type questionsOut struct{ Body PageBody[QuestionBody] }

func (room *Room) getQuestions(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"open,explained,raised" default:"open"`
}) (*questionsOut, error) {
	l, err := room.Questions(ctx, in.State, in.Paging)
	return &questionsOut{wirePage(l, wireAsked)}, err
}

type wordsIn struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"4000"`
	}
}

type questionOut struct{ Body QuestionBody }

func (room *Room) answering(do func(ctx context.Context, question, words string) (Question, error)) func(context.Context, *wordsIn) (*questionOut, error) {
	return func(ctx context.Context, in *wordsIn) (*questionOut, error) {
		q, err := do(ctx, in.ID, in.Body.Words)
		return &questionOut{wireAsked(Asked{Question: q, Said: in.Body.Words})}, err
	}
}

type findingOut struct{ Body FindingBody }

func (room *Room) postSettle(ctx context.Context, in *wordsIn) (*findingOut, error) {
	f, err := room.Settle(ctx, in.ID, in.Body.Words)
	return &findingOut{wireFinding(f)}, err
}
