package house

import (
	"context"

	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/schema"
)

// Verify recomputes the ledger from the rows and holds every protected row
// against it. outside is the note of a checkpoint that was kept elsewhere, or "".
func (h *House) Verify(ctx context.Context, outside string, progress func(stage string, done, total int64)) (verify.Report, error) {
	return verify.Run(ctx, h.Store, verify.Options{
		PublicKey: h.Vault.LedgerSigner().PublicKey(), MAC: h.Vault.MACRow, Outside: outside, Upkeep: schema.Upkeep, Progress: progress,
	})
}
