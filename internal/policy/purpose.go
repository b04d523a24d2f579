package policy

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
)

// Purpose is what an access is for. Every request states one (D-007).
type Purpose struct {
	ID   string
	Name fault.Text
}

// Purposes returns the published list of purposes.
func Purposes() []Purpose { return slices.Clone(purposes) }

var purposes = []Purpose{
	{"care", fault.Text{ZH: "诊疗", EN: "care"}},
	{"quality", fault.Text{ZH: "质控", EN: "quality"}},
	{"coding", fault.Text{ZH: "编码归档", EN: "coding and archiving"}},
	{"infection", fault.Text{ZH: "院感与公卫上报", EN: "infection control and public-health reporting"}},
	{"insurance", fault.Text{ZH: "医保", EN: "insurance"}},
	{"management", fault.Text{ZH: "管理", EN: "management"}},
	{"teaching", fault.Text{ZH: "教学", EN: "teaching"}},
	{"research", fault.Text{ZH: "科研", EN: "research"}},
	{"legal", fault.Text{ZH: "司法", EN: "legal"}},
	{"patient-request", fault.Text{ZH: "患者请求", EN: "patient request"}},
	{"supervision", fault.Text{ZH: "监督", EN: "supervision"}},
	{"operation", fault.Text{ZH: "运维", EN: "operation"}},
}

// purposeNumber is the place of a purpose in the list, from 1; 0 is no purpose.
func purposeNumber(id string) uint8 {
	for i, p := range purposes {
		if p.ID == id {
			return uint8(i + 1)
		}
	}
	return 0
}

func purposeID(number uint8) string {
	if number == 0 {
		return ""
	}
	return purposes[number-1].ID
}
