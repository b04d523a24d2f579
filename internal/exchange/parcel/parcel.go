package parcel

import (
	"encoding/hex"
	"errors"
	"time"

	"github.com/medward/medward/kit/sm"
)

// What can be wrong with a package.
var (
	ErrForm     = errors.New("parcel: not a package")
	ErrPartial  = errors.New("parcel: the package is cut short")
	ErrAltered  = errors.New("parcel: the package was altered after it was signed")
	ErrTooLarge = errors.New("parcel: the package is over its limits")
	ErrKey      = errors.New("parcel: the package is sealed for another key")
	ErrContents = errors.New("parcel: the package does not hold what its manifest names")
)

// magic is how every package begins.
const magic = "medward package 1\n"

// Party is a house that sends or receives.
type Party struct {
	Org  string `json:"org"`
	Name string `json:"name"`
	Key  string `json:"key"` // public SM2 key, 65 bytes, hexadecimal: of the sender to verify, of the recipient to seal
}

// PublicKey reads the key of a party.
func (p Party) PublicKey() (*sm.PublicKey, error) {
	raw, err := hex.DecodeString(p.Key)
	if err != nil {
		return nil, err
	}
	return sm.ParsePublicKey(raw)
}

// Fingerprint is the SM3 of the key, hexadecimal: what two people compare.
func (p Party) Fingerprint() string {
	raw, err := hex.DecodeString(p.Key)
	if err != nil {
		return ""
	}
	sum := sm.Sum(raw)
	return hex.EncodeToString(sum[:])
}

// Header is what anybody can read of a package.
type Header struct {
	ID       string    `json:"id"`
	From     Party     `json:"from"`
	To       Party     `json:"to"`
	Sequence int       `json:"sequence"` // from 1, without a gap, of what the one sends the other
	Sent     time.Time `json:"sent"`
	Shape    string    `json:"shape"`
	Purpose  string    `json:"purpose"`
	Basis    string    `json:"basis"`
	Wrapped  []byte    `json:"wrapped"` // the secret of the content, for the key of To
}

// Item is one thing in a package.
type Item struct {
	Name    string `json:"name"`           // plain path below the root: documents/1.xml
	Form    string `json:"form"`           // media type
	Kind    string `json:"kind,omitempty"` // such as Document
	ID      string `json:"id,omitempty"`   // at the sender
	Patient string `json:"patient,omitempty"`
	Version int    `json:"version,omitempty"`
	Rows    int    `json:"rows,omitempty"` // of a table or a list
	Bytes   int64  `json:"bytes"`
	SM3     string `json:"sm3"`
	SHA256  string `json:"sha256"`
}

// Manifest names everything in a package. It is its last file, manifest.json.
type Manifest struct {
	V     int    `json:"v"`
	Items []Item `json:"items"`
}

const manifestName = "manifest.json"

// Limits bound what is read of a package.
type Limits struct {
	Bytes int64 // of the whole file
	Items int
	Item  int64 // bytes of one item
}

// Sums are the digests of a whole file.
type Sums struct {
	Bytes  int64
	SM3    []byte
	SHA256 []byte
}

// maxHeader bounds the head of a package, in bytes.
const maxHeader = 16 << 10

// signed is what the signature of a package covers: the digest of all before it.
func signed(before []byte) []byte {
	return []byte(magic + hex.EncodeToString(before))
}

const use = "exchange package"
