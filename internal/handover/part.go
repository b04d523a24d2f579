package handover

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Part is a piece of an export: one package, sealed to the receiver. It never changes.
type Part struct {
	Org      string      `db:"org,key"`
	Handover string      `db:"handover,key"`
	Run      int         `db:"run,key"`
	Number   int         `db:"number,key"` // from 1, without a gap
	Blob     string      `db:"blob"`
	Index    string      `db:"index_blob"` // of the rows in it, for comparing
	Bytes    int64       `db:"bytes"`
	SM3      []byte      `db:"sm3"`
	SHA256   []byte      `db:"sha256"`
	Mark     mark        `db:"mark,json"`
	Files    []filed     `db:"files,json"`
	Told     bundle.Told `db:"told,json"`
	Made     time.Time   `db:"made"`
}

// mark is how far an export has come; after it the next part goes on.
type mark struct {
	Set   int      `json:"set"` // place in sets
	After []string `json:"after,omitempty"`
	Done  bool     `json:"done,omitempty"` // the part holds the manifest
}

// filed is a file of rows in a part.
type filed struct {
	Set  string      `json:"set"`
	File bundle.File `json:"file"`
}

const (
	partSize = 8 << 20 // bytes after which a part is ended
	// ShapeExport is what the head of a part calls itself.
	ShapeExport = "export"
)

func (p Part) place(field string) vault.Place {
	return vault.Place{Kind: "HandoverPart", Object: p.Handover, Version: strconv.Itoa(p.Run) + "." + strconv.Itoa(p.Number), Field: field}
}

// after is a mark as a question understands it.
func (m mark) after() []any {
	after := sets[m.Set].first()
	for i := range m.After {
		if _, isNumber := after[i].(int64); isNumber {
			n, err := strconv.ParseInt(m.After[i], 10, 64)
			if err == nil {
				after[i] = n
			}
			continue
		}
		after[i] = m.After[i]
	}
	return after
}

func marked(key []any) []string {
	all := make([]string, len(key))
	for i, k := range key {
		all[i] = fmt.Sprint(k)
	}
	return all
}

// making is an export while it is made.
type making struct {
	*Room
	Case
	sender exchange.Sender
	to     exchange.Card
	store  *vault.Subject
	held   *before // what earlier runs carried; nil for the first
}

// pieces are the content of a part before it is sealed.
type pieces struct {
	Part
	rows    int64
	size    int
	parcel  *parcel.Writer
	index   bytes.Buffer
	lines   bytes.Buffer // of the set at hand
	counted int64        // in lines
}

// make reads on from a mark and seals a part, which is kept while it is made.
func (m *making) make(ctx context.Context, number int, from mark) (Part, int64, error) {
	p := &pieces{Part: Part{Org: m.Org, Handover: m.ID, Run: m.Run, Number: number, Mark: from, Files: []filed{}}}
	at := p.Part
	sealed, out := io.Pipe()
	var sums parcel.Sums
	written := make(chan error, 1)
	go func() {
		var err error
		sums, err = m.write(ctx, p, out)
		_ = out.CloseWithError(err) // it never fails
		written <- err
	}()
	kept, err := m.put(ctx, at, "part", sealed)
	_ = sealed.CloseWithError(err) // it never fails; whoever still writes learns that nobody reads
	if err := cmp.Or(<-written, err); err != nil {
		return Part{}, 0, err
	}
	p.Blob, p.Bytes, p.SM3, p.SHA256 = kept, sums.Bytes, sums.SM3, sums.SHA256
	p.Index, err = m.put(ctx, p.Part, "index", &p.index)
	return p.Part, p.rows, err
}

func (m *making) write(ctx context.Context, p *pieces, out io.Writer) (parcel.Sums, error) {
	var err error
	p.parcel, err = parcel.NewWriter(out, parcel.Header{
		ID: m.ID + "." + strconv.Itoa(m.Run) + "." + strconv.Itoa(p.Number), From: m.sender.Card().AsSender(), To: m.to.AsReceiver(), Sequence: p.Number,
		Sent: m.desk.Now(), Shape: ShapeExport, Purpose: "operation", Basis: m.Ground,
	})
	if err != nil {
		return parcel.Sums{}, err
	}
	if err := m.fill(ctx, p); err != nil {
		p.parcel.Break()
		return parcel.Sums{}, err
	}
	return p.parcel.Close(func(message []byte) ([]byte, error) { return m.sender.Sign(ctx, message) })
}

func (m *making) put(ctx context.Context, p Part, field string, content io.Reader) (string, error) {
	b, err := m.store.PutBlob(ctx, m.blobs, p.place(field), content)
	return b.ID, err
}

// fill reads pages until the part is large enough, or nothing is left and the manifest
// ends it.
func (m *making) fill(ctx context.Context, p *pieces) error {
	for p.size < partSize {
		if p.Mark.Set == len(sets) {
			p.Mark.Done = true
			return m.finish(ctx, p)
		}
		s := sets[p.Mark.Set]
		rows, err := m.page(ctx, s, p.Mark.after())
		if err != nil {
			return fmt.Errorf("reading %s: %w", s.name, err)
		}
		if len(rows) == 0 {
			if err := p.flush(s); err != nil {
				return err
			}
			p.Mark = mark{Set: p.Mark.Set + 1}
			continue
		}
		for _, one := range rows {
			if err := m.add(p, s, one); err != nil {
				return err
			}
		}
		p.Mark.After = marked(rows[len(rows)-1].key)
	}
	if p.Mark.Set == len(sets) {
		return nil
	}
	return p.flush(sets[p.Mark.Set])
}

