package output

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
)

// Networks over which something may be sent.
const (
	Internal  = "internal"  // of the house
	Dedicated = "dedicated" // a line of its own
	Public    = "public"    // the internet, mail, chat, net disks
)

// Channel is a route that may carry what is sensitive. Its row is keyed.
type Channel struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Name    string    `db:"name"`
	Network string    `db:"network"`
	Tunnel  bool      `db:"tunnel"`  // sealed from end to end, and approved as such
	Carries int       `db:"carries"` // up to this level
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"`
	SetBy   string    `db:"set_by"`
	MAC     []byte    `db:"mac"`
}

// carries reports whether a route may carry content of a level at a moment. A public
// network without an approved tunnel carries nothing that is sensitive (B-081).
func (c Channel) carries(level int, at time.Time) bool {
	if !at.Before(c.Until) || level > c.Carries {
		return false
	}
	return c.Network != Public || c.Tunnel
}

// Outcomes of asking whether a route may be used.
const (
	SendAllowed = "allowed"
	SendRefused = "refused"
)

// Send is one question whether a route may be used, and its answer. It never changes.
type Send struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Channel string    `db:"channel"`
	Network string    `db:"network"` // "" where the route is not registered
	Level   int       `db:"level"`
	Outcome string    `db:"outcome"`
	Person  string    `db:"person"`
	Purpose string    `db:"purpose"`
	At      time.Time `db:"at"`
}

// SetChannel registers a route, or registers it anew.
func (room *Room) SetChannel(ctx context.Context, c Channel) (Channel, error) {
	if err := room.desk.Begin(ctx, "output.set-channel"); err != nil {
		return c, err
	}
	now := room.desk.Now()
	e := errInput.With()
	e.MustName("id", c.ID, 40)
	e.MustName("name", c.Name, maxName)
	if !slices.Contains([]string{Internal, Dedicated, Public}, c.Network) {
		e.At("network", fault.Text{ZH: "网络应为 internal、dedicated 或 public", EN: "a network is internal, dedicated or public"})
	}
	if c.Carries < 1 || c.Carries > 5 {
		e.At("carries", fault.Text{ZH: "级别应为 1 至 5", EN: "a level is 1 to 5"})
	}
	checkUntil(e, c.Until, now)
	if err := e.OrNil(); err != nil {
		return c, err
	}
	c.Org, c.Since, c.Until, c.SetBy = act.From(ctx).Org, now, c.Until.UTC(), act.From(ctx).ID
	err := room.desk.Do(ctx, "output.set-channel", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(c.Org)); err != nil {
			return err
		}
		w.Note("channel", c.ID)
		_, err := channels.Get(ctx, w, c.Org, c.ID)
		if errors.Is(err, db.ErrNone) {
			return channels.Insert(ctx, w, &c)
		}
		if err != nil {
			return err
		}
		return channels.Update(ctx, w, &c)
	})
	return c, err
}

// Channels discloses the register of routes with how often each was used and refused
// in the last 30 days; what is not registered is under the empty name.
func (room *Room) Channels(ctx context.Context) ([]Channel, map[string]map[string]int, error) {
	var all []Channel
	used := map[string]map[string]int{}
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if all, err = channels.Select(ctx, r, "WHERE org = $1 ORDER BY id", org); err != nil {
			return err
		}
		rows, err := r.Query(ctx, "SELECT CASE WHEN network = $1 THEN $2 ELSE channel END, outcome, COUNT(*) FROM output_send WHERE org = $3 AND at > $4 GROUP BY 1, 2",
			"", "", org, r.Now().Add(-30*24*time.Hour).UnixMicro())
		if err != nil {
			return err
		}
		defer rows.Close()
		clear(used)
		used[""] = map[string]int{}
		for _, c := range all {
			used[c.ID] = map[string]int{}
		}
		for rows.Next() {
			var channel, outcome string
			var n int64
			if err := rows.Scan(&channel, &outcome, &n); err != nil {
				return err
			}
			if used[channel] == nil {
				used[channel] = map[string]int{}
			}
			used[channel][outcome] = int(n)
		}
		return rows.Err()
	})
	return all, used, err
}

// MaySend answers whether content of a level may take a route, and keeps the question
// with its answer. A route that is not registered carries nothing (D-049).
func (room *Room) MaySend(ctx context.Context, channel string, level int) (Send, error) {
	if err := room.desk.Begin(ctx, "output.send"); err != nil {
		return Send{}, err
	}
	e := errInput.With()
	e.MustName("channel", channel, 40)
	if level < 1 || level > 5 {
		e.At("level", fault.Text{ZH: "级别应为 1 至 5", EN: "a level is 1 to 5"})
	}
	if err := e.OrNil(); err != nil {
		return Send{}, err
	}
	actor := act.From(ctx)
	s := Send{Org: actor.Org, ID: id.New(room.desk.Now()), Channel: strings.TrimSpace(channel), Level: level, Person: actor.ID, Purpose: actor.Purpose}
	err := room.desk.Do(ctx, "output.send", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(s.Org)); err != nil {
			return err
		}
		c, err := channels.Get(ctx, w, s.Org, s.Channel)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		s.At, s.Network, s.Outcome = w.Now(), c.Network, SendRefused
		if err == nil && c.carries(level, w.Now()) {
			s.Outcome = SendAllowed
		}
		w.Note("level", strconv.Itoa(level))
		w.Note("outcome", s.Outcome)
		return sends.Insert(ctx, w, &s)
	})
	if err == nil && s.Outcome == SendRefused {
		err = errRoute.With()
	}
	return s, err
}
