package order

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("order.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errEnded = fault.Define("order.conflict-ended", fault.Conflict,
		"该冲突已处理或已消失，请刷新后查看。", "This conflict was decided or is over; look again.",
		"state of order_conflict is not open")
	errOther = fault.Define("order.other-patient", fault.Conflict,
		"同一医嘱号此前属于另一名患者，未更改任何内容。", "This number of an order belonged to another patient before; nothing was changed.",
		"the source reuses numbers, or confuses patients; have its owner look")
	errNotWaiting = fault.Define("order.rules-not-waiting", fault.Conflict,
		"第 {number} 版规则不在待核准状态，请刷新后查看。", "Rules {number} do not wait for approval; look again.",
		"only the newest set that nobody has approved can be approved")
	errOnePerson = fault.Define("order.one-person", fault.Conflict,
		"须由与载入人互不关联的另一人核准。", "Somebody unrelated to whoever loaded the rules approves them.",
		"leave it to somebody whom nothing binds to the loader")
	errStreams = fault.Define("order.too-many-streams", fault.TooMany,
		"打开的页面过多，请关闭一些后重试。", "Too many pages are open; close some and try again.", "streams of one person, and of this process, are bounded")
	errUnreadable = fault.Define("order.unreadable", fault.Internal,
		"医嘱内容无法打开，请联系信息科。", "What an order says cannot be opened; call IT.",
		"the key of the patient is missing, or the row was altered; verify the ledger")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

func isAbsent(err error) bool { return errors.Is(err, act.ErrAbsent) }
