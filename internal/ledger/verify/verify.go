package verify

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"hash/maphash"

	"github.com/emmansun/gmsm/sm2"

	"github.com/medward/medward/internal/base/db"
)

// Options tell what to verify against.
type Options struct {
	// PublicKey is the ledger's key, an uncompressed SM2 point of 65 bytes.
	PublicKey []byte
	// MAC checks the codes of blocks. Without it, everything is still checked
	// against the tree, but what is not under a checkpoint cannot be told from
	// a forgery.
	MAC func(digest []byte) []byte
	// Outside is the note of a checkpoint that was kept outside the store.
	Outside string
	// Upkeep names the tables whose rows are not accounted for.
	Upkeep []string
	// Progress is told how far the verification has come; it may be nil.
	Progress func(stage string, done, total int64)
}

// verifier is one verification under way.
type verifier struct {
	Options
	store   db.Store
	key     *ecdsa.PublicKey
	outside *Checkpoint
	report  *Report
	tables  map[string]*table

	size   int64 // entries when it began
	mark   int64 // how far the index was
	writes int64 // that the entries list
	tally  tally
	skips  []span // entries that cannot be read
	seeds  [2]maphash.Seed
}

// span is a run of positions.
type span struct{ begin, end int64 }

// Run verifies a store. The error says that the verification could not be
// carried out; what it found is in the report.
func Run(ctx context.Context, store db.Store, o Options) (Report, error) {
	v := &verifier{Options: o, store: store, report: &Report{}, seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
	if v.Progress == nil {
		v.Progress = func(string, int64, int64) {}
	}
	var err error
	if v.key, err = sm2.NewPublicKey(o.PublicKey); err != nil {
		return Report{}, fmt.Errorf("verify: public key: %w", err)
	}
	if o.Outside != "" {
		c, err := readNote(o.Outside, v.key, o.PublicKey)
		if err != nil {
			return Report{}, fmt.Errorf("the outside checkpoint: %w", err)
		}
		v.outside = &c
	}
	for _, stage := range []func(context.Context) error{v.begin, v.checkTree, v.checkTiles, v.checkWaiting, v.checkUnplaced, v.checkIndex, v.checkRows} {
		if err := stage(ctx); err != nil {
			return Report{}, fmt.Errorf("verifying the ledger: %w", err)
		}
	}
	r := v.report
	r.sort()
	r.Consistent = len(r.Findings) == 0
	if r.Consistent && v.outside != nil {
		r.UnalteredSince = v.outside.At
	}
	return *r, nil
}

func (v *verifier) begin(ctx context.Context) error {
	return v.read(ctx, func(r db.Reader) error {
		var err error
		if v.tables, err = catalog(ctx, r); err != nil {
			return err
		}
		for _, name := range []string{"ledger_place", "ledger_line", "ledger_subject", "ledger_checkpoint"} {
			if t := v.tables[name]; t == nil || len(t.key) == 0 {
				return fmt.Errorf("table %s is not there or has lost its key", name)
			}
		}
		if v.size, err = number(ctx, r, "SELECT COALESCE(MAX(first + count), 0) FROM ledger_place"); err != nil {
			return err
		}
		v.report.Size = v.size
		v.mark, err = number(ctx, r, "SELECT COALESCE(MAX(position), 0) FROM ledger_mark WHERE name = 'index'")
		if err == nil && v.mark > v.size {
			v.report.add(Finding{Kind: IndexAltered, Table: "ledger_mark", Key: "index", Position: v.size, End: v.mark})
			v.mark = v.size
		}
		return err
	})
}

// read reads on one snapshot.
func (v *verifier) read(ctx context.Context, fn func(r db.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return v.store.Read(ctx, fn)
}

func number(ctx context.Context, r db.Reader, text string) (int64, error) {
	rows, err := r.Query(ctx, text)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	if !rows.Next() {
		return 0, errors.Join(errors.New("no answer"), rows.Err())
	}
	return n, rows.Scan(&n)
}

// eachPlaced hands out the blocks that had a place when the verification began.
func (v *verifier) eachPlaced(ctx context.Context, fn func(b block) error) error {
	for after := int64(-1 << 62); ; {
		var page []block
		err := v.read(ctx, func(r db.Reader) (err error) {
			page, err = placedAfter(ctx, r, after)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, b := range page {
			if b.first >= v.size {
				return nil
			}
			if err := fn(b); err != nil {
				return err
			}
			after = b.first
		}
	}
}

func (v *verifier) skip(begin, end int64) {
	if end > begin {
		v.skips = append(v.skips, span{begin, end})
	}
}

// skipped tells whether the entry at a position could not be read.
func (v *verifier) skipped(position int64) bool {
	for _, s := range v.skips {
		if position >= s.begin && position < s.end {
			return true
		}
	}
	return false
}
