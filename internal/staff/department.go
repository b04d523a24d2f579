package staff

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// DepartmentKind tells what a department does.
type DepartmentKind string

// The kinds of department.
const (
	Clinical       DepartmentKind = "clinical"
	Technical      DepartmentKind = "technical"
	Administrative DepartmentKind = "administrative"
)

// Department is a unit of the organisation.
type Department struct {
	Org    string         `db:"org,key"`
	ID     string         `db:"id,key"`
	Code   string         `db:"code"` // the hospital's own, unique in the organisation
	NameZH string         `db:"name_zh"`
	NameEN string         `db:"name_en"`
	Kind   DepartmentKind `db:"kind"`
	Parent string         `db:"parent"` // id of the department above, or empty
	Campus string         `db:"campus"`
	Made   time.Time      `db:"made"`
}

// NewDepartment is what is asked for when a department is added.
type NewDepartment struct {
	Code   string
	NameZH string
	NameEN string
	Kind   DepartmentKind
	Parent string
	Campus string
}

func (n NewDepartment) check() error {
	e := errInput.With()
	e.MustName("code", n.Code, maxCode)
	e.MustName("nameZh", n.NameZH, maxName)
	e.MayName("nameEn", n.NameEN, maxName)
	e.MayName("campus", n.Campus, maxName)
	switch n.Kind {
	case Clinical, Technical, Administrative:
	default:
		e.At("kind", fault.Text{
			ZH: "应为 clinical（临床）、technical（医技）或 administrative（职能）",
			EN: "must be clinical, technical or administrative",
		})
	}
	return e.OrNil()
}
