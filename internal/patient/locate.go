package patient

import (
	"context"
	"slices"
	"unicode/utf8"

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

// The length of an identifier, in characters.
const (
	shortestIdentifier = 4
	longestIdentifier  = 64
)

// Locate answers whether a patient with an exact record number, ID number or
// phone number is here. What it tells is itself disclosed.
func (room *Room) Locate(ctx context.Context, identifier string) ([]Card, error) {
	if err := room.desk.Begin(ctx, "patient.locate"); err != nil {
		return nil, err
	}
	if len(plainNumber(byRecord, identifier)) < shortestIdentifier || utf8.RuneCountInString(identifier) > longestIdentifier {
		return nil, errUnknownIdentifier.With().At("identifier", text("4 至 64 个字符", "4 to 64 characters"))
	}
	var cards []Card
	err := room.desk.Disclose(ctx, "patient.locate", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		curbs, err := room.curb(ctx, r, r.Actor(), r.Now())
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}, curbs...); err != nil {
			return err
		}
		cards = nil
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
			o, card := object(p, stays), d.card()
			r.Concerns(o)
			card.ID, card.Department, card.Open = p.ID, o.Department, !o.Discharged
			cards = append(cards, card)
		}
		if len(cards) == 0 {
			r.Evenly()
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
	for _, column := range []string{byRecord, byID, byPhone} {
		blind := room.blind(org, column, identifier)
		if blind == "" {
			continue
		}
		rows, err := byBlind(ctx, r, org, column+"_blind", blind)
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
