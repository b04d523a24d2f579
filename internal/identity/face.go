package identity

import (
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
)

// Face is that somebody lets himself be known by his face, or by another part of his
// body. It was agreed to by a signed statement of its own, and the template goes
// when the agreement does: what stays is that there was one. It grants power, so its row
// is keyed.
type Face struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Way      string    `db:"way"`
	Account  string    `db:"account"`
	Person   string    `db:"person"`
	Template []byte    `db:"template"` // sealed under the person's key; none once it was erased
	Pledge   string    `db:"pledge"`   // id of the signed statement
	Live     int64     `db:"live"`     // how surely somebody living was seen, of 1000
	Made     time.Time `db:"made"`
	Used     time.Time `db:"used"`
	UsedLive int64     `db:"used_live"` // at the last sign-in
	Ended    time.Time `db:"ended"`
	EndedBy  string    `db:"ended_by"`
	Why      string    `db:"why"`
	MAC      []byte    `db:"mac"`
}

func (f Face) place() vault.Place {
	return vault.Place{Kind: "identity-face", Object: f.ID, Field: "template"}
}

// Why a template was erased.
const (
	faceWithdrawn = "withdrawn" // its person no longer agrees
	faceReplaced  = "replaced"  // by a newer one
	faceRemoved   = "removed"   // by the security administrator
	faceClosed    = "closed"    // its account cannot be used any more
)

// FaceSettings say which adapter looks at people, and what they agree to beforehand.
type FaceSettings struct {
	Adapter   ScanSettings `json:"adapter"`
	Statement fault.Text   `json:"statement" doc:"what it is for, what is kept and for how long, and how one signs in without it; 40 to 2000 characters in each language"`
	Least     int64        `json:"least" minimum:"500" maximum:"1000" doc:"how surely somebody living must be seen, of 1000"`
}

const (
	leastFaceStatement   = 40
	longestFaceStatement = 2000
	leastLive            = 500
	surelyLive           = 1000
)

func (s FaceSettings) check(e *fault.Error) {
	const field = "body.settings.face."
	s.Adapter.check(e)
	for at, text := range map[string]string{"statement.zh": s.Statement.ZH, "statement.en": s.Statement.EN} {
		if n := utf8.RuneCountInString(text); n < leastFaceStatement || n > longestFaceStatement {
			e.At(field+at, fault.Text{ZH: "告知书为 40 至 2000 字，写明目的、保存内容和期限、替代方式，中英文都要填写", EN: "40 to 2000 characters in both languages: what for, what is kept and for how long, and how one signs in without it"})
		}
	}
	if s.Least < leastLive || s.Least > surelyLive {
		e.At(field+"least", fault.Text{ZH: "活体检测下限为 500 至 1000", EN: "500 to 1000"})
	}
}

// saw reports whether somebody living was seen.
func (s FaceSettings) saw(a FaceAnswer) bool { return a.Live >= s.Least && a.Live <= surelyLive }
