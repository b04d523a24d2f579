package fhir

import (
	"slices"
	"strconv"
	"strings"
)

// Check holds an entry against R4: required elements, cardinality, datatypes
// and their formats, required code sets, targets of references and the
// constraints that bear on acceptance, for the modelled kinds and what they
// contain. For other kinds it checks the resourceType and the ids only.
//
// An element R4 does not know is a warning: its bytes are kept, its meaning is
// not understood. A modifierExtension or implicitRules is an error, because R4
// forbids to process what one of them may have changed the meaning of.
// Duplicate names and broken Unicode are told by [Open].
func Check(e *Entry) []Problem {
	if !e.resource.exists() {
		return nil
	}
	c := &checker{entry: e, problems: &problemList{limit: e.input.limits.Problems}}
	c.path.push(e.rootPath())
	c.resource(e)
	return c.problems.items
}

type checker struct {
	entry    *Entry
	problems *problemList
	path     path
}

func (c *checker) fault(s Severity, code Code, at value, args ...any) {
	if c.problems.full() {
		return
	}
	where := place{entry: c.entry.Index, path: c.path.String(), offset: at.offset()}
	c.problems.add(problem(s, code, where, args...))
}

// below reports a fault of a member that is, or should be, in an object.
func (c *checker) below(name string, s Severity, code Code, at value, args ...any) {
	c.path.push(name)
	c.fault(s, code, at, args...)
	c.path.pop()
}

func (c *checker) resource(e *Entry) {
	v := e.resource
	if !IsResourceType(e.Type) {
		c.fault(Error, CodeKindUnknown, v)
	}
	if shape := r4().kinds[e.Type]; shape != nil {
		c.object(v, shape, true)
	} else if id, ok := v.member("id"); ok {
		c.path.push("id")
		c.primitive(id, "id")
		c.path.pop()
	}
	c.containedIn(e)
}

func (c *checker) containedIn(e *Entry) {
	list, ok := e.resource.member("contained")
	if !ok {
		return
	}
	if e.parent != nil {
		c.below("contained", Error, CodeContainedNested, list)
		return
	}
	if list.kind() != kindArray {
		c.below("contained", Error, CodeMustBeArray, list, "contained")
		return
	}
	ids := make(map[string]bool)
	c.path.push("contained")
	for i, inner := range list.elements() {
		c.path.pushIndex(i)
		if inner.kind() != kindObject {
			c.fault(Error, CodeType, inner, "object")
		} else if id := inner.memberText("id"); id == "" || ids[id] {
			c.fault(Error, CodeContainedID, inner)
		} else {
			ids[id] = true
		}
		c.path.pop()
	}
	c.path.pop()
	for _, inner := range e.contained {
		outer := c.path
		c.path = path{}
		c.path.push(inner.rootPath())
		c.entry = inner
		c.resource(inner)
		c.entry, c.path = e, outer
	}
}

// presence is which elements of one object are there: a bit for each element of
// the shape, and the names under which choice elements were given.
type presence struct {
	elements uint64
	choices  []chosen
}

type chosen struct {
	element *element
	name    string
}

// chooses notes a choice element's name and reports another name before it.
func (p *presence) chooses(e *element, name string) (twice bool) {
	for _, c := range p.choices {
		if c.element == e && c.name == name {
			return false
		}
		twice = twice || c.element == e
	}
	p.choices = append(p.choices, chosen{e, name})
	return twice
}

func (c *checker) object(v value, s *shape, resource bool) {
	if v.kind() != kindObject {
		c.fault(Error, CodeType, v, "object")
		return
	}
	if v.empty() {
		c.fault(Error, CodeEmptyElement, v)
		return
	}
	var present presence
	for name, content := range v.members() {
		key := string(name.inner())
		if name.node().flags&flagEscaped != 0 {
			key = name.text()
		}
		if resource && key == "resourceType" {
			continue
		}
		c.path.pushName(name)
		c.member(v, s, key, content, &present)
		c.path.pop()
	}
	for _, e := range s.elements {
		if e.least > 0 && present.elements&(1<<e.place) == 0 {
			c.below(e.name, Error, CodeRequired, v, e.name)
		}
	}
	for _, rule := range rulesOf[s.name] {
		rule(c, v)
	}
}

