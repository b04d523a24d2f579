package accesslog

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// mappingRow is one version of a mapping. What was read by it stays read by it.
type mappingRow struct {
	Org     string    `db:"org,key"`
	Source  string    `db:"source,key"`
	Rev     int       `db:"rev,key"`
	Mapping Mapping   `db:"mapping,json"`
	By      string    `db:"made_by"`
	Made    time.Time `db:"made"`
}

// blockRow is a run of lines as they came, packed and sealed under the key of its run.
type blockRow struct {
	Org      string    `db:"org,key"`
	Run      string    `db:"run,key"`
	Number   int       `db:"number,key"`
	Part     int       `db:"part"`
	Line     int64     `db:"line"` // number of the first
	Lines    int       `db:"lines"`
	Digest   string    `db:"digest"` // keyed, of the lines
	Sealed   []byte    `db:"sealed"`
	Received time.Time `db:"received"`
}

// indexRow holds what tells lines that came already: 24 bytes to a line, keyed.
type indexRow struct {
	Org    string    `db:"org,key"`
	Run    string    `db:"run,key"`
	Step   int       `db:"step,key"`
	Source string    `db:"source"`
	First  time.Time `db:"first_at"`
	Last   time.Time `db:"last_at"`
	Marks  []byte    `db:"marks"`
}

// RefusedLines says which lines of a block broke a rule, and in which field.
type RefusedLines struct {
	Org   string  `db:"org,key"`
	Run   string  `db:"run,key"`
	Block int     `db:"block,key"`
	Rule  string  `db:"rule,key"`
	Field string  `db:"field,key"`
	Lines []int64 `db:"lines,json"`
}

var (
	mappings  = db.Define[mappingRow]("accesslog_mapping", db.AsFinal)
	runs      = db.Define[Run]("accesslog_run")
	blocks    = db.Define[blockRow]("accesslog_block", db.AsFinal)
	indexes   = db.Define[indexRow]("accesslog_index", db.AsFinal)
	refusals  = db.Define[RefusedLines]("accesslog_refused", db.AsFinal)
	reported  = db.Define[Reported]("accesslog_event", db.AsFinal)
	questions = db.Define[Question]("accesslog_question")
	findings  = db.Define[Finding]("accesslog_finding")
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

func mappingOf(ctx context.Context, r db.Reader, org, source string) (mappingRow, bool, error) {
	return first(mappings.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY rev DESC LIMIT 1", org, source))
}

// latestMappings are the mappings in force.
func latestMappings(ctx context.Context, r db.Reader, org string) ([]mappingRow, error) {
	return mappings.Select(ctx, r, `WHERE org = $1 AND rev = (SELECT MAX(m.rev) FROM accesslog_mapping m WHERE m.org = accesslog_mapping.org AND m.source = accesslog_mapping.source)
		ORDER BY source LIMIT $2`, org, maxSources)
}

// maxSources bounds the sources of a hospital.
const maxSources = 500

func blocksFrom(ctx context.Context, r db.Reader, org, run string, from, n int) ([]blockRow, error) {
	return blocks.Select(ctx, r, "WHERE org = $1 AND run = $2 AND number >= $3 AND number < $4 ORDER BY number", org, run, int64(from), int64(from+n))
}

// indexesOver are the indexes of a source that meet a stretch of time.
func indexesOver(ctx context.Context, r db.Reader, org, source string, from, to time.Time) ([]indexRow, error) {
	return indexes.Select(ctx, r, "WHERE org = $1 AND source = $2 AND first_at <= $3 AND last_at >= $4 ORDER BY run, step", org, source, to.UnixMicro(), from.UnixMicro())
}

// runsBefore are the newest runs of a source that were matched before another.
func runsBefore(ctx context.Context, r db.Reader, org, source, run string, n int) ([]Run, error) {
	return runs.Select(ctx, r, "WHERE org = $1 AND source = $2 AND id < $3 AND state = $4 ORDER BY id DESC LIMIT $5", org, source, run, Done, int64(n))
}

// abandoned are the runs that wait for lines of which none has come since a moment.
func abandoned(ctx context.Context, r db.Reader, org string, since time.Time, n int) ([]Run, error) {
	return runs.Select(ctx, r, `WHERE org = $1 AND state = $2 AND begun < $3
		AND NOT EXISTS (SELECT 1 FROM accesslog_block b WHERE b.org = accesslog_run.org AND b.run = accesslog_run.id AND b.received >= $4) ORDER BY id LIMIT $5`,
		org, Receiving, since.UnixMicro(), since.UnixMicro(), int64(n))
}

// writtenIn are the events of a step that an earlier try has written.
func writtenIn(ctx context.Context, r db.Reader, org, run string, step int) (map[string]bool, error) {
	rows, err := r.Query(ctx, "SELECT id FROM accesslog_event WHERE org = $1 AND run = $2 AND step = $3", org, run, int64(step))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		found[id] = true
	}
	return found, rows.Err()
}

// placeInTime is where a list that runs back in time goes on.
type placeInTime struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

var fromNewest = placeInTime{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()}

// reportedBack reads events back in time, where a condition holds whose places begin
// with $5.
func reportedBack(ctx context.Context, r db.Reader, org string, after placeInTime, n int, where string, args ...any) ([]Reported, error) {
	return reported.Select(ctx, r, "WHERE org = $1 AND (first_at, id) < ($2, $3)"+where+" ORDER BY first_at DESC, id DESC LIMIT $4", append([]any{org, after.At, after.ID, int64(n) + 1}, args...)...)
}
