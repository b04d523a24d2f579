package access

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) roleRequestRoutes(s *web.Server) {
	op := func(method, path, id, verb, summary string, status int) web.Op {
		return web.Op{Method: method, Path: path, ID: id, Verb: verb, Tag: tag, Status: status, Summary: summary}
	}
	web.Handle(s, op(http.MethodPost, "/api/role-requests", "requestRole", "access.request", "Ask that somebody be given a role until a day", http.StatusCreated), room.postRoleRequest)
	web.Handle(s, op(http.MethodGet, "/api/role-requests", "listRoleRequests", "access.see-grants", "List requests for roles that concern one or wait for one, newest first", 0), room.getRoleRequests)
	web.Handle(s, op(http.MethodPost, "/api/role-requests/{id}/approve", "approveRole", "access.approve", "Approve the present step; on the last, appoint", 0), room.postApproveRole)
	web.Handle(s, op(http.MethodPost, "/api/role-requests/{id}/refuse", "refuseRole", "access.refuse", "Refuse a request for a role", 0), room.postRefuseRole)
	web.Handle(s, op(http.MethodPost, "/api/role-requests/{id}/withdraw", "withdrawRoleRequest", "access.withdraw-request", "Take a request for a role back", 0), room.postWithdrawRole)
}

type voteBody struct {
	Step   int       `json:"step"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// RoleRequestBody is a request for a role on the wire.
type RoleRequestBody struct {
	ID          string                    `json:"id"`
	Requester   string                    `json:"requester"`
	Person      string                    `json:"person"`
	Role        string                    `json:"role"`
	Department  string                    `json:"department"`
	Title       fault.Text                `json:"title"`
	Since       time.Time                 `json:"since"`
	Until       time.Time                 `json:"until"`
	State       string                    `json:"state" enum:"waiting,approved,refused,withdrawn"`
	Steps       []Step                    `json:"steps" doc:"the head, the authorising department, the implementing department"`
	Step        int                       `json:"step" doc:"the one that decides, from 0"`
	Votes       []voteBody                `json:"votes,omitempty"`
	Appointment string                    `json:"appointment,omitempty"`
	Opened      time.Time                 `json:"opened"`
	Closed      *time.Time                `json:"closed,omitempty"`
	ClosedBy    string                    `json:"closedBy,omitempty"`
	Said        string                    `json:"said,omitempty" doc:"why; in lists only"`
	Answered    string                    `json:"answered,omitempty"`
	WaitsForMe  bool                      `json:"waitsForMe"`
	Names       map[string]staff.NameBody `json:"names,omitempty"`
}

func wireRoleRequest(q RoleRequest) RoleRequestBody {
	return RoleRequestBody{
		ID: q.ID, Requester: q.Requester, Person: q.Person, Role: q.Role, Department: q.Department, Title: fault.Text{ZH: q.TitleZH, EN: q.TitleEN},
		Since: q.Since, Until: q.Until, State: q.State, Steps: q.Steps, Step: q.Step, Appointment: q.Appointment, Opened: q.Opened,
		Closed: web.Moment(q.Closed), ClosedBy: q.ClosedBy,
	}
}

func wireRoleRequestSeen(s RoleRequestSeen) RoleRequestBody {
	b := wireRoleRequest(s.RoleRequest)
	b.Said, b.Answered, b.WaitsForMe, b.Names = s.Said, s.Answered, s.Mine, staff.WireNames(s.Names)
	for _, v := range s.Votes {
		b.Votes = append(b.Votes, voteBody{v.Step, v.Person, v.At})
	}
	return b
}

type roleRequestOut struct{ Body RoleRequestBody }

func oneRoleRequest(q RoleRequest, err error) (*roleRequestOut, error) {
	return &roleRequestOut{wireRoleRequest(q)}, err
}

func (room *Room) postRoleRequest(ctx context.Context, in *struct {
	Body struct {
		Person     string    `json:"person,omitempty" maxLength:"40" doc:"for whom; oneself when absent"`
		Role       string    `json:"role" maxLength:"40"`
		Department string    `json:"department" maxLength:"40"`
		TitleZH    string    `json:"titleZh,omitempty" maxLength:"320"`
		TitleEN    string    `json:"titleEn,omitempty" maxLength:"320"`
		Since      time.Time `json:"since,omitzero" doc:"when it is carried out, when absent"`
		Until      time.Time `json:"until,omitzero" doc:"required"`
		Words      string    `json:"words" maxLength:"4000"`
		Exception  bool      `json:"exception,omitempty" doc:"ask for further approval of what passes the frame of the department"`
	}
}) (*roleRequestOut, error) {
	return oneRoleRequest(room.AskRole(ctx, RoleApplication(in.Body)))
}

func (room *Room) getRoleRequests(ctx context.Context, in *struct {
	web.Paging
	Waiting bool `query:"waiting"`
}) (*pageOut[RoleRequestBody], error) {
	page, err := room.RoleRequests(ctx, in.Waiting, in.Cursor, in.Limit)
	return &pageOut[RoleRequestBody]{web.Shown(page, wireRoleRequestSeen)}, err
}

func (room *Room) postApproveRole(ctx context.Context, in *web.OfID) (*roleRequestOut, error) {
	return oneRoleRequest(room.ApproveRole(ctx, in.ID))
}

func (room *Room) postRefuseRole(ctx context.Context, in *grantAnswerIn) (*roleRequestOut, error) {
	return oneRoleRequest(room.RefuseRole(ctx, in.ID, in.Body.Words))
}

func (room *Room) postWithdrawRole(ctx context.Context, in *web.OfID) (*roleRequestOut, error) {
	return oneRoleRequest(room.WithdrawRole(ctx, in.ID))
}
