package access_test

import (
	"testing"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/staff"
)

func TestWhoeverAppointsByHandKeepsToTheFrameOfTheDepartment(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.staff.Frames(h.room.RoleFits)
		h.frame(access.NewFrame{Department: h.place("brain"), Roles: []string{"nurse"}, RoleDays: 30})
		appoint := func(role string, days int) error {
			_, err := h.staff.Appoint(h.as("safe"), staff.NewAppointment{Person: h.id("zhao"), Role: role, Department: h.place("brain"), Until: h.Clock.Now().AddDate(0, 0, days)})
			return err
		}
		if err := appoint("technician", 60); !passes(err, "role", "until") {
			t.Errorf("%v", err)
		}
		if err := appoint("nurse", 30); err != nil {
			t.Errorf("what fits was refused: %v", err)
		}
	})
}
