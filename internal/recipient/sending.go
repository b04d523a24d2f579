package recipient

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Parties to whom something is sent.
const (
	Registered = "register" // of the register of recipients
	ByCase     = "case"     // named and checked by an approved case of room sharing
)

// Sending is one time that data left for a recipient (B-088). It never changes.
type Sending struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Recipient string    `db:"recipient"` // id in the register, or of the case
	Party     string    `db:"party"`
	Sequence  int       `db:"sequence"` // from 1, without a gap for each recipient
	Sender    string    `db:"sender"`   // person, or kind of machine
	Channel   string    `db:"channel"`
	Shape     string    `db:"shape"`
	Purpose   string    `db:"purpose"`
	Basis     string    `db:"basis"`
	Items     []byte    `db:"items"`      // [Item]s, sealed
	SealedFor string    `db:"sealed_for"` // whose key: the patient, or the sending itself
	Count     int       `db:"count"`
	Bytes     int64     `db:"bytes"`
	Digest    []byte    `db:"digest"` // SM3 of what was sent
	Sent      time.Time `db:"sent"`
	ReceiptBy time.Time `db:"receipt_by"` // none is awaited when zero
}

// about tells that a sending is about a patient.
type about struct {
	Org     string `db:"org,key"`
	Patient string `db:"patient,key"`
	Sending string `db:"sending,key"`
}

// Item is one thing that was sent.
type Item struct {
	Kind    string `json:"kind" maxLength:"40" doc:"such as Document"`
	ID      string `json:"id" maxLength:"64"`
	Patient string `json:"patient,omitempty" maxLength:"40"`
	Version int    `json:"version,omitempty"`
	Digest  string `json:"digest,omitempty" maxLength:"64" doc:"SM3 of its content, hexadecimal"`
}

// Outcomes of a receipt.
const (
	Matched   = "matched"
	Late      = "late"      // the same content, after its time
	Altered   = "altered"   // another digest than what was sent
	Duplicate = "duplicate" // a receipt had come before
	Absent    = "absent"    // none came in time; written by the house
)

// Receipt is what a recipient says of what arrived. It never changes.
type Receipt struct {
	Org      string    `db:"org,key"`
	Sending  string    `db:"sending,key"`
	Number   int       `db:"number,key"`
	Outcome  string    `db:"outcome"`
	Digest   []byte    `db:"digest"`   // SM3 of what arrived
	Evidence []byte    `db:"evidence"` // SM3 of the paper or message that says so
	At       time.Time `db:"at"`
	By       string    `db:"by_person"`
}

// judge says what a receipt comes to beside those before it.
func (s Sending) judge(before []Receipt, digest []byte, at time.Time) string {
	came := slices.ContainsFunc(before, func(r Receipt) bool { return r.Outcome == Matched || r.Outcome == Late })
	switch {
	case !bytes.Equal(digest, s.Digest):
		return Altered
	case came:
		return Duplicate
	case !s.ReceiptBy.IsZero() && at.After(s.ReceiptBy):
		return Late
	}
	return Matched
}

// Leaving is what is about to be sent.
type Leaving struct {
	Recipient string
	Party     string
	Channel   string
	Shape     string
	Basis     string // the recipient's own when empty
	Items     []Item
	Bytes     int64
	Digest    []byte // SM3 of what is sent
	// ReceiptHours is within which a receipt must come where no register says; 0: none.
	ReceiptHours int
}

const (
	maxItems = 1000
	maxBytes = 1 << 40
)

func (in Leaving) check() error {
	e := errInput.With()
	e.MustName("recipient", in.Recipient, 40)
	e.MustName("channel", in.Channel, maxName)
	e.MaySay("basis", in.Basis, maxWords)
	if !known(shapes, in.Shape) {
		e.At("shape", fault.Text{ZH: "请从列表中选择数据种类", EN: "choose the kind of data from the list"})
	}
	if len(in.Items) == 0 || len(in.Items) > maxItems {
		e.At("items", fault.Text{ZH: "一次 1 至 1000 项，更多请分批", EN: "1 to 1000 items at a time; send more in parts"})
	}
	for i, item := range in.Items {
		e.MustName("items["+strconv.Itoa(i)+"].kind", item.Kind, 40)
		e.MustName("items["+strconv.Itoa(i)+"].id", item.ID, 64)
	}
	if len(in.Digest) != sm.DigestSize {
		e.At("digest", fault.Text{ZH: "请提供所发内容的 SM3 摘要（64 位十六进制）", EN: "give the SM3 digest of what is sent: 64 hexadecimal digits"})
	}
	if in.Bytes < 0 || in.Bytes > maxBytes {
		e.At("bytes", fault.Text{ZH: "字节数应为 0 至 1 TiB", EN: "a size is 0 to 1 TiB, in bytes"})
	}
	return e.OrNil()
}

// patients are those whom a sending is about, sorted.
func (in Leaving) patients() []string {
	var all []string
	for _, item := range in.Items {
		if item.Patient != "" {
			all = append(all, item.Patient)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func itemsPlace(sending string) vault.Place {
	return vault.Place{Kind: "Sending", Object: sending, Version: "1", Field: "items"}
}

// channelName keeps what names a channel to one line.
func channelName(text string) string { return strings.TrimSpace(text) }
