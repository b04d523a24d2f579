package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	ways             = db.Define[Way]("identity_way")
	links            = db.Define[Link]("identity_link")
	faces            = db.Define[Face]("identity_face")
	windows          = db.Define[Window]("identity_window")
	assertions       = db.Define[assertion]("identity_assertion", db.AsUpkeep)
	denials          = db.Define[denial]("identity_denial", db.AsUpkeep)
	acknowledgements = db.Define[Acknowledgement]("identity_acknowledgement", db.AsFinal)
)

func findWay(ctx context.Context, r db.Reader, org, id string) (Way, error) {
	found, err := ways.Get(ctx, r, org, id)
	if errors.Is(err, db.ErrNone) {
		return found, errNoWay.Because(err)
	}
	return found, err
}

func openWays(ctx context.Context, r db.Reader, org string) ([]Way, error) {
	return ways.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY id", org, string(Open))
}

// facesOf returns the faces of an account, the newest first, erased ones too.
func facesOf(ctx context.Context, r db.Reader, org, account string) ([]Face, error) {
	return faces.Select(ctx, r, "WHERE org = $1 AND account = $2 ORDER BY made DESC, id DESC", org, account)
}

// facesOfClosed returns the faces that live of accounts that do not.
func facesOfClosed(ctx context.Context, r db.Reader, org string) ([]Face, error) {
	return faces.Select(ctx, r, `WHERE org = $1 AND ended IS NULL AND NOT EXISTS (
		SELECT 1 FROM identity_account a WHERE a.org = identity_face.org AND a.id = identity_face.account AND a.state = $2) ORDER BY id LIMIT 500`, org, string(Active))
}

// eachFace goes through all faces of an organisation, a page at a time.
func eachFace(ctx context.Context, r db.Reader, org string, fn func(f Face) error) error {
	const atOnce = 500
	for after := ""; ; {
		some, err := faces.Select(ctx, r, "WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", org, after, int64(atOnce))
		if err != nil {
			return err
		}
		for _, f := range some {
			if err := fn(f); err != nil {
				return err
			}
			after = f.ID
		}
		if len(some) < atOnce {
			return nil
		}
	}
}

// linkMarked returns the link that stands for a mark, or [db.ErrNone].
func linkMarked(ctx context.Context, r db.Reader, org, mark string, at time.Time) (Link, error) {
	found, err := links.Select(ctx, r, "WHERE org = $1 AND mark = $2 AND ended IS NULL ORDER BY id", org, mark)
	for _, l := range found {
		if l.live(at) {
			return l, nil
		}
	}
	if err == nil {
		err = db.ErrNone
	}
	return Link{}, err
}

// linksOf returns the links of an account that were not ended.
func linksOf(ctx context.Context, r db.Reader, org, account string) ([]Link, error) {
	return links.Select(ctx, r, "WHERE org = $1 AND account = $2 AND ended IS NULL ORDER BY id", org, account)
}

// tokensOf returns the certificates of an account.
func tokensOf(ctx context.Context, r db.Reader, org, account string) ([]Link, error) {
	return links.Select(ctx, r, "WHERE org = $1 AND account = $2 AND ended IS NULL AND kind IN ($3, $4, $5) ORDER BY id",
		org, account, string(Certificate), string(SM2), string(Scan))
}
