package order

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Kinds of conflict.
const (
	StockOut = "stock-out"
	StopOf   = "stopped"
	Allergy  = "allergy"
	Result   = "result"
)

// Match names something by codes or words: it is that whose code begins with one of the
// codes, or whose name holds one of the words.
type Match struct {
	Codes []string `json:"codes,omitempty" maxItems:"200" doc:"beginnings of codes, such as J01C of ATC, or codes of the hospital"`
	Words []string `json:"words,omitempty" maxItems:"200" doc:"parts of a name, in any case"`
}

func (m Match) empty() bool { return len(m.Codes)+len(m.Words) == 0 }

func (m Match) hits(code, name string) bool {
	code, name = plain(code), strings.ToLower(name)
	return slices.ContainsFunc(m.Codes, func(c string) bool { return code != "" && strings.HasPrefix(code, c) }) ||
		slices.ContainsFunc(m.Words, func(w string) bool { return strings.Contains(name, strings.ToLower(w)) })
}

// Bound is a result that is against an order: of one code, in one unit, not older than
// some days.
type Bound struct {
	Code  string   `json:"code" maxLength:"80" doc:"as results keep it, such as loinc|2823-3"`
	Unit  string   `json:"unit" maxLength:"40" doc:"a result in another unit is not compared"`
	Above *float64 `json:"above,omitempty"`
	Below *float64 `json:"below,omitempty"`
	Days  int      `json:"days" minimum:"1" maximum:"365"`
}

// crossed reports whether a value lies beyond the bound.
func (b Bound) crossed(value, unit string) bool {
	v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.ReplaceAll(unit, " ", ""), strings.ReplaceAll(b.Unit, " ", "")) {
		return false
	}
	return b.Above != nil && v > *b.Above || b.Below != nil && v < *b.Below
}

// Rule says what is against an order, and what could be done instead. Of a stock-out it
// only says what could be: that an item is out needs no rule.
type Rule struct {
	ID           string       `json:"id" maxLength:"60"`
	Kind         string       `json:"kind" enum:"stock-out,stopped,allergy,result"`
	Order        Match        `json:"order" doc:"which orders it is about"`
	Stopped      Match        `json:"stopped,omitzero" doc:"of a stopped order: the order on whose account this one goes on"`
	Allergy      Match        `json:"allergy,omitzero"`
	Result       *Bound       `json:"result,omitempty"`
	Say          fault.Text   `json:"say" doc:"why that is a conflict"`
	Alternatives []fault.Text `json:"alternatives" nullable:"false" maxItems:"20" doc:"what could be done instead"`
	Origin       string       `json:"origin" maxLength:"400" doc:"where the rule comes from"`
}

// Set is a version of the rules of a house.
type Set struct {
	Org        string    `db:"org,key"`
	Number     int       `db:"number,key"`
	Rules      []Rule    `db:"content,json"`
	MadeBy     string    `db:"made_by"`
	Made       time.Time `db:"made"`
	ApprovedBy string    `db:"approved_by"`
	Approved   time.Time `db:"approved"` // zero: nobody has yet
}

const (
	maxRules = 2000
	maxWords = 1000
)

func checkRules(rules []Rule) error {
	e := errInput.With()
	if len(rules) == 0 || len(rules) > maxRules {
		return e.At("rules", fault.Text{ZH: fmt.Sprintf("每版 1 至 %d 条规则", maxRules), EN: fmt.Sprintf("a set has 1 to %d rules", maxRules)})
	}
	met := map[string]bool{}
	for i, r := range rules {
		path := fmt.Sprintf("rules[%d].", i)
		e.MustName(path+"id", r.ID, 60)
		if met[r.ID] {
			e.At(path+"id", fault.Text{ZH: "与另一条规则重复", EN: "is the id of another rule"})
		}
		met[r.ID] = true
		e.MustName(path+"origin", r.Origin, 400)
		e.MustSay(path+"say.zh", r.Say.ZH, maxWords)
		e.MustSay(path+"say.en", r.Say.EN, maxWords)
		if r.Order.empty() {
			e.At(path+"order", fault.Text{ZH: "请写明适用于哪些医嘱（编码或名称）", EN: "say which orders it is about, by codes or words"})
		}
		if len(r.Alternatives) == 0 {
			e.At(path+"alternatives", fault.Text{ZH: "请至少写一种替代做法", EN: "say at least one thing that could be done instead"})
		}
		r.checkCause(e, path)
	}
	return e.OrNil()
}

func (r Rule) checkCause(e *fault.Error, path string) {
	switch r.Kind {
	case StockOut:
	case StopOf:
		if r.Stopped.empty() {
			e.At(path+"stopped", fault.Text{ZH: "请写明停止哪些医嘱时适用", EN: "say which orders, when stopped, this is about"})
		}
	case Allergy:
		if r.Allergy.empty() {
			e.At(path+"allergy", fault.Text{ZH: "请写明过敏原（编码或名称）", EN: "say which allergy, by codes or words"})
		}
	case Result:
		if r.Result == nil || r.Result.Code == "" || r.Result.Unit == "" || r.Result.Days < 1 || r.Result.Above == nil && r.Result.Below == nil {
			e.At(path+"result", fault.Text{ZH: "请写明结果编码、单位、天数以及上限或下限", EN: "say the code, the unit, the days, and above or below what"})
		}
	default:
		e.At(path+"kind", fault.Text{ZH: "种类应为 stock-out、stopped、allergy 或 result", EN: "the kind is stock-out, stopped, allergy or result"})
	}
}

//go:embed starter.json
var starter []byte

// Starter are the rules that come with the program: few, each with its origin, to begin
// with. They count once a house has loaded and approved them.
func Starter() ([]Rule, error) {
	var rules []Rule
	err := json.Unmarshal(starter, &rules)
	return rules, err
}
