package exchange

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "exchange"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/exchange/card", ID: "viewExchangeCard", Verb: "exchange.list", Tag: tag,
		Summary: "Show the card of this house, for another to register"}, room.getCard)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/exchange/keys", ID: "makeExchangeKeys", Verb: "exchange.make-keys", Tag: tag, Status: http.StatusCreated,
		Summary: "Make new keys of this house; what was sealed for the older ones still opens"}, room.postKeys)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/exchange/partners", ID: "listPartners", Verb: "exchange.list", Tag: tag,
		Summary: "List the houses with which packages are exchanged, the newest first"}, room.getPartners)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/exchange/partners", ID: "registerPartner", Verb: "exchange.register", Tag: tag, Status: http.StatusCreated,
		Summary: "Register another house with its keys; nothing is exchanged before somebody else has compared them"}, room.postPartner)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/exchange/partners/{id}/approve", ID: "approvePartner", Verb: "exchange.approve", Tag: tag,
		Summary: "Begin the exchange with a house whose fingerprint it read out by another way"}, room.postApprove)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/exchange/partners/{id}/end", ID: "endPartner", Verb: "exchange.end", Tag: tag,
		Summary: "Stop the exchange with a house for good"}, room.postEnd)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/exchange/packages", ID: "sendPackage", Verb: "exchange.send", Tag: tag, Status: http.StatusCreated,
		Timeout: time.Minute, Summary: "Send documents of a patient to a partner; what does not keep the standard of shared documents keeps all of it back"}, room.postSend)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/exchange/packages/{id}/resend", ID: "resendPackage", Verb: "exchange.send", Tag: tag,
		Summary: "Have a package carried again that was given up"}, room.postResend)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/exchange/packages", ID: "listPackages", Verb: "exchange.trace", Tag: tag,
		Summary: "List the packages that were sent, the newest first"}, room.getPackages)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/exchange/packages/{id}", ID: "viewPackage", Verb: "exchange.trace", Tag: tag,
		Summary: "Show a package that was sent, with the answer to each try"}, room.getPackage)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/exchange/arrivals", ID: "listArrivals", Verb: "exchange.trace", Tag: tag,
		Summary: "List what arrived, with what was kept apart and why, the newest first"}, room.getArrivals)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/packages", ID: "receivePackage", Verb: "exchange.receive", Tag: tag, MaxBody: MaxPackage + 1<<20,
		Timeout: 5 * time.Minute, Summary: "Take a package from another house and answer with a signed receipt"}, room.postPackage)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/packages/verify/{digest}", ID: "verifyPackage", Tag: tag,
		Open:    "whoever holds a package asks whether this house made it; the answer names nobody, is bounded by address, and is accounted for",
		Summary: "Say whether this house made a package with this SM3 or SHA-256"}, room.getVerify)
}

type cardOut struct{ Body OwnCardBody }

func (room *Room) getCard(ctx context.Context, _ *struct{}) (*cardOut, error) {
	c, err := room.Card(ctx)
	return &cardOut{wireCard(c)}, err
}

func (room *Room) postKeys(ctx context.Context, in *struct {
	Body struct {
		Name string `json:"name" maxLength:"320" doc:"by which others know this house"`
	}
}) (*cardOut, error) {
	c, err := room.MakeKeys(ctx, in.Body.Name)
	return &cardOut{wireCard(c)}, err
}

type partnersOut struct{ Body PartnersBody }

func (room *Room) getPartners(ctx context.Context, in *web.Paging) (*partnersOut, error) {
	l, err := room.Partners(ctx, *in)
	now := room.desk.Now()
	return &partnersOut{PartnersBody{web.Shown(l.Page, func(p Partner) PartnerBody { return wirePartner(p, now) }), staff.WireNames(l.Names)}}, err
}

type partnerOut struct{ Body PartnerBody }

func (room *Room) postPartner(ctx context.Context, in *struct{ Body RegisteringBody }) (*partnerOut, error) {
	p, err := room.Register(ctx, Registering(in.Body))
	return &partnerOut{wirePartner(p, room.desk.Now())}, err
}

func (room *Room) postApprove(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Fingerprint string `json:"fingerprint" maxLength:"200" doc:"as the other house read it out: sixteen digits or more"`
	}
}) (*partnerOut, error) {
	p, err := room.Approve(ctx, in.ID, in.Body.Fingerprint)
	return &partnerOut{wirePartner(p, room.desk.Now())}, err
}

func (room *Room) postEnd(ctx context.Context, in *web.OfID) (*partnerOut, error) {
	p, err := room.End(ctx, in.ID)
	return &partnerOut{wirePartner(p, room.desk.Now())}, err
}

type packageOut struct{ Body PackageBody }

func (room *Room) postSend(ctx context.Context, in *struct {
	Body struct {
		Partner   string   `json:"partner" maxLength:"40"`
		Patient   string   `json:"patient" maxLength:"40"`
		Documents []string `json:"documents" maxItems:"200" nullable:"false"`
	}
}) (*packageOut, error) {
	p, err := room.Send(ctx, Sending(in.Body))
	return &packageOut{wirePackage(p)}, err
}

func (room *Room) postResend(ctx context.Context, in *web.OfID) (*packageOut, error) {
	p, err := room.Resend(ctx, in.ID)
	return &packageOut{wirePackage(p)}, err
}

type packagesOut struct{ Body PackagesBody }

func (room *Room) getPackages(ctx context.Context, in *web.Paging) (*packagesOut, error) {
	l, err := room.Packages(ctx, *in)
	return &packagesOut{PackagesBody{web.Shown(l.Page, wirePackage), staff.WireNames(l.Names)}}, err
}

type carriedOut struct{ Body CarriedBody }

func (room *Room) getPackage(ctx context.Context, in *web.OfID) (*carriedOut, error) {
	c, err := room.View(ctx, in.ID)
	return &carriedOut{wireCarried(c)}, err
}

type arrivalsOut struct{ Body web.Page[ArrivalBody] }

func (room *Room) getArrivals(ctx context.Context, in *web.Paging) (*arrivalsOut, error) {
	l, err := room.Arrivals(ctx, *in)
	return &arrivalsOut{web.Shown(l.Page, wireArrival)}, err
}

type receiptOut struct{ Body SignedReceipt }

func (room *Room) postPackage(ctx context.Context, in *struct {
	RawBody []byte `contentType:"application/octet-stream"`
}) (*receiptOut, error) {
	s, err := room.Receive(ctx, in.RawBody)
	return &receiptOut{s}, err
}

type vouchedOut struct{ Body VouchedBody }

func (room *Room) getVerify(ctx context.Context, in *struct {
	Digest string `path:"digest" maxLength:"64" doc:"SM3 or SHA-256 of the file, hexadecimal"`
}) (*vouchedOut, error) {
	digest, err := hex.DecodeString(in.Digest)
	if err != nil {
		digest = nil // which no check takes
	}
	v, err := room.Verify(ctx, digest)
	return &vouchedOut{VouchedBody{v.Known, v.Sequence, web.Moment(v.Sent), v.Count, v.Received}}, err
}
