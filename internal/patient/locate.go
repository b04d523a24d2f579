package patient

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// Card is the minimal masked card of a patient: enough to be sure who is meant,
// and to state a reason or break the glass.
type Card struct {
	ID         string
	Name       string
	Sex        string
	Born       string // year
	Department string
	Open       bool // an encounter lasts
}

// Locate answers whether a patient with an exact record number, ID number or
// phone number is here. What it tells is itself disclosed.
func (room *Room) Locate(ctx context.Context, identifier string) ([]Card, error) {
	if err := room.desk.Begin(ctx, "patient.locate"); err != nil {
		return nil, err
	}
	identifier = strings.TrimSpace(identifier)
	if len(identifier) < 4 || len(identifier) > 64 {
		return nil, errUnknownIdentifier.With().At("identifier", text("4 至 64 个字符", "4 to 64 characters"))
	}
	var cards []Card
	err := room.desk.Disclose(ctx, "patient.locate", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := room.byIdentifier(ctx, r, org, identifier)
		if err != nil {
			return err
		}
		for _, p := range found {
			stays, err := encountersOf(ctx, r, org, p.ID)
			if err != nil {
				return err
			}
			d, err := room.unseal(ctx, r, p)
			if err != nil {
				return err
			}
			o, m := object(p, stays), d.masked()
			r.Concerns(o)
			cards = append(cards, Card{ID: p.ID, Name: m.Name, Sex: m.Sex, Born: m.BirthDate, Department: o.Department, Open: !o.Discharged})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return cards, nil
}

func (room *Room) byIdentifier(ctx context.Context, r *act.Reading, org, identifier string) ([]row, error) {
	var found []row
	for _, column := range []string{"record", "id", "phone"} {
		rows, err := byBlind(ctx, r, org, column+"_blind", room.blind(org, column, identifier))
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			if !slices.ContainsFunc(found, func(f row) bool { return f.ID == p.ID }) {
				found = append(found, p)
			}
		}
	}
	return found, nil
}
