package vault

import (
	"context"
	"fmt"
	"time"
)

// orphanAge is how old a blob must be before nobody can still be about to refer
// to it.
const orphanAge = 24 * time.Hour

// orphansAtOnce is how many ids one question about the living names.
const orphansAtOnce = 256

// Living tells which of the blobs (at most 256 ids) anything in the store refers
// to.
type Living func(ctx context.Context, ids []string) (map[string]bool, error)

// Collected is what a collection of orphans came to.
type Collected struct {
	Kept      int // referred to, or too young to tell
	Suspected int // orphans that wait for the end of the recovery window
	Removed   int
}

// CollectOrphans removes blobs that nothing refers to. A blob is looked at when it
// is a day old, and removed when it was first seen to be an orphan at least window
// ago: no moment to which the database can still be brought back refers to it.
// window is how far back that is.
func CollectOrphans(ctx context.Context, store BlobStore, living Living, now time.Time, window time.Duration) (Collected, error) {
	c := &collection{store: store, living: living, now: now, window: window}
	err := store.Each(ctx, func(b StoredBlob) error {
		if now.Sub(b.Stored) < orphanAge {
			c.done.Kept++
			return nil
		}
		c.waiting = append(c.waiting, b)
		if len(c.waiting) < orphansAtOnce {
			return nil
		}
		return c.judge(ctx)
	})
	if err == nil {
		err = c.judge(ctx)
	}
	return c.done, err
}

type collection struct {
	store   BlobStore
	living  Living
	now     time.Time
	window  time.Duration
	waiting []StoredBlob
	done    Collected
}

func (c *collection) judge(ctx context.Context) error {
	if len(c.waiting) == 0 {
		return nil
	}
	ids := make([]string, len(c.waiting))
	for i, b := range c.waiting {
		ids[i] = b.ID
	}
	living, err := c.living(ctx, ids)
	if err != nil {
		return fmt.Errorf("vault: asking which blobs are in use: %w", err)
	}
	for _, b := range c.waiting {
		if err := c.settle(ctx, b, living[b.ID]); err != nil {
			return fmt.Errorf("vault: orphan %s: %w", b.ID, err)
		}
	}
	c.waiting = c.waiting[:0]
	return nil
}

func (c *collection) settle(ctx context.Context, b StoredBlob, alive bool) error {
	switch {
	case alive && b.Suspected.IsZero():
		c.done.Kept++
		return nil
	case alive:
		c.done.Kept++
		return c.store.Suspect(ctx, b.ID, time.Time{})
	case b.Suspected.IsZero() && c.window > 0:
		c.done.Suspected++
		return c.store.Suspect(ctx, b.ID, c.now)
	case !b.Suspected.IsZero() && c.now.Sub(b.Suspected) < c.window:
		c.done.Suspected++
		return nil
	}
	c.done.Removed++
	return c.store.Remove(ctx, b.ID)
}
