package consent

import (
	"context"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Exempt records that the law lets a purpose go on without consent (B-094). Whoever
// records it approves it, and is not the one whose use it is.
func (room *Room) Exempt(ctx context.Context, x Exemption, facts string) (Exemption, error) {
	if err := room.desk.Begin(ctx, "consent.exempt"); err != nil {
		return x, err
	}
	now := room.desk.Now()
	if err := x.check(now, facts); err != nil {
		return x, err
	}
	x.Org, x.ID, x.Since, x.Until, x.ApprovedBy = act.From(ctx).Org, id.New(now), now, x.Until.UTC(), act.From(ctx).ID
	subject, fresh, err := room.keyOf(ctx, x.Patient)
	if err != nil {
		return x, room.desk.Missing(ctx, "consent.exempt", err)
	}
	if x.Facts, err = subject.Seal(place("Exemption", x.ID, "facts"), []byte(facts)); err != nil {
		return x, err
	}
	err = room.desk.Do(ctx, "consent.exempt", func(ctx context.Context, w *act.Work) error {
		if x.Patient != "" {
			if _, err := room.patients.Find(ctx, w, x.Org, x.Patient); err != nil {
				return err
			}
		}
		if err := w.Permit(ctx, x.object()); err != nil {
			return err
		}
		if known, err := staff.Names(ctx, w, x.Org, []string{x.Requester}, w.Now()); err != nil || len(known) == 0 {
			return errInput.Because(err).At("requester", fault.Text{ZH: "没有这位人员，请选择用途的申请人", EN: "there is no such person; choose whose use it is"})
		}
		w.Note("exemption", x.ID)
		w.Note("basis", x.Basis)
		if fresh {
			if err := subject.Save(ctx, w); err != nil {
				return err
			}
		}
		return exemptions.Insert(ctx, w, &x)
	})
	return x, err
}

// EndExemption ends an exemption now.
func (room *Room) EndExemption(ctx context.Context, exemption string) error {
	return room.desk.Do(ctx, "consent.end-exemption", func(ctx context.Context, w *act.Work) error {
		x, err := exemptions.Get(ctx, w, w.Actor().Org, exemption)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, x.object()); err != nil {
			return err
		}
		if !x.Ended.IsZero() || !x.Until.After(w.Now()) {
			return errEnded.With()
		}
		x.Ended, x.EndedBy = w.Now(), w.Actor().ID
		return exemptions.Update(ctx, w, &x)
	})
}

// Exempted is a page of the exemptions of a year, with how many there are of all by
// their basis.
type Exempted struct {
	web.Page[Exemption]
	Counts map[string]int
}

// exemptionPlace is where a page of exemptions ended.
type exemptionPlace struct {
	Since int64  `json:"since"`
	ID    string `json:"id"`
}

// Exemptions lists the exemptions of the last year for those who supervise them, the
// newest first. The account names the patients.
func (room *Room) Exemptions(ctx context.Context, cursor string, limit int) (found Exempted, err error) {
	after := exemptionPlace{Since: math.MaxInt64}
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return found, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "consent.list-exemptions", func(ctx context.Context, r *act.Reading) error {
		org, from := r.Actor().Org, r.Now().Add(-longestExemption).UnixMicro()
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		rows, err := exemptions.Select(ctx, r, "WHERE org = $1 AND until > $2 AND (since, id) < ($3, $4) ORDER BY since DESC, id DESC LIMIT $5", org, from, after.Since, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		if found.Page, err = web.PageOf(rows, limit, func(x Exemption) exemptionPlace { return exemptionPlace{x.Since.UnixMicro(), x.ID} }); err != nil {
			return err
		}
		for _, x := range found.Items {
			if x.Patient != "" {
				r.Concerns(policy.Object{Kind: "Patient", ID: x.Patient, Patient: x.Patient})
			}
		}
		found.Counts, err = byBasis(ctx, r, org, from)
		return err
	})
	return found, err
}

func byBasis(ctx context.Context, r db.Reader, org string, from int64) (map[string]int, error) {
	rows, err := r.Query(ctx, "SELECT basis, COUNT(*) FROM consent_exemption WHERE org = $1 AND until > $2 GROUP BY basis", org, from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var basis string
		var n int64
		if err := rows.Scan(&basis, &n); err != nil {
			return nil, err
		}
		counts[basis] = int(n)
	}
	return counts, rows.Err()
}
