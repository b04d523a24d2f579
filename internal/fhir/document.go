package fhir

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// DocumentReference is R4's DocumentReference.
type DocumentReference struct {
	Base
	Identifier    []Identifier      `json:"identifier,omitempty"`
	Status        string            `json:"status,omitempty"`
	DocStatus     string            `json:"docStatus,omitempty"`
	Type          *Concept          `json:"type,omitempty"`
	Subject       *Reference        `json:"subject,omitempty"`
	Date          string            `json:"date,omitempty"`
	Author        []Reference       `json:"author,omitempty"`
	Custodian     *Reference        `json:"custodian,omitempty"`
	SecurityLabel []Concept         `json:"securityLabel,omitempty"`
	Content       []DocumentContent `json:"content,omitempty"`
	Context       *DocumentContext  `json:"context,omitempty"`
}

// DocumentContent is where the text of a document lies.
type DocumentContent struct {
	Attachment Attachment `json:"attachment"`
}

// Attachment is a file that is to be had at an address.
type Attachment struct {
	ContentType string `json:"contentType,omitempty"`
	URL         string `json:"url,omitempty"`
	Title       string `json:"title,omitempty"`
	Creation    string `json:"creation,omitempty"`
}

// DocumentContext is what a document is about.
type DocumentContext struct {
	Encounter []Reference `json:"encounter,omitempty"`
	Period    *Period     `json:"period,omitempty"`
}

// Binary is R4's Binary: what a version of a document says.
type Binary struct {
	Base
	ContentType     string     `json:"contentType,omitempty"`
	SecurityContext *Reference `json:"securityContext,omitempty"`
	Data            []byte     `json:"data,omitempty"`
}

const plainText = "text/plain; charset=utf-8"

// nationalKind is the form of the codes of WS/T 500.
var nationalKind = regexp.MustCompile(`^C\d{4}$`)

func documentKind(code, title string) *Concept {
	system := ours + "document-kind"
	if nationalKind.MatchString(code) {
		system = "urn:oid:2.16.156.10011.2.4"
	}
	return &Concept{Coding: []Coding{{System: system, Code: code}}, Text: title}
}

// made is who made a version of a document, and when.
type made struct {
	number int
	author string
	at     time.Time
	signed bool
}

func newest(d record.Document) made {
	return made{d.Version, d.Author, d.UpdatedAt, d.State != record.Filed}
}

func documentOf(d record.Document, v made, names map[string]staff.Name) *DocumentReference {
	number := strconv.Itoa(v.number)
	r := &DocumentReference{
		Base: Base{"DocumentReference", d.ID, updated(v.at).sensed(d.Sensitivity).from(d.Source)}, Identifier: []Identifier{{System: ours + "document", Value: d.ID}},
		Status: "current", DocStatus: "preliminary", Type: documentKind(d.Kind, d.Title), Subject: to("Patient", d.Patient), Date: instant(v.at), Custodian: to("Organization", d.Department),
		Content: []DocumentContent{{Attachment{ContentType: plainText, URL: "Binary/" + versioned(d.ID, v.number), Title: d.Title, Creation: instant(v.at)}}},
		Context: &DocumentContext{Period: &Period{Start: instant(d.At)}},
	}
	r.Meta.VersionID = number
	if v.number < d.Version {
		r.Status = "superseded"
	}
	if v.signed {
		r.DocStatus = "final"
		if v.number > 1 {
			r.DocStatus = "amended"
		}
	}
	if by := practitioner(v.author, names); by != nil {
		r.Author = []Reference{*by}
	}
	if d.Seal != "" {
		r.SecurityLabel = []Concept{*concept(ours+"seal", d.Seal)}
	}
	if d.Encounter != "" {
		r.Context.Encounter = []Reference{*to("Encounter", d.Encounter)}
	}
	return r
}

// history is every version of a document, the newest first.
func history(v *record.View) []Resource {
	all := make([]Resource, len(v.Versions))
	for i, line := range v.Versions {
		all[i] = documentOf(v.Document, made{line.Number, line.Author, line.At, line.Signed}, v.People)
	}
	return all
}

func binaryOf(v *record.View) *Binary {
	b := &Binary{
		Base: Base{"Binary", versioned(v.ID, v.Shown.Number), updated(v.Shown.At).sensed(v.Sensitivity)}, ContentType: plainText,
		SecurityContext: to("Patient", v.Patient), Data: []byte(asText(v)),
	}
	b.Meta.VersionID = strconv.Itoa(v.Shown.Number)
	return b
}

// asText is a version as it is read: the title, and each section under its own.
func asText(v *record.View) string {
	var s strings.Builder
	s.WriteString(v.Title + "\n")
	for _, part := range v.Content.Sections {
		s.WriteString("\n")
		if part.Title != "" {
			s.WriteString(part.Title + "\n")
		}
		s.WriteString(part.Text + "\n")
	}
	return s.String()
}

// versioned is the id of something that belongs to one version of a document.
func versioned(document string, number int) string { return document + "-" + strconv.Itoa(number) }

// versionIn reads such an id; an id without a version is of the newest, 0.
func versionIn(id string) (document string, number int) {
	document, version, some := strings.Cut(id, "-")
	if !some {
		return document, 0
	}
	number, err := strconv.Atoi(version)
	if err != nil || number < 1 {
		return id, 0
	}
	return document, number
}
