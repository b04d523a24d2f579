package retention

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// Certificate is what is certified of a destruction that was carried out, as canonical JSON:
// the list, each record with the digest of all its versions, and who did what when. Its SM3
// is kept with the destruction, whose row the ledger lists.
func Certificate(d Destruction, listed []Item, all []Step) ([]byte, error) {
	c := certificate{Form: "medward destruction 1", Org: d.Org, List: d.ID, Title: d.Title, Ended: d.Ended.UTC().Truncate(time.Microsecond), Records: []certified{}, Steps: []certifiedStep{}}
	for _, item := range listed {
		if item.State == ItemDestroyed {
			c.Records = append(c.Records, certified{
				Patient: item.Patient, Class: item.Class, TermEnded: item.TermEnded.UTC().Truncate(time.Microsecond), Documents: item.Documents, Digest: hex.EncodeToString(item.Digest),
			})
		}
	}
	inOrder := slices.SortedFunc(slices.Values(all), func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.At.UnixMicro(), b.At.UnixMicro()), cmp.Compare(a.ID, b.ID))
	})
	for _, s := range inOrder {
		c.Steps = append(c.Steps, certifiedStep{Kind: s.Kind, Office: s.Office, Person: s.Person, At: s.At.UTC().Truncate(time.Microsecond)})
	}
	return json.Marshal(c)
}

type certificate struct {
	Form    string          `json:"form"`
	Org     string          `json:"org"`
	List    string          `json:"list"`
	Title   string          `json:"title"`
	Ended   time.Time       `json:"ended"`
	Records []certified     `json:"records"`
	Steps   []certifiedStep `json:"steps"`
}

type certified struct {
	Patient   string    `json:"patient"`
	Class     string    `json:"class"`
	TermEnded time.Time `json:"termEnded"`
	Documents int       `json:"documents"`
	Digest    string    `json:"digest"` // SM3, hexadecimal
}

type certifiedStep struct {
	Kind   string    `json:"kind"`
	Office string    `json:"office,omitempty"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}
