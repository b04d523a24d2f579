package sharing

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// parties are who must not be barred for a case to be opened: the institution, and
// everybody who appears. A number belongs to the only one who appears; of several nobody
// knows whose it is, and it is held against the register by itself.
func (in Receiving) parties() []staff.Party {
	about := "patient:" + in.Patient
	var all []staff.Party
	if in.Agency != "" {
		all = append(all, staff.Party{Name: in.Agency, Field: "agency", About: about})
	}
	numbers := in.Papers.numbers()
	if len(in.Papers.Names) == 1 && in.Papers.byPatient() {
		return all
	}
	if len(in.Papers.Names) == 1 && len(numbers) == 1 {
		return append(all, staff.Party{Name: in.Papers.Names[0], Number: numbers[0], Field: "names", About: about})
	}
	for _, name := range in.Papers.Names {
		all = append(all, staff.Party{Name: name, Field: "names", About: about})
	}
	for _, number := range numbers {
		all = append(all, staff.Party{Number: number, Field: "presented", About: about})
	}
	return all
}

// numbers are those of the identity documents of whoever appears. Officers' may stand
// beside each other.
func (p Papers) numbers() []string {
	var all []string
	for _, one := range p.Presented {
		if one.Paper == ownID.ID || one.Paper == officers.ID {
			all = append(all, strings.FieldsFunc(one.Number, func(c rune) bool { return strings.ContainsRune(" ,，、;；/", c) })...)
		}
	}
	return all
}

// byPatient reports whether the patient appears himself. His own record is his.
func (p Papers) byPatient() bool {
	numbers := p.numbers()
	return slices.ContainsFunc(p.Presented, func(one Presented) bool {
		return one.Paper == patientID.ID && one.Number != "" && len(numbers) == 1 && strings.EqualFold(strings.TrimSpace(one.Number), numbers[0])
	})
}

// Given is who received a copy that was handed over in a case: the institution, or those
// who appeared, with the numbers of their documents.
type Given struct {
	Case    string
	Agency  string
	Names   []string
	Numbers []string
}

// ReceivedBy tells who received the copy of a hand-over, which bears its id; false: it was
// made in no case.
func (room *Room) ReceivedBy(ctx context.Context, r db.Reader, org, handover string) (Given, bool, error) {
	h, err := handovers.Get(ctx, r, org, handover)
	if errors.Is(err, db.ErrNone) {
		return Given{}, false, nil
	}
	if err != nil {
		return Given{}, false, err
	}
	c, err := cases.Get(ctx, r, org, h.Case)
	if err != nil {
		return Given{}, false, err
	}
	subject, err := room.patients.FindSubject(ctx, r, c.Org, c.Patient)
	if err != nil {
		return Given{}, false, err
	}
	text, err := subject.Open(place("Case", c.ID, "papers"), c.Papers)
	if err != nil {
		return Given{}, false, err
	}
	var papers Papers
	err = json.Unmarshal(text, &papers)
	return Given{c.ID, c.Agency, papers.Names, papers.numbers()}, true, err
}
