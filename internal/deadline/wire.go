package deadline

import (
	"encoding/hex"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// DeadlineBody is one document that an encounter must hold by a moment.
type DeadlineBody struct {
	ID          string               `json:"id"`
	Encounter   string               `json:"encounter"`
	Patient     string               `json:"patient"`
	Called      string               `json:"called,omitempty" doc:"the patient, by a masked name"`
	Requirement string               `json:"requirement"`
	NameZH      string               `json:"nameZh"`
	NameEN      string               `json:"nameEn"`
	Kinds       []string             `json:"kinds" nullable:"false"`
	Department  string               `json:"department"`
	Person      string               `json:"person,omitempty" doc:"who is to write it, or wrote it"`
	Event       Event                `json:"event" enum:"admission,discharge,transfer-in,consultation,operation,told"`
	EventAt     time.Time            `json:"eventAt"`
	Limit       string               `json:"limit"`
	DueAt       time.Time            `json:"dueAt"`
	Mandatory   bool                 `json:"mandatory"`
	State       string               `json:"state" enum:"open,met,void"`
	Overdue     bool                 `json:"overdue" doc:"it is missing and its limit has passed"`
	Paused      *time.Time           `json:"paused,omitempty" doc:"since when its clock stands still"`
	Document    string               `json:"document,omitempty"`
	ToldAt      *time.Time           `json:"toldAt,omitempty" doc:"when what the document tells took place, as it says"`
	EnteredAt   *time.Time           `json:"enteredAt,omitempty"`
	ReceivedAt  *time.Time           `json:"receivedAt,omitempty"`
	Signed      bool                 `json:"signed"`
	Late        bool                 `json:"late"`
	LateBy      int64                `json:"lateBy" doc:"seconds by which it was late, or is so far"`
	Backdated   bool                 `json:"backdated" doc:"it dates itself into its limit and came after it"`
	Explained   bool                 `json:"explained"`
	WantsReason bool                 `json:"wantsReason"`
	Gaps        []string             `json:"gaps" nullable:"false" doc:"what its source does not say: no-author, no-time, signed-elsewhere"`
	Reasons     []DeadlineReasonBody `json:"reasons" nullable:"false"`
	Pauses      []DeadlinePauseBody  `json:"pauses" nullable:"false"`
}

// DeadlineReasonBody is why a document was late.
type DeadlineReasonBody struct {
	Choice string    `json:"choice"`
	Words  string    `json:"words,omitempty"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// DeadlinePauseBody is a stretch during which a clock stood still.
type DeadlinePauseBody struct {
	Cause string     `json:"cause"`
	Words string     `json:"words,omitempty"`
	Since time.Time  `json:"since"`
	Until time.Time  `json:"until"`
	By    string     `json:"by"`
	Ended *time.Time `json:"ended,omitempty"`
}

func wireLine(l Line, now time.Time) DeadlineBody {
	b := DeadlineBody{
		ID: l.ID, Encounter: l.Encounter, Patient: l.Patient, Called: l.Called, Requirement: l.Requirement, NameZH: l.NameZH, NameEN: l.NameEN,
		Kinds: append([]string{}, l.Kinds...), Department: l.Department, Person: l.Person, Event: l.Event, EventAt: l.EventAt, Limit: l.Limit, DueAt: l.At,
		Mandatory: l.Mandatory, State: l.State, Overdue: l.IsOverdue(now), Paused: web.Moment(l.Paused), Document: l.Document,
		ToldAt: web.Moment(l.Told), EnteredAt: web.Moment(l.Entered), ReceivedAt: web.Moment(l.Received), Signed: l.Signed, Late: l.Late,
		LateBy: int64(l.LateBy(now) / time.Second), Backdated: l.Backdated, Explained: l.Explained, WantsReason: l.WantsReason(now), Gaps: append([]string{}, l.Gaps...),
		Reasons: []DeadlineReasonBody{}, Pauses: []DeadlinePauseBody{},
	}
	for _, one := range l.Reasons {
		b.Reasons = append(b.Reasons, DeadlineReasonBody{one.Choice, one.Said, one.At, one.By})
	}
	for _, p := range l.Pauses {
		b.Pauses = append(b.Pauses, DeadlinePauseBody{p.Cause, p.Said, p.Since, p.Until, p.By, web.Moment(p.Ended)})
	}
	return b
}

// DeadlinesBody is a page of limits.
type DeadlinesBody struct {
	web.Page[DeadlineBody]
	Names       map[string]staff.NameBody `json:"names"`
	Departments map[string]fault.Text     `json:"departments"`
}

func wireListed(l Listed, now time.Time) DeadlinesBody {
	b := DeadlinesBody{Page: web.Shown(l.Page, func(line Line) DeadlineBody { return wireLine(line, now) }), Names: staff.WireNames(l.Names), Departments: l.Departments}
	if b.Departments == nil {
		b.Departments = map[string]fault.Text{}
	}
	return b
}

// EncounterDeadlinesBody is an encounter with all that it must hold.
type EncounterDeadlinesBody struct {
	Encounter string                    `json:"encounter"`
	Patient   string                    `json:"patient"`
	Since     time.Time                 `json:"since"`
	Until     *time.Time                `json:"until,omitempty"`
	Level     Level                     `json:"level" enum:"stable,serious,critical" doc:"how ill the patient is, as was said last"`
	Set       int                       `json:"set" doc:"number of the set of requirements in force; 0: none"`
	Items     []DeadlineBody            `json:"items" nullable:"false"`
	Missing   int                       `json:"missing" doc:"mandatory documents that are not there"`
	Names     map[string]staff.NameBody `json:"names"`
}

func wireSeen(s Seen, now time.Time) EncounterDeadlinesBody {
	b := EncounterDeadlinesBody{
		Encounter: s.Encounter.ID, Patient: s.Encounter.Patient, Since: s.Encounter.Since, Until: web.Moment(s.Encounter.Until), Level: s.Level, Set: s.Set,
		Items: []DeadlineBody{}, Names: staff.WireNames(s.Names),
	}
	for _, l := range s.Dues {
		b.Items = append(b.Items, wireLine(l, now))
		if l.State == Open && l.Mandatory {
			b.Missing++
		}
	}
	return b
}

// RequirementSetBody is a set of requirements.
type RequirementSetBody struct {
	ID           string        `json:"id"`
	Number       int           `json:"number"`
	Requirements []Requirement `json:"requirements" nullable:"false"`
	Digest       string        `json:"digest" doc:"SM3, hexadecimal"`
	Why          string        `json:"why"`
	State        string        `json:"state" enum:"proposed,approved,rejected"`
	Since        time.Time     `json:"since"`
	Proposed     time.Time     `json:"proposed"`
	ProposedBy   string        `json:"proposedBy"`
	Settled      *time.Time    `json:"settled,omitempty"`
	SettledBy    string        `json:"settledBy,omitempty"`
	Answer       string        `json:"answer,omitempty"`
	Changes      []Change      `json:"changes" nullable:"false" doc:"in what it differs from the set approved before"`
}

func wireSet(s Set, differs []Change) RequirementSetBody {
	return RequirementSetBody{
		ID: s.ID, Number: s.Number, Requirements: append([]Requirement{}, s.Content...), Digest: hex.EncodeToString(s.Digest), Why: s.Why, State: s.State, Since: s.Since,
		Proposed: s.Proposed, ProposedBy: s.ProposedBy, Settled: web.Moment(s.Settled), SettledBy: s.SettledBy, Answer: s.Answer, Changes: append([]Change{}, differs...),
	}
}

// RequirementSetsBody are the sets of the house.
type RequirementSetsBody struct {
	Items    []RequirementSetBody      `json:"items" nullable:"false"`
	Force    int                       `json:"force" doc:"number of the set in force; 0: none"`
	Starter  []Requirement             `json:"starter" nullable:"false" doc:"a list to begin with"`
	Unheard  []Listing                 `json:"unheard" nullable:"false" doc:"events of which no data arrive"`
	DayCheck bool                      `json:"dayCheck" doc:"a rule makes the daily check recur"`
	Names    map[string]staff.NameBody `json:"names"`
}

func wireSets(s Shown) RequirementSetsBody {
	b := RequirementSetsBody{Items: []RequirementSetBody{}, Force: s.Force, Starter: append([]Requirement{}, s.Starter...), Unheard: append([]Listing{}, s.Unheard...), DayCheck: s.DayCheck, Names: staff.WireNames(s.Names)}
	for _, one := range s.Sets {
		b.Items = append(b.Items, wireSet(one, s.Changes[one.Number]))
	}
	return b
}

// RequirementEffectBody is what a list would change on what is open now.
type RequirementEffectBody struct {
	Changes    []Change `json:"changes" nullable:"false"`
	Encounters int      `json:"encounters" doc:"that were looked at"`
	Moved      int      `json:"moved" doc:"open documents whose limit becomes another"`
	Dropped    int      `json:"dropped" doc:"open documents that are no longer asked for"`
	Overdue    int      `json:"overdue" doc:"open documents that are overdue at once"`
	Partial    bool     `json:"partial" doc:"there are more open documents than were looked at"`
}

// DeadlineCountBody is how many documents were written in time.
type DeadlineCountBody struct {
	Month       int    `json:"month"`
	Department  string `json:"department"`
	Requirement string `json:"requirement"`
	Mandatory   bool   `json:"mandatory"`
	Due         int    `json:"due"`
	OnTime      int    `json:"onTime"`
	Late        int    `json:"late"`
	Missing     int    `json:"missing"`
	Backdated   int    `json:"backdated"`
	Explained   int    `json:"explained"`
}

// DeadlineFiguresBody are the numbers of a year.
type DeadlineFiguresBody struct {
	Year         int                   `json:"year"`
	Rows         []DeadlineCountBody   `json:"rows" nullable:"false"`
	Departments  map[string]fault.Text `json:"departments"`
	Requirements map[string]fault.Text `json:"requirements"`
}

func wireFigures(f Figures) DeadlineFiguresBody {
	b := DeadlineFiguresBody{Year: f.Year, Rows: []DeadlineCountBody{}, Departments: f.Departments, Requirements: f.Requirements}
	for _, c := range f.Rows {
		b.Rows = append(b.Rows, DeadlineCountBody(c))
	}
	if b.Departments == nil {
		b.Departments = map[string]fault.Text{}
	}
	return b
}

// CompletenessDayBody is a day that was signed.
type CompletenessDayBody struct {
	Day        string    `json:"day" example:"2026-10-09"`
	Signed     time.Time `json:"signed"`
	By         string    `json:"by"`
	Discharged int       `json:"discharged" doc:"stays that ended since the day before"`
	Incomplete int       `json:"incomplete" doc:"stays that lack something"`
	Missing    int       `json:"missing" doc:"documents"`
	Unsigned   int       `json:"unsigned" doc:"documents"`
	Words      string    `json:"words,omitempty"`
}

func wireDay(d Day) CompletenessDayBody {
	return CompletenessDayBody{calendar.Date(d.Day).String(), d.Signed, d.By, d.Discharged, d.Incomplete, d.Missing, d.Unsigned, d.Words}
}

// CompletenessDaysBody is a page of days.
type CompletenessDaysBody struct {
	web.Page[CompletenessDayBody]
	Names map[string]staff.NameBody `json:"names"`
}

func wireDays(l SignedDays) CompletenessDaysBody {
	return CompletenessDaysBody{web.Shown(l.Page, wireDay), staff.WireNames(l.Names)}
}

// CompletenessBody is the list of this day.
type CompletenessBody struct {
	CompletenessDayBody
	Done   bool          `json:"done" doc:"this day was signed"`
	Digest string        `json:"digest" doc:"of the list, to be sent back with the signature"`
	List   DeadlinesBody `json:"list"`
}

func wireToday(t Today, now time.Time) CompletenessBody {
	return CompletenessBody{wireDay(t.Day), t.Done, hex.EncodeToString(t.Digest), wireListed(t.List, now)}
}
