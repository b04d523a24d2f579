package handover

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/staff"
)

const tag = "handover"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/handovers", ID: "listHandovers", Verb: "handover.list", Tag: tag,
		Summary: "List the handovers of the house and their rehearsals, the newest first"}, room.getCases)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/handovers", ID: "openHandover", Verb: "handover.open", Tag: tag, Status: http.StatusCreated,
		Summary: "Ask for a handover of the house, or for a rehearsal"}, room.postCase)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/handovers/{id}", ID: "viewHandover", Verb: "handover.view", Tag: tag,
		Summary: "Show a handover with its inventory, receipts, comparisons and signatures"}, room.getCase)
	step := func(name, id, verb, summary string, do func(context.Context, string) (Case, error)) {
		web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/handovers/{id}/" + name, ID: id, Verb: verb, Tag: tag, Summary: summary}, room.on(do))
	}
	step("approve", "approveHandover", "handover.approve", "Begin a handover: people do not write from now on, and the export is made", room.Approve)
	step("release", "releaseHandover", "handover.release", "Let the export leave for its receiver", room.Release)
	step("supplement", "supplementHandover", "handover.supplement", "Make a further run of what came or changed since", room.Supplement)
	step("sign", "signHandover", "handover.sign", "Sign a handover for the giver; the receiver signs by its receipt", room.Sign)
	step("again", "resumeHandover", "handover.again", "Go on with an export or a comparison that gave up", room.Again)
	step("close", "closeHandover", "handover.close", "Close a handover of which nothing is missing", room.Close)
	step("stop", "stopHandover", "handover.stop", "Stop a handover that will not be completed", room.Stop)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/handovers/{id}/parts/{number}", ID: "fetchHandoverPart", Verb: "handover.fetch", Tag: tag, Timeout: 10 * time.Minute,
		Summary: "Fetch a part of the export, sealed to the receiver"}, room.getPart)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/handovers/{id}/receipt", ID: "bringHandoverReceipt", Verb: "handover.receive", Tag: tag, MaxBody: 1 << 20,
		Summary: "Bring the receipt that the receiver signed"}, room.postReceipt)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/handovers/{id}/compare", ID: "compareHandover", Verb: "handover.compare", Tag: tag, Status: http.StatusAccepted,
		Summary: "Begin to compare everything the house holds with what was carried"}, room.comparingBy(room.Compare))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/handovers/{id}/compare/cancel", ID: "cancelHandoverComparison", Verb: "handover.cancel-comparison", Tag: tag,
		Summary: "Cancel the comparison that is under way"}, room.comparingBy(room.CancelComparison))
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/handovers/{id}/comparisons/{number}/differences", ID: "listHandoverDifferences", Verb: "handover.view", Tag: tag,
		Summary: "List what a comparison found, row by row"}, room.getDifferences)
}

type casesOut struct{ Body CasesBody }

func (room *Room) getCases(ctx context.Context, in *web.Paging) (*casesOut, error) {
	l, err := room.List(ctx, *in)
	now := room.desk.Now()
	return &casesOut{CasesBody{web.Shown(l.Page, func(c Case) CaseBody { return wireCase(c, now) }), staff.WireNames(l.Names)}}, err
}

type caseOut struct{ Body CaseBody }

func (room *Room) postCase(ctx context.Context, in *struct{ Body OpeningBody }) (*caseOut, error) {
	c, err := room.Open(ctx, Opening(in.Body))
	return &caseOut{wireCase(c, room.desk.Now())}, err
}

func (room *Room) on(do func(ctx context.Context, id string) (Case, error)) func(context.Context, *web.OfID) (*caseOut, error) {
	return func(ctx context.Context, in *web.OfID) (*caseOut, error) {
		c, err := do(ctx, in.ID)
		return &caseOut{wireCase(c, room.desk.Now())}, err
	}
}

type seenOut struct{ Body SeenBody }

func (room *Room) getCase(ctx context.Context, in *web.OfID) (*seenOut, error) {
	s, err := room.View(ctx, in.ID)
	return &seenOut{wireSeen(s, room.desk.Now())}, err
}

func (room *Room) getPart(ctx context.Context, in *struct {
	web.OfID
	Number int `path:"number" minimum:"1"`
}) (*web.Stream, error) {
	f, err := room.Fetch(ctx, in.ID, in.Number)
	if err != nil {
		return nil, err
	}
	return web.Download("application/octet-stream", fmt.Sprintf("%s-%d-%06d.medward", f.Handover, f.Run, f.Number), f.Bytes, f.Content), nil
}

func (room *Room) postReceipt(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Receipt   []byte `json:"receipt" maxLength:"1000000" doc:"as the receiver's file holds it"`
		Signature []byte `json:"signature" maxLength:"400"`
	}
}) (*caseOut, error) {
	c, err := room.Receive(ctx, in.ID, bundle.Signed(in.Body))
	return &caseOut{wireCase(c, room.desk.Now())}, err
}

type comparingOut struct{ Body ComparingBody }

func (room *Room) comparingBy(do func(ctx context.Context, id string) (Comparing, error)) func(context.Context, *web.OfID) (*comparingOut, error) {
	return func(ctx context.Context, in *web.OfID) (*comparingOut, error) {
		c, err := do(ctx, in.ID)
		return &comparingOut{wireComparing(c)}, err
	}
}

type differencesOut struct {
	Body web.Page[ListedDifferenceBody]
}

func (room *Room) getDifferences(ctx context.Context, in *struct {
	web.OfID
	Number int `path:"number" minimum:"1"`
	web.Paging
}) (*differencesOut, error) {
	page, err := room.Differences(ctx, in.ID, in.Number, in.Paging)
	return &differencesOut{web.Shown(page, func(l Listing) ListedDifferenceBody { return ListedDifferenceBody{l.Number, l.Kind, l.Set, l.Record} })}, err
}
