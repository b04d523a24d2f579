package handover

import "github.com/medward/medward/internal/base/fault"

var (
	errInput = fault.Define("handover.input", fault.Invalid,
		"有内容需要修改后再提交，已填写的内容未丢失。", "Some of the input must be changed; nothing you wrote is lost.",
		"the fields name what is wrong and what would be right")
	errOrder = fault.Define("handover.out-of-order", fault.Conflict,
		"移交目前为“{state}”，不能办理这一步。", "The handover is {state}; this step cannot be done now.",
		"asked, making, ready, released, matched or differs, signed, closed; a rehearsal ends after making")
	errOther = fault.Define("handover.under-way", fault.Conflict,
		"已有一项移交正在办理，须先关闭或终止。", "Another handover is under way; close or stop it first.",
		"one handover at a time: two receivers cannot both be the one that holds everything")
	errOnePerson = fault.Define("handover.one-person", fault.Conflict,
		"须由与经办人互不关联的另一人办理。", "Somebody unrelated to whoever did the step before must do this.",
		"two unrelated persons approve, and two sign and close")
	errNotLive = fault.Define("handover.not-live", fault.Refused,
		"接收机构“{name}”的密钥未经核对批准或已到期，不能移交。", "The keys of the receiver {name} are not approved or no longer in force.",
		"register the receiver as a partner of exchange with a recipient of documents, and have the fingerprint compared")
	errReceipt = fault.Define("handover.receipt", fault.Conflict,
		"不是接收机构对本次移交签署的回执，请对方重新核验后再导入。", "This is no receipt of the receiver for this handover; ask it to verify again.",
		"medward export verify FOLDER --receipt FILE, with the key whose card was registered")
	errMissing = fault.Define("handover.missing", fault.Conflict,
		"尚有 {count} 条记录未移交，不能关闭；请先生成并移交增量。", "{count} records have not been carried, so it cannot be closed; make and hand over a supplement first.",
		"C-048: the comparison names them")
	errStale = fault.Define("handover.compare-first", fault.Conflict,
		"请先比对：关闭前一小时内须有比对结果，且此后没有新写入。", "Compare first: a comparison of the last hour is needed to close, after which nothing was written.",
		"POST /api/handovers/{id}/compare")
	errComparing = fault.Define("handover.comparing", fault.Conflict,
		"本次移交正在比对，请等待完成或先取消。", "A comparison of this handover is under way; wait for it or cancel it.",
		"one comparison at a time; its progress is told with the handover")
	errNotComparing = fault.Define("handover.not-comparing", fault.Conflict,
		"没有正在进行的比对。", "No comparison is under way.",
		"it has ended or was cancelled")
	errReadOnly = fault.Define("handover.read-only", fault.Refused,
		"本院信息正在移交，移交内容暂为只读。病情紧急时请紧急调阅后书写，所写内容会补充移交。",
		"The records of this house are being handed over and cannot be written to for now. Where the patient cannot wait, break the glass and write; what you write is handed over in a supplement.",
		"a handover is under way: GET /api/handovers; it ends by being closed, stopped, or at its time")
	errUnreadable = fault.Define("handover.unreadable", fault.Internal,
		"移交资料无法读取，请联系信息科。", "What belongs to the handover cannot be read; tell the IT department.",
		"a part or an index is not what was written")
)
