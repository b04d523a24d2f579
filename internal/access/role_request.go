package access

import (
	"time"

	"github.com/medward/medward/internal/staff"
)

// RoleRequest asks that somebody be given a role in a department until a day (D-045). The
// head of the department and the authorising department say yes, and the implementing
// department appoints, upon the request as it stands. Its row is keyed.
type RoleRequest struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Requester   string    `db:"requester"`
	Person      string    `db:"person"`
	Role        string    `db:"role"`
	Department  string    `db:"department"`
	TitleZH     string    `db:"title_zh"`
	TitleEN     string    `db:"title_en"`
	Since       time.Time `db:"since"`
	Until       time.Time `db:"until"`
	Words       []byte    `db:"words"` // why, sealed
	Steps       []Step    `db:"steps,json"`
	Step        int       `db:"step"` // the one that decides, from 0
	State       string    `db:"state"`
	Appointment string    `db:"result"`
	Opened      time.Time `db:"opened"`
	Closed      time.Time `db:"closed"`
	ClosedBy    string    `db:"closed_by"`
	Answer      []byte    `db:"answer"` // sealed
	MAC         []byte    `db:"mac"`
}

// RoleApplication is what somebody asks for.
type RoleApplication struct {
	Person     string // for whom; whoever asks when empty
	Role       string
	Department string
	TitleZH    string
	TitleEN    string
	Since      time.Time // when it is carried out, when zero
	Until      time.Time
	Words      string
	Exception  bool // ask for further approval of what passes the frame of the department
}

func (a RoleApplication) appointment() staff.NewAppointment {
	return staff.NewAppointment{Person: a.Person, Role: a.Role, Department: a.Department, TitleZH: a.TitleZH, TitleEN: a.TitleEN, Since: a.Since, Until: a.Until}
}

func (q RoleRequest) appointment() staff.NewAppointment {
	return staff.NewAppointment{Person: q.Person, Role: q.Role, Department: q.Department, TitleZH: q.TitleZH, TitleEN: q.TitleEN, Since: q.Since, Until: q.Until}
}

// asked is the request as those who stand on its steps are found for it.
func (q RoleRequest) asked() Request {
	return Request{
		Org: q.Org, ID: q.ID, Requester: q.Requester, Person: q.Person, Department: q.Department, Steps: q.Steps, Step: q.Step, State: q.State,
	}
}
