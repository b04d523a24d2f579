package access

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

type ruleBody struct {
	ID        string     `json:"id" doc:"of an own rule with its release, as in local.night@3"`
	Effect    string     `json:"effect" enum:"permit,forbid"`
	Verbs     []string   `json:"verbs"`
	Roles     []string   `json:"roles" doc:"empty: everybody"`
	Demands   []string   `json:"demands"`
	Sentence  fault.Text `json:"sentence"`
	Remedy    fault.Text `json:"remedy"`
	Condition string     `json:"condition,omitempty"`
	File      string     `json:"file"`
	Text      string     `json:"text"`
}

func wireRule(r policy.Rule) ruleBody {
	return ruleBody{
		ID: r.ID, Effect: string(r.Effect), Verbs: r.Verbs, Roles: listOf(r.Roles), Demands: listOf(r.Demands), Sentence: r.Sentence, Remedy: r.Remedy,
		Condition: r.Condition, File: r.File, Text: r.Text,
	}
}

type rulesOut struct {
	Body struct {
		Items []ruleBody `json:"items"`
	}
}

type verbBody struct {
	ID    string   `json:"id"`
	Kinds []string `json:"kinds" doc:"of object that it applies to"`
	Lent  bool     `json:"lent" doc:"an own rule may open it"`
	Kept  bool     `json:"kept" doc:"no own rule may forbid it"`
}

type namedBody struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

type wordsOut struct {
	Body struct {
		Verbs    []verbBody  `json:"verbs"`
		Roles    []namedBody `json:"roles"`
		Purposes []namedBody `json:"purposes"`
		Facts    []string    `json:"facts"`
	}
}

func wireWords(b *policy.Book) *wordsOut {
	out := &wordsOut{}
	lent, kept := set(b.LendableVerbs()), set(policy.KeptVerbs())
	for _, v := range b.Verbs() {
		out.Body.Verbs = append(out.Body.Verbs, verbBody{ID: v, Kinds: b.Kinds(v), Lent: lent[v], Kept: kept[v]})
	}
	for _, r := range policy.Roles() {
		if r.Person {
			out.Body.Roles = append(out.Body.Roles, namedBody{r.ID, r.Name})
		}
	}
	for _, p := range policy.Purposes() {
		out.Body.Purposes = append(out.Body.Purposes, namedBody{p.ID, p.Name})
	}
	out.Body.Facts = policy.FactNames()
	return out
}

func set(ids []string) map[string]bool {
	in := make(map[string]bool, len(ids))
	for _, id := range ids {
		in[id] = true
	}
	return in
}

type problemsOut struct {
	Body struct {
		Problems []policy.Problem `json:"problems"`
	}
}

