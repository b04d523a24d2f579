package ledger

import (
	"context"
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/merkle"
)

// Signer signs checkpoints with SM2 over SM3 (GB/T 32918) for the user id
// 1234567812345678.
type Signer interface {
	// PublicKey is the uncompressed point, 65 bytes.
	PublicKey() []byte
	// Sign returns the signature of message, hashed as the standard says, in
	// ASN.1 DER.
	Sign(message []byte) ([]byte, error)
}

// Checkpoint is a signed statement of what the tree was at one size.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   merkle.Hash
	At     time.Time
	After  int64  // size of the checkpoint before this one
	Note   string // the whole signed text
}

var (
	// ErrNoCheckpoint is returned before the first entry has its place.
	ErrNoCheckpoint = fault.Define("ledger.no-checkpoint", fault.NotFound,
		"账本尚无检查点；第一条记录写入后约一秒生成。",
		"The ledger has no checkpoint yet; one is made about a second after the first entry.",
		"nothing has been placed, or the sequencer is not running")
	errNote = errors.New("ledger: not a checkpoint")
)

const signatureKind = "\xffSM2-SM3"

// keyID tells which key signed: it is bound to the name of the tree.
func keyID(origin string, publicKey []byte) uint32 {
	sum := sm3.Sum([]byte(origin + "\n" + signatureKind + string(publicKey)))
	return binary.BigEndian.Uint32(sum[:])
}

// sign makes the checkpoint of a tree.
func sign(signer Signer, c Checkpoint) (Checkpoint, error) {
	text := fmt.Sprintf("%s\n%d\n%s\ntime %d\nafter %d\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]), c.At.UnixMicro(), c.After)
	signature, err := signer.Sign([]byte(text))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("signing the checkpoint of %d entries: %w", c.Size, err)
	}
	line := binary.BigEndian.AppendUint32(nil, keyID(c.Origin, signer.PublicKey()))
	c.Note = text + "\n— " + c.Origin + " " + base64.StdEncoding.EncodeToString(append(line, signature...)) + "\n"
	return c, nil
}

// OpenCheckpoint reads a checkpoint's note and checks that publicKey (an
// uncompressed point) signed it.
func OpenCheckpoint(note string, publicKey []byte) (Checkpoint, error) {
	text, signature, ok := strings.Cut(note, "\n\n")
	if !ok {
		return Checkpoint{}, fmt.Errorf("%w: no blank line before the signature", errNote)
	}
	text += "\n"
	c, err := parseText(text)
	if err != nil {
		return Checkpoint{}, err
	}
	encoded, begins := strings.CutPrefix(signature, "— "+c.Origin+" ")
	encoded, ends := strings.CutSuffix(encoded, "\n")
	if !begins || !ends {
		return Checkpoint{}, fmt.Errorf("%w: no signature of %s", errNote, c.Origin)
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(raw) < 4 {
		return Checkpoint{}, fmt.Errorf("%w: unreadable signature", errNote)
	}
	key, err := point(publicKey)
	if err != nil {
		return Checkpoint{}, err
	}
	if binary.BigEndian.Uint32(raw) != keyID(c.Origin, publicKey) || !sm2.VerifyASN1WithSM2(key, nil, []byte(text), raw[4:]) {
		return Checkpoint{}, fmt.Errorf("%w: the signature is not of this key", errNote)
	}
	c.Note = note
	return c, nil
}

func parseText(text string) (Checkpoint, error) {
	part := strings.Split(text, "\n")
	if len(part) != 6 || part[0] == "" || strings.Contains(part[0], " ") {
		return Checkpoint{}, fmt.Errorf("%w: want origin, size, root, time and the size before", errNote)
	}
	size, err1 := whole(part[1], "")
	micros, err2 := whole(part[3], "time ")
	after, err3 := whole(part[4], "after ")
	root, err4 := base64.StdEncoding.Strict().DecodeString(part[2])
	if len(root) != merkle.HashSize {
		err4 = errors.Join(err4, fmt.Errorf("%w: root %q", errNote, part[2]))
	}
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{Origin: part[0], Size: size, Root: merkle.Hash(root), At: time.UnixMicro(micros).UTC(), After: after}, nil
}

// maxDigits keeps every number of a note within what any reader can hold.
const maxDigits = 18

// whole reads a whole number in the one form in which it is written.
func whole(text, label string) (int64, error) {
	digits, ok := strings.CutPrefix(text, label)
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || n < 0 || len(digits) > maxDigits || strconv.FormatInt(n, 10) != digits {
		return 0, fmt.Errorf("%w: %q", errNote, text)
	}
	return n, nil
}

func point(publicKey []byte) (*ecdsa.PublicKey, error) {
	key, err := sm2.NewPublicKey(publicKey)
	if err != nil {
		return nil, fmt.Errorf("reading the ledger's public key: %w", err)
	}
	return key, nil
}

// Latest returns the newest checkpoint.
func (l *Ledger) Latest(ctx context.Context, r db.Reader) (Checkpoint, error) {
	return l.checkpoint(ctx, r, "ORDER BY size DESC LIMIT 1")
}

// Covering returns the oldest checkpoint whose tree holds position, or
// [ErrNoCheckpoint].
func (l *Ledger) Covering(ctx context.Context, r db.Reader, position int64) (Checkpoint, error) {
	return l.checkpoint(ctx, r, "WHERE size > $1 ORDER BY size LIMIT 1", position)
}

func (l *Ledger) checkpoint(ctx context.Context, r db.Reader, where string, args ...any) (Checkpoint, error) {
	rows, err := checkpoints.Select(ctx, r, where, args...)
	switch {
	case err != nil:
		return Checkpoint{}, err
	case len(rows) == 0:
		return Checkpoint{}, ErrNoCheckpoint.With()
	}
	return OpenCheckpoint(rows[0].Note, l.signer.PublicKey())
}
