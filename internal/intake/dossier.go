package intake

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
)

// dossier is what a run knows of one patient of its source: what the store says,
// and what planned messages, written or not yet, add to that. Messages about one
// patient are planned one after another, each on what the one before leaves.
type dossier struct {
	id       string
	subject  *vault.Subject
	facts    patient.Facts
	young    bool // this run brings him: the store holds nothing of him that is not here
	entries  map[string]recalled
	results  map[string]record.Observation // by id: what the next revision must know
	orders   map[string]record.Ordered     // by id, as results
	versions map[string]int                // of documents that this run wrote, by id
	proposed []patient.Demographics
	written  atomic.Bool // something planned on it is in the store, and so is he
	// lost is set when something that was planned did not come to be: whatever
	// was planned on it must be planned anew.
	lost atomic.Bool
}

// recalled is what the store, or this run, holds under an identity.
type recalled struct {
	entryRow
	known bool
}

func newDossier(id string, subject *vault.Subject, facts patient.Facts) *dossier {
	return &dossier{id: id, subject: subject, facts: facts, entries: map[string]recalled{}, results: map[string]record.Observation{}, orders: map[string]record.Ordered{}, versions: map[string]int{}}
}

// learn notes what an identity stands for now.
func (d *dossier) learn(e entryRow) { d.entries[e.Scope+"\x00"+e.Ref] = recalled{e, true} }

// stay changes an encounter of the patient as a planned act will.
func (d *dossier) stay(encounterID string, change func(*patient.Encounter)) {
	d.facts.Encounters = slices.Clone(d.facts.Encounters)
	for i := range d.facts.Encounters {
		if d.facts.Encounters[i].ID == encounterID {
			change(&d.facts.Encounters[i])
		}
	}
}

// recall finds identities of one scope, those that are not in the dossier in one
// question.
func (d *dossier) recall(ctx context.Context, r *run, scope string, refs ...string) error {
	var unknown []string
	for _, ref := range refs {
		if _, asked := d.entries[scope+"\x00"+ref]; !asked {
			unknown = append(unknown, ref)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	found := map[string]entryRow{}
	if !d.young {
		var err error
		if found, err = r.entriesOf(ctx, scope, unknown); err != nil {
			return err
		}
	}
	for _, ref := range unknown {
		e, known := found[ref]
		d.entries[scope+"\x00"+ref] = recalled{e, known}
	}
	return nil
}

// entriesOf reads identities by their refs.
func (r *run) entriesOf(ctx context.Context, scope string, refs []string) (map[string]entryRow, error) {
	found := make(map[string]entryRow, len(refs))
	err := r.room.look(ctx, func(reader db.Reader) error {
		for some := range slices.Chunk(refs, refsAtOnce) {
			rows, err := entriesAmong(ctx, reader, r.org, r.source.ID, scope, some)
			if err != nil {
				return err
			}
			for _, row := range rows {
				found[row.Ref] = row
			}
		}
		return nil
	})
	return found, err
}

// dossiers are the patients of a run, by the refs under which the source knows
// them and by id.
type dossiers struct {
	mu    sync.Mutex
	byRef map[string]*dossier
	byID  map[string]*dossier
	due   time.Time
}

// mostDossiers bounds, as lookAgain does, what a run remembers before it asks the
// store again.
const mostDossiers = 1000

// of is the patient whom a run knows under a ref, or nil.
func (s *dossiers) of(ref string) *dossier {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byRef[ref]
}

func (s *dossiers) withID(id string) *dossier {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byID[id]
}

// keep makes a patient known under refs.
func (s *dossiers) keep(d *dossier, refs []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byRef == nil {
		s.byRef, s.byID = map[string]*dossier{}, map[string]*dossier{}
	}
	s.byID[d.id] = d
	for _, ref := range refs {
		s.byRef[ref] = d
	}
}

// lose gives up what was planned for patients of whom something did not come to be.
func (s *dossiers) lose(all []*dossier) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range all {
		d.lost.Store(true)
		if s.byID[d.id] == d {
			delete(s.byID, d.id)
		}
		for ref, known := range s.byRef {
			if known == d {
				delete(s.byRef, ref)
			}
		}
	}
}

// areDue reports whether the store should be asked again.
func (s *dossiers) areDue(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byID) >= mostDossiers || len(s.byID) > 0 && now.After(s.due)
}

