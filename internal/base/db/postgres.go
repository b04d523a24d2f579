package db

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// OpenPostgres opens the PostgreSQL database at url.
func OpenPostgres(ctx context.Context, url string) (Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("reading the database address: %w", err)
	}
	if config.MaxConns < 24 {
		config.MaxConns = 24
	}
	for name, value := range map[string]string{
		"statement_timeout":                   "30s",
		"lock_timeout":                        "5s",
		"idle_in_transaction_session_timeout": "20s",
		"TimeZone":                            "UTC",
		"application_name":                    "medward",
	} {
		if _, set := config.ConnConfig.RuntimeParams[name]; !set {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connecting to the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("connecting to the database: %w", err)
	}
	s := &pgStore{pool: pool, hooks: defaultHooks(), queue: make(chan *request, maxBatch), closing: make(chan struct{})}
	for range sharedCommitters {
		s.writing.Go(s.share)
	}
	return s, nil
}

const (
	// sharedCommitters is how many shared commits may be under way at once.
	sharedCommitters = 2
	// maxTries bounds how often a colliding transaction is tried again.
	maxTries = 50
	// maxQueued bounds the writes that wait for the next round trip.
	maxQueued = 256
	// doubtWait bounds how long the outcome of a broken commit is asked for.
	doubtWait = 20 * time.Second
)

type pgStore struct {
	pool    *pgxpool.Pool
	hooks   Hooks
	queue   chan *request
	closing chan struct{}
	once    sync.Once
	writing sync.WaitGroup
}

func (s *pgStore) Engine() Engine { return Postgres }

func (s *pgStore) Bind(h Hooks) { s.hooks = h.over(s.hooks) }

func (s *pgStore) Ping(ctx context.Context) error { return s.pool.Ping(ctx) }

func (s *pgStore) Close() error {
	s.once.Do(func() { close(s.closing) })
	s.writing.Wait()
	s.pool.Close()
	return nil
}

func (s *pgStore) Read(ctx context.Context, fn func(Reader) error) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	t := &pgTx{conn: conn.Conn(), hooks: &s.hooks, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ctx: ctx}
	err = guarded(func() error { return fn(t) })
	return errors.Join(err, t.end("COMMIT"))
}

func (s *pgStore) Write(ctx context.Context, tx Tx) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if tx.Do == nil {
		return s.joinShared(ctx, tx)
	}
	return s.retry(ctx, tx)
}

// joinShared hands a transaction that only leaves payloads to the shared committer.
func (s *pgStore) joinShared(ctx context.Context, tx Tx) error {
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

func (s *pgStore) share() {
	for {
		var batch []*request
		select {
		case q := <-s.queue:
			batch = append(batch, q)
		case <-s.closing:
			return
		}
		for more := true; more && len(batch) < maxBatch; {
			select {
			case q := <-s.queue:
				batch = append(batch, q)
			default:
				more = false
			}
		}
		err := s.commitShared(batch)
		for _, q := range batch {
			q.err = err
			close(q.done)
		}
	}
}

func (s *pgStore) commitShared(batch []*request) error {
	tx := Tx{Loose: true, Do: func(_ context.Context, w Writer) error {
		for _, q := range batch {
			for _, payload := range q.tx.Leaves {
				w.Leave(payload)
			}
		}
		return nil
	}}
	for _, q := range batch {
		if q.tx.Landed != nil {
			tx.Landed = q.tx.Landed
			break
		}
	}
	return s.retry(context.Background(), tx)
}

func (s *pgStore) retry(ctx context.Context, tx Tx) error {
	wait := time.Millisecond
	for try := 1; ; try++ {
		err := s.attempt(ctx, tx)
		if err == nil || !collided(err) || try == maxTries {
			return err
		}
		select {
		case <-time.After(wait/2 + rand.N(wait)): //nolint:gosec // spreading retries needs no secrecy
		case <-ctx.Done():
			return ctx.Err()
		}
		wait = min(2*wait, 50*time.Millisecond)
	}
}

func collided(err error) bool {
	if errors.Is(err, ErrCollided) {
		return true
	}
	e := new(pgconn.PgError)
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01" || e.Code == "55P03")
}

// attempt carries a transaction out once.
func (s *pgStore) attempt(ctx context.Context, tx Tx) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	begin := "BEGIN ISOLATION LEVEL SERIALIZABLE"
	if tx.Loose {
		begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
	}
	ctx = context.WithoutCancel(ctx)
	w := &pgTx{conn: conn.Conn(), hooks: &s.hooks, begin: begin, ctx: ctx, left: append([]any(nil), tx.Leaves...)}
	err = guarded(func() error { return tx.Do(ctx, w) })
	w.closeRows()
	if err == nil {
		err = w.failed
	}
	if err == nil && len(w.left) > 0 {
		err = s.hooks.BeforeCommit(ctx, w, w.left)
	}
	if err == nil && w.mustCheck {
		err = w.flush()
	}
	if err != nil {
		return errors.Join(err, w.end("ROLLBACK"))
	}
	if err := w.end("COMMIT"); err != nil {
		if answered(err) || !w.begun {
			return err
		}
		if err := s.resolve(tx, err); err != nil {
			return err
		}
	}
	if len(w.left) > 0 {
		s.hooks.Committed()
	}
	return nil
}

