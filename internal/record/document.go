package record

import (
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// State is where a document stands.
type State string

// The states of a document.
const (
	Filed    State = "filed"    // written, not yet signed
	Signed   State = "signed"   // its newest version bears a signature
	Archived State = "archived" // locked and complete
)

// Document is one document about a patient. Its content is in its versions.
type Document struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Patient     string    `db:"patient"`
	Encounter   string    `db:"encounter"`
	Kind        string    `db:"kind"` // code of WS/T 500 (C0034 …) or of the source
	Title       string    `db:"title"`
	Department  string    `db:"department"`
	Author      string    `db:"author"` // person
	Sensitivity int       `db:"sensitivity"`
	State       State     `db:"state"`
	Seal        string    `db:"seal"` // "", dispute or attention
	Version     int       `db:"version"`
	At          time.Time `db:"at"`     // when what it tells took place
	Source      string    `db:"source"` // the feed that made it, or ""
	CreatedAt   time.Time `db:"created_at"`
	UpdatedAt   time.Time `db:"updated_at"`
}

// Version is one state of a document's content. It never changes.
type Version struct {
	Org      string    `db:"org,key"`
	Document string    `db:"document,key"`
	Number   int       `db:"number,key"`
	Author   string    `db:"author"`
	At       time.Time `db:"at"`
	Sealed   []byte    `db:"sealed"` // Content
	Digest   []byte    `db:"digest"` // SM3 of the canonical content
	Reason   []byte    `db:"reason"` // why it was amended, sealed; none for the first
	Source   string    `db:"source"`
}

// Signature is a person's signature on one version.
type Signature struct {
	Org      string    `db:"org,key"`
	Document string    `db:"document,key"`
	Number   int       `db:"number,key"`
	Person   string    `db:"person,key"`
	Role     string    `db:"role"` // author or countersign
	Key      string    `db:"signing_key"`
	Value    []byte    `db:"value"` // SM2, ASN.1, over the text that Signable returns
	At       time.Time `db:"at"`
}

// Section is one headed part of a document.
type Section struct {
	Key   string `json:"key" maxLength:"60" example:"chief-complaint"`
	Title string `json:"title" maxLength:"100" example:"主诉"`
	Text  string `json:"text" maxLength:"100000"`
}

// Content is what a version says.
type Content struct {
	Sections []Section `json:"sections"`
}

// Limits of a document.
const (
	maxSections = 100
	maxTitle    = 200     // characters
	maxContent  = 1 << 20 // bytes
)

func (c Content) check() error {
	e := errInvalid.With()
	if len(c.Sections) == 0 || len(c.Sections) > maxSections {
		e = e.At("sections", text("应有 1 至 100 个段落", "1 to 100 sections are needed"))
	}
	written := false
	for i, s := range c.Sections {
		written = written || strings.TrimSpace(s.Text) != ""
		for _, part := range [][2]string{{"key", s.Key}, {"title", s.Title}, {"text", s.Text}} {
			if !legible(part[1]) {
				e = e.At("sections["+strconv.Itoa(i)+"]."+part[0], text("含有无法识别的字符", "holds characters that are not text"))
			}
		}
	}
	if len(c.Sections) > 0 && !written {
		e = e.At("sections", text("请至少填写一个段落", "write at least one section"))
	}
	if c.size() > maxContent {
		e = e.At("sections", text("全文不得超过 1 MiB", "the whole text has at most 1 MiB"))
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// size is the length of all that a content says, in bytes.
func (c Content) size() int {
	size := 0
	for _, s := range c.Sections {
		size += len(s.Key) + len(s.Title) + len(s.Text)
	}
	return size
}

// legible reports whether a value is text, which is read back as it was written.
func legible(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// canonical is the content as it is digested and signed: JSON with the fields in
// their fixed order.
func (c Content) canonical() ([]byte, error) { return json.Marshal(c) }

// Digest is the SM3 digest of the canonical content.
func (c Content) Digest() ([]byte, error) {
	plain, err := c.canonical()
	if err != nil {
		return nil, err
	}
	sum := sm.Sum(plain)
	return sum[:], nil
}

// Signable is the text that a signature of a version covers: what, which
// version, whose, and the digest of the content.
func Signable(d Document, v Version) []byte {
	return []byte(strings.Join([]string{
		"medward signature 1", d.Org, d.Patient, d.ID, strconv.Itoa(v.Number), v.Author, strconv.FormatInt(v.At.UnixMicro(), 10), hex.EncodeToString(v.Digest),
	}, "\n"))
}

func place(document string, version int, field string) vault.Place {
	return vault.Place{Kind: "Document", Object: document, Version: strconv.Itoa(version), Field: field}
}

// object is a document as policy sees it.
func (d Document) object(discharged bool) policy.Object {
	return policy.Object{
		Kind: "Document", ID: d.ID, Org: d.Org, Patient: d.Patient, Department: d.Department, Sensitivity: d.Sensitivity, Author: d.Author,
		CreatedBy: d.Source, Signed: d.State != Filed, Archived: d.State == Archived, Discharged: discharged, Sealed: d.Seal != "", SealKind: d.Seal, Encounter: d.Encounter, Form: d.Kind,
	}
}
