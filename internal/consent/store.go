package consent

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

var (
	templates  = db.Define[Template]("consent_template", db.AsFinal)
	records    = db.Define[Record]("consent_record")
	guardians  = db.Define[Guardian]("consent_guardian", db.AsFinal)
	notices    = db.Define[Told]("consent_notice", db.AsFinal)
	exemptions = db.Define[Exemption]("consent_exemption")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

// templateOf reads a version of a template, the newest for version 0.
func templateOf(ctx context.Context, r db.Reader, org, id string, version int) (Template, error) {
	if version > 0 {
		t, err := templates.Get(ctx, r, org, id, int64(version))
		return t, absent(err)
	}
	newest, err := templates.Select(ctx, r, "WHERE org = $1 AND id = $2 ORDER BY version DESC LIMIT 1", org, id)
	if err == nil && len(newest) == 0 {
		return Template{}, act.ErrAbsent.With()
	}
	if err != nil {
		return Template{}, err
	}
	return newest[0], nil
}

func guardiansOf(ctx context.Context, r db.Reader, org, patient string, at time.Time) ([]Guardian, error) {
	return guardians.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND until > $3 AND since <= $4 ORDER BY since, id", org, patient, at.UnixMicro(), at.UnixMicro())
}

// standing reads the consents of patients that have neither ended nor been withdrawn.
func standing(ctx context.Context, r db.Reader, org string, patients []string, at time.Time) ([]Record, error) {
	if len(patients) == 0 {
		return nil, nil
	}
	args := []any{org, Given, at.UnixMicro()}
	places := make([]string, len(patients))
	for i, p := range patients {
		args = append(args, p)
		places[i] = "$" + strconv.Itoa(len(args))
	}
	return records.Select(ctx, r, "WHERE org = $1 AND decision = $2 AND withdrawn IS NULL AND (until IS NULL OR until > $3) AND patient IN ("+strings.Join(places, ", ")+") ORDER BY since, id", args...)
}

func exemptionsFor(ctx context.Context, r db.Reader, org, purpose string, at time.Time) ([]Exemption, error) {
	return exemptions.Select(ctx, r, "WHERE org = $1 AND purpose = $2 AND until > $3 AND ended IS NULL ORDER BY since, id", org, purpose, at.UnixMicro())
}

// unseen reads consents in force that end or wait for a review before a moment, of
// which nobody was told.
func unseen(ctx context.Context, r db.Reader, org string, before time.Time, n int) ([]Record, error) {
	return records.Select(ctx, r, "WHERE org = $1 AND decision = $2 AND withdrawn IS NULL AND told IS NULL AND due <= $3 ORDER BY due, id LIMIT $4",
		org, Given, before.UnixMicro(), int64(n))
}
