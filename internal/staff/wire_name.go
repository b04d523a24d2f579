package staff

import "github.com/medward/medward/internal/base/fault"

// NameBody is how a person is named in the answers of other rooms.
type NameBody struct {
	Number     string     `json:"number" doc:"staff number" example:"A1032"`
	ZH         string     `json:"zh" example:"陈雅琴"`
	EN         string     `json:"en" example:"Chen Yaqin"`
	Department fault.Text `json:"department"`
	Title      fault.Text `json:"title"`
}

// WireNames writes names for an answer, by person id.
func WireNames(names map[string]Name) map[string]NameBody {
	out := make(map[string]NameBody, len(names))
	for id, n := range names {
		out[id] = NameBody(n)
	}
	return out
}
