package amendment

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// Event is one thing that was done to a document.
type Event struct {
	At      time.Time
	Verb    string
	Person  string
	Machine string // kind of machine, where no person acted
	Entry   string // id in the ledger; none for what its own rows tell
	Version int
}

// Replay is how a document stood at a moment.
type Replay struct {
	View   *record.View // the version in force then
	At     time.Time
	State  string
	Sealed bool
	Holds  []record.Hold
	Events []Event // up to then, the oldest first
	More   bool    // there are more uses than are told
	Names  map[string]staff.Name
}

// replayed are the acts of which the account is asked: what changed a document, closed it
// or let it leave.
var replayed = []string{
	"record.file", "record.sign", "record.amend", "record.archive", "record.seal", "record.unseal", "record.mark-sensitive", "record.lift-sensitive",
	"access.seal", "access.unseal", "output.print", "output.copy", "sharing.disclose", "exchange.send", "amendment.sign", "amendment.settle-complaint",
}

// Replay discloses how a document stood at a moment of its past. The content is read under
// the act of reading it, so that a replay opens nothing that reading would not.
func (room *Room) Replay(ctx context.Context, document string, at time.Time) (Replay, error) {
	out := Replay{At: at}
	number := 0
	err := room.desk.Disclose(ctx, "amendment.replay", func(ctx context.Context, r *act.Reading) error {
		out = Replay{At: at}
		o, err := room.o.Records.Asked(ctx, r, r.Actor().Org, document)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, o); err != nil {
			return err
		}
		if err := r.PermitTo(ctx, "record.view", o); err != nil {
			return err
		}
		made, err := room.o.Records.StatementsOf(ctx, r, o.Org, document)
		if err != nil {
			return err
		}
		if len(made) == 0 || at.Before(made[0].At) || at.After(r.Now()) {
			return errPast.With()
		}
		for _, v := range made {
			if !v.At.After(at) {
				number = v.Number
				out.stand(v)
			}
		}
		if err := room.account(ctx, r, o.Org, document, &out); err != nil {
			return err
		}
		return room.surroundings(ctx, r, o.Org, document, &out)
	})
	if err != nil {
		return Replay{}, err
	}
	out.View, err = room.o.Records.View(ctx, document, number)
	return out, err
}

// stand takes over a version and its signatures, as far as they were there.
func (out *Replay) stand(v record.Statement) {
	verb := "record.file"
	if v.Number > 1 {
		verb = "record.amend"
	}
	out.Events = append(out.Events, Event{At: v.At, Verb: verb, Person: v.Author, Version: v.Number})
	out.State = string(record.Filed)
	for _, s := range v.Signatures {
		if s.At.After(out.At) {
			continue
		}
		out.State = string(record.Signed)
		out.Events = append(out.Events, Event{At: s.At, Verb: "record.sign", Person: s.Person, Version: v.Number})
	}
}

// mostPages bounds how far back the account is read.
const mostPages = 4

// account adds what the ledger tells, and what follows from it.
func (room *Room) account(ctx context.Context, r *act.Reading, org, document string, out *Replay) error {
	q := ledger.Query{Org: org, Kind: "Document", Object: document, Verbs: replayed, Outcome: ledger.Done, To: out.At.Add(time.Microsecond), Limit: ledger.MaxPage}
	for range mostPages {
		page, err := room.o.Ledger.Search(ctx, r, q)
		if err != nil {
			return err
		}
		for _, line := range page.Lines {
			out.add(line)
		}
		if q.After = page.Next; page.Next == 0 {
			break
		}
	}
	out.More = q.After != 0
	slices.SortStableFunc(out.Events, func(a, b Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Version, b.Version)) })
	for _, e := range out.Events {
		switch e.Verb {
		case "record.archive":
			out.State = string(record.Archived)
		case "record.seal", "access.seal":
			out.Sealed = true
		case "record.unseal", "access.unseal":
			out.Sealed = false
		}
	}
	return nil
}

// add takes a line of the account over, unless a row of the document tells of it already.
func (out *Replay) add(line ledger.Line) {
	e := Event{At: line.At, Verb: line.Verb, Entry: line.ID}
	if line.ActorKind == act.Person {
		e.Person = line.Actor
	} else {
		e.Machine = line.ActorKind
	}
	if i := slices.IndexFunc(out.Events, func(o Event) bool { return o.Entry == "" && o.Verb == e.Verb && o.At.Equal(e.At) }); i >= 0 {
		out.Events[i].Entry = e.Entry
		return
	}
	out.Events = append(out.Events, e)
}

// surroundings adds the holds that lay on it then, and what people are called.
func (room *Room) surroundings(ctx context.Context, r *act.Reading, org, document string, out *Replay) error {
	lay, err := room.o.Records.HoldsThrough(ctx, r, org, document)
	if err != nil {
		return err
	}
	for _, h := range lay {
		if !h.Since.After(out.At) && (h.Lifted.IsZero() || h.Lifted.After(out.At)) {
			out.Holds = append(out.Holds, h)
		}
	}
	var people []string
	for _, e := range out.Events {
		people = append(people, e.Person)
	}
	out.Names, err = room.names(ctx, r, org, people)
	return err
}
