package bundle_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/kit/sm"
)

var about = bundle.Text{ZH: "文书版本", EN: "versions"}

// folder is an export of some versions, each with an original.
func folder(t testing.TB, key *sm.SigningKey, said ...string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	put := func(name string, content []byte) bundle.File {
		out[name] = &fstest.MapFile{Data: content}
		return bundle.Measured(name, "", content)
	}
	var rows []byte
	for i, text := range said {
		original := put(bundle.OriginalName("d", i, "content.json"), []byte(text))
		row, err := json.Marshal(map[string]any{"document": "d", "number": i, "at": "2026-03-02T00:00:00Z", "digest": nil, "files": []bundle.File{original}})
		if err != nil {
			t.Fatal(err)
		}
		rows = append(append(rows, row...), '\n')
	}
	data := put(bundle.DataName("version", 1), rows)
	data.Rows = int64(len(said))
	keys := []string{"document", "number"}
	columns := []bundle.Column{{Name: "document", Kind: bundle.TextKind}, {Name: "number", Kind: bundle.NumberKind}, {Name: "at", Kind: bundle.MomentKind}, {Name: "digest", Kind: bundle.BytesKind}, {Name: "files", Kind: bundle.FilesKind}}
	schema, err := json.Marshal(bundle.SchemaOf("version", about, keys, columns))
	if err != nil {
		t.Fatal(err)
	}
	m := bundle.Manifest{
		V: 1, Export: "e", Run: 1, House: bundle.House{Org: "a", Name: "第一医院", Signer: hex.EncodeToString(key.Public().Raw())}, Made: time.Unix(1, 0).UTC(),
		Sets:    []bundle.Set{{Name: "version", About: about, Key: keys, Rows: data.Rows, Files: []bundle.File{data}}},
		Schemas: []bundle.File{put(bundle.SchemaName("version"), schema)}, Codes: []bundle.File{put("codes/roles.ndjson", []byte("{}\n"))},
	}
	text, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	signature, err := key.Sign(bundle.Signable(text))
	if err != nil {
		t.Fatal(err)
	}
	put(bundle.ManifestName, text)
	put(bundle.SignatureName, []byte(hex.EncodeToString(signature)))
	return out
}

