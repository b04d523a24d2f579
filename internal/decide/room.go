package decide

import (
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/sysaccount"
	"github.com/medward/medward/internal/vault"
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
	Duty     *duty.Room
	Vault    *vault.Vault
	Org      string // in whose name the house itself acts
	Address  string // under which people reach the house; links are paths without it
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
	duty      *duty.Room
	vault     *vault.Vault
	org       string
	address   string
	knocks    web.Throttle
	sentences sentences
}

// How many links are followed in a minute.
const (
	knocksFromOne = 60
	knocksFromAll = 6000
)

// New returns the gate.
func New(o Options) *Room {
	return &Room{
		desk: o.Door.Desk("decide"), rules: o.Rules, identity: o.Identity, patients: o.Patients, records: o.Records, sources: o.Sources, accounts: o.Accounts,
		duty: o.Duty, vault: o.Vault, org: o.Org, address: o.Address, knocks: web.Throttle{ByAddress: knocksFromOne, ByAll: knocksFromAll},
	}
}
