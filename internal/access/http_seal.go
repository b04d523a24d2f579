package access

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) sealRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string, status int) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: tag, Status: status, Summary: summary}
	}
	web.Handle(s, op(http.MethodPost, "/api/seals", "placeSeal", "access.seal", "Seal a patient for public attention, or his documents in a dispute", http.StatusCreated), room.postSeal)
	web.Handle(s, op(http.MethodGet, "/api/seals", "listSeals", "access.see-seals", "List what is sealed, newest first", 0), room.getSeals)
	web.Handle(s, op(http.MethodGet, "/api/seals/{id}", "viewSeal", "access.see-seal", "Look into a seal: who may look through it now, its documents, its history", 0), room.getSeal)
	web.Handle(s, op(http.MethodGet, "/api/seals/{id}/look-back", "lookBackSeal", "access.see-seal", "List who did what with the patient in the days before", 0), room.getLookBack)
	web.Handle(s, op(http.MethodPost, "/api/seals/{id}/renew", "renewSeal", "access.renew-seal", "Say that an attention seal is still needed", 0), room.postRenew)
	web.Handle(s, op(http.MethodPost, "/api/seals/{id}/people", "listOnSeal", "access.list-on-seal", "Let somebody look through an attention seal, or no longer", 0), room.postListed)
	web.Handle(s, op(http.MethodPost, "/api/seals/{id}/documents", "addToSeal", "access.list-on-seal", "Add documents and the digest of the sealed copy to a dispute seal", 0), room.postDocuments)
	web.Handle(s, op(http.MethodPost, "/api/seals/{id}/unseal", "unseal", "access.unseal", "Lift an attention seal, or record that one side of a dispute agrees", 0), room.postUnseal)
	web.Handle(s, op(http.MethodPost, "/api/bars", "bar", "access.bar", "Keep somebody away from a patient", http.StatusCreated), room.postBar)
	web.Handle(s, op(http.MethodGet, "/api/bars", "listBars", "access.see-bars", "List who is kept away from whom", 0), room.getBars)
	web.Handle(s, op(http.MethodPost, "/api/bars/{id}/lift", "liftBar", "access.unbar", "End a bar now", http.StatusNoContent), room.postLiftBar)
}

