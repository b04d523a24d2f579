package sharing

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "sharing"

// Routes adds the operations of the room.
func (room *Room) Routes(s *web.Server) {
	room.routesOfClaims(s)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/kinds", ID: "listRequesters", Verb: "sharing.list", Tag: tag,
		Summary: "List the kinds of requester and what each must present"}, room.getKinds)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/cases", ID: "listCases", Verb: "sharing.list", Tag: tag,
		Summary: "List cases, the newest first, with figures about all"}, room.getCases)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases", ID: "receiveCase", Verb: "sharing.receive", Tag: tag,
		Status: http.StatusCreated, Summary: "Receive a request from outside"}, room.postCase)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/cases/{id}", ID: "viewCase", Verb: "sharing.view", Tag: tag,
		Summary: "Show a case with its documents, steps and hand-overs"}, room.getCase)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/check", ID: "checkCase", Verb: "sharing.check", Tag: tag,
		Summary: "Record that the identities were checked; two different people do"}, room.step1(room.CheckIdentity))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/scope", ID: "scopeCase", Verb: "sharing.fix-scope", Tag: tag,
		Summary: "Fix what may be shown, who assists and until when"}, room.postScope)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/sharing/cases/{id}/items", ID: "listCaseItems", Verb: "sharing.list-items", Tag: tag,
		Summary: "List the headings of what lies in the scope, for the legal review"}, room.getItems)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/masking", ID: "maskCase", Verb: "sharing.fix-masking", Tag: tag,
		Summary: "Rule item by item what is disclosed and what masked"}, room.postMasking)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/approve", ID: "approveCase", Verb: "sharing.approve", Tag: tag,
		Summary: "Approve a case"}, room.step1(room.Approve))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/confirm", ID: "confirmCase", Verb: "sharing.confirm", Tag: tag,
		Summary: "Confirm what the administrator on duty approved"}, room.step1(room.Confirm))
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/refuse", ID: "refuseCase", Verb: "sharing.refuse", Tag: tag,
		Summary: "Refuse a case, with a reason"}, room.postRefuse)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/hand-over", ID: "handOver", Verb: "sharing.disclose", Tag: tag,
		Status: http.StatusCreated, Timeout: time.Minute, Summary: "Show documents under supervision, or hand over stamped copies"}, room.postHandOver)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/return", ID: "takeBack", Verb: "sharing.return", Tag: tag,
		Status: http.StatusNoContent, Summary: "Record what became of a copy"}, room.postReturn)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/sharing/cases/{id}/close", ID: "closeCase", Verb: "sharing.close", Tag: tag,
		Summary: "End a case that was answered"}, room.step1(room.Close))
}

type requestersOut struct {
	Body struct {
		Items []Kind `json:"items"`
	}
}

func (room *Room) getKinds(ctx context.Context, _ *struct{}) (*requestersOut, error) {
	out := &requestersOut{}
	var err error
	out.Body.Items, err = room.Requesters(ctx)
	return out, err
}

type casesOut struct {
	Body struct {
		web.Page[CaseBody]
		Figures  []Figure                  `json:"figures"`
		Names    map[string]staff.NameBody `json:"names"`
		Patients map[string]string         `json:"patients" doc:"masked names"`
	}
}

func (room *Room) getCases(ctx context.Context, in *web.Paging) (*casesOut, error) {
	l, err := room.List(ctx, in.Cursor, in.Limit)
	out := &casesOut{}
	now := room.desk.Now()
	out.Body.Page = web.Shown(l.Page, func(c Case) CaseBody { return wireCase(c, now) })
	out.Body.Figures, out.Body.Names, out.Body.Patients = l.Figures, staff.WireNames(l.Names), l.Patients
	return out, err
}

type caseOut struct{ Body CaseBody }

func (room *Room) postCase(ctx context.Context, in *struct {
	Body struct {
		Patient string `json:"patient" maxLength:"40"`
		Kind    string `json:"kind" maxLength:"40"`
		Agency  string `json:"agency,omitempty" maxLength:"320" doc:"the institution in whose name they come"`
		Basis   string `json:"basis" maxLength:"2000" doc:"the law, or the reason"`
		Papers
	}
}) (*caseOut, error) {
	b := in.Body
	c, err := room.Receive(ctx, Receiving{Patient: b.Patient, Kind: b.Kind, Agency: b.Agency, Basis: b.Basis, Papers: b.Papers})
	return &caseOut{wireCase(c, room.desk.Now())}, err
}

