package lineage

import (
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the gate.
func (room *Room) Checks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "lineage.traced", Demands: []string{"A-111", "D-071"},
			Title: fault.Text{ZH: "每份文书都有来源系统或书写人", EN: "Of every document a source or an author is known"},
			Run: evidence.None(room.desk.Look, evidence.Query{SQL: "SELECT COUNT(*) FROM record_document WHERE source = $1 AND author = $2", Args: func() []any { return []any{"", ""} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM record_document"}, fault.Text{ZH: "文书", EN: "documents"}),
		},
		{
			ID: "lineage.tracked", Demands: []string{"A-111", "D-072"},
			Title: fault.Text{ZH: "交出的每份副本都有外发记录", EN: "Every copy that was handed out is a row of the outward register"},
			Run: evidence.None(room.desk.Look, evidence.Query{SQL: `SELECT COUNT(*) FROM sharing_handover h WHERE h.manner = 'copied' AND NOT EXISTS
				(SELECT 1 FROM recipient_sending s WHERE s.org = h.org AND s.recipient = h.case_id AND s.digest = h.digest)`},
				evidence.Query{SQL: "SELECT COUNT(*) FROM sharing_handover WHERE manner = 'copied'"}, fault.Text{ZH: "交出的副本", EN: "copies handed out"}),
		},
	}
}
