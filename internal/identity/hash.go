package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
)

// HashCost is what one password hash costs.
type HashCost struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
	// AtOnce bounds how many hashes are computed at the same time, and with it
	// the memory they take.
	AtOnce int
}

// DefaultHashCost is 64 MiB, three passes, two lanes, two at once.
var DefaultHashCost = HashCost{MemoryKiB: 64 << 10, Passes: 3, Lanes: 2, AtOnce: 2}

// Bounds of what a stored hash may ask for, so that a changed row cannot exhaust
// the machine.
const (
	mostMemoryKiB = 1 << 20
	mostPasses    = 16
	mostLanes     = 16
	saltSize      = 16
	hashSize      = 32
)

// hasher computes argon2id hashes, a bounded number at a time.
type hasher struct {
	cost  HashCost
	decoy string
	slots chan struct{}
	count atomic.Int64
}

func newHasher(cost HashCost) *hasher {
	h := &hasher{cost: cost, slots: make(chan struct{}, cost.AtOnce)}
	h.decoy = h.hash(randomPassword())
	h.count.Store(0)
	return h
}

// computed is how many hashes were computed.
func (h *hasher) computed() int64 { return h.count.Load() }

// Hash returns the text under which a password is kept:
// $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (h *hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return h.hash(password), nil
}

// Matches reports whether a password is the one that was hashed. With an empty
// hash it does the same work and says no.
func (h *hasher) Matches(ctx context.Context, stored, password string) (bool, error) {
	known := stored != ""
	if !known {
		stored = h.decoy
	}
	want, err := parseHash(stored)
	if err != nil {
		return false, err
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	got := h.derive(want.HashCost, want.salt, password)
	return subtle.ConstantTimeCompare(got, want.sum) == 1 && known, nil
}

func (h *hasher) hash(password string) string {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails: it ends the process instead
	sum := h.derive(h.cost, salt, password)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.cost.MemoryKiB, h.cost.Passes, h.cost.Lanes, b64.EncodeToString(salt), b64.EncodeToString(sum))
}

func (h *hasher) derive(c HashCost, salt []byte, password string) []byte {
	h.count.Add(1)
	return argon2.IDKey([]byte(password), salt, c.Passes, c.MemoryKiB, c.Lanes, hashSize)
}

func (h *hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hasher) leave() { <-h.slots }

type storedHash struct {
	HashCost
	salt, sum []byte
}

var b64 = base64.RawStdEncoding

var errHashForm = errors.New("identity: a stored password hash is not readable")

func parseHash(text string) (storedHash, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return storedHash{}, errHashForm
	}
	var h storedHash
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.MemoryKiB, &h.Passes, &h.Lanes); err != nil {
		return storedHash{}, errors.Join(errHashForm, err)
	}
	var errSalt, errSum error
	h.salt, errSalt = b64.DecodeString(parts[4])
	h.sum, errSum = b64.DecodeString(parts[5])
	switch {
	case errSalt != nil || errSum != nil || len(h.salt) != saltSize || len(h.sum) != hashSize:
		return storedHash{}, errors.Join(errHashForm, errSalt, errSum)
	case h.MemoryKiB < 8 || h.MemoryKiB > mostMemoryKiB || h.Passes < 1 || h.Passes > mostPasses || h.Lanes < 1 || h.Lanes > mostLanes:
		return storedHash{}, errHashForm
	}
	return h, nil
}
