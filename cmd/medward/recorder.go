package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/privilege"
)

const (
	// each is how often a recorder hands in what it has.
	each = time.Second
	// heartbeat is how often it says that it is there when it has nothing.
	heartbeat = 20 * time.Second
	// patience is how long it goes on without reaching the server.
	patience = 45 * time.Second
	// unfinished is how long a line without an end is held back, so that a secret that
	// is written in pieces is masked in one.
	unfinished = 3 * time.Second
)

// recorder takes what a command shows and hands it to the server, masked, in order.
type recorder struct {
	send  func(ctx context.Context, place int, events string) (next int, err error)
	clock clock.Clock
	began time.Time
	wake  chan struct{}

	mu     sync.Mutex
	held   []privilege.Event
	rest   []byte    // the beginning of a character
	oldest time.Time // when the first of what is held came
	closed bool
}

func newRecorder(send func(ctx context.Context, place int, events string) (int, error)) *recorder {
	system := clock.System()
	return &recorder{send: send, clock: system, began: system.Now(), wake: make(chan struct{}, 1)}
}

func (r *recorder) since(at time.Time) time.Duration { return r.clock.Now().Sub(at) }

// Write takes what the command shows. It never fails: the command is ended by its
// context when the recording cannot be handed in.
func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := append(r.rest, p...)
	whole := len(text)
	for back := 1; back <= utf8.UTFMax && back <= len(text); back++ {
		if utf8.RuneStart(text[len(text)-back]) {
			if !utf8.FullRune(text[len(text)-back:]) {
				whole = len(text) - back
			}
			break
		}
	}
	r.add("o", string(bytes.ToValidUTF8(text[:whole], []byte("�"))))
	r.rest = append([]byte(nil), text[whole:]...)
	return len(p), nil
}

// note marks which command runs.
func (r *recorder) note(command string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add("m", command)
}

func (r *recorder) add(kind, text string) {
	if text == "" {
		return
	}
	if len(r.held) == 0 {
		r.oldest = r.clock.Now()
	}
	r.held = append(r.held, privilege.Event{At: r.since(r.began).Seconds(), Kind: kind, Text: text})
}

func (r *recorder) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// keep hands in what was taken until the recorder is closed or the server will not
// take it any more.
func (r *recorder) keep(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	ticker := time.NewTicker(each)
	defer ticker.Stop()
	place, heard := 0, r.clock.Now()
	for {
		events, last := r.take()
		if len(events) > 0 || r.since(heard) >= heartbeat {
			next, err := r.handIn(ctx, place, events)
			var refused *problem
			switch {
			case err == nil:
				place, heard = next, r.clock.Now()
			case errors.As(err, &refused) || r.since(heard) >= patience:
				return err
			default:
				r.putBack(events)
			}
		}
		if last && len(events) == 0 {
			return nil
		}
		select {
		case <-ticker.C:
		case <-r.wake:
		}
	}
}

func (r *recorder) handIn(ctx context.Context, place int, events []privilege.Event) (int, error) {
	text, err := privilege.WriteEvents(events)
	if err != nil {
		return place, err
	}
	return r.send(ctx, place, text)
}

// take returns the events up to the end of a line, masked, as many as fit a part, and
// whether nothing will follow them.
func (r *recorder) take() (events []privilege.Event, last bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	end := len(r.held)
	if !r.closed && r.since(r.oldest) < unfinished {
		for end > 0 && !strings.HasSuffix(r.held[end-1].Text, "\n") {
			end--
		}
	}
	size := 0
	for i, e := range r.held[:end] {
		if size += len(e.Text) + 64; size > privilege.MaxPart/4 && i > 0 {
			end = i
			break
		}
	}
	events = privilege.MaskEvents(r.held[:end])
	r.held, r.oldest = r.held[end:], r.clock.Now()
	return events, r.closed && len(r.held) == 0
}

func (r *recorder) putBack(events []privilege.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held = append(events, r.held...)
}
