package lineage

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

const tag = "lineage"

// Routes adds the operations of the gate.
func (room *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/lineage/documents/{id}", ID: "traceDocument", Verb: "lineage.view", Tag: tag,
		Summary: "Tell where a document came from and where it went"}, room.get(OfDocument, false))
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/lineage/documents/{id}/evidence", ID: "proveDocumentTrace", Verb: "lineage.view", Tag: tag, Timeout: time.Minute,
		Summary: "The same with proofs of the ledger, to be kept"}, room.get(OfDocument, true))
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/lineage/patients/{id}", ID: "tracePatient", Verb: "lineage.view", Tag: tag,
		Summary: "Tell where the documents of a patient came from and where they went"}, room.get(OfPatient, false))
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/lineage/patients/{id}/evidence", ID: "provePatientTrace", Verb: "lineage.view", Tag: tag, Timeout: time.Minute,
		Summary: "The same with proofs of the ledger, to be kept"}, room.get(OfPatient, true))
}

// Body is a lineage on the wire.
type Body struct {
	Subject    Subject                   `json:"subject"`
	At         time.Time                 `json:"at"`
	By         string                    `json:"by"`
	Nodes      []Node                    `json:"nodes" nullable:"false"`
	Edges      []Edge                    `json:"edges" nullable:"false"`
	Uses       []Use                     `json:"uses" nullable:"false" doc:"newest first"`
	More       bool                      `json:"more" doc:"there are more uses or documents than are told"`
	Untracked  int                       `json:"untracked" doc:"copies that left without a row that says to whom"`
	Untraced   int                       `json:"untraced" doc:"documents of which no origin is known"`
	Names      map[string]staff.NameBody `json:"names"`
	Digest     string                    `json:"digest,omitempty" doc:"SM3 of the evidence, docs/format/lineage.md"`
	Checkpoint string                    `json:"checkpoint,omitempty" doc:"the newest signed note"`
	Withheld   bool                      `json:"withheld" doc:"proofs are for those who may prove entries of the ledger"`
	Entries    []Proven                  `json:"entries" nullable:"false" doc:"of the newest 300 uses"`
}

type lineageOut struct{ Body Body }

func (room *Room) get(kind string, proofs bool) func(context.Context, *web.OfID) (*lineageOut, error) {
	return func(ctx context.Context, in *web.OfID) (*lineageOut, error) {
		l, err := room.Of(ctx, kind, in.ID, proofs)
		return &lineageOut{Body{
			Subject: l.Subject, At: l.At, By: l.By, Nodes: l.Nodes, Edges: l.Edges, Uses: l.Uses, More: l.More, Untracked: l.Untracked, Untraced: l.Untraced,
			Names: staff.WireNames(l.Names), Digest: hex.EncodeToString(l.Digest), Checkpoint: l.Checkpoint, Withheld: l.Withheld, Entries: l.Entries,
		}}, err
	}
}
