package output

import "github.com/medward/medward/internal/base/fault"

// Limits of text, in characters.
const (
	maxName  = 80
	maxWords = 500
	maxCase  = 60
)

var (
	errInput = fault.Define("output.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errChanged = fault.Define("output.changed", fault.Conflict,
		"该用途刚被他人修改，请刷新后再改。", "Somebody else changed this profile meanwhile; look at it again.", "the revision it was made from is no longer the newest")
	errPurpose = fault.Define("output.other-purpose", fault.Conflict,
		"该输出用途不适用于您当前的使用目的，或不允许这种输出。", "This profile is not for your purpose, or not for this way of leaving.",
		"choose another profile, or another purpose of the session")
	errQuota = fault.Define("output.quota", fault.TooMany,
		"已达到定额：今日 {day}/{dayMost} 人，本月 {month}/{monthMost} 人。", "The quota is reached: {day} of {dayMost} patients today, {month} of {monthMost} this month.",
		"medical affairs sets the quotas of a profile by role")
	errSuspended = fault.Define("output.suspended", fault.Conflict,
		"您有一项异常输出正在等待复核，期间不能再导出。", "One of your outputs is held for review; until then you export nothing more.",
		"the reviewer releases or confirms it; care and printing for care go on")
	errNoFont = fault.Define("output.no-font", fault.Unavailable,
		"服务器没有可用于 PDF 的中文字体，请改用网页打印，或请信息科安装字体。", "The server has no Chinese font for PDF; print from the browser, or ask IT to install one.",
		"install a TrueType font with Chinese, such as Debian's fonts-droid-fallback, or place one as font.ttf in the store's folder; collections (.ttc) cannot be read")
	errState = fault.Define("output.state", fault.Conflict,
		"当前状态为“{state}”，不能进行此操作。", "It is {state}; this cannot be done now.", "see the states of a held print and of an export")
	errOver = fault.Define("output.over", fault.Conflict,
		"已超过期限或次数，内容已销毁；如仍需要请重新申请。", "Its time or its number of downloads is over and the content is destroyed; ask anew if it is still needed.", "the profile says how long and how often")
	errUnpledged = fault.Define("output.unpledged", fault.Conflict,
		"文件含患者信息，请先签署本次交付的保密承诺，签署前不能下载。", "The file tells of patients; sign the commitment for this delivery first, until then it cannot be fetched.",
		"A-162: whoever asked signs for each delivery of personal data")
	errUnsigned = fault.Define("output.unsigned", fault.Conflict,
		"请阅读并签署本次交付的承诺：{why}", "Read and sign the commitment for this delivery: {why}", "A-162: the same request with signed set signs these words")
	errOtherSession = fault.Define("output.other-session", fault.Refused,
		"文件只能在申请它的会话中下载。", "The file can be fetched only in the session that asked for it.", "the session ended or is another; ask for the list again")
	errCode = fault.Define("output.wrong-code", fault.Refused,
		"释放码不正确、已用过或已过期，请向审批人核对。", "The release code is wrong, was used, or ran out; ask who approved.", "each code is used once")
	errRelated = fault.Define("output.related", fault.Conflict,
		"审批人与申请人或前一审批人不是两名无关联的人员。", "Whoever approves must be unrelated to who asked and to who approved before.",
		"delegation, creation of an account and a recent reset make two people count as one")
	errVoted = fault.Define("output.voted", fault.Conflict, "您已批准过，等待另一位审批人。", "You have approved already; another must.", "two different people approve")
	errBadge = fault.Define("output.badge", fault.Refused,
		"打印站或取件卡无法识别，或没有待取的打印。", "The printer station or the badge is not known, or nothing waits for it.", "registrations end; see the stations and badges")
	errRoute = fault.Define("output.route", fault.Refused,
		"该通道未登记、已到期或不得承载此类信息，已拒绝并计数。", "This route is not registered, has ended, or must not carry this; the refusal is counted.",
		"register a dedicated line or an approved tunnel; public networks carry nothing sensitive")
	errVerify      = fault.Define("output.verify-rate", fault.TooMany, "核对过于频繁，请稍后再试。", "Too many verifications; try again later.", "a bound for each address and for the whole process")
	errUnknownCode = fault.Define("output.unknown-code", fault.NotFound,
		"没有这个校验码的输出。请逐字核对；如仍没有，则不是本院出具。", "No copy bears this code. Compare it letter by letter; if it still is not found, this house did not issue it.", "the code is not of this store")
	errRepeated = fault.Define("output.reported", fault.Conflict, "该事件已上报过。", "This event was reported already.", "source and reference are the same")
)
