package template

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	versions = db.Define[Version]("template_version")
	contents = db.Define[stored]("template_content")
	releases = db.Define[Release]("template_release", db.AsFinal)
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

// newestOf is the newest version of a form, whatever its state.
func newestOf(ctx context.Context, r db.Reader, org, key string) (Version, bool, error) {
	return first(versions.Select(ctx, r, "WHERE org = $1 AND form_key = $2 ORDER BY number DESC LIMIT 1", org, key))
}

func numbered(ctx context.Context, r db.Reader, org, key string, number int) (Version, bool, error) {
	return first(versions.Select(ctx, r, "WHERE org = $1 AND form_key = $2 AND number = $3", org, key, int64(number)))
}

// usedAt is the version of a form that is begun with at a moment.
func usedAt(ctx context.Context, r db.Reader, org, key string, at time.Time) (Version, bool, error) {
	return first(versions.Select(ctx, r, `WHERE org = $1 AND form_key = $2 AND state IN ($3, $4) AND since <= $5 AND (retired IS NULL OR retired > $5)
		ORDER BY number DESC LIMIT 1`, org, key, Released, Retired, at.UnixMicro()))
}

// releasedBefore is the released version that came before another.
func releasedBefore(ctx context.Context, r db.Reader, v Version) (Version, bool, error) {
	return first(versions.Select(ctx, r, "WHERE org = $1 AND form_key = $2 AND state IN ($3, $4) AND number < $5 ORDER BY number DESC LIMIT 1", v.Org, v.Key, Released, Retired, int64(v.Number)))
}

// listPlace is where a page of the list ended.
type listPlace struct {
	Key    string `json:"key"`
	Number int    `json:"number"`
}

// listedAfter are versions by form, the newest of each first.
func listedAfter(ctx context.Context, r db.Reader, org, state string, after listPlace, limit int) ([]Version, error) {
	return versions.Select(ctx, r, `WHERE org = $1 AND (form_key > $2 OR form_key = $2 AND number < $3) AND ($4 = '' OR state = $4) ORDER BY form_key, number DESC LIMIT $5`,
		org, after.Key, int64(after.Number), state, int64(limit)+1)
}

// atOnce bounds what one look at all releases reads.
const atOnce = 50

// eachRelease calls look with everything that was released.
func eachRelease(ctx context.Context, r db.Reader, look func(Release) error) error {
	for after, more := (Release{}), true; more; {
		page, err := releases.Select(ctx, r, "WHERE (org, id) > ($1, $2) ORDER BY org, id LIMIT $3", after.Org, after.ID, int64(atOnce))
		if err != nil {
			return err
		}
		for _, one := range page {
			after = one
			if err := look(one); err != nil {
				return err
			}
		}
		more = len(page) == atOnce
	}
	return nil
}
