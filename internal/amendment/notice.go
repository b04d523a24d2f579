package amendment

import (
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// How somebody came to have a document.
const (
	BySending = "sending" // it was sent to a registered recipient
	ByHand    = "case"    // a copy was given, or shown, on a request from outside
	ByClaim   = "claim"   // a claim rests on it
	ByIssue   = "issue"   // a colleague printed, exported or quoted it
	ByForward = "forward" // a colleague was pointed to it
	ByProgram = "program" // a program read it
)

// States of a notice.
const (
	Due          = "due" // nobody has been told yet
	Told         = "told"
	Acknowledged = "acknowledged"
	Unreachable  = "unreachable" // there is nobody any more who could be told
)

// Affected is somebody who was given a document before it was corrected.
type Affected struct {
	Kind      string    `json:"kind"`
	Ref       string    `json:"ref"`       // id of the sending, issue, forward, hand-over or entry
	Recipient string    `json:"recipient"` // id in the register, of the case, the claim task or the source
	Name      string    `json:"name"`      // of an institution or program
	Person    string    `json:"person"`    // a colleague
	Version   int       `json:"version"`
	At        time.Time `json:"at"`
	Gone      bool      `json:"gone"`
	owner     string    // who answers for what goes there
}

// who is the same for all that one recipient was given.
func (a Affected) who() string { return a.Kind + "/" + a.Recipient + "/" + a.Person }

// newestOf keeps for each recipient what he was given last.
func newestOf(all []Affected) []Affected {
	var kept []Affected
	at := map[string]int{}
	for _, a := range all {
		i, seen := at[a.who()]
		switch {
		case !seen:
			at[a.who()] = len(kept)
			kept = append(kept, a)
		case a.At.After(kept[i].At):
			kept[i] = a
		}
	}
	return kept
}

// digestOf names what was shown to be affected, hexadecimal.
func digestOf(all []Affected) string {
	plain, err := json.Marshal(all)
	if err != nil {
		return ""
	}
	sum := sm.Sum(plain)
	return hex.EncodeToString(sum[:])
}

// Notice is the telling of one earlier recipient.
type Notice struct {
	Org            string    `db:"org,key"`
	ID             string    `db:"id,key"`
	Amendment      string    `db:"amendment"`
	Patient        string    `db:"patient"`
	Document       string    `db:"document"`
	Kind           string    `db:"kind"`
	Ref            string    `db:"ref"`
	Recipient      string    `db:"recipient"`
	Name           string    `db:"name"`
	Person         string    `db:"person"`
	Had            int       `db:"had"` // the version that he was given
	Left           time.Time `db:"left_at"`
	State          string    `db:"state"`
	Made           time.Time `db:"made"`
	Due            time.Time `db:"due"` // by when he is to be told
	Told           time.Time `db:"told"`
	ToldBy         string    `db:"told_by"`
	How            string    `db:"how"`
	Sending        string    `db:"sending"` // by which the corrected version went to him
	Acknowledged   time.Time `db:"acknowledged"`
	AcknowledgedBy string    `db:"acknowledged_by"`
	Words          []byte    `db:"words"` // what was said of it last, sealed
}

func (n Notice) object() policy.Object {
	return policy.Object{Kind: "Amendment", ID: n.ID, Org: n.Org, Patient: n.Patient, Concerns: n.Person}
}

// settled reports whether nothing is left to do about a notice.
func (n Notice) settled() bool { return n.State == Acknowledged || n.State == Unreachable }

func noticePlace(id string) vault.Place {
	return vault.Place{Kind: "Amendment", Object: id, Version: "1", Field: "notice"}
}

// Ways in which somebody is told.
var ways = []string{"resent", "paper", "phone", "mail", "counter", "in-house"}