func (c *checker) member(object value, s *shape, key string, content value, present *presence) {
	name, extends := strings.CutPrefix(key, "_")
	m, known := s.members[name]
	if !known {
		c.unknown(s, name, content)
		return
	}
	if m.element.choice && present.chooses(m.element, name) {
		c.fault(Error, CodeChoiceTwice, content, m.element.name+"[x]")
	}
	present.elements |= 1 << m.element.place
	if extends {
		if !primitives[m.use.name] {
			c.fault(Error, CodeExtends, content)
			return
		}
		c.extends(content, m.element.many)
		return
	}
	switch key {
	case "modifierExtension":
		c.fault(Error, CodeModifier, content)
	case "implicitRules":
		c.fault(Error, CodeImplicitRules, content)
	}
	c.occurrences(object, m, "_"+key, content)
}

func (c *checker) unknown(s *shape, name string, at value) {
	for _, e := range s.elements {
		if !e.choice {
			continue
		}
		if _, ok := choiceType(name, e.name); ok {
			c.fault(Error, CodeChoiceType, at, e.name+"[x]", e.allowed())
			return
		}
	}
	c.fault(Warning, CodeUnknownElement, at)
}

func (e *element) allowed() string {
	names := make([]string, len(e.uses))
	for i, use := range e.uses {
		names[i] = use.name
	}
	return strings.Join(names, " | ")
}

// extends checks the id and extensions of a primitive, in the member beside it
// whose name has an underscore in front.
func (c *checker) extends(v value, many bool) {
	if !many {
		c.object(v, r4().types[typeElement], false)
		return
	}
	if v.kind() != kindArray {
		c.fault(Error, CodeMustBeArray, v, "extension")
		return
	}
	for i, element := range v.elements() {
		if element.kind() == kindNull {
			continue
		}
		c.path.pushIndex(i)
		c.object(element, r4().types[typeElement], false)
		c.path.pop()
	}
}

func (c *checker) occurrences(object value, m member, beside string, content value) {
	if !m.element.many {
		switch content.kind() {
		case kindArray:
			c.fault(Error, CodeMustBeSingle, content, m.element.name)
		case kindNull:
			c.fault(Error, CodeNull, content)
		default:
			c.content(content, m)
		}
		return
	}
	if content.kind() != kindArray {
		c.fault(Error, CodeMustBeArray, content, m.element.name)
		return
	}
	if content.empty() {
		c.fault(Error, CodeEmptyElement, content)
	}
	standIns, looked := []value(nil), false
	for i, item := range content.elements() {
		c.path.pushIndex(i)
		if item.kind() != kindNull {
			c.content(item, m)
			c.path.pop()
			continue
		}
		if !looked {
			standIns, looked = elementsOf(object, beside), true
		}
		if i >= len(standIns) || standIns[i].kind() != kindObject {
			c.fault(Error, CodeNull, item)
		}
		c.path.pop()
	}
}

// elementsOf lists an array member, for a null in an array of primitives may
// stand for a value that has extensions in the array beside it.
func elementsOf(object value, name string) []value {
	list, ok := object.member(name)
	if !ok || list.kind() != kindArray {
		return nil
	}
	var all []value
	for _, item := range list.elements() {
		all = append(all, item)
	}
	return all
}

func (c *checker) content(v value, m member) {
	switch {
	case m.element.content != nil:
		c.object(v, m.element.content, false)
	case m.use.name == typeResource:
	case primitives[m.use.name]:
		if c.primitive(v, m.use.name) && m.element.codes != nil {
			c.code(v, m.element.codes)
		}
	case m.use.shape == nil:
		if v.kind() != kindObject {
			c.fault(Error, CodeType, v, "object")
		}
	default:
		c.object(v, m.use.shape, false)
		if m.use.name == "Reference" {
			c.reference(v, m.use.targets)
		}
		if m.use.name == "CodeableConcept" && m.element.codes != nil {
			c.concept(v, m.element.codes)
		}
	}
}

func (c *checker) code(v value, set *codeSet) {
	if !set.codes[v.text()] {
		c.fault(Error, CodeCode, v, lastName(c.path.String()), set.listed)
	}
}

// concept asks a concept with a required code set for one coding of it.
func (c *checker) concept(v value, set *codeSet) {
	list, ok := v.member("coding")
	if !ok || list.kind() != kindArray {
		return
	}
	for _, coding := range list.elements() {
		if coding.kind() == kindObject && set.codes[coding.memberText("code")] && set.has(coding.memberText("system")) {
			return
		}
	}
	c.fault(Error, CodeConcept, v, strings.Join(set.systems, ", "), set.listed)
}

func (s *codeSet) has(system string) bool {
	return slices.Contains(s.systems, system)
}

func lastName(path string) string {
	path = path[strings.LastIndexByte(path, '.')+1:]
	name, _, _ := strings.Cut(path, "[")
	return name
}

