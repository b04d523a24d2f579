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
		"批量导出须先办理数据使用申请并获批准，本接口不提供批量导出。", "Bulk export needs an approved data-use case; it is not offered here.",
		"bulk data leaves only by a case that was approved; single patients are read by Patient/{id}/$everything")
	errTooLarge = fault.Define("fhir.too-large", fault.TooLarge,
		"提交的内容超过 {limit}。", "What was handed in is larger than {limit}.",
		"hand it in in parts; a bundle that is larger is not read")
	errTooMany = fault.Define("fhir.too-many", fault.TooLarge,
		"符合条件的超过 {limit} 条，请缩小范围后再计数。", "More than {limit} match; narrow the search to count them.",
		"_summary=count counts what the reader may see, one by one")
)
