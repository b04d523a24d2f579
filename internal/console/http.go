package console

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const tag = "ledger"

// Routes adds the operations of the console.
func (room *Room) Routes(s *web.Server) {
	room.routesOfMine(s)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/ledger", ID: "searchLedger", Verb: "ledger.search", Tag: tag,
		Summary: "Search the audit ledger, newest first"}, room.getLines)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/ledger/entries/{entry}", ID: "viewEntry", Verb: "ledger.view", Tag: tag,
		Summary: "Show one entry, by its id or position"}, room.getEntry)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/ledger/entries/{entry}/proof", ID: "proveEntry", Verb: "ledger.prove", Tag: tag,
		Summary: "Prove that an entry is in the tree of the newest signed checkpoint"}, room.getProof)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/ledger/checkpoint", ID: "latestCheckpoint", Verb: "ledger.checkpoint", Tag: tag,
		Summary: "Give the newest signed checkpoint, to be kept outside"}, room.getCheckpoint)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/ledger/consistency", ID: "proveConsistency", Verb: "ledger.checkpoint", Tag: tag,
		Summary: "Prove that the tree of an earlier size is the beginning of the newest"}, room.getConsistency)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/ledger/key", ID: "ledgerKey", Open: "the public key, by which anybody verifies", Tag: tag,
		Summary: "Give the ledger's public SM2 key"}, room.getKey)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/patients/{id}/readers", ID: "listReaders", Verb: "ledger.readers", Tag: tag,
		Summary: "Show who did what with a patient"}, room.getReaders)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/evidence", ID: "listEvidence", Verb: "house.evidence", Tag: "evidence",
		Summary: "Run the live checks of every room"}, room.getEvidence)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

type lineBody struct {
	Position   int64     `json:"position"`
	ID         string    `json:"id"`
	At         time.Time `json:"at"`
	Verb       string    `json:"verb" example:"record.view"`
	Outcome    string    `json:"outcome" enum:"done,refused,reported"`
	ActorKind  string    `json:"actorKind"`
	Actor      string    `json:"actor"`
	Department string    `json:"department,omitempty"`
	Purpose    string    `json:"purpose,omitempty"`
	Tie        string    `json:"tie,omitempty" doc:"kind of what explained the access"`
	Kind       string    `json:"kind,omitempty" doc:"of the first object"`
	Object     string    `json:"object,omitempty"`
	Patient    string    `json:"patient,omitempty"`
	Objects    int64     `json:"objects" doc:"how many objects the entry names"`
	N          int64     `json:"n" doc:"how many like events it stands for"`
	Use        string    `json:"use,omitempty" enum:"borrow,edit,modify,open,search" doc:"what kind of use of a patient's information it is"`
	Link       string    `json:"link,omitempty" doc:"where in the life of that information: collect, enter, store, consult, copy, transmit, share or destroy"`
}

func wireLedgerLine(l ledger.Line) lineBody {
	use, link := policy.UseOf(l.Verb)
	return lineBody{
		Position: l.Position, ID: l.ID, At: l.At, Verb: l.Verb, Outcome: l.Outcome, ActorKind: l.ActorKind, Actor: l.Actor, Department: l.Department, Purpose: l.Purpose,
		Tie: l.Tie, Kind: l.Kind, Object: l.Object, Patient: l.Patient, Objects: l.Objects, N: l.N, Use: string(use), Link: string(link),
	}
}

type linesBody struct {
	web.Page[lineBody]
	People   map[string]staff.NameBody `json:"people"`
	Patients map[string]string         `json:"patients" doc:"masked names of the patients, by id"`
	Behind   int64                     `json:"behind" doc:"entries that are placed but not yet searchable"`
}

type linesOut struct{ Body linesBody }

// QueryIn is the part of the input that searches the ledger.
type QueryIn struct {
	web.Paging
	Actor   string    `query:"actor" maxLength:"40"`
	Verb    []string  `query:"verb" maxItems:"50"`
	Outcome string    `query:"outcome" enum:"done,refused,reported"`
	Tie     string    `query:"tie" maxLength:"20"`
	Kind    string    `query:"kind" maxLength:"40"`
	Object  string    `query:"object" maxLength:"40"`
	From    time.Time `query:"from"`
	To      time.Time `query:"to"`
}

func (in *QueryIn) query() (ledger.Query, error) {
	q := ledger.Query{Actor: in.Actor, Verbs: in.Verb, Outcome: in.Outcome, Tie: in.Tie, Kind: in.Kind, Object: in.Object, From: in.From, To: in.To, Limit: in.Limit}
	_, err := web.DecodeCursor(in.Cursor, &q.After)
	return q, err
}

