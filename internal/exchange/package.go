package exchange

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Package is one that this house has sent, or is about to (B-079).
type Package struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Partner  string    `db:"partner"`
	Sequence int       `db:"sequence"` // from 1, without a gap for each partner
	Patient  string    `db:"patient"`
	Sending  string    `db:"sending"` // in the outward register
	Blob     string    `db:"blob"`    // the whole package
	Bytes    int64     `db:"bytes"`
	Digest   []byte    `db:"digest"`       // SM3 of the whole package
	SHA256   []byte    `db:"sha256"`       // as browsers compute it
	Count    int       `db:"count"`        // of documents
	Origins  []string  `db:"origins,json"` // partners from which some of it came, who permit that it goes on
	State    string    `db:"state"`
	Tries    int       `db:"tries"`
	Sender   string    `db:"sender"`
	Purpose  string    `db:"purpose"`
	Sent     time.Time `db:"sent"`
	Settled  time.Time `db:"settled"`
}

// States of a package that was sent.
const (
	Waiting  = "waiting"  // for its receipt
	Arrived  = "received" // whole, says the signed receipt
	Declined = "declined" // whole, but not taken: what it holds is incomplete or unsafe
	Failed   = "failed"   // not received, after all tries
)

func (p Package) object() policy.Object {
	return policy.Object{Kind: "Exchange", ID: p.ID, Org: p.Org, Patient: p.Patient, Author: p.Sender, Concerns: p.Sender}
}

func blobPlace(pack string) vault.Place {
	return vault.Place{Kind: "Package", Object: pack, Version: "1", Field: "file"}
}

// Try is one time that a package was carried to its recipient. It never changes.
type Try struct {
	Org     string    `db:"org,key"`
	Package string    `db:"package,key"`
	Number  int       `db:"number,key"`
	At      time.Time `db:"at"`
	Outcome string    `db:"outcome"` // of the receipt, or the code of what failed
	Digest  []byte    `db:"digest"`  // SM3 of what arrived, as the receipt says
	Receipt []byte    `db:"receipt"` // as it was signed; none where none came
}

// Outcomes of what arrived.
const (
	Received   = "received"
	Repeated   = "duplicate"    // the same was received before
	Reused     = "replayed"     // another came under the same number before
	OutOfOrder = "out-of-order" // one before it is missing
	Altered    = "altered"
	Partial    = "partial"
	Foreign    = "foreign"    // signed by, or sealed for, somebody else
	Unreadable = "unreadable" // no package, or over its limits
	Incomplete = "incomplete" // documents that lack what they must hold
	Unsafe     = "unsafe"     // content that could run
)

// final are the outcomes after which the same package is not sent again.
var final = []string{Received, Repeated, Incomplete, Unsafe}

// Arrival is one time that something arrived from a partner. It never changes.
type Arrival struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Partner  string    `db:"partner"`
	Source   string    `db:"source"`
	Package  string    `db:"package"`  // id that the sender gave it; empty where it cannot be read
	Sequence int       `db:"sequence"` // 0 where it cannot be read
	Outcome  string    `db:"outcome"`
	Findings []Finding `db:"findings,json"`
	Digest   []byte    `db:"digest"` // SM3 of what arrived
	Bytes    int64     `db:"bytes"`
	Items    int       `db:"items"`
	Batch    string    `db:"batch"` // of the import by which it was taken
	Taken    int       `db:"taken"` // documents
	Aside    int       `db:"aside"` // documents that the import quarantined
	Blob     string    `db:"blob"`  // the whole of it, where it was kept apart
	At       time.Time `db:"at"`
}

func (a Arrival) apart() bool { return a.Outcome != Received && a.Outcome != Repeated }

// Receipt is what a house says of what arrived. It is signed as it stands.
type Receipt struct {
	V        int       `json:"v"`
	Package  string    `json:"package,omitempty"`
	Sequence int       `json:"sequence,omitempty"`
	Outcome  string    `json:"outcome"`
	Digest   []byte    `json:"digest"`             // SM3 of what arrived
	Expected int       `json:"expected,omitempty"` // the number that should have come
	Taken    int       `json:"taken,omitempty"`
	Aside    int       `json:"aside,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
	At       time.Time `json:"at"`
}

// SignedReceipt is a receipt as it travels.
type SignedReceipt struct {
	Receipt   []byte `json:"receipt" doc:"JSON, as it was signed"`
	Signature []byte `json:"signature" doc:"SM2 by the key of the receiving house"`
}

const receiptForm = "medward receipt 1\n"

func signedReceipt(text []byte) []byte { return append([]byte(receiptForm), text...) }

// verify reads a receipt that a card's key has signed, for a package.
func (s SignedReceipt) verify(by Card, p Package) (Receipt, bool) {
	key, err := by.sender().PublicKey()
	if err != nil || !key.Verify(signedReceipt(s.Receipt), s.Signature) {
		return Receipt{}, false
	}
	var r Receipt
	if err := json.Unmarshal(s.Receipt, &r); err != nil || r.V != 1 || len(r.Digest) != sm.DigestSize {
		return r, false
	}
	ofThis := r.Package == p.ID && r.Sequence == p.Sequence
	ofBroken := slices.Contains([]string{Altered, Partial, Unreadable, Foreign}, r.Outcome)
	return r, ofThis || ofBroken
}

// limits bound what arrives.
var limits = parcel.Limits{Bytes: MaxPackage, Items: maxDocuments, Item: 8 << 20}

const (
	// MaxPackage is how many bytes a package may have that is carried by HTTP.
	MaxPackage   = 32 << 20
	maxDocuments = 200
)
