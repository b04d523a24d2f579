package source

import (
	"net/url"
	"time"
)

// Launch is where a person began a program from: with which patient and encounter open.
// It leads and gives nothing: what the program reads, the person allows. Its row is keyed.
type Launch struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Source    string    `db:"source"`
	Person    string    `db:"person"`
	Session   string    `db:"session"`
	Patient   string    `db:"patient"`
	Encounter string    `db:"encounter"` // empty: none was open
	Digest    []byte    `db:"digest"`    // SM3 of its secret
	Made      time.Time `db:"made"`
	Until     time.Time `db:"until"`
	Used      time.Time `db:"used"`
	MAC       []byte    `db:"mac"`
}

// Context is what was said with an allowance beyond what it allows. Its row is keyed.
type Context struct {
	Org       string `db:"org,key"`
	Allowance string `db:"allowance,key"`
	Launch    string `db:"launch"`    // by which it came; empty: the program was begun by itself
	Encounter string `db:"encounter"` // that was open
	Nonce     string `db:"nonce"`     // of the program, repeated in the ID token
	MAC       []byte `db:"mac"`
}

// launchLife is how long a program has to ask for what it was begun with.
const launchLife = 5 * time.Minute

// launchPrefix is what the launch parameter begins with.
const launchPrefix = "mwl"

// counts reports whether a launch may be used: by the one who began it, in his session,
// for this program, in its time, once.
func (l Launch) counts(source, person, session string, at time.Time) bool {
	return l.Used.IsZero() && l.Until.After(at) && l.Source == source && l.Person == person && l.Session == session && session != ""
}

// to is the launch address of a program with what SMART App Launch 2 adds to it.
func (w Web) to(fhir, launch string) (string, error) {
	u, err := url.Parse(w.Launch)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("iss", fhir)
	q.Set("launch", launch)
	u.RawQuery = q.Encode()
	return u.String(), nil
}
