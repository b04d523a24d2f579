package agent

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/agent/spool"
	"github.com/medward/medward/kit/hl7v2"
)

// deliver hands what waits in a lane to the server, one after another, because a message
// that is refused holds up those behind it.
func (a *Agent) deliver(ctx context.Context, lane byte) {
	refusals := pauses{first: a.Paces.First, longest: a.Paces.Longest}
	for {
		records, err := a.spool.Next(ctx, lane, 1)
		if ctx.Err() != nil || errors.Is(err, spool.ErrClosed) {
			return
		}
		pause := a.Paces.Longest
		if err != nil {
			a.Log.ErrorContext(ctx, "what waits cannot be read", "lane", lane, "cause", err)
		} else {
			pause = a.deliverOne(ctx, lane, records[0], &refusals)
		}
		if pause > 0 && !wait(ctx, pause) {
			return
		}
	}
}

// deliverOne hands over one message, and returns how long to wait before the next.
func (a *Agent) deliverOne(ctx context.Context, lane byte, r spool.Record, refusals *pauses) time.Duration {
	message, _ := hl7v2.Parse(r.Content)
	answer, found, err := a.server.ask(ctx, r.Content, message)
	if err != nil {
		return a.server.untilAgain()
	}
	if found == refused {
		pause := refusals.next()
		of := senderOf(message, "")
		why := Refusal{Application: of.application, Facility: of.facility, Rule: ruleOf(answer), Arrived: r.At}
		a.history.refusedAs(lane, why)
		a.Log.WarnContext(ctx, "the server refuses a message that waits; it is tried again", "sender", why.Application, "rule", why.Rule, "arrived", why.Arrived, "again", pause.String())
		return pause
	}
	refusals.reset()
	a.history.delivered(a.Clock.Now())
	a.history.settled(lane)
	if err := a.spool.Answered(lane, 1); err != nil {
		a.Log.ErrorContext(ctx, "what was delivered could not be deleted from the spool", "cause", err)
	}
	return 0
}

// ruleOf is the rule that an answer names.
func ruleOf(answer []byte) string {
	ack, err := hl7v2.Parse(answer)
	if err != nil {
		return ""
	}
	if rule := ack.Get("ERR-5.1").Text(); rule != "" {
		return rule
	}
	return ack.Get("ERR-1.4.2").Text()
}
