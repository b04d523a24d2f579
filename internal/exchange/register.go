package exchange

import (
	"context"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Register writes down another house with its keys. Nothing is exchanged with it before
// somebody else has compared their fingerprint.
func (room *Room) Register(ctx context.Context, in Registering) (Partner, error) {
	if err := room.desk.Begin(ctx, "exchange.register"); err != nil {
		return Partner{}, err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return Partner{}, err
	}
	p := Partner{
		Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Recipient: in.Recipient, Source: in.Source, Card: in.Card, Onwards: in.Onwards, State: Draft,
		MadeBy: act.From(ctx).ID, Until: in.Until.UTC(), CredentialKey: id.New(room.desk.Now()),
	}
	sealer, err := room.vault.NewSubject(p.Org, p.CredentialKey)
	if err != nil {
		return Partner{}, err
	}
	if p.Credential, err = sealer.Seal(credentialPlace(p.ID), []byte(in.Credential)); err != nil {
		return Partner{}, err
	}
	err = room.desk.Do(ctx, "exchange.register", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(p.Org)); err != nil {
			return err
		}
		if err := room.mustDealWith(ctx, w, p.Card); err != nil {
			return err
		}
		if err := room.mustBeKnown(ctx, w, p); err != nil {
			return err
		}
		p.Made = w.Now()
		w.Note("partner", p.ID)
		w.Note("fingerprint", p.Card.Fingerprint())
		if err := sealer.Save(ctx, w); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "security-administrator"}, Subject: p.ID}); err != nil {
			return err
		}
		return partners.Insert(ctx, w, &p)
	})
	return p, room.barring.Kept(ctx, err)
}

// mustDealWith refuses a house that is barred, by its code or its name.
func (room *Room) mustDealWith(ctx context.Context, w *act.Work, c Card) error {
	return room.barring.MustPass(ctx, &w.Reading, staff.Party{Name: c.Name, Number: c.Org, Field: "card.name", About: partyOf(c)})
}

// partyOf is for what a partner is named.
func partyOf(c Card) string { return "partner:" + c.Org }

// Parties are the partners that are not ended, as they are held against the register of
// who is barred.
func (*Room) Parties(ctx context.Context, r db.Reader, org string, _ []string, _ string) ([]staff.Party, error) {
	found, err := partners.Select(ctx, r, "WHERE org = $1 AND state <> $2 ORDER BY id LIMIT $3", org, Ended, int64(mostParties))
	all := make([]staff.Party, len(found))
	for i, p := range found {
		all[i] = staff.Party{Name: p.Card.Name, Number: p.Card.Org, About: partyOf(p.Card)}
	}
	return all, err
}

// mostParties bounds how many partners are held against the register at once.
const mostParties = 500

// mustBeKnown holds the recipient and the source of a partner against their registers.
func (room *Room) mustBeKnown(ctx context.Context, w *act.Work, p Partner) error {
	if p.Recipient != "" {
		if _, err := room.recipients.Find(ctx, w, p.Org, p.Recipient); err != nil {
			return err
		}
	}
	if p.Source == "" {
		return nil
	}
	_, err := room.sources.Find(ctx, w, p.Org, p.Source)
	return err
}

func credentialPlace(partner string) vault.Place {
	return vault.Place{Kind: "ExchangePartner", Object: partner, Version: "1", Field: "credential"}
}

// Approve begins the exchange with a partner: by somebody unrelated to whoever
// registered it, who has asked the other house for the fingerprint of its keys by
// another way than the keys came. At least sixteen digits are compared.
func (room *Room) Approve(ctx context.Context, partner, fingerprint string) (Partner, error) {
	return room.change(ctx, "exchange.approve", partner, func(ctx context.Context, w *act.Work, p *Partner) error {
		if p.State != Draft || !p.Until.After(w.Now()) {
			return errOrder.With("state", p.State)
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, p.MadeBy); err != nil {
			return err
		}
		if err := room.mustDealWith(ctx, w, p.Card); err != nil {
			return err
		}
		if !p.Card.matches(fingerprint) {
			return errFingerprint.With()
		}
		p.State, p.ApprovedBy, p.Approved = Live, w.Actor().ID, w.Now()
		return room.duty.DoneIn(ctx, w, Approval, p.ID)
	})
}

func compact(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), "")) }

// End stops the exchange with a partner for good. Other keys of the same house are
// registered anew.
func (room *Room) End(ctx context.Context, partner string) (Partner, error) {
	return room.change(ctx, "exchange.end", partner, func(ctx context.Context, w *act.Work, p *Partner) error {
		if p.State == Ended {
			return errOrder.With("state", p.State)
		}
		p.State = Ended
		return room.duty.CancelIn(ctx, w, Approval, p.ID)
	})
}

// change is the spine of what is done to a partner.
func (room *Room) change(ctx context.Context, verb, partner string, do func(ctx context.Context, w *act.Work, p *Partner) error) (Partner, error) {
	var p Partner
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if p, err = partners.Get(ctx, w, w.Actor().Org, partner); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, p.object()); err != nil {
			return err
		}
		w.Note("partner", p.ID)
		if err := do(ctx, w, &p); err != nil {
			return err
		}
		p.Rev++
		return partners.Update(ctx, w, &p)
	})
	return p, room.barring.Kept(ctx, err)
}
