package house

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/record"
)

// agree ties room record to what patients agreed to: what needs a signature is saved with
// one, and what came from other institutions opens by one.
func (h *House) agree() {
	h.Records.Agrees(record.Agreements{
		Signed: func(ctx context.Context, r db.Reader, org, patient string, at time.Time) (string, error) {
			return consent.SignedFor(ctx, r, org, patient, consent.SensitiveRecord, at)
		},
		Opened: h.Consent.Opened, Own: []string{h.Birth.NameZH, h.Birth.NameEN}, Duty: h.Duty, Bonds: bonds, Ledger: h.Ledger, Org: h.Birth.Org,
	})
	h.Consent.Tells(func(ctx context.Context, w *act.Work, rec consent.Record) error {
		if !rec.SignedFor(consent.SensitiveRecord, w.Now()) {
			return nil
		}
		return h.Records.CompleteSavings(ctx, w, rec.Patient, rec.ID)
	})
}
