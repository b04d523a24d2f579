package exchange

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// Vouched is what anybody who holds a package may know of it.
type Vouched struct {
	Known    bool // this house made exactly this file
	Sequence int
	Sent     time.Time
	Count    int
	Received bool // its recipient has confirmed it by a signed receipt
}

// Verify says whether this house made a package with a digest. It names no patient, no
// partner and no person, and each question is accounted for (D-067).
func (room *Room) Verify(ctx context.Context, digest []byte) (Vouched, error) {
	from := act.From(ctx)
	if !room.throttle.Allows(from.IP, room.desk.Now()) {
		return Vouched{}, errVerify.With()
	}
	if len(digest) != sha256.Size {
		return Vouched{}, errInput.With().At("digest", fault.Text{ZH: "应为文件的 SM3 或 SHA-256 摘要（64 位十六进制）", EN: "is the SM3 or SHA-256 of the file: 64 hexadecimal digits"})
	}
	asked := act.From(room.asHouse(ctx))
	asked.IP, asked.Terminal = from.IP, from.Terminal
	var v Vouched
	err := room.desk.Disclose(act.With(ctx, asked), "exchange.verify", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		p, known, err := first(packages.Select(ctx, r, "WHERE org = $1 AND (sha256 = $2 OR digest = $3) LIMIT 1", room.org, digest, digest))
		if err != nil || !known {
			r.Note("found", "no")
			return err
		}
		r.Note("package", p.ID)
		v = Vouched{Known: true, Sequence: p.Sequence, Sent: p.Sent, Count: p.Count, Received: p.State == Arrived}
		return nil
	})
	return v, err
}