type seenOut struct{ Body seenBody }

func (room *Room) getCase(ctx context.Context, in *web.OfID) (*seenOut, error) {
	s, err := room.View(ctx, in.ID)
	return &seenOut{wireSeen(s, room.desk.Now())}, err
}

// step1 is a step that needs nothing but its case.
func (room *Room) step1(do func(ctx context.Context, caseID string) (Case, error)) func(context.Context, *web.OfID) (*caseOut, error) {
	return func(ctx context.Context, in *web.OfID) (*caseOut, error) {
		c, err := do(ctx, in.ID)
		return &caseOut{wireCase(c, room.desk.Now())}, err
	}
}

func (room *Room) postScope(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Scope     Scope     `json:"scope"`
		Assistant string    `json:"assistant" maxLength:"40" doc:"the person who will show or hand over"`
		Until     time.Time `json:"until"`
	}
}) (*caseOut, error) {
	c, err := room.FixScope(ctx, in.ID, Scoping(in.Body))
	return &caseOut{wireCase(c, room.desk.Now())}, err
}

type itemsOut struct {
	Body struct {
		Items []Outlined `json:"items"`
		More  bool       `json:"more" doc:"the scope holds more documents than can be ruled upon; what is not ruled upon is cut to the minimum"`
	}
}

func (room *Room) getItems(ctx context.Context, in *web.OfID) (*itemsOut, error) {
	found, err := room.Items(ctx, in.ID)
	out := &itemsOut{}
	out.Body.Items, out.Body.More = found.Documents, found.More
	return out, err
}

func (room *Room) postMasking(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Items []Item `json:"items" maxItems:"400"`
	}
}) (*caseOut, error) {
	c, err := room.FixMasking(ctx, in.ID, in.Body.Items)
	return &caseOut{wireCase(c, room.desk.Now())}, err
}

func (room *Room) postRefuse(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Words string `json:"words" maxLength:"2000"`
	}
}) (*caseOut, error) {
	c, err := room.Refuse(ctx, in.ID, in.Body.Words)
	return &caseOut{wireCase(c, room.desk.Now())}, err
}

type handedOut struct{ Body handedBody }

func (room *Room) postHandOver(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Manner    string         `json:"manner" maxLength:"40" doc:"viewed, copied"`
		Medium    string         `json:"medium,omitempty" maxLength:"320"`
		Format    string         `json:"format,omitempty" enum:"html,pdf" default:"html" doc:"of a copy"`
		Copies    int            `json:"copies,omitempty" minimum:"1" maximum:"20" default:"1"`
		Documents []string       `json:"documents" maxItems:"50"`
		Pages     map[string]int `json:"pages,omitempty" doc:"by document"`
		Receipt   string         `json:"receipt,omitempty" maxLength:"64" doc:"SM3 digest of the receipt that both sides signed"`
		ReturnBy  time.Time      `json:"returnBy,omitzero" required:"false"`
	}
}) (*handedOut, error) {
	b := in.Body
	h, err := room.HandOver(ctx, in.ID, Handing{
		Manner: b.Manner, Medium: b.Medium, Format: b.Format, Copies: b.Copies, Documents: b.Documents, Pages: b.Pages, Receipt: digestOf(b.Receipt), ReturnBy: b.ReturnBy,
	})
	return &handedOut{wireHanded(h)}, err
}

func (room *Room) postReturn(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Handover string `json:"handover" maxLength:"40"`
		Outcome  string `json:"outcome" maxLength:"40" doc:"returned, destroyed, kept-on-file"`
		Evidence string `json:"evidence,omitempty" maxLength:"64"`
	}
}) (*struct{}, error) {
	return nil, room.TakeBack(ctx, in.ID, in.Body.Handover, in.Body.Outcome, digestOf(in.Body.Evidence))
}
