package vault_test

import (
	"context"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/vault/vaulttest"
)

func TestEvidenceTellsAnUnfinishedRotation(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		v := newVault(t, vaulttest.Keyring(t))
		s := open(t, at, v)
		save(t, s, v, "p1")
		verdicts := func(want evidence.Verdict, figure string) {
			t.Helper()
			for _, c := range v.Checks(s) {
				f := c.Ask(t.Context())
				if c.ID == "vault.epoch" && (f.Verdict != want || f.Figure != figure) {
					t.Errorf("%+v, want %s %s", f, want, figure)
				}
				if c.ID == "vault.self-test" && f.Verdict != evidence.Met {
					t.Errorf("%+v", f)
				}
			}
		}
		verdicts(evidence.Met, "epoch 1")
		writes := 0
		_, err := v.Rotate(t.Context(), func(ctx context.Context, do func(ctx context.Context, w db.Writer) error) error {
			if writes++; writes > 2 {
				return errPulled
			}
			return s.Write(ctx, db.Tx{Do: do})
		})
		if err == nil {
			t.Fatal("the rotation was not stopped")
		}
		verdicts(evidence.NotMet, "epoch 2 since 2026-02-28")
		rotate(t, s, v)
		verdicts(evidence.Met, "epoch 2 since 2026-02-28")
	})
}
