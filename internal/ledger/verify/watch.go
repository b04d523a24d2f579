package verify

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash"
	"maps"
	"slices"

	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/internal/base/db"
)

// Watch holds the rows of some tables against the ledger again and again. Its first
// look reads the whole ledger; every later one reads only what was written since, so
// that it can be repeated every few minutes however old the house is. It keeps in
// memory what the last act left of each row, about 150 bytes a row.
//
// It takes the ledger's word for what it has read before. Whether the ledger itself
// is whole is for [Run] to say. It is not for use by several goroutines at once.
type Watch struct {
	v      *verifier
	tables []string
	after  int64 // first position of the last block that was folded
	held   lasts
}

// lasts is what the last act left of rows, by table and key.
type lasts map[string]map[string]last

func (l lasts) put(w write) {
	if l[w.Table] == nil {
		l[w.Table] = map[string]last{}
	}
	l[w.Table][w.Key] = lastOfWrite(w)
}

// Difference is a row that is not what its last act left.
type Difference struct {
	Kind   Kind // RowAltered, RowMissing, RowInserted or TableUnreadable
	Table  string
	Key    string
	Was    []byte // digest by the ledger; nil where it knows of no such row
	Is     []byte // digest of the row as it stands; nil where there is none
	Person string // whom the row names, where the table has a column of that name
}

// Fold is a digest over all rows of a table, in the order of their key.
type Fold struct {
	Table  string
	Rows   int64
	Digest []byte
}

// Look is what a watch saw in one snapshot.
type Look struct {
	Rows        int64
	Folds       []Fold // in the order of the tables
	Differences []Difference
}

// NewWatch returns a watch over tables. Of the options it uses the code of blocks.
func NewWatch(store db.Store, o Options, tables []string) *Watch {
	return &Watch{v: &verifier{Options: o, store: store, report: &Report{}}, tables: slices.Sorted(slices.Values(tables)), after: -1 << 62, held: lasts{}}
}

// Look compares the tables with the ledger. An error says that it could not be done.
func (w *Watch) Look(ctx context.Context) (Look, error) {
	for more := true; more; {
		err := w.v.read(ctx, func(r db.Reader) (err error) {
			more, err = w.foldPlaced(ctx, r)
			return err
		})
		if err != nil {
			return Look{}, fmt.Errorf("reading the ledger: %w", err)
		}
	}
	var seen Look
	err := w.v.read(ctx, func(r db.Reader) error {
		for more := true; more; {
			var err error
			if more, err = w.foldPlaced(ctx, r); err != nil {
				return err
			}
		}
		waiting, err := w.waiting(ctx, r)
		if err != nil {
			return err
		}
		tables, err := catalog(ctx, r)
		if err != nil {
			return err
		}
		seen = Look{}
		for _, name := range w.tables {
			if err := w.compare(ctx, r, name, tables[name], waiting, &seen); err != nil {
				return err
			}
		}
		return nil
	})
	return seen, err
}

// foldPlaced takes in one page of blocks, and reports whether there may be more.
func (w *Watch) foldPlaced(ctx context.Context, r db.Reader) (more bool, err error) {
	page, err := placedAfter(ctx, r, w.after)
	for _, b := range page {
		if err := w.fold(b, w.held); err != nil {
			return false, err
		}
		w.after = b.first
	}
	return len(page) > 0, err
}

// waiting is what blocks without a place yet say of the rows.
func (w *Watch) waiting(ctx context.Context, r db.Reader) (lasts, error) {
	over := lasts{}
	for turn := int64(-1 << 62); ; {
		page, err := waitingAfter(ctx, r, turn)
		if err != nil || len(page) == 0 {
			return over, err
		}
		for _, b := range page {
			turn = b.turn
			if b.first >= 0 {
				continue
			}
			if err := w.fold(b, over); err != nil {
				return nil, err
			}
		}
	}
}

// fold takes in the writes of a block. What the house did not write counts for
// nothing: the rows that it speaks of then stand without an account.
func (w *Watch) fold(b block, into lasts) error {
	if w.v.trust(b) == forged {
		return nil
	}
	return foldBlock(b, func(one write) {
		if _, watched := slices.BinarySearch(w.tables, one.Table); watched {
			into.put(one)
		}
	})
}

// compare holds the rows of one table against what the ledger says of them.
func (w *Watch) compare(ctx context.Context, r db.Reader, name string, t *table, waiting lasts, seen *Look) error {
	if t == nil || len(t.key) == 0 {
		seen.Differences = append(seen.Differences, Difference{Kind: TableUnreadable, Table: name})
		seen.Folds = append(seen.Folds, Fold{Table: name})
		return nil
	}
	expected := maps.Clone(w.held[name])
	if expected == nil {
		expected = map[string]last{}
	}
	maps.Copy(expected, waiting[name])
	f, over := Fold{Table: name}, sm3.New()
	for after, more := []any(nil), true; more; {
		page, err := t.page(ctx, r, after, rowPage)
		if err != nil {
			return err
		}
		for _, one := range page {
			key, is := keyText(one.key), digest(t.name, t.columns, one.values, "")
			f.Rows++
			addRow(over, key, is)
			if d, differs := judgeRow(name, key, is, expected); differs {
				d.Person = t.person(one)
				seen.Differences = append(seen.Differences, d)
			}
			delete(expected, key)
			after = one.key
		}
		more = len(page) == rowPage
	}
	for key, want := range expected {
		if !want.gone {
			seen.Differences = append(seen.Differences, Difference{Kind: RowMissing, Table: name, Key: key, Was: want.digest[:]})
		}
	}
	f.Digest = over.Sum(nil)
	seen.Rows += f.Rows
	seen.Folds = append(seen.Folds, f)
	return nil
}

func judgeRow(table, key string, is []byte, expected map[string]last) (Difference, bool) {
	want, known := expected[key]
	switch {
	case !known || want.gone:
		return Difference{Kind: RowInserted, Table: table, Key: key, Is: is}, true
	case !bytes.Equal(want.digest[:], is):
		return Difference{Kind: RowAltered, Table: table, Key: key, Was: want.digest[:], Is: is}, true
	}
	return Difference{}, false
}

// addRow adds a row to the digest of its table: the length of its key, its key and
// its digest.
func addRow(over hash.Hash, key string, digest []byte) {
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(key)))
	over.Write(length[:])
	over.Write([]byte(key))
	over.Write(digest)
}

// person is what the column person of a row says, if its table has one.
func (t *table) person(r row) string {
	i, has := slices.BinarySearch(t.columns, "person")
	if !has {
		return ""
	}
	person, _ := r.values[i].(string)
	return person
}
