package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/go-ldap/ldap/v3"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// vouched is whose a password was found to be, and by whom.
type vouched struct {
	account Account // that was tried, when the password is not right
	means   Means
	right   bool
	// fallback says why the password of this house was taken.
	fallback Fallback
}

// Fallback says why a password of this house was taken while a directory is in use.
type Fallback string

// Why it was taken.
const (
	FallbackNone Fallback = ""
	Unanswered   Fallback = "unanswered" // the directory did not answer
	Overruled    Fallback = "overruled"  // it said no, to somebody whom it must not lock out
)

// vouch asks whose a name and a password are. Where a directory is in use it is
// asked first; it has the last word about everybody whom it knows, but for the few
// whom it must not lock out. Whom it does not know, and everybody while it does not
// answer unless it is strict, is asked for the password that this house keeps.
func (r *Room) vouch(ctx context.Context, name string, local Account, password string) (vouched, error) {
	way, err := r.openWayOf(ctx, Directory)
	if errors.Is(err, errNoWay) {
		return r.vouchHere(ctx, local, password)
	}
	if err != nil {
		return vouched{}, err
	}
	return r.vouchThere(ctx, way, way.Settings.Directory.filterFor(name), local, password)
}

// vouchAgain asks whether a password is that of somebody who is signed in, whom a
// directory finds by his staff number.
func (r *Room) vouchAgain(ctx context.Context, a Account, password string) (vouched, error) {
	way, err := r.openWayOf(ctx, Directory)
	if errors.Is(err, errNoWay) {
		return r.vouchHere(ctx, a, password)
	}
	if err != nil {
		return vouched{}, err
	}
	var standing staff.Standing
	err = r.desk.Look(ctx, func(v db.Reader) error {
		standing, err = staff.StandingOf(ctx, v, a.Org, a.Person, r.desk.Now())
		return err
	})
	if err != nil {
		return vouched{}, r.doubted(ctx, err)
	}
	filter := fmt.Sprintf("(%s=%s)", way.Settings.Directory.Number, ldap.EscapeFilter(standing.Person.Number))
	by, err := r.vouchThere(ctx, way, filter, a, password)
	by.right = by.right && by.account.ID == a.ID
	return by, err
}

func (r *Room) vouchHere(ctx context.Context, local Account, password string) (vouched, error) {
	right, err := r.hasher.Matches(ctx, local.Password, password)
	return vouched{account: local, means: ByPassword, right: right}, err
}

func (r *Room) vouchThere(ctx context.Context, way Way, filter string, local Account, password string) (vouched, error) {
	number, err := r.askDirectory(ctx, way, filter, password)
	switch {
	case err == nil:
		of, err := r.accountNumbered(ctx, number)
		if errors.Is(err, db.ErrNone) || errors.Is(err, staff.ErrNoPerson) {
			return vouched{account: local, means: ByDirectory}, nil
		}
		return vouched{account: of, means: ByDirectory, right: true}, err
	case errors.Is(err, errDirectoryWrong):
		// The same work as for a name that only this house could know.
		by, err := r.vouchHere(ctx, local, password)
		if !by.right || !way.mustNotLockOut(local) {
			return vouched{account: local, means: ByDirectory}, err
		}
		by.fallback = Overruled
		return by, err
	case errors.Is(err, errDirectoryUnknown):
		return r.vouchHere(ctx, local, password)
	case ctx.Err() != nil:
		return vouched{}, ctx.Err()
	}
	r.alarm(ctx, "the directory by which people sign in does not answer", err)
	if way.Settings.Directory.Strict && !way.mustNotLockOut(local) {
		return vouched{}, errDirectory.Because(err)
	}
	by, err := r.vouchHere(ctx, local, password)
	by.fallback = Unanswered
	return by, err
}

// mustNotLockOut reports whether an account comes in by its password of this house
// whatever a directory says: that of whoever set the way, who must be able to set it
// right, and those that the hospital keeps for emergencies.
func (w Way) mustNotLockOut(a Account) bool {
	return a.ID != "" && (a.Person == w.ChangedBy || slices.Contains(w.Settings.Directory.Emergency, a.Name))
}

// accountNumbered is the account of the person of a staff number.
func (r *Room) accountNumbered(ctx context.Context, number string) (a Account, err error) {
	err = r.desk.Look(ctx, func(v db.Reader) error {
		person, err := staff.FindByNumber(ctx, v, r.org, number)
		if err != nil {
			return err
		}
		a, err = accountOf(ctx, v, r.org, person.ID)
		return err
	})
	return a, r.doubted(ctx, err)
}
