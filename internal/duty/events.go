package duty

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

var errStreams = fault.Define("duty.too-many-streams", fault.TooMany,
	"打开的页面过多，请关闭一些后重试。", "Too many pages are open; close some and try again.", "streams of one person, or of this process, are bounded")

const (
	// recount is how often a bell is counted although nothing was heard.
	recount = 30 * time.Second
	// check is how often a stream asks whether its session still counts.
	check = 5 * time.Second
	// quiet is how long a stream does not count again after it has counted, however
	// much happens.
	quiet = 3 * time.Second
	// longestStream bounds a stream; the browser then comes back with its session.
	longestStream = time.Hour
)

// Ended says that something a person held has ended, so that his open pages close what
// it opened.
type Ended struct {
	Kind    string    `json:"kind"`
	Patient string    `json:"patient,omitempty"` // to whom it led, where it was one
	At      time.Time `json:"at"`
}

// Events streams what waits for whoever asks, at once and whenever it changes,
// and what whoever asks holds no more, until the session ends.
func (room *Room) Events(ctx context.Context, once bool) (*web.Stream, error) {
	first, err := room.CountWaiting(ctx)
	if err != nil {
		return nil, err
	}
	if once {
		return web.Events(func(_ context.Context, send func(string, any) error) { _ = send("waiting", wireWaits(first)) }), nil
	}
	heard, leave, ok := room.pulse.listen(personIn(ctx))
	if !ok {
		return nil, errStreams.With()
	}
	return web.Events(func(_ context.Context, send func(string, any) error) {
		defer leave()
		ended, leaveEnds := room.ends(personIn(ctx))
		defer leaveEnds()
		room.stream(ctx, first, heard, ended, send)
	}), nil
}

func (room *Room) stream(ctx context.Context, last Waits, heard <-chan struct{}, ended <-chan Ended, send func(string, any) error) {
	ctx, cancel := context.WithTimeout(ctx, longestStream)
	defer cancel()
	counting, checking, rest := time.NewTicker(recount), time.NewTicker(check), time.NewTimer(quiet)
	defer counting.Stop()
	defer checking.Stop()
	defer rest.Stop()
	resting, missed := false, false
	err := send("waiting", wireWaits(last))
	for err == nil {
		count := false
		select {
		case <-ctx.Done():
			return
		case <-checking.C:
		case <-counting.C:
			count, err = true, send("", nil)
		case <-heard:
			count, missed = !resting, resting
		case what := <-ended:
			err = send("ended", what)
		case <-rest.C:
			count, resting, missed = missed, false, false
		}
		if room.live != nil && !room.live(ctx) {
			lastWord(ctx, ended, send)
			return
		}
		if !count || err != nil {
			continue
		}
		rest.Reset(quiet)
		resting = true
		now, failed := room.CountWaiting(ctx)
		if failed == nil && now != last {
			last, err = now, send("waiting", wireWaits(now))
		}
	}
}

// lastWord waits a moment for what tells why a session is over: its pages then close
// what they show, which those of a session that only ran out need not.
func lastWord(ctx context.Context, ended <-chan Ended, send func(string, any) error) {
	if ended == nil {
		return
	}
	patience := time.NewTimer(quiet)
	defer patience.Stop()
	select {
	case <-ctx.Done():
	case <-patience.C:
	case what := <-ended:
		_ = send("ended", what)
	}
}
