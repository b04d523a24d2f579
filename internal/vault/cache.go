package vault

import (
	"container/list"
	"sync"
)

// maxOpened is how many opened subjects are remembered.
const maxOpened = 8192

// cache remembers opened subjects, the most recently used of them, to spare the
// unwrapping. It answers only for the very row that was opened.
type cache struct {
	limit int

	mu     sync.Mutex
	newest int64
	order  *list.List
	byName map[cacheName]*list.Element
}

type cacheName struct{ org, subject string }

type cached struct {
	row     keyRow
	subject *Subject
}

func newCache(limit int) *cache {
	return &cache{limit: limit, order: list.New(), byName: map[cacheName]*list.Element{}}
}

func (c *cache) get(row keyRow) *Subject {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.notice(row.Epoch)
	e := c.byName[cacheName{row.Org, row.Subject}]
	if e == nil || !sameKey(e.Value.(*cached).row, row) {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).subject
}

func (c *cache) put(row keyRow, s *Subject) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.notice(row.Epoch)
	c.remove(cacheName{row.Org, row.Subject})
	c.byName[cacheName{row.Org, row.Subject}] = c.order.PushFront(&cached{row, s})
	if c.order.Len() > c.limit {
		last := c.order.Back().Value.(*cached).row
		c.remove(cacheName{last.Org, last.Subject})
	}
}

func (c *cache) drop(org, subject string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(cacheName{org, subject})
}

func (c *cache) remove(name cacheName) {
	if e := c.byName[name]; e != nil {
		c.order.Remove(e)
		delete(c.byName, name)
	}
}

// notice forgets everything at the first sight of a newer epoch: whatever was
// destroyed under the old one must not stay in memory.
func (c *cache) notice(epoch int64) {
	if epoch > c.newest {
		c.newest = epoch
		c.order.Init()
		clear(c.byName)
	}
}

func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Init()
	clear(c.byName)
}
