package handover

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/cda"
)

// set is one table of an export and how its rows are read.
type set struct {
	name    string
	about   bundle.Text
	key     []string
	columns []bundle.Column
	// account: the rows of the ledger grow by everything that is done, the handover
	// itself too; they are carried as of each run and not compared.
	account bool
	read    func(ctx context.Context, s source, after []any, limit int) ([]row, error)
}

// source is from where rows are read.
type source struct {
	db.Reader
	*Room
	org   string
	house exchange.Card
}

// row is one row as it leaves.
type row struct {
	key   []any // strings and numbers
	line  []byte
	files []original
	told  bundle.Told
}

type original struct {
	bundle.File
	content []byte
}

func text(name string) bundle.Column   { return bundle.Column{Name: name, Kind: bundle.TextKind} }
func number(name string) bundle.Column { return bundle.Column{Name: name, Kind: bundle.NumberKind} }
func moment(name string) bundle.Column { return bundle.Column{Name: name, Kind: bundle.MomentKind} }
func binary(name string) bundle.Column { return bundle.Column{Name: name, Kind: bundle.BytesKind} }
func thing(name string) bundle.Column  { return bundle.Column{Name: name, Kind: bundle.ThingKind} }

func coded(name, codes string) bundle.Column {
	return bundle.Column{Name: name, Kind: bundle.TextKind, Codes: codes}
}

func texts(names ...string) []bundle.Column {
	all := make([]bundle.Column, len(names))
	for i, name := range names {
		all[i] = text(name)
	}
	return all
}

// sets are the tables of an export, in their order: what is referred to comes first.
var sets = []set{
	table("department", "staff_department", "科室", "departments", "id", append(texts("id", "code", "name_zh", "name_en", "kind", "parent", "campus"), moment("made"))),
	table("person", "staff_person", "人员", "people of the staff", "id", append(texts("id", "number", "name_zh", "name_en", "category"), moment("made"))),
	table("appointment", "staff_appointment", "任职", "posts that people held", "id",
		append(texts("id", "person", "department", "title_zh", "title_en", "team", "ended_by"), coded("role", "roles"), moment("since"), moment("until"), moment("ended"))),
	table("signing_key", "identity_key", "签名公钥", "public keys that verify signatures (SM2)", "id", []bundle.Column{text("id"), text("person"), binary("public"), moment("made")}),
	{name: "patient", about: bundle.Text{ZH: "患者", EN: "patients"}, key: []string{"id"}, read: readPatients,
		columns: []bundle.Column{text("id"), number("rev"), number("level"), text("source"), thing("demographics")}},
	table("encounter", "patient_encounter", "就诊", "encounters", "id",
		append(texts("id", "patient", "kind", "department", "ward", "bed", "attending", "source"), number("level"), moment("since"), moment("until"), moment("created_at"))),
	table("relation", "patient_relation", "诊疗关系", "care relations", "id",
		append(texts("id", "patient", "person", "kind", "role", "encounter", "source", "given_by"), moment("since"), moment("until"))),
	table("consent", "consent_record", "知情同意", "consents", "id",
		append(texts("id", "patient", "template", "decision", "relation", "guardian", "form", "scope", "withdrawn_by", "recorded_by"), number("version"), moment("since"), moment("until"), moment("withdrawn"))),
	table("document", "record_document", "文书", "documents", "id",
		append(texts("id", "patient", "encounter", "title", "department", "author", "state", "seal", "source"), coded("kind", "document-kinds"), number("sensitivity"), number("version"), moment("at"), moment("created_at"), moment("updated_at"))),
	{name: "version", about: bundle.Text{ZH: "文书版本", EN: "versions of documents"}, key: []string{"document", "number"}, read: readVersions, columns: []bundle.Column{
		text("document"), number("number"), text("author"), moment("at"), binary("digest"), text("reason"), text("source"), {Name: "files", Kind: bundle.FilesKind},
	}},
	table("signature", "record_signature", "电子签名", "signatures", "document,number,person",
		append(texts("document", "person", "role", "signing_key"), number("number"), binary("value"), moment("at"))),
	{name: "observation", about: bundle.Text{ZH: "检验检查结果", EN: "observations"}, key: []string{"id"}, read: readObservations, columns: append(
		texts("id", "patient", "encounter", "code", "flag", "department", "source"), number("sensitivity"), number("rev"), moment("at"), moment("created_at"), thing("finding"))},
	{name: "order", about: bundle.Text{ZH: "医嘱", EN: "orders"}, key: []string{"id"}, read: readOrders, columns: append(
		texts("id", "patient", "encounter", "kind", "state", "department", "source"), number("sensitivity"), number("rev"), moment("at"), moment("created_at"), thing("instruction"))},
	table("seal", "access_seal", "封存", "seals", "id", append(texts("id", "kind", "patient", "owner", "lifted_by"), moment("since"), moment("renew_by"), moment("free_from"), moment("lifted"), binary("copy_digest"))),
	table("sealed_document", "access_seal_document", "封存文书", "documents under seal", "seal,document",
		append(texts("seal", "document", "patient", "state"), number("version"), binary("digest"), moment("since"))),
	ledgerTable("ledger_block", "审计账本", "the ledger of everything that was done", "id", []bundle.Column{text("id"), moment("at"), number("count"), binary("mac"), binary("body")}),
	ledgerTable("ledger_place", "账本次序", "the places of the blocks in the tree", "first", []bundle.Column{number("first"), text("block")}),
	ledgerTable("ledger_checkpoint", "账本检查点", "signed checkpoints of the ledger", "size", []bundle.Column{number("size"), moment("at"), binary("root"), text("note")}),
}

