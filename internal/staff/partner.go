package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// AgreedWith finds the agreement that an institution of this name, which is registered
// as a vendor, has with the house at a moment (B-095).
func AgreedWith(ctx context.Context, r db.Reader, org, name string, at time.Time) (Agreement, bool, error) {
	all, err := agreements.Select(ctx, r,
		"WHERE org = $1 AND vendor IN (SELECT id FROM staff_vendor WHERE org = $2 AND name = $3) ORDER BY since DESC, id DESC", org, org, name)
	if err != nil {
		return Agreement{}, false, err
	}
	for _, a := range all {
		if a.Holds(at) {
			return a, true, nil
		}
	}
	return Agreement{}, false, nil
}
