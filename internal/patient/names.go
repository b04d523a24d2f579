package patient

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/mozillazg/go-pinyin"

	"github.com/medward/medward/internal/base/db"
)

// names finds patients by name. It is opened in memory from the sealed rows and
// never written; it catches up with what changed before every search.
type names struct {
	mu    sync.Mutex
	upto  time.Time
	byID  map[string]spelled
	alike map[string]map[string]bool // ids by name, birth date and sex
	batch int
}

// spelled is a name in the forms in which people type it.
type spelled struct{ name, full, initials, alike string }

func newNames() *names {
	return &names{byID: map[string]spelled{}, alike: map[string]map[string]bool{}, batch: 2000}
}

// catchUp reads the patients that changed since the last search. Rows of the
// last moment are read again: two changes can bear the same time.
func (n *names) catchUp(ctx context.Context, r db.Reader, org string, unseal func(row) (Demographics, error)) error {
	after, afterID := n.upto, ""
	for {
		changed, err := patients.Select(ctx, r, "WHERE org = $1 AND (updated_at, id) > ($2, $3) ORDER BY updated_at, id LIMIT $4",
			org, after.UnixMicro()-1, afterID, n.batch)
		if err != nil {
			return err
		}
		for _, p := range changed {
			d, err := unseal(p)
			if err != nil {
				return err
			}
			n.enter(p.ID, d)
			after, afterID = p.UpdatedAt.Add(time.Microsecond), p.ID
			n.upto = p.UpdatedAt
		}
		if len(changed) < n.batch {
			return nil
		}
	}
}

func (n *names) enter(id string, d Demographics) {
	delete(n.alike[n.byID[id].alike], id)
	s := spell(d.Name)
	s.alike = alikeKey(d)
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
	return strings.ToLower(strings.Join(strings.Fields(d.Name), " ")) + "\x00" + d.BirthDate + "\x00" + d.Sex
}

// match returns the patients whose name contains what was typed, or whose
// pinyin or initials begin with it.
func (n *names) match(typed string) map[string]bool {
	typed = strings.ToLower(strings.Join(strings.Fields(typed), ""))
	found := map[string]bool{}
	for id, s := range n.byID {
		if strings.Contains(s.name, typed) || strings.HasPrefix(s.full, typed) || strings.HasPrefix(s.initials, typed) {
			found[id] = true
		}
	}
	return found
}

// surnames are read differently as surnames than as words.
var surnames = map[rune]string{
	'单': "shan", '曾': "zeng", '解': "xie", '仇': "qiu", '朴': "piao", '查': "zha", '区': "ou", '盖': "ge", '任': "ren",
	'缪': "miao", '翟': "zhai", '覃': "qin", '乐': "yue", '冼': "xian", '尉': "yu", '员': "yun", '繁': "po", '折': "she", '黑': "he", '秘': "bi",
}

func spell(name string) spelled {
	name = strings.ToLower(strings.Join(strings.Fields(name), ""))
	s := spelled{name: name}
	arg := pinyin.NewArgs()
	for i, c := range []rune(name) {
		sound := string(c)
		if read := pinyin.SinglePinyin(c, arg); len(read) > 0 {
			sound = read[0]
		}
		if as, ok := surnames[c]; ok && i == 0 {
			sound = as
		}
		s.full += sound
		s.initials += sound[:1]
	}
	return s
}
