package dbtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/db"
)

var togetherCases = map[string]func(*testing.T, db.Store){
	"together every part gets its own answers":         togetherAnswers,
	"together what was written before is seen":         togetherSeesWrites,
	"together with nothing to ask":                     togetherNothing,
	"together one part's failure is the whole's":       togetherRule,
	"together a part that is stopped takes nothing":    togetherStopped,
	"together a question that fails":                   togetherBroken,
	"together a question that fails is not committed":  togetherBrokenWrite,
	"together a forged row is told from a true one":    togetherForged,
	"together a caller who hangs up is not kept":       togetherHangingUp,
	"together one result at a time":                    togetherOneResult,
	"together nothing is written":                      togetherWrites,
	"together a panic leaves nothing":                  togetherPanic,
	"together fails in any shape as it would in turns": togetherShapes,
}

func called(ctx context.Context, r db.Reader, name string, into *string) func() error {
	return func() error {
		row, err := Samples.Get(ctx, r, "o1", name)
		*into += row.Name
		return err
	}
}

func togetherWrites(t *testing.T, s db.Store) {
	for name, write := range map[string]func(ctx context.Context, w db.Writer) error{
		"a row":  func(ctx context.Context, w db.Writer) error { row := sample("a"); return Samples.Insert(ctx, w, &row) },
		"a part": func(ctx context.Context, w db.Writer) error { return w.Try(ctx, func() error { return nil }) },
	} {
		err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			return w.Together(ctx, func() error { return write(ctx, w) })
		}})
		if err == nil || len(selects(t, s, "")) > 0 {
			t.Errorf("%s was written: %v", name, err)
		}
	}
}

func togetherAnswers(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"), sample("c"), sample("d"), sample("e"))
	err := s.Read(t.Context(), func(r db.Reader) error {
		var first, second, third, after string
		err := r.Together(t.Context(),
			func() error {
				return errors.Join(called(t.Context(), r, "a", &first)(), called(t.Context(), r, "b", &first)(), called(t.Context(), r, "c", &first)())
			},
			func() error {
				if err := called(t.Context(), r, "b", &second)(); err != nil {
					return err
				}
				return r.Together(t.Context(), called(t.Context(), r, "d", &second), called(t.Context(), r, "e", &second))
			},
			called(t.Context(), r, "c", &third),
		)
		if first != "abc" || second != "bde" || third != "c" {
			t.Errorf("answers went astray: %q %q %q", first, second, third)
		}
		return errors.Join(err, called(t.Context(), r, "d", &after)())
	})
	if err != nil {
		t.Fatal(err)
	}
}

func togetherSeesWrites(t *testing.T, s db.Store) {
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		row := sample("a")
		if err := Samples.Insert(ctx, w, &row); err != nil {
			return err
		}
		var first, second string
		err := w.Together(ctx, called(ctx, w, "a", &first), called(ctx, w, "a", &second))
		if first != "a" || second != "a" {
			t.Errorf("saw %q and %q", first, second)
		}
		again := sample("b")
		return errors.Join(err, Samples.Insert(ctx, w, &again))
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(selects(t, s, "ORDER BY name")); got != "a b " {
		t.Errorf("rows: %q", got)
	}
}

