package agent

import (
	"context"
	"errors"
	"net"

	"github.com/medward/medward/internal/agent/spool"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

var (
	errFrame = fault.Define("agent.frame", fault.Invalid,
		"MLLP 帧不正确，或消息超过 8 MiB。", "The MLLP frame is not right, or the message is over 8 MiB.",
		"a message begins with 0x0B and ends with 0x1C 0x0D; the connection is closed")
	errUnreadable = fault.Define("agent.unreadable", fault.Invalid,
		"服务器暂不可达，且该消息无法识读，前置机不予保存。", "The server cannot be reached, and the agent does not keep a message that cannot be read.",
		"send a message that begins with a right MSH")
	errFull = fault.Define("agent.full", fault.Unavailable,
		"服务器暂不可达，前置机的暂存空间已满。", "The server cannot be reached, and the spool of the agent is full.",
		"send it again later; the operator sees what waits with medward agent status")
	errDisk = fault.Define("agent.disk", fault.Unavailable,
		"服务器暂不可达，前置机未能把消息写入磁盘。", "The server cannot be reached, and the agent could not write the message to its disk.",
		"send it again later; the log of the agent names the cause")
)

// held is what MSA-3 of an answer says when the agent itself gives it.
var held = fault.Text{ZH: "前置机已保存，待送达服务器", EN: "held by the agent, to be delivered to the server"}

// serveMessages answers the messages of a connection, one after another.
func (a *Agent) serveMessages(ctx context.Context, conn net.Conn, from string) error {
	frames := hl7v2.NewFrames(conn, MaxMessage)
	for {
		if err := a.until(ctx, conn, idle); err != nil {
			return err
		}
		err := frames.Await()
		if err == nil {
			err = a.until(ctx, conn, partial)
		}
		var raw, answer []byte
		if err == nil {
			raw, err = frames.Rest()
		}
		switch {
		case errors.Is(err, hl7v2.ErrNotFramed) || errors.Is(err, hl7v2.ErrFrameTooLarge):
			refusal, failed := a.refusal(nil, errFrame)
			if failed == nil {
				_, failed = conn.Write(hl7v2.Frame(refusal))
			}
			return errors.Join(err, failed)
		case err != nil:
			return err
		}
		if answer, err = a.settle(context.WithoutCancel(ctx), raw, from); err != nil {
			return err
		}
		if err := conn.SetWriteDeadline(a.after(partial)); err != nil {
			return err
		}
		if _, err := conn.Write(hl7v2.Frame(answer)); err != nil {
			return err
		}
	}
}

// settle returns the answer to a message: the server's own, or that of the agent when it
// has the message on its disk, or that it has not.
func (a *Agent) settle(ctx context.Context, raw []byte, from string) ([]byte, error) {
	message, unreadable := hl7v2.Parse(raw)
	sender := senderOf(message, from)
	if a.spool.Waiting(sender.lane()) == 0 {
		answer, _, err := a.server.ask(ctx, raw, message)
		if err == nil {
			a.history.delivered(a.Clock.Now())
			return answer, nil
		}
		a.Log.InfoContext(ctx, "the server did not answer a message", "from", from, "cause", err)
	}
	if unreadable != nil {
		return a.refusal(nil, errUnreadable)
	}
	err := a.spool.Append(sender.lane(), raw)
	switch {
	case errors.Is(err, spool.ErrFull):
		a.Log.ErrorContext(ctx, "a message was refused, because the spool is full", "from", from, "cause", err)
		return a.refusal(message, errFull)
	case err != nil:
		a.Log.ErrorContext(ctx, "a message was refused, because it could not be kept", "from", from, "cause", err)
		return a.refusal(message, errDisk)
	}
	ack, err := a.ack(message, hl7v2.AckAccept)
	if err != nil {
		return nil, err
	}
	if ack.Set("MSA-3", held.ZH) != nil {
		if err := ack.Set("MSA-3", held.EN); err != nil {
			return nil, err
		}
	}
	return ack.Bytes(), nil
}

func (a *Agent) refusal(message *hl7v2.Message, code *fault.Code) ([]byte, error) {
	ack, err := a.ack(message, hl7v2.AckReject, hl7v2.Problem{
		Rule: hl7v2.Rule(code.Name), ZH: code.Message.ZH, EN: code.Message.EN, RemedyZH: code.Hint, RemedyEN: code.Hint,
	})
	if err != nil {
		return nil, err
	}
	return ack.Bytes(), nil
}

func (a *Agent) ack(message *hl7v2.Message, code hl7v2.AckCode, problems ...hl7v2.Problem) (*hl7v2.Message, error) {
	now := a.Clock.Now()
	return hl7v2.Ack(message, code, hl7v2.Stamp{ControlID: id.New(now)[6:], At: now}, problems...)
}

// sender is whose messages are kept in their order.
type sender struct{ address, application, facility string }

func senderOf(message *hl7v2.Message, from string) sender {
	if message == nil {
		return sender{address: from}
	}
	return sender{from, message.Get("MSH-3").Raw(), message.Get("MSH-4").Raw()}
}

// lane is that of the sender. Two senders may share one; then they wait for each other.
func (s sender) lane() byte {
	sum := sm.Sum([]byte(s.address + "\x00" + s.application + "\x00" + s.facility))
	return sum[0] % messageLanes
}

// verdict is what an answer of the server means.
type verdict int

const (
	unknown verdict = iota // no answer to this message
	settled                // taken, or set aside there
	refused                // neither: it may be sent again
)

// verdictOf reads an answer to a message, which is nil where it cannot be read.
func verdictOf(answer []byte, message *hl7v2.Message) verdict {
	ack, err := hl7v2.Parse(answer)
	if err != nil {
		return unknown
	}
	if message != nil && ack.Get("MSA-2").Raw() != message.Get("MSH-10").Raw() {
		return unknown
	}
	switch hl7v2.AckCode(ack.Get("MSA-1").Text()) {
	case hl7v2.AckAccept, hl7v2.AckError, hl7v2.AckCommitAccept, hl7v2.AckCommitError:
		return settled
	case hl7v2.AckReject, hl7v2.AckCommitReject:
		return refused
	}
	return unknown
}