func key(t testing.TB) *sm.SigningKey {
	t.Helper()
	k, err := sm.GenerateSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAnExportMatchesAndItsReceiptIsTheReceivers(t *testing.T) {
	giver, taker := key(t), key(t)
	rapid.Check(t, func(rt *rapid.T) {
		said := rapid.SliceOfN(rapid.String(), 0, 6).Draw(rt, "said")
		report, err := bundle.Verify(folder(t, giver, said...))
		if err != nil || !report.Matches() || report.Rows["version"] != int64(len(said)) {
			rt.Fatalf("%+v %v", report, err)
		}
		signer := hex.EncodeToString(taker.Public().Raw())
		signed, err := report.Sign(bundle.House{Org: "b", Signer: signer}, "张三", time.Unix(2, 0), taker)
		if err != nil {
			rt.Fatal(err)
		}
		receipt, err := signed.Read(signer)
		if err != nil || receipt.Outcome != bundle.Match || receipt.Digest != report.Digest {
			rt.Fatalf("%+v %v", receipt, err)
		}
		if _, err := signed.Read(report.Manifest.House.Signer); err == nil {
			rt.Fatal("the giver's key takes the receiver's receipt")
		}
		signed.Receipt = slices.Clone(signed.Receipt)
		signed.Receipt[rapid.IntRange(0, len(signed.Receipt)-1).Draw(rt, "at")] ^= 1
		if _, err := signed.Read(signer); err == nil {
			rt.Fatal("an altered receipt is taken")
		}
	})
}

func TestAnAlteredByteIsNoticedInEveryFile(t *testing.T) {
	giver := key(t)
	whole := folder(t, giver, "胸痛3天", "好转")
	for name := range maps.Keys(whole) {
		for at := 0; at < len(whole[name].Data); at += 1 + len(whole[name].Data)/40 {
			altered := maps.Clone(whole)
			data := slices.Clone(whole[name].Data)
			data[at] ^= 1
			altered[name] = &fstest.MapFile{Data: data}
			if r, err := bundle.Verify(altered); err == nil && r.Matches() {
				t.Errorf("%s altered at %d is taken for whole", name, at)
			}
		}
	}
}

func TestWhatIsMissingDoubledOrTooMuchIsNamed(t *testing.T) {
	giver := key(t)
	for what, change := range map[string]struct {
		do   func(fstest.MapFS)
		kind string
	}{
		"an original is gone":   {func(f fstest.MapFS) { delete(f, bundle.OriginalName("d", 0, "content.json")) }, bundle.Missing},
		"a table is gone":       {func(f fstest.MapFS) { delete(f, bundle.DataName("version", 1)) }, bundle.Missing},
		"the signature is gone": {func(f fstest.MapFS) { delete(f, bundle.SignatureName) }, bundle.Missing},
		"a schema is gone":      {func(f fstest.MapFS) { delete(f, bundle.SchemaName("version")) }, bundle.NoSchema},
		"a file too many":       {func(f fstest.MapFS) { f["data/x.ndjson"] = &fstest.MapFile{} }, bundle.Extra},
		"an original too many":  {func(f fstest.MapFS) { f["originals/x/1/y"] = &fstest.MapFile{} }, bundle.Extra},
		"a row twice": {func(f fstest.MapFS) {
			rows := string(f[bundle.DataName("version", 1)].Data)
			first, _, _ := strings.Cut(rows, "\n")
			f[bundle.DataName("version", 1)] = &fstest.MapFile{Data: []byte(first + "\n" + rows)}
		}, bundle.Disorder},
		"a row of another shape": {func(f fstest.MapFS) {
			f[bundle.DataName("version", 1)] = &fstest.MapFile{Data: []byte(`{"document":1}` + "\n")}
		}, bundle.BadRow},
	} {
		t.Run(what, func(t *testing.T) {
			f := folder(t, giver, "胸痛3天", "好转")
			change.do(f)
			r, err := bundle.Verify(f)
			if err != nil || r.Matches() || !slices.ContainsFunc(r.Differences, func(d bundle.Difference) bool { return d.Kind == change.kind }) {
				t.Errorf("%+v %v", r.Differences, err)
			}
		})
	}
}

func TestManyDifferencesAreCountedAndSomeNamed(t *testing.T) {
	f := folder(t, key(t))
	for i := range 2 * bundle.KeptShown {
		f[fmt.Sprintf("data/%d", i)] = &fstest.MapFile{}
	}
	r, err := bundle.Verify(f)
	if err != nil || r.Found != 2*bundle.KeptShown || len(r.Differences) != bundle.KeptShown {
		t.Errorf("%d %d %v", r.Found, len(r.Differences), err)
	}
}

func FuzzRows(f *testing.F) {
	giver := key(f)
	whole := folder(f, giver, "胸痛3天")
	f.Add(whole[bundle.DataName("version", 1)].Data)
	f.Add([]byte("{\"document\":null}\n\n[]"))
	f.Fuzz(func(t *testing.T, rows []byte) {
		altered := maps.Clone(whole)
		altered[bundle.DataName("version", 1)] = &fstest.MapFile{Data: rows}
		r, err := bundle.Verify(altered)
		if err == nil && r.Matches() && string(rows) != string(whole[bundle.DataName("version", 1)].Data) {
			t.Error("rows that nobody signed match")
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	f := folder(b, key(b), slices.Repeat([]string{strings.Repeat("病程记录", 500)}, 1000)...)
	var size int64
	for _, file := range f {
		size += int64(len(file.Data))
	}
	b.SetBytes(size)
	for b.Loop() {
		if r, err := bundle.Verify(f); err != nil || !r.Matches() {
			b.Fatal(r.Differences, err)
		}
	}
}
