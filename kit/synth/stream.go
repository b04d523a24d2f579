package synth

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
)

// stream is one reproducible sequence of draws. The bounded draw is our own
// because rand.Rand reduces differently on 32-bit platforms.
type stream struct {
	source *rand.ChaCha8
}

func newStream(seed uint64, purpose string, index int) *stream {
	key := binary.LittleEndian.AppendUint64(nil, seed)
	key = binary.LittleEndian.AppendUint64(key, uint64(index))
	key = append(key, purpose...)
	return &stream{source: rand.NewChaCha8(sha256.Sum256(key))}
}

// below returns a number in [0, n).
func (s *stream) below(n int) int {
	high, _ := bits.Mul64(s.source.Uint64(), uint64(n))
	return int(high)
}

// between returns a number in [low, high], both included.
func (s *stream) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + s.below(high-low+1)
}

// central is between with a bell shape around the middle.
func (s *stream) central(low, high int) int {
	sum := 0
	for range 4 {
		sum += s.between(low*16, high*16+15)
	}
	return min(max(floorDiv(sum, 64), low), high)
}

// chance is true in percent of 100 draws.
func (s *stream) chance(percent int) bool {
	return s.below(100) < percent
}

// weighted returns an index into weights, each drawn in proportion.
func (s *stream) weighted(weights []int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := s.below(total)
	for i, w := range weights {
		if at < w {
			return i
		}
		at -= w
	}
	return len(weights) - 1
}

func pick[T any](s *stream, choices []T) T {
	return choices[s.below(len(choices))]
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
