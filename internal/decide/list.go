package decide

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Shown is a use with what was said of it.
type Shown struct {
	Use
	Code   string // of its source
	Done   Done
	SaidOf string // with which it was settled
}

// Listed is a page of uses, newest first, with the people in them.
type Listed struct {
	Items []Shown
	Names map[string]staff.Name
	Next  string
}

// Uses lists what was handed in afterwards and is in a state.
func (room *Room) Uses(ctx context.Context, state string, p web.Paging) (Listed, error) {
	if !slices.Contains(useStates, state) {
		return Listed{}, errInput.With().At("state", fault.Text{ZH: "应为 explained、waiting、accepted 或 raised", EN: "is explained, waiting, accepted or raised"})
	}
	before := "~"
	if _, err := web.DecodeCursor(p.Cursor, &before); err != nil {
		return Listed{}, err
	}
	var l Listed
	err := room.desk.Disclose(ctx, "decide.uses", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		l = Listed{}
		limit := web.Bounded(p.Limit)
		found, err := usesBefore(ctx, r, org, state, before, limit)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			if l.Next, err = web.EncodeCursor(found[limit-1].ID); err != nil {
				return err
			}
		}
		return room.show(ctx, r, &l, found)
	})
	return l, err
}

func (room *Room) show(ctx context.Context, r *act.Reading, l *Listed, found []Use) error {
	if len(found) == 0 {
		return nil
	}
	org := r.Actor().Org
	key, err := room.vault.Subject(ctx, r, org, vault.House)
	if err != nil {
		return err
	}
	codes, people := map[string]string{}, []string{}
	for _, u := range found {
		s := Shown{Use: u}
		text, err := key.Open(saidPlace(u.ID), u.Said)
		if err == nil {
			err = json.Unmarshal(text, &s.Done)
		}
		if err != nil {
			return err
		}
		if len(u.Words) > 0 {
			words, err := key.Open(wordsPlace(u.ID), u.Words)
			if err != nil {
				return err
			}
			s.SaidOf = string(words)
		}
		if _, met := codes[u.Source]; !met {
			source, err := room.sources.Find(ctx, r, org, u.Source)
			if err != nil {
				return err
			}
			codes[u.Source] = source.Code
		}
		s.Code = codes[u.Source]
		l.Items = append(l.Items, s)
		for _, person := range []string{u.Person, u.By} {
			if person != "" {
				people = append(people, person)
			}
		}
		if u.Patient != "" {
			r.Concerns(policy.Object{Kind: "Patient", ID: u.Patient, Patient: u.Patient})
		}
	}
	l.Names, err = staff.Names(ctx, r, org, people, r.Now())
	return err
}
