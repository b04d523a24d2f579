package feed

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Run is one reading of a feed.
type Run struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Feed    string    `db:"feed"`
	Rev     int       `db:"rev"`
	Source  string    `db:"source"` // id
	State   string    `db:"state"`
	Why     string    `db:"why"`          // it was stopped
	Missing []string  `db:"missing,json"` // columns that the table has lost
	Whole   bool      `db:"whole"`        // a table of less than half is right
	By      string    `db:"begun_by"`
	Begun   time.Time `db:"begun"`
	Ended   time.Time `db:"ended"`
	// Read is what it was read from; Part says that only changes were.
	Read  string `db:"read_from"`
	Part  bool   `db:"part"`
	Tally Tally  `db:"tally,json"`
	// Theirs and Ours are digests over all rows that could be read: of the table, and of
	// what is kept of it after a run that read it whole.
	Theirs string `db:"theirs"`
	Ours   string `db:"ours"`
}

// Tally counts the rows of a run.
type Tally struct {
	Rows      int            `json:"rows"`
	Fresh     int            `json:"fresh"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Refused   int            `json:"refused"`
	Gone      int            `json:"gone" doc:"known rows that the table has not any more; nothing is ended by it"`
	Kept      int            `json:"kept" doc:"rows that are known after the run"`
	Fields    map[string]int `json:"fields" doc:"changes by field"`
	Rules     map[string]int `json:"rules" doc:"findings by rule"`
}

// States of a run.
const (
	Waiting = "waiting"
	Done    = "done"
	Stopped = "stopped"
)

// Reasons for which a run is stopped before anything is changed.
const (
	WhyMissing  = "missing-columns"
	WhyTooMuch  = "too-much"
	WhyNoFile   = "no-file"
	WhyUnread   = "unread"
	WhyShrunk   = "shrunk"
	WhyBroken   = "mostly-broken"
	WhyNotLive  = "not-live"
	WhyUnmapped = "unmapped"
)

// rowMark is what is kept of a row that was taken.
type rowMark struct {
	Org    string            `db:"org,key"`
	Feed   string            `db:"feed,key"`
	Ref    string            `db:"ref,key"` // keyed digest of its key
	Digest string            `db:"digest"`
	Marks  map[string]string `db:"marks,json"` // by field
	Run    string            `db:"run"`        // that took it last
	Gone   time.Time         `db:"gone"`       // zero while the table has it
}

// Finding is a row that was set aside, or something about one for a person to know.
type Finding struct {
	Org   string    `db:"org,key"`
	ID    string    `db:"id,key"`
	Run   string    `db:"run"`
	Feed  string    `db:"feed"`
	Line  int       `db:"line"`
	Rule  string    `db:"rule"`
	Field string    `db:"field"`
	Taken bool      `db:"taken"` // the row was taken all the same
	Key   []byte    `db:"row_key"`
	Found time.Time `db:"found"`
}

var (
	versions = db.Define[Version]("feed_mapping")
	runs     = db.Define[Run]("feed_run")
	marks    = db.Define[rowMark]("feed_row")
	findings = db.Define[Finding]("feed_finding", db.AsFinal)
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

// newest is the newest version of a feed, whoever has seen it.
func newest(ctx context.Context, r db.Reader, org, feed string) (Version, bool, error) {
	return first(versions.Select(ctx, r, "WHERE org = $1 AND feed = $2 ORDER BY rev DESC LIMIT 1", org, feed))
}

// inForce is the newest version of a feed that was approved.
func inForce(ctx context.Context, r db.Reader, org, feed string) (Version, bool, error) {
	return first(versions.Select(ctx, r, "WHERE org = $1 AND feed = $2 AND approved IS NOT NULL ORDER BY rev DESC LIMIT 1", org, feed))
}

// feedsAfter are the newest versions of all feeds, by code.
func feedsAfter(ctx context.Context, r db.Reader, org, after string, limit int) ([]Version, error) {
	return versions.Select(ctx, r, `WHERE org = $1 AND feed > $2 AND rev = (SELECT MAX(n.rev) FROM feed_mapping n WHERE n.org = feed_mapping.org AND n.feed = feed_mapping.feed)
		ORDER BY feed LIMIT $3`, org, after, int64(limit)+1)
}

func lastRun(ctx context.Context, r db.Reader, org, feed string) (Run, bool, error) {
	return first(runs.Select(ctx, r, "WHERE org = $1 AND feed = $2 ORDER BY id DESC LIMIT 1", org, feed))
}

// lastDone is the newest run that was not stopped; of those that read the whole table,
// when whole.
func lastDone(ctx context.Context, r db.Reader, org, feed string, whole bool) (Run, bool, error) {
	where, args := "WHERE org = $1 AND feed = $2 AND state = $3", []any{org, feed, Done}
	if whole {
		where, args = where+" AND part = $4", append(args, int64(0))
	}
	return first(runs.Select(ctx, r, where+" ORDER BY id DESC LIMIT 1", args...))
}

func waitingRun(ctx context.Context, r db.Reader, org, feed string) (Run, bool, error) {
	return first(runs.Select(ctx, r, "WHERE org = $1 AND feed = $2 AND state = $3 ORDER BY id LIMIT 1", org, feed, Waiting))
}

func marksOf(ctx context.Context, r db.Reader, org, feed string) ([]rowMark, error) {
	return marks.Select(ctx, r, "WHERE org = $1 AND feed = $2 ORDER BY ref", org, feed)
}
