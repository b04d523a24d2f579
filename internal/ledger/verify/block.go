package verify

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/medward/medward/internal/base/db"
)

// block is a block as the rows give it, with its place or its turn.
type block struct {
	first   int64 // -1 when it waits
	turn    int64 // -1 when it has a place
	id      string
	count   int64 // as the place says
	there   bool
	body    []byte
	at      int64
	counted int64 // as the block says
	mac     []byte
}

// trust tells whether a block carries the house's code.
type trust int

const (
	unknown trust = iota // there is no key to check it with
	authentic
	forged
)

func (v *verifier) trust(b block) trust {
	if v.MAC == nil {
		return unknown
	}
	d := digest("ledger_block", []string{"at", "body", "count", "id"}, []any{b.at, b.body, b.counted, b.id}, "")
	if bytes.Equal(v.MAC(d), b.mac) {
		return authentic
	}
	return forged
}

var errBody = errors.New("verify: not a list of entries")

// entries returns the bytes of each entry.
func (b block) entries() ([][]byte, error) {
	var all [][]byte
	for at := 0; at < len(b.body); {
		if at+4 > len(b.body) {
			return nil, errBody
		}
		n := int(binary.BigEndian.Uint32(b.body[at:]))
		at += 4
		if n < 0 || at+n > len(b.body) {
			return nil, errBody
		}
		all = append(all, b.body[at:at+n])
		at += n
	}
	if int64(len(all)) != b.counted {
		return nil, errBody
	}
	return all, nil
}

const (
	pageBlocks = 256
	pageBytes  = 4 << 20
)

// placedAfter reads placed blocks in order, as many as fit a page.
func placedAfter(ctx context.Context, r db.Reader, first int64) ([]block, error) {
	return readBlocks(ctx, r, `SELECT l.first, -1, l.block, l.count, COALESCE(b.count, -1), COALESCE(b.at, 0), b.body, b.mac
		FROM ledger_place l LEFT JOIN ledger_block b ON b.id = l.block WHERE l.first > $1 ORDER BY l.first LIMIT $2`, first, int64(pageBlocks))
}

// waitingAfter reads blocks that wait, in the order of their turns.
func waitingAfter(ctx context.Context, r db.Reader, turn int64) ([]block, error) {
	return readBlocks(ctx, r, `SELECT COALESCE(l.first, -1), p.turn, p.block, COALESCE(b.count, 0), COALESCE(b.count, -1), COALESCE(b.at, 0), b.body, b.mac
		FROM ledger_pending p LEFT JOIN ledger_block b ON b.id = p.block LEFT JOIN ledger_place l ON l.block = p.block
		WHERE p.turn > $1 ORDER BY p.turn LIMIT $2`, turn, int64(pageBlocks))
}

func readBlocks(ctx context.Context, r db.Reader, text string, args ...any) ([]block, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("reading blocks: %w", err)
	}
	defer rows.Close()
	var all []block
	for size := 0; size < pageBytes && rows.Next(); {
		var b block
		if err := rows.Scan(&b.first, &b.turn, &b.id, &b.count, &b.counted, &b.at, &b.body, &b.mac); err != nil {
			return nil, fmt.Errorf("reading blocks: %w", err)
		}
		b.there = b.counted >= 0
		size += len(b.body)
		all = append(all, b)
	}
	return all, rows.Err()
}

// entry is what the verifier reads of an entry.
type entry struct {
	ID      string `json:"id"`
	At      int64  `json:"at"`
	Org     string `json:"org"`
	Verb    string `json:"verb"`
	Outcome string `json:"outcome"`
	Purpose string `json:"purpose"`
	N       int64  `json:"n"`
	Actor   struct {
		Kind       string `json:"kind"`
		ID         string `json:"id"`
		Department string `json:"department"`
	} `json:"actor"`
	Why struct {
		Tie *struct {
			Kind string `json:"kind"`
		} `json:"tie"`
	} `json:"why"`
	Objects []struct {
		Kind    string `json:"kind"`
		ID      string `json:"id"`
		Patient string `json:"patient"`
	} `json:"objects"`
	Writes []write `json:"writes"`
}

type write struct {
	Table  string `json:"t"`
	Key    string `json:"k"`
	Op     string `json:"op"`
	Digest []byte `json:"d"`
}

var writesMark = []byte(`"writes":[`)

// writesOf returns the writes of an entry.
func writesOf(raw []byte) ([]write, error) {
	if !bytes.Contains(raw, writesMark) {
		return nil, nil
	}
	var e struct {
		Writes []write `json:"writes"`
	}
	err := json.Unmarshal(raw, &e)
	return e.Writes, err
}
