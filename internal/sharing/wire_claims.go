package sharing

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

type askClaimsBody struct {
	Kind        string     `json:"kind" enum:"review,settlement"`
	Insurer     string     `json:"insurer" maxLength:"320"`
	Basis       string     `json:"basis" maxLength:"40" doc:"a statutory basis by its id, or consent"`
	Article     string     `json:"article" maxLength:"2000"`
	Reviewer    string     `json:"reviewer" maxLength:"40" doc:"the person of the insurance office who may read"`
	Since       time.Time  `json:"since,omitzero" required:"false"`
	Until       time.Time  `json:"until"`
	Certificate string     `json:"certificate" maxLength:"20000" doc:"of the insurer, SM2, for encryption, PEM"`
	Extras      []Extra    `json:"extras,omitempty" maxItems:"20"`
	Claims      []NewClaim `json:"claims" maxItems:"200"`
}

// ClaimTaskBody is a claim task on the wire.
type ClaimTaskBody struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind" enum:"review,settlement"`
	Insurer     string     `json:"insurer"`
	Basis       string     `json:"basis"`
	Article     string     `json:"article"`
	Reviewer    string     `json:"reviewer"`
	Extras      []Extra    `json:"extras"`
	Certificate string     `json:"certificate" doc:"SM3 of the insurer's certificate"`
	Claims      int        `json:"claims" doc:"how many"`
	Asked       time.Time  `json:"asked"`
	AskedBy     string     `json:"askedBy"`
	Since       time.Time  `json:"since"`
	Until       time.Time  `json:"until"`
	State       string     `json:"state" enum:"asked,approved,ended"`
	Open        bool       `json:"open" doc:"its reviewer may read now"`
	Approved    *time.Time `json:"approved,omitempty"`
	ApprovedBy  string     `json:"approvedBy,omitempty"`
	Ended       *time.Time `json:"ended,omitempty"`
	EndedBy     string     `json:"endedBy,omitempty"`
}

func wireClaimTask(t ClaimTask, now time.Time) ClaimTaskBody {
	certificate := sm.Sum(t.Certificate)
	return ClaimTaskBody{
		ID: t.ID, Kind: t.Kind, Insurer: t.Insurer, Basis: t.Basis, Article: t.Article, Reviewer: t.Reviewer, Extras: append([]Extra{}, t.Extras...),
		Certificate: hex.EncodeToString(certificate[:]), Claims: t.Claims, Asked: t.Asked, AskedBy: t.AskedBy, Since: t.Since, Until: t.Until, State: t.State,
		Open: t.Open(now), Approved: web.Moment(t.Approved), ApprovedBy: t.ApprovedBy, Ended: web.Moment(t.Ended), EndedBy: t.EndedBy,
	}
}

// ClaimExportBody is an export on the wire.
type ClaimExportBody struct {
	ID          string    `json:"id"`
	Recipient   string    `json:"recipient"`
	Rows        int       `json:"rows"`
	Withheld    []string  `json:"withheld" doc:"numbers of claims that were left out"`
	Fields      []string  `json:"fields"`
	Stripped    []string  `json:"stripped" doc:"fields that were asked for and not approved"`
	Certificate string    `json:"certificate" doc:"SM3 of the certificate to which it is encrypted"`
	Digest      string    `json:"digest" doc:"SM3 of the envelope"`
	At          time.Time `json:"at"`
	By          string    `json:"by"`
}

func wireClaimExport(x ClaimExport) ClaimExportBody {
	return ClaimExportBody{
		ID: x.ID, Recipient: x.Recipient, Rows: x.Rows, Withheld: x.Withheld, Fields: x.Fields, Stripped: x.Stripped,
		Certificate: hex.EncodeToString(x.Certificate), Digest: hex.EncodeToString(x.Digest), At: x.At, By: x.By,
	}
}

type claimFileBody struct {
	ClaimExportBody
	Envelope []byte `json:"envelope" doc:"GB/T 35275 enveloped data, DER, base64; it is not kept"`
}

type seenClaimsBody struct {
	ClaimTaskBody
	Numbers []string                  `json:"numbers" doc:"of the claims"`
	Exports []ClaimExportBody         `json:"exports"`
	Names   map[string]staff.NameBody `json:"names"`
}

func wireSeenClaims(s SeenClaims, now time.Time) seenClaimsBody {
	b := seenClaimsBody{ClaimTaskBody: wireClaimTask(s.ClaimTask, now), Numbers: s.Numbers, Exports: []ClaimExportBody{}, Names: staff.WireNames(s.Names)}
	for _, x := range s.Exports {
		b.Exports = append(b.Exports, wireClaimExport(x))
	}
	return b
}
