package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// ErrQuery is returned for a search that cannot be carried out. Its fields name
// what to change.
var ErrQuery = fault.Define("ledger.query", fault.Invalid,
	"检索条件有误，请按提示修改。",
	"The search conditions are not right; change what is marked.",
	"see the fields of the error")

// Query asks for entries of one organisation. Conditions left empty do not
// count; those given must all hold.
type Query struct {
	Org     string
	Patient string    // any object of the entry belongs to this patient
	Actor   string    // id of who acted
	Verbs   []string  // any of these
	Kind    string    // with Object: any object of the entry is this one
	Object  string    //
	Outcome string    // done, refused, reported
	Tie     string    // kind of what tied the actor to the patient
	From    time.Time // not before
	To      time.Time // before
	// After continues a search: the Next of the page before, 0 for the first.
	After Cursor
	Limit int // 1 to MaxPage; 0 is DefaultPage
}

// Cursor is where a page ends. It is the position of the last entry shown, plus
// one, so that its zero value is the beginning.
type Cursor int64

// Page sizes.
const (
	DefaultPage = 50
	MaxPage     = 500
	// CountCap is where counting stops: a count of CountCap+1 means "more".
	CountCap = 1000
)

// Line is an entry as a list shows it.
type Line struct {
	Position   int64
	ID         string
	At         time.Time
	Verb       string
	Outcome    string
	ActorKind  string
	Actor      string
	Department string
	Purpose    string
	Tie        string
	Kind       string // of the first object
	Object     string
	Patient    string // of the first object
	Objects    int64  // how many
	N          int64  // how many like events the entry stands for
}

// Page is a part of an answer, newest first by the time of the act.
type Page struct {
	Lines []Line
	Next  Cursor // 0 when there is no more
	// Count is how many entries match, counted up to CountCap+1. It is only
	// counted for the first page and -1 otherwise.
	Count int64
	// Behind is how many placed entries the search cannot see yet.
	Behind int64
}

// Search finds entries.
func (l *Ledger) Search(ctx context.Context, r db.Reader, q Query) (Page, error) {
	if q.Limit == 0 {
		q.Limit = DefaultPage
	}
	if err := q.check(); err != nil {
		return Page{}, err
	}
	page := Page{Count: -1}
	if q.After == 0 {
		var c conditions
		q.apply(&c)
		count, err := number(ctx, r, "SELECT COUNT(*) FROM (SELECT 1 "+c.from()+fmt.Sprintf(" LIMIT %d) AS found", CountCap+1), c.args...)
		if err != nil {
			return Page{}, fmt.Errorf("counting ledger entries: %w", err)
		}
		page.Count = count
	}
	var c conditions
	q.apply(&c)
	if err := q.after(ctx, r, &c); err != nil {
		return Page{}, err
	}
	order := c.time() + " DESC, " + c.position() + " DESC"
	found, err := readLines(ctx, r, "SELECT "+lineColumns+" "+c.from()+" ORDER BY "+order+fmt.Sprintf(" LIMIT %d", q.Limit+1), c.args...)
	if err != nil {
		return Page{}, err
	}
	if len(found) > q.Limit {
		found = found[:q.Limit]
		page.Next = Cursor(found[q.Limit-1].Position + 1)
	}
	page.Lines = found
	page.Behind, err = behind(ctx, r)
	return page, err
}

