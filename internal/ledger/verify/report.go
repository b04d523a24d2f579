package verify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Kind sorts findings.
type Kind string

// What can be found.
const (
	EntryAltered       Kind = "entry-altered"       // an entry is not what the tree says
	BlockForged        Kind = "block-forged"        // the house did not write this block
	BlockMissing       Kind = "block-missing"       // a place or the waiting list names a block that is not there
	BlockUnplaced      Kind = "block-unplaced"      // neither placed nor waiting
	BlockReplayed      Kind = "block-replayed"      // placed and waiting again
	PlaceBroken        Kind = "place-broken"        // places overlap, leave a hole or miscount
	TileAltered        Kind = "tile-altered"        // a tile is not what the entries give
	TileMissing        Kind = "tile-missing"        //
	TileInserted       Kind = "tile-inserted"       //
	CheckpointAltered  Kind = "checkpoint-altered"  // its note is not the house's, or not of this row
	CheckpointMissing  Kind = "checkpoint-missing"  // the next one says that there was one before
	CheckpointMismatch Kind = "checkpoint-mismatch" // signed for another tree than the rows give
	RolledBack         Kind = "rolled-back"         // the outside checkpoint knows of more
	IndexAltered       Kind = "index-altered"       // search would answer something else than the ledger says
	IndexMissing       Kind = "index-missing"       //
	IndexInserted      Kind = "index-inserted"      //
	RowAltered         Kind = "row-altered"         // a protected row is not what its last act wrote
	RowMissing         Kind = "row-missing"         //
	RowInserted        Kind = "row-inserted"        // no act wrote it
	TableUnreadable    Kind = "table-unreadable"    // a protected table has no key any more
)

// Finding is one thing that is not as it should be, and where.
type Finding struct {
	Kind     Kind       `json:"kind"`
	Table    string     `json:"table,omitempty"`
	Key      string     `json:"key,omitempty"`
	Position int64      `json:"position"` // first entry concerned; -1 where none is
	End      int64      `json:"end"`      // after the last entry concerned
	Block    string     `json:"block,omitempty"`
	Text     fault.Text `json:"text"`
	// Cause is for the log.
	Cause string `json:"cause,omitempty"`
}

// Report is the outcome of a verification.
type Report struct {
	Size       int64     `json:"size"` // entries that had a place when it began
	Root       []byte    `json:"root"`
	Blocks     int64     `json:"blocks"`
	Rows       int64     `json:"rows"`    // protected rows compared
	Tables     int64     `json:"tables"`  // protected tables
	Waiting    int64     `json:"waiting"` // blocks without a place yet
	Unsigned   int64     `json:"unsigned"`
	Signed     int64     `json:"signed"` // size of the newest checkpoint
	SignedAt   time.Time `json:"signedAt,omitzero"`
	Findings   []Finding `json:"findings"`
	More       int64     `json:"more"` // findings beyond the limit, only counted
	Consistent bool      `json:"consistent"`
	// UnalteredSince is the time of the outside checkpoint, if one was given
	// and everything up to it is as it was then.
	UnalteredSince time.Time `json:"unalteredSince,omitzero"`
}

const maxFindings = 10_000

func (r *Report) add(f Finding) {
	if len(r.Findings) >= maxFindings {
		r.More++
		return
	}
	f.Text = f.text()
	r.Findings = append(r.Findings, f)
}

func (r *Report) sort() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Position, b.Position), cmp.Compare(a.Key, b.Key))
	})
}

var texts = map[Kind]fault.Text{
	EntryAltered:       {ZH: "第 {range} 条记录被改动", EN: "entry {range} was altered"},
	BlockForged:        {ZH: "区块 {block} 不是本系统写入或已被改动", EN: "block {block} was not written by the house or was altered"},
	BlockMissing:       {ZH: "区块 {block} 已被删除", EN: "block {block} was deleted"},
	BlockUnplaced:      {ZH: "区块 {block} 的排位记录被删除，或该区块是伪造的", EN: "block {block} lost its place, or was slipped in"},
	BlockReplayed:      {ZH: "区块 {block} 已有排位，却又出现在待排列表中", EN: "block {block} has its place and waits for another"},
	PlaceBroken:        {ZH: "第 {range} 条记录处的排位被改动或删除", EN: "the places at entry {range} were altered or deleted"},
	TileAltered:        {ZH: "哈希块 {key} 被改动", EN: "tile {key} was altered"},
	TileMissing:        {ZH: "哈希块 {key} 被删除", EN: "tile {key} was deleted"},
	TileInserted:       {ZH: "哈希块 {key} 是多出来的", EN: "tile {key} was slipped in"},
	CheckpointAltered:  {ZH: "大小为 {key} 的检查点被改动或是伪造的", EN: "the checkpoint of size {key} was altered or forged"},
	CheckpointMissing:  {ZH: "大小为 {key} 的检查点被删除", EN: "the checkpoint of size {key} was deleted"},
	CheckpointMismatch: {ZH: "第 {range} 条记录中有改动：与大小为 {key} 的检查点不符", EN: "something in entry {range} was altered: the rows do not give the root of checkpoint {key}"},
	RolledBack:         {ZH: "账本被回退：外部检查点记载的内容已不在库中", EN: "the ledger was rolled back: the outside checkpoint knows of more than the store has"},
	IndexAltered:       {ZH: "检索索引 {table} 的 {key} 被改动", EN: "row {key} of the search index {table} was altered"},
	IndexMissing:       {ZH: "检索索引 {table} 的 {key} 被删除", EN: "row {key} of the search index {table} was deleted"},
	IndexInserted:      {ZH: "检索索引 {table} 的 {key} 是多出来的", EN: "row {key} of the search index {table} was slipped in"},
	RowAltered:         {ZH: "{table} 的 {key} 被绕过系统改动", EN: "row {key} of {table} was altered behind the system"},
	RowMissing:         {ZH: "{table} 的 {key} 被绕过系统删除", EN: "row {key} of {table} was deleted behind the system"},
	RowInserted:        {ZH: "{table} 的 {key} 是绕过系统写入的", EN: "row {key} of {table} was inserted behind the system"},
	TableUnreadable:    {ZH: "表 {table} 的主键已不可用，无法核验", EN: "table {table} has lost its key and cannot be verified"},
}

func (f Finding) text() fault.Text {
	span := fmt.Sprint(f.Position)
	if f.End > f.Position+1 {
		span = fmt.Sprintf("%d–%d", f.Position, f.End-1)
	}
	t := texts[f.Kind]
	fill := func(s string) string {
		return replace(s, "{range}", span, "{block}", f.Block, "{table}", f.Table, "{key}", f.Key)
	}
	return fault.Text{ZH: fill(t.ZH), EN: fill(t.EN)}
}
