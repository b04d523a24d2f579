package output

import (
	"context"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/mark"
)

// issueNamed finds the issue that a code names; empty when it names none.
func issueNamed(ctx context.Context, r db.Reader, text string) (string, error) {
	code, err := mark.ParseCode(text)
	if err != nil {
		return "", nil //nolint:nilerr // what is no code names no issue
	}
	found, err := issues.Select(ctx, r, "WHERE code = $1", codeDigest(code))
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].ID, nil
}

// Given is an issue and for whom it was.
type Given struct {
	Issue
	To string // empty: nobody was named
}

// GivenUnder finds the issue that a code names, with for whom it was; for acts that were
// permitted.
func (room *Room) GivenUnder(ctx context.Context, r db.Reader, org, text string) (Given, bool, error) {
	id, err := issueNamed(ctx, r, text)
	if err != nil || id == "" {
		return Given{}, false, err
	}
	i, err := issues.Get(ctx, r, org, id)
	if err != nil {
		return Given{}, false, err
	}
	g := Given{Issue: i}
	if len(i.Recipient) == 0 {
		return g, true, nil
	}
	subject, err := room.vault.Subject(ctx, r, org, i.Patient)
	if err != nil {
		return g, true, err
	}
	to, err := subject.Open(place("Issue", i.ID, "1", "recipient"), i.Recipient)
	g.To = string(to)
	return g, true, err
}
