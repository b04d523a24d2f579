// Package brief remembers for moments what was read, so that it is not read again for
// each request. What gives power is forgotten at once where it is changed; another
// process of the same store learns of the change when the moment is over.
package brief

import (
	"sync"
	"time"
)

// Memory remembers values by keys, each until its own end. It must be made with [New].
type Memory[K comparable, V any] struct {
	limit int

	mu    sync.Mutex
	kept  map[K]entry[V]
	drops int
}

type entry[V any] struct {
	value V
	until time.Time
}

// AsOf is a state of a memory, which [Memory.Find] gives and [Memory.Put] takes.
type AsOf int

// New returns a memory that forgets everything rather than to keep more than limit
// values.
func New[K comparable, V any](limit int) *Memory[K, V] {
	return &Memory[K, V]{limit: limit, kept: map[K]entry[V]{}}
}

// Find returns what is remembered at a moment, and whether anything is. What is read
// instead is handed to Put with the state.
func (m *Memory[K, V]) Find(key K, at time.Time) (V, AsOf, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, found := m.kept[key]
	if !found || !e.until.After(at) {
		var nothing V
		return nothing, AsOf(m.drops), false
	}
	return e.value, AsOf(m.drops), true
}

// Put remembers a value, unless something was dropped since it was looked for: it may
// have been read before the change.
func (m *Memory[K, V]) Put(key K, value V, until time.Time, asOf AsOf) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if AsOf(m.drops) != asOf {
		return
	}
	if len(m.kept) >= m.limit {
		clear(m.kept)
	}
	m.kept[key] = entry[V]{value, until}
}

// Drop forgets what matches.
func (m *Memory[K, V]) Drop(match func(K, V) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drops++
	for key, e := range m.kept {
		if match(key, e.value) {
			delete(m.kept, key)
		}
	}
}

// Forget forgets everything.
func (m *Memory[K, V]) Forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drops++
	clear(m.kept)
}
