package duty

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/job"
)

// MessageState is what became of a message.
type MessageState string

// What can become of a message.
const (
	Waiting MessageState = "waiting"
	Sent    MessageState = "sent"
	Failed  MessageState = "failed"  // tries used up
	Dropped MessageState = "dropped" // its channel was closed, or there is nobody to reach
)

// Message is one message that goes out, or went. What it says is made when it is
// sent, of the words of a kind, a count, a deadline and a link.
type Message struct {
	Org      string       `db:"org,key"`
	ID       string       `db:"id,key"`
	Channel  string       `db:"channel"`
	Person   string       `db:"person"` // empty: the group behind the channel
	Task     string       `db:"task"`
	Occasion Occasion     `db:"occasion"`
	State    MessageState `db:"state"`
	Tries    int          `db:"tries"`
	Made     time.Time    `db:"made"`
	Settled  time.Time    `db:"settled"`
	Failure  string       `db:"failure"` // code of the last failure
}

var messages = db.Define[Message]("duty_message")

const (
	deliverJob = "duty.deliver"
	// deliverTries spread over about five hours.
	deliverTries = 16
	// lost is after how long a message that still waits keeps no other from being
	// sent: its job has ended without saying so.
	lost = 6 * time.Hour
)

type deliverArgs struct {
	Org     string `json:"org"`
	Message string `json:"message"`
}

// tell orders messages about a task in the act that caused them: to people, or,
// where nobody is named, to whoever has the task. Whoever is waiting for a message
// of the same channel already gets that one, which counts all that he has to do.
func (room *Room) tell(ctx context.Context, w *act.Work, t Task, o Occasion, persons []string) error {
	open, err := channels.Select(ctx, w, "WHERE org = $1 AND stopped IS NULL ORDER BY id", t.Org)
	if err != nil || len(open) == 0 {
		return err
	}
	if persons == nil {
		if persons, err = room.holders(ctx, w, t); err != nil {
			return err
		}
	}
	for _, c := range open {
		if !slices.Contains(c.Occasions, string(o)) {
			continue
		}
		to := persons
		if !c.Kind.personal() {
			to = []string{""}
		}
		for _, person := range to {
			if err := room.order(ctx, w, c, t, o, person); err != nil {
				return err
			}
		}
	}
	return nil
}

func (room *Room) order(ctx context.Context, w *act.Work, c Channel, t Task, o Occasion, person string) error {
	if person != "" {
		n, err := count(ctx, w, "SELECT COUNT(*) FROM duty_message WHERE org = $1 AND state = $2 AND channel = $3 AND person = $4 AND made > $5",
			t.Org, string(Waiting), c.ID, person, w.Now().Add(-lost).UnixMicro())
		if err != nil || n > 0 {
			return err
		}
	}
	m := Message{Org: t.Org, ID: id.New(w.Now()), Channel: c.ID, Person: person, Task: t.ID, Occasion: o, State: Waiting, Made: w.Now()}
	if err := messages.Insert(ctx, w, &m); err != nil {
		return err
	}
	_, err := job.Enqueue(ctx, w, job.Order{
		Org: t.Org, Kind: deliverJob, Args: deliverArgs{t.Org, m.ID}, By: w.ID(), Now: w.Now(), MaxTries: deliverTries,
	})
	return err
}

// holders are the people to be told of a task: its holder and who stands in for
// him, or who is on duty in the department in whose pool it waits.
func (room *Room) holders(ctx context.Context, w *act.Work, t Task) ([]string, error) {
	if t.Person == "" {
		if t.Dept == "" {
			return nil, nil
		}
		return OnDuty(ctx, w, t.Org, t.Dept, w.Now())
	}
	covers, err := coversOf(ctx, w, t.Org, t.Person, w.Now())
	return append([]string{t.Person}, covers...), err
}
