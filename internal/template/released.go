package template

import (
	"bytes"
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Released is what is begun with at a moment when a form is opened by its key. For a
// version that was released beside others, the one with the highest number counts.
func (room *Room) Released(ctx context.Context, r db.Reader, org, key string, at time.Time) (Release, error) {
	v, known, err := usedAt(ctx, r, org, key, at)
	switch {
	case err != nil:
		return Release{}, err
	case !known:
		return Release{}, errNone.With("key", key)
	}
	return released(ctx, r, v)
}

// Version is a released version by its number, retired or not: whoever began with it
// goes on with it.
func (room *Room) Version(ctx context.Context, r db.Reader, org, key string, number int) (Release, error) {
	v, known, err := numbered(ctx, r, org, key, number)
	switch {
	case err != nil:
		return Release{}, err
	case !known || v.Approved.IsZero():
		return Release{}, act.ErrAbsent.With()
	}
	return released(ctx, r, v)
}

// released is the content of a released version. What is not as it was approved is an
// error, because a form that somebody altered would let pass what it should not.
func released(ctx context.Context, r db.Reader, v Version) (Release, error) {
	one, err := releases.Get(ctx, r, v.Org, v.ID)
	if err != nil {
		return Release{}, absent(err)
	}
	digest, err := one.Content.digest()
	if err != nil {
		return Release{}, err
	}
	if !bytes.Equal(digest, v.Digest) {
		return Release{}, errAltered.With()
	}
	return one, nil
}
