package fhir

import (
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Entry is one resource of an input, as it was sent.
type Entry struct {
	Index   int // place in Input.Entries; for a contained resource, of its parent
	FullURL string
	Type    string // resourceType; empty when the entry holds no resource
	ID      string // the sender's id: not an identity
	Version string // meta.versionId
	Request *Request
	Raw     []byte // the resource, exactly as sent; nil when there is none
	Frame   []byte // the Bundle entry around it; nil outside a Bundle

	input              *Input
	parent             *Entry
	contained          []*Entry
	containedByID      map[string]*Entry
	place              int  // among the contained resources of parent
	hollow             bool // the Bundle entry has no resource
	resource           value
	spanStart, spanEnd int
}

// Request is what a transaction, batch or history says was or is to be done.
type Request struct {
	Method          string // GET, HEAD, POST, PUT, DELETE, PATCH
	URL             string `fhir:"url"`
	IfNoneExist     string
	IfMatch         string
	IfNoneMatch     string
	IfModifiedSince string
}

// Key names the entry within its input: its fullUrl, else Type/id, else its
// place as "#n". It is not an identity across inputs.
func (e *Entry) Key() string {
	switch {
	case e.FullURL != "":
		return e.FullURL
	case e.Type != "" && e.ID != "":
		return e.Type + "/" + e.ID
	}
	return "#" + strconv.Itoa(e.Index)
}

// Digest is the SM3 digest (GB/T 32905) of Raw.
func (e *Entry) Digest() [sm3.Size]byte { return sm3.Sum(e.Raw) }

// Parent is the entry this resource is contained in, or nil.
func (e *Entry) Parent() *Entry { return e.parent }

// Contained lists the resources contained in this one.
func (e *Entry) Contained() []*Entry { return e.contained }

func (e *Entry) holds(resource value) {
	e.resource = resource
	e.Raw = resource.raw()
	e.Type = resource.memberText("resourceType")
	e.ID = resource.memberText("id")
	if meta, ok := resource.member("meta"); ok {
		e.Version = meta.memberText("versionId")
	}
	if e.Frame == nil {
		n := resource.node()
		e.spanStart, e.spanEnd = int(n.start), int(n.end)
	}
	if e.parent != nil {
		return
	}
	list, ok := resource.member("contained")
	if !ok || list.kind() != kindArray {
		return
	}
	e.containedByID = make(map[string]*Entry)
	for i, inner := range list.elements() {
		if inner.kind() != kindObject {
			continue
		}
		c := &Entry{Index: e.Index, input: e.input, parent: e, place: i}
		c.holds(inner)
		e.contained = append(e.contained, c)
		if _, taken := e.containedByID[c.ID]; !taken {
			e.containedByID[c.ID] = c
		}
	}
}

// relative turns a path from the root of the input into one from the resource.
func (e *Entry) relative(path string) string {
	frame := ""
	if e.Frame != nil {
		frame = "entry[" + strconv.Itoa(e.Index) + "].resource"
	}
	inside, ok := strings.CutPrefix(path, frame)
	if !ok {
		return "Bundle." + path
	}
	if inside = strings.TrimPrefix(inside, "."); inside == "" {
		return e.rootName()
	}
	return e.rootName() + "." + inside
}

func (e *Entry) rootName() string {
	if e.Type == "" {
		return "Resource"
	}
	return pathName(e.Type)
}

func (e *Entry) rootPath() string {
	if e.parent == nil {
		return e.rootName()
	}
	return e.parent.rootName() + ".contained[" + strconv.Itoa(e.place) + "]"
}

const longestPathName = 64

// pathName makes a member name of the input safe to show: names of R4 pass as
// they are, anything else is shortened and stripped of what is not a name.
func pathName(name string) string {
	clean := true
	for i := range len(name) {
		clean = clean && isNameByte(name[i])
	}
	if clean && len(name) <= longestPathName {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name) && b.Len() < longestPathName; i++ {
		if isNameByte(name[i]) {
			b.WriteByte(name[i])
		} else {
			b.WriteByte('?')
		}
	}
	return b.String()
}

func isNameByte(c byte) bool {
	return c == '_' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
