package patient

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Room holds the patients.
type Room struct {
	desk  *act.Desk
	vault *vault.Vault
	names *names
}

// New returns the room and adds care relations to what the door knows.
func New(door *act.Door, v *vault.Vault) *Room {
	room := &Room{desk: door.Desk("patient"), vault: v, names: newNames()}
	door.Ties(room.ties)
	return room
}

func place(id string, rev int) vault.Place {
	return vault.Place{Kind: "Patient", Object: id, Version: strconv.Itoa(rev), Field: "demographics"}
}

// unseal opens the demographics of a patient.
func (room *Room) unseal(ctx context.Context, r db.Reader, p row) (Demographics, error) {
	var d Demographics
	subject, err := room.vault.Subject(ctx, r, p.Org, p.ID)
	if err != nil {
		return d, errUnreadable.Because(err)
	}
	plain, err := subject.Open(place(p.ID, p.Rev), p.Sealed)
	if err != nil {
		return d, errUnreadable.Because(err)
	}
	if err := json.Unmarshal(plain, &d); err != nil {
		return d, errUnreadable.Because(err)
	}
	return d, nil
}

// object is a patient as policy sees him. stays are his encounters, newest first.
func object(p row, stays []Encounter) policy.Object {
	o := policy.Object{Kind: "Patient", ID: p.ID, Org: p.Org, Patient: p.ID, Sensitivity: max(1, p.Level), CreatedBy: p.Source, Concerns: p.Staff, Discharged: true}
	for _, e := range stays {
		if e.Open() {
			o.Discharged = false
			o.Department = e.Department
			return o
		}
	}
	if len(stays) > 0 {
		o.Department = stays[0].Department
	}
	return o
}

// Known is what other rooms may know of a patient without disclosing him.
type Known struct {
	Object     policy.Object
	Encounters []Encounter
}

// Find reads what policy must know about a patient. It is a part of another
// room's act and discloses nothing.
func (room *Room) Find(ctx context.Context, r db.Reader, org, id string) (Known, error) {
	p, err := patients.Get(ctx, r, org, id)
	if err != nil {
		return Known{}, absent(err)
	}
	stays, err := encountersOf(ctx, r, org, id)
	if err != nil {
		return Known{}, err
	}
	return Known{Object: object(p, stays), Encounters: stays}, nil
}

// Subject returns the key of a patient's content.
func (room *Room) Subject(ctx context.Context, r db.Reader, org, id string) (*vault.Subject, error) {
	return room.vault.Subject(ctx, r, org, id)
}
