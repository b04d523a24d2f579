package patient

import (
	"github.com/medward/medward/internal/base/evidence"
)

// relatedToThemselves counts relations that somebody gave himself, other than
// with the first encounter of a patient whom this house registered.
const relatedToThemselves = `SELECT COUNT(*) FROM patient_relation r WHERE r.person = r.given_by AND NOT EXISTS (
	SELECT 1 FROM patient_encounter e JOIN patient_patient p ON p.org = e.org AND p.id = e.patient
	WHERE e.org = r.org AND e.id = r.encounter AND p.source = '' AND NOT EXISTS (
		SELECT 1 FROM patient_encounter o WHERE o.org = e.org AND o.patient = e.patient AND o.created_at < e.created_at))`

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "patient.relations-end", Demands: []string{"A-077", "B-055"},
			Title: text("每条诊疗关系都有不超过一年的期限", "Every care relation ends within a year"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_relation WHERE until > $1", Args: func() []any { return []any{room.desk.Now().Add(longest).UnixMicro()} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_relation"}, text("诊疗关系", "care relations")),
		},
		{
			ID: "patient.relations-never-for-oneself", Demands: []string{"A-077", "D-025"},
			Title: text("没有人为自己建立诊疗关系，本院首诊患者除外", "Nobody has given himself a care relation, except to a patient who was new here"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: relatedToThemselves},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_relation"}, text("诊疗关系", "care relations")),
		},
		{
			ID: "patient.sealed", Demands: []string{"C-139"},
			Title: text("每名患者的身份信息都有自己的密钥", "Every patient's identity lies under a key of its own"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_patient p WHERE NOT EXISTS (SELECT 1 FROM vault_key k WHERE k.org = p.org AND k.subject = p.id)"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_patient"}, text("患者", "patients")),
		},
	}
}
