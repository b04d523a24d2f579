package privilege

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// States of what waits for other people: changes, checkouts and sessions.
const (
	Asked    = "asked"
	Reviewed = "reviewed" // the script of a change, by a second person
	Approved = "approved"
	Running  = "running"
	Closed   = "closed"
	Refused  = "refused"
	Lapsed   = "lapsed" // nobody decided, or nobody began, in time
)

// Outcomes of a change.
const (
	Carried    = "carried-out"
	RolledBack = "rolled-back"
	Nothing    = "nothing-done"
	WindowOver = "window-over" // the house closed it
)

var (
	risks    = []string{"low", "medium", "high"}
	outcomes = []string{Carried, RolledBack, Nothing}
)

// longestWindow bounds the window of a change, and farthest how far ahead it begins.
const (
	longestWindow = 12 * time.Hour
	farthest      = 30 * 24 * time.Hour
)

// Change is a change to rows behind the system: what, why, to which tables, when. Its
// row is keyed, because an open one explains what the house finds.
type Change struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Title      string    `db:"title"`
	Reason     []byte    `db:"reason"` // sealed
	Script     []byte    `db:"script"` // sealed
	Digest     []byte    `db:"digest"` // SM3 of the script
	Tables     []string  `db:"tables,json"`
	Objects    []string  `db:"objects,json"` // keys of rows; none: any row of the tables
	Risk       string    `db:"risk"`
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	State      string    `db:"state"`
	AskedBy    string    `db:"asked_by"`
	AskedAt    time.Time `db:"asked"`
	ReviewedBy string    `db:"reviewed_by"`
	ReviewedAt time.Time `db:"reviewed"`
	ApprovedBy string    `db:"approved_by"`
	ApprovedAt time.Time `db:"approved"`
	Began      time.Time `db:"began"`
	Closed     time.Time `db:"closed"`
	ClosedBy   string    `db:"closed_by"` // empty when the house did
	Outcome    string    `db:"outcome"`
	Result     []byte    `db:"result"` // sealed
	MAC        []byte    `db:"mac"`
}

// InWindow reports whether the change may be carried out at a moment.
func (c Change) InWindow(at time.Time) bool {
	return (c.State == Approved || c.State == Running) && !at.Before(c.Since) && at.Before(c.Until)
}

// Explains reports whether the change accounts for a row that was found at a moment.
func (c Change) Explains(table, key string, at time.Time) bool {
	return c.InWindow(at) && slices.Contains(c.Tables, table) && (len(c.Objects) == 0 || slices.Contains(c.Objects, key))
}

// Waiting reports whether somebody still has to do something.
func (c Change) Waiting() bool {
	return slices.Contains([]string{Asked, Reviewed, Approved, Running}, c.State)
}

func (c Change) object() policy.Object { return object(c.Org, c.ID, c.AskedBy) }

// AskingChange is what is asked for.
type AskingChange struct {
	Title   string    `json:"title" maxLength:"320" doc:"without content of any record"`
	Reason  string    `json:"reason" maxLength:"4000"`
	Script  string    `json:"script" maxLength:"240000" doc:"the script, or the list of commands"`
	Digest  string    `json:"digest,omitempty" maxLength:"64" doc:"SM3 of the script, when it was reviewed elsewhere before"`
	Tables  []string  `json:"tables" maxItems:"20" doc:"which are expected to change"`
	Objects []string  `json:"objects,omitempty" maxItems:"200" doc:"keys of the rows that are expected to change, as findings write them; none: any row of the tables"`
	Risk    string    `json:"risk" maxLength:"20" doc:"low, medium, high"`
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until" doc:"the house closes the change then"`
}

func (in AskingChange) check(known []string, now time.Time) error {
	e := errInput.With()
	e.MustName("title", in.Title, maxName)
	e.MustSay("reason", in.Reason, maxWords)
	e.MustSay("script", in.Script, maxScript)
	if in.Digest != "" && !strings.EqualFold(in.Digest, hex.EncodeToString(digestOf(in.Script))) {
		e.At("digest", fault.Text{ZH: "脚本与所给 SM3 摘要不符，请核对是否为审过的版本", EN: "the script is not the one of this SM3 digest; check that it is the version that was reviewed"})
	}
	if len(in.Tables) == 0 || len(in.Tables) > 20 {
		e.At("tables", fault.Text{ZH: "请列出预计会变动的表，1 至 20 张", EN: "list the tables that are expected to change, 1 to 20"})
	}
	for _, t := range in.Tables {
		if !slices.Contains(known, t) {
			e.At("tables", fault.Text{ZH: "没有受保护的表 " + t, EN: "there is no protected table " + t})
		}
	}
	if len(in.Objects) > 200 {
		e.At("objects", fault.Text{ZH: "最多 200 行；更多请只列表名", EN: "at most 200 rows; for more, name the tables only"})
	}
	for _, o := range in.Objects {
		e.MustName("objects", o, 400)
	}
	if !slices.Contains(risks, in.Risk) {
		e.At("risk", fault.Text{ZH: "风险应为 low、medium 或 high", EN: "a risk is low, medium or high"})
	}
	checkWindow(e, in.Since, in.Until, now)
	return e.OrNil()
}

func checkWindow(e *fault.Error, since, until, now time.Time) {
	if since.IsZero() || since.After(now.Add(farthest)) {
		e.At("since", fault.Text{ZH: "请写明开始时间，最远 30 天", EN: "give a beginning, at most 30 days ahead"})
	}
	if !until.After(since) || !until.After(now) || until.Sub(since) > longestWindow {
		e.At("until", fault.Text{ZH: "请写明结束时间：晚于开始和现在，窗口最长 12 小时", EN: "give an end, after the beginning and after now; a window lasts at most 12 hours"})
	}
}

func digestOf(text string) []byte {
	d := sm.Sum([]byte(text))
	return d[:]
}

// Capture is a table before or after a change: how many rows, and a digest over all
// of them. It never changes.
type Capture struct {
	Org    string    `db:"org,key"`
	Change string    `db:"change_id,key"`
	Moment string    `db:"moment,key"`
	Table  string    `db:"table_name,key"`
	Rows   int64     `db:"row_count"`
	Digest []byte    `db:"digest"`
	At     time.Time `db:"at"`
}

// Moments of a capture.
const (
	Before = "before"
	After  = "after"
)
