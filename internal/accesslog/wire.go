package accesslog

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// PageBody is a page of a list on the wire, with the people and patients whom it names.
type PageBody[T any] struct {
	web.Page[T]
	Names  map[string]staff.NameBody `json:"names"`
	Called map[string]string         `json:"called" doc:"masked names of patients by their ids"`
}

func wirePage[T, B any](l Listed[T], shape func(T) B) PageBody[B] {
	called := l.Called
	if called == nil {
		called = map[string]string{}
	}
	return PageBody[B]{Page: web.Shown(l.Page, shape), Names: staff.WireNames(l.Names), Called: called}
}

// RunBody is a run on the wire.
type RunBody struct {
	ID      string     `json:"id"`
	Source  string     `json:"source"`
	Rev     int        `json:"rev" doc:"of the mapping"`
	State   string     `json:"state" enum:"receiving,matching,done"`
	By      string     `json:"by"`
	Begun   time.Time  `json:"begun"`
	Written *time.Time `json:"written,omitempty"`
	Ended   *time.Time `json:"ended,omitempty"`
	Parts   int        `json:"parts" doc:"the next part is this one"`
	Blocks  int        `json:"blocks"`
	Matched int        `json:"matched" doc:"blocks"`
	Bytes   int64      `json:"bytes"`
	Lines   int64      `json:"lines"`
	Tally   Tally      `json:"tally"`
	First   *time.Time `json:"first,omitempty"`
	Last    *time.Time `json:"last,omitempty"`
	Skew    *float64   `json:"skewSeconds,omitempty" doc:"by how much its clock is ahead; absent when the log does not tell"`
}

func wireRun(r Run) RunBody {
	b := RunBody{
		ID: r.ID, Source: r.Source, Rev: r.Rev, State: r.State, By: r.By, Begun: r.Begun, Written: web.Moment(r.Written), Ended: web.Moment(r.Ended), Parts: r.Parts, Blocks: r.Blocks,
		Matched: r.Matched, Bytes: r.Bytes, Lines: r.Lines, Tally: r.Tally, First: web.Moment(r.First), Last: web.Moment(r.Last),
	}
	if r.Skewed {
		seconds := float64(r.Skew) / 1e6
		b.Skew = &seconds
	}
	return b
}

// RefusedBody is a group of lines that were set aside, on the wire.
type RefusedBody struct {
	Block  int        `json:"block"`
	Rule   string     `json:"rule"`
	Field  string     `json:"field"`
	Say    fault.Text `json:"say"`
	Remedy fault.Text `json:"remedy"`
	Lines  []int64    `json:"lines" nullable:"false" doc:"their numbers"`
}

func wireRefused(r RefusedLines) RefusedBody {
	rule := RuleOf(r.Rule)
	return RefusedBody{Block: r.Block, Rule: r.Rule, Field: r.Field, Say: rule.Say, Remedy: rule.Remedy, Lines: r.Lines}
}

// SetAsideBody is a line as it came, on the wire.
type SetAsideBody struct {
	Line    int64  `json:"line"`
	Content string `json:"content"`
}

// ReportedBody is what a source reported, on the wire.
type ReportedBody struct {
	ID         string    `json:"id"`
	Provenance string    `json:"provenance" enum:"reported" doc:"a source said so; nothing here is proven"`
	Source     string    `json:"source"`
	Run        string    `json:"run"`
	Line       int64     `json:"line" doc:"number of the first line in its run"`
	Person     string    `json:"person,omitempty"`
	Department string    `json:"department,omitempty" doc:"of the person then"`
	Patient    string    `json:"patient,omitempty"`
	First      time.Time `json:"first"`
	Last       time.Time `json:"last"`
	Views      int       `json:"views"`
	Prints     int       `json:"prints"`
	Exports    int       `json:"exports"`
	Searches   int       `json:"searches"`
	SignIns    int       `json:"signIns"`
	Others     int       `json:"others"`
	Verdict    string    `json:"verdict" enum:"explained,outside-hours,unexplained,after-leaving,unknown-person,unknown-patient,denied"`
	Tie        string    `json:"tie,omitempty" doc:"what explains it"`
	Unmet      []string  `json:"unmet" nullable:"false" doc:"conditions of our rules that failed"`
	Said       Told      `json:"said" doc:"in the words of the source"`
}

func wireReported(s Shown) ReportedBody {
	unmet := s.Unmet
	if unmet == nil {
		unmet = []string{}
	}
	return ReportedBody{
		ID: s.ID, Provenance: "reported", Source: s.Source, Run: s.Run, Line: s.Line, Person: s.Person, Department: s.Department, Patient: s.Patient, First: s.First, Last: s.Last,
		Views: s.Views, Prints: s.Prints, Exports: s.Exports, Searches: s.Searches, SignIns: s.SignIns, Others: s.Others, Verdict: s.Verdict, Tie: s.Tie, Unmet: unmet, Said: s.Said,
	}
}

