package house

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/fhir"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
)

// bulkPatients is the list of patients as programs take it along, in FHIR.
func (h *House) bulkPatients() output.Source {
	return output.Source{
		ID: fhir.BulkPatients, Name: fault.Text{ZH: "患者（FHIR 批量导出）", EN: "Patients (FHIR bulk export)"}, Patients: true, Filters: []string{"scope"},
		Columns: []output.Column{
			column("id", "标识", "Id"), column("version", "版本", "Version"), masked("name", "姓名", "Name"), column("sex", "性别", "Sex"),
			masked("birthDate", "出生日期", "Born"), masked("recordNumber", "病案号", "Record number"), column("level", "级别", "Level"),
		},
		Page: func(ctx context.Context, filter map[string]string, cursor string, limit int) (output.Rows, error) {
			scope := filter["scope"]
			if scope == "" {
				scope = patient.Everybody
			}
			page, err := h.Patients.Search(ctx, patient.Query{Scope: scope, Cursor: cursor, Limit: limit})
			rows := output.Rows{Next: page.Next}
			for _, p := range page.Items {
				rows.Rows = append(rows.Rows, output.Row{Patient: p.ID, Cells: []string{p.ID, strconv.Itoa(p.Rev), p.Name, p.Sex, p.BirthDate, p.RecordNumber, strconv.Itoa(p.Level)}})
			}
			return rows, err
		},
		Line: fhir.BulkLine,
	}
}
