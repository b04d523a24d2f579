package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/medward/medward/kit/sm"
)

// Names of what every export holds.
const (
	ManifestName  = "export.json"
	SignatureName = "export.sig"
)

// Manifest names everything in an export.
type Manifest struct {
	V       int       `json:"v"`
	Export  string    `json:"export"`
	Run     int       `json:"run"` // 1 holds everything; a later one what came or changed since
	House   House     `json:"house"`
	Made    time.Time `json:"made"`
	Sets    []Set     `json:"sets"`
	Schemas []File    `json:"schemas"`
	Codes   []File    `json:"codes"`
	Told    Told      `json:"told"`
}

// House is who made the export.
type House struct {
	Org    string `json:"org"`
	Name   string `json:"name"`
	Signer string `json:"signer"` // public SM2 key, 65 bytes, hexadecimal
}

// Told is what the receiver has to know of the records beyond their rows.
type Told struct {
	Sealed    int64 `json:"sealed"`    // documents under seal (封存), carried with their seal
	Sensitive int64 `json:"sensitive"` // documents of the levels 4 and 5, carried with their level
	Destroyed int64 `json:"destroyed"` // versions whose content was destroyed, carried without it
	Shared    int64 `json:"shared"`    // versions that have a form of WS/T 500 beside their content
}

// Set is one table.
type Set struct {
	Name  string   `json:"name"`
	About Text     `json:"about"`
	Key   []string `json:"key"` // columns by which rows are told apart and ordered
	Rows  int64    `json:"rows"`
	Files []File   `json:"files"`
}

// Text is said in both languages.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// File is one file of an export.
type File struct {
	Name   string `json:"name"` // path below the folder
	Form   string `json:"form,omitempty"`
	Rows   int64  `json:"rows,omitempty"`
	Bytes  int64  `json:"bytes"`
	SM3    string `json:"sm3"`
	SHA256 string `json:"sha256"`
}

// Measured describes a file by its content.
func Measured(name, form string, content []byte) File {
	three, two := sm.Sum(content), sha256.Sum256(content)
	return File{Name: name, Form: form, Bytes: int64(len(content)), SM3: hex.EncodeToString(three[:]), SHA256: hex.EncodeToString(two[:])}
}

// Encode writes a manifest as it is signed.
func (m Manifest) Encode() ([]byte, error) { return json.MarshalIndent(m, "", "  ") }

// Digest is the SM3 of a manifest as it lies in the export, hexadecimal: the name of
// exactly this export.
func Digest(manifest []byte) string {
	sum := sm.Sum(manifest)
	return hex.EncodeToString(sum[:])
}

// Signable is what the signature of a manifest covers.
func Signable(manifest []byte) []byte { return []byte("medward export 1\n" + Digest(manifest)) }

// And is what two parts of an export tell together.
func (t Told) And(o Told) Told {
	return Told{t.Sealed + o.Sealed, t.Sensitive + o.Sensitive, t.Destroyed + o.Destroyed, t.Shared + o.Shared}
}
