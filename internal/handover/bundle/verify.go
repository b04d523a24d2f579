package bundle

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/medward/medward/kit/sm"
)

// Kinds of difference.
const (
	Unsigned = "unsigned" // the manifest does not bear the signature of its house
	Missing  = "missing"  // a file that the manifest or a row names is not there
	Altered  = "altered"  // a file is not what was written
	Extra    = "extra"    // a file that nothing names
	BadRow   = "row"      // a row does not keep its schema
	Disorder = "order"    // a row stands twice or out of its order
	Miscount = "count"    // another number of rows than the manifest says
	NoSchema = "schema"   // a set without a schema that can be read
)

// KeptShown is how many differences are named; all are counted.
const KeptShown = 1000

const (
	longest  = 64 << 20     // bytes of a line
	dataForm = "data"       // folder of the rows
	origins  = "originals/" // folder of the files that belong to rows
)

// Difference is one thing in which an export is not what its manifest says.
type Difference struct {
	Kind  string `json:"kind"`
	Where string `json:"where"` // file, and line where there is one
	What  string `json:"what,omitempty"`
}

// Report is what the verification of an export came to.
type Report struct {
	Manifest    Manifest
	Digest      string           // SM3 of the manifest, hexadecimal
	Rows        map[string]int64 // that were read, by set
	Files       int64            // that were read
	Bytes       int64
	Found       int64 // differences
	Differences []Difference
}

// Matches reports whether an export is whole and what its house signed.
func (r Report) Matches() bool { return r.Found == 0 }

func (r *Report) differ(kind, where, what string) {
	r.Found++
	if len(r.Differences) < KeptShown {
		r.Differences = append(r.Differences, Difference{kind, where, what})
	}
}

// ErrNoExport is returned for a folder without a manifest that can be read.
var ErrNoExport = errors.New("bundle: not an export: it has no manifest that can be read")

// Verify reads an opened export to its end: the signature of its manifest, every file by
// its length and both digests, every row against the schema of its set, the order and the
// number of the rows, the files that rows name, and that nothing else lies there. It
// holds one line or one block of a file in memory at a time. A difference is no error.
func Verify(folder fs.FS) (Report, error) {
	r := Report{Rows: map[string]int64{}}
	text, err := fs.ReadFile(folder, ManifestName)
	if err != nil {
		return r, fmt.Errorf("%w: %w", ErrNoExport, err)
	}
	if err := json.Unmarshal(text, &r.Manifest); err != nil || r.Manifest.V != 1 {
		return r, ErrNoExport
	}
	r.Digest = Digest(text)
	v := verifier{folder: folder, Report: &r, known: map[string]bool{ManifestName: true, SignatureName: true}}
	v.signature(text)
	for _, f := range slices.Concat(r.Manifest.Schemas, r.Manifest.Codes) {
		if err := v.whole(f); err != nil {
			return r, err
		}
	}
	for _, s := range r.Manifest.Sets {
		if err := v.set(s); err != nil {
			return r, err
		}
	}
	return r, v.extras()
}

type verifier struct {
	*Report
	folder fs.FS
	known  map[string]bool
	named  int64 // files that rows name and that are there
}

func (v *verifier) signature(manifest []byte) {
	signature, err := fs.ReadFile(v.folder, SignatureName)
	if err != nil {
		v.differ(Missing, SignatureName, "")
		return
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(signature)))
	if err != nil || !signedBy(v.Manifest.House.Signer, Signable(manifest), raw) {
		v.differ(Unsigned, ManifestName, "")
	}
}

func signedBy(signer string, message, signature []byte) bool {
	raw, err := hex.DecodeString(signer)
	if err != nil {
		return false
	}
	key, err := sm.ParsePublicKey(raw)
	return err == nil && key.Verify(message, signature)
}

// sums reads a file and returns what it is, or tells that it is not there.
func (v *verifier) sums(name string, also io.Writer) (File, bool, error) {
	in, err := v.folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return File{}, false, nil
	}
	if err != nil {
		return File{}, false, err
	}
	three, two := sm.NewHash(), sha256.New()
	n, err := io.Copy(io.MultiWriter(three, two, also), in)
	v.Files, v.Bytes = v.Files+1, v.Bytes+n
	return File{Name: name, Bytes: n, SM3: hex.EncodeToString(three.Sum(nil)), SHA256: hex.EncodeToString(two.Sum(nil))}, true, errors.Join(err, in.Close())
}

// whole holds a file against what is said of it.
func (v *verifier) whole(f File) error {
	v.known[f.Name] = true
	_, err := v.same(f, io.Discard)
	return err
}

func (v *verifier) same(f File, also io.Writer) (bool, error) {
	got, there, err := v.sums(f.Name, also)
	switch {
	case err != nil:
		return false, err
	case !there:
		v.differ(Missing, f.Name, "")
		return false, nil
	case got.Bytes != f.Bytes || got.SM3 != f.SM3 || got.SHA256 != f.SHA256:
		v.differ(Altered, f.Name, "")
	}
	return true, nil
}

