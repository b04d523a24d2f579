package fhir

import (
	"net/http"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
)

// Outcome is R4's OperationOutcome.
type Outcome struct {
	Base
	Issue []Issue `json:"issue"`
}

// Issue is one thing that is to be said about a request.
type Issue struct {
	Severity    string   `json:"severity"`
	Code        string   `json:"code"`
	Details     *Concept `json:"details,omitempty"`
	Diagnostics string   `json:"diagnostics,omitempty"`
	Expression  []string `json:"expression,omitempty"`
}

func outcome(issues ...Issue) *Outcome {
	return &Outcome{Base{ResourceType: "OperationOutcome"}, issues}
}

// issueTypes are the codes of R4 for our answers.
var issueTypes = map[int]string{
	http.StatusBadRequest: "invalid", http.StatusUnauthorized: "login", http.StatusForbidden: "forbidden", http.StatusNotFound: "not-found", http.StatusConflict: "conflict", http.StatusPreconditionFailed: "conflict",
	http.StatusMethodNotAllowed: "not-supported", http.StatusNotAcceptable: "not-supported", http.StatusRequestEntityTooLarge: "too-long", http.StatusUnprocessableEntity: "processing",
	http.StatusTooManyRequests: "throttled", http.StatusServiceUnavailable: "transient",
}

// statusOf is the status of a problem: what is wrong with the request itself is told as
// R4 wants it.
func statusOf(p *web.Problem) int {
	switch p.Code {
	case errParameter.Name:
		return http.StatusBadRequest
	case errFormat.Name:
		return http.StatusNotAcceptable
	case errMethod.Name:
		return http.StatusMethodNotAllowed
	case errUnseen.Name, "intake.stale", "intake.ambiguous":
		return http.StatusPreconditionFailed
	case "intake.condition":
		return http.StatusBadRequest
	}
	return p.Status
}

// outcomeOf tells of a problem: the sentence, each field that is wrong, and of a refusal
// each condition that is not met with its remedy, in the language of the reader.
func outcomeOf(p *web.Problem, lang string) *Outcome {
	code := issueTypes[statusOf(p)]
	if code == "" {
		code = "exception"
	}
	main := Issue{Severity: "error", Code: code, Details: concept(ours+"problem", p.Code), Diagnostics: p.Detail}
	main.Details.Text = p.Detail
	o := outcome(main)
	for _, f := range p.Fields {
		o.Issue = append(o.Issue, Issue{Severity: "error", Code: "invalid", Diagnostics: f.Path + ": " + f.Problem, Expression: []string{f.Path}})
	}
	refusal, refused := p.Extra.(act.Refusal)
	if !refused {
		return o
	}
	if refusal.Way != "" {
		main.Details.Coding = append(main.Details.Coding, Coding{System: ours + "way", Code: string(refusal.Way)})
	}
	for _, c := range refusal.Unmet() {
		o.Issue = append(o.Issue, Issue{Severity: "information", Code: "security", Details: &Concept{Coding: []Coding{{System: ours + "condition", Code: c.Name}}, Text: c.Text.In(lang)}, Diagnostics: c.Remedy.In(lang)})
	}
	return o
}

// warned tells of something that did not stop the answer.
func warned(p *web.Problem, lang string) *Outcome {
	o := outcomeOf(p, lang)
	o.Issue[0].Severity = "warning"
	return o
}