func togetherNothing(t *testing.T, s db.Store) {
	err := s.Read(t.Context(), func(r db.Reader) error {
		silent := func() error { return nil }
		empty := func() error {
			rows, err := Samples.Select(t.Context(), r, "WHERE name = $1", "nobody")
			if len(rows) != 0 {
				t.Errorf("%d rows", len(rows))
			}
			return err
		}
		return errors.Join(r.Together(t.Context()), r.Together(t.Context(), silent), r.Together(t.Context(), silent, empty, silent))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func togetherRule(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"))
	err := s.Read(t.Context(), func(r db.Reader) error {
		var first, second, after string
		err := r.Together(t.Context(),
			func() error { return errors.Join(called(t.Context(), r, "a", &first)(), errRule) },
			func() error {
				return errors.Join(called(t.Context(), r, "b", &second)(), called(t.Context(), r, "b", &second)())
			},
		)
		if !errors.Is(err, errRule) {
			t.Errorf("got %v", err)
		}
		if err := called(t.Context(), r, "nobody", &after)(); !errors.Is(err, db.ErrNone) {
			t.Errorf("afterwards: %v", err)
		}
		return called(t.Context(), r, "b", &after)()
	})
	if err != nil {
		t.Fatal(err)
	}
}

func togetherStopped(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"), sample("c"), sample("d"))
	ctx := t.Context()
	err := s.Read(ctx, func(r db.Reader) error {
		var asks, ignored string
		failsNext := func() error { return errors.Join(called(ctx, r, "b", &ignored)(), errRule) }
		stopped := func() error {
			return r.Together(ctx, called(ctx, r, "d", &ignored), called(ctx, r, "d", &ignored))
		}
		err := r.Together(ctx,
			func() error {
				if err := called(ctx, r, "a", &asks)(); err != nil {
					return err
				}
				return r.Together(ctx, called(ctx, r, "b", &asks), called(ctx, r, "c", &asks), called(ctx, r, "d", &asks))
			},
			func() error {
				if err := r.Together(ctx, failsNext, stopped); !errors.Is(err, errRule) {
					return fmt.Errorf("a rule's failure became %w", err)
				}
				return nil
			},
		)
		if asks != "abcd" {
			t.Errorf("answers went astray: %q", asks)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func broken(ctx context.Context, r db.Reader) func() error {
	return func() error {
		_, err := Samples.Select(ctx, r, "WHERE no_such_column = $1", "a")
		return err
	}
}

func togetherBroken(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	for place := range 3 {
		err := s.Read(t.Context(), func(r db.Reader) error {
			var ignored string
			parts := []func() error{called(t.Context(), r, "a", &ignored), called(t.Context(), r, "a", &ignored), called(t.Context(), r, "a", &ignored)}
			parts[place] = broken(t.Context(), r)
			return r.Together(t.Context(), parts...)
		})
		if err == nil || !strings.Contains(err.Error(), "no_such_column") {
			t.Errorf("place %d: got %v", place, err)
		}
	}
	if got := names(selects(t, s, "")); got != "a " {
		t.Errorf("rows: %q", got)
	}
}

func togetherBrokenWrite(t *testing.T, s db.Store) {
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		row := sample("a")
		if err := Samples.Insert(ctx, w, &row); err != nil {
			return err
		}
		var ignored string
		_ = w.Together(ctx, called(ctx, w, "a", &ignored), broken(ctx, w), called(ctx, w, "a", &ignored))
		return nil
	}})
	if err == nil {
		t.Error("a swallowed failure was committed")
	}
	if rows := selects(t, s, ""); len(rows) != 0 {
		t.Errorf("%d rows stayed", len(rows))
	}
}

func togetherForged(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"))
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		return w.Apply(ctx, db.Change{Table: &Samples.Meta, Op: db.Update, Key: "o1/b", SQL: "UPDATE conform_sample SET note = $1 WHERE name = $2", Args: []any{"forged", "b"}})
	}})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(t.Context(), func(r db.Reader) error {
		var ignored string
		return r.Together(t.Context(), called(t.Context(), r, "a", &ignored), called(t.Context(), r, "b", &ignored))
	})
	if !errors.Is(err, db.ErrForged) {
		t.Errorf("got %v", err)
	}
}

func togetherHangingUp(t *testing.T, s db.Store) {
	insert(t, s, sample("a"))
	ctx, hangUp := context.WithCancel(t.Context())
	err := s.Read(ctx, func(r db.Reader) error {
		var ignored string
		hangingUp := func() error {
			hangUp()
			return called(ctx, r, "a", &ignored)()
		}
		return r.Together(ctx, called(ctx, r, "a", &ignored), hangingUp, called(ctx, r, "a", &ignored))
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := names(selects(t, s, "")); got != "a " {
		t.Errorf("rows: %q", got)
	}
}

func togetherOneResult(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"))
	_ = s.Read(t.Context(), func(r db.Reader) error {
		var ignored string
		err := r.Together(t.Context(),
			func() error {
				_, err := r.Query(t.Context(), "SELECT name FROM conform_sample")
				return err
			},
			called(t.Context(), r, "b", &ignored),
		)
		if err == nil {
			t.Error("a question was answered while a result was open")
		}
		return err
	})
	if got := names(selects(t, s, "ORDER BY name")); got != "a b " {
		t.Errorf("rows: %q", got)
	}
}

func togetherPanic(t *testing.T, s db.Store) {
	err := s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		row := sample("a")
		if err := Samples.Insert(ctx, w, &row); err != nil {
			return err
		}
		var ignored string
		defect := func() error {
			_ = called(ctx, w, "a", &ignored)()
			panic("a defect in one part")
		}
		return w.Together(ctx, called(ctx, w, "a", &ignored), defect, called(ctx, w, "a", &ignored))
	}})
	if err == nil || !strings.Contains(err.Error(), "a defect in one part") {
		t.Errorf("got %v", err)
	}
	if rows := selects(t, s, ""); len(rows) != 0 {
		t.Errorf("%d rows stayed", len(rows))
	}
	insert(t, s, sample("b"))
}

// shape is a tree of questions: a part asks for its names and then lets its
// parts do so together.
type shape struct {
	names []string
	fails bool
	parts []shape
}

func drawShape(t *rapid.T, depth int) shape {
	s := shape{names: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "nobody"}), 0, 3).Draw(t, "names"), fails: rapid.IntRange(0, 9).Draw(t, "fails") == 0}
	if depth > 0 {
		for range rapid.IntRange(0, 3).Draw(t, "parts") {
			s.parts = append(s.parts, drawShape(t, depth-1))
		}
	}
	return s
}

func (s shape) ask(ctx context.Context, r db.Reader) error {
	for _, name := range s.names {
		row, err := Samples.Get(ctx, r, "o1", name)
		if known := name != "nobody"; known != (err == nil) || row.Name != name && known {
			return fmt.Errorf("asked for %s and got %q, %w", name, row.Name, err)
		}
	}
	if s.fails {
		return errRule
	}
	parts := make([]func() error, len(s.parts))
	for i, part := range s.parts {
		parts[i] = func() error {
			if err := part.ask(ctx, r); !errors.Is(err, errRule) || i%2 == 0 {
				return err
			}
			return nil
		}
	}
	return r.Together(ctx, parts...)
}

// failing reports whether the whole fails: the failure of every other part is
// swallowed.
func (s shape) failing() bool {
	for i, part := range s.parts {
		if i%2 == 0 && part.failing() {
			return true
		}
	}
	return s.fails
}

func togetherShapes(t *testing.T, s db.Store) {
	insert(t, s, sample("a"), sample("b"), sample("c"))
	rapid.Check(t, func(rt *rapid.T) {
		tree := drawShape(rt, 3)
		err := s.Read(t.Context(), func(r db.Reader) error {
			err := tree.ask(t.Context(), r)
			if again := (shape{names: []string{"b"}}).ask(t.Context(), r); again != nil {
				rt.Errorf("afterwards: %v", again)
			}
			return err
		})
		if failed := err != nil; failed != tree.failing() || failed && !errors.Is(err, errRule) {
			rt.Errorf("got %v, want a failure: %v", err, tree.failing())
		}
	})
}
