package fhir

import (
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// decoder fills the structs of the typed views from a tape. A field's name,
// its first letters lowered, is the R4 element it holds unless a fhir tag says
// otherwise; a Value holds the choice element of that name. What does not fit
// is reported and left zero, what no field names is passed over.
type decoder struct {
	problems *problemList
	entry    int
	path     path
}

func newDecoder(problems *problemList, entry int, root string) *decoder {
	d := &decoder{problems: problems, entry: entry}
	d.path.push(root)
	return d
}

// read fills the struct dst points to.
func (d *decoder) read(v value, dst any) {
	target := reflect.ValueOf(dst).Elem()
	d.object(v, target)
}

type plan struct {
	fields  map[string]field
	choices []choice
}

type field struct {
	index  []int
	decode func(*decoder, value, reflect.Value)
}

type choice struct {
	prefix string
	index  []int
}

var plans sync.Map // reflect.Type → *plan

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{fields: make(map[string]field)}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || !f.IsExported() {
			continue
		}
		name := elementName(f)
		if f.Type == typeValue {
			p.choices = append(p.choices, choice{prefix: name, index: f.Index})
			continue
		}
		p.fields[name] = field{index: f.Index, decode: decodeFor(f.Type)}
	}
	actual, _ := plans.LoadOrStore(t, p)
	return actual.(*plan)
}

func elementName(f reflect.StructField) string {
	if tag := f.Tag.Get("fhir"); tag != "" {
		return tag
	}
	first, size := utf8.DecodeRuneInString(f.Name)
	return string(unicode.ToLower(first)) + f.Name[size:]
}

func (p *plan) choiceOf(name string) (choice, string) {
	for _, c := range p.choices {
		if kind, ok := choiceType(name, c.prefix); ok {
			return c, kind
		}
	}
	return choice{}, ""
}

var (
	typeValue    = reflect.TypeFor[Value]()
	typeDateTime = reflect.TypeFor[DateTime]()
	typeDecimal  = reflect.TypeFor[Decimal]()
	typeBase64   = reflect.TypeFor[Base64]()
	typeBool     = reflect.TypeFor[*bool]()
)

func decodeFor(t reflect.Type) func(*decoder, value, reflect.Value) {
	switch t {
	case typeDateTime:
		return (*decoder).dateTime
	case typeDecimal:
		return (*decoder).decimal
	case typeBase64:
		return (*decoder).base64
	case typeBool:
		return (*decoder).boolean
	}
	switch t.Kind() {
	case reflect.String:
		return (*decoder).string
	case reflect.Slice:
		return (*decoder).list
	case reflect.Pointer:
		return func(d *decoder, v value, dst reflect.Value) {
			dst.Set(reflect.New(t.Elem()))
			d.object(v, dst.Elem())
		}
	}
	return (*decoder).object
}

func (d *decoder) object(v value, dst reflect.Value) {
	if !d.expect(v, kindObject, "object") {
		return
	}
	p := planOf(dst.Type())
	for name, content := range v.members() {
		d.path.pushName(name)
		d.member(p, name, content, dst)
		d.path.pop()
	}
}

func (d *decoder) member(p *plan, name, content value, dst reflect.Value) {
	key := string(name.inner())
	if name.node().flags&flagEscaped != 0 {
		key = name.text()
	}
	if f, ok := p.fields[key]; ok {
		f.decode(d, content, dst.FieldByIndex(f.index))
		return
	}
	if len(p.choices) == 0 {
		return
	}
	if c, kind := p.choiceOf(key); kind != "" {
		d.choice(content, kind, dst.FieldByIndex(c.index).Addr().Interface().(*Value))
	}
}

func (d *decoder) list(v value, dst reflect.Value) {
	if !d.expect(v, kindArray, "array") {
		return
	}
	decode := decodeFor(dst.Type().Elem())
	n := 0
	for range v.elements() {
		n++
	}
	items := reflect.MakeSlice(dst.Type(), 0, n)
	for i, element := range v.elements() {
		if element.kind() == kindNull {
			continue
		}
		d.path.pushIndex(i)
		item := reflect.New(dst.Type().Elem()).Elem()
		decode(d, element, item)
		items = reflect.Append(items, item)
		d.path.pop()
	}
	dst.Set(items)
}

func (d *decoder) string(v value, dst reflect.Value) {
	if d.expect(v, kindString, "string") {
		dst.SetString(v.text())
	}
}

func (d *decoder) decimal(v value, dst reflect.Value) {
	if d.expect(v, kindNumber, "number") {
		dst.SetString(string(v.raw()))
	}
}

func (d *decoder) boolean(v value, dst reflect.Value) {
	if v.kind() == kindTrue || d.expect(v, kindFalse, "boolean") {
		b := v.kind() == kindTrue
		dst.Set(reflect.ValueOf(&b))
	}
}

func (d *decoder) base64(v value, dst reflect.Value) {
	if !d.expect(v, kindString, "string") {
		return
	}
	if v.node().flags&flagEscaped != 0 {
		dst.SetBytes([]byte(v.text()))
		return
	}
	dst.SetBytes(v.inner())
}

func (d *decoder) dateTime(v value, dst reflect.Value) {
	if !d.expect(v, kindString, "string") {
		return
	}
	date, err := ParseDateTime(v.text())
	if err != nil {
		d.fault(v, CodeFormat, "dateTime")
	}
	dst.Set(reflect.ValueOf(date))
}

func (d *decoder) expect(v value, kind byte, name string) bool {
	if v.kind() == kind {
		return true
	}
	d.fault(v, CodeType, name)
	return false
}

func (d *decoder) fault(v value, c Code, args ...any) {
	if d.problems.full() {
		return
	}
	at := place{entry: d.entry, path: d.path.String(), offset: v.offset()}
	d.problems.add(problem(Error, c, at, args...))
}

// read fills a typed view.
func read[View any](e *Entry, kind string) (View, []Problem) {
	var view View
	problems := &problemList{limit: e.input.limits.Problems}
	if e.Type != kind || !e.resource.exists() {
		at := place{entry: e.Index, path: e.rootName(), offset: e.spanStart}
		return view, []Problem{problem(Error, CodeOtherKind, at, kind)}
	}
	newDecoder(problems, e.Index, e.rootPath()).read(e.resource, &view)
	return view, problems.items
}

// choiceType tells the datatype of a choice element: valueDateTime of value[x]
// is a dateTime.
func choiceType(name, prefix string) (string, bool) {
	suffix, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return "", false
	}
	kind, ok := choiceTypes[suffix]
	return kind, ok
}
