package figures

import "github.com/medward/medward/internal/base/fault"

var errInput = fault.Define("figures.input", fault.Invalid,
	"有内容需要修改。", "Some of the input must be changed.",
	"the fields name what is wrong and what would be right")
