package patient

import (
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/policy"
)

// relatedToThemselves counts relations that somebody gave himself, other than
// with the first encounter of a patient whom this house registered.
const relatedToThemselves = `SELECT COUNT(*) FROM patient_relation r WHERE r.person = r.given_by AND NOT EXISTS (
	SELECT 1 FROM patient_encounter e JOIN patient_patient p ON p.org = e.org AND p.id = e.patient
	WHERE e.org = r.org AND e.id = r.encounter AND p.source = '' AND NOT EXISTS (
		SELECT 1 FROM patient_encounter o WHERE o.org = e.org AND o.patient = e.patient AND o.created_at < e.created_at))`

// workWithoutItem counts live relations to work that no item on a worklist gives.
const workWithoutItem = `SELECT COUNT(*) FROM patient_relation r WHERE r.kind = $1 AND r.until > $2 AND NOT EXISTS (
	SELECT 1 FROM patient_worklist i WHERE i.org = r.org AND i.relation = r.id AND i.person = r.person AND i.ended IS NULL)`

// callWithoutRequisition counts relations said to come with a requisition that none
// names.
const callWithoutRequisition = `SELECT COUNT(*) FROM patient_relation r WHERE r.source = $1 AND r.until > $2 AND NOT EXISTS (
	SELECT 1 FROM patient_performer p JOIN patient_requisition q ON q.org = p.org AND q.id = p.requisition
	WHERE p.org = r.org AND p.relation = r.id AND p.person = r.person AND q.patient = r.patient)`

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
			ID: "patient.requisitions-end", Demands: []string{"A-077", "B-055"},
			Title: text("每份申请都有期限", "Every requisition ends"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_requisition WHERE until > $1", Args: func() []any { return []any{room.desk.Now().Add(farthest + 31*aDay).UnixMicro()} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_requisition"}, text("申请", "requisitions")),
		},
		{
			ID: "patient.requisitions-known", Demands: []string{"A-077", "A-087"},
			Title: text("凭申请给出的诊疗关系都有对应的申请", "Every relation by requisition is named by one"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: callWithoutRequisition, Args: func() []any { return []any{fromRequisition, room.desk.Now().UnixMicro()} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_performer"}, text("申请人员", "people whom requisitions name")),
		},
		{
			ID: "patient.work-by-item", Demands: []string{"A-077", "B-054", "D-007"},
			Title: text("编码、归档和质控的调阅都来自未结束的工作单", "Records for coding, filing and quality are open by an item that waits"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: workWithoutItem, Args: func() []any { return []any{policy.TieWork, room.desk.Now().UnixMicro()} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_worklist"}, text("工作单", "items")),
		},
		{
			ID: "patient.admissions-by-two", Demands: []string{"A-077", "D-025"},
			Title: text("没有人确认过本人办理的再次入院", "Nobody has confirmed an admission of his own"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_word WHERE confirmed_by = person"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_word"}, text("由一人办理的入院", "admissions by one person")),
		},
		{
			ID: "patient.sealed", Demands: []string{"C-139"},
			Title: text("每名患者的身份信息都有自己的密钥", "Every patient's identity lies under a key of its own"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_patient p WHERE p.erased IS NULL AND NOT EXISTS (SELECT 1 FROM vault_key k WHERE k.org = p.org AND k.subject = p.id)"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM patient_patient WHERE erased IS NULL"}, text("患者", "patients")),
		},
	}
}