func (v *verifier) set(s Set) error {
	schema, err := v.schemaOf(s)
	if err != nil {
		v.differ(NoSchema, s.Name, err.Error())
	}
	rows := Rows{Schema: schema, Differ: v.differ, Named: v.belongs}
	for _, f := range s.Files {
		v.known[f.Name] = true
		if err := v.rows(&rows, f); err != nil {
			return err
		}
	}
	v.Rows[s.Name] = rows.N
	if rows.N != s.Rows {
		v.differ(Miscount, s.Name, fmt.Sprintf("%d, not %d", rows.N, s.Rows))
	}
	return nil
}

// rows reads a file of rows while it is digested.
func (v *verifier) rows(rows *Rows, f File) error {
	before := rows.N
	out, in := io.Pipe()
	read := make(chan error, 1)
	go func() {
		err := rows.Read(f.Name, out)
		read <- errors.Join(err, out.CloseWithError(err))
	}()
	there, err := v.same(f, in)
	if err := errors.Join(err, in.Close(), <-read); err != nil {
		return err
	}
	if n := rows.N - before; there && n != f.Rows {
		v.differ(Miscount, f.Name, fmt.Sprintf("%d, not %d", n, f.Rows))
	}
	return nil
}

func (v *verifier) schemaOf(s Set) (schema Schema, err error) {
	text, err := fs.ReadFile(v.folder, SchemaName(s.Name))
	if err != nil {
		return schema, err
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		return schema, err
	}
	if !slices.Equal(schema.Key, s.Key) || len(schema.Key) == 0 {
		return schema, errors.New("its key is another than in the manifest")
	}
	return schema, nil
}

// belongs holds a file that a row names against what the row says.
func (v *verifier) belongs(f File) {
	if !strings.HasPrefix(f.Name, origins) || !fs.ValidPath(f.Name) {
		v.differ(Missing, f.Name, "")
		return
	}
	there, err := v.same(f, io.Discard)
	if err != nil {
		v.differ(Missing, f.Name, err.Error())
	}
	if there {
		v.named++
	}
}

// extras looks for files that nothing names. Those of rows are counted: their names are
// too many to be kept.
func (v *verifier) extras() error {
	var lying int64
	err := fs.WalkDir(v.folder, ".", func(name string, at fs.DirEntry, err error) error {
		switch {
		case err != nil || at.IsDir():
			return err
		case strings.HasPrefix(name, origins):
			lying++
		case !v.known[name]:
			v.differ(Extra, name, "")
		}
		return nil
	})
	if lying > v.named {
		v.differ(Extra, origins, fmt.Sprintf("%d, not %d", lying, v.named))
	}
	return err
}

// Rows reads the rows of one set, file after file.
type Rows struct {
	Schema Schema
	N      int64
	Differ func(kind, where, what string)
	Named  func(File)                    // is told of the files of rows
	Each   func(key string, line []byte) // is told of rows that keep the schema; may be nil
	last   string
}

// Read reads a file of rows: one JSON object on each line.
func (rows *Rows) Read(name string, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), longest)
	for line := 1; lines.Scan(); line++ {
		rows.N++
		where := fmt.Sprintf("%s:%d", name, line)
		key, files, err := rows.Schema.row(lines.Bytes())
		if err != nil {
			rows.Differ(BadRow, where, err.Error())
			continue
		}
		if rows.N > 1 && key <= rows.last {
			rows.Differ(Disorder, where, "")
		}
		rows.last = key
		for _, f := range files {
			rows.Named(f)
		}
		if rows.Each != nil {
			rows.Each(key, bytes.Clone(lines.Bytes()))
		}
	}
	if err := lines.Err(); err != nil {
		rows.Differ(BadRow, name, err.Error())
		_, err = io.Copy(io.Discard, in)
		return err
	}
	return nil
}

// SchemaName is where the schema of a set lies.
func SchemaName(set string) string { return "schemas/" + set + ".json" }

// DataName is where the rows of a set lie, a file after another from 1.
func DataName(set string, number int) string {
	return fmt.Sprintf("%s/%s-%06d.ndjson", dataForm, set, number)
}

// OriginalName is where a file that belongs to a version of a document lies.
func OriginalName(document string, version int, name string) string {
	return fmt.Sprintf("%s%s/%d/%s", origins, document, version, name)
}

// Sets are the names of the sets that were read, sorted.
func (r Report) Sets() []string { return slices.Sorted(maps.Keys(r.Rows)) }

// IsData reports whether a file holds rows of a set.
func IsData(set, name string) bool {
	rest, ours := strings.CutPrefix(name, dataForm+"/"+set+"-")
	return ours && len(rest) == len("000001.ndjson") && strings.HasSuffix(rest, ".ndjson")
}
