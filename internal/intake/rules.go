package intake

// The rules of this room. Those of FHIR and HL7 v2 are told by their packages.
var (
	ruleUnknownKind = rule{"intake.unknown-kind",
		"不是 FHIR R4 JSON、HL7 v2 消息或 CDA 文档", "neither FHIR R4 in JSON nor HL7 v2 nor a CDA document",
		"请导出为 FHIR R4 JSON、HL7 v2 或 CDA（WS/T 500）后再导入。", "Export FHIR R4 JSON, HL7 v2 or CDA."}
	ruleTooLarge = rule{"intake.too-large",
		"文件超过 64 MiB 上限", "the file is over the limit of 64 MiB",
		"请按患者或时间段拆分。", "Split it by patient or by time."}
	ruleDefect = rule{"intake.defect",
		"程序在处理该内容时出错", "the program failed on this input",
		"原文已保留；请把导入编号告诉信息科。", "The bytes are kept; give the number of the import to the IT department."}

	ruleCollision = rule{"intake.collision",
		"与正在写入的内容冲突，未导入", "it collided with something that was written at the same time and was not taken",
		"请在隔离区重试。", "Retry it from the quarantine."}
	ruleFuture = rule{"intake.future-date",
		"日期在将来（超过 24 小时）", "the date lies more than 24 hours in the future",
		"请核对来源系统的时钟和录入。", "Check the clock of the sending system and what was typed."}
	ruleNoTime = rule{"intake.no-time",
		"没有时间，按导入时间保存", "no time is given; it is kept under the time of the import",
		"请来源系统补充时间。", "Have the sending system give the time."}
	ruleTime = rule{"intake.time",
		"时间无法识别", "the time cannot be read",
		"请来源系统按 HL7 的时间格式发送。", "Have the sending system write it as HL7 does."}
	ruleNameLength = rule{"intake.name-length",
		"姓名超过 100 个字", "the name has more than 100 characters",
		"请在来源系统更正姓名。", "Correct the name in the sending system."}
	ruleBirthDate = rule{"intake.birth-date",
		"出生日期无法识别，未登记", "the birth date cannot be read and was not entered",
		"请来源系统更正。", "Have the sending system correct it."}
	ruleNoName = rule{"intake.no-name",
		"没有姓名，以“姓名不详”代替", "no name is given; a stand-in is used",
		"核实身份后由来源系统补充。", "Have the sending system add it once it is known."}
	ruleNoPatient = rule{"intake.no-patient",
		"没有患者标识，无法确定属于谁", "nothing identifies the patient",
		"请来源系统发送患者标识。", "Have the sending system give an identifier of the patient."}
	rulePatientUnresolved = rule{"intake.patient-unresolved",
		"指向的患者不在本次内容中，已整体保留、暂不归入病历", "the patient it points to is not in the input; it is kept whole, outside any record",
		"请连同患者资源一起发送。", "Send it together with the patient."}
	ruleManyPatients = rule{"intake.many-patients",
		"一条消息用不同的标识两次提到同一名患者", "one message speaks twice of one patient, under different identifiers",
		"请来源系统分开发送。", "Have the sending system send them apart."}
	ruleTooManyPatients = rule{"intake.too-many-patients",
		"一个事务最多登记 150 名新患者", "a transaction registers at most 150 new patients",
		"请拆分为多个事务，或以 collection 发送。", "Split it into several transactions, or send a collection."}
	ruleDuplicate = rule{"intake.duplicate",
		"可能与已登记的患者重复，等待人工核对", "probably a patient who is registered already; it waits for a person",
		"请在导入核对清单中处理。", "Settle it in the import review."}
	ruleIdentity = rule{"intake.identity-change",
		"姓名、性别、出生日期或证件号与登记不符，未改动，等待人工核对", "name, sex, birth date or ID number differ from what is registered; nothing was changed, it waits for a person",
		"请在导入核对清单中处理。", "Settle it in the import review."}
	ruleMerge = rule{"intake.merge",
		"来源要求合并患者，等待人工核对", "the source asks for a merge of patients; it waits for a person",
		"请在导入核对清单中处理。", "Settle it in the import review."}
	ruleMergeUnknown = rule{"intake.merge-unknown",
		"要合并的患者在此没有登记", "the patient to be merged is not registered here",
		"无需处理；原文已保留。", "Nothing is to be done; the message is kept."}

	ruleNoStart = rule{"intake.encounter-no-start",
		"就诊没有开始时间、或尚未开始，已保留、未登记为就诊", "the encounter has not begun or says no beginning; it is kept but not entered",
		"请来源系统在就诊开始后发送。", "Have the sending system send it once it has begun."}
	ruleEncounterUnknown = rule{"intake.encounter-unknown",
		"指向的就诊在此没有登记", "the encounter it is about is not known here",
		"请先发送入院或就诊登记。", "Have the admission sent first."}
	ruleAttending = rule{"intake.attending-unknown",
		"所指人员在本院没有唯一对应，未建立诊疗关系", "who is named is not exactly one person of the staff; no care relation was made",
		"请核对工号或姓名，或由科室建立诊疗关系。", "Check staff number or name, or have the department give the relation."}
	rulePerformer = rule{"intake.performer-unknown",
		"申请的执行科室和人员在本院没有对应，申请已保存、未建立诊疗关系", "nobody here is meant by who is to do what was asked for; the request is kept and no care relation was made",
		"请维护科室代码和工号的对应。", "Keep the codes of departments and the staff numbers alike."}
	rulePlanned = rule{"intake.planned-far",
		"安排的时间在 90 天以后，申请已保存、未建立诊疗关系", "it is planned more than 90 days ahead; the request is kept and no care relation was made",
		"请来源系统在临近时重新发送。", "Have the sending system send it again when it comes near."}
	ruleOwnBenefit = rule{"intake.attending-is-sender",
		"发送者把自己登记为经治或执行人员，未建立诊疗关系", "the sender names himself; no care relation was made",
		"由另一位人员确认并建立诊疗关系。", "Have somebody else confirm and give the relation."}
	ruleDepartment = rule{"intake.department-unknown",
		"科室在本院没有对应", "the department is not one of the hospital's",
		"请维护科室代码或名称的对应。", "Keep the codes or names of departments alike."}
	ruleNotShown = rule{"intake.not-shown",
		"来源标明录入错误或已取消，只保留原文", "the source says that it is an error or cancelled; only the original is kept",
		"无需处理。", "Nothing is to be done."}
	ruleNoText = rule{"intake.document-without-text",
		"文书没有可显示的文字，只保留原文", "the document has no text to show; only the original is kept",
		"请来源系统同时发送文字版本。", "Have the sending system send the text too."}
	ruleTooMuchText = rule{"intake.document-too-long",
		"文书超过 100 个段落或 1 MiB，其余只保留原文", "the document has more than 100 sections or 1 MiB of text; of the rest only the original is kept",
		"需要时由病案室调阅原文。", "Have the records office open the original when it is needed."}
	ruleAttachment = rule{"intake.attachment",
		"附件不是文字，原文已随文书保存", "an attachment is not text; it is kept with its document",
		"可在该文书页面的“附件”中查看。", "Open it under “attachments” on the page of its document."}
	ruleAttachmentElsewhere = rule{"intake.attachment-elsewhere",
		"附件只是一个指向来源系统的地址，内容未随消息发送", "an attachment is only an address in the sending system; its content was not sent",
		"请来源系统随消息发送内容。", "Have the sending system send the content with the message."}
	ruleAttachmentBroken = rule{"intake.attachment-broken",
		"附件无法解码，只保留原文", "an attachment cannot be decoded; only the original is kept",
		"请来源系统按 Base64 或 Hex 重新发送。", "Have the sending system send it again as Base64 or Hex."}
	ruleManyAttachments = rule{"intake.attachments-too-many",
		"附件超过 20 个，其余只保留原文", "there are more than 20 attachments; of the rest only the original is kept",
		"请来源系统分开发送。", "Have the sending system send them apart."}
	ruleMethod = rule{"intake.method",
		"只接受新增和更新，不接受删除、补丁和查询", "only creating and updating are taken, not deleting, patching or searching",
		"更正请发送新的内容。", "Send the corrected content."}
	ruleCondition = rule{"intake.condition",
		"条件只支持 identifier=编码系统|值", "a condition can only be identifier=system|value",
		"请改用标识条件。", "Name an identifier."}
	ruleAmbiguous = rule{"intake.ambiguous",
		"符合条件的不止一个，未处理", "more than one meets the condition; nothing was done",
		"请用能唯一确定的标识。", "Name an identifier that only one bears."}
	ruleMasked = rule{"intake.masked",
		"内容含有遮盖的值或只是一部分，不能写回", "it holds values that were masked, or is only a part, and cannot be written back",
		"请由来源系统发送完整的内容。", "Have the sending system send all of it."}
	ruleTransaction = rule{"intake.transaction",
		"事务中有错误，整体未导入", "an entry of the transaction is at fault, so nothing of it was taken",
		"请更正列出的各项后重新发送。", "Correct what is listed and send it again."}

	ruleVersion = rule{"intake.standard-version",
		"消息的 HL7 版本不是该来源登记的标准版本", "the message is of another version of HL7 than the source is bound to",
		"请来源系统按登记的版本发送，或修改登记后重试。", "Have the sending system send the version that is registered, or change the register and retry."}
	ruleSender = rule{"intake.sender",
		"消息中的发送应用（MSH-3、MSH-4）不是该来源登记的", "the message names a sending application (MSH-3, MSH-4) that is not registered for the source",
		"请核对接口配置，或在来源登记中补充后重试。", "Check the interface, or add the sender to the register and retry."}
	ruleNotOfStandard = rule{"intake.standard",
		"文档不是该来源登记的标准（WS/T 500）规定的文档类型", "the document is not of a kind of the standard that the source is bound to (WS/T 500)",
		"请来源系统使用 C0001 至 C0053，或修改登记后重试。", "Have the sending system use C0001 to C0053, or change the register and retry."}
	ruleSeveralPatients = rule{"intake.several-patients",
		"文档不是关于一名患者的", "the document is not about one patient",
		"请来源系统为每名患者分别发送。", "Have the sending system send one for each patient."}
	ruleIdentifiersDisagree = rule{"intake.identifiers-disagree",
		"文档中的患者标识指向不同的患者", "the identifiers in the document stand for different patients",
		"请核对来源系统中的患者标识后重新发送。", "Correct the identifiers in the sending system and send it again."}
	ruleVisitOfAnother = rule{"intake.visit-of-another",
		"住院号或门诊号在此属于另一名患者，文档已按其他标识归入", "the number of the stay or visit is another patient's here; the document was filed by the other identifiers",
		"请核对是否为同一名患者。", "See whether the two are one patient."}
	ruleOlderVersion = rule{"intake.older-version",
		"已有更新的版本，只保留原文", "a newer version is here already; only the original is kept",
		"无需处理。", "Nothing is to be done."}
	ruleSameVersion = rule{"intake.same-version",
		"内容已改但版本号未变，已保存为新版本", "the content changed under the same version number; it is kept as a new version",
		"请来源系统更正时增加版本号。", "Have the sending system raise the version number when it corrects."}
	ruleOrderNumber = rule{"intake.order-number",
		"医嘱没有编号，只保留原文", "the order has no number; only the original is kept",
		"请来源系统发送医嘱号（ORC-2）。", "Have the sending system give the number of the order (ORC-2)."}
	ruleOrderNothing = rule{"intake.order-nothing",
		"医嘱没有药品名称，只保留原文", "the order names no drug; only the original is kept",
		"请来源系统在 RXE-2 或 RXO-1 中发送药品。", "Have the sending system name the drug in RXE-2 or RXO-1."}
	ruleUnsupportedType = rule{"intake.unsupported-type",
		"暂不支持这种消息类型，原文已保留", "this type of message is not taken yet; the bytes are kept",
		"支持 ADT、ORU、MDM、ORM、OMG、OML、OMI、OMP、RDE、RDS、RAS 和 SIU。", "ADT, ORU, MDM, ORM, OMG, OML, OMI, OMP, RDE, RDS, RAS and SIU are taken."}
	ruleTooLong = rule{"intake.message-too-long",
		"一条消息的内容超过一次提交的上限（约 460 项新结果，或 230 项更正）", "one message says more than fits one act (about 460 new results, or 230 corrected ones)",
		"请来源系统分为多条消息发送。", "Have the sending system send several messages."}
	ruleTrigger = rule{"intake.trigger-not-modelled",
		"该事件只取患者信息，其余保留原文", "of this event only the patient is taken; the rest is kept as sent",
		"无需处理。", "Nothing is to be done."}
	ruleCancelled = rule{"intake.admission-cancelled",
		"入院已取消，就诊以开始时间结束", "the admission was cancelled; the encounter ends when it began",
		"无需处理。", "Nothing is to be done."}
)
