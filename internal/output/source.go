package output

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// Source is a list that can be exported. The rooms' lists become sources where the
// house is put together.
type Source struct {
	ID      string
	Name    fault.Text
	Columns []Column
	Filters []string // what its filter may say
	// Patients says that its rows tell who a patient is: each must be one whom the person
	// may take along. Where rows only refer to patients they are counted.
	Patients bool
	// Page reads the next rows under the rights of whoever ctx acts for, as the list on
	// the screen does. An empty next cursor is the end.
	Page func(ctx context.Context, filter map[string]string, cursor string, limit int) (Rows, error)
	// Line writes a row as one line of JSON, for programs. A list that has it leaves in no
	// other form, whole.
	Line func(cells []string, as LineForm) ([]byte, error)
}

// LineForm is how a line is written.
type LineForm struct {
	Masked bool   // what is sensitive is not told
	Serial string // of the copy, which each line bears
	Mark   string // by which the copy can be named
}

// Column is a column of a source. A sensitive one is masked unless a reason is stated.
type Column struct {
	ID        string     `json:"id"`
	Name      fault.Text `json:"name"`
	Sensitive bool       `json:"sensitive" doc:"masked unless a reason is stated"`
}

// Rows are a part of a list.
type Rows struct {
	Rows []Row
	Next string
}

// Row is a line of a list: a cell for each column of the source, and the patient whom
// it names, if any.
type Row struct {
	Patient string   `json:"patient,omitempty"`
	Cells   []string `json:"cells"`
}

// Offer adds lists that can be exported. It is called while the house is put together.
func (room *Room) Offer(sources ...Source) { room.sources = append(room.sources, sources...) }

// Sources discloses which lists can be exported.
func (room *Room) Sources(ctx context.Context) ([]Source, error) {
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
	if err != nil {
		return nil, err
	}
	return slices.Clone(room.sources), nil
}

func (room *Room) source(list string) (Source, bool) {
	i := slices.IndexFunc(room.sources, func(s Source) bool { return s.ID == list })
	if i < 0 {
		return Source{}, false
	}
	return room.sources[i], true
}

// chosen are the places of the chosen columns; all where none is chosen.
func (s Source) chosen(columns []string) (places []int, unknown string) {
	if len(columns) == 0 {
		for i := range s.Columns {
			places = append(places, i)
		}
		return places, ""
	}
	for _, id := range columns {
		i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.ID == id })
		if i < 0 {
			return nil, id
		}
		places = append(places, i)
	}
	return places, ""
}

// masked hides the middle of what tells who somebody is: a name keeps its first
// character, a number its last four.
func masked(text string) string {
	n := utf8.RuneCountInString(text)
	all := []rune(text)
	switch {
	case n == 0:
		return ""
	case n <= 4:
		return string(all[:1]) + stars(n-1)
	default:
		return stars(n-4) + string(all[n-4:])
	}
}

func stars(n int) string {
	hidden := make([]rune, max(1, n))
	for i := range hidden {
		hidden[i] = '*'
	}
	return string(hidden)
}
