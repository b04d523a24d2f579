package patient

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/width"

	"github.com/medward/medward/internal/base/db"
)

// indexes are the names of each organisation: nobody is found, or found alike,
// across the border between two.
type indexes struct {
	mu    sync.Mutex
	byOrg map[string]*names
}

func newIndexes() *indexes { return &indexes{byOrg: map[string]*names{}} }

func (i *indexes) of(org string) *names {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.byOrg[org] == nil {
		i.byOrg[org] = &names{byID: map[string]spelled{}, alike: map[string]map[string]bool{}, batch: catchUpBatch}
	}
	return i.byOrg[org]
}

// names finds the patients of one organisation by name. It is opened in memory
// from the sealed rows and never written; it catches up with what changed before
// every search.
type names struct {
	mu    sync.Mutex
	upto  time.Time // of the newest change that was seen
	byID  map[string]spelled
	alike map[string]map[string]bool // ids by name, birth date and sex
	batch int
}

// spelled is a name in the forms in which people type it.
type spelled struct {
	rev                         int
	name, full, initials, alike string
}

const (
	catchUpBatch = 2000
	// lateness is how much later than its time a change can become visible: it
	// bears the time at which its act began, and waits for the writer.
	lateness = 30 * time.Second
)

// catchUp reads the patients that changed since the last search, and looks once
// more at those of a moment before it. One who cannot be opened has no name to
// be found by.
func (room *Room) catchUp(ctx context.Context, r db.Reader, org string, n *names) error {
	after := change{at: n.upto.Add(-lateness)}
	for {
		changed, err := changesAfter(ctx, r, org, after, n.batch)
		if err != nil {
			return err
		}
		var stale []string
		for _, c := range changed {
			if n.byID[c.id].rev < c.rev {
				stale = append(stale, c.id)
			}
		}
		rows, err := byIDs(ctx, r, org, stale)
		if err != nil {
			return err
		}
		opened := room.unsealAll(ctx, r, org, rows)
		for _, p := range rows {
			n.enter(p.ID, p.Rev, opened[p.ID])
		}
		if len(changed) > 0 {
			after = changed[len(changed)-1]
			if after.at.After(n.upto) {
				n.upto = after.at
			}
		}
		if len(changed) < n.batch {
			return nil
		}
	}
}

func (n *names) enter(id string, rev int, d Demographics) {
	if old := n.byID[id].alike; old != "" {
		delete(n.alike[old], id)
		if len(n.alike[old]) == 0 {
			delete(n.alike, old)
		}
	}
	s := spell(d.Name)
	s.rev, s.alike = rev, alikeKey(d)
	n.byID[id] = s
	if s.alike == "" {
		return
	}
	if n.alike[s.alike] == nil {
		n.alike[s.alike] = map[string]bool{}
	}
	n.alike[s.alike][id] = true
}

// alikeKey is what two records of one person have in common; empty when too
// little is known.
func alikeKey(d Demographics) string {
	if d.Name == "" || len(d.BirthDate) != len("2006-01-02") {
		return ""
	}
	return plainName(d.Name) + "\x00" + d.BirthDate + "\x00" + d.Sex
}

// match returns the patients whose name contains what was typed, or whose
// pinyin or initials begin with it.
func (n *names) match(typed string) map[string]bool {
	typed = plainName(typed)
	found := map[string]bool{}
	for id, s := range n.byID {
		if s.name != "" && (strings.Contains(s.name, typed) || strings.HasPrefix(s.full, typed) || strings.HasPrefix(s.initials, typed)) {
			found[id] = true
		}
	}
	return found
}

// plainName is a name as it is compared: without spaces, small and narrow.
func plainName(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(width.Fold.String(name)), ""))
}

// surnames are read differently as surnames than as words.
var surnames = map[rune]string{
	'单': "shan", '曾': "zeng", '解': "xie", '仇': "qiu", '朴': "piao", '查': "zha", '区': "ou", '盖': "ge", '任': "ren",
	'缪': "miao", '翟': "zhai", '覃': "qin", '乐': "yue", '冼': "xian", '尉': "yu", '员': "yun", '繁': "po", '折': "she", '黑': "he", '秘': "bi",
}

func spell(name string) spelled {
	s := spelled{name: plainName(name)}
	arg := pinyin.NewArgs()
	for i, c := range []rune(s.name) {
		sound := string(c)
		if read := pinyin.SinglePinyin(c, arg); len(read) > 0 && read[0] != "" {
			sound = read[0]
		}
		if as, ok := surnames[c]; ok && i == 0 {
			sound = as
		}
		s.full += sound
		s.initials += string([]rune(sound)[:1])
	}
	return s
}
