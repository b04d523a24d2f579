package intake

import (
	"context"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// SilentAfter is how long a source that used to send may say nothing before what
// it said last is doubted.
const SilentAfter = 4 * time.Hour

const (
	// rememberedFor is how far back a source is listened for: one that was not heard
	// for longer has been switched off, and is not late.
	rememberedFor = 30 * 24 * time.Hour
	// usedToSend is how long a source must have been heard to be expected again: a
	// single import is no feed.
	usedToSend = time.Hour
	// listenEvery is how long an answer holds.
	listenEvery = time.Minute
)

// listening keeps which sources of an organisation were silent when it was last
// asked: the question stands in the way of every reading.
type listening struct {
	mu sync.Mutex
	at map[string]time.Time
	of map[string][]string
}

// Silent returns the sources that used to be heard of and are not any longer.
func (room *Room) Silent(ctx context.Context, r db.Reader, org string, at time.Time) ([]string, error) {
	if silent, known := room.listening.recall(org, at); known {
		return silent, nil
	}
	silent, err := silentSources(ctx, r, org, at)
	if err == nil {
		room.listening.keep(org, at, silent)
	}
	return silent, err
}

func (l *listening) recall(org string, at time.Time) ([]string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	asked, known := l.at[org]
	return l.of[org], known && !at.Before(asked) && at.Sub(asked) < listenEvery
}

func (l *listening) keep(org string, at time.Time, silent []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == nil {
		l.at, l.of = map[string]time.Time{}, map[string][]string{}
	}
	l.at[org], l.of[org] = at, silent
}

func silentSources(ctx context.Context, r db.Reader, org string, at time.Time) ([]string, error) {
	rows, err := r.Query(ctx, "SELECT source, MIN(started), MAX(started) FROM intake_batch WHERE org = $1 AND started > $2 GROUP BY source ORDER BY source",
		org, at.Add(-rememberedFor).UnixMicro())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var silent []string
	for rows.Next() {
		var source string
		var first, last int64
		if err := rows.Scan(&source, &first, &last); err != nil {
			return nil, err
		}
		begun, heard := time.UnixMicro(first), time.UnixMicro(last)
		if heard.Sub(begun) >= usedToSend && at.Sub(heard) >= SilentAfter {
			silent = append(silent, source)
		}
	}
	return silent, rows.Err()
}
