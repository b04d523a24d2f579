package decide

import (
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/sysaccount"
)

// Options are what the gate is made of.
type Options struct {
	Door     *act.Door
	Rules    *policy.Shelf
	Identity *identity.Room
	Patients *patient.Room
	Records  *record.Room
	Sources  *source.Room
	Accounts *sysaccount.Room
}

// Room answers other systems.
type Room struct {
	desk      *act.Desk
	rules     *policy.Shelf
	identity  *identity.Room
	patients  *patient.Room
	records   *record.Room
	sources   *source.Room
	accounts  *sysaccount.Room
	sentences sentences
}

// New returns the gate.
func New(o Options) *Room {
	return &Room{
		desk: o.Door.Desk("decide"), rules: o.Rules, identity: o.Identity, patients: o.Patients, records: o.Records, sources: o.Sources, accounts: o.Accounts,
	}
}
