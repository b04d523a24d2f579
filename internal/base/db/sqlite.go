package db

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"zombiezen.com/go/sqlite"
)

// OpenSQLite opens the database file at path, creating it if it is not there.
func OpenSQLite(path string) (Store, error) {
	s := &sqliteStore{
		hooks:   defaultHooks(),
		queue:   make(chan *request, maxBatch),
		closing: make(chan struct{}),
		readers: make(chan *sqliteConn, readerCount()),
	}
	var err error
	if s.writer, err = connectSQLite(path); err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	for range readerCount() {
		c, err := connectSQLite(path)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("opening %s: %w", path, err), s.disconnect())
		}
		s.readers <- c
	}
	s.writing.Go(s.write)
	return s, nil
}

func readerCount() int { return max(4, 2*runtime.NumCPU()) }

const (
	// maxBatch bounds how many transactions share one commit.
	maxBatch = 1024
)

type sqliteStore struct {
	hooks   Hooks
	writer  *sqliteConn
	readers chan *sqliteConn
	queue   chan *request
	closing chan struct{}
	once    sync.Once
	writing sync.WaitGroup
}

// request is one transaction that waits for the writer.
type request struct {
	ctx  context.Context
	tx   Tx
	left []any
	err  error
	done chan struct{}
}

func (s *sqliteStore) Engine() Engine { return SQLite }

func (s *sqliteStore) Bind(h Hooks) { s.hooks = h.over(s.hooks) }

func (s *sqliteStore) Ping(ctx context.Context) error {
	return s.Read(ctx, func(r Reader) error {
		rows, err := r.Query(ctx, "SELECT 1")
		if err != nil {
			return err
		}
		rows.Close()
		return nil
	})
}

func (s *sqliteStore) Close() error {
	first := false
	s.once.Do(func() { close(s.closing); first = true })
	s.writing.Wait()
	if !first {
		return nil
	}
	var err error
	for range cap(s.readers) {
		err = errors.Join(err, (<-s.readers).close())
	}
	close(s.readers)
	return errors.Join(err, s.writer.close())
}

// disconnect closes what a failed opening has opened.
func (s *sqliteStore) disconnect() error {
	err := s.writer.close()
	for len(s.readers) > 0 {
		err = errors.Join(err, (<-s.readers).close())
	}
	return err
}

var errClosed = errors.New("db: the store is closed")

func (s *sqliteStore) Read(ctx context.Context, fn func(Reader) error) error {
	var c *sqliteConn
	select {
	case open, more := <-s.readers:
		if !more {
			return errClosed
		}
		c = open
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.readers <- c }()
	if err := c.exec("BEGIN"); err != nil {
		return err
	}
	err := guarded(func() error { return fn(sqliteReader{conn: c, hooks: &s.hooks, ctx: ctx}) })
	return errors.Join(err, c.exec("COMMIT"))
}

func (s *sqliteStore) Write(ctx context.Context, tx Tx) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	q := &request{ctx: ctx, tx: tx, done: make(chan struct{})}
	select {
	case s.queue <- q:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closing:
		return errClosed
	}
	<-q.done
	return q.err
}

// write is the one writer: it gathers what waits and commits it together.
func (s *sqliteStore) write() {
	batch := make([]*request, 0, maxBatch)
	for {
		batch = batch[:0]
		select {
		case q := <-s.queue:
			batch = append(batch, q)
		case <-s.closing:
			s.refuseTheRest()
			return
		}
		for len(batch) < maxBatch && len(s.queue) > 0 {
			batch = append(batch, <-s.queue)
		}
		s.commit(batch)
		for _, q := range batch {
			close(q.done)
		}
	}
}

func (s *sqliteStore) refuseTheRest() {
	for {
		select {
		case q := <-s.queue:
			q.err = errClosed
			close(q.done)
		default:
			return
		}
	}
}

// commit carries out a batch; when the batch as a whole fails, each of its
// transactions is carried out singly, so that one cannot take others with it.
func (s *sqliteStore) commit(batch []*request) {
	err := s.try(batch)
	if err == nil {
		return
	}
	if len(batch) == 1 {
		batch[0].err = err
		return
	}
	s.hooks.Log.Warn("a shared commit failed and is carried out singly", "transactions", len(batch), "cause", err)
	for _, q := range batch {
		if err := s.try([]*request{q}); err != nil {
			q.err = err
		}
	}
}

func (s *sqliteStore) try(batch []*request) error {
	if err := s.writer.exec("BEGIN IMMEDIATE"); err != nil {
		return s.failed(err)
	}
	var left []any
	for _, q := range batch {
		if q.err = s.run(q, len(batch) > 1); q.err != nil {
			if broke := new(brokenError); errors.As(q.err, &broke) {
				return s.failed(errors.Join(broke.cause, s.rollback()))
			}
			continue
		}
		left = append(left, q.left...)
	}
	if len(batch) == 1 && batch[0].err != nil {
		if err := s.rollback(); err != nil {
			return s.failed(errors.Join(batch[0].err, err))
		}
		return nil
	}
	if len(left) > 0 {
		w := &sqliteWriter{sqliteReader: s.reading(context.Background(), s.writer)}
		if err := s.hooks.BeforeCommit(context.Background(), w, left); err != nil {
			return s.failed(errors.Join(err, s.rollback()))
		}
	}
	if err := s.writer.exec("COMMIT"); err != nil {
		return s.failed(errors.Join(err, s.rollback()))
	}
	if len(left) > 0 {
		s.hooks.Committed()
	}
	return nil
}

