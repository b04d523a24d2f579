package access

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// turnsKept are the turns that a process holds: the one in force, one to come, and
// those that yesterday was decided by.
const turnsKept = 6

// compiled are the own rules that this process has made ready, by release.
type compiled struct {
	mu      sync.Mutex
	byID    map[string]madeReady
	alarmed string // the last doubt that was alarmed
	placed  []TurnOf
}

type madeReady struct {
	digest []byte
	book   *policy.Book
	limits policy.Limits
}

// Follow brings this process up to the release whose turn it is. Every process of a
// house calls it every second. A turn or a release that was forged, is missing or
// cannot be read closes what it could have closed, and raises an alarm.
func (room *Room) Follow(ctx context.Context) error {
	room.releases.mu.Lock()
	defer room.releases.mu.Unlock()
	var held []policy.Turn
	var listed []TurnOf
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		held = nil
		listed, err = newestTurns(ctx, r, room.org, turnsKept)
		for _, t := range listed {
			turn, failed := room.turn(ctx, r, t)
			if failed != nil {
				return failed
			}
			held = append(held, turn)
		}
		return err
	})
	switch {
	case err == nil:
		room.releases.alarmed = ""
		room.releases.placed = listed
		room.rules.Place(held)
	case errors.Is(err, db.ErrForged) || errors.Is(err, errReleaseUnread):
		room.rules.Withhold()
		room.doubt(ctx, err)
		err = nil
	}
	return err
}

// reached reports whether this process has placed a turn, or one that came after it.
func (c *compiled) reached(turn string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	number, err := strconv.Atoi(turn)
	return err == nil && len(c.placed) > 0 && c.placed[len(c.placed)-1].Number >= number
}

// doubt raises an alarm, once for each cause.
func (room *Room) doubt(ctx context.Context, err error) {
	if room.alarm != nil && room.releases.alarmed != err.Error() {
		room.releases.alarmed = err.Error()
		room.alarm(ctx, "the organisation's own rules cannot be trusted and all they could forbid is refused", err)
	}
}

var errReleaseUnread = errors.New("access: a release in force cannot be read")

func (room *Room) turn(ctx context.Context, r db.Reader, t TurnOf) (policy.Turn, error) {
	turn := policy.Turn{Since: t.Since, Until: t.Until}
	if t.Release == "" {
		return turn, nil
	}
	rel, err := releases.Get(ctx, r, t.Org, t.Release)
	if errors.Is(err, db.ErrNone) {
		return turn, fmt.Errorf("%w: release %s of turn %d is missing", errReleaseUnread, t.Release, t.Number)
	}
	if err != nil {
		return turn, err
	}
	digest, err := rel.digest()
	if err != nil || !bytes.Equal(digest, t.Digest) {
		return turn, fmt.Errorf("%w: release %d is not what was dated", errReleaseUnread, rel.Number)
	}
	ready, met := room.releases.byID[rel.ID]
	if !met || !bytes.Equal(ready.digest, digest) {
		book, problems := room.rules.Delivered().With(rel.Rules, rel.Number)
		if len(problems) > 0 {
			return turn, fmt.Errorf("%w: release %d, line %d: %s", errReleaseUnread, rel.Number, problems[0].Line, problems[0].Text.EN)
		}
		ready = madeReady{digest, book, rel.Limits}
		if room.releases.byID == nil || len(room.releases.byID) > 2*turnsKept {
			room.releases.byID = map[string]madeReady{}
		}
		room.releases.byID[rel.ID] = ready
	}
	turn.Book, turn.Limits = ready.book, ready.limits
	return turn, nil
}
