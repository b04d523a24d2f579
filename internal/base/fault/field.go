package fault

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// MustSay wants text of at most so many characters in a field.
func (e *Error) MustSay(path, text string, limit int) {
	if e.missing(path, text) {
		return
	}
	e.MaySay(path, text, limit)
}

// MaySay wants at most so many characters in a field, which may be empty. Lines and
// tabs are allowed.
func (e *Error) MaySay(path, text string, limit int) {
	e.readable(path, text, limit, "\n\t")
}

// MustName wants one line of at most so many characters in a field.
func (e *Error) MustName(path, text string, limit int) {
	if e.missing(path, text) {
		return
	}
	e.MayName(path, text, limit)
}

// MayName wants at most one line of so many characters in a field.
func (e *Error) MayName(path, text string, limit int) {
	e.readable(path, text, limit, "")
}

// OrNil is the error when a field was wrong, and otherwise none.
func (e *Error) OrNil() error {
	if len(e.Fields) == 0 {
		return nil
	}
	return e
}

func (e *Error) missing(path, text string) bool {
	empty := strings.TrimSpace(text) == ""
	if empty {
		e.At(path, Text{ZH: "必填", EN: "is required"})
	}
	return empty
}

func (e *Error) readable(path, text string, limit int, controls string) {
	if utf8.RuneCountInString(text) > limit {
		n := strconv.Itoa(limit)
		e.At(path, Text{ZH: "不得超过 " + n + " 个字", EN: "must not be longer than " + n + " characters"})
	}
	unseen := func(r rune) bool { return r < ' ' && !strings.ContainsRune(controls, r) || r == utf8.RuneError }
	if strings.ContainsFunc(text, unseen) {
		e.At(path, Text{ZH: "含有不可显示的字符", EN: "holds characters that cannot be shown"})
	}
}
