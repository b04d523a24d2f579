package accesslog

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Event is one line of a foreign log in words of ours. It names people and patients as
// the foreign system does.
type Event struct {
	At       time.Time `json:"at"`
	Account  string    `json:"account,omitempty"`
	Staff    string    `json:"staff,omitempty" doc:"staff number"`
	Patient  string    `json:"patient,omitempty" doc:"record number, or ID number"`
	Document string    `json:"document,omitempty" doc:"number of a document or study"`
	Action   string    `json:"action"`
	Terminal string    `json:"terminal,omitempty"`
	IP       string    `json:"ip,omitempty"`
	ID       string    `json:"event,omitempty" doc:"id of the event in its log"`
	Failed   bool      `json:"failed" doc:"the system says that it was not done"`
	// Relayed is when whoever passed the line on says that it came, or zero.
	Relayed time.Time `json:"-"`
}

// Actions that a line can tell of.
const (
	View    = "view"
	Print   = "print"
	Export  = "export"
	Search  = "search"
	SignIn  = "sign-in"
	SignOut = "sign-out"
	Other   = "other" // anything else that the mapping lets pass, such as writing
)

var actions = []string{View, Print, Export, Search, SignIn, SignOut, Other}

// names a patient by its nature.
func needsPatient(action string) bool { return slices.Contains([]string{View, Print, Export}, action) }

// Rule is why a line could not be taken.
type Rule struct {
	Code   string     `json:"code" example:"log.time"`
	Say    fault.Text `json:"say"`
	Remedy fault.Text `json:"remedy"`
}

// The rules that a line can break.
var (
	ruleLong     = rule("log.too-long", "行过长", "the line is too long", "请在来源系统缩短，或检查文件是否缺少换行", "shorten it in its system, or look for missing line ends")
	ruleText     = rule("log.encoding", "不是 UTF-8，也不是 GB18030 文本", "neither UTF-8 nor GB18030", "请在映射中指定编码", "name the encoding in the mapping")
	ruleShape    = rule("log.shape", "不是映射所说的格式", "not of the form that the mapping names", "请检查格式、分隔符或引号", "look at the form, the delimiter and the quotes")
	ruleFields   = rule("log.fields", "字段过多", "too many fields", "请检查分隔符", "look at the delimiter")
	ruleTime     = rule("log.time", "没有时间，或时间不符合格式", "no time, or not of the pattern", "请检查映射中的时间列和格式", "look at the column and the pattern of the time")
	ruleAction   = rule("log.action", "动作不在映射中", "an action that the mapping does not know", "请在映射的动作表中补充", "add it to the actions of the mapping")
	ruleNobody   = rule("log.nobody", "没有账号，也没有工号", "neither an account nor a staff number", "请检查映射中的账号列", "look at the column of the account")
	ruleReused   = rule("log.id-reused", "事件号已用于内容不同的另一行", "the id of the event was used by a line that says otherwise", "请核对来源日志是否被改动", "find out whether the log was altered")
	ruleForeign  = rule("log.xml", "XML 含有声明、实体，或嵌套过深", "the XML holds a declaration or entities, or nests too deep", "请在来源系统更正", "correct it in its system")
	ruleLongWord = rule("log.value", "某个字段过长或含有不可显示的字符", "a field is too long, or holds what cannot be shown", "请检查映射和来源", "look at the mapping and at the system")
)

func rule(code, zh, en, remedyZH, remedyEN string) Rule {
	return Rule{Code: code, Say: fault.Text{ZH: zh, EN: en}, Remedy: fault.Text{ZH: remedyZH, EN: remedyEN}}
}

var rules = []Rule{ruleLong, ruleText, ruleShape, ruleFields, ruleTime, ruleAction, ruleNobody, ruleReused, ruleForeign, ruleLongWord}

// RuleOf returns the rule of a code.
func RuleOf(code string) Rule {
	for _, r := range rules {
		if r.Code == code {
			return r
		}
	}
	return Rule{Code: code, Say: fault.Text{ZH: code, EN: code}}
}

// broken is why a line was not taken, as an error: a rule and the field it is about.
type broken struct {
	rule  Rule
	field string
}

func (b *broken) Error() string { return "accesslog: " + b.rule.Code + " " + b.field }

func (r Rule) in(field string) *broken { return &broken{r, field} }
