package identity

import (
	"context"
	"net/netip"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Desk  *act.Desk // of room identity
	Staff *staff.Room
	Vault *vault.Vault
	// Org is the organisation to which this door leads.
	Org string
	// Demo says that the store was born a demonstration: people may then be
	// signed in as by choice. The caller reads it from the store.
	Demo bool
	// Cost of password hashes; the zero value is [DefaultHashCost].
	Cost HashCost
	// Proxies whose X-Forwarded-For is believed. Without them it is ignored.
	Proxies []netip.Prefix
	// Inside are the organisation's own networks. Whoever comes from elsewhere
	// is remote. Without them nobody is.
	Inside []netip.Prefix
	// Gateways are VPN gateways that show a certificate on their connections. With any,
	// whoever comes from outside must come through one, or with the word of one that
	// was set as a way.
	Gateways *Gateways
	// Rules hold until the hospital sets its own; the zero value is
	// [DefaultRules], or [DemoRules] in a demonstration.
	Rules *Rules
	// Breached passwords; nil holds none.
	Breached *Breached
	// Gateway hands codes over to telephones; the default posts them to the address
	// of the way.
	Gateway Gateway
	// Scanner brings texts to telephones; the default asks the adapter of the way.
	Scanner Scanner
	// Recogniser looks at people; the default asks the adapter of the way.
	Recogniser Recogniser
	// Alarm is told of rows that were not written by the house, and of a directory
	// that does not answer.
	Alarm func(ctx context.Context, what string, err error)
}

// Room is the identity room.
type Room struct {
	desk    *act.Desk
	staff   *staff.Room
	vault   *vault.Vault
	org     string
	demo    bool
	hasher  *hasher
	proxies []netip.Prefix
	inside  []netip.Prefix
	alarm   func(ctx context.Context, what string, err error)
	present *presence
	signers *signers
	askers  *askers
	gateway Gateway
	scanner Scanner

	recogniser Recogniser
	gateways   *Gateways

	bring     func(ctx context.Context, w *act.Work, person string, n Notice, subject string) error
	rounds    rounds
	delivered Rules
	breached  *Breached
}

// New returns the room.
func New(o Options) *Room {
	if o.Cost == (HashCost{}) {
		o.Cost = DefaultHashCost
	}
	delivered := DefaultRules()
	switch {
	case o.Rules != nil:
		delivered = *o.Rules
	case o.Demo:
		delivered = DemoRules()
	}
	r := &Room{
		desk: o.Desk, staff: o.Staff, vault: o.Vault, org: o.Org, demo: o.Demo, hasher: newHasher(o.Cost),
		proxies: o.Proxies, inside: o.Inside, alarm: o.Alarm, present: newPresence(), signers: newSigners(), askers: newAskers(),
		delivered: delivered, breached: o.Breached, gateways: o.Gateways,
	}
	if r.gateway = o.Gateway; r.gateway == nil {
		r.gateway = gateway{dial.New(nil)}
	}
	if r.scanner = o.Scanner; r.scanner == nil {
		r.scanner = scanner{}
	}
	if r.recogniser = o.Recogniser; r.recogniser == nil {
		r.recogniser = recogniser{}
	}
	if o.Demo {
		r.recogniser = standIn{r.recogniser, o.Desk.Now}
	}
	o.Staff.OnPowersChanged(func(_, person string) { r.present.dropPerson(person) })
	return r
}

func objectOf(a Account) policy.Object {
	return policy.Object{Kind: "Account", ID: a.ID, Org: a.Org, Concerns: a.Person}
}

// HashesComputed is how many password hashes this process has computed, for
// /metrics and for the proof that a wrong name costs as much as a wrong password.
func (r *Room) HashesComputed() int64 { return r.hasher.computed() }
