package feed

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// WritingBody is what is said of a feed on the wire.
type WritingBody struct {
	Feed    string  `json:"feed" maxLength:"40" example:"his-patients"`
	Source  string  `json:"source" maxLength:"40" doc:"code of the source"`
	Shape   string  `json:"shape" enum:"departments,people,patients,visits,requests,operations,orders,stock,documents"`
	Mapping Mapping `json:"mapping"`
}

func (b WritingBody) writing() Writing { return Writing(b) }

// FeedBody is a feed on the wire.
type FeedBody struct {
	Feed       string     `json:"feed"`
	Source     string     `json:"source" doc:"code"`
	SourceName fault.Text `json:"sourceName"`
	Shape      string     `json:"shape" enum:"departments,people,patients,visits,requests,operations,orders,stock,documents"`
	Live       bool       `json:"live" doc:"its source may act, and the shape was agreed with it"`
	Rev        int        `json:"rev" doc:"the newest version"`
	InForce    int        `json:"inForce" doc:"the version by which runs read; 0: nobody has approved one"`
	Mapping    Mapping    `json:"mapping" doc:"of the newest version"`
	MadeBy     string     `json:"madeBy"`
	Made       time.Time  `json:"made"`
	ApprovedBy string     `json:"approvedBy,omitempty"`
	Approved   *time.Time `json:"approved,omitempty"`
	Last       *RunBody   `json:"last,omitempty"`
}

func wireFeed(s Standing) FeedBody {
	name := fault.Text{ZH: s.System.NameZH, EN: s.System.NameEN}
	if name.EN == "" {
		name.EN = name.ZH
	}
	b := FeedBody{
		Feed: s.Feed, Source: s.System.Code, SourceName: name, Shape: s.Shape, Live: s.Live, Rev: s.Rev, InForce: s.InForce,
		Mapping: s.Mapping, MadeBy: s.MadeBy, Made: s.Made, ApprovedBy: s.Approver, Approved: web.Moment(s.Approved),
	}
	if s.Last != nil {
		last := wireRun(*s.Last)
		b.Last = &last
	}
	return b
}

// VersionBody is a version of a mapping on the wire.
type VersionBody struct {
	Feed     string     `json:"feed"`
	Rev      int        `json:"rev"`
	Approved *time.Time `json:"approved,omitempty"`
}

func wireVersion(v Version) VersionBody {
	return VersionBody{Feed: v.Feed, Rev: v.Rev, Approved: web.Moment(v.Approved)}
}

// RunBody is a run on the wire.
type RunBody struct {
	ID      string     `json:"id"`
	Feed    string     `json:"feed"`
	Rev     int        `json:"rev"`
	State   string     `json:"state" enum:"waiting,done,stopped"`
	Why     string     `json:"why,omitempty" enum:"missing-columns,too-much,no-file,unread,shrunk,mostly-broken,not-live,unmapped" doc:"it was stopped; nothing was changed"`
	Missing []string   `json:"missing" nullable:"false" doc:"columns that the table has lost"`
	By      string     `json:"by"`
	Begun   time.Time  `json:"begun"`
	Ended   *time.Time `json:"ended,omitempty"`
	Read    string     `json:"read,omitempty" doc:"the view or file"`
	Part    bool       `json:"part" doc:"only what changed was read"`
	Tally   Tally      `json:"tally"`
	Theirs  string     `json:"theirs,omitempty" doc:"keyed digest over the rows of the table that could be read"`
	Ours    string     `json:"ours,omitempty" doc:"the same over what is known of it; absent when only a part was read"`
}

// counted is a tally whose counts by field and by rule are there, even before a run has
// read anything.
func (t Tally) counted() Tally {
	if t.Fields == nil {
		t.Fields = map[string]int{}
	}
	if t.Rules == nil {
		t.Rules = map[string]int{}
	}
	return t
}

func wireRun(r Run) RunBody {
	return RunBody{
		ID: r.ID, Feed: r.Feed, Rev: r.Rev, State: r.State, Why: r.Why, Missing: some(r.Missing), By: r.By, Begun: r.Begun, Ended: web.Moment(r.Ended),
		Read: r.Read, Part: r.Part, Tally: r.Tally.counted(), Theirs: r.Theirs, Ours: r.Ours,
	}
}

func some[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// TrialBody is what a run would do, on the wire.
type TrialBody struct {
	Has      []string      `json:"has" nullable:"false" doc:"columns of the table"`
	Missing  []string      `json:"missing" nullable:"false"`
	Why      string        `json:"why,omitempty" doc:"a run would be stopped"`
	Tally    Tally         `json:"tally"`
	Samples  []SampleBody  `json:"samples" nullable:"false" doc:"the first rows that would be taken"`
	Problems []ProblemBody `json:"problems" nullable:"false" doc:"the first rows that would be set aside"`
}

// SampleBody is a row on the wire; what tells who somebody is, masked.
type SampleBody struct {
	Line   int               `json:"line"`
	Fresh  bool              `json:"fresh"`
	Fields []string          `json:"fields" nullable:"false" doc:"that say something else than before"`
	Values map[string]string `json:"values"`
}

// ProblemBody is why a row cannot be taken, on the wire.
type ProblemBody struct {
	Line  int    `json:"line"`
	Rule  string `json:"rule"`
	Field string `json:"field,omitempty"`
}

func wireTrial(t Trial) TrialBody {
	b := TrialBody{Has: some(t.Has), Missing: some(t.Missing), Why: t.Why, Tally: t.Tally.counted(), Samples: make([]SampleBody, len(t.Samples)), Problems: make([]ProblemBody, len(t.Problems))}
	for i, s := range t.Samples {
		b.Samples[i] = SampleBody{Line: s.Line, Fresh: s.Fresh, Fields: some(s.Fields), Values: s.Values}
	}
	for i, p := range t.Problems {
		b.Problems[i] = ProblemBody{Line: p.Line, Rule: p.Rule, Field: p.Field}
	}
	return b
}

// FindingBody is a row that was set aside, or something about one, on the wire.
type FindingBody struct {
	ID    string    `json:"id"`
	Line  int       `json:"line"`
	Rule  string    `json:"rule"`
	Field string    `json:"field,omitempty"`
	Taken bool      `json:"taken" doc:"the row was taken all the same"`
	Key   string    `json:"key,omitempty" doc:"what the source calls the row"`
	Found time.Time `json:"found"`
}

func wireFinding(s SetAside) FindingBody {
	return FindingBody{ID: s.ID, Line: s.Line, Rule: s.Rule, Field: s.Field, Taken: s.Taken, Key: s.Called, Found: s.Found}
}

// ConnectionBody is a connection on the wire: neither where it leads nor who it is.
type ConnectionBody struct {
	Code string `json:"code"`
	Kind string `json:"kind" enum:"folder,postgres,mysql,sqlserver,oracle"`
}

// ChoicesBody is what can be chosen for a feed, on the wire.
type ChoicesBody struct {
	Connections []ConnectionBody `json:"connections" nullable:"false" doc:"that the operator wrote down at start"`
	Shapes      []Shape          `json:"shapes" nullable:"false"`
}

func (room *Room) wireConnections() []ConnectionBody {
	all := make([]ConnectionBody, 0, len(room.connections))
	for code, kind := range room.kinds() {
		all = append(all, ConnectionBody{code, kind})
	}
	slices.SortFunc(all, func(a, b ConnectionBody) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return all
}