// Sets are the names of the tables of an export, in their order.
func Sets() []string {
	names := make([]string, len(sets))
	for i, s := range sets {
		names[i] = s.name
	}
	return names
}

// table is a set whose rows leave as they lie, but for what is sealed.
func table(name, from, zh, en, key string, columns []bundle.Column) set {
	return set{name: name, about: bundle.Text{ZH: zh, EN: en}, key: strings.Split(key, ","), columns: columns}.from(from)
}

// ledgerTable is a table of the account.
func ledgerTable(name, zh, en, key string, columns []bundle.Column) set {
	return set{name: name, about: bundle.Text{ZH: zh, EN: en}, key: []string{key}, columns: columns, account: true}.from(name)
}

func (s set) from(table string) set {
	s.read = func(ctx context.Context, src source, after []any, limit int) ([]row, error) {
		return s.rowsOf(ctx, src, table, after, limit)
	}
	return s
}

func (s set) question(from string, after []any, limit int, org string) (sql string, args []any) {
	cells := make([]string, len(s.columns))
	for i, c := range s.columns {
		cells[i] = c.Name
		if c.Kind == bundle.MomentKind {
			cells[i] = "COALESCE(" + c.Name + ", 0)"
		}
	}
	places := make([]string, len(s.key))
	for i := range s.key {
		places[i] = "$" + strconv.Itoa(i+1)
	}
	args = append(args, after...)
	where := "(" + strings.Join(s.key, ", ") + ") > (" + strings.Join(places, ", ") + ")"
	if !s.account {
		args = append(args, org)
		where += " AND org = $" + strconv.Itoa(len(args))
	}
	args = append(args, int64(limit))
	return "SELECT " + strings.Join(cells, ", ") + " FROM " + from + " WHERE " + where + " ORDER BY " + strings.Join(s.key, ", ") + " LIMIT $" + strconv.Itoa(len(args)), args
}

func (s set) rowsOf(ctx context.Context, src source, from string, after []any, limit int) ([]row, error) {
	sql, args := s.question(from, after, limit, src.org)
	found, err := src.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var all []row
	for found.Next() {
		cells := make([]any, len(s.columns))
		for i, c := range s.columns {
			switch c.Kind {
			case bundle.TextKind:
				cells[i] = new(string)
			case bundle.BytesKind:
				cells[i] = new([]byte)
			default:
				cells[i] = new(int64)
			}
		}
		if err := found.Scan(cells...); err != nil {
			return nil, err
		}
		made, err := s.make(cells)
		if err != nil {
			return nil, err
		}
		if s.name == "document" {
			made.told = toldOf(made.line)
		}
		all = append(all, made)
	}
	return all, found.Err()
}

func toldOf(line []byte) (told bundle.Told) {
	var d struct {
		Seal        string
		Sensitivity int
	}
	if json.Unmarshal(line, &d) != nil {
		return told
	}
	if d.Seal != "" {
		told.Sealed = 1
	}
	if d.Sensitivity >= record.SensitiveLevel {
		told.Sensitive = 1
	}
	return told
}

// make writes a row as a line, its columns in their order, and takes its key.
func (s set) make(cells []any) (row, error) {
	var made row
	line := []byte{'{'}
	at := map[string]any{}
	for i, c := range s.columns {
		value := plain(c.Kind, cells[i])
		at[c.Name] = value
		cell, err := json.Marshal(value)
		if err != nil {
			return made, err
		}
		if i > 0 {
			line = append(line, ',')
		}
		line = append(append(strconv.AppendQuote(line, c.Name), ':'), cell...)
	}
	made.line = append(line, '}')
	for _, name := range s.key {
		made.key = append(made.key, at[name])
	}
	return made, nil
}

// plain is a cell as it is written.
func plain(kind string, cell any) any {
	switch c := cell.(type) {
	case *string:
		return *c
	case *[]byte:
		if len(*c) == 0 {
			return nil
		}
		return *c
	case *int64:
		if kind != bundle.MomentKind {
			return *c
		}
		return when(time.UnixMicro(*c))
	}
	return cell
}

