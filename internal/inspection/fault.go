package inspection

import "github.com/medward/medward/internal/base/fault"

var (
	errInput = fault.Define("inspection.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errNothing = fault.Define("inspection.nothing-to-draw", fault.Conflict,
		"此范围内没有可抽取的对象，请放宽天数或换一类。", "There is nothing to draw from; take more days or another kind.",
		"the frame is empty at this moment")
	errTooMany = fault.Define("inspection.too-many", fault.Conflict,
		"此范围超过 10 万个，请按最近的天数缩小范围。", "There are more than 100,000; draw from those of the last days.",
		"a frame is kept whole, and so bounded")
	errDrawn = fault.Define("inspection.drawn-already", fault.Conflict,
		"这次抽查已抽取，号码只能报一次；请另起一次抽查。", "This draw is made; a number is taken once. Begin another draw.",
		"a draw never changes once its number was said")
	errFrame = fault.Define("inspection.frame-changed", fault.Conflict,
		"留存的名单与定下时不一致，不能抽取，请报告信息科并另起一次抽查。", "The kept list is not the one that was laid down; nothing is drawn. Report it and begin another draw.",
		"the row of inspection_frame was changed behind the house; medward ledger verify names it")
	errNotDrawn = fault.Define("inspection.not-drawn", fault.Conflict,
		"尚未报号抽取，请先输入检查人员报出的号码。", "Nothing is drawn yet; give the number that the inspector says.",
		"the frame is laid down and waits for the number")
)
