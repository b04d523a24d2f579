package ledger

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/merkle"
)

var update = flag.Bool("update", false, "write the vectors of the format document anew")

const document = "../../docs/format/ledger.md"

// vectors are what docs/format/ledger.md ends with. Bytes are in hex.
type vectors struct {
	Row struct {
		Table  string         `json:"table"`
		Key    string         `json:"key"`
		Values map[string]any `json:"values"`
		Digest string         `json:"digest"`
	} `json:"row"`
	Entries []string `json:"entries"` // as text
	Leaves  []string `json:"leaves"`
	Block   struct {
		Body   string `json:"body"`
		Digest string `json:"digest"`
	} `json:"block"`
	EmptyRoot    string       `json:"emptyRoot"`
	RootOf2      string       `json:"rootOf2"`
	RootOf3      string       `json:"rootOf3"`
	PublicKey    string       `json:"publicKey"`
	Checkpoint   string       `json:"checkpoint"`
	Inclusion    Proof        `json:"inclusion"`
	Continuation Continuation `json:"continuation"`
}

type exampleRow struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Title   string    `db:"title"`
	Sealed  []byte    `db:"sealed"`
	Version int64     `db:"version"`
	Final   bool      `db:"final"`
	At      time.Time `db:"at"`
	Ended   time.Time `db:"ended"`
}

var examples = db.Define[exampleRow]("example_document")

// catching is a writer that keeps what it is given.
type catching struct {
	db.Writer
	change db.Change
	digest []byte
}

func (c *catching) Apply(_ context.Context, change db.Change) error {
	c.change = change
	return nil
}

func (c *catching) MAC(digest []byte) []byte {
	c.digest = digest
	return digest
}

func computed(t *testing.T, checkpoint string) vectors {
	t.Helper()
	var v vectors
	at := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	row := exampleRow{Org: "o1", ID: "入/1%", Title: "入院记录", Sealed: []byte{0, 255}, Version: -1, Final: true, At: at}
	w := &catching{}
	if err := examples.Insert(t.Context(), w, &row); err != nil {
		t.Fatal(err)
	}
	v.Row.Table, v.Row.Key, v.Row.Digest = "example_document", w.change.Key, hex.EncodeToString(w.change.Digest)
	v.Row.Values = map[string]any{"org": "o1", "id": "入/1%", "title": "入院记录", "sealed": "hex:00ff", "version": -1.0, "final": 1.0, "at": float64(at.UnixMicro()), "ended": nil}

	var tree merkle.Tree
	var payloads []Payload
	for i, id := range []string{"01KJP8G00000000000000000A1", "01KJP8G00000000000000000A2", "01KJP8G00000000000000000A3"} {
		e := Entry{
			V: entryVersion, ID: id, At: at.UnixMicro() + int64(i), Org: "o1", Verb: "record.sign", Outcome: Done, Purpose: "care",
			Actor:   Actor{Kind: "person", ID: "p1", Session: "s1", Roles: []string{"resident"}, Department: "d1", IP: "10.0.0.7"},
			Why:     Why{Rules: []string{"record.sign.author"}, Tie: &Tie{Kind: "care", ID: "r1"}},
			Objects: []Object{{Kind: "document", ID: "doc1", Patient: "pat1", Version: i + 1}},
			Writes:  []Write{{Table: "example_document", Key: w.change.Key, Op: "insert", Digest: w.change.Digest}},
			Salt:    bytes.Repeat([]byte{byte(i)}, saltSize),
		}
		raw, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		payloads = append(payloads, Payload{id: id, at: e.At, bytes: raw})
		v.Entries = append(v.Entries, string(raw))
		leaf := merkle.Leaf(raw)
		v.Leaves = append(v.Leaves, hex.EncodeToString(leaf[:]))
		tree.Append(leaf)
		if i == 1 {
			v.RootOf2 = hexOf(tree.Root())
		}
	}
	v.EmptyRoot, v.RootOf3 = hexOf(merkle.Empty()), hexOf(tree.Root())
	block := pack(payloads[:2])
	if err := blocks.Insert(t.Context(), w, &block); err != nil {
		t.Fatal(err)
	}
	v.Block.Body, v.Block.Digest = hex.EncodeToString(block.Body), hex.EncodeToString(w.digest)

	nodes := merkle.FromTiles(func(_ merkle.TileID) (row []merkle.Hash, err error) {
		for _, p := range payloads {
			row = append(row, merkle.Leaf(p.bytes))
		}
		return row, nil
	})
	root2, root3 := merkle.Node(merkle.Leaf(payloads[0].bytes), merkle.Leaf(payloads[1].bytes)), tree.Root()
	path, err := merkle.Inclusion(1, 3, nodes)
	if err != nil {
		t.Fatal(err)
	}
	v.Inclusion = Proof{Position: 1, Size: 3, Entry: payloads[1].bytes, Root: root3[:], Path: raw(path), Checkpoint: checkpoint}
	if path, err = merkle.Consistency(2, 3, nodes); err != nil {
		t.Fatal(err)
	}
	v.Continuation = Continuation{From: 2, To: 3, FromRoot: root2[:], ToRoot: root3[:], Path: raw(path), ToCheckpoint: checkpoint}
	v.Checkpoint = checkpoint
	return v
}

