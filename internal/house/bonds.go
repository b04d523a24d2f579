package house

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/staff"
)

// bonds gathers what makes some people count as one where two are needed (E-148).
func bonds(ctx context.Context, r db.Reader, org string, people []string, at time.Time) (staff.Bonds, error) {
	delegations, err := duty.Delegations(ctx, r, org, people, at)
	if err != nil {
		return staff.Bonds{}, err
	}
	all := slices.Clone(people)
	for _, d := range delegations {
		all = append(all, d.From)
	}
	slices.Sort(all)
	found, err := identity.Bonds(ctx, r, org, slices.Compact(all), at)
	found.Delegations = delegations
	return found, err
}
