package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// What first start makes. The administrator is nobody's person: his one task is
// to appoint security administrators of flesh and blood, and his appointment
// ends within a year.
const (
	firstName       = "first-administrator"
	firstNumber     = "first-start"
	firstDepartment = "first-start"
	firstTerm       = 365 * 24 * time.Hour
)

// FirstAdministrator makes the security administrator of a store that has no
// account, and returns what to sign in with. The password is good for 24 hours
// and, until it is changed, from the machine itself only; the caller shows it
// once and never writes it down. Begun and not finished, it can be called again.
func (r *Room) FirstAdministrator(ctx context.Context) (signInName, password string, err error) {
	ctx = act.With(ctx, act.Actor{
		Actor:   policy.Actor{Kind: act.FirstStart, ID: act.FirstStart, Org: r.org},
		Purpose: "operation",
	})
	if err := r.mustBeEmpty(ctx); err != nil {
		return "", "", err
	}
	department, err := r.firstDepartment(ctx)
	if err != nil {
		return "", "", err
	}
	person, err := r.firstPerson(ctx)
	if err != nil {
		return "", "", err
	}
	standing, _, err := r.standing(ctx, person, r.desk.Now())
	if err != nil {
		return "", "", err
	}
	if len(standing.Appointments) == 0 {
		_, err = r.staff.Appoint(ctx, staff.NewAppointment{
			Person: person, Role: "security-administrator", Department: department,
			TitleZH: "首任安全管理员", TitleEN: "First security administrator", Until: r.desk.Now().Add(firstTerm),
		})
		if err != nil {
			return "", "", err
		}
	}
	made, err := r.create(ctx, NewAccount{Person: person, Name: firstName}, firstInitialLife, true)
	return made.Account.Name, made.Password, err
}

func (r *Room) mustBeEmpty(ctx context.Context) error {
	return r.desk.Look(ctx, func(v db.Reader) error {
		founded, err := anyAccount(ctx, v, r.org)
		if err == nil && founded {
			return errFounded.With()
		}
		return err
	})
}

func (r *Room) firstDepartment(ctx context.Context) (string, error) {
	var found staff.Department
	var known bool
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		found, known, err = staff.FindDepartment(ctx, v, r.org, firstDepartment)
		return err
	})
	if err != nil || known {
		return found.ID, err
	}
	found, err = r.staff.AddDepartment(ctx, staff.NewDepartment{
		Code: firstDepartment, NameZH: "信息安全（首次启动）", NameEN: "Information security (first start)", Kind: staff.Administrative,
	})
	return found.ID, err
}

func (r *Room) firstPerson(ctx context.Context) (string, error) {
	var found staff.Person
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		found, err = staff.FindByNumber(ctx, v, r.org, firstNumber)
		return err
	})
	if !errors.Is(err, staff.ErrNoPerson) {
		return found.ID, err
	}
	found, err = r.staff.AddPerson(ctx, staff.NewPerson{
		Number: firstNumber, NameZH: "首任安全管理员", NameEN: "First administrator", Category: staff.Employee,
	})
	return found.ID, err
}
