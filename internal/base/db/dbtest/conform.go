package dbtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Sample is a row with a column of every type.
type Sample struct {
	Org   string    `db:"org,key"`
	Name  string    `db:"name,key"`
	Note  string    `db:"note"`
	Bytes []byte    `db:"bytes"`
	Count int64     `db:"count"`
	Flag  bool      `db:"flag"`
	At    time.Time `db:"at"`
	Tags  []string  `db:"tags,json"`
	MAC   []byte    `db:"mac"`
}

// Samples is the table of the conformance test.
var Samples = db.Define[Sample]("conform_sample", db.AsUpkeep)

// SampleDDL creates the table on either engine, given the type for text with
// byte order and the type for bytes.
func SampleDDL(engine db.Engine) string {
	text, bytes := "TEXT", "BLOB"
	if engine == db.Postgres {
		text, bytes = `TEXT COLLATE "C"`, "BYTEA"
	}
	return fmt.Sprintf(`CREATE TABLE conform_sample (org %[1]s NOT NULL, name %[1]s NOT NULL, note %[1]s NOT NULL, bytes %[2]s, count BIGINT NOT NULL,
		flag BIGINT NOT NULL, at BIGINT, tags %[1]s NOT NULL, mac %[2]s NOT NULL, PRIMARY KEY (org, name))`, text, bytes)
}

// Conform asks an engine every question on which two engines could differ.
// fresh returns an empty store with the sample table, its row key bound.
func Conform(t *testing.T, fresh func(t *testing.T, hooks db.Hooks) db.Store) {
	cases := map[string]func(*testing.T, db.Store){
		"a row comes back as it was written":            rowComesBack,
		"text compares by its bytes":                    textByBytes,
		"LIKE minds case":                               likeMindsCase,
		"the same key twice exists already":             sameKeyTwice,
		"what is not there cannot be changed":           changeNothing,
		"a failed function leaves nothing":              failureLeavesNothing,
		"a swallowed failure cannot be committed":       swallowedFailure,
		"a panic leaves nothing":                        panicLeavesNothing,
		"a read is one snapshot":                        oneSnapshot,
		"check-then-act is safe among many":             checkThenAct,
		"write skew is refused":                         writeSkew,
		"a caller who hangs up cannot break others":     hangingUp,
		"one result at a time":                          oneResult,
		"a forged row is told from a true one":          forgedRow,
		"one failing transaction spares its neighbours": failingNeighbour,
		"a part may fail alone":                         partFailsAlone,
		"order, limit and null agree":                   orderLimitNull,
		"many rows at once":                             manyAtOnce,
		"portable SQL":                                  portableSQL,
		"what is found once lasts as long as it should": foundOnce,
	}
	maps.Copy(cases, togetherCases)
	for name, run := range cases {
		t.Run(name, func(t *testing.T) { run(t, fresh(t, db.Hooks{})) })
	}
	t.Run("what is left is sealed in the same commit", func(t *testing.T) { leftIsSealed(t, fresh) })
}

func sample(name string) Sample {
	return Sample{Org: "o1", Name: name, Note: "入院记录 𠮷 'quoted' \"x\" \\", Bytes: []byte{0, 1, 0xff}, Count: -1 << 62, Flag: true,
		At: time.Date(2026, 2, 28, 23, 59, 59, 999999000, time.UTC), Tags: []string{"甲", "b"}}
}

