package verify_test

import (
	"encoding/base64"
	"encoding/binary"
	"testing"

	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/ledgertest"
	"github.com/medward/medward/internal/ledger/verify"
)

// FuzzWriterAndVerifierReadTheSameCheckpoints signs any text at all: what one of
// the two readers accepts the other must accept as well, with the same meaning.
func FuzzWriterAndVerifierReadTheSameCheckpoints(f *testing.F) {
	key, err := ledgertest.NewKey()
	if err != nil {
		f.Fatal(err)
	}
	const root = "KtiRc+rej1QuDV3C7ln6OwtXpq56Jw3VixU+NZ7Omi8="
	f.Add("a.example/x", "a.example/x\n3\n"+root+"\ntime 1\nafter 2\n", "\n")
	f.Add("a.example/x", "a.example/x\n03\n"+root+"\ntime 1\nafter 2\n", "\n")
	f.Add("a b", "a b\n3\n"+root+"\ntime 1\nafter 2\n", "")
	f.Add("x", "x\n9223372036854775807\n"+root+"\ntime 0\nafter 0\n", "\n")
	f.Add("x", "x\n1\n"+root+"\ntime 0\nafter 0\nmore\n", "\n")
	f.Fuzz(func(t *testing.T, origin, text, tail string) {
		signature, err := key.Sign([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		id := sm3.Sum([]byte(origin + "\n\xffSM2-SM3" + string(key.PublicKey())))
		line := binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(id[:]))
		note := text + "\n— " + origin + " " + base64.StdEncoding.EncodeToString(append(line, signature...)) + tail
		a, err1 := ledger.OpenCheckpoint(note, key.PublicKey())
		b, err2 := verify.ReadCheckpoint(note, key.PublicKey())
		if (err1 == nil) != (err2 == nil) {
			t.Fatalf("writer: %v\nverifier: %v\n%q", err1, err2, note)
		}
		if err1 == nil && (a.Size != b.Size || string(a.Root[:]) != string(b.Root) || !a.At.Equal(b.At) || a.After != b.After || a.Origin != b.Origin) {
			t.Fatalf("writer reads %+v, verifier %+v", a, b)
		}
	})
}
