package staff

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
)

type departmentBody struct {
	ID     string     `json:"id"`
	Code   string     `json:"code"`
	Name   fault.Text `json:"name"`
	Kind   string     `json:"kind" enum:"clinical,technical,administrative"`
	Parent string     `json:"parent,omitempty" doc:"id of the department above"`
	Campus string     `json:"campus,omitempty"`
}

func wireDepartment(d Department) departmentBody {
	return departmentBody{ID: d.ID, Code: d.Code, Name: fault.Text{ZH: d.NameZH, EN: d.NameEN}, Kind: string(d.Kind), Parent: d.Parent, Campus: d.Campus}
}

type newDepartmentBody struct {
	Code   string `json:"code" maxLength:"160" example:"0301"`
	NameZH string `json:"nameZh" maxLength:"320" example:"心血管内科"`
	NameEN string `json:"nameEn,omitempty" maxLength:"320"`
	Kind   string `json:"kind" maxLength:"40" doc:"clinical, technical or administrative"`
	Parent string `json:"parent,omitempty" maxLength:"40"`
	Campus string `json:"campus,omitempty" maxLength:"320"`
}

func (b newDepartmentBody) domain() NewDepartment {
	return NewDepartment{Code: b.Code, NameZH: b.NameZH, NameEN: b.NameEN, Kind: DepartmentKind(b.Kind), Parent: b.Parent, Campus: b.Campus}
}

type appointmentBody struct {
	ID         string     `json:"id"`
	Person     string     `json:"person"`
	Role       string     `json:"role" example:"attending"`
	Department string     `json:"department"`
	Title      fault.Text `json:"title"`
	Team       string     `json:"team,omitempty" doc:"medical group"`
	Since      time.Time  `json:"since"`
	Until      time.Time  `json:"until" doc:"when it stops to count"`
	Live       bool       `json:"live"`
}

func wireAppointment(a Appointment, at time.Time) appointmentBody {
	return appointmentBody{
		ID: a.ID, Person: a.Person, Role: a.Role, Department: a.Department, Title: fault.Text{ZH: a.TitleZH, EN: a.TitleEN},
		Team: a.Team, Since: a.Since, Until: a.End(), Live: a.Live(at),
	}
}

type newAppointmentBody struct {
	Role       string    `json:"role" maxLength:"40"`
	Department string    `json:"department" maxLength:"40"`
	TitleZH    string    `json:"titleZh,omitempty" maxLength:"320"`
	TitleEN    string    `json:"titleEn,omitempty" maxLength:"320"`
	Team       string    `json:"team,omitempty" maxLength:"320"`
	Since      time.Time `json:"since,omitzero" doc:"now when absent"`
	Until      time.Time `json:"until" doc:"required: an appointment without an end cannot exist"`
}

func (b newAppointmentBody) domain(person string) NewAppointment {
	return NewAppointment{
		Person: person, Role: b.Role, Department: b.Department, TitleZH: b.TitleZH, TitleEN: b.TitleEN,
		Team: b.Team, Since: b.Since, Until: b.Until,
	}
}

type personBody struct {
	ID           string            `json:"id"`
	Number       string            `json:"number"`
	Name         fault.Text        `json:"name"`
	Category     string            `json:"category"`
	Phone        string            `json:"phone,omitempty"`
	Appointments []appointmentBody `json:"appointments"`
}

func (r *Room) wirePerson(p Person, phone string, held []Appointment) personBody {
	body := personBody{
		ID: p.ID, Number: p.Number, Name: fault.Text{ZH: p.NameZH, EN: p.NameEN}, Category: string(p.Category),
		Phone: phone, Appointments: make([]appointmentBody, len(held)),
	}
	for i, a := range held {
		body.Appointments[i] = wireAppointment(a, r.desk.Now())
	}
	return body
}

type newPersonBody struct {
	Number   string `json:"number" maxLength:"160"`
	NameZH   string `json:"nameZh" maxLength:"320"`
	NameEN   string `json:"nameEn,omitempty" maxLength:"320" doc:"pinyin, or the name in Latin letters"`
	Category string `json:"category" maxLength:"40" doc:"employee, trainee, visiting, student, dispatched, vendor or outsider"`
	Phone    string `json:"phone,omitempty" maxLength:"40"`
}

func (b newPersonBody) domain() NewPerson {
	return NewPerson{Number: b.Number, NameZH: b.NameZH, NameEN: b.NameEN, Category: Category(b.Category), Phone: b.Phone}
}
