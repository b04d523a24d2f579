package staff

import (
	"context"
	"net/http"

	"github.com/medward/medward/internal/base/web"
)

const tag = "staff"

// Routes adds the operations of the room.
func (r *Room) Routes(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/departments", ID: "listDepartments", Verb: "staff.list", Tag: tag,
		Summary: "List the departments of the organisation"}, r.getDepartments)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/departments", ID: "addDepartment", Verb: "staff.add-department", Tag: tag,
		Status: http.StatusCreated, Summary: "Add a department"}, r.postDepartment)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons", ID: "listPersons", Verb: "staff.list", Tag: tag,
		Summary: "List people by staff number"}, r.getPersons)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons", ID: "addPerson", Verb: "staff.add-person", Tag: tag,
		Status: http.StatusCreated, Summary: "Add somebody who works here"}, r.postPerson)
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/persons/{id}", ID: "viewPerson", Verb: "staff.view", Tag: tag,
		Summary: "Show a person with every appointment"}, r.getPerson)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/persons/{id}/appointments", ID: "appoint", Verb: "staff.appoint", Tag: tag,
		Status: http.StatusCreated, Summary: "Give a person a role in a department until a day"}, r.postAppointment)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/appointments/{id}/end", ID: "endAppointment", Verb: "staff.end-appointment", Tag: tag,
		Summary: "End an appointment now"}, r.postEnd)
	r.stayRoutes(s)
	r.promiseRoutes(s)
	r.rosterRoutes(s)
	r.authorityRoutes(s)
}

type departmentsOut struct {
	Body web.Page[departmentBody]
}

func (r *Room) getDepartments(ctx context.Context, _ *struct{}) (*departmentsOut, error) {
	all, err := r.ListDepartments(ctx)
	out := &departmentsOut{Body: web.Page[departmentBody]{Items: make([]departmentBody, len(all))}}
	for i, d := range all {
		out.Body.Items[i] = wireDepartment(d)
	}
	return out, err
}

type departmentOut struct{ Body departmentBody }

func (r *Room) postDepartment(ctx context.Context, in *struct{ Body newDepartmentBody }) (*departmentOut, error) {
	added, err := r.AddDepartment(ctx, in.Body.domain())
	return &departmentOut{wireDepartment(added)}, err
}

type personsIn struct {
	web.Paging
	Department string `query:"department" maxLength:"40" doc:"who works in this department now"`
	Role       string `query:"role" maxLength:"40" doc:"who holds this role now"`
	Text       string `query:"text" maxLength:"160" doc:"part of a name, of its pinyin or initials, or of the staff number"`
}

type personsOut struct{ Body web.Page[personBody] }

func (r *Room) getPersons(ctx context.Context, in *personsIn) (*personsOut, error) {
	var after string
	if _, err := web.DecodeCursor(in.Cursor, &after); err != nil {
		return nil, err
	}
	found, err := r.ListPeople(ctx, PeopleFilter{Department: in.Department, Role: in.Role, Text: in.Text}, after, in.Limit, web.CountBound)
	if err != nil {
		return nil, err
	}
	out := &personsOut{Body: web.Page[personBody]{Items: make([]personBody, len(found.Items))}}
	for i, p := range found.Items {
		out.Body.Items[i] = r.wirePerson(p.Person, "", p.Appointments)
	}
	if found.Count >= 0 {
		out.Body.Count = &web.Count{N: min(found.Count, web.CountBound), More: found.Count > web.CountBound}
	}
	if found.Next != "" {
		out.Body.Next, err = web.EncodeCursor(found.Next)
	}
	return out, err
}

type personOut struct{ Body personBody }

func (r *Room) postPerson(ctx context.Context, in *struct{ Body newPersonBody }) (*personOut, error) {
	added, err := r.AddPerson(ctx, in.Body.domain())
	return &personOut{r.wirePerson(added, in.Body.Phone, nil)}, err
}

func (r *Room) getPerson(ctx context.Context, in *web.OfID) (*personOut, error) {
	seen, err := r.ViewPerson(ctx, in.ID)
	return &personOut{r.wirePerson(seen.Person, seen.Phone, seen.Appointments)}, err
}

type appointmentOut struct{ Body appointmentBody }

func (r *Room) postAppointment(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"40"`
	Body newAppointmentBody
}) (*appointmentOut, error) {
	made, err := r.Appoint(ctx, in.Body.domain(in.ID))
	return &appointmentOut{wireAppointment(made, r.desk.Now())}, err
}

func (r *Room) postEnd(ctx context.Context, in *web.OfID) (*appointmentOut, error) {
	ended, err := r.EndAppointment(ctx, in.ID)
	return &appointmentOut{wireAppointment(ended, r.desk.Now())}, err
}
