package access

import (
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

type scopeBody struct {
	Patient    string    `json:"patient,omitempty" maxLength:"40" doc:"one patient, or department"`
	Department string    `json:"department,omitempty" maxLength:"40"`
	Encounter  string    `json:"encounter,omitempty" maxLength:"40"`
	Forms      []string  `json:"forms,omitempty" doc:"kinds of document, by their codes; all when absent"`
	Verbs      []string  `json:"verbs" example:"[\"record.list\",\"record.view\"]" doc:"of the catalogue in grant-choices"`
	Purpose    string    `json:"purpose,omitempty" maxLength:"40" doc:"the session's when absent"`
	Since      time.Time `json:"since,omitzero" doc:"when it is given, when absent"`
	Until      time.Time `json:"until,omitzero" doc:"required; capped by purpose"`
	Inside     bool      `json:"inside,omitempty" doc:"only at a terminal of the house"`
	From       int       `json:"from,omitempty" doc:"hour of the day in China from which it counts"`
	To         int       `json:"to,omitempty"`
	Level      int       `json:"level,omitempty" minimum:"0" maximum:"5" doc:"highest level of what it opens; any when absent"`
}

// RequestBody is a request on the wire.
type RequestBody struct {
	ID         string                    `json:"id"`
	Requester  string                    `json:"requester"`
	Person     string                    `json:"person" doc:"for whom"`
	Scope      scopeBody                 `json:"scope"`
	State      string                    `json:"state" enum:"waiting,approved,returned,refused,withdrawn,lapsed"`
	Urgent     bool                      `json:"urgent"`
	Steps      []Step                    `json:"steps"`
	Step       int                       `json:"step" doc:"the one that decides, from 0"`
	Grant      string                    `json:"grant,omitempty"`
	Extends    string                    `json:"extends,omitempty"`
	Like       string                    `json:"like,omitempty"`
	Opened     time.Time                 `json:"opened"`
	Closed     *time.Time                `json:"closed,omitempty"`
	ClosedBy   string                    `json:"closedBy,omitempty"`
	Said       string                    `json:"said,omitempty" doc:"why; in lists only"`
	Answered   string                    `json:"answered,omitempty"`
	WaitsForMe bool                      `json:"waitsForMe"`
	Statement  *StatementBody            `json:"statement,omitempty" doc:"what whoever would have the grant must sign for it; in lists only"`
	Signed     *time.Time                `json:"signed,omitempty" doc:"when he did"`
	Names      map[string]staff.NameBody `json:"names,omitempty"`
}

func wireRequest(q Request) RequestBody {
	return RequestBody{
		ID: q.ID, Requester: q.Requester, Person: q.Person, Scope: scopeBody(q.Scope), State: q.State, Urgent: q.Urgent, Steps: q.Steps, Step: q.Step,
		Grant: q.Grant, Extends: q.Extends, Like: q.Like, Opened: q.Opened, Closed: web.Moment(q.Closed), ClosedBy: q.ClosedBy,
	}
}

func wireRequestSeen(s RequestSeen) RequestBody {
	b := wireRequest(s.Request)
	b.Said, b.Answered, b.WaitsForMe, b.Names = s.Said, s.Answered, s.Mine, staff.WireNames(s.Names)
	b.Signed = web.Moment(s.Signed)
	if s.Statement.Version > 0 {
		said := wireStatement(s.Statement)
		b.Statement = &said
	}
	return b
}

// GrantBody is a grant on the wire.
type GrantBody struct {
	ID        string                    `json:"id"`
	Request   string                    `json:"request"`
	Person    string                    `json:"person"`
	Requester string                    `json:"requester"`
	Approvers []string                  `json:"approvers" doc:"its chain of authority"`
	Scope     scopeBody                 `json:"scope"`
	Since     time.Time                 `json:"since"`
	Until     time.Time                 `json:"until"`
	ConfirmBy *time.Time                `json:"confirmBy,omitempty" doc:"given in urgency: ends then unless the chain confirms it"`
	State     string                    `json:"state" enum:"live,ending,ended,failed" doc:"ending until its end was tried"`
	Ended     *time.Time                `json:"ended,omitempty"`
	EndedBy   string                    `json:"endedBy,omitempty"`
	Cause     string                    `json:"cause,omitempty" enum:"expired,revoked,given-back,unconfirmed,review,unused,frame"`
	Checked   *time.Time                `json:"checked,omitempty"`
	Remains   string                    `json:"remains,omitempty" doc:"kind of another tie by which the person still gets there"`
	Idle      *idleBody                 `json:"idle,omitempty" doc:"a notice runs that it ends because nobody uses it"`
	Names     map[string]staff.NameBody `json:"names,omitempty"`
}

type idleBody struct {
	Days    int       `json:"days" doc:"without use"`
	Noticed time.Time `json:"noticed"`
	Ends    time.Time `json:"ends" doc:"unless it is used or kept before"`
}

func wireGrant(g Grant) GrantBody {
	return GrantBody{
		ID: g.ID, Request: g.Request, Person: g.Person, Requester: g.Requester, Approvers: g.Approvers, Scope: scopeBody(g.Scope), Since: g.Since, Until: g.Until,
		ConfirmBy: web.Moment(g.ConfirmBy), State: g.State, Ended: web.Moment(g.Ended), EndedBy: g.EndedBy, Cause: g.Cause, Checked: web.Moment(g.Checked), Remains: g.Remains,
	}
}

// LineBody is a line of a review on the wire.
type LineBody struct {
	ID         string         `json:"id"`
	Campaign   string         `json:"campaign"`
	Kind       string         `json:"kind" enum:"grant,post" doc:"unanswered, a grant is cut and a post stays"`
	Subject    string         `json:"subject"`
	Person     string         `json:"person"`
	Who        staff.NameBody `json:"who"`
	Role       string         `json:"role,omitempty"`
	Department string         `json:"department"`
	Until      time.Time      `json:"until"`
	Patient    string         `json:"patient,omitempty" doc:"of a grant"`
	Since      *time.Time     `json:"since,omitempty" doc:"of a grant"`
	Used       *time.Time     `json:"used,omitempty" doc:"when the holder of a grant last used it; absent: never"`
	Unused     bool           `json:"unused,omitempty" doc:"for two weeks or longer"`
	Signed     *time.Time     `json:"signed,omitempty" doc:"when the holder of a grant signed the statement of responsibility for it"`
}

type campaignBody struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	State      string     `json:"state" enum:"gathering,open,closed"`
	Opened     time.Time  `json:"opened"`
	Deadline   time.Time  `json:"deadline"`
	Closed     *time.Time `json:"closed,omitempty"`
	Lines      int        `json:"lines"`
	Waiting    int        `json:"waiting"`
	Cut        int        `json:"cut"`
	Unanswered int        `json:"unanswered"`
}

func wireCampaign(s Standing) campaignBody {
	return campaignBody{s.ID, s.Name, s.State, s.Opened, s.Deadline, web.Moment(s.Closed), s.Lines, s.Waiting, s.Cut, s.Unanswered}
}
