package house

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/staff"
)

// ofPatients are keyed tables with rows for every patient or task: too many to be
// looked at every five minutes. Their codes deny a forged row at once, and the night
// names it.
var ofPatients = []string{"consent_record", "duty_task", "patient_relation", "vault_key"}

// eyes lets room privilege, which holds no store, look at rows behind the system.
func (h *House) eyes() privilege.Eyes {
	var known, power []string
	for _, t := range db.Tables() {
		if t.Class != db.Protected || slices.Contains(schema.Upkeep, t.Name) {
			continue
		}
		known = append(known, t.Name)
		if t.Keyed && !slices.Contains(ofPatients, t.Name) {
			power = append(power, t.Name)
		}
	}
	options := verify.Options{MAC: h.Vault.MACRow}
	permissions := verify.NewWatch(h.Store, options, power)
	return privilege.Eyes{
		Permissions: permissions.Look,
		Tables: func(ctx context.Context, tables []string) (verify.Look, error) {
			return verify.NewWatch(h.Store, options, tables).Look(ctx)
		},
		Whole: func(ctx context.Context, progress func(stage string, done, total int64)) (verify.Report, error) {
			return h.Verify(ctx, "", progress)
		},
		Known: known,
	}
}

// bedside are the roles whose holders are never kept from their patients by a row that
// somebody else has forged.
var bedside = []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician"}

// suspend stops the account of somebody whom a forged row names, and reports
// whether it did. Whoever treats patients goes on: the row gives nothing, and a forger
// must not choose who works.
func (h *House) suspend(ctx context.Context, person string) (bool, error) {
	var standing staff.Standing
	err := h.Store.Read(ctx, func(r db.Reader) (err error) {
		standing, err = staff.StandingOf(ctx, r, h.Birth.Org, person, h.Clock.Now())
		return err
	})
	if errors.Is(err, staff.ErrNoPerson) {
		return false, nil
	}
	if err != nil && !errors.Is(err, db.ErrForged) {
		return false, err
	}
	for _, role := range standing.Actor().Roles {
		if slices.Contains(bedside, role) {
			return false, nil
		}
	}
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: h.Birth.Org}, Purpose: "operation"})
	for after, more := "", true; more; {
		page, next, err := h.Identity.ListAccounts(ctx, after, 200)
		if err != nil {
			return false, err
		}
		for _, a := range page {
			switch {
			case a.Person == person && a.State != identity.Active:
				return true, nil
			case a.Person == person:
				return true, h.Identity.LockAccount(ctx, a.ID, "compromised")
			}
			after = a.Name
		}
		more = next
	}
	return false, nil
}
