package debarment

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("debarment.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errOrder = fault.Define("debarment.out-of-order", fault.Conflict,
		"目前为“{state}”，不能办理这一步。", "It is {state}; this step cannot be done now.",
		"proposed, then held or declined; a change of what is held waits to be agreed to; one waits at a time")
	errMoved = fault.Define("debarment.moved", fault.Conflict,
		"这条记录刚被他人改动，请重新打开后再办理。", "Somebody else changed this meanwhile; open it again.", "rev is not that of the row")
	errOnePerson = fault.Define("debarment.one-person", fault.Conflict,
		"须由与提出人互不关联的另一人确认。", "Somebody unrelated to whoever proposed it must agree.",
		"leave it to somebody whom nothing binds to them")
	errTwice = fault.Define("debarment.already", fault.Conflict,
		"该证件号码已在禁入名单中或正在报批。", "The number of this document is in the register already, or waits to be agreed to.",
		"change the debarment that is there")
	errBarred = fault.Define("debarment.barred", fault.Conflict,
		"所填个人或机构在禁入名单中，不能办理。如有异议，请与医务科联系。", "The person or organisation that was named is barred, so this cannot be done. Turn to medical affairs if that is wrong.",
		"the register of debarments holds the number or the person; the attempt is on record as a hit")
	errNamesake = fault.Define("debarment.namesake", fault.Conflict,
		"所填名称与禁入名单中的相同，须由医务科、纪检或安全管理员核对是否为同一人（机构）后才能办理；已通知，确认不是的，请再次提交。",
		"The name that was given is in the register of those who are barred. Medical affairs, the discipline office or the security administrator say first whether it is the same; they were told. Submit again once they said that it is another.",
		"a name alone is not proof; the hit waits at /debarments to be judged")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
