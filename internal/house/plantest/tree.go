package plantest

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tree is what the project's files say.
type tree struct {
	packages map[string]*pack // by folder
	tables   []table
	migrated map[string]bool // table → its rows are final
	upkeep   []string        // schema.Upkeep
}

// pack is one folder of Go files.
type pack struct {
	folder  string
	name    string
	charter []string            // files with a package comment
	product map[string][]string // import → files of product code
	all     map[string][]string // import → files, tests included
	texts   map[string]string   // string literal of product code → file
}

// table is one description made with db.Define.
type table struct {
	name          string
	folder        string
	upkeep, final bool
}

var (
	created = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)
	final   = regexp.MustCompile(`\{\{-? *final "(\w+)"`)
)

func readTree(fsys fs.FS) (*tree, error) {
	module, err := moduleOf(fsys)
	if err != nil {
		return nil, err
	}
	t := &tree{packages: map[string]*pack{}, migrated: map[string]bool{}}
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(name):
			return fs.SkipDir
		case d.IsDir():
			return nil
		case strings.HasSuffix(name, ".go"):
			return t.readGo(fsys, name, module)
		case strings.HasSuffix(name, ".sql") && path.Base(path.Dir(name)) == "migrations":
			return t.readMigration(fsys, name)
		}
		return nil
	})
	return t, err
}

func skipped(folder string) bool {
	base := path.Base(folder)
	return base == "testdata" || base == "node_modules" || len(base) > 1 && (base[0] == '.' || base[0] == '_')
}

func moduleOf(fsys fs.FS) (string, error) {
	text, err := fs.ReadFile(fsys, "go.mod")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "module "); ok {
			return strings.TrimSpace(name), nil
		}
	}
	return "", errors.New("go.mod names no module")
}

func (t *tree) readGo(fsys fs.FS, name, module string) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	p := t.pack(path.Dir(name))
	test := strings.HasSuffix(name, "_test.go")
	for _, spec := range file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if inside, ok := strings.CutPrefix(target, module+"/"); ok {
			target = inside
		}
		p.all[target] = append(p.all[target], name)
		if !test {
			p.product[target] = append(p.product[target], name)
		}
	}
	if test {
		return nil
	}
	p.name = file.Name.Name
	if file.Doc != nil {
		p.charter = append(p.charter, name)
	}
	t.readDeclarations(p, name, file)
	return nil
}

func (t *tree) pack(folder string) *pack {
	p := t.packages[folder]
	if p == nil {
		p = &pack{folder: folder, product: map[string][]string{}, all: map[string][]string{}, texts: map[string]string{}}
		t.packages[folder] = p
	}
	return p
}

func (t *tree) readDeclarations(p *pack, name string, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, ok := literal(n); ok {
				p.texts[text] = name
			}
		case *ast.ValueSpec:
			if p.folder == "internal/schema" && n.Names[0].Name == "Upkeep" {
				t.upkeep = literals(n.Values)
			}
		case *ast.CallExpr:
			if d, ok := described(p.folder, n); ok {
				t.tables = append(t.tables, d)
			}
		}
		return true
	})
}

// described reads db.Define[T]("table", db.AsUpkeep, db.AsFinal).
func described(folder string, call *ast.CallExpr) (table, bool) {
	of, ok := call.Fun.(*ast.IndexExpr)
	if !ok || lastName(of.X) != "Define" || len(call.Args) == 0 {
		return table{}, false
	}
	name, ok := literal(call.Args[0])
	d := table{name: name, folder: folder}
	for _, option := range call.Args[1:] {
		d.upkeep = d.upkeep || lastName(option) == "AsUpkeep"
		d.final = d.final || lastName(option) == "AsFinal"
	}
	return d, ok
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

func literals(values []ast.Expr) []string {
	var all []string
	for _, v := range values {
		ast.Inspect(v, func(n ast.Node) bool {
			if e, ok := n.(*ast.BasicLit); ok {
				if text, ok := literal(e); ok {
					all = append(all, text)
				}
			}
			return true
		})
	}
	return all
}

func (t *tree) readMigration(fsys fs.FS, name string) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	for _, m := range created.FindAllSubmatch(text, -1) {
		t.migrated[string(m[1])] = false
	}
	for _, m := range final.FindAllSubmatch(text, -1) {
		t.migrated[string(m[1])] = true
	}
	return nil
}

func (t *tree) sorted() []*pack {
	all := slices.Collect(maps.Values(t.packages))
	slices.SortFunc(all, func(a, b *pack) int { return strings.Compare(a.folder, b.folder) })
	return all
}

// support reports whether a folder serves tests only: one of its elements ends in test.
func support(folder string) bool {
	for element := range strings.SplitSeq(folder, "/") {
		if strings.HasSuffix(element, "test") {
			return true
		}
	}
	return false
}
