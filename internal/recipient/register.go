package recipient

import (
	"context"
	"encoding/base64"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Register writes a recipient into the register. Nothing goes there before somebody
// else has approved it.
func (room *Room) Register(ctx context.Context, in Writing) (Recipient, error) {
	if err := room.desk.Begin(ctx, "recipient.register"); err != nil {
		return Recipient{}, err
	}
	in = in.tidied()
	if err := in.check(room.desk.Now()); err != nil {
		return Recipient{}, err
	}
	var x Recipient
	err := room.desk.Do(ctx, "recipient.register", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if err := room.mustDealWith(ctx, w, in); err != nil {
			return err
		}
		if _, taken, err := recipientCoded(ctx, w, org, in.Code); err != nil || taken {
			if err != nil {
				return err
			}
			return errTaken.With("code", in.Code)
		}
		x = Recipient{
			Org: org, ID: id.New(w.Now()), Code: in.Code, Kind: in.Kind, Said: in, Wanted: []Writing{in}, WantedBy: w.Actor().ID, State: Draft,
			Since: in.Since, Until: in.Until, MadeBy: w.Actor().ID, Made: w.Now(),
		}
		var err error
		if x.Department, err = room.ownerIn(ctx, w, in.Owner); err != nil {
			return err
		}
		w.Note("recipient", x.ID)
		if err := room.askApproval(ctx, w, x.ID); err != nil {
			return err
		}
		return recipients.Insert(ctx, w, &x)
	})
	return x, room.barring.Kept(ctx, err)
}

// mustDealWith refuses a recipient that is barred, under either of its names.
func (room *Room) mustDealWith(ctx context.Context, w *act.Work, in Writing) error {
	about := partyOf(in.Code)
	return room.barring.MustPass(ctx, &w.Reading, staff.Party{Name: in.NameZH, Field: "nameZh", About: about}, staff.Party{Name: in.NameEN, Field: "nameEn", About: about})
}

// Change writes a recipient anew. What is in force stays so until the change is
// approved.
func (room *Room) Change(ctx context.Context, recipient string, rev int, in Writing) (Recipient, error) {
	if err := room.desk.Begin(ctx, "recipient.change"); err != nil {
		return Recipient{}, err
	}
	in = in.tidied()
	if err := in.check(room.desk.Now()); err != nil {
		return Recipient{}, err
	}
	return room.change(ctx, "recipient.change", recipient, func(ctx context.Context, w *act.Work, x *Recipient) error {
		switch {
		case x.Rev != rev:
			return errMoved.With()
		case x.State == Ended:
			return errOrder.With("state", x.State)
		case x.Code != in.Code || x.Kind != in.Kind:
			return errInput.With().At("code", fault.Text{ZH: "登记后代码和种类不能更改", EN: "the code and the kind stay what they were registered as"})
		}
		if err := room.mustDealWith(ctx, w, in); err != nil {
			return err
		}
		department, err := room.ownerIn(ctx, w, in.Owner)
		if err != nil {
			return err
		}
		x.Wanted, x.WantedBy = []Writing{in}, w.Actor().ID
		if x.State == Draft {
			x.Said, x.Department, x.Since, x.Until, x.Why = in, department, in.Since, in.Until, ""
		}
		return room.askApproval(ctx, w, x.ID)
	})
}

// ownerIn finds the department of an owner, who must hold a post.
func (room *Room) ownerIn(ctx context.Context, w *act.Work, owner string) (string, error) {
	found, err := staff.Known(ctx, w, w.Actor().Org, []string{owner})
	if err != nil {
		return "", err
	}
	e := errInput.With()
	if !found[owner] {
		return "", e.At("owner", fault.Text{ZH: "没有此人，请从人员列表中选择责任人", EN: "names nobody; choose the owner from the list of staff"})
	}
	standing, err := staff.StandingOf(ctx, w, w.Actor().Org, owner, w.Now())
	if err != nil {
		return "", err
	}
	if len(standing.Appointments) == 0 {
		return "", e.At("owner", fault.Text{ZH: "责任人须为在职人员", EN: "the owner must hold an appointment"})
	}
	return standing.Appointments[0].Department, nil
}

func (room *Room) askApproval(ctx context.Context, w *act.Work, recipient string) error {
	if err := room.duty.CancelIn(ctx, w, Approval, recipient); err != nil {
		return err
	}
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "security-administrator"}, Subject: recipient})
	return err
}

func (in Writing) tidied() Writing {
	in.Since, in.Until = in.Since.UTC(), in.Until.UTC()
	in.Shapes, in.Fields, in.Seen = sorted(in.Shapes), sorted(in.Fields), sorted(in.Seen)
	return in
}

func sorted(all []string) []string {
	return slices.Compact(append([]string{}, slices.Sorted(slices.Values(all))...))
}

// IssueSecret makes the secret with which a system is told, and returns it, once. The
// one before it holds no more.
func (room *Room) IssueSecret(ctx context.Context, recipient string) (string, error) {
	if err := room.desk.Begin(ctx, "recipient.issue-secret"); err != nil {
		return "", err
	}
	secret, key := base64.RawURLEncoding.EncodeToString(sm.NewSecret()), id.New(room.desk.Now())
	sealer, err := room.vault.NewSubject(act.From(ctx).Org, key)
	if err != nil {
		return "", err
	}
	sealed, err := sealer.Seal(secretPlace(recipient), []byte(secret))
	if err != nil {
		return "", err
	}
	_, err = room.change(ctx, "recipient.issue-secret", recipient, func(ctx context.Context, w *act.Work, x *Recipient) error {
		if x.Kind != KindWebhook || x.State == Ended {
			return errOrder.With("state", x.State)
		}
		x.Secret, x.SecretKey = sealed, key
		return sealer.Save(ctx, w)
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

func secretPlace(recipient string) vault.Place {
	return vault.Place{Kind: "Recipient", Object: recipient, Version: "1", Field: "secret"}
}