// listOf is a list that is written as [] and never as null.
func listOf[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// ReleaseBody is a release on the wire.
type ReleaseBody struct {
	ID       string        `json:"id"`
	Number   int           `json:"number"`
	Rev      int           `json:"rev"`
	Title    string        `json:"title"`
	Rules    string        `json:"rules"`
	Cases    []policy.Case `json:"cases"`
	Limits   policy.Limits `json:"limits"`
	State    string        `json:"state" enum:"draft,tried,reviewed,dated"`
	InForce  bool          `json:"inForce"`
	Made     time.Time     `json:"made"`
	Writers  []string      `json:"writers"`
	Tried    *time.Time    `json:"tried,omitempty"`
	Trial    Tally         `json:"trial"`
	Reviewed *time.Time    `json:"reviewed,omitempty"`
	Reviewer string        `json:"reviewer,omitempty"`
	ReviewBy *time.Time    `json:"reviewBy,omitempty"`
}

func wireRelease(s ReleaseSeen) ReleaseBody {
	r := s.Release
	return ReleaseBody{
		ID: r.ID, Number: r.Number, Rev: r.Rev, Title: r.Title, Rules: r.Rules, Cases: listOf(r.Cases), Limits: r.Limits, State: r.State, InForce: s.InForce,
		Made: r.Made, Writers: listOf(r.Writers), Tried: web.Moment(r.Tried), Trial: r.Trial, Reviewed: web.Moment(r.Reviewed), Reviewer: r.Reviewer, ReviewBy: web.Moment(r.ReviewBy),
	}
}

type turnBody struct {
	Number  int        `json:"number"`
	Release string     `json:"release,omitempty" doc:"absent: the delivered rules alone"`
	Since   time.Time  `json:"since"`
	Until   *time.Time `json:"until,omitempty"`
	Cause   string     `json:"cause" enum:"dated,rolled-back"`
	At      time.Time  `json:"at"`
	By      string     `json:"by"`
}

func wireTurn(t TurnOf) turnBody {
	return turnBody{Number: t.Number, Release: t.Release, Since: t.Since, Until: web.Moment(t.Until), Cause: t.Cause, At: t.At, By: t.By}
}

type turnOut struct{ Body turnBody }

type releaseStepBody struct {
	Kind   string    `json:"kind" enum:"drafted,changed,tried,agreed,returned,dated,rolled-back"`
	At     time.Time `json:"at"`
	Person string    `json:"person"`
	Words  string    `json:"words,omitempty"`
}

type seenBody struct {
	ReleaseBody
	Steps  []releaseStepBody         `json:"steps"`
	Turns  []turnBody                `json:"turns"`
	Before *ReleaseBody              `json:"before,omitempty" doc:"the release in force, to compare with"`
	Names  map[string]staff.NameBody `json:"names"`
}

func wireSeen(s ReleaseSeen) seenBody {
	b := seenBody{ReleaseBody: wireRelease(s), Steps: make([]releaseStepBody, len(s.Steps)), Turns: make([]turnBody, len(s.Turns)), Names: staff.WireNames(s.Names)}
	for i, one := range s.Steps {
		b.Steps[i] = releaseStepBody{Kind: one.Kind, At: one.At, Person: one.Person, Words: one.Words}
	}
	for i, t := range s.Turns {
		b.Turns[i] = wireTurn(t)
	}
	if s.Before != nil {
		other := wireRelease(ReleaseSeen{Release: *s.Before, InForce: true})
		b.Before = &other
	}
	return b
}

type releaseOut struct{ Body seenBody }

type ownBody struct {
	Release  *ReleaseBody  `json:"release,omitempty" doc:"absent: the delivered rules alone"`
	Since    *time.Time    `json:"since,omitempty"`
	Until    *time.Time    `json:"until,omitempty"`
	Coming   *turnBody     `json:"coming,omitempty"`
	Withheld bool          `json:"withheld" doc:"a release cannot be trusted, and all it could forbid is refused"`
	Limits   policy.Limits `json:"limits"`
}

func wireOwn(o Own) ownBody {
	b := ownBody{Withheld: o.Withheld, Limits: o.Limits}
	if o.Release != nil {
		rel := wireRelease(ReleaseSeen{Release: *o.Release, InForce: true})
		b.Release, b.Since, b.Until = &rel, web.Moment(o.Turn.Since), web.Moment(o.Turn.Until)
	}
	if o.Coming != nil {
		coming := wireTurn(*o.Coming)
		b.Coming = &coming
	}
	return b
}

type releasesOut struct {
	Body struct {
		web.Page[ReleaseBody]
		Own ownBody `json:"own"`
	}
}

type triedOut struct {
	Body struct {
		Release  ReleaseBody      `json:"release"`
		Passed   bool             `json:"passed"`
		Problems []policy.Problem `json:"problems"`
		Outcomes []policy.Outcome `json:"outcomes"`
		Trial    trialBody        `json:"trial"`
	}
}

func wireTried(rel Release, t Tryout) *triedOut {
	out := &triedOut{}
	out.Body.Release, out.Body.Passed = wireRelease(ReleaseSeen{Release: rel}), t.Passed
	out.Body.Problems, out.Body.Outcomes, out.Body.Trial = listOf(t.Problems), listOf(t.Outcomes), wireTrial(t.Trial)
	return out
}
