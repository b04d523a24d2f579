package inspection

import (
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// MaxFrame is how many a draw can be made from. A larger house draws from those of
// some days.
const MaxFrame = 100_000

const day = 24 * time.Hour

// frameOf reads the ids of all that can be drawn at a moment, in the order of their
// bytes.
func frameOf(ctx context.Context, r db.Reader, org, kind string, days int, at time.Time) ([]string, error) {
	question, args := frameQuestion(org, kind, days, at)
	args = append(args, int64(MaxFrame+1))
	return db.Several(ctx, r, func(row db.Rows, id *string) error { return row.Scan(id) },
		question+" ORDER BY 1 LIMIT $"+strconv.Itoa(len(args)), args...)
}

func frameQuestion(org, kind string, days int, at time.Time) (question string, args []any) {
	now, from := at.UnixMicro(), at.Add(-time.Duration(days)*day).UnixMicro()
	begin := from
	if days == 0 {
		begin = 0
	}
	switch {
	case kind == Patient && days == 0:
		return "SELECT id FROM patient_patient WHERE org = $1", []any{org}
	case kind == Patient:
		return "SELECT DISTINCT patient FROM patient_encounter WHERE org = $1 AND (until IS NULL OR until >= $2)", []any{org, from}
	case kind == Person:
		return "SELECT DISTINCT person FROM staff_appointment WHERE org = $1 AND since <= $2 AND until > $3 AND (ended IS NULL OR ended > $4)", []any{org, now, now, now}
	case kind == Leaver:
		return "SELECT id FROM staff_departure WHERE org = $1 AND at <= $2 AND at >= $3 AND returned IS NULL", []any{org, now, from}
	case kind == Glass:
		return "SELECT id FROM access_reason WHERE org = $1 AND kind = $2 AND since >= $3", []any{org, policy.TieGlass, begin}
	case kind == Granted:
		return "SELECT id FROM access_grant WHERE org = $1 AND until >= $2 AND (ended IS NULL OR ended >= $3)", []any{org, begin, begin}
	case days == 0:
		return "SELECT id FROM access_seal WHERE org = $1", []any{org}
	default:
		return "SELECT id FROM access_seal WHERE org = $1 AND (since >= $2 OR lifted IS NULL OR lifted >= $3)", []any{org, from, from}
	}
}

// packed is a frame as it is kept: the deflated text.
func packed(ids []string) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err == nil {
		_, err = io.WriteString(w, text(ids))
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

// maxText is the longest text that a frame can have.
const maxText = MaxFrame * 64

func unpacked(list []byte) ([]string, error) {
	whole, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(list)), maxText))
	if err != nil {
		return nil, fmt.Errorf("inspection: the frame cannot be read: %w", err)
	}
	return strings.Split(string(whole), "\n"), nil
}
