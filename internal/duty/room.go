package duty

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Desk  *act.Desk // of room duty
	Rules act.Rulebook
	Staff *staff.Room
	Vault *vault.Vault
	Jobs  *job.Runner
	// Dial is the way out for messages.
	Dial *dial.Dialer
	// Org is the organisation whose clocks the room keeps.
	Org string
	// Alarm is told of rows that were not written by the house. Nil: nobody is.
	Alarm func(ctx context.Context, what string, err error)
	// Patients says whose patients somebody's turns make his, for [Room.Ties].
	Patients Patients
	// Live reports whether the session in which ctx acts still counts, without
	// using it. Nil: sessions are not asked after.
	Live func(ctx context.Context) bool
	// Ends tells, on a channel, what a person held and holds no more, until it is left.
	// Nil: streams tell of tasks only.
	Ends func(person string) (told <-chan Ended, leave func())
}

// Room is the duty room.
type Room struct {
	desk     *act.Desk
	rules    act.Rulebook
	staff    *staff.Room
	vault    *vault.Vault
	dial     *dial.Dialer
	org      string
	alarm    func(ctx context.Context, what string, err error)
	live     func(ctx context.Context) bool
	ends     func(person string) (told <-chan Ended, leave func())
	patients Patients
	name     string // of this process among those that keep the clocks
	pulse    *pulse

	mu       sync.Mutex
	calendar reckoner
	reckoned lastReckoned
}

// New returns the room and takes over the delivery of its messages.
func New(o Options) *Room {
	room := &Room{
		desk: o.Desk, rules: o.Rules, staff: o.Staff, vault: o.Vault, dial: o.Dial, org: o.Org, alarm: o.Alarm, live: o.Live, ends: o.Ends, patients: o.Patients,
		name: id.New(o.Desk.Now()),
	}
	if room.alarm == nil {
		room.alarm = func(context.Context, string, error) {}
	}
	if room.ends == nil {
		room.ends = func(string) (<-chan Ended, func()) { return nil, func() {} }
	}
	room.pulse = newPulse(room.recent)
	o.Jobs.Handle(deliverJob, room.deliver)
	return room
}

// look reads for the room itself. A row that the house did not write is a no and an
// alarm, as it is at the door.
func (room *Room) look(ctx context.Context, fn func(r db.Reader) error) error {
	err := room.desk.Look(ctx, fn)
	if errors.Is(err, db.ErrForged) {
		room.alarm(ctx, "a row that grants power is forged", err)
		return act.ErrUndecided.Because(err)
	}
	return err
}

// houseObject is the house as what a general act is about.
func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

func permitList(ctx context.Context, r *act.Reading) error {
	return r.Permit(ctx, houseObject(r.Actor().Org))
}

// actorName is who did a step: a person by id, a machine by its kind.
func actorName(a act.Actor) string {
	if a.Kind == act.Person {
		return a.ID
	}
	return a.Kind
}

// personOf is the actor if he is a person.
func personOf(a act.Actor) string {
	if a.Kind == act.Person {
		return a.ID
	}
	return ""
}

// note is what somebody wrote, sealed before the act that keeps it.
type note struct {
	words []byte
	// key is the key under which it lies when that key is new and must be kept too.
	key *vault.Subject
}

// sealWords seals text under the patient's key, or under that of the house where
// there is no patient. Nothing written is nothing sealed.
func (room *Room) sealWords(ctx context.Context, patient string, at vault.Place, text string) (note, error) {
	if text == "" {
		return note{}, nil
	}
	var n note
	err := room.look(ctx, func(r db.Reader) error {
		subject, err := room.subject(ctx, r, act.From(ctx).Org, patient)
		if patient == "" && errors.Is(err, vault.KeyDestroyed) {
			subject, err = room.vault.NewSubject(act.From(ctx).Org, vault.House)
			n.key = subject
		}
		if err != nil {
			return err
		}
		n.words, err = subject.Seal(at, []byte(text))
		return err
	})
	return n, err
}

func (room *Room) subject(ctx context.Context, r db.Reader, org, patient string) (*vault.Subject, error) {
	if patient == "" {
		patient = vault.House
	}
	return room.vault.Subject(ctx, r, org, patient)
}

// keep saves the key of a note if it is new.
func (n note) keep(ctx context.Context, w *act.Work) error {
	if n.key == nil {
		return nil
	}
	return n.key.Save(ctx, w)
}

// openWords opens what somebody wrote. The words about a patient who was erased
// are erased with him.
func (room *Room) openWords(ctx context.Context, r db.Reader, org, patient string, at vault.Place, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	subject, err := room.subject(ctx, r, org, patient)
	if errors.Is(err, vault.KeyDestroyed) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	words, err := subject.Open(at, sealed)
	return string(words), err
}

// doing carries out an act whose words are sealed before it. Where two people make
// the key of the house at the same time, the second is asked to try again once.
func (room *Room) doing(ctx context.Context, verb, patient string, at vault.Place, text string, fn func(ctx context.Context, w *act.Work, words []byte) error) error {
	for tries := 0; ; tries++ {
		n, err := room.sealWords(ctx, patient, at, text)
		if err != nil {
			return err
		}
		err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
			if err := fn(ctx, w, n.words); err != nil {
				return err
			}
			return n.keep(ctx, w)
		})
		if n.key == nil || !errors.Is(err, db.ErrExists) {
			return err
		}
		if tries > 0 {
			return errUnknownKey.Because(err)
		}
	}
}

// recordStep adds to the history of a task.
func recordStep(ctx context.Context, w *act.Work, t Task, s Step) error {
	before, err := count(ctx, w, "SELECT COUNT(*) FROM duty_step WHERE org = $1 AND task = $2", t.Org, t.ID)
	if err != nil {
		return err
	}
	s.Org, s.Task, s.Place, s.At, s.Actor = t.Org, t.ID, before, w.Now(), actorName(w.Actor())
	if s.ID == "" {
		s.ID = id.New(w.Now())
	}
	return steps.Insert(ctx, w, &s)
}

// jobContext acts as the house itself.
func (room *Room) jobContext(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}

const day = 24 * time.Hour