func hexOf(h merkle.Hash) string { return hex.EncodeToString(h[:]) }

// exampleSigner is a key that exists for the document only.
type exampleSigner struct{ key *sm2.PrivateKey }

func (s exampleSigner) PublicKey() []byte {
	point, err := sm2.PublicKeyToECDH(&s.key.PublicKey)
	if err != nil {
		panic(err)
	}
	return point.Bytes()
}

func (s exampleSigner) Sign(message []byte) ([]byte, error) {
	return s.key.Sign(nil, message, sm2.DefaultSM2SignerOpts)
}

func TestTheFormatDocumentSaysWhatTheCodeDoes(t *testing.T) {
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := bytes.Cut(text, []byte("```json vectors\n"))
	body, tail, ok := bytes.Cut(rest, []byte("\n```\n"))
	if !ok {
		t.Fatal("the document has no block of vectors")
	}
	if *update {
		body = renew(t)
		out := bytes.Join([][]byte{head, []byte("```json vectors\n"), body, []byte("\n```\n"), tail}, nil)
		if err := os.WriteFile(document, out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var written vectors
	if err := json.Unmarshal(body, &written); err != nil {
		t.Fatal(err)
	}
	public, err := hex.DecodeString(written.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	c, err := OpenCheckpoint(written.Checkpoint, public)
	if err != nil {
		t.Fatal(err)
	}
	if hexOf(c.Root) != written.RootOf3 || c.Size != 3 {
		t.Errorf("the checkpoint is of %d entries and root %x", c.Size, c.Root)
	}
	want := computed(t, written.Checkpoint)
	want.PublicKey = written.PublicKey
	if diff := cmp.Diff(want, written); diff != "" {
		t.Errorf("the document differs from the code (-code +document), write it anew with -update if the change is meant:\n%s", diff)
	}
}

func renew(t *testing.T) []byte {
	t.Helper()
	key, err := sm2.NewPrivateKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	v := computed(t, "")
	root, err := hex.DecodeString(v.RootOf3)
	if err != nil {
		t.Fatal(err)
	}
	signer := exampleSigner{key}
	c, err := sign(signer, Checkpoint{
		Origin: "hospital.example/ledger", Size: 3, Root: merkle.Hash(root), At: time.Date(2026, 3, 2, 4, 0, 1, 0, time.UTC), After: 2,
	})
	if err != nil {
		t.Fatal(err)
	}
	v = computed(t, c.Note)
	v.PublicKey = hex.EncodeToString(signer.PublicKey())
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}

func FuzzABlockBodyHasOneReading(f *testing.F) {
	f.Add([]byte{0, 0, 0, 2, '{', '}', 0, 0, 0, 0}, int64(2))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff}, int64(1))
	f.Fuzz(func(t *testing.T, body []byte, count int64) {
		entries, err := blockRow{Body: body, Count: count}.entries()
		if err != nil {
			return
		}
		var payloads []Payload
		for _, e := range entries {
			payloads = append(payloads, Payload{id: "x", bytes: e})
		}
		if len(payloads) == 0 {
			return
		}
		if again := pack(payloads); !bytes.Equal(again.Body, body) || again.Count != count {
			t.Fatalf("%x read as %d entries, which are written as %x", body, len(entries), again.Body)
		}
	})
}