func insert(t *testing.T, s db.Store, rows ...Sample) {
	t.Helper()
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		for _, row := range rows {
			if err := Samples.Insert(ctx, w, &row); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func selects(t *testing.T, s db.Store, where string, args ...any) []Sample {
	t.Helper()
	var rows []Sample
	err := s.Read(t.Context(), func(r db.Reader) (err error) {
		rows, err = Samples.Select(t.Context(), r, where, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func names(rows []Sample) string {
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(r.Name + " ")
	}
	return all.String()
}

func rowComesBack(t *testing.T, s db.Store) {
	want := sample("a")
	empty := Sample{Org: "o1", Name: "b", Tags: []string{}}
	insert(t, s, want, empty)
	got := selects(t, s, "WHERE org = $1 ORDER BY name", "o1")
	if len(got) != 2 {
		t.Fatalf("%d rows", len(got))
	}
	want.MAC, empty.MAC = got[0].MAC, got[1].MAC
	if fmt.Sprint(got[0]) != fmt.Sprint(want) || fmt.Sprint(got[1]) != fmt.Sprint(empty) {
		t.Errorf("\n got %v\nwant %v\n got %v\nwant %v", got[0], want, got[1], empty)
	}
	if !got[1].At.IsZero() || got[1].Bytes != nil {
		t.Error("NULL must come back as zero")
	}
}

func textByBytes(t *testing.T, s db.Store) {
	insert(t, s, sample("b"), sample("A"), sample("a"), sample("é"), sample("Z"), sample("中"), sample("𠮷"), sample("ff"), sample(""))
	if got := names(selects(t, s, "WHERE org = $1 ORDER BY name", "o1")); got != " A Z a b ff é 中 𠮷 " {
		t.Errorf("order: %q", got)
	}
	if got := names(selects(t, s, "WHERE name = $1", "a")); got != "a " {
		t.Errorf("equality minds case: %q", got)
	}
	if got := names(selects(t, s, "WHERE name > $1 AND name < $2 ORDER BY name", "Z", "c")); got != "a b " {
		t.Errorf("range: %q", got)
	}
}

func likeMindsCase(t *testing.T, s db.Store) {
	insert(t, s, sample("Abc"), sample("abc"), sample("a%c"))
	if got := names(selects(t, s, "WHERE name LIKE $1 ORDER BY name", "a%c")); got != "a%c abc " {
		t.Errorf("LIKE: %q", got)
	}
	if got := names(selects(t, s, `WHERE name LIKE $1 ESCAPE '!' ORDER BY name`, "a!%c")); got != "a%c " {
		t.Errorf("LIKE with escape: %q", got)
	}
}

func sameKeyTwice(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		again := sample("a")
		return Samples.Insert(ctx, w, &again)
	}})
	if !errors.Is(err, db.ErrExists) {
		t.Errorf("got %v", err)
	}
}

func changeNothing(t *testing.T, s db.Store) {
	for name, change := range map[string]func(context.Context, db.Writer, *Sample) error{"update": Samples.Update, "delete": Samples.Delete} {
		err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			row := sample("nobody")
			return change(ctx, w, &row)
		}})
		if !errors.Is(err, db.ErrGone) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

var errRule = errors.New("a rule says no")

func failureLeavesNothing(t *testing.T, s db.Store) {
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		row := sample("a")
		if err := Samples.Insert(ctx, w, &row); err != nil {
			return err
		}
		return errRule
	}})
	if !errors.Is(err, errRule) {
		t.Errorf("got %v", err)
	}
	if rows := selects(t, s, ""); len(rows) != 0 {
		t.Errorf("%d rows stayed", len(rows))
	}
}

func swallowedFailure(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		b, a := sample("b"), sample("a")
		if err := Samples.Insert(ctx, w, &b); err != nil {
			return err
		}
		_ = Samples.Insert(ctx, w, &a)
		return nil
	}})
	if !errors.Is(err, db.ErrExists) {
		t.Errorf("got %v", err)
	}
	if got := names(selects(t, s, "")); got != "a " {
		t.Errorf("rows: %q", got)
	}
}

func panicLeavesNothing(t *testing.T, s db.Store) {
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		row := sample("a")
		if err := Samples.Insert(ctx, w, &row); err != nil {
			return err
		}
		panic("a defect")
	}})
	if err == nil {
		t.Error("a panic was reported as success")
	}
	if rows := selects(t, s, ""); len(rows) != 0 {
		t.Errorf("%d rows stayed", len(rows))
	}
	insert(t, s, sample("b"))
}

