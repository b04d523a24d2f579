package consent

import (
	"context"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// MaxScreened is how many patients are held against the ledger of consents at a time.
const MaxScreened = 500

// Screened says who may be in a data set, by what proof, and how many were left out.
type Screened struct {
	Covered  map[string]Proof
	LeftOut  []string
	Exempted int
}

// Screen holds patients against a use before anything of them is taken out (A-079,
// B-093, C-066). The account names those who stay in.
func (room *Room) Screen(ctx context.Context, patients []string, use Use) (Screened, error) {
	var s Screened
	if err := room.desk.Begin(ctx, "consent.screen"); err != nil {
		return s, err
	}
	e := errInput.With()
	if len(patients) == 0 || len(patients) > MaxScreened {
		e.At("patients", fault.Text{ZH: "一次筛查 1 至 500 位患者", EN: "1 to 500 patients at a time"})
	}
	if !knownPurpose(use.Purpose) {
		e.At("purpose", fault.Text{ZH: "请从用途列表中选择", EN: "choose a purpose from the list"})
	}
	e.MaySay("recipient", use.Recipient, maxName)
	if err := e.OrNil(); err != nil {
		return s, err
	}
	patients = slices.Compact(slices.Sorted(slices.Values(patients)))
	err := room.desk.Disclose(ctx, "consent.screen", func(ctx context.Context, r *act.Reading) (err error) {
		s = Screened{}
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		if s.Covered, err = Covers(ctx, r, r.Actor().Org, patients, use, r.Now()); err != nil {
			return err
		}
		for _, p := range patients {
			proof, covered := s.Covered[p]
			switch {
			case !covered:
				s.LeftOut = append(s.LeftOut, p)
				continue
			case proof.Exemption != "":
				s.Exempted++
			}
			r.Concerns(policy.Object{Kind: "Patient", ID: p, Patient: p})
		}
		r.Note("purpose", use.Purpose)
		r.Note("recipient", use.Recipient)
		r.Note("left-out", strconv.Itoa(len(s.LeftOut)))
		return nil
	})
	return s, err
}