func wireLines(page Lines) (*linesOut, error) {
	out := &linesOut{}
	out.Body.Items = make([]lineBody, len(page.Lines))
	for i, l := range page.Lines {
		out.Body.Items[i] = wireLedgerLine(l)
	}
	out.Body.People, out.Body.Patients, out.Body.Behind = staff.WireNames(page.People), page.Patients, page.Behind
	if page.Count >= 0 {
		out.Body.Count = &web.Count{N: int(min(page.Count, ledger.CountCap)), More: page.Count > ledger.CountCap}
	}
	if page.Next == 0 {
		return out, nil
	}
	var err error
	out.Body.Next, err = web.EncodeCursor(page.Next)
	return out, err
}

func (room *Room) getLines(ctx context.Context, in *struct {
	QueryIn
	Patient string `query:"patient" maxLength:"40"`
}) (*linesOut, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	q.Patient = in.Patient
	page, err := room.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	return wireLines(page)
}

func (room *Room) getReaders(ctx context.Context, in *struct {
	QueryIn
	ID string `path:"id" maxLength:"40"`
}) (*linesOut, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	page, err := room.Readers(ctx, in.ID, q)
	if err != nil {
		return nil, err
	}
	return wireLines(page)
}

type entryIn struct {
	Entry string `path:"entry" maxLength:"40" doc:"id of the act, or position in the tree"`
}

// id is the entry's id, or "" when a position was given.
func (in *entryIn) id() string {
	if _, err := strconv.ParseInt(in.Entry, 10, 64); err == nil && len(in.Entry) < 20 {
		return ""
	}
	return in.Entry
}

// position is the entry's position, when one was given.
func (in *entryIn) position() int64 {
	n, _ := strconv.ParseInt(in.Entry, 10, 64)
	return n
}

type entryOut struct {
	Body struct {
		Position int64                     `json:"position"`
		Entry    json.RawMessage           `json:"entry" doc:"as the ledger holds it; docs/format/ledger.md"`
		People   map[string]staff.NameBody `json:"people"`
	}
}

func (room *Room) getEntry(ctx context.Context, in *entryIn) (*entryOut, error) {
	placed, people, err := room.View(ctx, in.id(), in.position())
	if err != nil {
		return nil, err
	}
	out := &entryOut{}
	out.Body.Position, out.Body.Entry, out.Body.People = placed.Position, placed.Bytes, staff.WireNames(people)
	return out, nil
}

type proofOut struct{ Body ledger.Proof }

func (room *Room) getProof(ctx context.Context, in *entryIn) (*proofOut, error) {
	proof, err := room.Prove(ctx, in.id(), in.position())
	if err != nil {
		return nil, err
	}
	return &proofOut{proof}, nil
}

type checkpointOut struct {
	Body struct {
		Size int64     `json:"size"`
		At   time.Time `json:"at"`
		Root []byte    `json:"root"`
		Note string    `json:"note" doc:"the signed text; docs/format/ledger.md"`
	}
}

func (room *Room) getCheckpoint(ctx context.Context, _ *struct{}) (*checkpointOut, error) {
	newest, err := room.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	out := &checkpointOut{}
	out.Body.Size, out.Body.At, out.Body.Root, out.Body.Note = newest.Size, newest.At, newest.Root[:], newest.Note
	return out, nil
}

type continuationOut struct{ Body ledger.Continuation }

func (room *Room) getConsistency(ctx context.Context, in *struct {
	From int64 `query:"from" minimum:"1" required:"true" doc:"size of the earlier tree"`
}) (*continuationOut, error) {
	proof, err := room.Continuation(ctx, in.From)
	if err != nil {
		return nil, err
	}
	return &continuationOut{proof}, nil
}

type keyOut struct {
	Body struct {
		Algorithm string `json:"algorithm" example:"SM2"`
		Key       []byte `json:"key" doc:"uncompressed point, 65 bytes"`
	}
}

func (room *Room) getKey(context.Context, *struct{}) (*keyOut, error) {
	out := &keyOut{}
	out.Body.Algorithm, out.Body.Key = "SM2", room.key
	return out, nil
}

type checkBody struct {
	ID      string           `json:"id"`
	Demands []string         `json:"demands"`
	Title   fault.Text       `json:"title"`
	Finding evidence.Finding `json:"finding"`
}

type evidenceOut struct {
	Body struct {
		Items []checkBody `json:"items"`
	}
}

func (room *Room) getEvidence(ctx context.Context, _ *struct{}) (*evidenceOut, error) {
	answered, err := room.Evidence(ctx)
	out := &evidenceOut{}
	out.Body.Items = make([]checkBody, len(answered))
	for i, a := range answered {
		out.Body.Items[i] = checkBody{ID: a.ID, Demands: a.Demands, Title: a.Title, Finding: a.Finding}
	}
	return out, err
}