func oneSnapshot(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	err := s.Read(t.Context(), func(r db.Reader) error {
		before, err := Samples.Select(t.Context(), r, "")
		if err != nil {
			return err
		}
		insert(t, s, sample("b"))
		after, err := Samples.Select(t.Context(), r, "")
		if len(before) != 1 || len(after) != 1 {
			t.Errorf("saw %d, then %d", len(before), len(after))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows := selects(t, s, ""); len(rows) != 2 {
		t.Errorf("afterwards %d", len(rows))
	}
}

func checkThenAct(t *testing.T, s db.Store) {
	row := sample("counter")
	row.Count = 0
	insert(t, s, row)
	const callers, each = 8, 25
	var wg sync.WaitGroup
	var failed atomic.Int64
	for range callers {
		wg.Go(func() {
			for range each {
				err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
					row, err := Samples.Get(ctx, w, "o1", "counter")
					if err != nil {
						return err
					}
					row.Count++
					return Samples.Update(ctx, w, &row)
				}})
				if err != nil {
					failed.Add(1)
					t.Log(err)
				}
			}
		})
	}
	wg.Wait()
	if got := selects(t, s, "")[0].Count; got != callers*each-failed.Load() || failed.Load() > 0 {
		t.Errorf("%d counted, %d failed, %d asked", got, failed.Load(), callers*each)
	}
}

// writeSkew lets two transactions each read what the other writes; at most one
// row may end up off duty.
func writeSkew(t *testing.T, s db.Store) {
	for round := range 10 {
		a, b := sample(fmt.Sprint("a", round)), sample(fmt.Sprint("b", round))
		a.Org, b.Org = fmt.Sprint("ward", round), fmt.Sprint("ward", round)
		insert(t, s, a, b)
		var wg sync.WaitGroup
		for _, name := range []string{a.Name, b.Name} {
			wg.Go(func() {
				_ = s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
					onDuty, err := Samples.Select(ctx, w, "WHERE org = $1 AND flag = $2", a.Org, 1)
					if err != nil || len(onDuty) < 2 {
						return errors.Join(err, errRule)
					}
					row, err := Samples.Get(ctx, w, a.Org, name)
					if err != nil {
						return err
					}
					row.Flag = false
					return Samples.Update(ctx, w, &row)
				}})
			})
		}
		wg.Wait()
		if left := selects(t, s, "WHERE org = $1 AND flag = $2", a.Org, 1); len(left) != 1 {
			t.Fatalf("round %d: %d on duty, want 1", round, len(left))
		}
	}
}

func hangingUp(t *testing.T, s db.Store) {
	ctx, hangUp := context.WithCancel(t.Context())
	err := s.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		hangUp()
		row := sample("a")
		if err := Samples.Insert(ctx, w, &row); err != nil {
			return err
		}
		_, err := Samples.Get(ctx, w, "o1", "a")
		return err
	}})
	if err != nil {
		t.Errorf("a transaction that had begun was broken off: %v", err)
	}
	if err := s.Write(ctx, db.Tx{Do: func(context.Context, db.Writer) error { return nil }}); !errors.Is(err, context.Canceled) {
		t.Errorf("a transaction of a caller who is gone was begun: %v", err)
	}
	if got := names(selects(t, s, "")); got != "a " {
		t.Errorf("rows: %q", got)
	}
}

