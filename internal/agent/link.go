package agent

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/kit/hl7v2"
)

// inFlight are the messages that wait for the server's answer at once; it allows 64 on a
// connection.
const inFlight = 64

// errAway is what a message meets that the server did not answer.
var errAway = errors.New("agent: the server does not answer")

// link is the connection to the server over which messages are answered. Many may ask at
// once. After a failure nobody tries until a pause is over.
type link struct {
	dial   dial
	answer time.Duration
	clock  clock.Clock

	mu    sync.Mutex
	line  *line
	pause pauses
	again time.Time // before which nobody tries
	cause error     // why the last try failed; nil while the server answers
}

// ask returns the server's answer to a message and what it means, or an error that wraps
// [errAway]. Parsed is nil where the message cannot be read.
func (l *link) ask(ctx context.Context, message []byte, parsed *hl7v2.Message) ([]byte, verdict, error) {
	on, err := l.connected(ctx)
	if err != nil {
		return nil, unknown, err
	}
	answer, err := on.ask(ctx, message, l.answer)
	found := unknown
	if err == nil {
		found = verdictOf(answer, parsed)
	}
	if err == nil && found == unknown {
		err = errors.New("agent: the server answers another message than was sent")
		on.end(err)
	}
	if err != nil {
		l.failed(on, err)
		return nil, unknown, errors.Join(errAway, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pause.reset()
	l.cause = nil
	return answer, found, nil
}

func (l *link) connected(ctx context.Context) (*line, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.line != nil && l.line.alive() {
		return l.line, nil
	}
	if l.clock.Now().Before(l.again) {
		return nil, errors.Join(errAway, l.cause)
	}
	conn, err := l.dial(ctx)
	if err != nil {
		l.away(err)
		return nil, errors.Join(errAway, err)
	}
	l.line = newLine(conn)
	return l.line, nil
}

// failed ends a line; only the first failure of it counts.
func (l *link) failed(on *line, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.line == on {
		l.line = nil
		l.away(err)
	}
}

func (l *link) away(err error) {
	l.cause = err
	l.again = l.clock.Now().Add(l.pause.next())
}

// untilAgain is how long it makes no sense to ask.
func (l *link) untilAgain() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(l.again.Sub(l.clock.Now()), time.Millisecond)
}

// trouble is why the server does not answer, or nil.
func (l *link) trouble() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cause
}

func (l *link) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.line != nil {
		l.line.end(net.ErrClosed)
	}
}

// line is one connection, on which answers come in the order of the messages.
type line struct {
	conn  net.Conn
	free  chan struct{} // holds one for each message in flight
	mu    sync.Mutex    // held while writing, so that the order of asked is that on the wire
	asked chan chan []byte
	dead  chan struct{}
	once  sync.Once
	why   error
}

func newLine(conn net.Conn) *line {
	l := &line{conn: conn, free: make(chan struct{}, inFlight), asked: make(chan chan []byte, inFlight), dead: make(chan struct{})}
	go l.read()
	return l
}

func (l *line) alive() bool {
	select {
	case <-l.dead:
		return false
	default:
		return true
	}
}

func (l *line) end(why error) {
	l.once.Do(func() {
		l.why = why
		close(l.dead)
		_ = l.conn.Close()
	})
}

// read hands answers to those who asked, until the connection ends.
func (l *line) read() {
	frames := hl7v2.NewFrames(l.conn, MaxMessage)
	for {
		answer, err := frames.Next()
		if err != nil {
			l.end(err)
			return
		}
		select {
		case to := <-l.asked:
			<-l.free
			to <- answer
		default:
			l.end(errors.New("agent: the server answers what nobody asked"))
			return
		}
	}
}

func (l *line) ask(ctx context.Context, message []byte, patience time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	answer := make(chan []byte, 1)
	select {
	case l.free <- struct{}{}:
	case <-l.dead:
		return nil, l.why
	case <-ctx.Done():
		l.end(ctx.Err())
		return nil, ctx.Err()
	}
	if err := l.write(ctx, message, answer); err != nil {
		l.end(err)
		return nil, err
	}
	select {
	case got := <-answer:
		return got, nil
	case <-l.dead:
		select {
		case got := <-answer:
			return got, nil
		default:
			return nil, l.why
		}
	case <-ctx.Done():
		l.end(ctx.Err())
		return nil, ctx.Err()
	}
}

func (l *line) write(ctx context.Context, message []byte, answer chan []byte) error {
	by, _ := ctx.Deadline()
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.conn.SetWriteDeadline(by); err != nil {
		return err
	}
	l.asked <- answer
	_, err := l.conn.Write(hl7v2.Frame(message))
	return err
}
