package decide

import "github.com/medward/medward/internal/base/fault"

var (
	errInput = fault.Define("decide.input", fault.Invalid,
		"请求内容有误，请按字段说明修改。", "Something in the request must be changed; see its fields.",
		"the fields name what is wrong and what would be right; docs/run/decide.md describes the request")
	errClock = fault.Define("decide.clock", fault.Invalid,
		"该系统的时钟与本系统相差 {seconds} 秒，超过 120 秒，请校时后重新补报。", "The clock of the caller is {seconds} seconds away from ours, and 120 are the most; set it and hand in once more.",
		"sent is compared with the time of the house; the times of uses mean nothing while that differs")
	errSettled = fault.Define("decide.settled", fault.Conflict,
		"该项操作已处理。", "This was settled already.",
		"the use is not waiting; the list shows who settled it")
	errLaunchNobody = fault.Define("decide.launch-nobody", fault.NotFound,
		"在岗人员中没有此人，或其账号已停用。", "Nobody at work here is known by this number or account, or the account is stopped.",
		"the staff number is not of anybody at work, the account of the source is nobody's, or the account here is stopped")
	errLaunch = fault.Define("decide.launch", fault.NotFound,
		"此链接无效，请回到原系统重新打开。", "This link is not valid; open it once more in the system where you were.",
		"the link was altered or cut, or its source is no longer live")
	errLaunchSpent = fault.Define("decide.launch-spent", fault.Conflict,
		"此链接已使用过，只能使用一次，请回到原系统重新打开。", "This link was used already and is good once; open it once more in the system where you were.",
		"a link is followed once; a second time is on the account")
	errLaunchLate = fault.Define("decide.launch-late", fault.Conflict,
		"此链接已过期，请回到原系统重新打开。", "This link is too old; open it once more in the system where you were.",
		"a link is followed within a minute, and its person is signed in within five more")
	errKnocks = fault.Define("decide.knocks", fault.TooMany,
		"打开链接过于频繁，请一分钟后再试。", "Links are being followed too often; try again in a minute.",
		"one address, or all together, has followed too many links within a minute")
)