// answered reports whether the engine itself said that the transaction did not
// take place. What ends the connection may follow a commit that did.
func answered(err error) bool {
	e := new(pgconn.PgError)
	return errors.As(err, &e) && e.SeverityUnlocalized == "ERROR"
}

// resolve finds out whether a commit whose connection broke took place.
func (s *pgStore) resolve(tx Tx, cause error) error {
	if tx.Landed == nil {
		return errors.Join(ErrUnknown, cause)
	}
	ctx, cancel := context.WithTimeout(context.Background(), doubtWait)
	defer cancel()
	for {
		var landed bool
		err := s.Read(ctx, func(r Reader) (err error) {
			landed, err = tx.Landed(ctx, r)
			return err
		})
		switch {
		case err == nil && landed:
			return nil
		case err == nil:
			return fmt.Errorf("db: the connection broke and the transaction did not take place: %w", cause)
		}
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return errors.Join(ErrUnknown, cause)
		}
	}
}

// pgTx is one transaction on one connection. Its writes wait in queued until
// the next question or the end, and travel with it in one round trip.
type pgTx struct {
	found
	conn      *pgx.Conn
	hooks     *Hooks
	ctx       context.Context
	begin     string
	begun     bool
	queued    []Change
	mustCheck bool
	asked     []question
	answers   pgx.BatchResults // of the last round trip, until all were taken
	taken     int              // how many of the answers were taken
	many      int              // how many there are
	await     func() error     // gives way to the other parts of a Together; nil outside
	open      *pgRows
	left      []any
	failed    error
}

// question waits for the next round trip.
type question struct {
	text string
	args []any
}

func (t *pgTx) Engine() Engine { return Postgres }

func (t *pgTx) MAC(digest []byte) []byte { return t.hooks.MAC(digest) }

func (t *pgTx) Leave(payload any) { t.left = append(t.left, payload) }

func (t *pgTx) Apply(_ context.Context, c Change) error {
	switch {
	case t.open != nil:
		return t.remember(errOneResult)
	case t.await != nil:
		return t.remember(errAskOnly)
	}
	t.queued = append(t.queued, c)
	t.mustCheck = t.mustCheck || (c.Op != Insert && !c.Upsert)
	if len(t.queued) >= maxQueued {
		return t.flush()
	}
	return nil
}

func (t *pgTx) Query(_ context.Context, text string, args ...any) (Rows, error) {
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	if t.open != nil {
		return nil, t.remember(errOneResult)
	}
	place := len(t.asked)
	t.asked = append(t.asked, question{text, args})
	if err := t.answer(); err != nil {
		return nil, err
	}
	return t.take(place)
}

// answer returns when what was asked is answered: at once, or when the parts
// that run together with this one have asked too.
func (t *pgTx) answer() error {
	if t.await != nil {
		return t.await()
	}
	if err := t.settle(); err != nil {
		return err
	}
	results, err := t.send(t.asked...)
	if err == nil {
		t.answers, t.taken, t.many = results, 0, len(t.asked)
	}
	t.asked = t.asked[:0]
	return t.remember(err)
}

// take returns the answer to the question of a place in the last round trip.
// Those before it that nobody took belong to parts that have ended.
func (t *pgTx) take(place int) (Rows, error) {
	if t.open != nil {
		return nil, t.remember(errOneResult)
	}
	var err error
	for ; err == nil && t.taken < place; t.taken++ {
		_, err = t.answers.Exec()
	}
	var rows pgx.Rows
	if err == nil {
		rows, err = t.answers.Query()
		t.taken++
	}
	if err != nil {
		return nil, t.remember(errors.Join(err, t.settle()))
	}
	t.open = &pgRows{Rows: rows, tx: t}
	return t.open, nil
}

