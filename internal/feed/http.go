package feed

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "feed"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/feeds", ID: "listFeeds", Verb: "feed.list", Tag: tag,
		Summary: "List the feeds by code, with how each stands"}, room.getFeeds)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/feeds/choices", ID: "listFeedChoices", Verb: "feed.list", Tag: tag,
		Summary: "List the connections and shapes that a feed can have"}, room.getChoices)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/feeds/mapping", ID: "setFeedMapping", Verb: "feed.map", Tag: tag,
		Summary: "Keep a new version of the mapping of a feed; somebody else approves it"}, room.postMapping)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/feeds/try", ID: "tryFeedMapping", Verb: "feed.try", Tag: tag, Timeout: 6 * time.Minute,
		Summary: "Tell what a run would take, and change nothing"}, room.postTry)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/feeds/approve", ID: "approveFeedMapping", Verb: "feed.approve", Tag: tag,
		Summary: "Put the newest version of a mapping into force; somebody unrelated to its writer"}, room.postApprove)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/feeds/runs", ID: "listFeedRuns", Verb: "feed.list", Tag: tag,
		Summary: "List runs, newest first"}, room.getRuns)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/feeds/runs", ID: "beginFeedRun", Verb: "feed.begin", Tag: tag, Status: http.StatusCreated,
		Summary: "Begin a run"}, room.postRun)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/feeds/runs/{id}", ID: "viewFeedRun", Verb: "feed.list", Tag: tag,
		Summary: "Show a run"}, room.getRun)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/feeds/runs/{id}/findings", ID: "listFeedFindings", Verb: "feed.open", Tag: tag,
		Summary: "List what was set aside in a run and what a person should know, in the order of its rows"}, room.getFindings)
}

type feedsOut struct{ Body staff.PageBody[FeedBody] }

func (room *Room) getFeeds(ctx context.Context, in *web.Paging) (*feedsOut, error) {
	l, err := room.Feeds(ctx, *in)
	return &feedsOut{staff.WirePage(l, wireFeed)}, err
}

type choicesOut struct{ Body ChoicesBody }

func (room *Room) getChoices(ctx context.Context, _ *struct{}) (*choicesOut, error) {
	out := &choicesOut{}
	err := room.told(ctx, "feed.list", func(context.Context, *act.Reading) error {
		out.Body.Connections, out.Body.Shapes = room.wireConnections(), Shapes()
		return nil
	})
	return out, err
}

type versionOut struct{ Body VersionBody }

func (room *Room) postMapping(ctx context.Context, in *struct{ Body WritingBody }) (*versionOut, error) {
	v, err := room.SetMapping(ctx, in.Body.writing())
	return &versionOut{wireVersion(v)}, err
}

type trialOut struct{ Body TrialBody }

func (room *Room) postTry(ctx context.Context, in *struct{ Body WritingBody }) (*trialOut, error) {
	t, err := room.Try(ctx, in.Body.writing())
	return &trialOut{wireTrial(t)}, err
}

func (room *Room) postApprove(ctx context.Context, in *struct {
	Body struct {
		Feed string `json:"feed" maxLength:"40"`
		Rev  int    `json:"rev" doc:"the version that was seen"`
	}
}) (*versionOut, error) {
	v, err := room.Approve(ctx, in.Body.Feed, in.Body.Rev)
	return &versionOut{wireVersion(v)}, err
}

type runsOut struct{ Body staff.PageBody[RunBody] }

func (room *Room) getRuns(ctx context.Context, in *struct {
	web.Paging
	Feed string `query:"feed" maxLength:"40" doc:"only of this feed"`
}) (*runsOut, error) {
	l, err := room.Runs(ctx, in.Feed, in.Paging)
	return &runsOut{staff.WirePage(l, wireRun)}, err
}

type runOut struct{ Body RunBody }

func (room *Room) postRun(ctx context.Context, in *struct {
	Body struct {
		Feed  string `json:"feed" maxLength:"40"`
		Whole bool   `json:"whole,omitempty" doc:"a table of less than half its rows is right"`
	}
}) (*runOut, error) {
	run, err := room.BeginRun(ctx, in.Body.Feed, in.Body.Whole)
	return &runOut{wireRun(run)}, err
}

func (room *Room) getRun(ctx context.Context, in *web.OfID) (*runOut, error) {
	run, err := room.ViewRun(ctx, in.ID)
	return &runOut{wireRun(run)}, err
}

type findingsOut struct{ Body web.Page[FindingBody] }

func (room *Room) getFindings(ctx context.Context, in *struct {
	web.OfID
	web.Paging
}) (*findingsOut, error) {
	page, err := room.Findings(ctx, in.ID, in.Paging)
	return &findingsOut{web.Shown(page, wireFinding)}, err
}