// QuestionBody is a question on the wire.
type QuestionBody struct {
	ID         string     `json:"id"`
	Source     string     `json:"source"`
	Run        string     `json:"run"`
	Person     string     `json:"person"`
	Department string     `json:"department,omitempty" doc:"whose head is asked; medical affairs when absent"`
	Patient    string     `json:"patient,omitempty"`
	Day        time.Time  `json:"day"`
	Verdict    string     `json:"verdict" enum:"unexplained,after-leaving"`
	Lines      int        `json:"lines"`
	State      string     `json:"state" enum:"open,explained,raised"`
	Asked      time.Time  `json:"asked"`
	Answered   *time.Time `json:"answered,omitempty"`
	By         string     `json:"by,omitempty"`
	Words      string     `json:"words,omitempty"`
	Mine       bool       `json:"mine" doc:"it waits for whoever looks"`
}

func wireAsked(a Asked) QuestionBody {
	return QuestionBody{
		ID: a.ID, Source: a.Source, Run: a.Run, Person: a.Person, Department: a.Department, Patient: a.Patient, Day: a.Day, Verdict: a.Verdict, Lines: a.Lines,
		State: a.State, Asked: a.Asked, Answered: web.Moment(a.Answered), By: a.By, Words: a.Said, Mine: a.Mine,
	}
}

// FindingBody is a finding about a log on the wire.
type FindingBody struct {
	ID      string     `json:"id"`
	Source  string     `json:"source"`
	Run     string     `json:"run"`
	Kind    string     `json:"kind" enum:"gap,duplicates,sequence,clock,drift,future,unknown-accounts,unknown-patients,bad-lines,too-many"`
	N       int64      `json:"n" doc:"hours of a gap, seconds of a clock (ahead when positive), else how many"`
	Since   *time.Time `json:"since,omitempty"`
	Until   *time.Time `json:"until,omitempty"`
	Found   time.Time  `json:"found"`
	Settled *time.Time `json:"settled,omitempty"`
	By      string     `json:"by,omitempty"`
}

func wireFinding(f Finding) FindingBody {
	return FindingBody{ID: f.ID, Source: f.Source, Run: f.Run, Kind: f.Kind, N: f.N, Since: web.Moment(f.Since), Until: web.Moment(f.Until), Found: f.Found, Settled: web.Moment(f.Settled), By: f.By}
}

// StandingBody is a source of logs on the wire.
type StandingBody struct {
	Source   string     `json:"source"`
	Name     fault.Text `json:"name"`
	Owner    string     `json:"owner,omitempty"`
	Live     bool       `json:"live"`
	Rev      int        `json:"rev"`
	Mapping  Mapping    `json:"mapping"`
	Last     *RunBody   `json:"last,omitempty"`
	Findings int        `json:"findings" doc:"not settled"`
	Asked    int        `json:"asked" doc:"questions that nobody has answered"`
}

func wireStanding(s Standing) StandingBody {
	b := StandingBody{Source: s.Code, Name: s.Name, Owner: s.Owner, Live: s.Live, Rev: s.Rev, Mapping: s.Mapping, Findings: s.Open, Asked: s.Asked}
	if s.Last != nil {
		last := wireRun(*s.Last)
		b.Last = &last
	}
	return b
}

// TriedBody is a line of a sample on the wire.
type TriedBody struct {
	Line   int64       `json:"line"`
	Event  *Event      `json:"event,omitempty"`
	Rule   string      `json:"rule,omitempty" doc:"that it breaks, for which it would be set aside"`
	Field  string      `json:"field,omitempty"`
	Say    *fault.Text `json:"say,omitempty"`
	Remedy *fault.Text `json:"remedy,omitempty"`
	Person string      `json:"person,omitempty" doc:"whose account it is"`
	Known  bool        `json:"known" doc:"the patient is here"`
}

type trialBody struct {
	Lines   []TriedBody               `json:"lines" nullable:"false"`
	Missing []string                  `json:"missing" nullable:"false" doc:"columns that the mapping names and the header does not"`
	Names   map[string]staff.NameBody `json:"names"`
}

func wireTrial(t Trial) trialBody {
	b := trialBody{Lines: make([]TriedBody, len(t.Lines)), Missing: t.Missing, Names: staff.WireNames(t.Names)}
	if b.Missing == nil {
		b.Missing = []string{}
	}
	for i, l := range t.Lines {
		b.Lines[i] = TriedBody{Line: l.Line, Event: l.Event, Rule: l.Rule.Code, Field: l.Field, Person: l.Person, Known: l.Known}
		if l.Event == nil {
			b.Lines[i].Say, b.Lines[i].Remedy = &t.Lines[i].Rule.Say, &t.Lines[i].Rule.Remedy
		}
	}
	return b
}
