package identity

import (
	"math"
	"net/netip"
	"time"
)

// Attempt counts failed sign-ins of one kind.
type Attempt struct {
	Org      string    `db:"org,key"`
	Scope    string    `db:"scope,key"`
	Subject  string    `db:"subject,key"` // blind index: a mistyped name may be a password
	Failures int64     `db:"failures"`
	Latest   time.Time `db:"latest"`
}

// Scopes in which failures are counted.
const (
	scopeHere    = "name-at-address"
	scopeAddress = "address"
	scopeName    = "name"
	scopeMessage = "message" // codes sent to an account; not failures, but spaced like them
	scopeScan    = "scan"    // scans begun at an address by nobody in particular, spaced likewise
	scopeBinding = "binding" // scans begun for an account, to bind a certificate
)

// limit is how failures of one scope slow down the next attempt.
type limit struct {
	free  int64 // failures that cost nothing
	first time.Duration
	most  time.Duration
}

// limits grow twofold with each failure. None goes beyond a minute: whoever is
// called to a patient must be able to come in. An address may be a whole ward
// behind one gateway, so it bears more and waits less.
var limits = map[string]limit{
	scopeHere:    {free: 3, first: 2 * time.Second, most: time.Minute},
	scopeAddress: {free: 30, first: time.Second, most: 15 * time.Second},
	scopeName:    {free: 10, first: 2 * time.Second, most: time.Minute},
	scopeMessage: {free: 1, first: time.Minute, most: 15 * time.Minute},
	scopeScan:    {free: 30, first: time.Second, most: 15 * time.Second},
	scopeBinding: {free: 5, first: 2 * time.Second, most: time.Minute},
}

// forgetAfter is how long after the last one failures are counted no more.
const forgetAfter = 30 * time.Minute

// delay is how long must pass after the last of so many failures.
func (l limit) delay(failures int64) time.Duration {
	over := failures - l.free
	if over < 0 {
		return 0
	}
	return time.Duration(min(float64(l.first)*math.Pow(2, float64(over)), float64(l.most)))
}

// wait is how long the next attempt must still wait at a moment.
func (a Attempt) wait(at time.Time) time.Duration {
	if a.forgotten(at) {
		return 0
	}
	return max(0, a.Latest.Add(limits[a.Scope].delay(a.Failures)).Sub(at))
}

func (a Attempt) forgotten(at time.Time) bool { return !a.Latest.Add(forgetAfter).After(at) }

// failed counts one more failure.
func (a *Attempt) failed(at time.Time) {
	if a.forgotten(at) {
		a.Failures = 0
	}
	a.Failures++
	a.Latest = at
}

// network is the part of an address that one sender holds: all of IPv4, the
// first half of IPv6.
func network(ip string) string {
	at, err := netip.ParseAddr(ip)
	if err != nil || at.Unmap().Is4() {
		return ip
	}
	prefix, err := at.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return prefix.String()
}
