package console

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Room is the console.
type Room struct {
	accounts *act.Desk // acts ledger.*
	house    *act.Desk // acts house.*
	ledger   *ledger.Ledger
	patients *patient.Room
	key      []byte // public key of the ledger
	rules    *policy.Shelf
	org      string
	checks   Checks
}

// Options are what the console is made of.
type Options struct {
	Door      *act.Door
	Ledger    *ledger.Ledger
	Patients  *patient.Room
	Rules     *policy.Shelf
	PublicKey []byte // of the ledger
	Org       string // whose evidence it gathers
	Checks    Checks // of every room
}

// New returns the console.
func New(o Options) *Room {
	return &Room{
		accounts: o.Door.Desk("ledger"), house: o.Door.Desk("house"), ledger: o.Ledger, patients: o.Patients, key: o.PublicKey, rules: o.Rules, org: o.Org, checks: o.Checks,
	}
}

// Lines is a page of the ledger with the people and the patients it names.
type Lines struct {
	ledger.Page
	People   map[string]staff.Name
	Patients map[string]string // masked names
}

// Search discloses a page of the ledger, newest first.
func (room *Room) Search(ctx context.Context, q ledger.Query) (Lines, error) {
	var page Lines
	err := room.accounts.Disclose(ctx, "ledger.search", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, book(r)); err != nil {
			return err
		}
		return room.search(ctx, r, q, &page)
	})
	return page, err
}

// Readers discloses who did what with one patient.
func (room *Room) Readers(ctx context.Context, patientID string, q ledger.Query) (Lines, error) {
	var page Lines
	err := room.accounts.Disclose(ctx, "ledger.readers", func(ctx context.Context, r *act.Reading) error {
		known, err := room.patients.Find(ctx, r, r.Actor().Org, patientID)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, known.Object); err != nil {
			return err
		}
		q.Patient = patientID
		return room.search(ctx, r, q, &page)
	})
	return page, err
}

func (room *Room) search(ctx context.Context, r *act.Reading, q ledger.Query, into *Lines) error {
	q.Org = r.Actor().Org
	found, err := room.ledger.Search(ctx, r, q)
	if err != nil {
		return err
	}
	into.Page = found
	people := make([]string, len(found.Lines))
	for i, line := range found.Lines {
		people[i] = line.Actor
	}
	if into.People, err = staff.Names(ctx, r, q.Org, people, r.Now()); err != nil {
		return err
	}
	into.Patients, err = room.patients.Called(ctx, r, q.Org, patientsOf(found.Lines))
	for _, id := range slices.Sorted(maps.Keys(into.Patients)) {
		r.Concerns(policy.Object{Kind: "Patient", ID: id, Org: q.Org, Patient: id})
	}
	return err
}

func patientsOf(lines []ledger.Line) []string {
	var all []string
	for _, line := range lines {
		if line.Patient != "" {
			all = append(all, line.Patient)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// View discloses one entry by its id or, when id is empty, by its position.
func (room *Room) View(ctx context.Context, id string, position int64) (ledger.Placed, map[string]staff.Name, error) {
	var placed ledger.Placed
	var people map[string]staff.Name
	err := room.accounts.Disclose(ctx, "ledger.view", func(ctx context.Context, r *act.Reading) (err error) {
		if placed, err = room.entry(ctx, r, id, position); err != nil {
			return err
		}
		people, err = staff.Names(ctx, r, r.Actor().Org, []string{placed.Entry.Actor.ID}, r.Now())
		return err
	})
	return placed, people, err
}

// entry finds an entry of the actor's organisation and asks whether he may see
// it: as one about himself, or as a part of the ledger. What is not there and
// what is another organisation's are answered alike.
func (room *Room) entry(ctx context.Context, r *act.Reading, id string, position int64) (ledger.Placed, error) {
	var placed ledger.Placed
	var err error
	if id != "" {
		placed, err = room.ledger.ByID(ctx, r, id)
	} else {
		placed, err = room.ledger.At(ctx, r, position)
	}
	if err == nil && placed.Entry.Org != r.Actor().Org {
		placed, err = ledger.Placed{}, ledger.ErrNoEntry.With()
	}
	asked := book(r)
	if by := placed.Entry.Actor; err == nil && by.Kind == act.Person && by.ID == r.Actor().ID {
		asked = policy.Object{Kind: "LedgerEntry", ID: placed.Entry.ID, Org: placed.Entry.Org, Concerns: by.ID}
	}
	if err := r.Permit(ctx, asked); err != nil {
		return ledger.Placed{}, err
	}
	return placed, err
}

// Prove discloses one entry with the proof that it is in the tree of the newest
// signed checkpoint.
func (room *Room) Prove(ctx context.Context, id string, position int64) (ledger.Proof, error) {
	var proof ledger.Proof
	if err := room.accounts.Begin(ctx, "ledger.prove"); err != nil {
		return proof, err
	}
	if err := room.settle(ctx); err != nil {
		return proof, err
	}
	err := room.accounts.Disclose(ctx, "ledger.prove", func(ctx context.Context, r *act.Reading) error {
		placed, err := room.entry(ctx, r, id, position)
		if err != nil {
			return err
		}
		newest, err := room.ledger.Latest(ctx, r)
		if err != nil {
			return err
		}
		r.Note("position", itoa(placed.Position))
		proof, err = room.ledger.Inclusion(ctx, r, placed.Position, newest.Size)
		return err
	})
	return proof, err
}

// signingWait bounds how long a proof waits for its entry to be signed.
const signingWait = 3 * time.Second

// settle waits a moment for what was just recorded to be signed, so that a proof
// can be had of an entry that is a second old. Where nobody signs at the moment
// the newest checkpoint there is must do.
func (room *Room) settle(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, signingWait)
	defer cancel()
	if err := room.ledger.Settle(waiting); err != nil && waiting.Err() == nil {
		return err
	}
	return ctx.Err()
}

// Checkpoint discloses the newest signed checkpoint, for somebody outside to keep.
func (room *Room) Checkpoint(ctx context.Context) (ledger.Checkpoint, error) {
	var newest ledger.Checkpoint
	err := room.accounts.Disclose(ctx, "ledger.checkpoint", func(ctx context.Context, r *act.Reading) (err error) {
		if err := r.Permit(ctx, book(r)); err != nil {
			return err
		}
		newest, err = room.ledger.Latest(ctx, r)
		return err
	})
	return newest, err
}

// Continuation discloses the proof that the tree of a size is the beginning of
// the newest.
func (room *Room) Continuation(ctx context.Context, from int64) (ledger.Continuation, error) {
	var proof ledger.Continuation
	err := room.accounts.Disclose(ctx, "ledger.checkpoint", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, book(r)); err != nil {
			return err
		}
		newest, err := room.ledger.Latest(ctx, r)
		if err != nil {
			return err
		}
		proof, err = room.ledger.Consistency(ctx, r, from, newest.Size)
		return err
	})
	return proof, err
}

// book is the ledger of the actor's organisation as policy sees it.
func book(r *act.Reading) policy.Object {
	org := r.Actor().Org
	return policy.Object{Kind: "Ledger", ID: org, Org: org}
}
