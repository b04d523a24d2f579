package record

import "github.com/medward/medward/internal/base/evidence"

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	return append([]evidence.Check{
		{
			ID: "record.every-version-kept", Demands: []string{"D-064", "A-110"},
			Title: text("每份文书的所有版本都在", "Every version of every document is there"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_document d WHERE d.version <> (SELECT COUNT(*) FROM record_version v WHERE v.org = d.org AND v.document = d.id)"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_document"}, text("文书", "documents")),
		},
		{
			ID: "record.amendments-have-reasons", Demands: []string{"A-052", "D-063"},
			Title: text("每次更正都写明原因", "Every amendment has its reason"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_version WHERE number > 1 AND reason IS NULL"},
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_version WHERE number > 1"}, text("更正", "amendments")),
		},
		{
			ID: "record.sensitive-guarded", Demands: []string{"B-014"},
			Title: text("标注为敏感病史的文书都按敏感级别保护", "Whatever is marked as telling of a sensitive history is guarded as such"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: markedNow + " AND d.sensitivity < $2", Args: func() []any { return []any{MarkLifted, SensitiveLevel} }},
				evidence.Query{SQL: markedNow, Args: func() []any { return []any{MarkLifted} }}, text("敏感文书", "sensitive documents")),
		},
		{
			ID: "record.signed-before-archive", Demands: []string{"A-110"},
			Title: text("归档文书都已签名", "Whatever is archived is signed"),
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_document d WHERE d.state = $1 AND NOT EXISTS (SELECT 1 FROM record_signature s WHERE s.org = d.org AND s.document = d.id)", Args: archived},
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_document WHERE state = $1", Args: archived}, text("归档文书", "archived documents")),
		},
	}, room.consentChecks()...)
}

// markedNow counts documents whose newest mark was not lifted.
const markedNow = `SELECT COUNT(*) FROM record_sensitive s JOIN record_document d ON d.org = s.org AND d.id = s.document
	WHERE s.how <> $1 AND NOT EXISTS (SELECT 1 FROM record_sensitive n WHERE n.org = s.org AND n.document = s.document AND n.number > s.number)`

func archived() []any { return []any{string(Archived)} }
