package form

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
)

// Bounds of a form.
const (
	MostFields = 400
	MostRows   = 200
	MostRules  = 200
)

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// reserved cannot be the name of a variable.
var reserved = []string{
	"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace",
	"null", "package", "return", "true", "var", "void", "while",
	"bool", "bytes", "double", "dyn", "int", "list", "map", "string", "type", "uint", "null_type", "size", "matches", "has", "timestamp", "duration",
}

// Defect is something wrong with a definition.
type Defect struct {
	Path string `json:"path"` // such as "sections.vital_signs.fields.pulse.when"
	Text string `json:"text"` // for the designer of the form
}

// Defects are everything wrong with a definition.
type Defects []Defect

func (d Defects) Error() string {
	lines := make([]string, len(d))
	for i, one := range d {
		lines[i] = one.Path + ": " + one.Text
	}
	return "the form has defects: " + strings.Join(lines, "; ")
}

// Form is a compiled definition. It may be used by several goroutines at once.
type Form struct {
	definition Definition
	sections   []section
	rules      []rule
	keys       map[string]bool // of answers of the form itself
}

type section struct {
	Section
	when   *expression
	fields []field
	keys   map[string]bool
}

type field struct {
	Field
	when, needWhen, computed *expression
	pattern                  *regexp.Regexp
}

type rule struct {
	Rule
	when, must *expression
}

// Definition returns what the form was compiled from.
func (f *Form) Definition() Definition { return f.definition }

// Compile checks a definition and makes it ready for use. The error is [Defects].
func Compile(d Definition) (*Form, error) {
	c := &compiler{place: map[string]int{}}
	form := c.form(d)
	if len(c.defects) > 0 {
		return nil, c.defects
	}
	return form, nil
}

// compiler gathers the defects of one definition.
type compiler struct {
	defects Defects
	place   map[string]int // of each variable, in the order of the form; facts are at 0
	env     *cel.Env       // of the form itself
	row     *cel.Env       // of a row of the section at hand
}

func (c *compiler) defect(path, format string, args ...any) {
	c.defects = append(c.defects, Defect{Path: path, Text: fmt.Sprintf(format, args...)})
}

func (c *compiler) form(d Definition) *Form {
	c.key("key", d.Key)
	c.text("title", d.Title)
	if len(d.Sections) == 0 {
		c.defect("sections", "a form asks something")
	}
	if len(d.Rules) > MostRules {
		c.defect("rules", "there are more than %d rules", MostRules)
	}
	if !c.declare(d) {
		return nil
	}
	f := &Form{definition: d, keys: map[string]bool{}}
	for i := range d.Sections {
		f.sections = append(f.sections, c.section(&d.Sections[i]))
		if d.Sections[i].Repeat != nil {
			f.keys[d.Sections[i].Key] = true
			continue
		}
		maps.Copy(f.keys, f.sections[i].keys)
	}
	seen := map[string]bool{}
	for i := range d.Rules {
		if path := "rules." + d.Rules[i].Key; seen[d.Rules[i].Key] {
			c.defect(path, "two rules have this key")
		}
		seen[d.Rules[i].Key] = true
		f.rules = append(f.rules, c.rule(&d, &d.Rules[i]))
	}
	return f
}

// declare gives every variable its type and place. Without it nothing can be compiled.
func (c *compiler) declare(d Definition) bool {
	options := slices.Clone(library)
	before := len(c.defects)
	name := func(path, key string, place int, t *cel.Type) {
		c.key(path, key)
		if _, taken := c.place[key]; taken {
			c.defect(path, "%q is used twice", key)
		}
		c.place[key] = place
		if t != nil {
			options = append(options, cel.Variable(key, t))
		}
	}
	for _, fact := range d.Facts {
		if !slices.Contains(kinds, fact.Kind) {
			c.defect("facts."+fact.Key, "there is no kind %q", fact.Kind)
		}
		name("facts."+fact.Key, fact.Key, 0, fact.Kind.celType())
	}
	place := 0
	for _, s := range d.Sections {
		place++
		at := place
		for _, f := range s.Fields {
			place++
			kind := f.Kind.celType()
			if s.Repeat != nil {
				kind = nil
			}
			name("sections."+s.Key+".fields."+f.Key, f.Key, place, kind)
		}
		var rows *cel.Type
		if s.Repeat != nil {
			rows, at = cel.ListType(cel.MapType(cel.StringType, cel.DynType)), place
		}
		name("sections."+s.Key, s.Key, at, rows)
	}
	if place-len(d.Sections) > MostFields {
		c.defect("sections", "there are more than %d fields", MostFields)
	}
	if len(c.defects) > before {
		return false
	}
	var err error
	if c.env, err = cel.NewEnv(options...); err != nil {
		c.defect("", "%v", err)
	}
	return err == nil
}

func (c *compiler) key(path, key string) {
	if !keyShape.MatchString(key) || slices.Contains(reserved, key) {
		c.defect(path, "%q is no key: small letters, digits and _, at most 40, and no word of the language", key)
	}
}

func (c *compiler) text(path string, t Text) {
	if t.ZH == "" || t.EN == "" {
		c.defect(path, "it is said in Chinese and in English")
	}
}

func (c *compiler) section(s *Section) section {
	path := "sections." + s.Key
	c.text(path+".title", s.Title)
	if s.Help != nil {
		c.text(path+".help", *s.Help)
	}
	if len(s.Fields) == 0 {
		c.defect(path, "a section asks something")
	}
	done := section{Section: *s, keys: map[string]bool{}}
	first := c.place[s.Key]
	if s.Repeat != nil {
		first -= len(s.Fields)
		c.rows(path, s)
	}
	done.when = c.expression(c.env, path+".when", s.When, first, cel.BoolType)
	for i := range s.Fields {
		done.keys[s.Fields[i].Key] = true
		done.fields = append(done.fields, c.field(path+".fields."+s.Fields[i].Key, s, &s.Fields[i]))
	}
	return done
}

func (c *compiler) rows(path string, s *Section) {
	if r := *s.Repeat; r.Most < 1 || r.Most > MostRows || r.Least < 0 || r.Least > r.Most {
		c.defect(path+".repeat", "most is 1 to %d and least is 0 to most", MostRows)
	}
	c.row = c.rowEnv(path, s)
}

func (c *compiler) rowEnv(path string, s *Section) *cel.Env {
	var options []cel.EnvOption
	for _, f := range s.Fields {
		options = append(options, cel.Variable(f.Key, f.Kind.celType()))
	}
	env, err := c.env.Extend(options...)
	if err != nil {
		c.defect(path, "%v", err)
		return c.env
	}
	return env
}

func (c *compiler) field(path string, s *Section, f *Field) field {
	c.text(path+".title", f.Title)
	if f.Help != nil {
		c.text(path+".help", *f.Help)
	}
	if !slices.Contains(kinds, f.Kind) {
		c.defect(path+".kind", "there is no kind %q", f.Kind)
	}
	if !slices.Contains([]Purpose{Service, Management, Teaching, Research}, f.Purpose) {
		c.defect(path+".purpose", "a field says what it is asked for: service, management, teaching or research")
	}
	if !slices.Contains([]Need{Optional, Recommended, Mandatory}, f.Need) {
		c.defect(path+".need", "there is no need %q", f.Need)
	}
	c.bounds(path, f)
	c.values(path, f)
	env := c.env
	if s.Repeat != nil {
		env = c.row
	}
	at := c.place[f.Key]
	done := field{
		Field:    *f,
		when:     c.expression(env, path+".when", f.When, at, cel.BoolType),
		needWhen: c.expression(env, path+".needWhen", f.NeedWhen, at, cel.BoolType),
		computed: c.expression(env, path+".computed", f.Computed, at, f.Kind.celType()),
	}
	if f.Computed != "" && f.Kind != Integer && f.Kind != Decimal && f.Kind != Boolean {
		c.defect(path+".computed", "an integer, a decimal or a boolean can be computed")
	}
	if place, known := c.place[f.Prefill]; f.Prefill != "" && (!known || place != 0) {
		c.defect(path+".prefill", "no fact is called %q", f.Prefill)
	}
	if f.Pattern != "" {
		var err error
		if done.pattern, err = regexp.Compile(`^(?:` + f.Pattern + `)$`); err != nil {
			c.defect(path+".pattern", "%v", err)
		}
	}
	return done
}

