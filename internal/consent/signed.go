package consent

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// SignedFor returns the id of a consent of a patient to a purpose that is in force and
// bears a signature, on paper or electronic; empty where there is none.
func SignedFor(ctx context.Context, r db.Reader, org, patient, purpose string, at time.Time) (string, error) {
	given, err := standing(ctx, r, org, []string{patient}, at)
	for _, g := range given {
		if g.SignedFor(purpose, at) {
			return g.ID, err
		}
	}
	return "", err
}

// SignedFor reports whether a consent to a purpose is in force and bears a signature.
func (r Record) SignedFor(purpose string, at time.Time) bool {
	return r.Live(at) && r.Scope.serves(purpose, "") && r.Form != Verbal && len(r.Evidence) > 0
}
