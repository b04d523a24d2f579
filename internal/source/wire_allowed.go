package source

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// AppChoiceBody is a program that can be begun from here.
type AppChoiceBody struct {
	ID      string     `json:"id"`
	Name    fault.Text `json:"name"`
	Vendor  string     `json:"vendor,omitempty"`
	Purpose string     `json:"purpose"`
}

// BeginAppBody is which program is begun with what.
type BeginAppBody struct {
	Source    string `json:"source" maxLength:"40" doc:"the program"`
	Patient   string `json:"patient" maxLength:"40"`
	Encounter string `json:"encounter,omitempty" maxLength:"40"`
	House     string `json:"house,omitempty" maxLength:"200" doc:"the address under which the caller reaches this server; used only where it does not know its own"`
}

// BegunAppBody is where a program takes up what it was begun with.
type BegunAppBody struct {
	Address string `json:"address" doc:"good once and for five minutes"`
}

// AllowedAppBody is what somebody let a program read.
type AllowedAppBody struct {
	ID      string      `json:"id"`
	Source  string      `json:"source"`
	Name    fault.Text  `json:"name" doc:"of the program"`
	Vendor  string      `json:"vendor,omitempty"`
	Person  string      `json:"person"`
	Patient string      `json:"patient,omitempty" doc:"about whom it is; absent: whomever its person may see"`
	Begun   bool        `json:"begun" doc:"the program was begun from this patient here"`
	Scopes  []ScopeBody `json:"scopes" nullable:"false"`
	Live    bool        `json:"live" doc:"the program may read now"`
	Made    time.Time   `json:"made"`
	Until   time.Time   `json:"until" doc:"at the latest"`
	Ended   *time.Time  `json:"ended,omitempty"`
	Why     string      `json:"why,omitempty" enum:"code-reused,renewal-reused,given-up,withdrawn,taken-away" doc:"it was ended before its time"`
	Last    *time.Time  `json:"last,omitempty" doc:"when it read last"`
	Times   int         `json:"times" doc:"requests that it made"`
}

// AllowedListBody is a page of what people let programs read.
type AllowedListBody struct {
	Items []AllowedAppBody          `json:"items" nullable:"false"`
	Next  string                    `json:"next,omitempty"`
	Names map[string]staff.NameBody `json:"names"`
}

func nameOf(s Source) fault.Text {
	name := fault.Text{ZH: s.NameZH, EN: s.NameEN}
	if name.EN == "" {
		name.EN = name.ZH
	}
	return name
}

func wireAllowedList(l AllowedList) AllowedListBody {
	b := AllowedListBody{Items: make([]AllowedAppBody, len(l.Items)), Next: l.Next, Names: staff.WireNames(l.Names)}
	for i, a := range l.Items {
		b.Items[i] = AllowedAppBody{
			ID: a.ID, Source: a.Source.ID, Name: nameOf(a.Source), Vendor: a.Source.Vendor, Person: a.Person, Patient: a.Patient, Begun: a.Begun,
			Scopes: wireScopes(scopesIn(a.Scopes), slices.Contains(a.Scopes, openID)), Live: a.Live, Made: a.Made, Until: a.Until, Ended: web.Moment(a.Ended), Why: a.Why,
			Last: web.Moment(a.Use.Last), Times: a.Use.Times,
		}
	}
	return b
}
