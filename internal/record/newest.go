package record

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/vault"
)

// Newest opens the newest observation of a code about a patient, for rooms that weigh
// what it means. It must not be disclosed but through an act of theirs.
func (room *Room) Newest(ctx context.Context, r db.Reader, org, patientID, code string) (Observed, bool, error) {
	rows, err := observations.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND code = $3 ORDER BY at DESC, id DESC LIMIT 1", org, patientID, code)
	if err != nil || len(rows) == 0 {
		return Observed{}, false, err
	}
	subject, err := room.patients.Subject(ctx, r, org, patientID)
	if err != nil {
		return Observed{}, false, errUnreadable.Because(err)
	}
	out := Observed{Observation: rows[0]}
	err = openJSON(subject, vault.Place{Kind: "Observation", Object: out.ID, Version: strconv.Itoa(out.Rev), Field: "finding"}, out.Sealed, &out.Finding)
	return out, err == nil, err
}

// OrderedAs opens an order for the feed that brings its next state.
func (room *Room) OrderedAs(ctx context.Context, r db.Reader, org, order string) (Ordered, error) {
	o, err := room.OrderOf(ctx, r, org, order)
	if err != nil {
		return Ordered{}, err
	}
	subject, err := room.patients.Subject(ctx, r, org, o.Patient)
	if err != nil {
		return Ordered{}, errUnreadable.Because(err)
	}
	out := Ordered{Order: o}
	return out, openJSON(subject, vault.Place{Kind: "Order", Object: o.ID, Version: strconv.Itoa(o.Rev), Field: "instruction"}, o.Sealed, &out.Instruction)
}

// Touched is told within an act that a result about a patient was written.
type Touched func(ctx context.Context, w *act.Work, org, patientID string) error

// Touches lets a room weigh what results mean. It is called while the house is put
// together.
func (room *Room) Touches(tell Touched) { room.touches = tell }

func (room *Room) touched(ctx context.Context, w *act.Work, o Observation) error {
	if room.touches == nil {
		return nil
	}
	return room.touches(ctx, w, o.Org, o.Patient)
}