// settle ends the last round trip. Answers that nobody took are thrown away.
func (t *pgTx) settle() error {
	if t.answers == nil {
		return nil
	}
	err := t.answers.Close()
	t.answers = nil
	return t.remember(err)
}

// closeRows ends the last round trip for a function that left a result open.
func (t *pgTx) closeRows() {
	if t.open != nil {
		t.open.Close()
	}
	_ = t.settle() // what it could report is remembered
}

// send puts what waits and more statements on the wire and takes the answers to
// what waited.
func (t *pgTx) send(more ...question) (pgx.BatchResults, error) {
	batch := &pgx.Batch{}
	if !t.begun {
		batch.Queue(t.begin)
	}
	for _, c := range t.queued {
		batch.Queue(c.SQL, c.Args...)
	}
	for _, q := range more {
		batch.Queue(q.text, q.args...)
	}
	results := t.conn.SendBatch(t.ctx, batch)
	if !t.begun {
		if _, err := results.Exec(); err != nil {
			return nil, errors.Join(err, results.Close())
		}
		t.begun = true
	}
	waited := t.queued
	t.queued, t.mustCheck = t.queued[:0], false
	for _, c := range waited {
		tag, err := results.Exec()
		if err == nil && !c.fits(tag.RowsAffected()) {
			err = ErrGone
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s %s: %w", c.Table.Name, c.Key, pgMeaning(err)), results.Close())
		}
	}
	return results, nil
}

func (t *pgTx) flush() error {
	if len(t.queued) == 0 {
		return nil
	}
	results, err := t.send()
	if err != nil {
		return t.remember(err)
	}
	return t.remember(results.Close())
}

func (t *pgTx) Try(_ context.Context, fn func() error) error {
	switch {
	case t.failed != nil:
		return t.failed
	case t.await != nil:
		return t.remember(errAskOnly)
	}
	if err := t.control("SAVEPOINT part"); err != nil {
		return t.remember(err)
	}
	kept := len(t.left)
	err := guarded(fn)
	t.closeRows()
	if err == nil {
		err = t.flush()
	}
	if err == nil {
		err = t.failed
	}
	t.failed = nil
	if err != nil {
		t.left, t.queued, t.found = t.left[:kept], nil, nil
		if undo := t.control("ROLLBACK TO SAVEPOINT part"); undo != nil {
			return t.remember(errors.Join(err, undo))
		}
	}
	if release := t.control("RELEASE SAVEPOINT part"); release != nil {
		return t.remember(errors.Join(err, release))
	}
	return err
}

// control sends what waits and a statement that steers the transaction.
func (t *pgTx) control(statement string) error {
	results, err := t.send(question{text: statement})
	if err != nil {
		return err
	}
	_, err = results.Exec()
	return errors.Join(err, results.Close())
}

// remember keeps the first failure: the engine will not commit after it, even
// if the function that ran into it did not mind.
func (t *pgTx) remember(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// end sends the last writes with the closing statement. A transaction in which
// nothing was sent is over without a word.
func (t *pgTx) end(closing string) error {
	t.closeRows()
	if closing == "ROLLBACK" {
		t.queued = nil
	}
	if !t.begun && len(t.queued) == 0 {
		return nil
	}
	if t.conn.IsClosed() {
		return errors.New("db: the connection is gone")
	}
	results, err := t.send(question{text: closing})
	if err == nil {
		_, err = results.Exec()
		err = errors.Join(err, results.Close())
	}
	if err != nil && closing != "ROLLBACK" && !t.conn.IsClosed() && t.conn.PgConn().TxStatus() != 'I' {
		_, undo := t.conn.Exec(t.ctx, "ROLLBACK")
		err = errors.Join(err, undo)
	}
	return err
}

type pgRows struct {
	pgx.Rows
	tx     *pgTx
	closed bool
	err    error
}

func (r *pgRows) Close() {
	if r.closed {
		return
	}
	r.closed = true
	r.Rows.Close()
	r.err = r.Rows.Err()
	if r.tx.open = nil; r.tx.taken == r.tx.many {
		r.err = errors.Join(r.err, r.tx.settle())
	}
	r.err = r.tx.remember(r.err)
}

func (r *pgRows) Next() bool {
	if r.closed || r.Rows.Next() {
		return !r.closed
	}
	r.Close()
	return false
}

func (r *pgRows) Err() error {
	if r.closed {
		return r.err
	}
	return r.Rows.Err()
}

func pgMeaning(err error) error {
	if e := new(pgconn.PgError); errors.As(err, &e) && e.Code == "23505" {
		return errors.Join(ErrExists, err)
	}
	return err
}