func oneResult(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"))
	err := s.Read(t.Context(), func(r db.Reader) error {
		rows, err := r.Query(t.Context(), "SELECT name FROM conform_sample")
		if err != nil {
			return err
		}
		rows.Next()
		if _, err := r.Query(t.Context(), "SELECT 1"); err == nil {
			t.Error("a second question was answered while the first was open")
		}
		rows.Close()
		_, err = Samples.Get(t.Context(), r, "o1", "a")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func forgedRow(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		return w.Apply(ctx, db.Change{Table: &Samples.Meta, Op: db.Update, Key: "o1/a", SQL: "UPDATE conform_sample SET note = $1 WHERE name = $2", Args: []any{"forged", "a"}})
	}})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(t.Context(), func(r db.Reader) error {
		_, err := Samples.Get(t.Context(), r, "o1", "a")
		return err
	})
	if !errors.Is(err, db.ErrForged) {
		t.Errorf("got %v", err)
	}
}

func failingNeighbour(t *testing.T, s db.Store) {
	insert(t, s, sample("taken"))
	var wg sync.WaitGroup
	var landed, refused atomic.Int64
	for i := range 60 {
		wg.Go(func() {
			name := fmt.Sprint("n", i)
			if i%3 == 0 {
				name = "taken"
			}
			err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
				row := sample(name)
				return Samples.Insert(ctx, w, &row)
			}})
			switch {
			case err == nil:
				landed.Add(1)
			case errors.Is(err, db.ErrExists):
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if landed.Load() != 40 || refused.Load() != 20 {
		t.Errorf("%d landed, %d refused", landed.Load(), refused.Load())
	}
	if rows := selects(t, s, ""); len(rows) != 41 {
		t.Errorf("%d rows", len(rows))
	}
}

func partFailsAlone(t *testing.T, s db.Store) {
	insert(t, s, sample("taken"))
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		for _, name := range []string{"a", "taken", "b", "rule", "c", "panic"} {
			err := w.Try(ctx, func() error {
				before := sample(name + " before")
				if err := Samples.Insert(ctx, w, &before); err != nil {
					return err
				}
				row := sample(name)
				if err := Samples.Insert(ctx, w, &row); err != nil {
					return err
				}
				switch name {
				case "rule":
					return errRule
				case "panic":
					panic("a defect in one part")
				}
				return nil
			})
			if failed := err != nil; failed != (name == "taken" || name == "rule" || name == "panic") {
				t.Errorf("%s: %v", name, err)
			}
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(selects(t, s, "ORDER BY name")); got != "a a before b b before c c before taken " {
		t.Errorf("rows: %q", got)
	}
}

func orderLimitNull(t *testing.T, s db.Store) {
	early, late, never := sample("early"), sample("late"), sample("never")
	late.At = early.At.Add(time.Microsecond)
	never.At = time.Time{}
	insert(t, s, late, never, early)
	if got := names(selects(t, s, "WHERE at IS NOT NULL ORDER BY at DESC, name LIMIT $1 OFFSET $2", 2, 0)); got != "late early " {
		t.Errorf("%q", got)
	}
	if got := names(selects(t, s, "WHERE at IS NULL")); got != "never " {
		t.Errorf("%q", got)
	}
	if got := names(selects(t, s, "WHERE (at, name) < ($1, $2) ORDER BY at DESC, name DESC", late.At.UnixMicro(), "late")); got != "early " {
		t.Errorf("row values: %q", got)
	}
}

func manyAtOnce(t *testing.T, s db.Store) {
	var rows []Sample
	for i := range 150 {
		rows = append(rows, sample(fmt.Sprintf("n%03d", i)))
	}
	write := func(rows []Sample) error {
		return s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error { return Samples.InsertAll(ctx, w, rows) }})
	}
	if err := write(rows); err != nil {
		t.Fatal(err)
	}
	if got := selects(t, s, "ORDER BY name"); len(got) != 150 || got[149].Name != "n149" || got[70].Note != rows[70].Note {
		t.Errorf("%d rows came back", len(got))
	}
	if err := write(append([]Sample{sample("new")}, rows[100:]...)); !errors.Is(err, db.ErrExists) {
		t.Errorf("a taken key among many: %v", err)
	}
}

