package dbtest

import (
	"context"
	"sync/atomic"

	"github.com/medward/medward/internal/base/db"
)

// Counter is a store that counts what it is asked and told.
type Counter struct {
	db.Store
	questions, changes atomic.Int64
}

// Count returns a store that counts what goes through it to another.
func Count(s db.Store) *Counter { return &Counter{Store: s} }

// During returns how many questions are asked and changes made while fn runs.
func (c *Counter) During(fn func()) (questions, changes int64) {
	before, written := c.questions.Load(), c.changes.Load()
	fn()
	return c.questions.Load() - before, c.changes.Load() - written
}

// Read implements [db.Store].
func (c *Counter) Read(ctx context.Context, fn func(db.Reader) error) error {
	return c.Store.Read(ctx, func(r db.Reader) error { return fn(countedReader{r, c}) })
}

// Write implements [db.Store].
func (c *Counter) Write(ctx context.Context, tx db.Tx) error {
	if do := tx.Do; do != nil {
		tx.Do = func(ctx context.Context, w db.Writer) error { return do(ctx, countedWriter{w, c}) }
	}
	return c.Store.Write(ctx, tx)
}

type countedReader struct {
	db.Reader
	counter *Counter
}

func (r countedReader) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	r.counter.questions.Add(1)
	return r.Reader.Query(ctx, sql, args...)
}

type countedWriter struct {
	db.Writer
	counter *Counter
}

func (w countedWriter) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	w.counter.questions.Add(1)
	return w.Writer.Query(ctx, sql, args...)
}

func (w countedWriter) Apply(ctx context.Context, c db.Change) error {
	w.counter.changes.Add(1)
	return w.Writer.Apply(ctx, c)
}