// readPage reads the next rows of a set on one snapshot.
func (room *Room) readPage(ctx context.Context, s set, org string, house exchange.Card, after []any) (rows []row, err error) {
	limit := pageRows
	if s.name == "version" {
		limit = pageVersions
	}
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		rows, err = s.read(ctx, source{r, room, org, house}, after, limit)
		return err
	})
	return rows, err
}

// Versions bring their files along, so that fewer are held at a time.
const pageRows, pageVersions = 500, 10

func (m *making) page(ctx context.Context, s set, after []any) ([]row, error) {
	return m.readPage(ctx, s, m.Org, m.sender.Card(), after)
}

func (m *making) add(p *pieces, s set, one row) error {
	e := entryOf(p.Mark.Set, one)
	if m.held != nil && !s.account {
		carried, err := m.held.has(e)
		if carried || err != nil {
			return err
		}
	}
	for _, f := range one.files {
		if err := p.parcel.Add(parcel.Item{Name: f.Name, Form: f.Form, Kind: "original"}, f.content); err != nil {
			return err
		}
		p.size += len(f.content)
	}
	p.lines.Write(append(one.line, '\n'))
	p.index.WriteString(e.line())
	p.size += len(one.line)
	p.rows, p.counted = p.rows+1, p.counted+1
	p.Told = p.Told.And(one.told)
	return nil
}

// flush writes the rows of a set as a file of the part.
func (p *pieces) flush(s set) error {
	if p.counted == 0 {
		return nil
	}
	content := bytes.Clone(p.lines.Bytes())
	f := bundle.Measured(bundle.DataName(s.name, p.Number), "application/x-ndjson", content)
	f.Rows = p.counted
	p.Files = append(p.Files, filed{s.name, f})
	p.lines.Reset()
	p.counted = 0
	return p.parcel.Add(parcel.Item{Name: f.Name, Form: f.Form, Kind: s.name, Rows: int(f.Rows)}, content)
}

// finish writes what ends an export: schemas, code lists and the signed manifest.
func (m *making) finish(ctx context.Context, p *pieces) error {
	made, schemas, err := m.manifest(ctx, p)
	if err != nil {
		return err
	}
	for _, f := range slices.Concat(schemas, codeLists()) {
		if err := p.parcel.Add(parcel.Item{Name: f.Name, Form: f.Form}, f.content); err != nil {
			return err
		}
	}
	text, err := made.Encode()
	if err != nil {
		return err
	}
	signature, err := m.sender.Sign(ctx, bundle.Signable(text))
	if err != nil {
		return err
	}
	m.Digest = bundle.Digest(text)
	if err := p.parcel.Add(parcel.Item{Name: bundle.SignatureName, Form: "text/plain"}, fmt.Appendf(nil, "%x\n", signature)); err != nil {
		return err
	}
	return p.parcel.Add(parcel.Item{Name: bundle.ManifestName, Form: "application/json"}, text)
}

func (m *making) manifest(ctx context.Context, last *pieces) (bundle.Manifest, []original, error) {
	card := m.sender.Card()
	made := bundle.Manifest{V: 1, Export: m.ID, Run: m.Run, House: bundle.House{Org: card.Org, Name: card.Name, Signer: card.Signer}, Made: m.desk.Now()}
	var done []Part
	err := m.desk.Look(ctx, func(r db.Reader) (err error) {
		done, err = partsOf(ctx, r, m.Case, m.Run)
		return err
	})
	if err != nil {
		return made, nil, err
	}
	done = append(done, last.Part)
	var schemas []original
	for _, s := range sets {
		one := bundle.Set{Name: s.name, About: s.about, Key: s.key, Files: []bundle.File{}}
		for _, p := range done {
			for _, f := range p.Files {
				if f.Set == s.name {
					one.Files = append(one.Files, f.File)
					one.Rows += f.File.Rows
				}
			}
		}
		made.Sets = append(made.Sets, one)
		content, err := json.MarshalIndent(bundle.SchemaOf(s.name, s.about, s.key, s.columns), "", "  ")
		if err != nil {
			return made, nil, err
		}
		f := bundle.Measured(bundle.SchemaName(s.name), "application/schema+json", content)
		schemas = append(schemas, original{f, content})
		made.Schemas = append(made.Schemas, f)
	}
	for _, p := range done {
		made.Told = made.Told.And(p.Told)
	}
	for _, f := range codeLists() {
		made.Codes = append(made.Codes, f.File)
	}
	return made, schemas, nil
}

// entry is a row as an index knows it.
type entry struct {
	set    int
	key    string
	digest string
}

func entryOf(set int, r row) entry {
	sum := sm.Sum(r.line)
	return entry{set, r.keyText(), hexed(sum[:])}
}

func (e entry) line() string { return strconv.Itoa(e.set) + "\x1f" + e.key + "\x1f" + e.digest + "\n" }

func parseEntry(line string) (entry, error) {
	cells := strings.Split(line, "\x1f")
	if len(cells) != 3 {
		return entry{}, errUnreadable.With()
	}
	set, err := strconv.Atoi(cells[0])
	if err != nil || set < 0 || set >= len(sets) {
		return entry{}, errUnreadable.With()
	}
	return entry{set, cells[1], cells[2]}, nil
}

func (e entry) before(o entry) bool { return e.set < o.set || e.set == o.set && e.key < o.key }

func hexed(b []byte) string { return hex.EncodeToString(b) }
