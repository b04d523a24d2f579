package feed

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errMapping = fault.Define("feed.mapping", fault.Invalid,
		"映射有需要修改的内容，尚未保存。", "The mapping must be changed before it is kept.",
		"the fields name what is wrong and what would be right")
	errSource = fault.Define("feed.source", fault.Conflict,
		"数据来源“{source}”未登记、未启用，或其承诺不含这类数据。", "The source {source} is not registered, not live, or nothing of this shape was agreed with it.",
		"register the source with the shape, have its owner sign and somebody else approve, and begin it")
	errOther = fault.Define("feed.other", fault.Conflict,
		"接入任务“{feed}”属于另一来源或另一类数据，请另取代码。", "The feed {feed} is of another source or shape; choose another code.",
		"a feed keeps its source and its shape")
	errUnapproved = fault.Define("feed.unapproved", fault.Conflict,
		"接入任务“{feed}”的映射还没有经他人核准。", "Nobody has approved the mapping of {feed} yet.",
		"somebody unrelated to its writer approves it")
	errMoved = fault.Define("feed.moved", fault.Conflict,
		"映射已有新版本，请查看后再核准。", "There is a newer version of the mapping; look at it first.",
		"the approval names the version that was seen")
	errOnePerson = fault.Define("feed.one-person", fault.Refused,
		"映射须由与编写人无关联的另一人核准。", "A mapping is approved by somebody unrelated to its writer.",
		"neither the same person nor one who acts for him or keeps his account")
	errUnread = fault.Define("feed.unread", fault.Unavailable,
		"无法读取“{table}”，未作任何改动：{why}。", "The table {table} cannot be read; nothing was changed: {why}.",
		"the cause is in the log; the run says which columns are missing")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
