package staff

import (
	"github.com/medward/medward/internal/base/fault"
)

// Limits of text, in characters.
const (
	maxCode = 40
	maxName = 80
)

var (
	errInput = fault.Define("staff.input", fault.Invalid,
		"有内容需要修改后再提交。", "Some of the input must be changed.",
		"the fields name what is wrong and what would be right")
	errCodeTaken = fault.Define("staff.code-taken", fault.Conflict,
		"科室代码 {code} 已被使用，请核对或换一个。", "The department code {code} is in use already; check it or choose another.",
		"the code of a department is unique in an organisation")
	errNumberTaken = fault.Define("staff.number-taken", fault.Conflict,
		"工号 {number} 已属于另一人，请核对。", "The staff number {number} belongs to somebody already; check it.",
		"the number of a person is unique in an organisation")
	// ErrNoPerson says that a person id names nobody in the organisation.
	ErrNoPerson = fault.Define("staff.no-person", fault.NotFound,
		"没有找到此人，请从人员列表中选择。", "There is no such person; choose one from the list of staff.",
		"the person id is of no row in this organisation")
	errNoDepartment = fault.Define("staff.no-department", fault.Invalid,
		"没有找到此科室，请从科室列表中选择。", "There is no such department; choose one from the list.",
		"the department id is of no row in this organisation")
	errNoAppointment = fault.Define("staff.no-appointment", fault.NotFound,
		"没有找到此任命。", "There is no such appointment.", "the appointment id is of no row in this organisation")
	errOver = fault.Define("staff.appointment-over", fault.Conflict,
		"此任命已经结束。", "This appointment has ended already.", "ending twice changes nothing")
	errOwn = fault.Define("staff.own-appointment", fault.Refused,
		"不能任命自己或结束自己的任命，请由另一位安全管理员办理。",
		"Nobody appoints himself or ends his own appointment; ask another security administrator.",
		"separation of duties: the person appointed and the person appointing must differ")
	errConflict = fault.Define("staff.conflicting-roles", fault.Conflict,
		"该岗位与此人同一时间的另一岗位不能由一人兼任，临时和代理也不行。",
		"One person must not hold this role and another of his at the same time, not even for a while or as a deputy.",
		"independence of system, network, security administration, audit and database; end the other appointment first")
	errNeedsStay = fault.Define("staff.needs-stay", fault.Conflict,
		"非本院职工只能随带截止日期和负责人的在院阶段取得岗位，请先办理人员变动。",
		"Whoever is not an employee is appointed only with a stay that has an end and a sponsor; begin a stay instead.",
		"the category of the person is not employee")
	errBeyondStay = fault.Define("staff.beyond-stay", fault.Conflict,
		"该岗位超出此人培训进修的科室或时限，不能任命。",
		"The post lies outside of the department or the time of this person's stay.",
		"short-term people get nothing beyond their programme (D-058, D-059)")
	errNoStay = fault.Define("staff.no-stay", fault.NotFound,
		"没有找到此人员变动记录。", "There is no such stay.", "the stay id is of no row in this organisation")
	errStayOver = fault.Define("staff.stay-over", fault.Conflict,
		"此阶段已经结束。", "This stay has ended already.", "ending or moving it again changes nothing")
	errAwayTwice = fault.Define("staff.away-twice", fault.Conflict,
		"此人在这段时间已有外出或休假安排，请先结束或调整。",
		"This person is away already in that time; end or move that stay first.", "two stays away must not overlap")
	errNoProgramme = fault.Define("staff.no-programme", fault.Conflict,
		"轮转须在此人的规范化培训期内，请核对日期。",
		"A rotation lies within a standardised training of the same person; check the dates.", "no training stay covers the beginning of the rotation")
	errRosterUnread = fault.Define("staff.roster-unreadable", fault.Invalid,
		"无法读取此文件，请用 XLSX，或 UTF-8、GB18030 编码的 CSV。", "The file cannot be read; use XLSX, or CSV in UTF-8 or GB18030.",
		"not a workbook and not a table of commas; the cause says where it breaks")
	errRosterLarge = fault.Define("staff.roster-large", fault.TooLarge,
		"文件过大，一次最多 8 MB、10000 行，请分批导入。", "The file is too large: at most 8 MB and 10,000 rows at once; split it.", "over staff.MaxRosterFile")
	errRosterFaults = fault.Define("staff.roster-faults", fault.Invalid,
		"花名册有 {count} 处需要修改，未作任何改动；请先预览。", "{count} cells of the roster must be changed; nothing was done. Preview it first.", "the preview names row and column")
	errRosterMoved = fault.Define("staff.roster-moved", fault.Conflict,
		"预览之后人员或文件有变化，请重新预览后再确认。", "The file or the people have changed since the preview; preview it again.", "the digest of the plan is no longer that of the preview")
	errEnded = fault.Define("staff.ended", fault.Conflict,
		"已经结束，无需再办。", "It has ended already.", "ending twice changes nothing")
	errNoLine = fault.Define("staff.no-line", fault.NotFound,
		"没有找到此交接项。", "There is no such line.", "the line id is of no row in this organisation")
	errLineSigned = fault.Define("staff.line-signed", fault.Conflict,
		"此项已签字确认。", "This line is signed already.", "a line is signed once")
	errNoQualification = fault.Define("staff.no-qualification", fault.NotFound,
		"没有找到此资质。", "There is no such qualification.", "the qualification id is of no row in this organisation")
	errNoUndertaking = fault.Define("staff.no-undertaking", fault.NotFound,
		"没有找到此承诺书，或已撤下。", "There is no such undertaking, or it was withdrawn.", "the undertaking id is of no row in force in this organisation")
	errNotAsked = fault.Define("staff.not-asked", fault.Conflict,
		"您不需要签署此承诺书。", "You are not asked to sign this undertaking.", "its roles and categories do not hold the person")
	errNoVendor = fault.Define("staff.no-vendor", fault.NotFound,
		"没有找到此服务公司，请先登记。", "There is no such vendor; register it first.", "the vendor id is of no row in this organisation")
	errVendorTaken = fault.Define("staff.vendor-taken", fault.Conflict,
		"服务公司代码 {code} 已被使用。", "The vendor code {code} is in use already.", "the code of a vendor is unique in an organisation")
	errNoAgreement = fault.Define("staff.no-agreement", fault.Conflict,
		"该公司没有覆盖这段时间的有效保密协议，不能为其人员开通或延期。",
		"The vendor has no agreement that covers this time; its people cannot be let in or kept on.",
		"file the agreement first (D-060, A-145)")
	// ErrNotImplementing says that the department which carries a permission out is another.
	ErrNotImplementing = fault.Define("staff.not-implementing-department", fault.Refused,
		"该权限由登记的实施部门办理，您不在该部门任职。", "This permission is carried out by another department than yours.",
		"the implementing department that is recorded for the permission (A-168)")
	errNeedsRequest = fault.Define("staff.needs-request", fault.Conflict,
		"该岗位须先提出岗位申请，经科室负责人和授权部门批准后实施。", "This role is asked for first, and approved by the head of the department and the authorising department.",
		"the authority over the role does not allow appointing directly (D-045)")
	errAuthorityWaits = fault.Define("staff.authority-waits", fault.Conflict,
		"{permission} 已有待确认的变更，请先确认或退回。", "A change of {permission} waits to be agreed to; settle that first.", "one proposal for a permission at a time")
	errNoProposal = fault.Define("staff.no-proposal", fault.NotFound,
		"没有找到此项变更。", "There is no such proposal.", "the id is of no row in this organisation")
	errProposalSettled = fault.Define("staff.proposal-settled", fault.Conflict,
		"此项变更已有结果，请刷新。", "This proposal was settled already; refresh the list.", "a settled proposal never changes")
	errAgreesOneself = fault.Define("staff.agrees-oneself", fault.Refused,
		"须由与提出人无关的另一人确认。", "Somebody unrelated to whoever proposed it must agree.", "changed by two persons (A-168)")
	errGone = fault.Define("staff.departed", fault.Conflict,
		"此人已离职，不能任命；如重新入职，请办理人员变动。",
		"This person has left; to take him on again begin a stay.", "a departure counts at that moment")
)
