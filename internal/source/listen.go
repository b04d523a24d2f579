package source

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/listen"
	"github.com/medward/medward/kit/hl7v2"
)

// Message is one that a source has sent, as it arrived.
type Message struct {
	Raw       []byte
	ControlID string // MSH-10
	Arrived   time.Time
}

// Outcome is what became of a message, durably.
type Outcome struct {
	// Err says that it is neither taken nor set aside: it may be sent again.
	Err error
	// Findings say why it was set aside. None: it was taken.
	Findings []hl7v2.Problem
}

// Take takes messages of one source in, together, and tells what became of each when
// that is durable. ctx is that of the source.
type Take func(ctx context.Context, messages []Message) []Outcome

// Listening is how HL7 v2 is listened for.
type Listening struct {
	Take Take
	// Certificate is by what the house shows who it is; machines must show theirs. Nil
	// listens without TLS, on loopback alone.
	Certificate *tls.Certificate
	Log         *slog.Logger
}

const (
	// largestMessage is in bytes, of one MLLP frame.
	largestMessage = 8 << 20
	// mostConnections are held at once; more wait to be accepted.
	mostConnections = 64
	// inFlight are the messages of one connection that wait for their answer at once; a
	// sender who does not wait is held up by that.
	inFlight = 64
	// takenTogether are the messages of one source that are taken at once.
	takenTogether = 64
	// idle is how long a connection may say nothing, partial how long a message may
	// take from its first byte to its last, and answering how long an answer may.
	idle      = 10 * time.Minute
	partial   = 30 * time.Second
	answering = 10 * time.Second
)

var (
	errSender = fault.Define("source.sender", fault.Refused,
		"没有已启用的来源登记了该发送应用（MSH-3、MSH-4）和地址。", "No live source has registered this sending application (MSH-3, MSH-4) and address.",
		"register the sender and its network, and begin the source")
	errFrame = fault.Define("source.frame", fault.Invalid,
		"MLLP 帧不正确，或消息超过 8 MiB。", "The MLLP frame is not right, or the message is over 8 MiB.",
		"a message begins with 0x0B and ends with 0x1C 0x0D; the connection is closed")
)

// Listen takes HL7 v2 messages over MLLP until ctx ends. A message is acknowledged when
// what became of it is durable: AA that it was taken, AE that it was set aside, with
// the reasons, AR that it was neither and may be sent again.
func (room *Room) Listen(ctx context.Context, at net.Listener, l Listening) error {
	at, err := guarded(at, l.Certificate, "MLLP")
	if err != nil {
		return err
	}
	if l.Log == nil {
		l.Log = slog.Default()
	}
	gate := &gate{room: room, take: l.Take, log: l.Log, lines: map[string]chan *pending{}}
	defer gate.close()
	return listen.Accept(ctx, at, mostConnections, func(conn net.Conn) { gate.serve(ctx, conn) })
}

// gate is a listener at work.
type gate struct {
	room *Room
	take Take
	log  *slog.Logger

	working sync.WaitGroup

	mu    sync.Mutex
	lines map[string]chan *pending // by source
}

// pending is a message that waits for its answer.
type pending struct {
	message Message
	parsed  *hl7v2.Message // nil where it cannot be read
	ctx     context.Context
	outcome chan Outcome // holds one
}

// serve reads a connection and answers in the order of its messages.
func (g *gate) serve(ctx context.Context, conn net.Conn) {
	defer func() { _ = conn.Close() }()
	from := addressOf(conn)
	shown, err := handshake(ctx, conn)
	if err != nil {
		g.log.InfoContext(ctx, "an MLLP connection was not opened", "from", from, "cause", err)
		return
	}
	answers := make(chan *pending, inFlight)
	var writing sync.WaitGroup
	writing.Go(func() { g.answer(ctx, conn, answers) })
	closing := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) })
	defer closing()
	if err := g.read(ctx, conn, from, shown, answers); !errors.Is(err, io.EOF) && ctx.Err() == nil {
		g.log.InfoContext(ctx, "an MLLP connection was ended", "from", from, "cause", err)
	}
	close(answers)
	writing.Wait()
}

// handshake returns the digest of the certificate that the other end shows.
func handshake(ctx context.Context, conn net.Conn) ([]byte, error) {
	secure, ok := conn.(*tls.Conn)
	if !ok {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, answering)
	defer cancel()
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return certificateDigest(secure.ConnectionState()), nil
}

