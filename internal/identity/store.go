package identity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
)

// signingKey is a person's signing key. The private half is sealed under the
// person's data key.
type signingKey struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Person  string    `db:"person"`
	Public  []byte    `db:"public"` // uncompressed point
	Private []byte    `db:"private"`
	Made    time.Time `db:"made"`
	MAC     []byte    `db:"mac"`
}

// formerPassword is one password an account has had, the present one included.
type formerPassword struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Account string    `db:"account"`
	Hash    string    `db:"hash"`
	Made    time.Time `db:"made"`
	MadeBy  string    `db:"made_by"` // who set it: the holder, or whoever reset it
	MAC     []byte    `db:"mac"`
}

// lastUse is what is known of an account's latest sign-in.
type lastUse struct {
	Org     string    `db:"org,key"`
	Account string    `db:"account,key"`
	Latest  time.Time `db:"latest"`
	IP      string    `db:"ip"`
	Rules   int64     `db:"rules"` // version by which the password was looked at
	Weak    bool      `db:"weak"`  // it was less than those rules ask for
}

var (
	versions        = db.Define[Version]("identity_rules", db.AsFinal)
	formers         = db.Define[formerPassword]("identity_password", db.AsFinal)
	factors         = db.Define[Factor]("identity_factor")
	recoveries      = db.Define[recoveryCode]("identity_recovery_code")
	recoveriesAsked = db.Define[Recovery]("identity_recovery")
	keyEnds         = db.Define[keyEnd]("identity_key_end", db.AsFinal)
	ceremonies      = db.Define[ceremony]("identity_ceremony", db.AsUpkeep)
	findings        = db.Define[Finding]("identity_finding")
	uses            = db.Define[lastUse]("identity_use", db.AsUpkeep)
	accounts        = db.Define[Account]("identity_account")
	keys            = db.Define[signingKey]("identity_key", db.AsFinal)
	sessions        = db.Define[Session]("identity_session", db.AsUpkeep)
	attempts        = db.Define[Attempt]("identity_attempt", db.AsUpkeep)
)

func findAccount(ctx context.Context, r db.Reader, org, id string) (Account, error) {
	a, err := accounts.Get(ctx, r, org, id)
	if errors.Is(err, db.ErrNone) {
		return a, errNoAccount.Because(err)
	}
	return a, err
}

func accountNamed(ctx context.Context, r db.Reader, org, name string) (Account, error) {
	return only(accounts.Select(ctx, r, "WHERE org = $1 AND name = $2", org, name))
}

func accountOf(ctx context.Context, r db.Reader, org, person string) (Account, error) {
	return only(accounts.Select(ctx, r, "WHERE org = $1 AND person = $2", org, person))
}

func anyAccount(ctx context.Context, r db.Reader, org string) (bool, error) {
	found, err := accounts.Select(ctx, r, "WHERE org = $1 LIMIT 1", org)
	return len(found) > 0, err
}

func listAccounts(ctx context.Context, r db.Reader, org, after string, limit int) ([]Account, error) {
	return accounts.Select(ctx, r, "WHERE org = $1 AND name > $2 ORDER BY name LIMIT $3", org, after, int64(limit))
}

// rulesOf returns the newest version of the rules, or the delivered ones.
func (r *Room) rulesOf(ctx context.Context, v db.Reader, org string) (Version, error) {
	found, err := only(versions.Select(ctx, v, "WHERE org = $1 ORDER BY version DESC LIMIT 1", org))
	if errors.Is(err, db.ErrNone) {
		return Version{Org: org, Rules: r.delivered}, nil
	}
	return found, err
}

// chosenBefore returns the latest passwords that the holder of an account chose,
// the newest first.
func chosenBefore(ctx context.Context, r db.Reader, a Account, most int) ([]formerPassword, error) {
	return formers.Select(ctx, r, "WHERE org = $1 AND account = $2 AND made_by = $3 ORDER BY made DESC, id DESC LIMIT $4", a.Org, a.ID, a.Person, int64(most))
}

// keepPassword adds the account's present password to those it has had.
func keepPassword(ctx context.Context, w db.Writer, a Account, by string) error {
	return formers.Insert(ctx, w, &formerPassword{
		Org: a.Org, ID: id.New(a.PasswordSince), Account: a.ID, Hash: a.Password, Made: a.PasswordSince, MadeBy: by,
	})
}

