package exchange

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

// tryConforming writes a document that keeps the standard, and some that do not, and
// counts those that are judged wrongly.
func (room *Room) tryConforming(context.Context) (evidence.Finding, error) {
	wrong, all := 0, 0
	judge := func(s sheet, conforms bool) {
		_, found := s.compose()
		if all++; (len(found) == 0) != conforms {
			wrong++
		}
	}
	good := func() sheet {
		v := record.View{Document: record.Document{ID: "d", Kind: "C0034", Title: "入院记录", State: record.Signed, At: room.desk.Now(), Author: "a"}}
		v.Shown = record.Version{Number: 1, Author: "a", At: room.desk.Now()}
		v.People = map[string]staff.Name{"a": {Number: "1", ZH: "某医师"}}
		v.Content.Sections = []record.Section{{Key: "chief-complaint", Title: "主诉", Text: "某主诉"}}
		return sheet{&v, patient.Demographics{Name: "某患者", Sex: "male", BirthDate: "1960-03-02", RecordNumber: "1"}, Card{Org: "o", Name: "某院"}}
	}
	judge(good(), true)
	for _, spoil := range []func(*sheet){
		func(s *sheet) { s.Kind = "note" },
		func(s *sheet) { s.State = record.Filed },
		func(s *sheet) { s.about.RecordNumber = "" },
		func(s *sheet) { s.about.Name = "" },
		func(s *sheet) {
			s.Content.Sections[0] = record.Section{Key: "x", Title: "自拟段落", Text: "某内容"}
		},
	} {
		s := good()
		spoil(&s)
		judge(s, false)
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", all-wrong, all), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 份样例文书中 %d 份判断有误", all, wrong), EN: fmt.Sprintf("%d of %d sample documents were judged wrongly", wrong, all),
	}}
	if wrong > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, nil
}
