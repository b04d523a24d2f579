package act

import (
	"reflect"
	"sync"
)

// keeper is what rooms keep at a door, by its type.
type keeper struct{ byType sync.Map }

// Keep returns the T that a room keeps at the door, made the first time it is
// asked for. It lasts as long as the door and is shared by all acts, so it must
// be safe for many at once, bounded, and never hold what grants power.
func Keep[T any](at interface{ keeper() *keeper }, fresh func() *T) *T {
	all, key := &at.keeper().byType, reflect.TypeFor[T]()
	kept, found := all.Load(key)
	if !found {
		kept, _ = all.LoadOrStore(key, fresh())
	}
	return kept.(*T)
}

func (r *Reading) keeper() *keeper { return &r.door.kept }

func (k *Desk) keeper() *keeper { return &k.door.kept }
