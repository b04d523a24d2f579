package feed

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/kit/sheet"
)

// Item is a row as our fields.
type Item struct {
	Line   int
	Values map[string]string
	// Ref, Digest and Marks are keyed digests of the key, of everything, and of each
	// field.
	Ref    string
	Digest string
	Marks  map[string]string
}

// Problem is why a row cannot be taken.
type Problem struct {
	Line  int
	Rule  string
	Field string
	// Key is what the source calls the row, as far as it could be read.
	Key string
}

// Rules of a row.
const (
	RuleBroken   = "broken"    // no text, or a formula
	RuleMissing  = "missing"   // a field that must be there
	RuleCode     = "code"      // a word that is not mapped
	RuleTime     = "time"      // no time that can be read
	RuleFuture   = "future"    // later than now
	RulePast     = "past"      // earlier than anybody who lives was born
	RuleOrder    = "order"     // an end before its beginning
	RuleLong     = "long"      // longer than the field may be
	RuleTwice    = "twice"     // the key of another row
	RuleNotHere  = "not-here"  // names somebody or something that is not here
	RuleOwn      = "own"       // gives a relation to whoever answers for the run
	RuleDiffers  = "differs"   // says of something that the feed did not make what we know otherwise
	RuleRefused  = "refused"   // the room that keeps such things does not take it
	RuleSetAside = "set-aside" // the import has quarantined it
	RuleUnread   = "unread"    // a file that cannot be read now
)

// Rules are all rules of a row.
func Rules() []string {
	return []string{RuleBroken, RuleMissing, RuleCode, RuleTime, RuleFuture, RulePast, RuleOrder, RuleLong, RuleTwice, RuleNotHere, RuleOwn, RuleDiffers, RuleRefused, RuleSetAside, RuleUnread}
}

// reader makes items of rows.
type reader struct {
	shape   Shape
	mapping Mapping
	columns []string
	zone    *time.Location
	now     time.Time
	// blind is a keyed digest under the name of what it is of.
	blind func(column, value string) string
}

// read makes an item of a row, or says why there is none.
func (r reader) read(row view.Row) (Item, *Problem) {
	item := Item{Line: row.Line, Values: map[string]string{}, Marks: map[string]string{}}
	if r.shape.bringsFiles() {
		return r.file(row)
	}
	if row.Broken != "" {
		return item, &Problem{Line: row.Line, Rule: RuleBroken, Field: r.fieldOf(row.Broken)}
	}
	for _, f := range r.shape.Fields {
		rule, mapped := r.mapping.Fields[f.ID]
		if !mapped {
			continue
		}
		text, broken := r.value(f, r.text(rule, row.Cells))
		if broken != "" {
			return item, &Problem{Line: row.Line, Rule: broken, Field: f.ID, Key: r.shape.keyOf(item)}
		}
		if text != "" {
			item.Values[f.ID] = text
		}
	}
	if from, until := item.Values["admitted"], item.Values["discharged"]; until != "" && until < from {
		return item, &Problem{Line: row.Line, Rule: RuleOrder, Field: "discharged", Key: r.shape.keyOf(item)}
	}
	r.mark(&item)
	return item, nil
}

// file makes an item of a file: its name, and what tells that it was written anew.
func (r reader) file(row view.Row) (Item, *Problem) {
	item := Item{Line: row.Line, Values: map[string]string{"file": row.Cells[0], "version": row.Cells[1]}, Marks: map[string]string{}}
	if row.Broken != "" {
		return item, &Problem{Line: row.Line, Rule: RuleBroken, Field: "file"}
	}
	r.mark(&item)
	return item, nil
}

// keyOf is what the source calls a row.
func (s Shape) keyOf(item Item) string {
	parts := make([]string, len(s.key))
	for i, id := range s.key {
		parts[i] = item.Values[id]
	}
	return strings.Trim(strings.Join(parts, "/"), "/")
}

func (r reader) fieldOf(column string) string {
	for _, f := range r.shape.Fields {
		if slices.Contains(r.mapping.Fields[f.ID].Columns, column) {
			return f.ID
		}
	}
	return ""
}

// text is what the columns of a rule hold, in our words.
func (r reader) text(rule Rule, cells []string) string {
	text := rule.Constant
	if text == "" {
		var parts []string
		for _, column := range rule.Columns {
			if cell := strings.TrimSpace(cells[slices.Index(r.columns, column)]); cell != "" {
				parts = append(parts, cell)
			}
		}
		text = strings.Join(parts, " ")
	}
	if ours, mapped := rule.Codes[text]; mapped {
		return ours
	}
	if ours, mapped := rule.Codes["*"]; mapped && text != "" {
		return ours
	}
	return text
}

// value is a text as its field keeps it, or the rule that it breaks.
func (r reader) value(f Field, text string) (value, broken string) {
	switch {
	case text == "" && f.Required:
		return "", RuleMissing
	case text == "":
		return "", ""
	case utf8.RuneCountInString(text) > f.longest:
		return "", RuleLong
	case strings.ContainsAny(text, "\r\n\t"):
		return "", RuleBroken
	}
	switch f.Form {
	case Code:
		if !slices.Contains(f.Values, text) {
			return "", RuleCode
		}
	case Day, Moment, Ahead:
		return r.time(f, text)
	case Text:
	}
	return text, ""
}

// oldest is before which nobody who lives was born.
const oldest = 150

func (r reader) time(f Field, text string) (value, broken string) {
	at, ok := sheet.Moment(text, r.zone)
	switch {
	case !ok:
		return "", RuleTime
	case at.After(r.now) && f.Form != Ahead, at.After(r.now.AddDate(1, 0, 0)):
		return "", RuleFuture
	case at.Before(r.now.AddDate(-oldest, 0, 0)):
		return "", RulePast
	}
	if f.Form == Day {
		return at.In(r.zone).Format(time.DateOnly), ""
	}
	return at.In(r.zone).Format("20060102150405-0700"), ""
}

// markSize is how much of a digest tells that a field has changed.
const markSize = 16

func (r reader) mark(item *Item) {
	item.Ref = r.blind("feed.ref", r.shape.keyOf(*item))
	all, _ := json.Marshal(item.Values) // a map of texts cannot fail, and is sorted
	item.Digest = r.blind("feed.row", string(all))
	for id, value := range item.Values {
		item.Marks[id] = r.blind("feed.field", id+"\x00"+value)[:markSize]
	}
}

// shown is a value as a dry run shows it: of what tells who somebody is, the beginning.
func (f Field) shown(value string) string {
	if !f.Identity || value == "" {
		return value
	}
	first, size := utf8.DecodeRuneInString(value)
	return string(first) + strings.Repeat("*", utf8.RuneCountInString(value[size:]))
}
