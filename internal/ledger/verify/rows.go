package verify

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/medward/medward/internal/base/db"
)

const (
	rowPage = 2048
	// maxHeld is how many rows are folded in one pass, about 100 MB.
	maxHeld = 1 << 20
)

// name is a row's table and key, shortened.
type name [16]byte

func (v *verifier) name(table, key string) (n name) {
	var h maphash.Hash
	for i, seed := range v.seeds {
		h.SetSeed(seed)
		_, _ = h.WriteString(table)
		_ = h.WriteByte(0)
		_, _ = h.WriteString(key)
		binary.BigEndian.PutUint64(n[8*i:], h.Sum64())
	}
	return n
}

func (n name) part(parts int64) int64 {
	return int64(binary.BigEndian.Uint64(n[:]) % uint64(parts)) //nolint:gosec // both are positive
}

// last is what the last act that wrote a row left: a digest, or nothing.
type last struct {
	digest [32]byte
	gone   bool
}

func lastOfWrite(w write) (l last) {
	l.gone = w.Op == "delete"
	copy(l.digest[:], w.Digest)
	return l
}

// doubt is a row that does not agree, to be looked at again.
type doubt struct {
	table, key string
	values     []any
}

// checkRows holds every protected row against the last act that wrote it.
func (v *verifier) checkRows(ctx context.Context) error {
	var protected []*table
	for _, n := range slices.Sorted(mapKeys(v.tables)) {
		t := v.tables[n]
		if slices.Contains(v.Upkeep, n) {
			continue
		}
		v.report.Tables++
		if len(t.key) == 0 {
			v.report.add(Finding{Kind: TableUnreadable, Table: n, Position: -1})
			continue
		}
		protected = append(protected, t)
	}
	parts := v.writes/maxHeld + 1
	for part := range parts {
		v.Progress("rows", part, parts)
		doubts, err := v.foldPart(ctx, protected, part, parts)
		if err != nil {
			return err
		}
		if err := v.lookAgain(ctx, doubts); err != nil {
			return err
		}
	}
	return nil
}

