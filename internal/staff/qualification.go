package staff

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Qualification is a licence or title that somebody holds until a day. It decides
// who may write, so its row is keyed.
type Qualification struct {
	Org      string            `db:"org,key"`
	ID       string            `db:"id,key"`
	Person   string            `db:"person"`
	Kind     QualificationKind `db:"kind"`
	Number   string            `db:"number"` // of the certificate
	Issuer   string            `db:"issuer"`
	Since    time.Time         `db:"since"`
	Until    time.Time         `db:"until"`
	Ended    time.Time         `db:"ended"` // zero unless withdrawn before Until
	EndedBy  string            `db:"ended_by"`
	Reminded time.Time         `db:"reminded"`
	Made     time.Time         `db:"made"`
	MadeBy   string            `db:"made_by"`
	MAC      []byte            `db:"mac"`
}

// QualificationKind is what a qualification entitles to.
type QualificationKind string

// The kinds of qualification.
const (
	PhysicianLicence QualificationKind = "physician-licence" // 医师执业证书
	NurseLicence     QualificationKind = "nurse-licence"     // 护士执业证书
	PharmacistTitle  QualificationKind = "pharmacist-title"  // 药师资格
	TechnicianTitle  QualificationKind = "technician-title"  // 医技资格
	CoderCertificate QualificationKind = "coder-certificate" // 编码员证书
	Title            QualificationKind = "title"             // 职称
)

// QualificationNames are what the kinds are called.
var QualificationNames = map[QualificationKind]fault.Text{
	PhysicianLicence: {ZH: "医师执业证书", EN: "physician's licence"},
	NurseLicence:     {ZH: "护士执业证书", EN: "nurse's licence"},
	PharmacistTitle:  {ZH: "药师资格", EN: "pharmacist's qualification"},
	TechnicianTitle:  {ZH: "医技资格", EN: "technician's qualification"},
	CoderCertificate: {ZH: "编码员证书", EN: "coder's certificate"},
	Title:            {ZH: "职称", EN: "title"},
}

// End is when the qualification is over.
func (q Qualification) End() time.Time {
	if !q.Ended.IsZero() && q.Ended.Before(q.Until) {
		return q.Ended
	}
	return q.Until
}

// Holds reports whether the qualification counts at a moment.
func (q Qualification) Holds(at time.Time) bool { return !q.Since.After(at) && q.End().After(at) }

// NewQualification is what is asked for when a certificate is registered.
type NewQualification struct {
	Person string
	Kind   QualificationKind
	Number string
	Issuer string
	Since  time.Time
	Until  time.Time
}

func (n NewQualification) check(now time.Time) error {
	e := errInput.With()
	if _, known := QualificationNames[n.Kind]; !known {
		e.At("kind", fault.Text{ZH: "请从资质种类中选择", EN: "is not a kind of qualification"})
	}
	e.MustName("number", n.Number, maxName)
	e.MayName("issuer", n.Issuer, maxName)
	if n.Since.IsZero() || n.Since.After(now) {
		e.At("since", fault.Text{ZH: "请填写发证日期，不能晚于今天", EN: "must be given and not be in the future"})
	}
	if !n.Until.After(n.Since) || !n.Until.After(now) || n.Until.Sub(n.Since) > 50*year {
		e.At("until", fault.Text{ZH: "有效期应晚于现在", EN: "must be later than now"})
	}
	return e.OrNil()
}

// Requirement says that nobody writes in a role without a kind of qualification,
// from a moment on.
type Requirement struct {
	Org    string            `db:"org,key"`
	Role   string            `db:"role,key"`
	Kind   QualificationKind `db:"kind"`
	Since  time.Time         `db:"since"`
	Made   time.Time         `db:"made"`
	MadeBy string            `db:"made_by"`
	MAC    []byte            `db:"mac"`
}

func (q Requirement) check() error {
	e := errInput.With()
	if !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.Person && r.ID == q.Role }) {
		e.At("role", fault.Text{ZH: "不在角色目录中", EN: "is not a role of the catalogue"})
	}
	if _, known := QualificationNames[q.Kind]; !known {
		e.At("kind", fault.Text{ZH: "请从资质种类中选择", EN: "is not a kind of qualification"})
	}
	return e.OrNil()
}

// unlicensed reports whether one of some roles needs a qualification that is not
// there at a moment.
func unlicensed(roles []string, needed []Requirement, held []Qualification, at time.Time) bool {
	return slices.ContainsFunc(needed, func(n Requirement) bool {
		if n.Since.After(at) || !slices.Contains(roles, n.Role) {
			return false
		}
		return !slices.ContainsFunc(held, func(q Qualification) bool { return q.Kind == n.Kind && q.Holds(at) })
	})
}
