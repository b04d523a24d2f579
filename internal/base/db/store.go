package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// Engine names a database engine.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

var (
	// ErrNone is returned by [Table.Get] when there is no such row.
	ErrNone = errors.New("db: no such row")
	// ErrExists is returned when a row with the same key or unique value is there already.
	ErrExists = errors.New("db: row exists already")
	// ErrGone is returned when an update or delete found no row of that key.
	ErrGone = errors.New("db: row to change is gone")
	// ErrForged is returned when a keyed row carries a wrong code: it was not
	// written by the house. Whoever meets it must deny.
	ErrForged = errors.New("db: row carries a wrong authentication code")
	// ErrCollided is returned by a function inside [Store.Write] that finds that
	// what it read has been overtaken. The transaction is tried again.
	ErrCollided = errors.New("db: overtaken by another transaction")
	// ErrUnknown is returned when a commit was sent and nobody can say whether
	// it took place.
	ErrUnknown = errors.New("db: outcome of commit unknown")
)

// MissingError is [ErrNone] with what was looked for.
type MissingError struct {
	Table string
	Key   []any // the organisation first, where the table has one
}

func (e *MissingError) Error() string { return fmt.Sprintf("%s %v: %v", e.Table, e.Key, ErrNone) }

// ID is the id of the row in its organisation.
func (e *MissingError) ID() string {
	if len(e.Key) < 2 {
		return ""
	}
	id, _ := e.Key[1].(string)
	return id
}

func (e *MissingError) Unwrap() error { return ErrNone }

var errAskOnly = errors.New("db: parts that are carried out together may only ask")

// Rows is the result of one question. It must be closed before the next is asked.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// Reader asks questions within one snapshot.
type Reader interface {
	Engine() Engine
	// Query asks in portable SQL.
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
	// Together carries out parts that do not depend on one another and only ask,
	// by this reader. On PostgreSQL they take turns, and what they ask in one turn
	// shares a round trip; on SQLite they run one after another. The first failure
	// ends it and is returned: parts that wait then fail too, unheard. A part may
	// call Together itself.
	Together(ctx context.Context, parts ...func() error) error
	// MAC returns the authentication code of a keyed row's digest.
	MAC(digest []byte) []byte
}

// Writer asks and changes within one transaction.
type Writer interface {
	Reader
	// Apply carries out a change that a Table has prepared.
	Apply(ctx context.Context, c Change) error
	// Leave hands a payload to the store's BeforeCommit hook.
	Leave(payload any)
	// Try runs fn as a part of the transaction that can fail alone: when fn
	// returns an error, what it wrote and left is undone and the transaction
	// goes on.
	Try(ctx context.Context, fn func() error) error
	// Found is what [Once] keeps, by key. It ends with the transaction.
	Found() map[any]any
}

// Once returns what find finds, and the same again when it is asked for under the
// same key later in the transaction, unless a part of it has failed since. It is for
// what no transaction both changes and asks for.
func Once[T any](w Writer, key any, find func() (T, error)) (T, error) {
	if kept, found := w.Found()[key]; found {
		return kept.(T), nil
	}
	value, err := find()
	if err == nil {
		w.Found()[key] = value
	}
	return value, err
}

// found is embedded in what carries out a transaction.
type found map[any]any

func (f *found) Found() map[any]any {
	if *f == nil {
		*f = found{}
	}
	return *f
}

// Tx is one transaction to be written.
type Tx struct {
	// Do makes the changes. It may be run more than once, is never given the
	// caller's cancellation, and must do database work only. With a nil Do the
	// transaction consists of Leaves alone and shares its commit with others.
	Do func(ctx context.Context, w Writer) error
	// Leaves are payloads for the BeforeCommit hook.
	Leaves []any
	// Landed tells from a fresh snapshot whether the transaction took place.
	// It is asked when the connection broke during a commit.
	Landed func(ctx context.Context, r Reader) (bool, error)
	// Loose asks for no more isolation than read committed, for upkeep that
	// keeps out of the way of acts.
	Loose bool
}

// Hooks tie the store to the rooms above it. They are bound once, before the
// first write.
type Hooks struct {
	// MAC authenticates keyed rows.
	MAC func(digest []byte) []byte
	// BeforeCommit is called once in each physical transaction in which
	// something was left, with all payloads in order.
	BeforeCommit func(ctx context.Context, w Writer, left []any) error
	// Committed is called after a physical transaction in which something was
	// left has become durable, before any of its callers is answered.
	Committed func()
	// Fatal is called when the storage failed while committing, so that nobody
	// can say what it holds. It must end the process.
	Fatal func(error)
	Log   *slog.Logger
}

// Store is one database.
type Store interface {
	Engine() Engine
	Bind(Hooks)
	// Read runs fn on one snapshot.
	Read(ctx context.Context, fn func(Reader) error) error
	// Write makes one transaction durable, or reports why it did not happen.
	// When ctx ends before the transaction has begun it is not begun; once
	// begun, it is carried through.
	Write(ctx context.Context, tx Tx) error
	// Ping reports whether the store answers.
	Ping(ctx context.Context) error
	Close() error
}

// Op is what a change does to its row.
type Op string

// The three ways to change a row.
const (
	Insert Op = "insert"
	Update Op = "update"
	Delete Op = "delete"
)

// Change is one prepared change of one row.
type Change struct {
	Table  *Meta
	Op     Op
	Key    string // the row's key as the ledger writes it
	Digest []byte // digest of the row after the change; nil for a delete
	SQL    string
	Args   []any
	// Upsert allows any number of affected rows.
	Upsert bool
	// Rows is how many rows the statement affects; 1 when zero.
	Rows int64
}

// fits reports whether a statement affected as many rows as it must.
func (c Change) fits(affected int64) bool { return c.Upsert || affected == max(1, c.Rows) }

func defaultHooks() Hooks {
	return Hooks{
		MAC: func([]byte) []byte { panic("db: a keyed row was used before the row key was bound") },
		BeforeCommit: func(context.Context, Writer, []any) error {
			return errors.New("db: something was left for a hook that is not bound")
		},
		Committed: func() {},
		Fatal:     func(err error) { panic(err) },
		Log:       slog.Default(),
	}
}

func (h Hooks) over(under Hooks) Hooks {
	if h.MAC == nil {
		h.MAC = under.MAC
	}
	if h.BeforeCommit == nil {
		h.BeforeCommit = under.BeforeCommit
	}
	if h.Committed == nil {
		h.Committed = under.Committed
	}
	if h.Fatal == nil {
		h.Fatal = under.Fatal
	}
	if h.Log == nil {
		h.Log = under.Log
	}
	return h
}
