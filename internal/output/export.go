package output

import (
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sheet"
	"github.com/medward/medward/kit/sm"
)

// States of an export.
const (
	Running   = "running"
	Held      = "held"     // suspicious: a reviewer releases or confirms it
	Approving = "approval" // two people decide
	Ready     = "ready"    // to be fetched
	Stopped   = "stopped"  // why says what ended
	Refused   = "refused"
	Confirmed = "confirmed" // the suspicion was right
)

// Why an export stopped.
const (
	WhyPerson   = "person"    // whoever asked is nobody here any more
	WhySession  = "session"   // his session ended
	WhyRights   = "rights"    // he may not read the list any more
	WhyPatient  = "patient"   // a patient in it may not be taken along any more
	WhyConsent  = "consent"   // because the consent was withdrawn or ended
	WhyState    = "sealed"    // because the patient is under seal
	WhyQuota    = "quota"     // the quota is reached
	WhyTooLarge = "too-large" // more rows than one file holds
)

// MaxRows bounds the rows of one file.
const MaxRows = 50_000

// Formats of a file.
const (
	CSV    = "csv"
	XLSX   = "xlsx"
	NDJSON = "ndjson" // a line of JSON for each row, for programs
)

// Export is a list on its way into a file. Its row is keyed; what the file will say is
// sealed in parts under a key of their own.
type Export struct {
	Org       string            `db:"org,key"`
	ID        string            `db:"id,key"`
	List      string            `db:"list"`
	Filter    map[string]string `db:"filter,json"`
	Columns   []string          `db:"columns,json"`
	Unmasked  bool              `db:"unmasked"`
	Words     []byte            `db:"words"` // why unmasked, sealed under the export's own key
	Format    string            `db:"format"`
	Profile   string            `db:"profile"`
	Purpose   string            `db:"purpose"`
	Case      string            `db:"case_no"`
	Person    string            `db:"person"`
	Session   string            `db:"session"`
	Terminal  string            `db:"terminal"`
	IP        string            `db:"ip"`
	Zone      string            `db:"zone"`
	Weak      bool              `db:"weak"`
	State     string            `db:"state"`
	Why       string            `db:"why"`
	Alarm     string            `db:"alarm"` // the rule that held it
	Job       string            `db:"job"`
	Asked     time.Time         `db:"asked"`
	Ended     time.Time         `db:"ended"`
	Next      string            `db:"next_page"`
	Pages     int               `db:"pages"`
	Lines     int               `db:"lines"`
	Patients  int               `db:"patients"`
	LeftOut   int               `db:"left_out"` // rows of patients who may be seen but not taken along
	Issue     string            `db:"issue"`    // once it left
	Code      []byte            `db:"code"`     // digest of the release code, while there is one to be used
	CodeUntil time.Time         `db:"code_until"`
	CodeBy    string            `db:"code_by"`
	Released  time.Time         `db:"released"`
	Until     time.Time         `db:"until"` // when the file is destroyed
	Downloads int               `db:"downloads"`
	MAC       []byte            `db:"mac"`
}

func (x Export) object() policy.Object {
	return policy.Object{Kind: "Output", ID: x.ID, Org: x.Org, Author: x.Person, Concerns: x.Person}
}

// over reports whether nothing is left of an export.
func (x Export) over() bool {
	return slices.Contains([]string{Stopped, Refused, Confirmed, Cancelled, Expired}, x.State)
}

// part is what one page gave. It is deleted when the file is.
type part struct {
	Org      string   `db:"org,key"`
	Export   string   `db:"export,key"`
	N        int      `db:"n,key"`
	Lines    int      `db:"lines"`
	Patients []string `db:"patients,json"`
	Sealed   []byte   `db:"sealed"` // [][]string
}

func exportKey(exportID string) string { return "output-" + exportID }

func partPlace(exportID string, n int) vault.Place {
	return place("Export", exportID, strconv.Itoa(n), "part")
}

func wordsPlace(exportID string) vault.Place { return place("Export", exportID, "1", "words") }

// AskingFor is what somebody wants in a file.
type AskingFor struct {
	List     string
	Filter   map[string]string
	Columns  []string // ids; empty: all
	Format   string
	Profile  string
	Case     string
	Unmasked bool
	Words    string // why unmasked
}

func (in AskingFor) check(s Source, known bool, p Profile) error {
	e := errInput.With()
	if !known {
		return e.At("list", fault.Text{ZH: "没有这个清单，请从列表中选择", EN: "there is no such list; choose one of those offered"})
	}
	if _, unknown := s.chosen(in.Columns); unknown != "" {
		e.At("columns", fault.Text{ZH: "清单中没有列 " + unknown, EN: "the list has no column " + unknown})
	}
	for key, value := range in.Filter {
		if !slices.Contains(s.Filters, key) {
			e.At("filter."+key, fault.Text{ZH: "该清单没有这个筛选条件", EN: "the list has no such filter"})
		}
		e.MayName("filter."+key, value, maxName)
	}
	switch {
	case s.Line != nil && in.Format != NDJSON:
		e.At("format", fault.Text{ZH: "该清单的格式应为 ndjson", EN: "this list leaves as ndjson"})
	case s.Line != nil && len(in.Columns) > 0:
		e.At("columns", fault.Text{ZH: "该清单不能选列", EN: "this list leaves whole"})
	case s.Line == nil && in.Format != CSV && in.Format != XLSX:
		e.At("format", fault.Text{ZH: "格式应为 csv 或 xlsx", EN: "a format is csv or xlsx"})
	}
	if in.Unmasked {
		e.MustSay("words", in.Words, maxWords)
	}
	p.checkWords(e, "", in.Case)
	return e.OrNil()
}

// file is an export as it leaves.
func (x Export) file(s Source, rows [][]string, title, serial, mark string) ([]byte, error) {
	if s.Line != nil {
		return x.lines(s, rows, LineForm{Masked: !x.Unmasked, Serial: serial, Mark: mark})
	}
	places, _ := s.chosen(x.Columns)
	t := sheet.Table{Name: title, Rows: rows, Mark: mark}
	for _, i := range places {
		t.Head = append(t.Head, s.Columns[i].Name.ZH)
	}
	if x.Format == XLSX {
		return sheet.XLSX(t)
	}
	return sheet.CSV(t), nil
}

func (x Export) lines(s Source, rows [][]string, as LineForm) ([]byte, error) {
	var all []byte
	for _, cells := range rows {
		line, err := s.Line(cells, as)
		if err != nil {
			return nil, err
		}
		all = append(append(all, line...), '\n')
	}
	return all, nil
}

// rowsDigest is the digest of what a list says, whatever the format.
func rowsDigest(rows [][]string) []byte {
	sum := sm.Sum(sheet.CSV(sheet.Table{Rows: rows}))
	return sum[:]
}

// cells are the chosen cells of a row, masked where they must be.
func (x Export) cells(s Source, row Row) []string {
	places, _ := s.chosen(x.Columns)
	cells := make([]string, len(places))
	for n, i := range places {
		if i < len(row.Cells) {
			cells[n] = row.Cells[i]
		}
		if s.Columns[i].Sensitive && !x.Unmasked {
			cells[n] = masked(cells[n])
		}
	}
	return cells
}
