package amendment

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/kit/sm"
)

// ClaimSaid is what a claim, as it was made up for submission, says in one field.
type ClaimSaid struct {
	Number string `json:"number" maxLength:"100"`
	Field  string `json:"field" maxLength:"40"`
	Value  string `json:"value" maxLength:"20000"`
}

// How a claim differs from the signed record.
const (
	Differs  = "differs"
	NoSource = "no-source" // nothing that was signed says it
	Unknown  = "unknown"   // no such claim, or none that may be told, in the task
)

// ClaimDifference is one field in which a claim is not what its source says.
type ClaimDifference struct {
	Number string `json:"number"`
	Field  string `json:"field"`
	Kind   string `json:"kind" enum:"differs,no-source,unknown"`
	// Said and Source are told to whoever checks, and kept nowhere.
	Said    string                `json:"said"`
	Source  string                `json:"source"`
	Sources []sharing.ClaimSource `json:"sources" nullable:"false"`
}

// Difference is what is kept of one: where it lies, and not what it says.
type Difference struct {
	Number string `json:"number"`
	Field  string `json:"field"`
	Kind   string `json:"kind"`
}

// ClaimCheck is one time that claims were held against their signed sources before they
// were submitted. It never changes.
type ClaimCheck struct {
	Org         string       `db:"org,key"`
	ID          string       `db:"id,key"`
	Task        string       `db:"task"`
	Claims      int          `db:"claims"`
	Compared    int          `db:"compared"`
	Differences int          `db:"differences"`
	Found       []Difference `db:"found,json"`
	Digest      []byte       `db:"digest"` // SM3 of the versions that were the source
	At          time.Time    `db:"at"`
	By          string       `db:"by_person"`
}

// mostSaid bounds what one check compares.
const mostSaid = 5000

// CheckClaims holds what claims say against the signed record, before they are submitted.
// The values are read as the task lets them be read, and the check keeps none.
func (room *Room) CheckClaims(ctx context.Context, task string, said []ClaimSaid) (ClaimCheck, []ClaimDifference, error) {
	if err := room.desk.Begin(ctx, "amendment.check-claims"); err != nil {
		return ClaimCheck{}, nil, err
	}
	if len(said) == 0 || len(said) > mostSaid {
		return ClaimCheck{}, nil, errInput.With().At("claims", fault.Text{ZH: "一次核对 1 至 5000 项", EN: "1 to 5000 fields at a time"})
	}
	rows, err := room.rowsOf(ctx, task)
	if err != nil {
		return ClaimCheck{}, nil, err
	}
	c := ClaimCheck{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Task: task, Compared: len(said), Found: []Difference{}, Claims: numbersIn(said)}
	found := compared(said, rows)
	c.Differences = len(found)
	for _, d := range found {
		c.Found = append(c.Found, Difference{d.Number, d.Field, d.Kind})
	}
	if c.Digest, err = sourcesDigest(rows); err != nil {
		return c, nil, err
	}
	err = room.desk.Do(ctx, "amendment.check-claims", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(c.Org)); err != nil {
			return err
		}
		c.At, c.By = w.Now(), w.Actor().ID
		w.Note("task", task)
		w.Note("compared", strconv.Itoa(c.Compared))
		w.Note("differences", strconv.Itoa(c.Differences))
		return claimChecks.Insert(ctx, w, &c)
	})
	return c, found, err
}

// rowsOf reads all rows of a task, by their numbers.
func (room *Room) rowsOf(ctx context.Context, task string) (map[string]sharing.ClaimRow, error) {
	rows := map[string]sharing.ClaimRow{}
	cursor := ""
	for {
		page, err := room.o.Sharing.ReadClaims(ctx, task, cursor, 0)
		if err != nil {
			return nil, err
		}
		for _, row := range page.Items {
			rows[row.Number] = row
		}
		if cursor = page.Next; cursor == "" {
			return rows, nil
		}
	}
}

func numbersIn(said []ClaimSaid) int {
	met := map[string]bool{}
	for _, s := range said {
		met[s.Number] = true
	}
	return len(met)
}

func compared(said []ClaimSaid, rows map[string]sharing.ClaimRow) []ClaimDifference {
	found := []ClaimDifference{}
	for _, s := range said {
		row, known := rows[s.Number]
		source, told := row.Cells[s.Field]
		d := ClaimDifference{Number: s.Number, Field: s.Field, Said: s.Value, Source: source, Sources: append([]sharing.ClaimSource{}, row.Sources...)}
		switch {
		case !known || !told:
			d.Kind = Unknown
		case strings.TrimSpace(source) == "" && strings.TrimSpace(s.Value) != "":
			d.Kind = NoSource
		case plain(source) != plain(s.Value):
			d.Kind = Differs
		default:
			continue
		}
		found = append(found, d)
	}
	return found
}

// plain is a text as far as a claim can differ from it: spaces and line ends do not count.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

func sourcesDigest(rows map[string]sharing.ClaimRow) ([]byte, error) {
	var numbers []string
	for n := range rows {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	all := make([][]sharing.ClaimSource, 0, len(numbers))
	for _, n := range numbers {
		all = append(all, rows[n].Sources)
	}
	text, err := json.Marshal(all)
	sum := sm.Sum(text)
	return sum[:], err
}

func claimChecksOf(ctx context.Context, r db.Reader, org string) ([]ClaimCheck, error) {
	return claimChecks.Select(ctx, r, "WHERE org = $1 ORDER BY at DESC, id DESC LIMIT $2", org, int64(atOnce))
}
