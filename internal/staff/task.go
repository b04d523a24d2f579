package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
)

// TaskKind is something that people are asked to do for this room.
type TaskKind string

// The kinds of task. The room of tasks has its own words and clocks for them.
const (
	TakeBack           TaskKind = "staff.take-back"           // a line of an exit list
	RenewQualification TaskKind = "staff.renew-qualification" // before it ends
	RenewUndertaking   TaskKind = "staff.renew-undertaking"
	RenewAgreement     TaskKind = "staff.renew-agreement"
)

// Task is one thing to do: by a person, or by whoever holds a role.
type Task struct {
	Kind       TaskKind
	Subject    string // id of the row that it is about
	Person     string
	Role       string
	Department string
	Deadline   time.Time
}

// Tasks asks people to do things, within an act that was permitted.
type Tasks interface {
	Open(ctx context.Context, w *act.Work, t Task) error
	Done(ctx context.Context, w *act.Work, kind TaskKind, subject string) error
}

// Signer signs for people with keys of their own.
type Signer interface {
	// Sign signs with the key of the actor's open signing session, and returns
	// the key's id.
	Sign(ctx context.Context, actor act.Actor, message []byte) (key string, signature []byte, err error)
}

// Tie gives the room what stands on higher floors. It is called while the house is
// put together; without it nobody is asked and undertakings carry no signature.
func (r *Room) Tie(tasks Tasks, signer Signer) { r.tasks, r.signer = tasks, signer }

func (r *Room) ask(ctx context.Context, w *act.Work, t Task) error {
	if r.tasks == nil {
		return nil
	}
	return r.tasks.Open(ctx, w, t)
}

func (r *Room) settled(ctx context.Context, w *act.Work, kind TaskKind, subject string) error {
	if r.tasks == nil {
		return nil
	}
	return r.tasks.Done(ctx, w, kind, subject)
}
