package accesslog

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errMapping = fault.Define("accesslog.mapping", fault.Invalid,
		"映射有需要修改的内容，尚未保存。", "The mapping must be changed before it is kept.",
		"the fields name what is wrong and what would be right")
	errInput = fault.Define("accesslog.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errSource = fault.Define("accesslog.source", fault.Conflict,
		"数据来源“{source}”未登记或未启用。", "The source {source} is not registered or not live.",
		"register the source and begin it first")
	errUnmapped = fault.Define("accesslog.unmapped", fault.Conflict,
		"来源“{source}”还没有日志映射。", "There is no mapping for the logs of {source} yet.",
		"keep a mapping for the source first")
	errOver = fault.Define("accesslog.not-receiving", fault.Conflict,
		"该次导入已不再接收。", "This run does not receive any more.", "begin another run; lines that came already are not taken twice")
	errPlace = fault.Define("accesslog.part-out-of-place", fault.Conflict,
		"应从第 {place} 段继续。", "Part {place} is due.", "parts are sent once, in order; after a break go on from the part that is due")
	errPart = fault.Define("accesslog.part", fault.Invalid,
		"该段为空，或末行不完整。", "The part is empty, or its last line has no end.", "cut the file behind a line end; only the last part may lack one")
	errTooMuch = fault.Define("accesslog.too-much", fault.TooLarge,
		"一次导入最多 {lines} 行。", "One run takes at most {lines} lines.", "begin another run for the rest")
	errAnswered = fault.Define("accesslog.answered", fault.Conflict,
		"已有答复。", "This was answered already.", "a question is answered once")
	errUnreadable = fault.Define("accesslog.unreadable", fault.Internal,
		"密封的日志内容无法打开，请联系信息科。", "The sealed lines do not open; call the IT department.",
		"tampered row or destroyed key; run medward ledger verify")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
