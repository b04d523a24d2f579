package recipient

import (
	"context"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// Parties are the recipients that are not ended, as they are held against the register of
// who is barred.
func Parties(ctx context.Context, r db.Reader, org string, _ []string, _ string) ([]staff.Party, error) {
	var all []staff.Party
	err := each(ctx, r, org, func(x Recipient) {
		for _, name := range []string{x.Said.NameZH, x.Said.NameEN} {
			if name != "" {
				all = append(all, staff.Party{Name: name, About: partyOf(x.Code)})
			}
		}
	})
	return all, err
}

// partyOf is for what a recipient is named.
func partyOf(code string) string { return "recipient:" + code }
