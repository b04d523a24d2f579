package output

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "output"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.routesOfProfiles(s)
	room.routesOfPrints(s)
	room.routesOfExports(s)
	room.routesOfRoutes(s)
	room.routesOfAttachments(s)
}

func (room *Room) routesOfProfiles(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/profiles", ID: "listOutputProfiles", Verb: "output.see", Tag: tag,
		Summary: "List the profiles by which something leaves"}, room.getProfiles)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/output/profiles/{id}", ID: "setOutputProfile", Verb: "output.set-profile", Tag: tag,
		Summary: "Set a profile, or add one"}, room.putProfile)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/quota", ID: "outputQuota", Verb: "output.see", Tag: tag,
		Summary: "Show how much of a profile's quota the caller has used"}, room.getQuota)
}

func (room *Room) routesOfPrints(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/prints", ID: "printDocuments", Verb: "output.print", Tag: tag,
		Status: http.StatusCreated, Timeout: time.Minute, Summary: "Make a marked copy of documents of one patient, or put it into the queue"}, room.postPrint)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/prints", ID: "listHeldPrints", Verb: "output.see", Tag: tag,
		Summary: "List the caller's prints that wait in the queue"}, room.getPrints)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/prints/{id}/release", ID: "releasePrint", Verb: "output.release", Tag: tag,
		Summary: "Hand over a print of one's own, after showing again who one is"}, room.postRelease)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/prints/{id}/cancel", ID: "cancelPrint", Verb: "output.cancel", Tag: tag,
		Summary: "Take a print of one's own out of the queue"}, room.postCancelPrint)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/issues", ID: "listIssues", Verb: "output.see", Tag: tag,
		Summary: "List what left: one's own, and all of it to those who watch"}, room.getIssues)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/copies", ID: "copyText", Verb: "output.copy", Tag: tag,
		Status: http.StatusCreated, Summary: "Count that text of a document is copied, and return the line that goes with it"}, room.postCopy)
	const open = "whoever holds a copy compares it; the answer names nobody and tells no content, is bounded by address, and is accounted for"
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/verify/{code}", ID: "verifyIssue", Tag: tag, Open: open,
		Summary: "Say whether a copy with this code was issued, and of what"}, room.getVerify)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/verify/{code}", ID: "verifyFile", Tag: tag, Open: open, MaxBody: 16 << 20, Timeout: time.Minute,
		Summary: "Say whether a file is what was issued under this code"}, room.postVerify)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/stations/{id}/fetch", ID: "fetchPrints", Tag: tag,
		Open:    "a printer station shows its secret and a person his card; prints are released in his name, under his rights",
		Summary: "Hand over the prints that wait for the holder of a card"}, room.postFetch)
}

func (room *Room) routesOfExports(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/lists", ID: "listExportable", Verb: "output.see", Tag: tag,
		Summary: "List what can be exported, with columns"}, room.getLists)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports", ID: "askExport", Verb: "output.export", Tag: tag,
		Status: http.StatusCreated, Summary: "Begin to export a list"}, room.postExport)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/exports", ID: "listExports", Verb: "output.see", Tag: tag,
		Summary: "List exports: one's own, and all of them to those who decide or watch"}, room.getExports)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/exports/{id}", ID: "viewExport", Verb: "output.see", Tag: tag,
		Summary: "Show an export with its progress and who has approved it"}, room.getExport)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports/{id}/approve", ID: "approveExport", Verb: "output.approve", Tag: tag,
		Summary: "Approve a large export; the second of two gets the release code"}, room.postApprove)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports/{id}/refuse", ID: "refuseExport", Verb: "output.refuse", Tag: tag,
		Summary: "Refuse a large export, of which nothing remains"}, room.onExport(room.Refuse))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports/{id}/dispose", ID: "disposeExport", Verb: "output.dispose", Tag: tag,
		Summary: "Release a suspicious export, or confirm the suspicion"}, room.postDispose)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports/{id}/cancel", ID: "cancelExport", Verb: "output.cancel", Tag: tag,
		Summary: "Take an export of one's own back"}, room.onExport(room.CancelExport))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports/{id}/pledge", ID: "pledgeExport", Verb: "output.pledge", Tag: tag,
		Summary: "Sign for a file with personal data, before it is fetched"}, room.onExport(room.Pledge))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/exports/{id}/download", ID: "downloadExport", Verb: "output.download", Tag: tag,
		Timeout: time.Minute, Summary: "Fetch a file in the session that asked for it"}, room.postDownload)
}

