package intake

import (
	"strconv"

	"github.com/medward/medward/internal/base/fault"
)

// MaxFile is the largest input that is taken, in bytes.
const MaxFile = 64 << 20

var (
	errTooLarge = fault.Define("intake.too-large", fault.TooLarge,
		"文件超过 {limit} 上限，未导入；请按患者或时间段拆分后再导入。",
		"The file is over the limit of {limit} and was not taken; split it by patient or by time.",
		"the limit holds for one file; a folder of files may be of any size")
	errNoInput = fault.Define("intake.no-input", fault.Invalid,
		"没有可导入的文件：{path}", "There is nothing to import at {path}.",
		"name files or folders that exist and can be read")
	errSourceEnded = fault.Define("intake.source-ended", fault.Refused,
		"数据来源“{source}”未启用、已停用或已到期。", "The source {source} is not live: not begun, suspended, or past its end.",
		"a source is registered until a day; renew it before importing")
	errOtherSource = fault.Define("intake.other-source", fault.Refused,
		"接口凭据不属于数据来源“{source}”。", "The key is not one of the source {source}.",
		"a machine hands in under its own code; leave the parameter out")
	errBusy = fault.Define("intake.busy", fault.Conflict,
		"同一文件正在由另一次导入处理，请稍后再试；已导入的部分不会重复。",
		"Another import is working on the same input; try again later. What was taken is not taken twice.",
		"two imports of the same bytes from one source at the same time")
	errUnsettled = fault.Define("intake.unsettled", fault.Unavailable,
		"该消息尚未处理，请重发。", "The message was not settled; send it again.",
		"it was neither taken nor set aside")
	errSettled = fault.Define("intake.settled", fault.Conflict,
		"该条目已由他人处理。", "Somebody has settled this already.",
		"an item is retried or decided once")
	errDecision = fault.Define("intake.decision", fault.Invalid,
		"该核对项不能这样处理。", "This review cannot be settled so.",
		"identity: accept or keep; duplicate and merge: same or different")
	errStale = fault.Define("intake.stale", fault.Conflict,
		"内容已有更新的版本，未写入；请重新读取后再提交。", "There is a newer version; nothing was written. Read it again and submit anew.",
		"If-Match names the version that the sender has seen, which must be the newest")
	errCondition = fault.Define("intake.condition", fault.Invalid,
		"条件只支持 identifier=编码系统|值。", "A condition can only be identifier=system|value.", "by anything else a source could ask about what it may not read")
	errManyMeant = fault.Define("intake.ambiguous", fault.Conflict,
		"符合条件的不止一个，未写入。", "More than one meets the condition; nothing was written.", "name an identifier that only one bears, or the id")
	errUnreadable = fault.Define("intake.unreadable", fault.Internal,
		"密封的导入内容无法打开，请联系信息科。", "The sealed input does not open; call the IT department.",
		"tampered row or destroyed key; run medward ledger verify")
)

func tooLarge() *fault.Error { return errTooLarge.With("limit", strconv.Itoa(MaxFile>>20)+" MiB") }
