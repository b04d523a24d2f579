package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	qualifications = db.Define[Qualification]("staff_qualification")
	requirements   = db.Define[Requirement]("staff_requirement")
	undertakings   = db.Define[Undertaking]("staff_undertaking")
	signatures     = db.Define[Signature]("staff_signature")
	companies      = db.Define[Company]("staff_vendor")
	agreements     = db.Define[Agreement]("staff_agreement")
	scans          = db.Define[scan]("staff_scan", db.AsFinal)
)

func qualificationsOf(ctx context.Context, r db.Reader, org, person string) ([]Qualification, error) {
	return qualifications.Select(ctx, r, "WHERE org = $1 AND person = $2 ORDER BY since, id", org, person)
}

func requirementsOf(ctx context.Context, r db.Reader, org string) ([]Requirement, error) {
	return requirements.Select(ctx, r, "WHERE org = $1 ORDER BY role", org)
}

// undertakingsAt returns the versions that ask for signatures at a moment or later.
func undertakingsAt(ctx context.Context, r db.Reader, org string, at time.Time) ([]Undertaking, error) {
	return undertakings.Select(ctx, r, "WHERE org = $1 AND (withdrawn IS NULL OR withdrawn > $2) ORDER BY code, version", org, at.UnixMicro())
}

func signaturesOf(ctx context.Context, r db.Reader, org, person string) ([]Signature, error) {
	return signatures.Select(ctx, r, "WHERE org = $1 AND person = $2 ORDER BY signed, id", org, person)
}

// agreementsFor returns the agreements of every vendor for which a person stays here.
func agreementsFor(ctx context.Context, r db.Reader, org, person string) ([]Agreement, error) {
	return agreements.Select(ctx, r,
		"WHERE org = $1 AND vendor IN (SELECT vendor FROM staff_stay WHERE org = $2 AND person = $3 AND vendor <> '') ORDER BY since, id", org, org, person)
}

func agreementsOf(ctx context.Context, r db.Reader, org, vendor string) ([]Agreement, error) {
	return agreements.Select(ctx, r, "WHERE org = $1 AND vendor = $2 ORDER BY since, id", org, vendor)
}
