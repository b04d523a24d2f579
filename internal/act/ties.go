package act

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// ExpectPatients collects what ties the actor to patients before policy is asked
// about them, so that the questions travel with those of the room that finds the
// patients. Outside an act it does nothing. What goes wrong is for the Permit that
// follows, which asks again.
func ExpectPatients(ctx context.Context, r db.Reader, patients ...string) {
	switch r := r.(type) {
	case *Reading:
		_, _ = r.tiesTo(ctx, patients...)
	case *Work:
		_, _ = r.tiesTo(ctx, patients...)
	}
}

// tiesTo returns what ties the actor to patients, by patient. It is read in every
// act, once as long as the act has written to nothing that it was read from.
func (r *Reading) tiesTo(ctx context.Context, patients ...string) (map[string][]policy.Tie, error) {
	asked := slices.Compact(slices.Sorted(slices.Values(patients)))
	asked = slices.DeleteFunc(asked, func(p string) bool { _, known := r.tied[p]; return known || p == "" })
	if len(asked) == 0 {
		return r.tied, nil
	}
	reader := r.Reader
	if r.restsOn != nil {
		reader = witness{r.Reader, r.restsOn}
	}
	found, err := r.door.tiesOf(ctx, reader, r.actor, asked, r.now)
	if err != nil {
		return nil, err
	}
	if r.tied == nil {
		r.tied = make(map[string][]policy.Tie, len(asked))
	}
	for _, p := range asked {
		r.tied[p] = found[p]
	}
	return r.tied, nil
}

// witness notes which tables an answer rests on.
type witness struct {
	db.Reader
	tables map[string]bool
}

func (w witness) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	for _, table := range db.TablesIn(sql) {
		w.tables[table] = true
	}
	return w.Reader.Query(ctx, sql, args...)
}

// wrote forgets the ties that rest on a table that was written.
func (r *Reading) wrote(table string) {
	if r.restsOn[table] {
		r.tied = nil
		clear(r.restsOn)
	}
}
