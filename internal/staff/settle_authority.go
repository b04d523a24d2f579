package staff

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// maxAtOnce is how many permissions one proposal names, and so one decision.
const maxAtOnce = 100

// ProposeAuthorities proposes, for some permissions, the departments that authorise them
// and carry them out. It holds when somebody else has agreed.
func (r *Room) ProposeAuthorities(ctx context.Context, wanted []NewAuthority) ([]Authority, error) {
	const verb = "staff.propose-authority"
	if err := r.desk.Begin(ctx, verb); err != nil {
		return nil, err
	}
	if err := checkAuthorities(wanted); err != nil {
		return nil, err
	}
	var made []Authority
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		made = nil
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		waiting, err := proposedAuthorities(ctx, w, org)
		if err != nil {
			return err
		}
		for i, n := range wanted {
			if slices.ContainsFunc(waiting, func(a Authority) bool { return a.Permission == n.Permission }) {
				return errAuthorityWaits.With("permission", n.Permission)
			}
			for _, department := range n.named() {
				if err := departmentExists(ctx, w, org, department, "items["+strconv.Itoa(i)+"]"); err != nil {
					return err
				}
			}
			a := Authority{
				Org: org, ID: id.New(w.Now()), Permission: n.Permission, Authorises: n.Authorises, Implements: n.Implements,
				Apart: n.Apart, Direct: n.Direct, State: Proposed, Proposed: w.Now(), ProposedBy: w.Actor().ID,
			}
			if err := authorities.Insert(ctx, w, &a); err != nil {
				return err
			}
			made = append(made, a)
		}
		w.Note("permissions", strconv.Itoa(len(made)))
		return nil
	})
	return made, err
}

func checkAuthorities(wanted []NewAuthority) error {
	e := errInput.With()
	if len(wanted) == 0 || len(wanted) > maxAtOnce {
		e.At("items", fault.Text{ZH: "请写明 1 至 100 项权限", EN: "name 1 to 100 permissions"})
	}
	named := map[string]bool{}
	for i, n := range wanted {
		at := "items[" + strconv.Itoa(i) + "]"
		n.check(e, at)
		if named[n.Permission] {
			e.At(at+".permission", fault.Text{ZH: "同一权限写了两次", EN: "is named twice"})
		}
		named[n.Permission] = true
	}
	return e.OrNil()
}

// SettleAuthorities agrees to proposals, or declines them. Whoever agrees is unrelated to
// whoever proposed.
func (r *Room) SettleAuthorities(ctx context.Context, ids []string, agree bool) error {
	const verb = "staff.settle-authority"
	if err := r.desk.Begin(ctx, verb); err != nil {
		return err
	}
	if len(ids) == 0 || len(ids) > maxAtOnce {
		return errInput.With().At("ids", fault.Text{ZH: "请选择 1 至 100 项", EN: "choose 1 to 100 of them"})
	}
	return r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		for _, one := range ids {
			a, err := authorities.Get(ctx, w, org, one)
			if errors.Is(err, db.ErrNone) {
				return errNoProposal.Because(err)
			}
			if err != nil {
				return err
			}
			if a.State != Proposed {
				return errProposalSettled.With()
			}
			if agree {
				if err := r.bonds.MustBeAnother(ctx, w, errAgreesOneself, a.ProposedBy); err != nil {
					return err
				}
			}
			a.State, a.Settled, a.SettledBy = stateOf(agree), w.Now(), w.Actor().ID
			if err := authorities.Update(ctx, w, &a); err != nil {
				return err
			}
		}
		w.Note("permissions", strconv.Itoa(len(ids)))
		w.Note("outcome", stateOf(agree))
		return nil
	})
}

func stateOf(agreed bool) string {
	if agreed {
		return Agreed
	}
	return Declined
}
