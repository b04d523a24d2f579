package policy

import "sync"

// memory keeps the values of a pure function for up to twice limit arguments.
// It holds two generations: when the young one is full it becomes the old one,
// and what is still asked for moves back.
type memory[K comparable, V any] struct {
	limit int
	mu    sync.RWMutex
	young map[K]V
	old   map[K]V
}

func newMemory[K comparable, V any](limit int) *memory[K, V] {
	return &memory[K, V]{limit: limit, young: map[K]V{}}
}

func (m *memory[K, V]) recall(k K, work func(K) V) V {
	m.mu.RLock()
	v, young := m.young[k]
	old := false
	if !young {
		v, old = m.old[k]
	}
	m.mu.RUnlock()
	if young {
		return v
	}
	if !old {
		v = work(k)
	}
	m.mu.Lock()
	if len(m.young) >= m.limit {
		m.young, m.old = make(map[K]V, m.limit/4), m.young
	}
	m.young[k] = v
	m.mu.Unlock()
	return v
}
