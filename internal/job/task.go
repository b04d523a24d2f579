package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
)

// State is where a task stands.
type State string

// The states of a task.
const (
	Waiting State = "waiting"
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed" // tries used up
)

// Task is one piece of later work.
type Task struct {
	ID        string    `db:"id,key"`
	Org       string    `db:"org"`
	Kind      string    `db:"kind"`
	Dedupe    string    `db:"dedupe"`
	State     State     `db:"state"`
	Args      string    `db:"args"`
	Due       time.Time `db:"due"`
	Tries     int       `db:"tries"`
	MaxTries  int       `db:"max_tries"`
	Holder    string    `db:"holder"`
	HeldUntil time.Time `db:"held_until"`
	Made      time.Time `db:"made"`
	MadeBy    string    `db:"made_by"` // id of the act that asked for it
	Ended     time.Time `db:"ended"`
	Failure   string    `db:"failure"` // code of the last failure
	Progress  int64     `db:"progress"`
	Goal      int64     `db:"goal"`
	Doing     string    `db:"doing"`
	MAC       []byte    `db:"mac"`
}

var tasks = db.Define[Task]("job_task", db.AsUpkeep)

// Order asks for a task.
type Order struct {
	Org  string
	Kind string
	Args any // ids and counts only; kept as JSON
	By   string
	Now  time.Time
	Due  time.Time // Now when zero
	// Dedupe, when not empty, makes an order that equals a waiting one do nothing.
	Dedupe   string
	MaxTries int // DefaultTries when zero
}

// DefaultTries is how often a task is tried where its order does not say.
const DefaultTries = 8

// Enqueue writes a task in the transaction of w and returns its id.
func Enqueue(ctx context.Context, w db.Writer, o Order) (string, error) {
	if o.Dedupe != "" {
		same, err := tasks.Select(ctx, w, "WHERE kind = $1 AND dedupe = $2 AND state = $3 LIMIT 1", o.Kind, o.Dedupe, string(Waiting))
		if err != nil {
			return "", err
		}
		if len(same) > 0 {
			return same[0].ID, nil
		}
	}
	args, err := json.Marshal(o.Args)
	if err != nil {
		return "", fmt.Errorf("job %s: %w", o.Kind, err)
	}
	t := Task{
		ID: id.New(o.Now), Org: o.Org, Kind: o.Kind, Dedupe: o.Dedupe, State: Waiting, Args: string(args),
		Due: o.Due, MaxTries: o.MaxTries, Made: o.Now, MadeBy: o.By,
	}
	if t.Due.IsZero() {
		t.Due = o.Now
	}
	if t.MaxTries == 0 {
		t.MaxTries = DefaultTries
	}
	return t.ID, tasks.Insert(ctx, w, &t)
}

// Get reads a task.
func Get(ctx context.Context, r db.Reader, id string) (Task, error) { return tasks.Get(ctx, r, id) }

// Latest reads the newest task of a kind that was ordered under a name to be done once.
func Latest(ctx context.Context, r db.Reader, kind, dedupe string) (t Task, known bool, err error) {
	found, err := tasks.Select(ctx, r, "WHERE kind = $1 AND dedupe = $2 ORDER BY id DESC LIMIT 1", kind, dedupe)
	if err != nil || len(found) == 0 {
		return Task{}, false, err
	}
	return found[0], true, nil
}

// Retry puts a failed task back in line.
func Retry(ctx context.Context, w db.Writer, id string, now time.Time) error {
	t, err := tasks.Get(ctx, w, id)
	if err != nil {
		return err
	}
	if t.State != Failed {
		return nil
	}
	t.State, t.Tries, t.Due, t.Failure, t.Ended = Waiting, 0, now, "", time.Time{}
	return tasks.Update(ctx, w, &t)
}

// pause is how long a task waits before its next try: 1 s, 2 s, 4 s … 1 h.
func pause(tries int) time.Duration {
	return min(time.Second<<min(tries-1, 12), time.Hour)
}
