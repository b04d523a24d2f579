package access

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Kinds of seal. Neither is an archive, and neither changes what is archived.
const (
	Attention = "attention" // 舆情封存: the whole patient, at once, for those who treat only
	Dispute   = "dispute"   // 纠纷封存: listed documents, for nobody, until both parties open it
)

// Seal sets a patient, or documents of his, apart. Its row is keyed.
type Seal struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Kind     string    `db:"kind"`
	Patient  string    `db:"patient"`
	Owner    string    `db:"owner"` // who placed it
	Since    time.Time `db:"since"`
	RenewBy  time.Time `db:"renew_by"`  // of an attention seal: when it asks; it does not end
	FreeFrom time.Time `db:"free_from"` // of a dispute seal: three years on, the hospital may open it alone
	Lifted   time.Time `db:"lifted"`
	LiftedBy string    `db:"lifted_by"`
	Words    []byte    `db:"words"`   // why, sealed
	Parties  []byte    `db:"parties"` // of a dispute: parties and witnesses, sealed JSON
	Copy     []byte    `db:"copy_digest"`
	Watched  time.Time `db:"watched"` // up to when attempts were looked for
	MAC      []byte    `db:"mac"`
}

// SealedDocument is a document that a dispute seal lists. One that was not finished
// is staged: it is sealed the moment it is signed.
type SealedDocument struct {
	Org      string    `db:"org,key"`
	Seal     string    `db:"seal,key"`
	Document string    `db:"document,key"`
	Patient  string    `db:"patient"`
	Version  int       `db:"version"`
	Digest   []byte    `db:"digest"` // of the version's content
	State    string    `db:"state"`
	Since    time.Time `db:"since"`
	MAC      []byte    `db:"mac"`
}

// States of a sealed document.
const (
	Sealed = "sealed"
	Staged = "staged"
)

// SealListed is a person who may look through an attention seal. Those who treat
// need no such line: they follow their care relations.
type SealListed struct {
	Org     string    `db:"org,key"`
	Seal    string    `db:"seal,key"`
	Person  string    `db:"person,key"`
	Patient string    `db:"patient"`
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"`
	By      string    `db:"given_by"`
	MAC     []byte    `db:"mac"`
}

// SealStep is one thing that happened to a seal. It never changes.
type SealStep struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Seal   string    `db:"seal"`
	Kind   string    `db:"kind"`
	At     time.Time `db:"at"`
	Person string    `db:"person"`
	Words  []byte    `db:"words"` // sealed
}

// What can happen to a seal.
const (
	StepPlaced         = "placed"
	StepRenewed        = "renewed"
	StepListed         = "listed"
	StepUnlisted       = "unlisted"
	StepCopied         = "copied"
	StepDocument       = "document"
	StepAgreedHospital = "agreed-hospital"
	StepAgreedPatient  = "agreed-patient"
	StepLifted         = "lifted"
)

const (
	// renewal is how often an attention seal asks whether it is still needed.
	renewal = 7 * day
	// agreedFor is how long one side's agreement to open a dispute seal counts.
	agreedFor = day
	// disputeYears is how long a dispute seal needs both parties (Regulation on the
	// Prevention and Handling of Medical Disputes, art. 24).
	disputeYears = 3
)

var (
	seals     = db.Define[Seal]("access_seal")
	sealed    = db.Define[SealedDocument]("access_seal_document")
	listed    = db.Define[SealListed]("access_seal_person")
	sealSteps = db.Define[SealStep]("access_seal_step", db.AsFinal)
)

func (s Seal) object() policy.Object { return policy.Object{Kind: "Seal", ID: s.ID, Org: s.Org} }

func (s Seal) tie() policy.Tie {
	return policy.Tie{Kind: policy.TieSeal, ID: s.ID, Role: s.Kind, Source: "access", Since: s.Since}
}

func (l SealListed) tie() policy.Tie {
	return policy.Tie{Kind: policy.TieListed, ID: l.Seal, Source: "access", Since: l.Since, Until: l.Until}
}

// sealsOf tells of the seals on patients. An attention seal shuts people out; a
// dispute seal shuts its documents for everybody, feeds included.
func (room *Room) sealsOf(ctx context.Context, r db.Reader, org string, patients []string, person bool, add func(string, policy.Tie)) error {
	placed, err := liveSeals(ctx, r, org, patients)
	if err != nil {
		return err
	}
	for _, s := range placed {
		if !slices.Contains(patients, s.Patient) {
			continue
		}
		if s.Kind == Attention {
			if person {
				add(s.Patient, s.tie())
			}
			continue
		}
		listed, err := documentsUnder(ctx, r, org, s.ID)
		if err != nil {
			return err
		}
		if tie := s.tie(); len(listed) > 0 {
			tie.Bounds = &policy.Bounds{}
			for _, d := range listed {
				if d.State == Sealed {
					tie.Bounds.Documents = append(tie.Bounds.Documents, d.Document)
				}
			}
			if len(tie.Bounds.Documents) > 0 {
				add(s.Patient, tie)
			}
		}
	}
	return nil
}

// liveSeals reads the seals that lie on a patient, or on any.
func liveSeals(ctx context.Context, r db.Reader, org string, patients []string) ([]Seal, error) {
	if len(patients) == 1 {
		return seals.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND lifted IS NULL ORDER BY since, id", org, patients[0])
	}
	return seals.Select(ctx, r, "WHERE org = $1 AND lifted IS NULL ORDER BY since, id", org)
}

func documentsUnder(ctx context.Context, r db.Reader, org, seal string) ([]SealedDocument, error) {
	return sealed.Select(ctx, r, "WHERE org = $1 AND seal = $2 ORDER BY document", org, seal)
}

func listedFor(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]SealListed, error) {
	return listed.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3", org, person, at.UnixMicro())
}

func listedOn(ctx context.Context, r db.Reader, org, seal string, at time.Time) ([]SealListed, error) {
	return listed.Select(ctx, r, "WHERE org = $1 AND seal = $2 AND until > $3 ORDER BY since, person", org, seal, at.UnixMicro())
}

func stepsOf(ctx context.Context, r db.Reader, org, seal string) ([]SealStep, error) {
	return sealSteps.Select(ctx, r, "WHERE org = $1 AND seal = $2 ORDER BY at, id", org, seal)
}
