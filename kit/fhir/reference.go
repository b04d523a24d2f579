package fhir

import (
	"regexp"
	"strconv"
	"strings"
)

// ReferenceKind says how a reference names its target.
type ReferenceKind int

const (
	RefInvalid     ReferenceKind = iota // no form R4 knows
	RefUUID                             // urn:uuid:…
	RefOID                              // urn:oid:…
	RefRelative                         // Type/id or Type/id/_history/version
	RefAbsolute                         // scheme://…; Type and ID set when it ends in Type/id
	RefFragment                         // #id of a contained resource, # of the container
	RefConditional                      // Type?criteria, for a server to search
	RefLogical                          // an identifier only
)

func (k ReferenceKind) String() string {
	return [...]string{"invalid", "uuid", "oid", "relative", "absolute", "fragment", "conditional", "logical"}[k]
}

// Link is one reference found in a resource, or one parsed from text.
type Link struct {
	Kind    ReferenceKind
	Text    string // as written; empty for RefLogical
	Type    string // of the target, when the text tells it
	ID      string
	Version string
	Path    string // FHIRPath-like path of the Reference: Observation.performer[0]
	Start   int    // the quoted text is Raw[Start:End] of the entry; both 0 for RefLogical
	End     int
}

var (
	restful     = regexp.MustCompile(`^(?:(.*)/)?([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})(?:/_history/([A-Za-z0-9.-]{1,64}))?$`)
	conditional = regexp.MustCompile(`^([A-Z][A-Za-z]{1,63})\?\S+$`)
	fragment    = regexp.MustCompile(`^#[A-Za-z0-9.-]{0,64}$`)
	scheme      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	oidURN      = regexp.MustCompile(`^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$`)
)

const longestReference = 4096

// ParseReference classifies the text of a reference.
func ParseReference(text string) Link {
	l := Link{Text: text}
	switch {
	case text == "" || len(text) > longestReference || strings.ContainsAny(text, " \t\r\n"):
	case text[0] == '#':
		if fragment.MatchString(text) {
			l.Kind, l.ID = RefFragment, text[1:]
		}
	case strings.HasPrefix(text, "urn:uuid:"):
		if isUUID(text) {
			l.Kind = RefUUID
		}
	case strings.HasPrefix(text, "urn:oid:"):
		if oidURN.MatchString(text) {
			l.Kind = RefOID
		}
	case scheme.MatchString(text):
		l.Kind = RefAbsolute
		if m := restful.FindStringSubmatch(text); m != nil && IsResourceType(m[2]) {
			l.Type, l.ID, l.Version = m[2], m[3], m[4]
		}
	default:
		if m := conditional.FindStringSubmatch(text); m != nil && IsResourceType(m[1]) {
			l.Kind, l.Type = RefConditional, m[1]
		} else if m := restful.FindStringSubmatch(text); m != nil && m[1] == "" && IsResourceType(m[2]) {
			l.Kind, l.Type, l.ID, l.Version = RefRelative, m[2], m[3], m[4]
		}
	}
	return l
}

// isUUID reports urn:uuid: with a UUID in the usual grouping, in either case.
func isUUID(urn string) bool {
	uuid, ok := strings.CutPrefix(urn, "urn:uuid:")
	if !ok || len(uuid) != 36 {
		return false
	}
	for i := range len(uuid) {
		switch c := uuid[i]; i {
		case 8, 13, 18, 23:
			ok = ok && c == '-'
		default:
			ok = ok && (isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')
		}
	}
	return ok
}

// References lists every reference in the resource and what it contains, in
// the order written. A logical one is an object with an identifier and nothing
// but what a Reference may hold beside it.
func (e *Entry) References() []Link {
	if !e.resource.exists() {
		return nil
	}
	f := finder{base: e.resource.offset()}
	f.path.push(e.rootPath())
	f.find(e.resource)
	return f.links
}

type finder struct {
	base  int
	path  path
	links []Link
}

func (f *finder) find(v value) {
	switch v.kind() {
	case kindArray:
		for i, element := range v.elements() {
			f.path.pushIndex(i)
			f.find(element)
			f.path.pop()
		}
	case kindObject:
		if l, ok := f.link(v); ok {
			l.Path = f.path.String()
			f.links = append(f.links, l)
		}
		for name, content := range v.members() {
			if k := content.kind(); k != kindObject && k != kindArray {
				continue
			}
			f.path.pushName(name)
			f.find(content)
			f.path.pop()
		}
	}
}

func (f *finder) link(v value) (Link, bool) {
	logical, bare := false, true
	for name, content := range v.members() {
		switch {
		case name.is("reference"):
			if content.kind() == kindString {
				l := ParseReference(content.text())
				n := content.node()
				l.Start, l.End = int(n.start)-f.base, int(n.end)-f.base
				return l, true
			}
			bare = false
		case name.is("identifier"):
			logical = content.kind() == kindObject
		case !name.is("type") && !name.is("display") && !name.is("id") && !name.is("extension"):
			bare = false
		}
	}
	return Link{Kind: RefLogical}, logical && bare
}

// path is where a walk stands, written out only when a text is asked for.
type path struct {
	parts []part
}

type part struct {
	text  string
	name  value
	index int
}

func (p *path) push(text string)    { p.parts = append(p.parts, part{text: text}) }
func (p *path) pushName(name value) { p.parts = append(p.parts, part{name: name}) }
func (p *path) pushIndex(index int) { p.parts = append(p.parts, part{index: index}) }
func (p *path) pop()                { p.parts = p.parts[:len(p.parts)-1] }

func (p *path) String() string {
	var b strings.Builder
	for _, part := range p.parts {
		text := part.text
		if part.name.exists() {
			text = pathName(part.name.text())
		}
		if text == "" {
			b.WriteString("[" + strconv.Itoa(part.index) + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(text)
	}
	return b.String()
}
