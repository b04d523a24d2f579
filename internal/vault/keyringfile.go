package vault

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/medward/medward/kit/sm"
)

const keyringFormat = "medward keyring 1"

// keyringFile is the file as it is written. docs/format/vault.md describes it.
type keyringFile struct {
	Format string `json:"format"`
	KDF    string `json:"kdf"`
	Salt   []byte `json:"salt"`
	Params
	Sealed []byte `json:"sealed"`
	Sum    string `json:"sum"`
}

const argon2id = "argon2id"

func readKeyringFile(data []byte) (*keyringFile, error) {
	f := &keyringFile{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil {
		return nil, fmt.Errorf("vault: reading the keyring: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("vault: reading the keyring: something follows it")
	}
	if f.Format != keyringFormat || f.KDF != argon2id {
		return nil, fmt.Errorf("vault: keyring format %q with %q is not known here", f.Format, f.KDF)
	}
	if f.Sum != f.sum() {
		return nil, errors.New("vault: the checksum of the keyring is wrong")
	}
	return f, f.check()
}

func (f *keyringFile) bytes() ([]byte, error) {
	f.Sum = f.sum()
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}

// bound is what the sealed part is bound to: everything that is readable.
func (f *keyringFile) bound() []byte {
	out := appendPart(nil, []byte(f.Format))
	out = appendPart(out, []byte(f.KDF))
	out = appendPart(out, f.Salt)
	out = binary.BigEndian.AppendUint32(out, f.MemoryKiB)
	out = binary.BigEndian.AppendUint32(out, f.Passes)
	return append(out, f.Lanes)
}

// sum tells damage from a wrong passphrase; it protects nothing.
func (f *keyringFile) sum() string {
	sum := sm.Sum(appendPart(f.bound(), f.Sealed))
	return hex.EncodeToString(sum[:])
}

// ring is what the file seals.
type ring struct {
	root   []byte
	epochs map[int64][]byte
}

const epochSize = 8 + sm.SecretSize

// bytes is the root followed by number and secret of each epoch, in order.
func (r *ring) bytes() []byte {
	out := append(make([]byte, 0, sm.SecretSize+epochSize*len(r.epochs)), r.root...)
	for _, n := range r.numbers() {
		out = binary.BigEndian.AppendUint64(out, uint64(n)) //nolint:gosec // epochs count up from one
		out = append(out, r.epochs[n]...)
	}
	return out
}

func readRing(data []byte) (*ring, error) {
	if len(data) < sm.SecretSize+epochSize || (len(data)-sm.SecretSize)%epochSize != 0 {
		return nil, fmt.Errorf("vault: the sealed part of the keyring has %d bytes", len(data))
	}
	r := &ring{root: bytes.Clone(data[:sm.SecretSize]), epochs: map[int64][]byte{}}
	for entry := range slices.Chunk(data[sm.SecretSize:], epochSize) {
		n := int64(binary.BigEndian.Uint64(entry)) //nolint:gosec // checked in the next line
		if n < FirstEpoch || r.epochs[n] != nil {
			return nil, fmt.Errorf("vault: the keyring holds the impossible epoch %d", n)
		}
		r.epochs[n] = bytes.Clone(entry[8:])
	}
	return r, nil
}

func (r *ring) numbers() []int64 {
	all := make([]int64, 0, len(r.epochs))
	for n := range r.epochs {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

func (r *ring) clear() {
	clear(r.root)
	for _, secret := range r.epochs {
		clear(secret)
	}
}

// appendPart appends a part with its length before it, so that no two lists of
// parts have the same bytes.
func appendPart[V string | []byte](out []byte, part V) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(part))) //nolint:gosec // parts are short
	return append(out, part...)
}
