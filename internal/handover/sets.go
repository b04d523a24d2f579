package handover

import (
	"context"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/handover/bundle"
)

// set is one table of an export and how its rows are read.
type set struct {
	name    string
	table   string // whose rows they are
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

// sets are the tables of an export, in their order: what is referred to comes first. The
// indexes of runs that were made know a set by its place, so a new one is added at the end.
var sets = []set{
	table("department", "staff_department", "科室", "departments", "id", append(texts("id", "code", "name_zh", "name_en", "kind", "parent", "campus"), moment("made"))),
	table("person", "staff_person", "人员", "people of the staff", "id", append(texts("id", "number", "name_zh", "name_en", "category"), moment("made"))),
	table("appointment", "staff_appointment", "任职", "posts that people held", "id",
		append(texts("id", "person", "department", "title_zh", "title_en", "team", "ended_by"), coded("role", "roles"), moment("since"), moment("until"), moment("ended"))),
	table("signing_key", "identity_key", "签名公钥", "public keys that verify signatures (SM2)", "id", []bundle.Column{text("id"), text("person"), binary("public"), moment("made")}),
	{name: "patient", table: "patient_patient", about: bundle.Text{ZH: "患者", EN: "patients"}, key: []string{"id"}, read: readPatients,
		columns: []bundle.Column{text("id"), number("rev"), number("level"), text("source"), thing("demographics")}},
	table("encounter", "patient_encounter", "就诊", "encounters", "id",
		append(texts("id", "patient", "kind", "department", "ward", "bed", "attending", "source"), number("level"), moment("since"), moment("until"), moment("created_at"))),
	table("relation", "patient_relation", "诊疗关系", "care relations", "id",
		append(texts("id", "patient", "person", "kind", "role", "encounter", "source", "given_by"), moment("since"), moment("until"))),
	table("consent", "consent_record", "知情同意", "consents", "id",
		append(texts("id", "patient", "template", "decision", "relation", "guardian", "form", "scope", "withdrawn_by", "recorded_by"), number("version"), moment("since"), moment("until"), moment("withdrawn"))),
	table("document", "record_document", "文书", "documents", "id",
		append(texts("id", "patient", "encounter", "title", "department", "author", "state", "seal", "source"), coded("kind", "document-kinds"), number("sensitivity"), number("version"), moment("at"), moment("created_at"), moment("updated_at"))),
	{name: "version", table: "record_version", about: bundle.Text{ZH: "文书版本", EN: "versions of documents"}, key: []string{"document", "number"}, read: readVersions, columns: []bundle.Column{
		text("document"), number("number"), text("author"), moment("at"), binary("digest"), text("reason"), text("source"), {Name: "files", Kind: bundle.FilesKind},
	}},
	table("signature", "record_signature", "电子签名", "signatures", "document,number,person",
		append(texts("document", "person", "role", "signing_key"), number("number"), binary("value"), moment("at"))),
	{name: "observation", table: "record_observation", about: bundle.Text{ZH: "检验检查结果", EN: "observations"}, key: []string{"id"}, read: readObservations, columns: append(
		texts("id", "patient", "encounter", "code", "flag", "department", "source"), number("sensitivity"), number("rev"), moment("at"), moment("created_at"), thing("finding"))},
	{name: "order", table: "record_order", about: bundle.Text{ZH: "医嘱", EN: "orders"}, key: []string{"id"}, read: readOrders, columns: append(
		texts("id", "patient", "encounter", "kind", "state", "department", "source"), number("sensitivity"), number("rev"), moment("at"), moment("created_at"), thing("instruction"))},
	table("seal", "access_seal", "封存", "seals", "id", append(texts("id", "kind", "patient", "owner", "lifted_by"), moment("since"), moment("renew_by"), moment("free_from"), moment("lifted"), binary("copy_digest"))),
	table("sealed_document", "access_seal_document", "封存文书", "documents under seal", "seal,document",
		append(texts("seal", "document", "patient", "state"), number("version"), binary("digest"), moment("since"))),
	ledgerTable("ledger_block", "审计账本", "the ledger of everything that was done", "id", []bundle.Column{text("id"), moment("at"), number("count"), binary("mac"), binary("body")}),
	ledgerTable("ledger_place", "账本次序", "the places of the blocks in the tree", "first", []bundle.Column{number("first"), text("block")}),
	ledgerTable("ledger_checkpoint", "账本检查点", "signed checkpoints of the ledger", "size", []bundle.Column{number("size"), moment("at"), binary("root"), text("note")}),
	table("requisition", "patient_requisition", "申请单", "requests for examinations, consultations and operations", "id",
		append(texts("id", "patient", "encounter", "kind", "number", "asked_by", "department", "state", "source", "given_by"), moment("planned"), moment("since"), moment("until"), moment("closed"))),
	table("performer", "patient_performer", "申请执行人", "who carries a request out", "id", texts("id", "requisition", "person", "role", "relation")),
	table("worklist", "patient_worklist", "工作清单", "patients on worklists", "id",
		append(texts("id", "patient", "encounter", "task", "person", "relation", "ended_by", "given_by"), moment("since"), moment("due"), moment("until"), moment("ended"))),
}

// Sets are the names of the tables of an export, in their order.
func Sets() []string {
	names := make([]string, len(sets))
	for i, s := range sets {
		names[i] = s.name
	}
	return names
}

// Tables are the tables of the house that an export holds, but for those of the account.
func Tables() []string {
	var names []string
	for _, s := range sets {
		if !s.account {
			names = append(names, s.table)
		}
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
	s.table = table
	s.read = func(ctx context.Context, src source, after []any, limit int) ([]row, error) {
		return s.rowsOf(ctx, src, table, after, limit)
	}
	return s
}

// shapes are the sets by their names, for those whose rows are made here; they are put
// together when all is there, because the sets name the functions that ask for them.
var shapes = map[string]set{}

func init() {
	for _, s := range sets {
		shapes[s.name] = s
	}
}
