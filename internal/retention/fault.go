package retention

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("retention.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errOrder = fault.Define("retention.out-of-order", fault.Conflict,
		"销毁清单目前为“{state}”，不能办理这一步。", "The destruction is {state}; this step cannot be done now.",
		"drawn, appraised, approved, destroyed; stopped at any point before the end")
	errOffice = fault.Define("retention.other-office", fault.Conflict,
		"这份销毁清单正待“{office}”审批。", "This destruction waits for {office}.",
		"medical affairs, then the security administrator, then the leadership")
	errOnePerson = fault.Define("retention.one-person", fault.Conflict,
		"须由与此前经办人互不关联的另一人办理。", "Somebody unrelated to those who did the steps before must do this.",
		"a destruction is drawn up, appraised, approved and witnessed by different, unrelated persons")
	errWitnesses = fault.Define("retention.witnesses", fault.Conflict,
		"须有 {count} 名监销人在两小时内确认在场后方可销毁。", "{count} witnesses must have said within two hours that they are present.",
		"POST /api/retention/destructions/{id}/witness by each of them")
	errMoved = fault.Define("retention.moved", fault.Conflict,
		"这份清单刚被他人改动，请重新打开后再办理。", "Somebody else changed this list meanwhile; open it again.",
		"rev is not that of the row")
	errNothing = fault.Define("retention.nothing-due", fault.Conflict,
		"目前没有保存期满、可以列入清单的病历。", "No record is past its term and free to be listed.",
		"records on hold, under seal or on another list are left out")
	errEmpty = fault.Define("retention.all-kept", fault.Conflict,
		"清单中的病历均须继续保存，没有可销毁的内容。", "Every record on the list is to be kept; there is nothing to destroy.",
		"stop the list; each item says why it is kept")
	errLifted = fault.Define("retention.hold-over", fault.Conflict,
		"这项保全已解除或到期。", "This hold has been lifted or is over.",
		"a hold ends by its date or is lifted once")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

func text(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }
