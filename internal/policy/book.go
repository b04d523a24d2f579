package policy

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/schema"
	"github.com/cedar-policy/cedar-go/x/exp/schema/resolved"
	"github.com/cedar-policy/cedar-go/x/exp/schema/validate"
)

//go:embed policies/*.cedar policies/schema.cedarschema
var embedded embed.FS

// Book is a set of rules, checked and ready to be asked by many at once. It
// never changes.
type Book struct {
	words    *resolved.Schema
	articles []*article
	byVerb   map[string][]*article
	kinds    map[string]map[string]bool // verb → kinds it applies to
	fixed    types.EntityMap
	check    *validate.Validator
	answers  *memory[facts, *answer]
	scopes   *memory[scopeQuestion, Scope]
}

const (
	schemaFile = "schema.cedarschema"

	// A parser that recurses must not be given a file deep enough to end the process.
	largestFile = 128 << 10

	answersKept = 1 << 14
	scopesKept  = 1 << 10
)

// Default returns the book of the rules that Medward is delivered with. It is read
// and held against the schema once in a process.
var Default = sync.OnceValues(func() (*Book, error) {
	dir, err := fs.Sub(embedded, "policies")
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	return Load(dir)
})

// Load reads *.cedar and schema.cedarschema from the top of fsys. It refuses
// the whole book when any file cannot be read, any rule lacks an annotation,
// names an unknown role or verb, repeats an id or does not fit the schema, or
// when no rule permits anything.
func Load(fsys fs.FS) (*Book, error) {
	b, err := load(fsys)
	if err != nil {
		return nil, fmt.Errorf("policy: the rules cannot be used: %w", err)
	}
	return b, nil
}

func load(fsys fs.FS) (*Book, error) {
	words, err := loadSchema(fsys)
	if err != nil {
		return nil, err
	}
	b := &Book{
		words:   words,
		byVerb:  map[string][]*article{},
		kinds:   kindsByVerb(words),
		fixed:   fixedEntities(words),
		check:   validate.New(words),
		answers: newMemory[facts, *answer](answersKept),
		scopes:  newMemory[scopeQuestion, Scope](scopesKept),
	}
	files, err := fs.Glob(fsys, "*.cedar")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := b.add(fsys, file, words); err != nil {
			return nil, err
		}
	}
	return b, b.checkWhole()
}

func loadSchema(fsys fs.FS) (*resolved.Schema, error) {
	text, err := read(fsys, schemaFile)
	if err != nil {
		return nil, err
	}
	var s schema.Schema
	s.SetFilename(schemaFile)
	if err := s.UnmarshalCedar(text); err != nil {
		return nil, err
	}
	return s.Resolve()
}

func read(fsys fs.FS, file string) ([]byte, error) {
	info, err := fs.Stat(fsys, file)
	if err != nil {
		return nil, err
	}
	if info.Size() > largestFile {
		return nil, fmt.Errorf("%s has %d bytes, more than %d", file, info.Size(), largestFile)
	}
	return fs.ReadFile(fsys, file)
}

func (b *Book) add(fsys fs.FS, file string, words *resolved.Schema) error {
	text, err := read(fsys, file)
	if err != nil {
		return err
	}
	list, err := cedar.NewPolicyListFromBytes(path.Base(file), text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for _, p := range list {
		a, err := newArticle(file, p, words, delivered)
		if err == nil {
			err = b.check.Policy(a.ID, a.policy)
		}
		if err != nil {
			return fmt.Errorf("%s line %d, rule %q: %w", file, p.Position().Line, p.Annotations()["id"], err)
		}
		if slices.ContainsFunc(b.articles, func(other *article) bool { return other.ID == a.ID }) {
			return fmt.Errorf("%s: two rules have the id %q", file, a.ID)
		}
		b.keep(a)
	}
	return nil
}

func (b *Book) keep(a *article) {
	b.articles = append(b.articles, a)
	for _, verb := range a.Verbs {
		b.byVerb[verb] = append(b.byVerb[verb], a)
	}
}

// checkWhole finds what no single rule shows: a book that permits nothing, a
// schema whose attributes are not those a request is made of, a verb for which
// nothing keeps organisations apart or asks for a purpose.
func (b *Book) checkWhole() error {
	if !slices.ContainsFunc(b.articles, func(a *article) bool { return a.Effect == Permit }) {
		return errors.New("no rule permits anything")
	}
	for _, verb := range b.Verbs() {
		for kind := range b.kinds[verb] {
			f := facts{verb: verb, kind: kind, roles: roleBits["person"]}
			if err := b.conforms(f.request(), f.world(b.fixed)); err != nil {
				return fmt.Errorf("the schema does not fit the facts of %s on %s: %w", verb, kind, err)
			}
			v := b.verdict(f)
			if v.failed != nil {
				return v.failed
			}
			for _, needed := range []string{ConditionOrganisation, ConditionPurpose} {
				if forbidden(v, needed) == nil {
					return fmt.Errorf("no rule forbids %s on %s when the condition %q is not met", verb, kind, needed)
				}
			}
		}
	}
	return nil
}

// conforms reports whether the request holds every attribute that the schema
// promises to the rules.
func (b *Book) conforms(req types.Request, w *world) error {
	if err := b.check.Request(req); err != nil {
		return err
	}
	if err := b.check.Entity(w.actor); err != nil {
		return err
	}
	return b.check.Entity(w.object)
}

func kindsByVerb(s *resolved.Schema) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for uid, action := range s.Actions {
		if action.AppliesTo == nil {
			continue
		}
		kinds := map[string]bool{}
		for _, kind := range action.AppliesTo.Resources {
			kinds[string(kind)] = true
		}
		all[string(uid.ID)] = kinds
	}
	return all
}

// Verbs returns every verb of the schema, sorted.
func (b *Book) Verbs() []string {
	return slices.Sorted(maps.Keys(b.kinds))
}

// Kinds returns the kinds of object a verb applies to, sorted; none for a verb
// that the schema does not have.
func (b *Book) Kinds(verb string) []string {
	return slices.Sorted(maps.Keys(b.kinds[verb]))
}

// Rules returns every rule, by file and then in the order of the file.
func (b *Book) Rules() []Rule {
	rules := make([]Rule, len(b.articles))
	for i, a := range b.articles {
		rules[i] = a.Rule
	}
	return rules
}