// liveFactors returns the factors of an account that count.
func liveFactors(ctx context.Context, r db.Reader, org, account string) ([]Factor, error) {
	return factors.Select(ctx, r, "WHERE org = $1 AND account = $2 AND state = $3 ORDER BY since, id", org, account, string(Live))
}

func recoveryNamed(ctx context.Context, r db.Reader, a Account, digest string) ([]recoveryCode, error) {
	return recoveries.Select(ctx, r, "WHERE org = $1 AND account = $2 AND digest = $3", a.Org, a.ID, digest)
}

// openRecovery returns the recovery codes that are still good.
func openRecovery(ctx context.Context, r db.Reader, a Account) ([]recoveryCode, error) {
	return recoveries.Select(ctx, r, "WHERE org = $1 AND account = $2 AND used IS NULL AND voided IS NULL ORDER BY id", a.Org, a.ID)
}

func waitingRecoveries(ctx context.Context, r db.Reader, org string, at time.Time) ([]Recovery, error) {
	return recoveriesAsked.Select(ctx, r, "WHERE org = $1 AND state = $2 AND until > $3 ORDER BY asked, id", org, string(Asked), at.UnixMicro())
}

// lateResetters are those who set an account's password since a moment, other
// than its holder.
func lateResetters(ctx context.Context, r db.Reader, a Account, since time.Time) ([]string, error) {
	set, err := formers.Select(ctx, r, "WHERE org = $1 AND account = $2 AND made >= $3 AND made_by <> $4 ORDER BY made DESC", a.Org, a.ID, since.UnixMicro(), a.Person)
	by := make([]string, len(set))
	for i, p := range set {
		by[i] = p.MadeBy
	}
	return by, err
}

func keyOf(ctx context.Context, r db.Reader, org, person string) (signingKey, error) {
	return only(keys.Select(ctx, r, `WHERE org = $1 AND person = $2
		AND NOT EXISTS (SELECT 1 FROM identity_key_end e WHERE e.org = identity_key.org AND e.id = identity_key.id)
		ORDER BY made DESC, id DESC LIMIT 1`, org, person))
}

func sessionOf(ctx context.Context, r db.Reader, token []byte) (Session, error) {
	return only(sessions.Select(ctx, r, "WHERE token = $1", token))
}

// openSessions returns the sessions of an account that were not ended.
func openSessions(ctx context.Context, r db.Reader, org, account string, at time.Time) ([]Session, error) {
	return sessions.Select(ctx, r, "WHERE org = $1 AND account = $2 AND ended IS NULL AND until > $3 ORDER BY since, id",
		org, account, at.UnixMicro())
}

// textsOf returns the one text column that a query asks for. What decides by it
// must not need the rows to be genuine.
func textsOf(ctx context.Context, r db.Reader, query string, args ...any) ([]string, error) {
	rows, err := r.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}

// endSessions ends the sessions of an account except one, and counts them.
func endSessions(ctx context.Context, w db.Writer, org, account, except string, at time.Time) (int, error) {
	open, err := openSessions(ctx, w, org, account, at)
	if err != nil {
		return 0, err
	}
	ended := 0
	for i := range open {
		if open[i].ID == except {
			continue
		}
		open[i].Ended = at
		if err := sessions.Update(ctx, w, &open[i]); err != nil {
			return 0, err
		}
		ended++
	}
	return ended, nil
}

// workedFrom reports whether an account was used from an address since a moment.
func workedFrom(ctx context.Context, r db.Reader, org, account, ip string, since time.Time) (bool, error) {
	n, err := count(ctx, r, "SELECT COUNT(*) FROM identity_session WHERE org = $1 AND account = $2 AND since >= $3 AND ip = $4",
		org, account, since.UnixMicro(), ip)
	return n > 0, err
}

func attemptsOf(ctx context.Context, r db.Reader, org, scope, subject string) (Attempt, error) {
	a, err := attempts.Get(ctx, r, org, scope, subject)
	if errors.Is(err, db.ErrNone) {
		return Attempt{Org: org, Scope: scope, Subject: subject}, nil
	}
	return a, err
}

// mustBeFree says taken when a search for what must not be there found it.
func mustBeFree(found, taken error) error {
	switch {
	case found == nil:
		return taken
	case errors.Is(found, db.ErrNone):
		return nil
	}
	return found
}

func only[T any](rows []T, err error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case len(rows) == 0:
		return none, db.ErrNone
	}
	return rows[0], nil
}

func count(ctx context.Context, r db.Reader, text string, args ...any) (int, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return 0, fmt.Errorf("identity: counting: %w", err)
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}