func (room *Room) routesOfRoutes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/forwards", ID: "forwardDocument", Verb: "output.forward", Tag: tag,
		Status: http.StatusCreated, Summary: "Point a document out to a colleague, who opens it by his own right"}, room.postForward)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/forwards", ID: "listForwards", Verb: "output.see", Tag: tag,
		Summary: "List what colleagues pointed out to the caller"}, room.getForwards)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/forwards/{id}/open", ID: "openForward", Verb: "output.open", Tag: tag,
		Summary: "Open what was forwarded to the caller"}, room.postOpenForward)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/channels", ID: "listRoutes", Verb: "output.see", Tag: tag,
		Summary: "List the routes that may carry what is sensitive, with how often they were used and refused"}, room.getChannels)
	web.Handle(s, web.Op{Method: http.MethodPut, Path: "/api/output/channels/{id}", ID: "setRoute", Verb: "output.set-channel", Tag: tag,
		Summary: "Register a route until a day"}, room.putChannel)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/sends", ID: "maySend", Verb: "output.send", Tag: tag,
		Summary: "Ask whether content of a level may take a route; the answer is kept"}, room.postSend)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/events", ID: "reportLeaving", Verb: "output.report", Tag: tag,
		Status: http.StatusCreated, Summary: "Report what another system saw leave"}, room.postEvent)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/stations", ID: "listStations", Verb: "output.set-station", Tag: tag,
		Summary: "List the printer stations, for those who register them"}, room.getStations)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/output/badges", ID: "listBadges", Verb: "output.set-station", Tag: tag,
		Summary: "List whose cards fetch prints, for those who register them"}, room.getBadges)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/stations", ID: "setStation", Verb: "output.set-station", Tag: tag,
		Status: http.StatusCreated, Summary: "Register a printer station; its secret is shown once"}, room.postStation)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/output/badges", ID: "setBadge", Verb: "output.set-station", Tag: tag,
		Status: http.StatusCreated, Summary: "Register a card by which a person fetches prints"}, room.postBadge)
}

type profilesOut struct {
	Body struct {
		Items []profileBody `json:"items"`
	}
}

func (room *Room) getProfiles(ctx context.Context, _ *struct{}) (*profilesOut, error) {
	all, err := room.Profiles(ctx)
	out := &profilesOut{}
	out.Body.Items = make([]profileBody, len(all))
	for i, p := range all {
		out.Body.Items[i] = wireProfile(p)
	}
	return out, err
}

type profileOut struct{ Body profileBody }

func (room *Room) putProfile(ctx context.Context, in *struct {
	web.OfID
	Body profileIn
}) (*profileOut, error) {
	p, err := room.SetProfile(ctx, in.Body.domain(in.ID), in.Body.Rev)
	return &profileOut{wireProfile(p)}, err
}

type quotaOut struct{ Body Used }

func (room *Room) getQuota(ctx context.Context, in *struct {
	Profile string `query:"profile" maxLength:"40" required:"true"`
}) (*quotaOut, error) {
	used, err := room.MyQuota(ctx, in.Profile)
	return &quotaOut{used}, err
}

type issuesOut struct {
	Body struct {
		Items []IssueBody               `json:"items"`
		Next  string                    `json:"next,omitempty"`
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getIssues(ctx context.Context, in *web.Paging) (*issuesOut, error) {
	page, err := room.Issues(ctx, in.Cursor, in.Limit)
	out := &issuesOut{}
	out.Body.Items, out.Body.Next, out.Body.Names = make([]IssueBody, len(page.Items)), page.Next, staff.WireNames(page.Names)
	for i, one := range page.Items {
		out.Body.Items[i] = wireIssue(one)
	}
	return out, err
}
