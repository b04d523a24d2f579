package ledger

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/medward/medward/internal/base/db"
)

const (
	maxBlockEntries = 1024
	maxBlockBytes   = 1 << 20
)

// BeforeCommit is the store's hook of the same name: it writes what was left in
// one physical transaction as a block, or as several when it is much.
func (l *Ledger) BeforeCommit(ctx context.Context, w db.Writer, left []any) error {
	payloads := make([]Payload, len(left))
	for i, one := range left {
		p, ok := one.(Payload)
		if !ok || len(p.bytes) == 0 {
			return fmt.Errorf("ledger: a %T was left with the store, want an encoded entry", one)
		}
		payloads[i] = p
	}
	l.arrived.Add(int64(len(payloads)))
	for len(payloads) > 0 {
		n := fitting(payloads)
		row := pack(payloads[:n])
		if err := blocks.Insert(ctx, w, &row); err != nil {
			return err
		}
		if err := pending.Insert(ctx, w, &pendingRow{Block: row.ID}); err != nil {
			return err
		}
		payloads = payloads[n:]
	}
	return nil
}

// fitting returns how many of the payloads one block takes, at least one.
func fitting(payloads []Payload) int {
	size := 0
	for i, p := range payloads {
		if size += len(p.bytes); i > 0 && (i >= maxBlockEntries || size > maxBlockBytes) {
			return i
		}
	}
	return len(payloads)
}

func pack(payloads []Payload) blockRow {
	size := 0
	for _, p := range payloads {
		size += 4 + len(p.bytes)
	}
	row := blockRow{ID: payloads[0].id, Count: int64(len(payloads)), Body: make([]byte, 0, size)}
	for _, p := range payloads {
		row.At = max(row.At, p.at)
		row.Body = binary.BigEndian.AppendUint32(row.Body, uint32(len(p.bytes))) //nolint:gosec // bounded by maxEntry
		row.Body = append(row.Body, p.bytes...)
	}
	return row
}

var errBody = errors.New("ledger: the body of a block is not a list of entries")

// entries returns the bytes of each entry of a block, without copying them.
func (b blockRow) entries() ([][]byte, error) {
	var all [][]byte
	for rest := b.Body; len(rest) > 0; {
		if len(rest) < 4 {
			return nil, fmt.Errorf("block %s: %w", b.ID, errBody)
		}
		n := int64(binary.BigEndian.Uint32(rest))
		rest = rest[4:]
		if n > int64(len(rest)) {
			return nil, fmt.Errorf("block %s: %w", b.ID, errBody)
		}
		all = append(all, rest[:n])
		rest = rest[n:]
	}
	if int64(len(all)) != b.Count {
		return nil, fmt.Errorf("block %s: %w", b.ID, errBody)
	}
	return all, nil
}