func when(at time.Time) any {
	if at.IsZero() || at.UnixMicro() == 0 {
		return nil
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// first is before every key of a set.
func (s set) first() []any {
	after := make([]any, len(s.key))
	for i, name := range s.key {
		after[i] = ""
		for _, c := range s.columns {
			if c.Name == name && c.Kind == bundle.NumberKind {
				after[i] = int64(-1)
			}
		}
	}
	return after
}

// keyText is a key as an index holds it, in the order of the rows.
func (r row) keyText() string {
	written := make([]string, len(r.key))
	for i, part := range r.key {
		switch k := part.(type) {
		case string:
			written[i] = k
		case int64:
			written[i] = bundle.KeyNumber(k)
		}
	}
	return strings.Join(written, "\t")
}

func readPatients(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	rows, err := src.Query(ctx, "SELECT id, rev, level, source FROM patient_patient WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3", src.org, after[0], int64(limit))
	if err != nil {
		return nil, err
	}
	type head struct {
		id, source string
		rev, level int64
	}
	var heads []head
	for rows.Next() {
		var h head
		if err := rows.Scan(&h.id, &h.rev, &h.level, &h.source); err != nil {
			rows.Close()
			return nil, err
		}
		heads = append(heads, h)
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var all []row
	for _, h := range heads {
		about, err := src.demographics(ctx, src, src.org, h.id)
		if err != nil {
			return nil, err
		}
		made, err := shapes["patient"].make([]any{h.id, h.rev, h.level, h.source, about})
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

func readVersions(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	document, _ := after[0].(string)
	last, _ := after[1].(int64)
	found, err := src.records.WholesAfter(ctx, src, src.org, document, int(last), limit)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, w := range found {
		made, err := src.version(ctx, w)
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

// version is a version with its original bytes, its form of WS/T 500 where it has one,
// and what is attached to it.
func (src source) version(ctx context.Context, w record.Whole) (row, error) {
	var files []original
	var told bundle.Told
	add := func(name, form string, content []byte) {
		files = append(files, original{bundle.Measured(bundle.OriginalName(w.ID, w.Version.Number, name), form, content), content})
	}
	if w.Destroyed {
		told.Destroyed = 1
	} else {
		add("content.json", "application/json", w.Bytes)
		if shared, err := src.shared(ctx, w); err != nil {
			return row{}, err
		} else if shared != nil {
			told.Shared = 1
			add("cda.xml", "application/xml", shared)
		}
	}
	for _, a := range w.Attachments {
		content, err := src.records.AttachedBytes(ctx, src, src.org, a)
		if err != nil {
			return row{}, err
		}
		add("attached-"+strconv.Itoa(a.Number), a.MediaType, content)
	}
	listed := make([]bundle.File, len(files))
	for i, f := range files {
		listed[i] = f.File
	}
	v := w.Version
	made, err := shapes["version"].make([]any{v.Document, int64(v.Number), v.Author, when(v.At), v.Digest, w.Reason, v.Source, listed})
	made.files, made.told = files, told
	return made, err
}

// shared is a version as a shared document, or nil where it cannot be one.
func (src source) shared(ctx context.Context, w record.Whole) ([]byte, error) {
	if _, known := cda.KindOf(w.Kind); !known {
		return nil, nil
	}
	about, err := src.demographics(ctx, src, src.org, w.Patient)
	if err != nil || about == nil {
		return nil, err
	}
	v := &record.View{Document: w.Document, Shown: w.Version, Content: w.Content}
	people := []string{w.Version.Author}
	for _, s := range w.Signatures {
		v.Signatures = append(v.Signatures, record.Checked{Signature: s, Valid: true})
		people = append(people, s.Person)
	}
	if v.People, err = src.names(ctx, src, src.org, people); err != nil {
		return nil, err
	}
	made, found := exchange.Compose(v, *about, src.house)
	if len(found) > 0 {
		return nil, nil
	}
	return made, nil
}

func readObservations(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	last, _ := after[0].(string)
	found, err := src.records.ObservedAfter(ctx, src, src.org, last, limit)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, o := range found {
		made, err := shapes["observation"].make([]any{
			o.ID, o.Patient, o.Encounter, o.Code, o.Flag, o.Department, o.Source, int64(o.Sensitivity), int64(o.Rev), when(o.At), when(o.CreatedAt), o.Finding,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

func readOrders(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	last, _ := after[0].(string)
	found, err := src.records.OrderedAfter(ctx, src, src.org, last, limit)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, o := range found {
		made, err := shapes["order"].make([]any{
			o.ID, o.Patient, o.Encounter, o.Kind, o.State, o.Department, o.Source, int64(o.Sensitivity), int64(o.Rev), when(o.At), when(o.CreatedAt), o.Instruction,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

// shapes are the sets by their names, for those whose rows are made here; they are put
// together when all is there, because the sets name the functions that ask for them.
var shapes = map[string]set{}

func init() {
	for _, s := range sets {
		shapes[s.name] = s
	}
}
