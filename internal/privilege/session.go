package privilege

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Why a session ended.
const (
	Finished = "finished"
	TimeOver = "time-over"
	Silent   = "recording-stopped"
)

// Verdicts on an urgent session.
const (
	Proper   = "proper"
	Improper = "improper"
)

// silence is how long a recording may say nothing before its session is ended. The
// recorder sends an empty part when there is nothing to record.
const silence = time.Minute

// Session is one stretch of privileged work, recorded. Its row is keyed.
type Session struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	System     string    `db:"system"` // on what it works
	Reason     []byte    `db:"reason"` // sealed
	Change     string    `db:"change_id"`
	Urgent     bool      `db:"urgent"` // began without a second person
	Minutes    int       `db:"minutes"`
	State      string    `db:"state"`
	AskedBy    string    `db:"asked_by"`
	AskedAt    time.Time `db:"asked"`
	Terminal   string    `db:"terminal"`
	ApprovedBy string    `db:"approved_by"`
	ApprovedAt time.Time `db:"approved"`
	Elsewhere  string    `db:"approved_at"` // terminal of whoever approved
	Began      time.Time `db:"began"`
	Until      time.Time `db:"until"`
	Heard      time.Time `db:"heard"` // when the recording was heard last
	Parts      int       `db:"parts"`
	Head       []byte    `db:"head"` // digest of the last part, which holds on to all before
	Ended      time.Time `db:"ended"`
	EndReason  string    `db:"end_reason"`
	Verdict    string    `db:"verdict"`
	ReviewedBy string    `db:"reviewed_by"`
	ReviewedAt time.Time `db:"reviewed"`
	MAC        []byte    `db:"mac"`
}

// over says why a session cannot go on at a moment, or "".
func (s Session) over(at time.Time) string {
	switch s.State {
	case Asked:
		if at.Sub(s.AskedAt) >= toDecide {
			return Lapsed
		}
	case Approved:
		if at.Sub(s.ApprovedAt) >= toOpen {
			return Lapsed
		}
	case Running:
		switch {
		case !at.Before(s.Until):
			return TimeOver
		case at.Sub(s.Heard) > silence:
			return Silent
		}
	}
	return ""
}

func (s Session) object() policy.Object { return object(s.Org, s.ID, s.AskedBy) }

var endings = map[string]fault.Text{
	Finished: {ZH: "已正常结束", EN: "it was finished"},
	TimeOver: {ZH: "已到批准的时限", EN: "its time is over"},
	Silent:   {ZH: "录屏中断超过一分钟", EN: "its recording fell silent for a minute"},
	Lapsed:   {ZH: "未在时限内批准或开始", EN: "it was not approved or begun in time"},
}

// Part is one stretch of a recording, in its order. It never changes.
type Part struct {
	Org     string    `db:"org,key"`
	Session string    `db:"session,key"`
	Place   int       `db:"place,key"`
	At      time.Time `db:"at"`
	Body    []byte    `db:"body"`   // sealed events, masked
	Digest  []byte    `db:"digest"` // SM3 over the digest of the part before and the events
}

// chain is the digest of a part that follows another.
func chain(head []byte, events string) []byte {
	d := sm.Sum(append(append([]byte("medward recording 1\n"), head...), events...))
	return d[:]
}
