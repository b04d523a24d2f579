package sysaccount

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

const maxWords = 1000

var (
	errMapping = fault.Define("sysaccount.mapping", fault.Invalid,
		"映射有需要修改的内容，尚未保存。", "The mapping must be changed before it is kept.",
		"the fields name what is wrong and what would be right")
	errInput = fault.Define("sysaccount.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errUnread = fault.Define("sysaccount.unread", fault.Invalid,
		"清单无法按映射读取，未作任何改动。", "The list cannot be read by its mapping; nothing was changed.",
		"CSV with a header, in UTF-8 or GB18030, with the columns that the mapping names")
	errSource = fault.Define("sysaccount.source", fault.Conflict,
		"数据来源“{source}”未登记或未启用。", "The source {source} is not registered or not live.",
		"register the source and begin it first")
	errUnmapped = fault.Define("sysaccount.unmapped", fault.Conflict,
		"来源“{source}”还没有账号清单映射。", "There is no mapping for the accounts of {source} yet.",
		"keep a mapping for the system first")
	errWrong = fault.Define("sysaccount.wrong-lines", fault.Invalid,
		"清单有 {count} 行无法读取，为避免把这些账号当作已关闭，整份清单未采用。",
		"{count} lines of the list cannot be read; so that their accounts are not taken for closed, none of it was taken.",
		"try the list first; it names the lines")
	errShrunk = fault.Define("sysaccount.shrunk", fault.Conflict,
		"清单只有 {now} 个可用账号，上一份有 {before} 个。请核对是否为完整清单；确认后可再次提交。",
		"The list has {now} accounts that are alive, the one before had {before}. Make sure that it is whole; you may then hand it in again and say so.",
		"a list that was cut off would show accounts as closed that are not")
	errOnlyThere = fault.Define("sysaccount.only-there", fault.Conflict,
		"离职、转岗人员的账号只能在该系统关闭，由下一份清单证实，不能在此确认。",
		"The account of somebody who has left or moved is closed in its system and shown by the next list; it cannot be confirmed here.",
		"close the account in its system and hand in a new list")
	errDisposed = fault.Define("sysaccount.disposed", fault.Conflict,
		"该事项已关闭。", "This is closed already.", "the newest list, or our own roles, show it no more")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
