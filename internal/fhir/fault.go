package fhir

import "github.com/medward/medward/internal/base/fault"

var (
	errParameter = fault.Define("fhir.parameter", fault.Invalid,
		"请求有误，请按说明修改。", "Something in the request must be changed; see what is named.",
		"GET /fhir/metadata lists what each resource can be searched by; Prefer: handling=lenient passes over what is not known")
	errFormat = fault.Define("fhir.format", fault.Invalid,
		"不支持所要求的格式，请使用 application/fhir+json 或 application/fhir+xml。", "The format asked for is not supported; use application/fhir+json or application/fhir+xml.",
		"the Accept header or _format names no format that this server writes")
	errMethod = fault.Define("fhir.method", fault.Invalid,
		"这个地址不支持该操作，支持的操作见 /fhir/metadata。", "This address does not support that interaction; see /fhir/metadata for those that are.",
		"an interaction that the CapabilityStatement does not name")
	errKind = fault.Define("fhir.kind", fault.NotFound,
		"没有这种资源或这个地址，支持的资源见 /fhir/metadata。", "There is no such resource or address; see /fhir/metadata for those there are.",
		"an unknown resource type or operation under /fhir")
	errExport = fault.Define("fhir.export", fault.Refused,
		"批量导出须说明案由编号（case）和用途类别（profile），由本人在有权的用途下提出，并按定额和双人审批办理。", "Bulk export needs the number of a case and a profile (case, profile), asked for by a person for a purpose that allows it, within a quota and what two people approve.",
		"name case and profile as in the outputs of the interface; programs by themselves and tokens of programs export nothing; single patients are read by Patient/{id}/$everything")
	errExportOver = fault.Define("fhir.export-over", fault.Conflict,
		"该导出已结束：{state}。", "The export is over: {state}.", "what stopped it stands in the outputs of the interface, under why; ask anew")
	errTooLarge = fault.Define("fhir.too-large", fault.TooLarge,
		"提交的内容超过 {limit}。", "What was handed in is larger than {limit}.",
		"hand it in in parts; a bundle that is larger is not read")
	errMoreLead = fault.Define("fhir.more", fault.Invalid,
		"附带的 {kind} 不止这些，请另行查询。", "There are more of {kind} than are included; search for them.",
		"at most 50 are included with each match")
	errUnseen = fault.Define("fhir.if-match", fault.Invalid,
		"请在 If-Match 中写明所依据的版本，如 W/\"1\"。", "Name in If-Match the version that you have seen, such as W/\"1\".",
		"an update without it could undo what somebody else has written; the version is the ETag of the last answer")
	errTooMany = fault.Define("fhir.too-many", fault.TooLarge,
		"符合条件的超过 {limit} 条，请缩小范围后再计数。", "More than {limit} match; narrow the search to count them.",
		"_summary=count counts what the reader may see, one by one")
)
