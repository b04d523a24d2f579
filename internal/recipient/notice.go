package recipient

import (
	"context"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/job"
)

// Notice is one system being told of one thing that happened.
type Notice struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Recipient string    `db:"recipient"`
	Event     string    `db:"event"`
	Subject   string    `db:"subject"` // the seal, or the order to end a right
	Patient   string    `db:"patient"`
	Cause     string    `db:"cause"` // what happened; told once to each
	Made      time.Time `db:"made"`
	State     string    `db:"state"`
	Told      string    `db:"told"`    // what was so when it was told last
	Sending   string    `db:"sending"` // the last
	Digest    []byte    `db:"digest"`  // of what was sent last
	Tries     int       `db:"tries"`
	Failure   string    `db:"failure"` // code of the last
	Settled   time.Time `db:"settled"`
}

// States of a notice.
const (
	Waiting     = "waiting"
	Confirmed   = "confirmed"
	Failed      = "failed"
	Unsupported = "unsupported" // the system said that it cannot do this
)

// Events of which systems are told.
const (
	EventSeal   = "seal"
	EventEnding = "ending"
)

const (
	notifyJob = "recipient.notify"
	// notifyTries is how often one is tried before it waits for the next look: with
	// growing pauses that is more than an hour.
	notifyTries = 12
	// alarmAfter is how many failures ask the owner.
	alarmAfter = 2
	// tryAgain is after how long what failed is tried once more.
	tryAgain = 10 * time.Minute
)

type notifyArgs struct {
	Org    string `json:"org"`
	Notice string `json:"notice"`
}

// happened is something of which systems are told.
type happened struct {
	event, subject, patient, cause string
	at                             time.Time
}

// tellIn writes down that a system is to be told of something, unless it was before.
func tellIn(ctx context.Context, w *act.Work, x Recipient, h happened) error {
	before, err := notices.Select(ctx, w, "WHERE org = $1 AND recipient = $2 AND cause = $3", x.Org, x.ID, h.cause)
	if err != nil || len(before) > 0 {
		return err
	}
	n := Notice{Org: x.Org, ID: id.New(w.Now()), Recipient: x.ID, Event: h.event, Subject: h.subject, Patient: h.patient, Cause: h.cause, Made: w.Now(), State: Waiting}
	if err := notices.Insert(ctx, w, &n); err != nil {
		return err
	}
	return order(ctx, w, n, w.Now())
}

func order(ctx context.Context, w *act.Work, n Notice, due time.Time) error {
	_, err := job.Enqueue(ctx, w, job.Order{
		Org: n.Org, Kind: notifyJob, Args: notifyArgs{n.Org, n.ID}, By: w.ID(), Now: w.Now(), Due: due, Dedupe: n.ID, MaxTries: notifyTries,
	})
	return err
}

// message is what a system is told. Its form is in docs/format/webhook.md.
type message struct {
	V         int      `json:"v"`
	ID        string   `json:"id"` // of the notice: the same however often it is told
	Event     string   `json:"event"`
	Subject   string   `json:"subject"`
	Kind      string   `json:"kind"`  // of the seal, or of the right
	State     string   `json:"state"` // sealed or lifted; ended
	Since     string   `json:"since"` // from when that is so
	Patient   string   `json:"patient,omitempty"`
	Documents []string `json:"documents,omitempty"`
	Person    string   `json:"person,omitempty"` // staff number
}

const messageVersion = 1

// digestible is the body of a message.
func (m message) body() ([]byte, error) { return json.Marshal(m) }

// listening are the live systems that are told of events.
func listening(ctx context.Context, r db.Reader, org string, at time.Time) ([]Recipient, error) {
	var all []Recipient
	err := each(ctx, r, org, func(x Recipient) {
		if x.Kind == KindWebhook && x.Live(at) && x.Takes(ShapeEvents) {
			all = append(all, x)
		}
	})
	return all, err
}
