package intake

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Batch is one run of an import.
type Batch struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Source      string    `db:"source"`
	Actor       string    `db:"actor"`
	State       string    `db:"state"` // running, done, failed
	Started     time.Time `db:"started"`
	Ended       time.Time `db:"ended"`
	Files       int       `db:"files"`
	Received    int       `db:"received"`
	Created     int       `db:"created"`
	Updated     int       `db:"updated"`
	Unchanged   int       `db:"unchanged"`
	Quarantined int       `db:"quarantined"`
}

// States of a batch and of a file.
const (
	Running = "running"
	Done    = "done"
	Failed  = "failed"
)

// fileRow is one input as the store knows it. Its name tells of people and is
// sealed.
type fileRow struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Batch       string    `db:"batch"`
	Source      string    `db:"source"`
	Digest      string    `db:"digest"` // keyed: tells nothing of the content
	Kind        string    `db:"kind"`
	State       string    `db:"state"`
	Bytes       int64     `db:"bytes"`
	Received    int       `db:"received"`
	Created     int       `db:"created"`
	Updated     int       `db:"updated"`
	Unchanged   int       `db:"unchanged"`
	Quarantined int       `db:"quarantined"`
	Rev         int       `db:"rev"`
	Sealed      []byte    `db:"sealed"` // told
	Begun       time.Time `db:"begun"`
}

// rawRow is a run of bytes as received: size of them from place on in the file.
type rawRow struct {
	Org     string `db:"org,key"`
	ID      string `db:"id,key"`
	File    string `db:"file"`
	Subject string `db:"subject"` // whose key seals it: a patient or the file
	Place   int64  `db:"place"`
	Size    int64  `db:"size"`
	Sealed  []byte `db:"sealed"` // up to maxInline
	Blob    string `db:"blob"`   // above
}

// entryRow says what something foreign became here. scope and ref identify it
// within its source and are keyed.
type entryRow struct {
	Org     string    `db:"org,key"`
	Source  string    `db:"source,key"`
	Scope   string    `db:"scope,key"`
	Ref     string    `db:"ref,key"`
	Kind    string    `db:"kind"`
	Object  string    `db:"object"`
	Patient string    `db:"patient"`
	Content string    `db:"content"` // keyed digest of what it last said
	Raw     string    `db:"raw"`
	At      time.Time `db:"at"`
}

// resourceRow is a resource of a kind without a room of its own, kept as it was
// sent: size bytes from place on in its raw input.
type resourceRow struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Kind    string    `db:"kind"`
	Patient string    `db:"patient"`
	Raw     string    `db:"raw"`
	Place   int64     `db:"place"`
	Size    int64     `db:"size"`
	Source  string    `db:"source"`
	At      time.Time `db:"at"`
}

// quarantineRow is what could not be taken.
type quarantineRow struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Source    string    `db:"source"`
	File      string    `db:"file"`
	Scope     string    `db:"scope"`
	Ref       string    `db:"ref"`
	Rule      string    `db:"rule"`
	Element   string    `db:"element"`
	Severity  Severity  `db:"severity"`
	State     string    `db:"state"`
	Tries     int       `db:"tries"`
	Rev       int       `db:"rev"`
	Sealed    []byte    `db:"sealed"` // grounds
	Raw       string    `db:"raw"`
	Place     int64     `db:"place"`
	Size      int64     `db:"size"`
	At        time.Time `db:"at"`
	SettledBy string    `db:"settled_by"`
	SettledAt time.Time `db:"settled_at"`
}

// reviewRow is what a person must decide.
type reviewRow struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Source    string    `db:"source"`
	Kind      string    `db:"kind"`
	Patient   string    `db:"patient"`
	Other     string    `db:"other"`
	State     string    `db:"state"`
	Sealed    []byte    `db:"sealed"` // patient.Demographics as proposed
	At        time.Time `db:"at"`
	DecidedBy string    `db:"decided_by"`
	DecidedAt time.Time `db:"decided_at"`
}

var (
	batches     = db.Define[Batch]("intake_batch")
	files       = db.Define[fileRow]("intake_file")
	raws        = db.Define[rawRow]("intake_raw", db.AsFinal)
	entries     = db.Define[entryRow]("intake_entry")
	resources   = db.Define[resourceRow]("intake_resource")
	quarantines = db.Define[quarantineRow]("intake_quarantine")
	reviews     = db.Define[reviewRow]("intake_review")
)

func first[T any](rows []T, err error) (T, bool, error) {
	if err != nil || len(rows) == 0 {
		var none T
		return none, false, err
	}
	return rows[0], true, nil
}

func fileOf(ctx context.Context, r db.Reader, org, source, digest string) (fileRow, bool, error) {
	return first(files.Select(ctx, r, "WHERE org = $1 AND source = $2 AND digest = $3", org, source, digest))
}

func quarantineOf(ctx context.Context, r db.Reader, org, source, scope, ref string) (quarantineRow, bool, error) {
	return first(quarantines.Select(ctx, r, "WHERE org = $1 AND source = $2 AND scope = $3 AND ref = $4", org, source, scope, ref))
}

func entryOf(ctx context.Context, r db.Reader, org, source, scope, ref string) (entryRow, bool, error) {
	e, err := entries.Get(ctx, r, org, source, scope, ref)
	if errors.Is(err, db.ErrNone) {
		return e, false, nil
	}
	return e, err == nil, err
}

// saveEntry writes an entry, or writes over one whose patient never came to be.
func saveEntry(ctx context.Context, w db.Writer, e entryRow, over bool) error {
	if over {
		return entries.Update(ctx, w, &e)
	}
	return entries.Insert(ctx, w, &e)
}

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
