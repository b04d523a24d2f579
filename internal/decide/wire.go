package decide

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// FrameBody is what the questions of one request share.
type FrameBody struct {
	Purpose string    `json:"purpose,omitempty" maxLength:"64" doc:"care when left out" example:"care"`
	Place   PlaceBody `json:"place,omitzero"`
}

// PlaceBody is where the person is, and how he is signed in there.
type PlaceBody struct {
	Terminal string `json:"terminal,omitempty" maxLength:"160"`
	IP       string `json:"ip,omitempty" maxLength:"64" doc:"of the terminal; without one it counts as outside wherever the organisation's networks are known"`
	Zone     string `json:"zone,omitempty" enum:"inside,remote" doc:"remote: whatever the address"`
	Strong   bool   `json:"strong,omitempty" doc:"signed in by two factors"`
	Stepped  bool   `json:"stepped,omitempty" doc:"has shown again who he is within ten minutes"`
}

// QuestionBody is one question.
type QuestionBody struct {
	Person PersonBody `json:"person"`
	Action string     `json:"action" maxLength:"64" doc:"search, open, print, copy, export, write, amend, sign, request, order; see docs/run/decide.md" example:"open"`
	Object ObjectBody `json:"object"`
}

// PersonBody names somebody by his staff number, by his account at the caller, or both.
type PersonBody struct {
	Number  string `json:"number,omitempty" maxLength:"160"`
	Account string `json:"account,omitempty" maxLength:"160"`
}

// ObjectBody is what the question is about.
type ObjectBody struct {
	Kind        string `json:"kind" maxLength:"64" doc:"patient, document, result or order" example:"document"`
	Patient     string `json:"patient,omitempty" maxLength:"160" doc:"our id, the record number or the ID number"`
	Document    string `json:"document,omitempty" maxLength:"64" doc:"our id, where we hold it"`
	Encounter   string `json:"encounter,omitempty" maxLength:"64" doc:"our id"`
	Department  string `json:"department,omitempty" maxLength:"160" doc:"code; can only make the answer stricter"`
	Sensitivity int    `json:"sensitivity,omitempty" minimum:"0" maximum:"5" doc:"can only make the answer stricter"`
}

// AskingBody is a single question.
type AskingBody struct {
	FrameBody
	QuestionBody
}

// BatchBody is several questions.
type BatchBody struct {
	FrameBody
	Questions []QuestionBody `json:"questions" minItems:"1" maxItems:"200"`
}

func (b FrameBody) asking(all ...QuestionBody) Asking {
	in := Asking{
		Purpose: b.Purpose, Place: Place{Terminal: b.Place.Terminal, IP: b.Place.IP, Remote: b.Place.Zone == "remote", Strong: b.Place.Strong, Stepped: b.Place.Stepped},
		Questions: make([]Question, len(all)),
	}
	for i, q := range all {
		in.Questions[i] = Question{Person: Person(q.Person), Action: q.Action, Object: Object(q.Object)}
	}
	return in
}

// ConditionBody is something that stands in the way.
type ConditionBody struct {
	Name   string     `json:"name" example:"relation"`
	Text   fault.Text `json:"text"`
	Remedy fault.Text `json:"remedy"`
}

// ObligationBody is something without which an allowed action must not go on.
type ObligationBody struct {
	Kind   string   `json:"kind" enum:"mask,mark,count,second-person,step-up"`
	Fields []string `json:"fields,omitempty" doc:"of a mask: idNumber, phone, address, contacts"`
	Text   string   `json:"text,omitempty" doc:"of a mark: to be put on whatever shows it"`
	Serial string   `json:"serial,omitempty" doc:"of a mark"`
}

// AnswerBody is what is said to a question.
type AnswerBody struct {
	Decision    string           `json:"decision" enum:"allow,reason,approval,break-glass,refuse"`
	Rule        fault.Text       `json:"rule" doc:"in words: what allows it, or what stands in the way"`
	Conditions  []ConditionBody  `json:"conditions" nullable:"false" doc:"that are not met"`
	Obligations []ObligationBody `json:"obligations" nullable:"false"`
	Until       time.Time        `json:"until" doc:"ask again from then on"`
}

func wireAnswer(a Answer) AnswerBody {
	b := AnswerBody{
		Decision: string(a.Decision), Rule: a.Rule, Conditions: make([]ConditionBody, len(a.Conditions)), Obligations: make([]ObligationBody, len(a.Obligations)), Until: a.Until,
	}
	for i, c := range a.Conditions {
		b.Conditions[i] = ConditionBody{c.Name, c.Text, c.Remedy}
	}
	for i, o := range a.Obligations {
		b.Obligations[i] = ObligationBody(o)
	}
	return b
}

// AnsweredBody is the answer to a single question.
type AnsweredBody struct {
	AnswerBody
	Account string `json:"account" doc:"id of the entry in the ledger"`
}

// AnswersBody are the answers to several questions, in their order.
type AnswersBody struct {
	Answers []AnswerBody `json:"answers" nullable:"false"`
	Account string       `json:"account" doc:"id of the entry in the ledger that tells of all"`
}
