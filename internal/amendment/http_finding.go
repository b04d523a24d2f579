package amendment

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) routesOfFindings(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/documents/{id}/complaints", ID: "complainOfDocument", Verb: "amendment.complain", Tag: tag, Status: http.StatusCreated,
		Summary: "Enter a complaint that a document was collected unlawfully"}, room.postComplaint)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/complaints", ID: "listComplaints", Verb: "amendment.complaints", Tag: tag,
		Summary: "List complaints of unlawful collection, the newest first"}, room.getComplaints)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/complaints/{id}", ID: "viewComplaint", Verb: "amendment.complaints", Tag: tag,
		Summary: "Show a complaint with what was said"}, room.getComplaint)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/complaints/{id}/settle", ID: "settleComplaint", Verb: "amendment.settle-complaint", Tag: tag,
		Summary: "Quarantine what a complaint is about, release it, or remove it from use"}, room.postSettleComplaint)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/suspicions", ID: "listSuspicions", Verb: "amendment.suspicions", Tag: tag,
		Summary: "List entries that cannot be so, the newest first"}, room.getSuspicions)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/suspicions/{id}/review", ID: "reviewSuspicion", Verb: "amendment.review", Tag: tag,
		Summary: "Say of an entry that cannot be so what it is"}, room.postReview)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/claim-checks", ID: "checkClaims", Verb: "amendment.check-claims", Tag: tag, MaxBody: 8 << 20, Status: http.StatusCreated,
		Summary: "Hold what claims say against the signed record before they are submitted"}, room.postClaimCheck)
}

type complaintOut struct{ Body ComplaintBody }

func (room *Room) postComplaint(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Ground string `json:"ground" enum:"deceit,coercion,without-consent,beyond-purpose,other"`
		Words  string `json:"words" maxLength:"2000"`
	}
}) (*complaintOut, error) {
	c, err := room.Complain(ctx, in.ID, in.Body.Ground, in.Body.Words)
	return &complaintOut{wireComplaint(c)}, err
}

type complaintsOut struct{ Body ComplaintsBody }

func (room *Room) getComplaints(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"brought,quarantined,released,removed"`
}) (*complaintsOut, error) {
	l, err := room.Complaints(ctx, in.State, in.Paging)
	return &complaintsOut{ComplaintsBody{web.Shown(l.Page, wireComplaint), staff.WireNames(l.Names)}}, err
}

type complaintSeenOut struct{ Body ComplaintSeenBody }

func (room *Room) getComplaint(ctx context.Context, in *web.OfID) (*complaintSeenOut, error) {
	c, said, names, err := room.SayComplaint(ctx, in.ID)
	return &complaintSeenOut{ComplaintSeenBody{wireComplaint(c), said.Words, said.Reason, staff.WireNames(names)}}, err
}

func (room *Room) postSettleComplaint(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		State string `json:"state" enum:"quarantined,released,removed"`
		Words string `json:"words" maxLength:"2000" doc:"why"`
	}
}) (*complaintOut, error) {
	c, err := room.SettleComplaint(ctx, in.ID, in.Body.State, in.Body.Words)
	return &complaintOut{wireComplaint(c)}, err
}

type suspicionsOut struct{ Body SuspicionsBody }

func (room *Room) getSuspicions(ctx context.Context, in *struct {
	web.Paging
	State string `query:"state" enum:"open,cleared,confirmed"`
}) (*suspicionsOut, error) {
	l, err := room.Suspicions(ctx, in.State, in.Paging)
	return &suspicionsOut{SuspicionsBody{web.Shown(l.Page, wireSuspicion), staff.WireNames(l.Names)}}, err
}

type suspicionOut struct{ Body SuspicionBody }

func (room *Room) postReview(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		State string `json:"state" enum:"cleared,confirmed"`
		Words string `json:"words" maxLength:"2000" doc:"why"`
	}
}) (*suspicionOut, error) {
	s, err := room.Review(ctx, in.ID, in.Body.State, in.Body.Words)
	return &suspicionOut{wireSuspicion(s)}, err
}

type claimCheckOut struct{ Body ClaimCheckBody }

func (room *Room) postClaimCheck(ctx context.Context, in *struct {
	Body struct {
		Task   string      `json:"task" maxLength:"40" doc:"the claim task that lists the claims"`
		Claims []ClaimSaid `json:"claims" maxItems:"5000" nullable:"false"`
	}
}) (*claimCheckOut, error) {
	c, found, err := room.CheckClaims(ctx, in.Body.Task, in.Body.Claims)
	return &claimCheckOut{ClaimCheckBody{c.ID, c.Claims, c.Compared, append([]ClaimDifference{}, found...), c.At}}, err
}
