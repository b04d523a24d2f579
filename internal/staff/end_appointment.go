package staff

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// EndAppointment ends an appointment now.
func (r *Room) EndAppointment(ctx context.Context, id string) (Appointment, error) {
	var ended Appointment
	err := r.desk.Do(ctx, "staff.end-appointment", func(ctx context.Context, w *act.Work) error {
		found, err := appointments.Get(ctx, w, w.Actor().Org, id)
		if errors.Is(err, db.ErrNone) {
			return errNoAppointment.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, appointing(found.Org, found.Person, found.Department)); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), found.Person); err != nil {
			return err
		}
		if !found.End().After(w.Now()) {
			return errOver.With()
		}
		ended = found
		ended.Ended, ended.EndedBy = w.Now(), w.Actor().ID
		w.Note("appointment", id)
		return appointments.Update(ctx, w, &ended)
	})
	if err != nil {
		return Appointment{}, err
	}
	r.powersChanged(ended.Org, ended.Person)
	return ended, nil
}