func (s *dossiers) areEmpty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byID) == 0
}

// forget lets everything be read from the store again. Nothing may be under way.
func (s *dossiers) forget(now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byRef, s.byID, s.due = nil, nil, now.Add(lookAgain)
}

// foresight is what the store says about the identities in a window of messages.
type foresight struct {
	asked map[string]bool // scope and ref
	found map[string]entryRow
}

// foresee looks up in two questions which messages of a window were taken before
// and whom they are about, and tells those about one patient of one another.
func (r *run) foresee(ctx context.Context, window []*candidate) error {
	r.foreseen = foresight{asked: map[string]bool{}, found: map[string]entryRow{}}
	wanted := map[string][]string{}
	want := func(scope, ref string) {
		if key := scope + "\x00" + ref; !r.foreseen.asked[key] {
			r.foreseen.asked[key] = true
			wanted[scope] = append(wanted[scope], ref)
		}
	}
	for _, c := range window {
		if c.scope == scopeMessage || c.scope == scopeClinical {
			want(c.scope, c.ref)
		}
		for _, ref := range c.about {
			if r.dossiers.of(ref) == nil {
				want(scopePatient, ref)
			}
		}
	}
	return r.room.onOneSnapshot(ctx, func(ctx context.Context) error {
		for scope, refs := range wanted {
			found, err := r.entriesOf(ctx, scope, refs)
			if err != nil {
				return err
			}
			for ref, e := range found {
				r.foreseen.found[scope+"\x00"+ref] = e
			}
		}
		return nil
	})
}

// entryAt is what stands under an identity, as far as possible without a question.
func (r *run) entryAt(ctx context.Context, scope, ref string) (e entryRow, known bool, err error) {
	key := scope + "\x00" + ref
	if r.foreseen.asked[key] {
		e, known = r.foreseen.found[key]
		return e, known, nil
	}
	err = r.room.look(ctx, func(reader db.Reader) error {
		e, known, err = entryOf(ctx, reader, r.org, r.source.ID, scope, ref)
		return err
	})
	return e, known, err
}

// chains puts the candidates of a window that are about one patient behind one
// another, in their order; chains may be prepared side by side.
func (r *run) chains(window []*candidate) [][]int {
	chainOf := map[string]int{}
	var all [][]int
	for i, c := range window {
		joined := -1
		for _, mark := range r.marks(c) {
			k, met := chainOf[mark]
			switch {
			case !met:
			case joined < 0:
				joined = k
			case k != joined:
				all[joined] = append(all[joined], all[k]...)
				all[k] = nil
				for m, at := range chainOf {
					if at == k {
						chainOf[m] = joined
					}
				}
			}
		}
		if joined < 0 {
			joined = len(all)
			all = append(all, nil)
		}
		all[joined] = append(all[joined], i)
		for _, mark := range r.marks(c) {
			chainOf[mark] = joined
		}
	}
	for _, chain := range all {
		slices.Sort(chain)
	}
	return slices.DeleteFunc(all, func(chain []int) bool { return len(chain) == 0 })
}

// marks are what two messages about one patient have in common: a ref, or refs
// that stand for the same patient here.
func (r *run) marks(c *candidate) []string {
	marks := slices.Clone(c.about)
	for _, ref := range c.about {
		if d := r.dossiers.of(ref); d != nil {
			marks = append(marks, d.id)
		} else if e, known := r.foreseen.found[scopePatient+"\x00"+ref]; known {
			marks = append(marks, e.Object)
		}
	}
	return marks
}

// refsAtOnce is how many refs one question names.
const refsAtOnce = 64

// entriesAmong reads the entries of some refs. Lists are filled up to few
// lengths, so that few statements are prepared.
func entriesAmong(ctx context.Context, r db.Reader, org, source, scope string, refs []string) ([]entryRow, error) {
	n := 1
	for n < len(refs) {
		n *= 4
	}
	args := []any{org, source, scope}
	var list strings.Builder
	for i := range min(n, refsAtOnce) {
		args = append(args, refs[min(i, len(refs)-1)])
		list.WriteString(", $" + itoa(i+4))
	}
	return entries.Select(ctx, r, "WHERE org = $1 AND source = $2 AND scope = $3 AND ref IN ("+list.String()[2:]+")", args...)
}
