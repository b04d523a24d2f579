package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/medward/medward/internal/base/db"
)

// expected is what a row of the index must be.
type expected struct {
	position int64
	digest   []byte
}

// linePass holds ledger_line against the entries, and counts what
// ledger_subject must hold.
type linePass struct {
	*verifier
	run []expected // of positions without a gap
}

const lineRun = 4096

var lineColumns = []string{"actor", "actor_kind", "at", "department", "id", "kind", "n", "object", "objects", "org", "outcome", "patient", "position", "purpose", "tie", "verb"}

// compare takes the entries from position first on.
func (p *linePass) compare(ctx context.Context, first int64, entries [][]byte) error {
	if n := len(p.run); n > 0 && p.run[n-1].position+1 != first {
		if err := p.flush(ctx); err != nil {
			return err
		}
	}
	for i, raw := range entries {
		position := first + int64(i)
		var e entry
		if err := json.Unmarshal(raw, &e); err != nil {
			p.report.add(Finding{Kind: EntryAltered, Table: "ledger_block", Position: position, End: position + 1, Cause: err.Error()})
			p.skip(position, position+1)
			if err := p.flush(ctx); err != nil {
				return err
			}
			continue
		}
		p.writes += int64(len(e.Writes))
		if position >= p.mark {
			continue
		}
		p.run = append(p.run, expected{position, digest("ledger_line", lineColumns, e.line(position), "")})
		for _, key := range e.subjects(position) {
			p.tally.add(p.seeds, key)
		}
		if len(p.run) == lineRun {
			if err := p.flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// line returns the values of lineColumns.
func (e entry) line(position int64) []any {
	var tie, kind, object, patient string
	if e.Why.Tie != nil {
		tie = e.Why.Tie.Kind
	}
	if len(e.Objects) > 0 {
		kind, object, patient = e.Objects[0].Kind, e.Objects[0].ID, e.Objects[0].Patient
	}
	return []any{
		e.Actor.ID, e.Actor.Kind, e.At, e.Actor.Department, e.ID, kind, max(e.N, 1), object, int64(len(e.Objects)), e.Org,
		e.Outcome, patient, position, e.Purpose, tie, e.Verb,
	}
}

// subjects returns the keys that ledger_subject must have for an entry.
func (e entry) subjects(position int64) []string {
	var keys []string
	add := func(kind, id string) {
		if id == "" {
			return
		}
		if key := keyText([]any{e.Org, kind, id, e.At, position}); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, o := range e.Objects {
		add(o.Kind, o.ID)
		add("patient", o.Patient)
	}
	return keys
}

// flush compares one run of positions with the rows.
func (p *linePass) flush(ctx context.Context) error {
	if len(p.run) == 0 {
		return nil
	}
	t := p.tables["ledger_line"]
	begin, end := p.run[0].position, p.run[len(p.run)-1].position+1
	var rows []row
	err := p.read(ctx, func(r db.Reader) (err error) {
		rows, err = t.read(ctx, r, " WHERE position >= $1 AND position < $2 ORDER BY position", begin, end)
		return err
	})
	if err != nil {
		return err
	}
	for _, want := range p.run {
		f := Finding{Table: t.name, Key: fmt.Sprint(want.position), Position: want.position, End: want.position + 1}
		at := int64(-1)
		if len(rows) > 0 {
			at, _ = rows[0].key[0].(int64)
		}
		switch {
		case at != want.position:
			f.Kind = IndexMissing
			p.report.add(f)
			continue
		case !bytes.Equal(t.digest(rows[0], ""), want.digest):
			f.Kind = IndexAltered
			p.report.add(f)
		}
		rows = rows[1:]
	}
	p.run = p.run[:0]
	return nil
}

// end compares the last run and looks for lines that no entry has.
func (p *linePass) end(ctx context.Context) error {
	if err := p.flush(ctx); err != nil {
		return err
	}
	return p.read(ctx, func(r db.Reader) error {
		mark, err := number(ctx, r, "SELECT COALESCE(MAX(position), 0) FROM ledger_mark WHERE name = 'index'")
		if err != nil {
			return err
		}
		extra, err := p.tables["ledger_line"].read(ctx, r, " WHERE position < 0 OR position >= $1 ORDER BY position LIMIT 1000", mark)
		for _, one := range extra {
			p.report.add(Finding{Kind: IndexInserted, Table: "ledger_line", Key: keyText(one.key), Position: -1})
		}
		return err
	})
}

// tally adds up keys in buckets, so that two sets of keys can be compared in
// little memory. The seeds are drawn anew for each verification: nobody can
// choose keys whose sums agree.
type tally [buckets][2]uint64

const buckets = 1 << 12

func bucketOf(seeds [2]maphash.Seed, key string) (bucket int, a, b uint64) {
	a, b = maphash.String(seeds[0], key), maphash.String(seeds[1], key)
	return int(a % buckets), a, b
}

func (t *tally) add(seeds [2]maphash.Seed, key string) {
	bucket, a, b := bucketOf(seeds, key)
	t[bucket][0] += a
	t[bucket][1] += b
}

// checkIndex compares ledger_subject with what the entries call for.
func (v *verifier) checkIndex(ctx context.Context) error {
	var have tally
	ahead, err := v.eachSubject(ctx, func(key string) { have.add(v.seeds, key) })
	if err != nil {
		return err
	}
	if err := v.checkAhead(ctx, ahead); err != nil {
		return err
	}
	bad := map[int]bool{}
	for i := range have {
		if have[i] != v.tally[i] {
			bad[i] = true
		}
	}
	if len(bad) == 0 {
		return nil
	}
	for _, group := range grouped(bad) {
		if err := v.nameSubjects(ctx, group); err != nil {
			return err
		}
	}
	return nil
}

// grouped cuts the buckets so that one group's keys fit into memory.
func grouped(bad map[int]bool) []map[int]bool {
	const each = 256
	var groups []map[int]bool
	for bucket := range bad {
		if n := len(groups); n == 0 || len(groups[n-1]) == each {
			groups = append(groups, map[int]bool{})
		}
		groups[len(groups)-1][bucket] = true
	}
	return groups
}

// nameSubjects finds out which keys of the buckets are missing or too many.
func (v *verifier) nameSubjects(ctx context.Context, in map[int]bool) error {
	want := map[string]bool{}
	err := v.eachPlaced(ctx, func(b block) error {
		entries, err := b.entries()
		if err != nil || !b.there {
			return nil //nolint:nilerr // the pass over the tree has reported it
		}
		for i, raw := range entries {
			position := b.first + int64(i)
			var e entry
			if position >= v.mark || v.skipped(position) || json.Unmarshal(raw, &e) != nil {
				continue
			}
			for _, key := range e.subjects(position) {
				if bucket, _, _ := bucketOf(v.seeds, key); in[bucket] {
					want[key] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = v.eachSubject(ctx, func(key string) {
		bucket, _, _ := bucketOf(v.seeds, key)
		switch {
		case !in[bucket]:
		case want[key]:
			delete(want, key)
		default:
			v.report.add(Finding{Kind: IndexInserted, Table: "ledger_subject", Key: key, Position: -1})
		}
	})
	for _, key := range slices.Sorted(mapKeys(want)) {
		v.report.add(Finding{Kind: IndexMissing, Table: "ledger_subject", Key: key, Position: -1})
	}
	return err
}

// eachSubject hands out the keys of the rows that concern entries which were
// indexed when the verification began, and returns some of those beyond.
func (v *verifier) eachSubject(ctx context.Context, fn func(key string)) (ahead []row, err error) {
	err = v.eachRow(ctx, v.tables["ledger_subject"], func(one row) {
		position, whole := one.key[4].(int64)
		switch {
		case whole && position >= v.mark:
			if len(ahead) < maxFindings {
				ahead = append(ahead, one)
			}
		case !whole || !v.skipped(position):
			fn(keyText(one.key))
		}
	})
	return ahead, err
}

// checkAhead reports rows for entries that the index has not come to even now.
func (v *verifier) checkAhead(ctx context.Context, ahead []row) error {
	var mark int64
	err := v.read(ctx, func(r db.Reader) (err error) {
		mark, err = number(ctx, r, "SELECT COALESCE(MAX(position), 0) FROM ledger_mark WHERE name = 'index'")
		return err
	})
	for _, one := range ahead {
		if position, _ := one.key[4].(int64); position >= mark {
			v.report.add(Finding{Kind: IndexInserted, Table: "ledger_subject", Key: keyText(one.key), Position: -1})
		}
	}
	return err
}
