package access

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Statement is a version of what whoever would have a grant signs before it is given:
// that he answers for the safety and secrecy of what it opens (C-120). It never changes,
// and its row is keyed.
type Statement struct {
	Org     string     `db:"org,key"`
	Version int        `db:"version,key"`
	Said    fault.Text `db:"said,json"`
	Since   time.Time  `db:"since"` // requests from then on need it
	By      string     `db:"made_by"`
	MAC     []byte     `db:"mac"`
}

// responsibility is the kind of pledge that is bound to one request for a grant.
const responsibility = "grant"

const (
	leastStatement   = 20
	longestStatement = 2000
)

func checkStatement(said fault.Text) error {
	e := errGrantInput.With()
	for at, text := range map[string]string{"said.zh": said.ZH, "said.en": said.EN} {
		if n := utf8.RuneCountInString(text); n < leastStatement || n > longestStatement {
			e = e.At(at, fault.Text{ZH: "责任书正文为 20 至 2000 字，中英文都要填写", EN: "20 to 2000 characters, in both languages"})
		}
	}
	return e.OrNil()
}

// of is what somebody signs for one request.
func (s Statement) of(q Request, who string) fault.Text {
	until := q.Scope.Until.In(calendar.Zone).Format("2006-01-02 15:04")
	return fault.Text{
		ZH: fmt.Sprintf("%s，授权申请 %s（用途 %s，截止 %s），责任书第 %d 版：%s", who, q.ID, q.Scope.Purpose, until, s.Version, s.Said.ZH),
		EN: fmt.Sprintf("%s, request for a grant %s (purpose %s, until %s), statement of responsibility version %d: %s", who, q.ID, q.Scope.Purpose, until, s.Version, s.Said.EN),
	}
}
