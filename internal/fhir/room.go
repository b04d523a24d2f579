package fhir

import (
	"context"
	"time"

	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/console"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// Options are what the gate is made of.
type Options struct {
	Patients *patient.Room
	Records  *record.Room
	Staff    *staff.Room
	Consents *consent.Room
	Ledger   *console.Room
	Intake   *intake.Room
	Outputs  *output.Room
	// Unregistered refuses a source an address that there is none of.
	Unregistered func(ctx context.Context) error
	// InScope refuses a program what its token does not hold: a right (r to read, s to
	// search, c to hand in) over a kind of resource. Everybody else passes.
	InScope func(ctx context.Context, kind, right string) error
	Now     func() time.Time
	// Address is under which people reach the house; where it is empty, links go by the
	// address that the caller used.
	Address string
	Version string
}

// Room answers apps in FHIR R4.
type Room struct {
	Options
	kinds []*kind
}

// New returns the gate.
func New(o Options) *Room {
	room := &Room{Options: o}
	room.kinds = room.kindsOfResource()
	for _, k := range room.kinds {
		k.room = room
	}
	return room
}
