package template

import (
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

var (
	errInput = fault.Define("template.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errDefects = fault.Define("template.defects", fault.Conflict,
		"表单定义还有 {count} 处问题，改正后才能提交或发布。", "The form definition has {count} defects; correct them before it is submitted or released.",
		"the fields name each place; POST /api/templates/check says the same while it is written")
	errUnreleased = fault.Define("template.unreleased", fault.Conflict,
		"“{key}”已有第 {number} 版未发布，请先完成或接着写那一版。", "Version {number} of {key} is not released yet; finish that one first.",
		"one version of a form is written at a time")
	errOrder = fault.Define("template.out-of-order", fault.Conflict,
		"目前为“{state}”，不能办理这一步。", "It is {state}; this step cannot be done now.",
		"draft, submitted, released, retired; a submitted version is returned before it is changed")
	errMoved = fault.Define("template.moved", fault.Conflict,
		"这份定义刚被他人改动，请重新打开后再办理。", "Somebody else changed this definition meanwhile; open it again.",
		"rev is not that of the row")
	errOnePerson = fault.Define("template.one-person", fault.Conflict,
		"须由与所有编写人互不关联的另一人审核发布。", "Somebody unrelated to everybody who wrote it releases it.",
		"leave it to somebody whom nothing binds to them")
	errNone = fault.Define("template.none-released", fault.Conflict,
		"“{key}”目前没有可用的已发布版本。", "No released version of {key} is in use.",
		"release one, or wait until it comes into use")
	errAltered = fault.Define("template.altered", fault.Internal,
		"表单定义的内容与审核时不一致，已停止使用，请联系信息科。", "The content of a form definition is not what was approved; it is not used. Call IT.",
		"the SM3 of the stored content is not that of the keyed row; verify the ledger")
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
