package decide

import (
	"cmp"
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Link is a link as its source gets it, once.
type Link struct {
	URL     string // a path where the house does not know its address
	Until   time.Time
	Account string
}

// AskLaunch makes a link for somebody. It fails with decide.launch-nobody when nobody at
// work here is meant. Whether the patient is there, and may be opened, it does not say:
// that the person is told, by our own door.
func (room *Room) AskLaunch(ctx context.Context, in Launching) (Link, error) {
	const verb = "decide.launch"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Link{}, err
	}
	if err := in.check(); err != nil {
		return Link{}, err
	}
	in.Purpose = cmp.Or(in.Purpose, "care")
	t, shown := newTicket(id.New(room.desk.Now()))
	var link Link
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		caller := w.Actor()
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: caller.Org, Org: caller.Org}); err != nil {
			return err
		}
		q := in.question()
		x, err := room.find(ctx, &w.Reading, Asking{Purpose: in.Purpose, Questions: []Question{q}})
		if err != nil {
			return err
		}
		who := x.people[x.ids[q.Person]].actor
		if who.ID == "" {
			return errLaunchNobody.With()
		}
		l := Launch{
			Org: caller.Org, ID: t.id, Source: caller.ID, Person: who.ID, Purpose: in.Purpose, Link: t.digest, Asked: w.Now(), Until: w.Now().Add(linkLife),
		}
		if known := x.patients[x.patientOf(q.Object)]; known.Object.ID != "" && x.opens(known.Object) && x.within(known, in.Encounter) {
			l.Patient, l.Encounter = known.Object.ID, in.Encounter
			w.Concerns(policy.Object{Kind: "Patient", ID: l.Patient, Patient: l.Patient})
		}
		w.Concerns(policy.Object{Kind: "Person", ID: l.Person})
		w.Note("launch", l.ID)
		w.Note("for", l.Purpose)
		link = Link{URL: room.address + "/launch#" + shown, Until: l.Until, Account: w.ID()}
		return launches.Insert(ctx, w, &l)
	})
	return link, err
}