func (c *checker) reference(v value, targets []string) {
	text, ok := v.member("reference")
	if !ok || text.kind() != kindString {
		c.declaredTarget(v, targets)
		return
	}
	link := ParseReference(text.text())
	switch link.Kind {
	case RefInvalid:
		c.below("reference", Error, CodeReferenceFormat, text)
		return
	case RefFragment, RefUUID, RefOID:
		target, found := c.entry.input.Resolve(c.entry, link.Text)
		if !found {
			c.unresolved(text, link.Kind)
			return
		}
		link.Type = target.Type
	}
	if link.Type == "" {
		c.declaredTarget(v, targets)
		return
	}
	c.target(v, link.Type, targets)
}

func (c *checker) unresolved(text value, kind ReferenceKind) {
	if kind == RefFragment {
		c.below("reference", Error, CodeReferenceContained, text)
		return
	}
	severity := Warning
	if b := c.entry.input.Bundle; b != nil && (b.Type == BundleTransaction || b.Type == BundleBatch) {
		severity = Error
	}
	c.below("reference", severity, CodeReferenceUnresolved, text)
}

// declaredTarget takes the target's kind from Reference.type, when the
// reference itself does not tell it.
func (c *checker) declaredTarget(v value, targets []string) {
	if declared := v.memberText("type"); IsResourceType(declared) {
		c.target(v, declared, targets)
	}
}

func (c *checker) target(v value, kind string, targets []string) {
	if slices.Contains(targets, kind) {
		return
	}
	if len(targets) > 0 {
		c.fault(Error, CodeReferenceTarget, v, pathName(kind), strings.Join(targets, " | "))
	}
}

// primitive checks the JSON type and the format of a primitive.
func (c *checker) primitive(v value, kind string) bool {
	switch kind {
	case "boolean":
		return c.mustBe(v, v.kind() == kindTrue || v.kind() == kindFalse, "boolean")
	case "decimal":
		return c.mustBe(v, v.kind() == kindNumber, "number")
	case "integer", "unsignedInt", "positiveInt":
		return c.mustBe(v, v.kind() == kindNumber, "number") && c.format(v, kind, isInteger(string(v.raw()), kind))
	}
	if !c.mustBe(v, v.kind() == kindString, "string") {
		return false
	}
	if v.node().end-v.node().start == 2 {
		c.fault(Error, CodeEmptyElement, v)
		return false
	}
	switch kind {
	case "base64Binary":
		return c.format(v, kind, base64Of(v).valid())
	case "xhtml":
		return c.narrative(v)
	case "string", "markdown":
		if int(v.node().end-v.node().start) > longestString && len(v.text()) > longestString {
			c.fault(Error, CodeLength, v, longestString)
			return false
		}
		return true
	}
	return c.format(v, kind, isFormatted(v.text(), kind))
}

func (c *checker) mustBe(v value, ok bool, name string) bool {
	if !ok {
		c.fault(Error, CodeType, v, name)
	}
	return ok
}

func (c *checker) format(v value, kind string, ok bool) bool {
	if !ok {
		c.fault(Error, CodeFormat, v, kind)
	}
	return ok
}

func (c *checker) narrative(v value) bool {
	_, problems := Narrative(v.text())
	for _, p := range problems {
		p.Entry, p.Path, p.Offset = c.entry.Index, c.path.String(), v.offset()
		c.problems.add(p)
	}
	return len(problems) == 0
}

// longestString is the most bytes R4 allows in a string.
const longestString = 1 << 20

func isInteger(s, kind string) bool {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return false
	}
	switch kind {
	case "unsignedInt":
		return n >= 0
	case "positiveInt":
		return n > 0
	}
	return true
}

func isFormatted(s, kind string) bool {
	var err error
	switch kind {
	case "id":
		return isID(s)
	case "code":
		return isCode(s)
	case "date":
		_, err = ParseDate(s)
	case "dateTime":
		_, err = ParseDateTime(s)
	case "instant":
		_, err = ParseInstant(s)
	case "time":
		return isTimeOfDay(s)
	case "oid":
		return oidURN.MatchString(s)
	case "uuid":
		return isUUID(s)
	default:
		return !strings.ContainsAny(s, " \t\r\n")
	}
	return err == nil
}

func isID(s string) bool {
	for i := range len(s) {
		if c := s[i]; c == '_' || !isNameByte(c) && c != '-' && c != '.' {
			return false
		}
	}
	return len(s) >= 1 && len(s) <= 64
}

// isCode reports words with single spaces between them and none around.
func isCode(s string) bool {
	return s != "" && strings.Join(strings.Fields(s), " ") == s
}

func base64Of(v value) Base64 {
	if v.node().flags&flagEscaped != 0 {
		return Base64(v.text())
	}
	return v.inner()
}
