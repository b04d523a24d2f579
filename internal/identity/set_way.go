package identity

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// NewWay is a way as somebody sets it.
type NewWay struct {
	ID       string // empty for a new one
	Base     int64  // revision on which the change is based
	Kind     WayKind
	State    WayState
	NameZH   string
	NameEN   string
	Settings WaySettings
	Secret   string // empty leaves the one that is kept
	Untried  bool   // keep it although it was not seen to answer
}

// SetWay makes a way of signing in or changes it. One that is open is tried first,
// so that a slip of the pen keeps nobody out. What it shuts lets nobody in from then
// on; sessions that run go on (A-148, E-143).
func (r *Room) SetWay(ctx context.Context, n NewWay) (Way, error) {
	const verb = "identity.set-way"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return Way{}, err
	}
	set := n.way(act.From(ctx), r.desk.Now())
	if err := errors.Join(set.check(), r.mayOpenTunnel(ctx, set)); err != nil {
		return Way{}, err
	}
	if set.State == Open && !n.Untried {
		if err := r.TryWay(ctx, n); err != nil {
			return Way{}, err
		}
	}
	key, sealed, err := r.sealWay(ctx, &set, n.Secret)
	if err != nil {
		return Way{}, r.desk.Missing(ctx, verb, err)
	}
	err = r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseOf(set.Org)); err != nil {
			return err
		}
		w.Note("way", set.ID)
		w.Note("kind", string(set.Kind))
		w.Note("state", string(set.State))
		if n.Untried {
			w.Note("untried", "true")
		}
		if err := onlyOne(ctx, w, set); err != nil {
			return err
		}
		if err := mayBeEmergency(ctx, w, set); err != nil {
			return err
		}
		if n.ID == "" {
			set.Secret = sealed
			return errors.Join(key.Save(ctx, w), ways.Insert(ctx, w, &set))
		}
		was, err := findWay(ctx, w, set.Org, n.ID)
		switch {
		case err != nil:
			return err
		case was.Rev != n.Base || was.Kind != n.Kind:
			return errWayMoved.With()
		}
		if set.Secret = sealed; sealed == nil {
			set.Secret = was.Secret
		}
		return ways.Update(ctx, w, &set)
	})
	r.askers.forget()
	return set, r.doubted(ctx, err)
}

func (n NewWay) way(by act.Actor, now time.Time) Way {
	return Way{
		Org: by.Org, ID: n.ID, Kind: n.Kind, State: n.State, NameZH: n.NameZH, NameEN: n.NameEN, Settings: n.Settings,
		Rev: n.Base + 1, Changed: now, ChangedBy: by.ID,
	}
}

// sealWay seals what only the house may read of a way, under a key of the way's
// own.
func (r *Room) sealWay(ctx context.Context, w *Way, secret string) (key *vault.Subject, sealed []byte, err error) {
	if w.ID == "" {
		w.ID = id.New(r.desk.Now())
		key, err = r.vault.NewSubject(w.Org, w.ID)
	} else {
		key, err = r.subjectOf(ctx, w.Org, w.ID)
	}
	if errors.Is(err, db.ErrNone) {
		return nil, nil, errNoWay.Because(err)
	}
	if err != nil || secret == "" {
		return key, nil, err
	}
	sealed, err = key.Seal(w.place(), []byte(secret))
	return key, sealed, err
}

// onlyOne keeps two ways of a kind from being open between which nobody chooses.
func onlyOne(ctx context.Context, w *act.Work, set Way) error {
	if set.Kind == Provider || set.Kind == Tunnel || set.State == Shut {
		return nil
	}
	open, err := openWays(ctx, w, set.Org)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(open, func(o Way) bool { return o.Kind == set.Kind && o.ID != set.ID }) {
		return errInput.With().At("body.state", fault.Text{
			ZH: "此类登录方式已有一个启用，请先停用它", EN: "cannot be open: another way of this kind is; shut it first",
		})
	}
	return nil
}

// mayBeEmergency holds emergency accounts to be accounts with a password of their
// holder's own, so that none fails on the day on which it is needed.
func mayBeEmergency(ctx context.Context, w *act.Work, set Way) error {
	if set.Settings.Directory == nil {
		return nil
	}
	for _, name := range set.Settings.Directory.Emergency {
		a, err := accountNamed(ctx, w, set.Org, name)
		if err != nil && !errors.Is(err, db.ErrNone) {
			return err
		}
		if a.State != Active || a.Password == "" || a.MustChange {
			return errInput.With().At("body.settings.directory.emergency", fault.Text{
				ZH: "应为在用账号的登录名，且本人已修改初始密码：" + name,
				EN: "must be sign-in names of accounts in use whose initial password was changed: " + name,
			})
		}
	}
	return nil
}

// ListWays lists the ways of signing in, by their age.
func (r *Room) ListWays(ctx context.Context) ([]Way, error) {
	var found []Way
	err := r.desk.Disclose(ctx, "identity.list-ways", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		found, err = ways.Select(ctx, v, "WHERE org = $1 ORDER BY id", org)
		return err
	})
	return found, err
}

// OfferedWays are the open ways, for whoever is about to sign in.
func (r *Room) OfferedWays(ctx context.Context) (open []Way, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		open, err = openWays(ctx, v, r.org)
		return err
	})
	return open, r.doubted(ctx, err)
}

// openWay returns the open way of an id.
func (r *Room) openWay(ctx context.Context, way string, kind WayKind) (found Way, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		found, err = findWay(ctx, v, r.org, way)
		return err
	})
	if err == nil && (found.State != Open || found.Kind != kind) {
		err = errNoWay.With()
	}
	return found, r.doubted(ctx, err)
}

// openWayOf returns the open way of a kind of which there is one, or [errNoWay].
func (r *Room) openWayOf(ctx context.Context, kind WayKind) (Way, error) {
	open, err := r.OfferedWays(ctx)
	if err != nil {
		return Way{}, err
	}
	for _, w := range open {
		if w.Kind == kind {
			return w, nil
		}
	}
	return Way{}, errNoWay.With()
}

// secretOfWay opens what only the house may read of a way.
func (r *Room) secretOfWay(ctx context.Context, w Way) (string, error) {
	if len(w.Secret) == 0 {
		return "", nil
	}
	key, err := r.subjectOf(ctx, w.Org, w.ID)
	if err != nil {
		return "", err
	}
	secret, err := key.Open(w.place(), w.Secret)
	return string(secret), err
}
