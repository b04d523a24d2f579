package access

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// UnderSeal reports whether a seal of either kind lies on a patient's record.
func UnderSeal(ctx context.Context, r db.Reader, org, patient string) (bool, error) {
	placed, err := liveSeals(ctx, r, org, []string{patient})
	return len(placed) > 0, err
}
