package accesslog

import (
	"context"
	"errors"
	"maps"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// faces remembers, during one run, whose the accounts and numbers of a source are.
type faces struct {
	room     *Room
	org      string
	source   string
	numbered bool // an account is a staff number
	staff    map[string]string
	accounts map[string]string
	patients map[string]string
}

func newFaces(room *Room, org, source string, m Mapping) *faces {
	return &faces{room: room, org: org, source: source, numbered: m.NumberedAccounts, staff: map[string]string{}, accounts: map[string]string{}, patients: map[string]string{}}
}

// meet looks up everybody whom events name and who is not known yet.
func (f *faces) meet(ctx context.Context, r db.Reader, events []Event) error {
	var accounts, numbers, patients []string
	note := func(known map[string]string, name string, list *[]string) {
		if _, met := known[name]; name != "" && !met {
			known[name] = ""
			*list = append(*list, name)
		}
	}
	for _, e := range events {
		note(f.staff, e.Staff, &numbers)
		note(f.accounts, e.Account, &accounts)
		if f.numbered {
			note(f.staff, e.Account, &numbers)
		}
		note(f.patients, e.Patient, &patients)
	}
	for _, number := range numbers {
		p, err := staff.FindByNumber(ctx, r, f.org, number)
		if err != nil && !errors.Is(err, staff.ErrNoPerson) {
			return err
		}
		f.staff[number] = p.ID
	}
	if f.room.accounts != nil && len(accounts) > 0 {
		owners, err := f.room.accounts(ctx, r, f.org, f.source, accounts)
		if err != nil {
			return err
		}
		maps.Copy(f.accounts, owners)
	}
	found, err := f.room.patients.Numbered(ctx, r, f.org, patients)
	maps.Copy(f.patients, found)
	return err
}

// person is whose event it is: by the staff number that the line names, or by the list of
// accounts of the source, or by an account that is a staff number. Empty: nobody's.
func (f *faces) person(e Event) string {
	if person := f.staff[e.Staff]; e.Staff != "" && person != "" {
		return person
	}
	if person := f.accounts[e.Account]; e.Account != "" && person != "" {
		return person
	}
	if f.numbered && e.Account != "" {
		return f.staff[e.Account]
	}
	return ""
}

// patient is whom the event is about, or empty.
func (f *faces) patient(e Event) string {
	if e.Patient == "" {
		return ""
	}
	return f.patients[e.Patient]
}
