package synth

import (
	"fmt"
	"time"
)

const defaultPatients = 320

// chinaTime is fixed rather than loaded, so that no time zone database matters.
var chinaTime = time.FixedZone("UTC+8", 8*60*60)

var defaultAnchor = time.Date(2026, time.November, 20, 10, 30, 0, 0, chinaTime)

// generator fills one hospital from front to back. Patients are made in order
// and only look back, which keeps the first ones the same when more are asked
// for.
type generator struct {
	seed     uint64
	anchor   time.Time
	hospital *Hospital
	profiles []profile
	personAt map[string]int
	usedIDs  map[string]bool
	beds     map[string][]bedUse
}

// New makes the hospital of a seed. It never fails; options out of range fall
// back to their defaults.
func New(seed uint64, opts Options) *Hospital {
	g := newGenerator(seed, opts)
	g.employ()
	patients := opts.Patients
	if patients <= 0 {
		patients = defaultPatients
	}
	for i := 1; i <= patients; i++ {
		g.enrol(i)
	}
	return g.hospital
}

func newGenerator(seed uint64, opts Options) *generator {
	anchor := opts.Anchor
	if anchor.IsZero() {
		anchor = defaultAnchor
	}
	anchor = anchor.In(chinaTime).Truncate(time.Minute)
	return &generator{
		seed: seed, anchor: anchor,
		hospital: &Hospital{
			Seed: seed, Anchor: anchor, Organisation: organisation,
			Campuses: append([]Campus(nil), campuses...), Departments: departments(), Wards: wards(),
		},
		personAt: make(map[string]int),
		usedIDs:  make(map[string]bool),
		beds:     make(map[string][]bedUse),
	}
}

// idNumber gives a number nobody else here has; index spreads the sequence
// numbers of people with the same region and birth date.
func (g *generator) idNumber(regionCode string, birth time.Time, sex Sex, index int) string {
	for attempt := 0; ; attempt++ {
		sequence := (index%499*37+attempt)%499*2 + 1
		if sex == Female {
			sequence++
		}
		id := completeID(fmt.Sprintf("%s%s%03d", regionCode, birth.Format("20060102"), sequence))
		if !g.usedIDs[id] {
			g.usedIDs[id] = true
			return id
		}
	}
}

func completeID(first17 string) string {
	check, err := CheckDigit(first17)
	if err != nil {
		panic(err)
	}
	return first17 + string(check)
}
