package mark

import (
	"encoding/binary"
	"errors"
	"time"

	"github.com/medward/medward/kit/sm"
)

// KeySize is how long a key is, in bytes.
const KeySize = 32

// Claim is what a mark vouches for. Nothing of it can be read from the mark.
type Claim struct {
	Issue     string    // id of the issue
	Serial    string    // number of the issue, as printed
	Person    string    // id of who issued it
	Purpose   string    // what for
	Recipient string    // for whom; empty where it stays with the person
	At        time.Time // to the microsecond
	Digest    []byte    // SM3 over the content
}

// Mark is the proof over a claim, and the code that is printed.
type Mark struct {
	Code Code
	Tag  []byte // HMAC-SM3, 32 bytes, of which the code is the beginning
}

// Errors of verification.
var (
	ErrKey     = errors.New("mark: a key has 32 bytes")
	ErrDigest  = errors.New("mark: a digest has 32 bytes")
	ErrContent = errors.New("mark: it belongs to another content")
	ErrForged  = errors.New("mark: it was not made by this house, or what it vouches for was changed")
)

// Key makes and verifies marks. It may be used by many goroutines at once.
type Key struct{ code *sm.Authenticator }

// NewKey returns the key of a secret of [KeySize] bytes.
func NewKey(secret []byte) (*Key, error) {
	if len(secret) != KeySize {
		return nil, ErrKey
	}
	return &Key{sm.NewAuthenticator(secret)}, nil
}

// Make returns the mark of a claim.
func (k *Key) Make(c Claim) (Mark, error) {
	if len(c.Digest) != sm.DigestSize {
		return Mark{}, ErrDigest
	}
	tag := k.code.Code(c.bytes())
	return Mark{Code: codeOf(tag), Tag: tag}, nil
}

// Verify holds the code of a copy against what the house says that it issued.
func (k *Key) Verify(code Code, c Claim) error {
	want, err := k.Make(c)
	if err != nil {
		return err
	}
	if !sm.Equal([]byte(want.Code), []byte(code)) {
		return ErrForged
	}
	return nil
}

// VerifyContent holds a code against a claim and against the content that was found
// with the code, by its digest.
func (k *Key) VerifyContent(code Code, c Claim, found []byte) error {
	if err := k.Verify(code, c); err != nil {
		return err
	}
	if !sm.Equal(found, c.Digest) {
		return ErrContent
	}
	return nil
}

// bytes are what is authenticated: the name of the form, then every part after its
// length, so that no two claims have the same.
func (c Claim) bytes() []byte {
	text := []byte("medward mark 1\n")
	for _, part := range []string{c.Issue, c.Serial, c.Person, c.Purpose, c.Recipient} {
		text = binary.BigEndian.AppendUint32(text, uint32(len(part))) //nolint:gosec // parts are ids and names, far below 4 GiB
		text = append(text, part...)
	}
	text = binary.BigEndian.AppendUint64(text, uint64(c.At.UnixMicro()))
	return append(text, c.Digest...)
}
