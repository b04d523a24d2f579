package decide

import "github.com/medward/medward/internal/base/fault"

var errInput = fault.Define("decide.input", fault.Invalid,
	"请求内容有误，请按字段说明修改。", "Something in the request must be changed; see its fields.",
	"the fields name what is wrong and what would be right; docs/run/decide.md describes the request")