// brokenError says that the transaction of a whole batch is no longer there.
type brokenError struct{ cause error }

func (e *brokenError) Error() string { return "db: transaction lost: " + e.cause.Error() }

// run carries out one transaction within the batch.
func (s *sqliteStore) run(q *request, shared bool) error {
	if err := q.ctx.Err(); err != nil {
		return err
	}
	q.left = q.tx.Leaves
	if q.tx.Do == nil {
		return nil
	}
	if shared {
		if err := s.writer.exec("SAVEPOINT act"); err != nil {
			return &brokenError{err}
		}
	}
	ctx := context.WithoutCancel(q.ctx)
	w := &sqliteWriter{sqliteReader: s.reading(ctx, s.writer)}
	err := guarded(func() error { return q.tx.Do(ctx, w) })
	s.writer.closeRows()
	if err == nil {
		err = w.failed
	}
	if !shared {
		q.left = append(slices.Clip(q.left), w.left...)
		return err
	}
	if err != nil {
		if undo := s.writer.exec("ROLLBACK TO act"); undo != nil {
			return &brokenError{errors.Join(err, undo)}
		}
	}
	if release := s.writer.exec("RELEASE act"); release != nil {
		return &brokenError{errors.Join(err, release)}
	}
	q.left = append(slices.Clip(q.left), w.left...)
	return err
}

func (s *sqliteStore) rollback() error {
	if s.writer.conn.AutocommitEnabled() {
		return nil // the engine has rolled back itself
	}
	return s.writer.exec("ROLLBACK")
}

// failed ends the process when the storage itself failed: after a failed fsync
// nobody can say what a later read or commit would see.
func (s *sqliteStore) failed(err error) error {
	if sqlite.ErrCode(err).ToPrimary() == sqlite.ResultIOErr {
		s.hooks.Fatal(fmt.Errorf("db: the storage failed: %w", err))
	}
	return err
}

func (s *sqliteStore) reading(ctx context.Context, c *sqliteConn) sqliteReader {
	return sqliteReader{conn: c, hooks: &s.hooks, ctx: ctx}
}

type sqliteReader struct {
	conn  *sqliteConn
	hooks *Hooks
	ctx   context.Context
}

func (r sqliteReader) Engine() Engine { return SQLite }

func (r sqliteReader) MAC(digest []byte) []byte { return r.hooks.MAC(digest) }

var errOneResult = errors.New("db: the result of the question before is still open")

func (r sqliteReader) Query(_ context.Context, text string, args ...any) (Rows, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	if r.conn.open != nil {
		return nil, errOneResult
	}
	rows, err := r.conn.query(text, args)
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// sqliteWriter remembers the first statement that failed: its transaction
// cannot be committed, as it could not be on the other engine.
type sqliteWriter struct {
	sqliteReader
	found
	left   []any
	failed error
}

func (w *sqliteWriter) Leave(payload any) { w.left = append(w.left, payload) }

func (w *sqliteWriter) Query(ctx context.Context, text string, args ...any) (Rows, error) {
	rows, err := w.sqliteReader.Query(ctx, text, args...)
	return rows, w.remember(err)
}

func (w *sqliteWriter) Apply(_ context.Context, c Change) error {
	switch {
	case w.conn.open != nil:
		return w.remember(errOneResult)
	case w.conn.together > 0:
		return w.remember(errAskOnly)
	}
	n, err := w.conn.affect(c.SQL, c.Args...)
	if err != nil {
		return w.remember(fmt.Errorf("%s %s: %w", c.Table.Name, c.Key, sqliteMeaning(err)))
	}
	if !c.fits(n) {
		return w.remember(fmt.Errorf("%s %s: %w", c.Table.Name, c.Key, ErrGone))
	}
	return nil
}

func (w *sqliteWriter) Try(_ context.Context, fn func() error) error {
	switch {
	case w.failed != nil:
		return w.failed
	case w.conn.together > 0:
		return w.remember(errAskOnly)
	}
	if err := w.conn.exec("SAVEPOINT part"); err != nil {
		return w.remember(err)
	}
	kept := len(w.left)
	err := guarded(fn)
	w.conn.closeRows()
	if err == nil {
		err = w.failed
	}
	w.failed = nil
	if err != nil {
		w.left, w.found = w.left[:kept], nil
		if undo := w.conn.exec("ROLLBACK TO part"); undo != nil {
			return w.remember(errors.Join(err, undo))
		}
	}
	if release := w.conn.exec("RELEASE part"); release != nil {
		return w.remember(errors.Join(err, release))
	}
	return err
}

func (w *sqliteWriter) remember(err error) error {
	if w.failed == nil {
		w.failed = err
	}
	return err
}

func sqliteMeaning(err error) error {
	switch sqlite.ErrCode(err) {
	case sqlite.ResultConstraintUnique, sqlite.ResultConstraintPrimaryKey, sqlite.ResultConstraintRowID:
		return errors.Join(ErrExists, err)
	}
	return err
}

// guarded turns a panic of fn into an error, so that it cannot take the writer
// and everybody's transactions with it.
func guarded(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("db: panic inside a transaction: %v\n%s", p, stack())
		}
	}()
	return fn()
}

func stack() []byte {
	buf := make([]byte, 8<<10)
	return buf[:runtime.Stack(buf, false)]
}