// SealBody is a seal on the wire.
type SealBody struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"attention,dispute"`
	Patient    string     `json:"patient"`
	Owner      string     `json:"owner"`
	Since      time.Time  `json:"since"`
	RenewBy    *time.Time `json:"renewBy,omitempty" doc:"of an attention seal: when it asks; it does not end by itself"`
	FreeFrom   *time.Time `json:"freeFrom,omitempty" doc:"of a dispute seal: from when the hospital may open it alone"`
	Lifted     *time.Time `json:"lifted,omitempty"`
	LiftedBy   string     `json:"liftedBy,omitempty"`
	CopyDigest string     `json:"copyDigest,omitempty"`
}

func wireSeal(s Seal) SealBody {
	return SealBody{s.ID, s.Kind, s.Patient, s.Owner, s.Since, web.Moment(s.RenewBy), web.Moment(s.FreeFrom), web.Moment(s.Lifted), s.LiftedBy, hex.EncodeToString(s.Copy)}
}

type sealOut struct{ Body SealBody }

func oneSeal(s Seal, err error) (*sealOut, error) { return &sealOut{wireSeal(s)}, err }

func digestOf(text string) ([]byte, error) {
	digest, err := hex.DecodeString(text)
	if err != nil || len(digest) > 64 {
		return nil, errGrantInput.With().At("copyDigest", fault.Text{ZH: "应为十六进制摘要", EN: "should be a digest in hexadecimal"})
	}
	return digest, nil
}

func (room *Room) postSeal(ctx context.Context, in *struct {
	Body struct {
		Patient    string      `json:"patient" maxLength:"40"`
		Kind       string      `json:"kind" enum:"attention,dispute"`
		Words      string      `json:"words" maxLength:"4000"`
		People     []string    `json:"people,omitempty" doc:"who may look through an attention seal beside those who treat"`
		Parties    []partyBody `json:"parties,omitempty" doc:"of a dispute: both sides and the witnesses"`
		Documents  []string    `json:"documents,omitempty" doc:"of a dispute; all of the patient when absent"`
		CopyDigest string      `json:"copyDigest,omitempty" maxLength:"128"`
	}
}) (*sealOut, error) {
	digest, err := digestOf(in.Body.CopyDigest)
	if err != nil {
		return nil, err
	}
	asked := Sealing{Patient: in.Body.Patient, Kind: in.Body.Kind, Words: in.Body.Words, Persons: in.Body.People, Papers: in.Body.Documents, Copy: digest}
	for _, p := range in.Body.Parties {
		asked.Parties = append(asked.Parties, Party(p))
	}
	return oneSeal(room.PlaceSeal(ctx, asked))
}

func (room *Room) getSeals(ctx context.Context, in *struct {
	web.Paging
	Live bool `query:"live"`
}) (*pageOut[SealBody], error) {
	page, err := room.Seals(ctx, in.Live, in.Cursor, in.Limit)
	return &pageOut[SealBody]{web.Shown(page, wireSeal)}, err
}

type sealedPaperBody struct {
	Document string    `json:"document"`
	Version  int       `json:"version"`
	Digest   string    `json:"digest"`
	State    string    `json:"state" enum:"sealed,staged"`
	Since    time.Time `json:"since"`
}

type lookerBody struct {
	Person string    `json:"person"`
	By     string    `json:"by" doc:"list, or the kind of the relation"`
	Role   string    `json:"role,omitempty"`
	Until  time.Time `json:"until"`
}

type sealStepBody struct {
	Kind   string    `json:"kind"`
	At     time.Time `json:"at"`
	Person string    `json:"person"`
}

type partyBody struct {
	Side string `json:"side" enum:"hospital,patient,witness"`
	Name string `json:"name" maxLength:"320"`
}

type sealSeenOut struct {
	Body struct {
		SealBody
		Said      string                    `json:"said"`
		Overdue   bool                      `json:"overdue" doc:"it asks for its renewal"`
		Parties   []partyBody               `json:"parties"`
		Documents []sealedPaperBody         `json:"documents"`
		Lookers   []lookerBody              `json:"lookers" doc:"who may look through it at this moment"`
		Steps     []sealStepBody            `json:"steps"`
		Names     map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getSeal(ctx context.Context, in *web.OfID) (*sealSeenOut, error) {
	seen, err := room.ViewSeal(ctx, in.ID)
	out := &sealSeenOut{}
	out.Body.SealBody, out.Body.Said, out.Body.Overdue = wireSeal(seen.Seal), seen.Said, seen.Overdue
	out.Body.Names = staff.WireNames(seen.Names)
	for _, p := range seen.Present {
		out.Body.Parties = append(out.Body.Parties, partyBody(p))
	}
	for _, d := range seen.Documents {
		out.Body.Documents = append(out.Body.Documents, sealedPaperBody{d.Document, d.Version, hex.EncodeToString(d.Digest), d.State, d.Since})
	}
	for _, l := range seen.Listed {
		out.Body.Lookers = append(out.Body.Lookers, lookerBody{Person: l.Person, By: "list", Until: l.Until})
	}
	for _, m := range seen.Team {
		out.Body.Lookers = append(out.Body.Lookers, lookerBody{m.Person, m.Kind, m.Role, m.Until})
	}
	for _, step := range seen.Steps {
		out.Body.Steps = append(out.Body.Steps, sealStepBody{step.Kind, step.At, step.Person})
	}
	return out, err
}

type openedBody struct {
	Entry   string         `json:"entry"`
	At      time.Time      `json:"at"`
	Verb    string         `json:"verb"`
	Outcome string         `json:"outcome"`
	Person  string         `json:"person"`
	Who     staff.NameBody `json:"who"`
	Purpose string         `json:"purpose,omitempty"`
	Tie     string         `json:"tie,omitempty"`
}

func (room *Room) getLookBack(ctx context.Context, in *struct {
	web.OfID
	Days int `query:"days" default:"7" minimum:"1" maximum:"180"`
}) (*struct {
	Body struct {
		Items []openedBody `json:"items"`
	}
}, error) {
	all, err := room.LookBack(ctx, in.ID, in.Days)
	out := &struct {
		Body struct {
			Items []openedBody `json:"items"`
		}
	}{}
	out.Body.Items = make([]openedBody, len(all))
	for i, o := range all {
		out.Body.Items[i] = openedBody{o.ID, o.At, o.Verb, o.Outcome, o.Actor, staff.NameBody(o.Who), o.Purpose, o.Tie}
	}
	return out, err
}

func (room *Room) postRenew(ctx context.Context, in *web.OfID) (*sealOut, error) {
	return oneSeal(room.RenewSeal(ctx, in.ID))
}

func (room *Room) postListed(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Person string `json:"person" maxLength:"40"`
		Off    bool   `json:"off,omitempty" doc:"take the person off the list"`
	}
}) (*sealOut, error) {
	return oneSeal(room.ListOnSeal(ctx, in.ID, in.Body.Person, in.Body.Off))
}

func (room *Room) postDocuments(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Documents  []string `json:"documents,omitempty" doc:"those that are staged when absent"`
		CopyDigest string   `json:"copyDigest,omitempty" maxLength:"128"`
	}
}) (*sealOut, error) {
	digest, err := digestOf(in.Body.CopyDigest)
	if err != nil {
		return nil, err
	}
	return oneSeal(room.AddToSeal(ctx, in.ID, in.Body.Documents, digest))
}

func (room *Room) postUnseal(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Side  string `json:"side,omitempty" maxLength:"20" doc:"of a dispute: hospital or patient"`
		Words string `json:"words" maxLength:"4000"`
	}
}) (*sealOut, error) {
	return oneSeal(room.Unseal(ctx, in.ID, in.Body.Side, in.Body.Words))
}

type barBody struct {
	ID      string    `json:"id"`
	Person  string    `json:"person"`
	Patient string    `json:"patient"`
	Cause   string    `json:"cause" enum:"dispute,relative,own-wish,breach"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"`
	By      string    `json:"by"`
}

func wireBar(b Bar) barBody {
	return barBody{b.ID, b.Person, b.Patient, b.Cause, b.Since, b.Until, b.By}
}

func (room *Room) postBar(ctx context.Context, in *struct {
	Body struct {
		Person  string    `json:"person" maxLength:"40"`
		Patient string    `json:"patient" maxLength:"40"`
		Cause   string    `json:"cause" maxLength:"20" doc:"dispute, relative, own-wish or breach"`
		Words   string    `json:"words" maxLength:"4000"`
		Until   time.Time `json:"until"`
	}
}) (*struct{ Body barBody }, error) {
	b, err := room.BarFrom(ctx, Bar{Person: in.Body.Person, Patient: in.Body.Patient, Cause: in.Body.Cause, Until: in.Body.Until}, in.Body.Words)
	return &struct{ Body barBody }{wireBar(b)}, err
}

func (room *Room) getBars(ctx context.Context, in *web.Paging) (*pageOut[barBody], error) {
	page, err := room.Bars(ctx, in.Cursor, in.Limit)
	return &pageOut[barBody]{web.Shown(page, wireBar)}, err
}

func (room *Room) postLiftBar(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.LiftBar(ctx, in.ID)
}
