package output

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
	"github.com/medward/medward/kit/mark"
	"github.com/medward/medward/kit/sm"
)

// Kinds of issue.
const (
	Printed  = "print"
	Exported = "export"
	Copied   = "copy" // of text to the clipboard
	Attached = "attachment"
)

// Sheet is one version of a document on a copy.
type Sheet struct {
	Document string `json:"document"`
	Version  int    `json:"version"`
	Kind     string `json:"kind"`
	Digest   string `json:"digest" doc:"SM3 of the canonical content, hexadecimal"`
}

// Issue is one time that something left the screen. It never changes, and its row is
// keyed. The code that the copy bears is not kept: it is made again of the row.
type Issue struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Serial    string    `db:"serial"`
	Kind      string    `db:"kind"`
	Profile   string    `db:"profile"`
	Patient   string    `db:"patient"`
	Documents []Sheet   `db:"documents,json"`
	List      string    `db:"list"` // of an export
	Copies    int       `db:"copies"`
	Lines     int       `db:"lines"`
	Patients  int       `db:"patients"`
	Purpose   string    `db:"purpose"`
	Recipient []byte    `db:"recipient"` // sealed
	Addressed string    `db:"addressed"` // blind index of the recipient
	Case      string    `db:"case_no"`
	Person    string    `db:"person"`
	Session   string    `db:"session"`
	Terminal  string    `db:"terminal"`
	At        time.Time `db:"at"`
	Digest    []byte    `db:"digest"` // SM3 of the content
	File      []byte    `db:"file"`   // SM3 of the bytes that were handed out
	Code      []byte    `db:"code"`   // SM3 of the code, by which it is found
	MAC       []byte    `db:"mac"`
}

// claim is what the mark of an issue vouches for.
func (i Issue) claim() mark.Claim {
	return mark.Claim{Issue: i.ID, Serial: i.Serial, Person: i.Person, Purpose: i.Purpose, Recipient: i.Addressed, At: i.At, Digest: i.Digest}
}

func (i Issue) object() policy.Object {
	return policy.Object{Kind: "Output", ID: i.ID, Org: i.Org, Patient: i.Patient, Author: i.Person, Concerns: i.Person}
}

// serialOf is a number that can be read out: the day, and the end of the id.
func serialOf(issue string, at time.Time) string {
	return at.In(calendar.Zone).Format("20060102") + "-" + issue[len(issue)-7:]
}

// contentDigest is the digest of documents: one line for each, in their order.
func contentDigest(sheets []Sheet) []byte {
	var text bytes.Buffer
	for _, s := range sheets {
		text.WriteString(strings.Join([]string{s.Document, strconv.Itoa(s.Version), s.Digest}, " "))
		text.WriteByte('\n')
	}
	sum := sm.Sum(text.Bytes())
	return sum[:]
}

func codeDigest(code mark.Code) []byte {
	sum := sm.Sum([]byte(code))
	return sum[:]
}
