package verify

import (
	"crypto/ecdsa"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/sm2"
)

// Checkpoint is a signed note that was read and whose signature holds.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   []byte
	At     time.Time
	After  int64
}

var noteForm = regexp.MustCompile(`^(([^\n ]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\ntime (0|[1-9][0-9]{0,17})\nafter (0|[1-9][0-9]{0,17})\n)\n— ([^\n ]+) ([A-Za-z0-9+/]+={0,2})\n$`)

var errNote = errors.New("verify: not a checkpoint of this ledger")

// ReadCheckpoint reads a note and checks its SM2 signature. publicKey is an
// uncompressed point of 65 bytes.
func ReadCheckpoint(note string, publicKey []byte) (Checkpoint, error) {
	key, err := sm2.NewPublicKey(publicKey)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("verify: public key: %w", err)
	}
	return readNote(note, key, publicKey)
}

func readNote(note string, key *ecdsa.PublicKey, publicKey []byte) (Checkpoint, error) {
	m := noteForm.FindStringSubmatch(note)
	if m == nil || m[2] != m[7] {
		return Checkpoint{}, fmt.Errorf("%w: not of its form", errNote)
	}
	c := Checkpoint{Origin: m[2]}
	var micros int64
	var signature []byte
	var err [5]error
	c.Size, err[0] = strconv.ParseInt(m[3], 10, 64)
	c.Root, err[1] = base64.StdEncoding.Strict().DecodeString(m[4])
	micros, err[2] = strconv.ParseInt(m[5], 10, 64)
	c.After, err[3] = strconv.ParseInt(m[6], 10, 64)
	signature, err[4] = base64.StdEncoding.Strict().DecodeString(m[8])
	if e := errors.Join(err[:]...); e != nil || len(signature) < 5 {
		return Checkpoint{}, fmt.Errorf("%w: %w", errNote, e)
	}
	c.At = time.UnixMicro(micros).UTC()
	id := sum([]byte(c.Origin), []byte("\n\xffSM2-SM3"), publicKey)[:4]
	if string(id) != string(signature[:4]) || !sm2.VerifyASN1WithSM2(key, nil, []byte(m[1]), signature[4:]) {
		return Checkpoint{}, fmt.Errorf("%w: the signature is not of this key", errNote)
	}
	return c, nil
}
