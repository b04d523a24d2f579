package privilege

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) sessionRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/sessions", ID: "listPrivilegedSessions", Verb: "privilege.list", Tag: tag,
		Summary: "List privileged sessions, newest first"}, room.getSessions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions", ID: "askSession", Verb: "privilege.ask-session", Tag: tag, Status: http.StatusCreated,
		Summary: "Ask for a privileged session"}, room.postSession)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/sessions/{id}", ID: "viewPrivilegedSession", Verb: "privilege.view", Tag: tag,
		Summary: "Show a privileged session with its reason"}, room.getSession)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions/{id}/approve", ID: "approveSession", Verb: "privilege.approve-session", Tag: tag,
		Summary: "Approve a session as second person"}, room.sessionStep(room.ApproveSession))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions/{id}/refuse", ID: "refuseSession", Verb: "privilege.refuse-session", Tag: tag,
		Summary: "Refuse a session"}, room.sessionStep(room.RefuseSession))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions/{id}/begin", ID: "beginSession", Verb: "privilege.begin-session", Tag: tag,
		Summary: "Begin a session that was approved"}, room.sessionStep(room.BeginSession))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions/{id}/parts", ID: "recordPart", Verb: "privilege.record", Tag: tag,
		Summary: "Hand in the next part of a recording"}, room.postPart)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions/{id}/end", ID: "endPrivilegedSession", Verb: "privilege.end-session", Tag: tag,
		Summary: "End a session"}, room.sessionStep(room.EndSession))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/sessions/{id}/verdict", ID: "reviewSession", Verb: "privilege.review-session", Tag: tag,
		Summary: "Give the verdict on an urgent session"}, room.postVerdict)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/sessions/{id}/transcript", ID: "replaySession", Verb: "privilege.replay", Tag: tag, Timeout: time.Minute,
		Summary: "Show what was recorded, asciicast v2, to the auditor"}, room.getTranscript)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/recordings", ID: "listRecordings", Verb: "privilege.list", Tag: tag,
		Summary: "List what other systems have recorded, newest first"}, room.getRecordings)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/privilege/recordings", ID: "receiveRecording", Verb: "privilege.receive-recording", Tag: tag,
		Status: http.StatusCreated, MaxBody: 12 << 20, Timeout: time.Minute, Summary: "Hand in the recording of a bastion"}, room.postRecording)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/privilege/recordings/{id}", ID: "replayRecording", Verb: "privilege.replay", Tag: tag,
		Summary: "Show the commands of a recording to the auditor"}, room.getRecording)
}

type sessionsOut struct{ Body staff.PageBody[SessionBody] }

func (room *Room) getSessions(ctx context.Context, in *web.Paging) (*sessionsOut, error) {
	l, err := room.ListSessions(ctx, *in)
	return &sessionsOut{staff.WirePage(l, wireSession)}, err
}

type sessionOut struct{ Body SessionBody }

func (room *Room) postSession(ctx context.Context, in *struct{ Body AskingSession }) (*sessionOut, error) {
	s, err := room.AskSession(ctx, in.Body)
	return &sessionOut{wireSession(s)}, err
}

type seenSessionOut struct {
	Body struct {
		SessionBody
		Reason string                    `json:"reason"`
		Names  map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getSession(ctx context.Context, in *web.OfID) (*seenSessionOut, error) {
	s, err := room.ViewSession(ctx, in.ID)
	out := &seenSessionOut{}
	out.Body.SessionBody, out.Body.Reason, out.Body.Names = wireSession(s.Session), s.Why, staff.WireNames(s.Names)
	return out, err
}

// sessionStep is a step that needs nothing but its session.
func (room *Room) sessionStep(do func(ctx context.Context, session string) (Session, error)) func(context.Context, *web.OfID) (*sessionOut, error) {
	return func(ctx context.Context, in *web.OfID) (*sessionOut, error) {
		s, err := do(ctx, in.ID)
		return &sessionOut{wireSession(s)}, err
	}
}

func (room *Room) postPart(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Place  int    `json:"place" minimum:"0" doc:"of the part in the recording, from 0"`
		Events string `json:"events" maxLength:"262144" doc:"events of asciicast v2, one to a line; none says that the recorder is there"`
	}
}) (*sessionOut, error) {
	s, err := room.Record(ctx, in.ID, in.Body.Place, in.Body.Events)
	return &sessionOut{wireSession(s)}, err
}

func (room *Room) postVerdict(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Verdict string `json:"verdict" maxLength:"20" doc:"proper, improper"`
	}
}) (*sessionOut, error) {
	s, err := room.ReviewSession(ctx, in.ID, in.Body.Verdict)
	return &sessionOut{wireSession(s)}, err
}

// EventBody is one event of a recording on the wire.
type EventBody struct {
	At   float64 `json:"at" doc:"seconds since the beginning"`
	Kind string  `json:"kind" enum:"o,i,r,m"`
	Text string  `json:"text"`
}

type transcriptOut struct {
	Body struct {
		SessionBody
		Whole  bool        `json:"whole" doc:"no part is missing, and every one holds on to the one before"`
		Events []EventBody `json:"events"`
	}
}

func (room *Room) getTranscript(ctx context.Context, in *web.OfID) (*transcriptOut, error) {
	t, err := room.Replay(ctx, in.ID)
	out := &transcriptOut{}
	out.Body.SessionBody, out.Body.Whole, out.Body.Events = wireSession(t.Session), t.Whole, make([]EventBody, len(t.Events))
	for i, e := range t.Events {
		out.Body.Events[i] = EventBody(e)
	}
	return out, err
}

type recordingsOut struct{ Body staff.PageBody[RecordingBody] }

func (room *Room) getRecordings(ctx context.Context, in *web.Paging) (*recordingsOut, error) {
	l, err := room.ListRecordings(ctx, *in)
	return &recordingsOut{staff.WirePage(l, wireRecording)}, err
}

type recordingOut struct{ Body RecordingBody }

func (room *Room) postRecording(ctx context.Context, in *struct{ Body ReceivingRecording }) (*recordingOut, error) {
	r, err := room.Receive(ctx, in.Body)
	return &recordingOut{wireRecording(r)}, err
}

type seenRecordingOut struct {
	Body struct {
		RecordingBody
		Commands []Command `json:"commands"`
	}
}

func (room *Room) getRecording(ctx context.Context, in *web.OfID) (*seenRecordingOut, error) {
	s, err := room.ReplayRecording(ctx, in.ID)
	out := &seenRecordingOut{}
	out.Body.RecordingBody, out.Body.Commands = wireRecording(s.Recording), s.Ran
	return out, err
}
