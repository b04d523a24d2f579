package identity

import "time"

// Link says that what somebody shows by a way of signing in is one account's: the
// subject of a provider, or a certificate. It grants power, so its row is keyed.
type Link struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Way     string    `db:"way"`
	Kind    WayKind   `db:"kind"`
	Account string    `db:"account"`
	Person  string    `db:"person"`
	Mark    string    `db:"mark"`   // blind index of issuer and subject, or of the certificate
	Detail  string    `db:"detail"` // what its holder knows it by: issuer and number of a certificate
	Until   time.Time `db:"until"`  // end of a certificate; zero: does not end by itself
	Made    time.Time `db:"made"`
	Used    time.Time `db:"used"`
	Ended   time.Time `db:"ended"`
	EndedBy string    `db:"ended_by"`
	Why     string    `db:"why"`
	MAC     []byte    `db:"mac"`
}

func (l Link) live(at time.Time) bool {
	return l.Ended.IsZero() && (l.Until.IsZero() || l.Until.After(at))
}

// linkEnds are why a link can end.
var linkEnds = []string{"lost", "stolen", "replaced", "returned", "unused"}
