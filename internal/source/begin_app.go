package source

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Beginning is a wish to open a program with what is open here.
type Beginning struct {
	Source    string
	Patient   string
	Encounter string
	// FHIR is our address as the program will know it.
	FHIR string
}

// Programs discloses the programs that can be begun from here, by code.
func (room *Room) Programs(ctx context.Context) ([]Source, error) {
	var all []Source
	err := room.desk.Disclose(ctx, "source.launch", func(ctx context.Context, r *act.Reading) error {
		all = nil
		if err := r.Permit(ctx, policy.Object{Kind: "Source", ID: "programs", Org: r.Actor().Org}); err != nil {
			return err
		}
		begun, err := launchable(ctx, r, r.Actor().Org)
		if err != nil {
			return err
		}
		for _, s := range begun {
			if s.Live(r.Now()) {
				all = append(all, s)
			}
		}
		return nil
	})
	return all, err
}

// BeginApp makes a launch and returns the address at which the program takes it up.
func (room *Room) BeginApp(ctx context.Context, in Beginning) (string, error) {
	if err := room.desk.Begin(ctx, "source.launch"); err != nil {
		return "", err
	}
	if in.Patient == "" {
		return "", errInput.With().At("patient", fault.Text{ZH: "请先打开患者", EN: "open a patient first"})
	}
	var address string
	err := room.desk.Do(ctx, "source.launch", func(ctx context.Context, w *act.Work) error {
		s, err := sources.Get(ctx, w, w.Actor().Org, in.Source)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Source", ID: s.ID, Org: s.Org}); err != nil {
			return err
		}
		app, err := appOf(ctx, w, s)
		switch {
		case err != nil:
			return err
		case w.Actor().Session == "":
			return errNoSession.With()
		case app.Web.Launch == "" || !s.Live(w.Now()):
			return errNotLive.With()
		}
		l := Launch{
			Org: s.Org, ID: id.New(w.Now()), Source: s.ID, Person: w.Actor().ID, Session: w.Actor().Session, Patient: in.Patient, Encounter: in.Encounter,
			Made: w.Now(), Until: w.Now().Add(launchLife),
		}
		var shown string
		shown, l.Digest = newShown(launchPrefix, l.ID)
		w.Note("source", s.ID)
		w.Note("launch", l.ID)
		w.Concerns(policy.Object{Kind: "Patient", ID: in.Patient, Patient: in.Patient})
		if address, err = app.Web.to(in.FHIR, shown); err != nil {
			return err
		}
		return launches.Insert(ctx, w, &l)
	})
	return address, err
}

// launchShown is the launch that a program shows, if it counts for whoever is asked.
func launchShown(ctx context.Context, r db.Reader, s Source, shown string, actor act.Actor, now time.Time) (Launch, bool, error) {
	of, digest, ok := parseShown(launchPrefix, shown)
	if !ok {
		return Launch{}, false, nil
	}
	l, err := launches.Get(ctx, r, s.Org, of)
	if errors.Is(err, db.ErrNone) {
		return Launch{}, false, nil
	}
	return l, err == nil && sm.Equal(digest, l.Digest) && l.counts(s.ID, actor.ID, actor.Session, now), err
}