func (c *compiler) bounds(path string, f *Field) {
	for name, r := range map[string]*Range{"possible": f.Possible, "usual": f.Usual} {
		if r == nil {
			continue
		}
		if !f.Kind.ordered() {
			c.defect(path+"."+name, "%s has no order", f.Kind)
			continue
		}
		from, least := f.Kind.bound(r.From)
		to, most := f.Kind.bound(r.To)
		if r.From != "" && !least || r.To != "" && !most || r.From == "" && r.To == "" {
			c.defect(path+"."+name, "its ends are values of kind %s", f.Kind)
		} else if least && most && compare(from, to) > 0 {
			c.defect(path+"."+name, "it ends before it begins")
		}
	}
	if f.Digits < 0 || f.Digits > 8 {
		c.defect(path+".digits", "0 to 8")
	}
	if f.Longest < 0 || f.Longest > 20000 {
		c.defect(path+".longest", "0 to 20000")
	}
	if isText := f.Kind == Line || f.Kind == Prose; !isText && (f.Longest != 0 || f.Pattern != "") {
		c.defect(path, "only text has a longest and a pattern")
	}
}

func (c *compiler) values(path string, f *Field) {
	if chosen := f.Kind == Choice || f.Kind == Choices; chosen != (len(f.Options) > 0) {
		c.defect(path+".options", "options belong to a choice, and a choice has options")
	}
	if (f.Kind == Code) != (f.Dictionary != "") {
		c.defect(path+".dictionary", "a dictionary belongs to a code, and a code has one")
	}
	seen := map[string]bool{}
	for _, o := range f.Options {
		if o.Value == "" || seen[o.Value] {
			c.defect(path+".options", "a value is not empty, and stands once")
		}
		seen[o.Value] = true
		c.text(path+".options."+o.Value, o.Title)
	}
}

func (c *compiler) rule(d *Definition, r *Rule) rule {
	path := "rules." + r.Key
	c.key(path+".key", r.Key)
	c.text(path+".says", r.Says)
	if r.Level != Warn && r.Level != Block {
		c.defect(path+".level", "a rule warns or blocks")
	}
	env := c.env
	within := func(s Section) bool { return s.Repeat == nil }
	if r.Each != "" {
		i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.Key == r.Each && s.Repeat != nil })
		if i < 0 {
			c.defect(path+".each", "no repeating section is called %q", r.Each)
			return rule{Rule: *r}
		}
		env = c.rowEnv(path, &d.Sections[i])
		within = func(s Section) bool { return s.Key == r.Each }
	}
	for _, key := range r.At {
		if !slices.ContainsFunc(d.Sections, func(s Section) bool {
			return within(s) && slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Key == key })
		}) {
			c.defect(path+".at", "no field that the rule can be shown at is called %q", key)
		}
	}
	if r.Must == "" {
		c.defect(path+".must", "a rule demands something")
	}
	return rule{
		Rule: *r,
		when: c.expression(env, path+".when", r.When, anywhere, cel.BoolType),
		must: c.expression(env, path+".must", r.Must, anywhere, cel.BoolType),
	}
}

// anywhere lets an expression name every variable.
const anywhere = 1 << 30

// expression compiles one that may name what stands before a place in the form. The
// empty text is no expression.
func (c *compiler) expression(env *cel.Env, path, text string, before int, result *cel.Type) *expression {
	if text == "" {
		return nil
	}
	done, tree, err := compile(env, text, result)
	if err != nil {
		c.defect(path, "%v", err)
		return nil
	}
	for _, ident := range ast.MatchDescendants(ast.NavigateAST(tree), ast.KindMatcher(ast.IdentKind)) {
		if place, known := c.place[ident.AsIdent()]; known && place >= before {
			c.defect(path, "%s comes later in the form", ident.AsIdent())
		}
	}
	return done
}
