package staff

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// Party is somebody who is named where something is asked for: an applicant, a firm, a
// recipient, whoever is to work here.
type Party struct {
	Name   string // as it was written
	Number string // of an identity document, or the credit code of an organisation; empty: unknown
	Person string // id in the list of staff; empty: not of it
	Field  string // of the input that names him
	About  string // what he is named for, such as the code of a firm: "this is another" is said of that alone
}

// Barring holds parties against the register of those who are barred. Where a
// room has none, nobody is.
type Barring interface {
	// MustPass refuses, in an act that was permitted, what names somebody who is barred.
	MustPass(ctx context.Context, r *act.Reading, parties ...Party) error
	// Kept puts on record what MustPass refused, after the act that it undid, and returns
	// the error of that act.
	Kept(ctx context.Context, err error) error
}

// NobodyBarred is the register where there is none.
type NobodyBarred struct{}

// MustPass implements [Barring].
func (NobodyBarred) MustPass(context.Context, *act.Reading, ...Party) error { return nil }

// Kept implements [Barring].
func (NobodyBarred) Kept(_ context.Context, err error) error { return err }

// Bars gives the room the register of who is barred, which stands above it. It is called
// while the house is put together.
func (r *Room) Bars(b Barring) { r.barring = b }

// MustNotBeBarred refuses, in an act that was permitted, what gives something to a person
// of the house who is barred.
func (r *Room) MustNotBeBarred(ctx context.Context, w *act.Reading, person string) error {
	p, err := findPerson(ctx, w, w.Actor().Org, person)
	if err := mustKnow(p, err); err != nil {
		return err
	}
	return r.barring.MustPass(ctx, w, Party{Name: p.NameZH, Person: p.ID, Field: "person", About: numberOf(p.Number)})
}

// Kept is [Barring.Kept] for rooms that ask by this one.
func (r *Room) Kept(ctx context.Context, err error) error { return r.barring.Kept(ctx, err) }

// numberOf is for what somebody who works here is named.
func numberOf(number string) string { return "staff:" + number }

// vendorOf is for what a firm is named.
func vendorOf(code string) string { return "vendor:" + code }

func (r *Room) mustDealWith(ctx context.Context, w *act.Reading, field, code, name string) error {
	return r.barring.MustPass(ctx, w, Party{Name: name, Number: code, Field: field, About: vendorOf(code)})
}

// parties are the people whom a roster would add; each is named by its row.
func (p RosterPlan) parties() []Party {
	all := make([]Party, len(p.Adds))
	for i, l := range p.Adds {
		all[i] = Party{Name: l.NameZH, Field: strconv.Itoa(l.Row), About: numberOf(l.Number)}
	}
	return all
}

// hold makes faults of the rows that name somebody who is barred.
func (p *RosterPlan) hold(refusal error) {
	if refusal == nil {
		return
	}
	for _, f := range fault.From(refusal).Fields {
		if row, err := strconv.Atoi(f.Path); err == nil {
			p.Faults = append(p.Faults, RosterFault{Row: row, Column: "nameZh", Problem: f.Problem})
		}
	}
}
