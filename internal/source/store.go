package source

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// nonceRow is a request that was made: it is not taken twice.
type nonceRow struct {
	Org   string    `db:"org,key"`
	Key   string    `db:"key_id,key"`
	Nonce string    `db:"nonce,key"`
	Until time.Time `db:"until"`
}

var (
	sources    = db.Define[Source]("source_source")
	agreements = db.Define[Agreement]("source_agreement")
	keys       = db.Define[Key]("source_key")
	nonces     = db.Define[nonceRow]("source_nonce", db.AsUpkeep)
	apps       = db.Define[App]("source_app")
	allowances = db.Define[Allowance]("source_allowance")
	tokens     = db.Define[Token]("source_token", db.AsUpkeep)
	webs       = db.Define[Web]("source_web")
	launches   = db.Define[Launch]("source_launch")
	contexts   = db.Define[Context]("source_context")
	signers    = db.Define[signerRow]("source_signer")
	uses       = db.Define[useRow]("source_use", db.AsUpkeep)
	pulses     = db.Define[Pulse]("source_pulse", db.AsUpkeep)
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

func sourceCoded(ctx context.Context, r db.Reader, org, code string) (Source, bool, error) {
	return first(sources.Select(ctx, r, "WHERE org = $1 AND code = $2", org, code))
}

func sourcesAfter(ctx context.Context, r db.Reader, org, after string, limit int) ([]Source, error) {
	return sources.Select(ctx, r, "WHERE org = $1 AND code > $2 ORDER BY code LIMIT $3", org, after, int64(limit)+1)
}

// running are the sources that an agreement or time may stop, a page at once.
func running(ctx context.Context, r db.Reader, org, after string) ([]Source, error) {
	return sources.Select(ctx, r, "WHERE org = $1 AND state IN ($2, $3) AND id > $4 ORDER BY id LIMIT $5", org, Approved, Live, after, int64(atOnce))
}

func agreementsOf(ctx context.Context, r db.Reader, org, source string) ([]Agreement, error) {
	return agreements.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY id DESC LIMIT $3", org, source, int64(mostShown))
}

func waitingAgreement(ctx context.Context, r db.Reader, org, source string) (Agreement, bool, error) {
	return first(agreements.Select(ctx, r, "WHERE org = $1 AND source = $2 AND state = $3 ORDER BY id DESC LIMIT $4", org, source, Signed, int64(1)))
}

func keysOf(ctx context.Context, r db.Reader, org, source string) ([]Key, error) {
	return keys.Select(ctx, r, "WHERE org = $1 AND source = $2 ORDER BY id DESC LIMIT $3", org, source, int64(mostShown))
}

func liveKeys(ctx context.Context, r db.Reader, org string, at time.Time, after string) ([]Key, error) {
	return keys.Select(ctx, r, "WHERE org = $1 AND ended IS NULL AND until > $2 AND id > $3 ORDER BY id LIMIT $4", org, at.UnixMicro(), after, int64(atOnce))
}

func certificateMarked(ctx context.Context, r db.Reader, org string, digest []byte, at time.Time) (Key, bool, error) {
	return first(keys.Select(ctx, r, "WHERE org = $1 AND kind = $2 AND digest = $3 AND ended IS NULL AND until > $4 ORDER BY id DESC LIMIT $5",
		org, ByCertificate, digest, at.UnixMicro(), int64(1)))
}

func liveCertificates(ctx context.Context, r db.Reader, org string, at time.Time) ([]Key, error) {
	return keys.Select(ctx, r, "WHERE org = $1 AND kind = $2 AND ended IS NULL AND until > $3 ORDER BY id LIMIT $4", org, ByCertificate, at.UnixMicro(), int64(atOnce))
}

func pulsesOf(ctx context.Context, r db.Reader, org, source string, since time.Time) ([]Pulse, error) {
	return pulses.Select(ctx, r, "WHERE org = $1 AND source = $2 AND day >= $3 ORDER BY day DESC", org, source, dayOf(since))
}

func pulsesSince(ctx context.Context, r db.Reader, org string, since time.Time) ([]Pulse, error) {
	return pulses.Select(ctx, r, "WHERE org = $1 AND day >= $2 ORDER BY source, day", org, dayOf(since))
}

func pulseOf(ctx context.Context, r db.Reader, org, source, day string) (Pulse, error) {
	p, err := pulses.Get(ctx, r, org, source, day)
	if errors.Is(err, db.ErrNone) {
		return Pulse{Org: org, Source: source, Day: day}, nil
	}
	return p, err
}

// launchable are the sources that are programs with an address at which they are begun.
func launchable(ctx context.Context, r db.Reader, org string) ([]Source, error) {
	return sources.Select(ctx, r, "WHERE org = $1 AND state = $2 AND EXISTS (SELECT 1 FROM source_web w WHERE w.org = source_source.org AND w.source = source_source.id AND w.launch <> $3) ORDER BY code LIMIT $4",
		org, Live, "", int64(mostShown))
}

func websOf(ctx context.Context, r db.Reader, org string) ([]Web, error) {
	return webs.Select(ctx, r, "WHERE org = $1 AND origins <> $2 ORDER BY source", org, "[]")
}

// allowancesBefore are those of a person or of a program, newest first.
func allowancesBefore(ctx context.Context, r db.Reader, org, column, of, before string, limit int) ([]Allowance, error) {
	if before == "" {
		return allowances.Select(ctx, r, "WHERE org = $1 AND "+column+" = $2 ORDER BY id DESC LIMIT $3", org, of, int64(limit)+1)
	}
	return allowances.Select(ctx, r, "WHERE org = $1 AND "+column+" = $2 AND id < $3 ORDER BY id DESC LIMIT $4", org, of, before, int64(limit)+1)
}

func liveAllowances(ctx context.Context, r db.Reader, org, source string, at time.Time) ([]Allowance, error) {
	return allowances.Select(ctx, r, "WHERE org = $1 AND source = $2 AND ended IS NULL AND until > $3 ORDER BY id LIMIT $4", org, source, at.UnixMicro(), int64(atOnce))
}

func contextOf(ctx context.Context, r db.Reader, a Allowance) (Context, error) {
	c, err := contexts.Get(ctx, r, a.Org, a.ID)
	if errors.Is(err, db.ErrNone) {
		return Context{}, nil
	}
	return c, err
}

func liveSigners(ctx context.Context, r db.Reader, org string, at time.Time) ([]signerRow, error) {
	return signers.Select(ctx, r, "WHERE org = $1 AND until > $2 ORDER BY id DESC LIMIT $3", org, at.UnixMicro(), int64(mostSigners))
}

func useOf(ctx context.Context, r db.Reader, org, allowance string) (useRow, error) {
	u, err := uses.Get(ctx, r, org, allowance)
	if errors.Is(err, db.ErrNone) {
		return useRow{}, nil
	}
	return u, err
}

func oldUses(ctx context.Context, r db.Reader, at time.Time) ([]useRow, error) {
	return uses.Select(ctx, r, "WHERE last <= $1 ORDER BY org, allowance LIMIT $2", at.UnixMicro(), int64(atOnce))
}

func oldNonces(ctx context.Context, r db.Reader, at time.Time) ([]nonceRow, error) {
	return nonces.Select(ctx, r, "WHERE until <= $1 ORDER BY org, key_id, nonce LIMIT $2", at.UnixMicro(), int64(atOnce))
}

func oldTokens(ctx context.Context, r db.Reader, at time.Time) ([]Token, error) {
	return tokens.Select(ctx, r, "WHERE until <= $1 ORDER BY org, id LIMIT $2", at.UnixMicro(), int64(atOnce))
}

const (
	// atOnce bounds what one step of the clock looks at; it goes on from there.
	atOnce = 200
	// mostShown bounds the history that is shown with a source.
	mostShown = 100
)
