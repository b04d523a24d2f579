package intake

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
)

// mostLikes bounds the reviews that one newcomer asks for.
const mostLikes = 3

// likeness returns the patients who are probably the same as a newcomer: by ID
// number, record number, or name with birth date and sex, among those who are
// registered and those whom the same run brings.
func (r *run) likeness(ctx context.Context, from *candidate, newcomer string, d patient.Demographics) ([]string, error) {
	var found []string
	err := r.room.look(ctx, func(reader db.Reader) error {
		same, err := r.room.patients.Same(ctx, reader, r.org, d)
		if err != nil {
			return err
		}
		if d.Name == NameUnknown {
			found = same
			return nil
		}
		if !r.alike.isDue(r.room.desk.Now()) {
			found = append(same, r.room.patients.AlikeSoFar(r.org, d)...)
			return nil
		}
		alike, err := r.room.patients.Alike(ctx, reader, r.org, d)
		found = append(same, alike...)
		return err
	})
	for _, key := range likenessKeys(d) {
		found = append(found, r.alike.meet(key, from, newcomer)...)
	}
	slices.Sort(found)
	found = slices.DeleteFunc(slices.Compact(found), func(id string) bool { return id == newcomer })
	return found[:min(len(found), mostLikes)], err
}

func likenessKeys(d patient.Demographics) []string {
	var keys []string
	if d.IDNumber != "" {
		keys = append(keys, "id "+strings.ToUpper(d.IDNumber))
	}
	if d.RecordNumber != "" {
		keys = append(keys, "record "+strings.ToUpper(d.RecordNumber))
	}
	if d.Name != NameUnknown && len(d.BirthDate) == len("2006-01-02") {
		keys = append(keys, "name "+strings.ToLower(d.Name)+"\x00"+d.BirthDate+"\x00"+d.Sex)
	}
	return keys
}

// alikes are the patients that a run brings, by what makes two records look like
// one person.
type alikes struct {
	mu   sync.Mutex
	due  time.Time // when patients whom others registered are looked for again
	seen map[string][]newcomer
	keys map[*candidate][]string
}

type newcomer struct {
	from    *candidate
	patient string
}

// lookAgain is how long a run relies on what it knows of patients whom others
// register by name; identifiers are looked up for everyone.
const lookAgain = 5 * time.Second

func (a *alikes) isDue(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if now.Before(a.due) {
		return false
	}
	a.due = now.Add(lookAgain)
	return true
}

// meet enters a newcomer and returns who came before him under the same key.
func (a *alikes) meet(key string, from *candidate, patientID string) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.seen == nil {
		a.seen, a.keys = map[string][]newcomer{}, map[*candidate][]string{}
	}
	var before []string
	for _, n := range a.seen[key] {
		before = append(before, n.patient)
	}
	a.seen[key] = append(a.seen[key], newcomer{from, patientID})
	a.keys[from] = append(a.keys[from], key)
	return before
}

// forget takes back whom a candidate brought, before it is prepared again.
func (a *alikes) forget(from *candidate) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, key := range a.keys[from] {
		a.seen[key] = slices.DeleteFunc(a.seen[key], func(n newcomer) bool { return n.from == from })
	}
	delete(a.keys, from)
}
