package debarment

import (
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Hit is one party in one matter that the register held back, however often it was tried.
// That it is another lets a party in, so its row is keyed.
type Hit struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Debarment string    `db:"debarment"`
	How       string    `db:"how"`
	Verb      string    `db:"verb"` // of the act that was refused; [Standing] where it was there before
	About     string    `db:"about"`
	Party     []byte    `db:"party"`  // [party], sealed under the key of the debarment
	Person    string    `db:"person"` // who tried, last; empty: nobody did
	State     string    `db:"state"`
	First     time.Time `db:"first"`
	Last      time.Time `db:"last"`
	Times     int       `db:"times"`
	Judged    time.Time `db:"judged"`
	JudgedBy  string    `db:"judged_by"`
	Words     []byte    `db:"words"` // why, sealed
	Until     time.Time `db:"until"` // that it is another counts so long
	MAC       []byte    `db:"mac"`
}

// Standing is the verb of a hit that nobody tried: what was agreed to before names a
// party that was barred since.
const Standing = "standing"

// States of a hit.
const (
	Refused = "refused" // for certain; waits to be looked at
	Asked   = "asked"   // by name; waits for a person
	Another = "another" // somebody else of that name
	Same    = "same"    // the one who is barred
	Noted   = "noted"   // a certain one, looked at
)

// anotherCounts is how long a party may be named after somebody said that it is another.
const anotherCounts = 90 * 24 * time.Hour

// party is who was named, as it is sealed.
type party struct {
	Name   string `json:"name"`
	Number string `json:"number"`
	Person string `json:"person"`
}

func (p party) like(o staff.Party) bool {
	return normal(p.Name) == normal(o.Name) && plain(p.Number) == plain(o.Number) && p.Person == o.Person
}

// open reports whether the hit waits for somebody.
func (h Hit) open() bool { return h.State == Refused || h.State == Asked }

// lets reports whether the party may be named at a moment.
func (h Hit) lets(at time.Time) bool { return h.State == Another && h.Until.After(at) }

func (h Hit) object() policy.Object {
	return policy.Object{Kind: "Debarment", ID: h.ID, Org: h.Org, Author: h.Person}
}

func partyPlace(hit string) vault.Place {
	return vault.Place{Kind: "DebarmentHit", Object: hit, Version: "1", Field: "party"}
}

func wordsPlace(hit string) vault.Place {
	return vault.Place{Kind: "DebarmentHit", Object: hit, Version: "1", Field: "words"}
}

// found is one party that the register holds back in an act.
type found struct {
	known
	party staff.Party
	how   string
	verb  string
	state string // Refused or Asked
}

// heldBack is the cause of a refusal, from which the hits are kept after the act.
type heldBack struct{ all []found }

func (*heldBack) Error() string { return "debarment: a party is barred" }
