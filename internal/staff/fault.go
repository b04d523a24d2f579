package staff

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
)

// Limits of text, in characters.
const (
	maxCode = 40
	maxName = 80
)

var (
	errInput = fault.Define("staff.input", fault.Invalid,
		"有内容需要修改后再提交。", "Some of the input must be changed.",
		"the fields name what is wrong and what would be right")
	errCodeTaken = fault.Define("staff.code-taken", fault.Conflict,
		"科室代码 {code} 已被使用，请核对或换一个。", "The department code {code} is in use already; check it or choose another.",
		"the code of a department is unique in an organisation")
	errNumberTaken = fault.Define("staff.number-taken", fault.Conflict,
		"工号 {number} 已属于另一人，请核对。", "The staff number {number} belongs to somebody already; check it.",
		"the number of a person is unique in an organisation")
	// ErrNoPerson says that a person id names nobody in the organisation.
	ErrNoPerson = fault.Define("staff.no-person", fault.NotFound,
		"没有找到此人，请从人员列表中选择。", "There is no such person; choose one from the list of staff.",
		"the person id is of no row in this organisation")
	errNoDepartment = fault.Define("staff.no-department", fault.Invalid,
		"没有找到此科室，请从科室列表中选择。", "There is no such department; choose one from the list.",
		"the department id is of no row in this organisation")
	errNoAppointment = fault.Define("staff.no-appointment", fault.NotFound,
		"没有找到此任命。", "There is no such appointment.", "the appointment id is of no row in this organisation")
	errOver = fault.Define("staff.appointment-over", fault.Conflict,
		"此任命已经结束。", "This appointment has ended already.", "ending twice changes nothing")
	errOwn = fault.Define("staff.own-appointment", fault.Refused,
		"不能任命自己或结束自己的任命，请由另一位安全管理员办理。",
		"Nobody appoints himself or ends his own appointment; ask another security administrator.",
		"separation of duties: the person appointed and the person appointing must differ")
)

func mustSay(e *fault.Error, path, text string, limit int) {
	if strings.TrimSpace(text) == "" {
		e.At(path, fault.Text{ZH: "必填", EN: "is required"})
		return
	}
	maySay(e, path, text, limit)
}

func maySay(e *fault.Error, path, text string, limit int) {
	if utf8.RuneCountInString(text) > limit {
		n := strconv.Itoa(limit)
		e.At(path, fault.Text{ZH: "不得超过 " + n + " 个字", EN: "must not be longer than " + n + " characters"})
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == utf8.RuneError }) {
		e.At(path, fault.Text{ZH: "含有不可显示的字符", EN: "holds characters that cannot be shown"})
	}
}

func orNil(e *fault.Error) error {
	if len(e.Fields) == 0 {
		return nil
	}
	return e
}
