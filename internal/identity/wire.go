package identity

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

type signInBody struct {
	Name       string `json:"name,omitempty" maxLength:"80" doc:"sign-in name"`
	Password   string `json:"password,omitempty" maxLength:"512" doc:"the password"`
	Code       string `json:"code,omitempty" maxLength:"40" doc:"of the second factor, or a recovery code"`
	BrowserKey []byte `json:"browserKey,omitempty" maxLength:"100" doc:"public half of a P-256 key that the browser keeps and does not give away, as an uncompressed point"`
	Person     string `json:"person,omitempty" maxLength:"40" doc:"in a demo store only: the person to be, without a password"`
	Bearer     bool   `json:"bearer,omitempty" doc:"answer with a token for the header Authorization instead of a cookie"`
}

type admittedBody struct {
	Session string    `json:"session"`
	Until   time.Time `json:"until" doc:"when the session ends at the latest"`
	Token   string    `json:"token,omitempty" doc:"shown once, when asked for by bearer"`
}

func wireAdmission(in Admission, bearer bool) admittedBody {
	body := admittedBody{Session: in.Session.ID, Until: in.Session.Until}
	if bearer {
		body.Token = in.Token
	}
	return body
}

type labelBody struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

type postBody struct {
	Role       labelBody  `json:"role"`
	Department labelBody  `json:"department"`
	Title      fault.Text `json:"title"`
	Team       string     `json:"team,omitempty"`
	Until      time.Time  `json:"until"`
}

type whoBody struct {
	Session    string      `json:"session"`
	Until      time.Time   `json:"until" doc:"when the session ends if it is not used, and at the latest"`
	Org        string      `json:"org"`
	Person     string      `json:"person"`
	Number     string      `json:"number"`
	Name       fault.Text  `json:"name"`
	Department string      `json:"department,omitempty" doc:"id of the department in which the person acts"`
	Posts      []postBody  `json:"posts" doc:"the appointments that are live"`
	Roles      []string    `json:"roles" doc:"what counts now; empty while the password must be changed"`
	Purpose    string      `json:"purpose" doc:"what the session is for"`
	Purposes   []labelBody `json:"purposes" doc:"what it can be for, the usual first"`
	Menu       []string    `json:"menu" doc:"groups of the menu: care, access, governance, security, compliance"`
	MustChange bool        `json:"mustChange" doc:"nothing can be done until the password is changed"`
	Change     string      `json:"change,omitempty" enum:"initial,expired,weak" doc:"why the password must be changed"`
	GoodUntil  time.Time   `json:"passwordUntil,omitzero" doc:"when the password should be changed"`
	Remind     bool        `json:"remind,omitempty" doc:"that day is near or over"`
	Means      string      `json:"means" doc:"how the person signed in, such as password, passkey, directory+code"`
	Strong     bool        `json:"strong" doc:"by two factors"`
	Stepped    time.Time   `json:"stepped" doc:"when the person last showed who he is"`
	Waiting    []labelBody `json:"waiting" doc:"roles that give nothing until a second factor is enrolled and shown"`
	Demo       bool        `json:"demo" doc:"this store is a demonstration"`
}

func wireWho(who *present, purpose string, departments map[string]fault.Text, demo bool, now time.Time) whoBody {
	person := who.standing.Person
	change := who.change()
	body := whoBody{
		Session: who.session.ID, Until: who.session.end(), Org: person.Org, Person: person.ID, Number: person.Number,
		Name: fault.Text{ZH: person.NameZH, EN: person.NameEN}, Department: who.actor.Department,
		Posts: []postBody{}, Roles: append([]string{}, who.actor.Roles...), Purpose: purpose,
		Purposes: labelled(purposesOf(who.actor.Roles)), Menu: menuOf(who.actor.Roles),
		MustChange: change != ChangeNone, Change: string(change), Demo: demo,
	}
	body.Means, body.Strong, body.Stepped, body.Waiting = string(who.session.Means), who.session.Strong, who.session.Stepped, []labelBody{}
	_, waiting := who.rules.Factor.allowed(who.standing.Appointments, who.session)
	for _, role := range waiting {
		body.Waiting = append(body.Waiting, roleLabel(role))
	}
	if who.account.Password != "" && !who.session.Means.outside() {
		body.GoodUntil, body.Remind = who.rules.Password.left(who.account.PasswordSince, now)
	}
	for _, a := range who.standing.Appointments {
		body.Posts = append(body.Posts, wirePost(a, departments[a.Department]))
	}
	return body
}

func wirePost(a staff.Appointment, department fault.Text) postBody {
	return postBody{
		Role: roleLabel(a.Role), Department: labelBody{a.Department, department},
		Title: fault.Text{ZH: a.TitleZH, EN: a.TitleEN}, Team: a.Team, Until: a.End(),
	}
}

func labelled(purposes []string) []labelBody {
	labels := []labelBody{}
	for _, id := range purposes {
		for _, p := range policy.Purposes() {
			if p.ID == id {
				labels = append(labels, labelBody{id, p.Name})
			}
		}
	}
	return labels
}

func roleLabel(id string) labelBody {
	for _, r := range policy.Roles() {
		if r.ID == id {
			return labelBody{id, r.Name}
		}
	}
	return labelBody{ID: id}
}

type demoPersonBody struct {
	Person     string      `json:"person"`
	Number     string      `json:"number"`
	Name       fault.Text  `json:"name"`
	Department fault.Text  `json:"department"`
	Title      fault.Text  `json:"title"`
	Roles      []labelBody `json:"roles"`
}

func wireDemoPerson(p DemoPerson) demoPersonBody {
	body := demoPersonBody{
		Person: p.Person, Number: p.Name.Number, Name: fault.Text{ZH: p.Name.ZH, EN: p.Name.EN},
		Department: p.Name.Department, Title: p.Name.Title, Roles: []labelBody{},
	}
	for _, role := range p.Roles {
		body.Roles = append(body.Roles, roleLabel(role))
	}
	return body
}

type accountBody struct {
	ID            string     `json:"id"`
	Person        string     `json:"person"`
	Number        string     `json:"number,omitempty"`
	Holder        fault.Text `json:"holder" doc:"name of the person"`
	Name          string     `json:"name" doc:"sign-in name"`
	State         string     `json:"state" enum:"active,disabled,locked"`
	MustChange    bool       `json:"mustChange"`
	PasswordSince time.Time  `json:"passwordSince"`
	PasswordUntil time.Time  `json:"passwordUntil,omitzero" doc:"until when an initial password is good"`
	Made          time.Time  `json:"made"`
}

func wireAccount(a Account, holder staff.Name) accountBody {
	return accountBody{
		ID: a.ID, Person: a.Person, Number: holder.Number, Holder: fault.Text{ZH: holder.ZH, EN: holder.EN}, Name: a.Name,
		State: string(a.State), MustChange: a.MustChange, PasswordSince: a.PasswordSince, PasswordUntil: a.PasswordUntil, Made: a.Made,
	}
}

type newAccountBody struct {
	Person string `json:"person" maxLength:"40"`
	Name   string `json:"name" maxLength:"80" doc:"sign-in name: the staff number or the person's own name"`
}

type createdBody struct {
	Account  accountBody `json:"account"`
	Password string      `json:"password" doc:"shown once; must be changed at the first sign-in"`
}

type newPasswordBody struct {
	Old    string `json:"old" maxLength:"512"`
	Chosen string `json:"chosen" maxLength:"512"`
}

type purposeBody struct {
	Purpose string `json:"purpose" maxLength:"40"`
}