// foldPart compares one part of the rows and returns those that do not agree.
func (v *verifier) foldPart(ctx context.Context, protected []*table, part, parts int64) ([]doubt, error) {
	held := map[name]last{}
	err := v.eachWrite(ctx, func(w write) {
		if n := v.name(w.Table, w.Key); n.part(parts) == part {
			held[n] = lastOfWrite(w)
		}
	})
	if err != nil {
		return nil, err
	}
	var doubts []doubt
	for _, t := range protected {
		err := v.eachRow(ctx, t, func(one row) {
			key := keyText(one.key)
			n := v.name(t.name, key)
			if n.part(parts) != part {
				return
			}
			v.report.Rows++
			want, known := held[n]
			delete(held, n)
			if !known || want.gone || !bytes.Equal(want.digest[:], t.digest(one, "")) {
				doubts = v.doubting(doubts, doubt{t.name, key, one.key})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	missing, err := v.namesOf(ctx, held)
	return append(doubts, missing...), err
}

// doubting adds a doubt, or only counts it when there are too many to name.
func (v *verifier) doubting(doubts []doubt, d doubt) []doubt {
	if len(doubts) >= 2*maxFindings {
		v.report.More++
		return doubts
	}
	return append(doubts, d)
}

// eachWrite hands out the writes of all entries in their order.
func (v *verifier) eachWrite(ctx context.Context, fn func(w write)) error {
	return v.eachPlaced(ctx, func(b block) error { return foldBlock(b, fn) })
}

func foldBlock(b block, fn func(w write)) error {
	if !b.there {
		return nil
	}
	entries, err := b.entries()
	if err != nil {
		return nil //nolint:nilerr // the pass over the tree has reported it
	}
	for _, raw := range entries {
		writes, err := writesOf(raw)
		if err != nil {
			continue
		}
		for _, w := range writes {
			fn(w)
		}
	}
	return nil
}

// namesOf finds the tables and keys of rows that should be there and are not.
func (v *verifier) namesOf(ctx context.Context, held map[name]last) ([]doubt, error) {
	for n, l := range held {
		if l.gone {
			delete(held, n)
		}
	}
	if len(held) == 0 {
		return nil, nil
	}
	var doubts []doubt
	err := v.eachWrite(ctx, func(w write) {
		n := v.name(w.Table, w.Key)
		if _, ok := held[n]; ok {
			delete(held, n)
			doubts = v.doubting(doubts, doubt{table: w.Table, key: w.Key})
		}
	})
	return doubts, err
}

func (v *verifier) eachRow(ctx context.Context, t *table, fn func(one row)) error {
	var after []any
	for {
		var page []row
		err := v.read(ctx, func(r db.Reader) (err error) {
			page, err = t.page(ctx, r, after, rowPage)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, one := range page {
			fn(one)
		}
		after = page[len(page)-1].key
		if slices.Contains(after, nil) {
			v.report.add(Finding{Kind: TableUnreadable, Table: t.name, Key: keyText(after), Position: -1})
			return nil
		}
	}
}

// lookAgain reports the rows that do not agree even in one snapshot, together
// with everything that was written until then.
func (v *verifier) lookAgain(ctx context.Context, doubts []doubt) error {
	if len(doubts) == 0 {
		return nil
	}
	wanted := map[name]*last{}
	for _, d := range doubts {
		wanted[v.name(d.table, d.key)] = nil
	}
	note := func(w write) {
		n := v.name(w.Table, w.Key)
		if _, ok := wanted[n]; ok {
			l := lastOfWrite(w)
			wanted[n] = &l
		}
	}
	if err := v.eachWrite(ctx, note); err != nil {
		return err
	}
	const together = 500
	for chunk := range slices.Chunk(doubts, together) {
		err := v.read(ctx, func(r db.Reader) error {
			if err := v.foldSince(ctx, r, note); err != nil {
				return err
			}
			for _, d := range chunk {
				if err := v.judge(ctx, r, d, wanted[v.name(d.table, d.key)]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// foldSince folds what was written since the verification began, be it placed
// or waiting.
func (v *verifier) foldSince(ctx context.Context, r db.Reader, fn func(w write)) error {
	for after := v.size - 1; ; {
		page, err := placedAfter(ctx, r, after)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for _, b := range page {
			after = b.first
			if err := foldBlock(b, fn); err != nil {
				return err
			}
		}
	}
	for after := int64(-1 << 62); ; {
		page, err := waitingAfter(ctx, r, after)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, b := range page {
			after = b.turn
			if b.first >= 0 || v.trust(b) == forged {
				continue
			}
			if err := foldBlock(b, fn); err != nil {
				return err
			}
		}
	}
}

func (v *verifier) judge(ctx context.Context, r db.Reader, d doubt, want *last) error {
	found, err := v.lookUp(ctx, r, d)
	if err != nil {
		return err
	}
	f := Finding{Table: d.table, Key: d.key, Position: -1}
	expectsRow := want != nil && !want.gone
	switch {
	case !expectsRow && found == nil:
		return nil
	case !expectsRow:
		f.Kind = RowInserted
	case found == nil:
		f.Kind = RowMissing
	case bytes.Equal(found, want.digest[:]):
		return nil
	default:
		f.Kind = RowAltered
	}
	v.report.add(f)
	return nil
}

// lookUp returns the digest of a row as it is now, or nil.
func (v *verifier) lookUp(ctx context.Context, r db.Reader, d doubt) ([]byte, error) {
	t := v.tables[d.table]
	if t == nil || len(t.key) == 0 {
		return nil, nil
	}
	key := d.values
	if key == nil {
		var err error
		if key, err = t.parseKey(d.key); err != nil {
			return nil, nil //nolint:nilerr // such a row cannot be there
		}
	}
	rows, err := t.get(ctx, r, key)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if len(rows) > 1 {
		return nil, fmt.Errorf("table %s has %d rows of key %s", t.name, len(rows), d.key)
	}
	return t.digest(rows[0], ""), nil
}
