package patient

import (
	"context"
	"net/http"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) routesOfWorklists(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/worklist", ID: "listWorklist", Verb: "patient.see-worklist", Tag: tag,
		Summary: "List the records on the reader's worklist, or on those of his office"}, room.getWorklist)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/patients/{id}/worklist", ID: "putOnWorklist", Verb: "patient.put-on-worklist", Tag: tag,
		Status: http.StatusCreated, Summary: "Hand somebody a record to code, file or check"}, room.postWorklist)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/worklist/{id}/reassign", ID: "reassignItem", Verb: "patient.reassign", Tag: tag,
		Status: http.StatusNoContent, Summary: "Hand an item on to another person"}, room.postReassign)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/worklist/{id}/end", ID: "takeOffWorklist", Verb: "patient.take-off-worklist", Tag: tag,
		Status: http.StatusNoContent, Summary: "End an item, and with it the record that it gives"}, room.postEndItem)
}

type itemBody struct {
	ID           string         `json:"id"`
	Patient      string         `json:"patient"`
	Called       string         `json:"called" doc:"name of the patient, masked to others than who has the item"`
	RecordNumber string         `json:"recordNumber,omitempty"`
	Encounter    string         `json:"encounter,omitempty" doc:"to which the item is restricted"`
	Task         string         `json:"task" enum:"coding,filing,quality"`
	Person       string         `json:"person"`
	Name         staff.NameBody `json:"name" doc:"of the person who has the item"`
	Since        time.Time      `json:"since"`
	Due          time.Time      `json:"due"`
	Until        time.Time      `json:"until" doc:"when it gives the record no longer"`
}

func wireItem(w Worked) itemBody {
	return itemBody{
		ID: w.ID, Patient: w.Patient, Called: w.Called, RecordNumber: w.RecordNumber, Encounter: w.Encounter, Task: w.Task,
		Person: w.Person, Name: staff.NameBody(w.Name), Since: w.Since, Due: w.Due, Until: w.Until,
	}
}

type worklistIn struct {
	web.Paging
	Of string `query:"of" enum:"mine,office" default:"mine" doc:"mine, or all of the office for the chosen purpose"`
}

type worklistOut struct{ Body web.Page[itemBody] }

func (room *Room) getWorklist(ctx context.Context, in *worklistIn) (*worklistOut, error) {
	page, err := room.Worklist(ctx, WorklistQuery{Everyone: in.Of == "office", Cursor: in.Cursor, Limit: in.Limit})
	return &worklistOut{web.Shown(page, wireItem)}, err
}

func (room *Room) postWorklist(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Task      string    `json:"task" doc:"coding, filing or quality"`
		Person    string    `json:"person" maxLength:"40"`
		Encounter string    `json:"encounter,omitempty" maxLength:"40" doc:"restricts the item to it"`
		Due       time.Time `json:"due"`
		Until     time.Time `json:"until,omitzero" doc:"a week after due when absent"`
	}
}) (*madeOut, error) {
	made, err := room.PutOnWorklist(ctx, Assignment{
		Patient: in.ID, Encounter: in.Body.Encounter, Task: in.Body.Task, Person: in.Body.Person, Due: in.Body.Due, Until: in.Body.Until,
	})
	return &madeOut{madeBody{made}}, err
}

func (room *Room) postReassign(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Person string `json:"person" maxLength:"40"`
	}
}) (*struct{}, error) {
	return nil, room.Reassign(ctx, in.ID, in.Body.Person)
}

func (room *Room) postEndItem(ctx context.Context, in *web.OfID) (*struct{}, error) {
	return nil, room.TakeOffWorklist(ctx, in.ID)
}
