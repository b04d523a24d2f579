package bundle

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/medward/medward/kit/sm"
)

// Outcomes of a verification by whoever received an export.
const (
	Match  = "match"
	Differ = "differ"
)

// Receipt is what the receiver of an export says of it.
type Receipt struct {
	V              int              `json:"v"`
	Export         string           `json:"export"`
	Run            int              `json:"run"`
	Digest         string           `json:"digest"` // SM3 of the manifest, hexadecimal
	Outcome        string           `json:"outcome"`
	Rows           map[string]int64 `json:"rows"`
	Found          int64            `json:"found"` // differences
	Differences    []Difference     `json:"differences"`
	At             time.Time        `json:"at"`
	Receiver       House            `json:"receiver"`
	Representative string           `json:"representative"` // who signs for the receiver: name and post
}

// shownInReceipt is how many differences a receipt names.
const shownInReceipt = 100

// Signed is a receipt as it travels.
type Signed struct {
	Receipt   []byte `json:"receipt"` // JSON, as it was signed
	Signature []byte `json:"signature"`
}

func receiptMessage(receipt []byte) []byte {
	return append([]byte("medward export receipt 1\n"), receipt...)
}

// Sign makes the receipt of a verification.
func (r Report) Sign(by House, representative string, at time.Time, key *sm.SigningKey) (Signed, error) {
	said := Receipt{
		V: 1, Export: r.Manifest.Export, Run: r.Manifest.Run, Digest: r.Digest, Outcome: Match, Rows: r.Rows, Found: r.Found,
		Differences: r.Differences[:min(len(r.Differences), shownInReceipt)], At: at.UTC(), Receiver: by, Representative: representative,
	}
	if !r.Matches() {
		said.Outcome = Differ
	}
	text, err := json.Marshal(said)
	if err != nil {
		return Signed{}, err
	}
	signature, err := key.Sign(receiptMessage(text))
	return Signed{text, signature}, err
}

// ErrReceipt is returned for what is no receipt of a receiver.
var ErrReceipt = errors.New("bundle: no receipt that the receiver signed")

// Read returns what a receipt says, if the key signer (hexadecimal) signed it.
func (s Signed) Read(signer string) (Receipt, error) {
	var said Receipt
	if !signedBy(signer, receiptMessage(s.Receipt), s.Signature) {
		return said, ErrReceipt
	}
	if err := json.Unmarshal(s.Receipt, &said); err != nil || said.V != 1 || said.Receiver.Signer != signer {
		return said, ErrReceipt
	}
	if (said.Outcome == Match) != (said.Found == 0) || said.Outcome != Match && said.Outcome != Differ {
		return said, ErrReceipt
	}
	return said, nil
}

// ReadReceipt reads what a receipt says without asking who signed it: for one that was
// verified when it was brought.
func ReadReceipt(text []byte) (Receipt, error) {
	var said Receipt
	err := json.Unmarshal(text, &said)
	return said, err
}