func portableSQL(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"))
	for text, want := range map[string]int64{
		"SELECT COUNT(*) FROM conform_sample WHERE name IN ($1, $2)":                                                                       2,
		"SELECT COALESCE(MAX(count), 0) FROM conform_sample WHERE name > $1 AND name > $2":                                                 0,
		"SELECT COUNT(*) FROM (SELECT 1 FROM conform_sample WHERE name >= $1 OR name >= $2 LIMIT 1) AS found":                              1,
		"WITH n AS (SELECT name FROM conform_sample WHERE name = $1 OR name = $2) SELECT COUNT(*) FROM n":                                  2,
		"SELECT COUNT(*) FROM conform_sample WHERE name >= $2 AND name <> $1":                                                              1,
		"SELECT COUNT(*) FROM conform_sample WHERE name IS DISTINCT FROM $1 AND name IS DISTINCT FROM $2":                                  0,
		"SELECT COUNT(*) FROM conform_sample a WHERE EXISTS (SELECT 1 FROM conform_sample b WHERE b.name < a.name) AND a.name <> $1 || $2": 1,
	} {
		var got int64
		args := []any{"a", "b"}
		if want == 0 && text[7] == 'C' && text[8] == 'O' && text[9] == 'A' {
			args = []any{"x", "y"}
		}
		err := s.Read(t.Context(), func(r db.Reader) error {
			rows, err := r.Query(t.Context(), text, args...)
			if err != nil {
				return err
			}
			defer rows.Close()
			rows.Next()
			return rows.Scan(&got)
		})
		if err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
}

func leftIsSealed(t *testing.T, fresh func(*testing.T, db.Hooks) db.Store) {
	var sealed, blocks atomic.Int64
	s := fresh(t, db.Hooks{BeforeCommit: func(ctx context.Context, w db.Writer, left []any) error {
		row := sample(fmt.Sprint("block", blocks.Add(1)))
		row.Count = int64(len(left))
		if left[0] == "poison" {
			return errRule
		}
		return Samples.Insert(ctx, w, &row)
	}, Committed: func() { sealed.Add(1) }})
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			tx := db.Tx{Leaves: []any{i}}
			if i%4 == 0 {
				tx = db.Tx{Do: func(_ context.Context, w db.Writer) error { w.Leave(i); return nil }}
			}
			if err := s.Write(t.Context(), tx); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	total := int64(0)
	for _, row := range selects(t, s, "") {
		total += row.Count
	}
	if total != 40 || sealed.Load() == 0 {
		t.Errorf("%d of 40 payloads sealed in %d commits", total, sealed.Load())
	}
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		w.Leave("poison")
		row := sample("beside the poison")
		return Samples.Insert(ctx, w, &row)
	}})
	if !errors.Is(err, errRule) {
		t.Errorf("an unsealed payload was committed: %v", err)
	}
	if rows := selects(t, s, "WHERE name = $1", "beside the poison"); len(rows) != 0 {
		t.Error("a row without its account stayed")
	}
}

func foundOnce(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	asked := 0
	for range 2 {
		err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			if _, err := db.Once(w, "sample", func() (Sample, error) { return Samples.Get(ctx, w, "o1", "nobody") }); !errors.Is(err, db.ErrNone) {
				t.Errorf("got %v", err)
			}
			for range 3 {
				row, err := db.Once(w, "sample", func() (Sample, error) { asked++; return Samples.Get(ctx, w, "o1", "a") })
				if err != nil || row.Name != "a" {
					t.Errorf("got %q, %v", row.Name, err)
				}
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times in two transactions", asked)
	}
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		write := func() (bool, error) {
			row := sample("b")
			return true, Samples.Insert(ctx, w, &row)
		}
		_ = w.Try(ctx, func() error {
			_, err := db.Once(w, "written", write)
			return errors.Join(err, errRule)
		})
		_, err := db.Once(w, "written", write)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(selects(t, s, "ORDER BY name")); got != "a b " {
		t.Errorf("what a failed part found was kept: %q", got)
	}
}
