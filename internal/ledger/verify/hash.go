package verify

import (
	"strings"

	"github.com/emmansun/gmsm/sm3"
	"github.com/transparency-dev/merkle/compact"
)

func sum(parts ...[]byte) []byte {
	h := sm3.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

func leafHash(entry []byte) []byte       { return sum([]byte{0}, entry) }
func nodeHash(left, right []byte) []byte { return sum([]byte{1}, left, right) }

var ranges = compact.RangeFactory{Hash: nodeHash}

// rootOf returns the root of a range that begins at the first entry.
func rootOf(r *compact.Range) ([]byte, error) {
	if r.End() == 0 {
		return sum(), nil
	}
	return r.GetRootHash(nil)
}

func replace(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }
