package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/obs"
)

// Problem is an error as a client sees it: RFC 9457 with a stable code, the
// fields at fault, and a number under which the log holds the cause.
type Problem struct {
	Type   string         `json:"type" doc:"about:blank; code tells problems apart" example:"about:blank"`
	Title  string         `json:"title" doc:"the kind of problem, in the reader's language"`
	Status int            `json:"status"`
	Detail string         `json:"detail" doc:"one sentence for the person, in the reader's language"`
	Code   string         `json:"code" doc:"stable name of the problem" example:"record.sealed"`
	Trace  string         `json:"trace" doc:"number under which the log holds the cause"`
	Fields []ProblemField `json:"fields,omitempty"`
	Extra  any            `json:"extra,omitempty" doc:"structured detail, such as the conditions of a refusal"`
}

// ProblemField is one place of the input that must be changed.
type ProblemField struct {
	Path    string `json:"path" example:"body.sections[2].text"`
	Problem string `json:"problem" doc:"what is wrong and what would be right"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusOf = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Unauthenticated: http.StatusUnauthorized, fault.Refused: http.StatusForbidden,
	fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.TooLarge: http.StatusRequestEntityTooLarge,
	fault.TooMany: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable, fault.Internal: http.StatusInternalServerError,
}

var titles = map[fault.Kind]fault.Text{
	fault.Invalid:         {ZH: "内容需要修改", EN: "The input must be changed"},
	fault.Unauthenticated: {ZH: "需要登录", EN: "Sign-in needed"},
	fault.Refused:         {ZH: "未获许可", EN: "Not allowed"},
	fault.NotFound:        {ZH: "没有找到", EN: "Not found"},
	fault.Conflict:        {ZH: "内容已变化", EN: "The state has changed"},
	fault.TooLarge:        {ZH: "超过上限", EN: "Over the limit"},
	fault.TooMany:         {ZH: "请求过于频繁", EN: "Too many requests"},
	fault.Unavailable:     {ZH: "暂时不可用", EN: "Unavailable for now"},
	fault.Internal:        {ZH: "系统错误", EN: "System error"},
}

// AsProblem turns an error into the document for the reader, and logs the cause
// of what is not the reader's doing.
func AsProblem(ctx context.Context, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	lang, trace := Language(ctx), obs.Trace(ctx)
	e := fault.From(err)
	if e.Code.Name == "house.unforeseen" {
		e.Values = map[string]string{"trace": trace}
	}
	p := &Problem{
		Type: "about:blank", Title: titles[e.Code.Kind].In(lang), Status: statusOf[e.Code.Kind],
		Detail: e.Message(lang), Code: e.Code.Name, Trace: trace, Extra: e.Detail,
	}
	for _, f := range e.Fields {
		p.Fields = append(p.Fields, ProblemField{Path: f.Path, Problem: f.Problem.In(lang)})
	}
	logProblem(ctx, e, trace, err)
	return p
}

// logProblem keeps the cause under the trace number. What has no number was not
// asked by anybody, and what was cancelled is waited for by nobody.
func logProblem(ctx context.Context, e *fault.Error, trace string, err error) {
	if trace == "" {
		return
	}
	if errors.Is(ctx.Err(), context.Canceled) && errors.Is(err, context.Canceled) {
		slog.DebugContext(ctx, "cancelled by whoever asked", "cause", err)
		return
	}
	level := slog.LevelInfo
	hungUp := ctx.Err() != nil
	if !hungUp && (e.Code.Kind == fault.Internal || e.Code.Kind == fault.Unavailable) {
		level = slog.LevelError
	}
	slog.Log(ctx, level, "answered with a problem", "code", e.Code.Name, "cause", err)
}

var (
	errInput = fault.Define("web.input", fault.Invalid,
		"提交的内容有 {count} 处需要修改，已填写的内容未丢失。", "{count} places of the input must be changed; nothing you wrote is lost.",
		"the input does not fit the schema of the operation in openapi.json")
	errUnreadable = fault.Define("web.unreadable", fault.Invalid,
		"提交的内容无法读取：需要 UTF-8 编码的 JSON。", "The input could not be read: JSON in UTF-8 is needed.", "the request body is not JSON")
	errNothing = fault.Define("web.nothing-given", fault.Invalid,
		"没有收到提交的内容。", "No input was received.", "the operation needs a request body")
	errAddress = fault.Define("web.address", fault.Invalid,
		"地址中含有无法识别的字符。", "The address holds characters that are not text.", "the path or query is not UTF-8, or holds a zero byte")
	errTooLarge = fault.Define("web.too-large", fault.TooLarge,
		"提交的内容超过 {limit}。", "The input is larger than {limit}.", "the body passed the limit of the operation")
	errMedia = fault.Define("web.media-type", fault.Invalid,
		"不支持这种内容类型，请使用 application/json。", "This media type is not supported; use application/json.", "wrong Content-Type")
	// ErrNoRoute answers an address that is not there.
	ErrNoRoute = fault.Define("web.no-route", fault.NotFound,
		"没有这个地址。", "There is no such address.", "unknown path or method")
	errSlow = fault.Define("web.slow", fault.Unavailable,
		"提交超时，请检查网络后重试；草稿仍在。", "The input took too long to arrive; check the network and try again. Drafts are kept.", "body read timeout")
)

// speakOurLanguage makes huma report what it finds itself in problem documents
// of ours.
func speakOurLanguage() {
	huma.NewErrorWithContext = func(hc huma.Context, status int, msg string, errs ...error) huma.StatusError {
		ctx := context.Background()
		if hc != nil {
			ctx = hc.Context()
		}
		return AsProblem(ctx, faultOf(status, msg, errs))
	}
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return AsProblem(context.Background(), faultOf(status, msg, errs))
	}
}

func faultOf(status int, msg string, errs []error) *fault.Error {
	cause := causeOf(msg, errs)
	switch status {
	case http.StatusRequestEntityTooLarge:
		return errTooLarge.With("limit", limitIn(msg)).Because(cause)
	case http.StatusUnsupportedMediaType, http.StatusNotAcceptable:
		return errMedia.Because(cause)
	case http.StatusRequestTimeout:
		return errSlow.Because(cause)
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return ErrNoRoute.Because(cause)
	}
	if status >= http.StatusInternalServerError {
		return fault.From(cause)
	}
	if msg == "request body is required" {
		return errNothing.Because(cause)
	}
	if len(errs) == 0 || status == http.StatusBadRequest {
		return errUnreadable.Because(cause)
	}
	e := errInput.With("count", itoa(len(errs))).Because(cause)
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			detail := d.ErrorDetail()
			e = e.At(detail.Location, schemaProblem(detail.Message))
			continue
		}
		e = e.At("body", fault.Text{ZH: err.Error(), EN: err.Error()})
	}
	return e
}

// causeOf is what the log is told. huma's details carry the value that was given,
// which may be a name or a password: it is left out.
func causeOf(msg string, errs []error) error {
	all := []error{errors.New(msg)}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			detail := d.ErrorDetail()
			err = errors.New(detail.Location + ": " + detail.Message)
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}

// schemaProblem says in Chinese what the schema check says in English.
func schemaProblem(english string) fault.Text {
	for _, known := range schemaPhrases {
		if rest, ok := strings.CutPrefix(english, known.prefix); ok {
			return fault.Text{ZH: known.zh + strings.TrimSuffix(rest, known.suffix), EN: english}
		}
	}
	return fault.Text{ZH: "不符合要求：" + english, EN: english}
}

// schemaPhrases are what the schema check can say; of those that begin alike the
// longest comes first.
var schemaPhrases = []struct{ prefix, suffix, zh string }{
	{"expected required property ", " to be present", "缺少必填项："},
	{"unexpected property", "", "不认识的字段"},
	{"expected string to be RFC 3339 date-time", "", "应为日期和时间，如 2026-03-02T08:00:00Z"},
	{"expected string to be RFC 3339 date", "", "应为日期，如 2026-03-02"},
	{"expected string to be base64 encoded", "", "应为 base64 编码"},
	{"expected string to match pattern ", "", "格式应为 "},
	{"expected string to be ", "", "应为 "},
	{"expected string", "", "应为文本"},
	{"expected integer", "", "应为整数"},
	{"expected number >= ", "", "不得小于 "},
	{"expected number <= ", "", "不得大于 "},
	{"expected number > ", "", "应大于 "},
	{"expected number < ", "", "应小于 "},
	{"expected number", "", "应为数字"},
	{"expected boolean", "", "应为是或否"},
	{"expected array length <= ", "", "条目不得超过 "},
	{"expected array length >= ", "", "条目不得少于 "},
	{"expected array items to be unique", "", "条目不得重复"},
	{"expected array", "", "应为列表"},
	{"expected object", "", "应为对象"},
	{"expected length >= ", "", "长度不得少于 "},
	{"expected length <= ", "", "长度不得超过 "},
	{"expected value to be one of ", "", "应为下列之一："},
	{"required query parameter is missing", "", "缺少必填的查询条件"},
	{"required path parameter is missing", "", "地址中缺少编号"},
	{"invalid integer", "", "应为整数"},
	{"invalid float", "", "应为数字"},
	{"invalid boolean", "", "应为是或否"},
	{"invalid date/time", "", "应为日期和时间，如 2026-03-02T08:00:00Z"},
}