func (q Query) check() error {
	bad := ErrQuery.With()
	if q.Limit < 1 || q.Limit > MaxPage {
		bad.At("limit", fault.Text{ZH: fmt.Sprintf("每页条数须在 1 到 %d 之间", MaxPage), EN: fmt.Sprintf("must be between 1 and %d", MaxPage)})
	}
	if (q.Kind == "") != (q.Object == "") {
		bad.At("object", fault.Text{ZH: "按对象检索须同时给出类别和编号", EN: "give the kind and the id of the object together"})
	}
	if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		bad.At("to", fault.Text{ZH: "结束时间须晚于开始时间", EN: "must be later than from"})
	}
	if q.After < 0 {
		bad.At("after", fault.Text{ZH: "翻页标记无效，请从第一页重新检索", EN: "is not the end of a page; search again from the first"})
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// conditions gathers a question whose placeholders stay in order.
type conditions struct {
	parts   []string
	args    []any
	subject bool // ledger_subject leads
}

func (c *conditions) add(part string, args ...any) {
	for _, a := range args {
		c.args = append(c.args, a)
		part = strings.Replace(part, "?", fmt.Sprintf("$%d", len(c.args)), 1)
	}
	c.parts = append(c.parts, part)
}

func (c *conditions) from() string {
	from := "FROM ledger_line l"
	if c.subject {
		from = "FROM ledger_subject s JOIN ledger_line l ON l.position = s.position"
	}
	return from + " WHERE " + strings.Join(c.parts, " AND ")
}

// time and position name the columns of the table that leads, whose index gives
// the order.
func (c *conditions) time() string {
	if c.subject {
		return "s.at"
	}
	return "l.at"
}

func (c *conditions) position() string {
	if c.subject {
		return "s.position"
	}
	return "l.position"
}

func (q Query) apply(c *conditions) {
	switch {
	case q.Object != "":
		c.subject = true
		c.add("s.org = ? AND s.kind = ? AND s.id = ?", q.Org, q.Kind, q.Object)
		if q.Patient != "" {
			c.add(`EXISTS (SELECT 1 FROM ledger_subject p WHERE p.org = ? AND p.kind = 'patient' AND p.id = ?
				AND p.at = s.at AND p.position = s.position)`, q.Org, q.Patient)
		}
	case q.Patient != "":
		c.subject = true
		c.add("s.org = ? AND s.kind = 'patient' AND s.id = ?", q.Org, q.Patient)
	default:
		c.add("l.org = ?", q.Org)
	}
	if q.Actor != "" {
		c.add("l.actor = ?", q.Actor)
	}
	if len(q.Verbs) > 0 {
		args := make([]any, len(q.Verbs))
		for i, v := range q.Verbs {
			args[i] = v
		}
		c.add("l.verb IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(args)), ", ")+")", args...)
	}
	if q.Outcome != "" {
		c.add("l.outcome = ?", q.Outcome)
	}
	if q.Tie != "" {
		c.add("l.tie = ?", q.Tie)
	}
	if !q.From.IsZero() {
		c.add(c.time()+" >= ?", q.From.UnixMicro())
	}
	if !q.To.IsZero() {
		c.add(c.time()+" < ?", q.To.UnixMicro())
	}
}

func (q Query) after(ctx context.Context, r db.Reader, c *conditions) error {
	if q.After == 0 {
		return nil
	}
	position := int64(q.After) - 1
	at, err := number(ctx, r, "SELECT at FROM ledger_line WHERE position = $1", position)
	if err != nil {
		return err
	}
	if at < 0 {
		return ErrQuery.With().At("after", fault.Text{ZH: "翻页标记无效，请从第一页重新检索", EN: "is not the end of a page; search again from the first"})
	}
	c.add("("+c.time()+", "+c.position()+") < (?, ?)", at, position)
	return nil
}

const lineColumns = `l.position, l.id, l.at, l.verb, l.outcome, l.actor_kind, l.actor, l.department, l.purpose, l.tie,
	l.kind, l.object, l.patient, l.objects, l.n`

func readLines(ctx context.Context, r db.Reader, text string, args ...any) ([]Line, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("searching the ledger: %w", err)
	}
	defer rows.Close()
	var all []Line
	for rows.Next() {
		var x Line
		var at int64
		if err := rows.Scan(&x.Position, &x.ID, &at, &x.Verb, &x.Outcome, &x.ActorKind, &x.Actor, &x.Department, &x.Purpose, &x.Tie,
			&x.Kind, &x.Object, &x.Patient, &x.Objects, &x.N); err != nil {
			return nil, fmt.Errorf("searching the ledger: %w", err)
		}
		x.At = time.UnixMicro(at).UTC()
		all = append(all, x)
	}
	return all, rows.Err()
}

func behind(ctx context.Context, r db.Reader) (int64, error) {
	size, err := placedSize(ctx, r)
	if err != nil {
		return 0, err
	}
	mark, err := number(ctx, r, "SELECT position FROM ledger_mark WHERE name = $1", indexMark)
	return size - max(mark, 0), err
}
