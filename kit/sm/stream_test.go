package sm_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/sm"
)

const (
	streamHead  = 18
	sealedChunk = sm.ChunkSize + 16
)

func readAll(r io.Reader) ([]byte, error) { return io.ReadAll(r) }

func sealStream(t testing.TB, k *sm.Key, plain, bound []byte) []byte {
	t.Helper()
	r, err := k.SealStream(bytes.NewReader(plain), bound)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := readAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func pattern(n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(i * 7)
	}
	return out
}

func TestStreamsOfEveryLengthComeBack(t *testing.T) {
	k := newKey(t, sm.NewSecret(), "test", sm.SM4GCM)
	for _, n := range []int{0, 1, sm.ChunkSize - 1, sm.ChunkSize, sm.ChunkSize + 1, 2 * sm.ChunkSize, 3*sm.ChunkSize + 5} {
		plain := pattern(n)
		sealed := sealStream(t, k, plain, []byte("b"))
		got, err := readAll(k.OpenStream(iotest.HalfReader(bytes.NewReader(sealed)), []byte("b")))
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: got %d, %v", n, len(got), err)
		}
	}
}

func TestStreamsReadInAnyStepsAreTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := newKey(t, sm.NewSecret(), "test", rapid.SampledFrom(algorithms).Draw(rt, "algorithm"))
		plain := pattern(rapid.IntRange(0, 3*sm.ChunkSize).Draw(rt, "length"))
		r := k.OpenStream(bytes.NewReader(sealStream(t, k, plain, nil)), nil)
		step := rapid.IntRange(1, sm.ChunkSize+1).Draw(rt, "step")
		var got []byte
		for buf := make([]byte, step); ; {
			n, err := r.Read(buf)
			got = append(got, buf[:n]...)
			if err == io.EOF {
				break
			}
			if err != nil {
				rt.Fatal(err)
			}
		}
		if !bytes.Equal(got, plain) {
			rt.Fatal("the content changed")
		}
	})
}

func TestStreamTamperingIsNoticed(t *testing.T) {
	k := newKey(t, sm.NewSecret(), "test", sm.SM4GCM)
	plain := pattern(3 * sm.ChunkSize)
	sealed := sealStream(t, k, plain, []byte("b"))
	chunk := func(i int) []byte { return sealed[streamHead+i*sealedChunk : streamHead+(i+1)*sealedChunk] }
	head := sealed[:streamHead]
	other := sealStream(t, k, plain, []byte("b"))
	flipped := func(at int) []byte { c := bytes.Clone(sealed); c[at] ^= 1; return c }
	for name, data := range map[string][]byte{
		"nothing":                {},
		"half a head":            sealed[:9],
		"head alone":             head,
		"cut at a chunk":         sealed[:streamHead+2*sealedChunk],
		"cut within a chunk":     sealed[:len(sealed)-1],
		"longer":                 append(bytes.Clone(sealed), 0),
		"chunks swapped":         bytes.Join([][]byte{head, chunk(1), chunk(0), chunk(2)}, nil),
		"a chunk left out":       bytes.Join([][]byte{head, chunk(0), chunk(2)}, nil),
		"a chunk twice":          bytes.Join([][]byte{head, chunk(0), chunk(0), chunk(1), chunk(2)}, nil),
		"last chunk first":       bytes.Join([][]byte{head, chunk(2)}, nil),
		"another stream's chunk": bytes.Join([][]byte{head, other[streamHead : streamHead+sealedChunk], chunk(1), chunk(2)}, nil),
		"two streams joined":     append(bytes.Clone(sealed), other...),
		"format changed":         flipped(0),
		"algorithm changed":      append([]byte{2, byte(sm.AES256GCM)}, sealed[2:]...),
		"salt changed":           flipped(5),
		"first chunk changed":    flipped(streamHead),
		"last tag changed":       flipped(len(sealed) - 1),
	} {
		got, err := readAll(k.OpenStream(bytes.NewReader(data), []byte("b")))
		if !errors.Is(err, sm.ErrBroken) && !errors.Is(err, sm.ErrUnknownFormat) {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.HasPrefix(plain, got) {
			t.Errorf("%s: handed out bytes that nobody sealed", name)
		}
	}
	if _, err := readAll(k.OpenStream(bytes.NewReader(sealed), []byte("c"))); !errors.Is(err, sm.ErrBroken) {
		t.Errorf("other bound bytes: %v", err)
	}
}

func TestAFailingSourceIsNotTakenForTampering(t *testing.T) {
	k := newKey(t, sm.NewSecret(), "test", sm.SM4GCM)
	sealed := sealStream(t, k, pattern(2*sm.ChunkSize), nil)
	unplugged := errors.New("cable pulled")
	cut := io.MultiReader(bytes.NewReader(sealed[:sealedChunk+100]), iotest.ErrReader(unplugged))
	if _, err := readAll(k.OpenStream(cut, nil)); !errors.Is(err, unplugged) || errors.Is(err, sm.ErrBroken) {
		t.Errorf("opening: %v", err)
	}
	sealing, err := k.SealStream(io.MultiReader(bytes.NewReader(pattern(100)), iotest.ErrReader(unplugged)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readAll(sealing); !errors.Is(err, unplugged) {
		t.Errorf("sealing: %v", err)
	}
}

func FuzzOpenStream(f *testing.F) {
	k := newKey(f, bytes.Repeat([]byte{7}, sm.SecretSize), "fuzz", sm.SM4GCM)
	genuine := unhex(f, "0201bf6eb256ab740352fee8a8ff40c0875ab151c6bb1e4c45d82c5b6a38715cbee131874a9cfd392e")
	if plain, err := readAll(k.OpenStream(bytes.NewReader(genuine), nil)); err != nil || string(plain) != "content" {
		f.Fatalf("%q, %v", plain, err)
	}
	f.Add(genuine)
	f.Add(genuine[:streamHead])
	f.Add([]byte{2, 2})
	f.Fuzz(func(t *testing.T, data []byte) {
		plain, err := readAll(k.OpenStream(bytes.NewReader(data), nil))
		if err == nil && !bytes.Equal(data, genuine) {
			t.Fatalf("%x opened to %q and nobody sealed it", data, plain)
		}
	})
}

func BenchmarkSealStream(b *testing.B) {
	k := newKey(b, sm.NewSecret(), "bench", sm.SM4GCM)
	plain := pattern(1 << 20)
	b.SetBytes(1 << 20)
	for b.Loop() {
		r, err := k.SealStream(bytes.NewReader(plain), nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenStream(b *testing.B) {
	k := newKey(b, sm.NewSecret(), "bench", sm.SM4GCM)
	sealed := sealStream(b, k, pattern(1<<20), nil)
	b.SetBytes(1 << 20)
	for b.Loop() {
		if _, err := io.Copy(io.Discard, k.OpenStream(bytes.NewReader(sealed), nil)); err != nil {
			b.Fatal(err)
		}
	}
}
