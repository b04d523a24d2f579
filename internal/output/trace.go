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