// read reads messages until the connection ends, and returns why it did.
func (g *gate) read(ctx context.Context, conn net.Conn, from string, shown []byte, answers chan<- *pending) error {
	frames := hl7v2.NewFrames(conn, largestMessage)
	var found finding
	for {
		if err := until(ctx, conn, idle); err != nil {
			return err
		}
		err := frames.Await()
		if err == nil {
			err = until(ctx, conn, partial)
		}
		var raw []byte
		if err == nil {
			raw, err = frames.Rest()
		}
		if errors.Is(err, hl7v2.ErrNotFramed) || errors.Is(err, hl7v2.ErrFrameTooLarge) {
			p := &pending{outcome: make(chan Outcome, 1)}
			p.outcome <- Outcome{Err: errFrame.Because(err)}
			answers <- p
		}
		if err != nil {
			return err
		}
		p := &pending{message: Message{Raw: raw, Arrived: g.room.desk.Now()}, outcome: make(chan Outcome, 1)}
		g.submit(ctx, p, from, shown, &found)
		answers <- p
	}
}

// submit finds whose message it is and puts it in that source's line.
func (g *gate) submit(ctx context.Context, p *pending, from string, shown []byte, found *finding) {
	parsed, err := hl7v2.Parse(p.message.Raw)
	var header hl7v2.Header
	if err == nil {
		p.parsed, header = parsed, parsed.Header()
		p.message.ControlID = header.ControlID
	}
	s, err := g.room.senderOf(ctx, header, from, shown, found)
	if err != nil {
		p.outcome <- Outcome{Err: err}
		return
	}
	now := g.room.desk.Now()
	g.room.meter.called(s, now, false)
	p.ctx = act.With(ctx, act.Actor{Actor: s.Actor(now), Purpose: "operation", IP: from, Terminal: "mllp"})
	g.line(s.ID) <- p
}

// line is the line of a source, in which its messages are taken one behind another,
// many at once.
func (g *gate) line(source string) chan<- *pending {
	g.mu.Lock()
	defer g.mu.Unlock()
	line := g.lines[source]
	if line == nil {
		line = make(chan *pending, takenTogether)
		g.lines[source] = line
		g.working.Go(func() {
			for p := range line {
				g.takeWith(p, line)
			}
		})
	}
	return line
}

// close answers what connections brought that have ended.
func (g *gate) close() {
	for _, line := range g.lines {
		close(line)
	}
	g.working.Wait()
}

func (g *gate) takeWith(first *pending, line <-chan *pending) {
	batch := append([]*pending{first}, waiting(line, takenTogether-1)...)
	messages := make([]Message, len(batch))
	for i, p := range batch {
		messages[i] = p.message
	}
	for i, o := range g.take(context.WithoutCancel(first.ctx), messages) {
		batch[i].outcome <- o
	}
}

// waiting are those that stand in a line already, up to a number.
func waiting(line <-chan *pending, most int) (batch []*pending) {
	for len(batch) < most {
		select {
		case p, open := <-line:
			if !open {
				return batch
			}
			batch = append(batch, p)
		default:
			return batch
		}
	}
	return batch
}

// answer writes what became of each message, in their order.
func (g *gate) answer(ctx context.Context, conn net.Conn, answers <-chan *pending) {
	broken := false
	for p := range answers {
		o := <-p.outcome
		if broken {
			continue
		}
		if err := g.write(conn, p, o); err != nil {
			g.log.InfoContext(ctx, "an MLLP answer was not delivered", "cause", err)
			broken = true
			_ = conn.Close()
		}
	}
}

func (g *gate) write(conn net.Conn, p *pending, o Outcome) error {
	now := g.room.desk.Now()
	code, problems := hl7v2.AckAccept, o.Findings
	switch {
	case o.Err != nil:
		e := fault.From(o.Err)
		code, problems = hl7v2.AckReject, []hl7v2.Problem{{Rule: hl7v2.Rule(e.Code.Name), ZH: e.Message("zh"), EN: e.Message("en"), RemedyZH: e.Code.Hint, RemedyEN: e.Code.Hint}}
	case len(o.Findings) > 0:
		code = hl7v2.AckError
	}
	ack, err := hl7v2.Ack(p.parsed, code, hl7v2.Stamp{ControlID: g.room.stamp(now), At: now}, problems...)
	if err != nil {
		return err
	}
	if err := conn.SetWriteDeadline(time.Now().Add(answering)); err != nil { //nolint:forbidigo // as above
		return err
	}
	_, err = conn.Write(hl7v2.Frame(ack.Bytes()))
	return err
}

func addressOf(conn net.Conn) string {
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return ""
	}
	return at.Addr().Unmap().String()
}
