package fhir

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// query is a search whose parameters were understood.
type query struct {
	given     url.Values // as it was asked, without a cursor
	asked     map[string]string
	filters   []filter
	ids       []string
	cursor    string
	limit     int
	countOnly bool
	counts    string // _total: none, estimate or accurate
	elements  []string
	sort      []sorting
	includes  []linked // to what matches lead
	reverse   []linked // what leads to matches
	unknown   []string // what was passed over
}

// filter is a parameter with the values of which one must hold.
type filter struct {
	parameter
	values []string
}

// Parameters that every search takes.
const (
	byID          = "_id"
	lastUpdated   = "_lastUpdated"
	countOf       = "_count"
	summary       = "_summary"
	elementsOf    = "_elements"
	include       = "_include"
	cursorOf      = "_cursor"
	inFormat      = "_format"
	prettily      = "_pretty"
	totally       = "_total"
	sortBy        = "_sort"
	reverse       = "_revinclude"
	onlyCount     = "count"
	accurate      = "accurate"
	longestValue  = 400
	mostIDs       = 50
	longestID     = 64
	mostParameter = 40
)

// parse reads the parameters of a search for a kind. What it does not know is an error,
// unless the caller wants it passed over.
func (k *kind) parse(r *http.Request) (*query, error) {
	given, err := parametersIn(r)
	if err != nil {
		return nil, err
	}
	q := &query{given: given, asked: map[string]string{}, limit: web.Bounded(0)}
	lenient := strings.Contains(r.Header.Get("Prefer"), "handling=lenient")
	e := errParameter.With()
	for _, name := range sorted(given) {
		values := given[name]
		known, problem := k.take(q, name, values)
		switch {
		case problem != nil:
			e.At(name, *problem)
		case !known && lenient:
			q.unknown = append(q.unknown, name)
		case !known:
			e.At(name, text("不支持这个参数；可用的见 /fhir/metadata", "this parameter is not known; see /fhir/metadata for those that are"))
		}
	}
	for _, name := range q.unknown {
		delete(q.given, name)
	}
	delete(q.given, cursorOf)
	if len(k.needs) > 0 && len(q.ids) == 0 && !slices.ContainsFunc(k.needs, func(name string) bool { return q.asked[name] != "" }) {
		e.At(k.needs[0], text("请指明 "+strings.Join(k.needs, " 或 "), "name "+strings.Join(k.needs, " or ")))
	}
	return q, e.OrNil()
}

func parametersIn(r *http.Request) (url.Values, error) {
	given := r.URL.Query()
	if r.Method == http.MethodPost {
		if err := r.ParseForm(); err != nil {
			return nil, wrong("body", text("应为 application/x-www-form-urlencoded", "the body is application/x-www-form-urlencoded"))
		}
		given = r.Form
	}
	if len(given) > mostParameter {
		return nil, wrong("query", text("参数过多", "too many parameters"))
	}
	return given, nil
}

func sorted(given url.Values) []string {
	names := make([]string, 0, len(given))
	for name := range given {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// take reads one parameter and reports whether it is known.
func (k *kind) take(q *query, name string, values []string) (known bool, problem *fault.Text) {
	value := values[0]
	if name != byID && slices.ContainsFunc(values, func(v string) bool { return len(v) > longestValue }) {
		return true, &fault.Text{ZH: "不得超过 400 个字节", EN: "at most 400 bytes"}
	}
	switch name {
	case inFormat, prettily:
		return true, nil
	case totally:
		if q.counts = value; !slices.Contains([]string{"none", "estimate", accurate}, value) {
			return true, &fault.Text{ZH: "支持 none、estimate 与 accurate", EN: "none, estimate and accurate are supported"}
		}
		return true, nil
	case byID:
		return k.read != nil, q.takeIDs(value)
	case cursorOf:
		q.cursor = value
		return true, nil
	case countOf:
		return true, q.takeCount(value)
	case summary:
		return true, k.takeSummary(q, value)
	case elementsOf:
		q.elements = strings.Split(value, ",")
		return true, nil
	case include:
		return true, k.takeIncludes(q, values)
	case reverse:
		return true, k.takeReverse(q, values)
	case sortBy:
		return k.search != nil, k.takeSort(q, value)
	}
	for _, p := range k.every() {
		if p.name == name {
			return true, q.narrow(p, values)
		}
	}
	return false, nil
}

// takeIDs reads a list of ids, each of which is opened by itself.
func (q *query) takeIDs(value string) *fault.Text {
	ids := strings.Split(value, ",")
	tooLong := slices.ContainsFunc(ids, func(id string) bool { return len(id) > longestID })
	if len(ids) > mostIDs || tooLong {
		return &fault.Text{ZH: "最多 50 个标识，每个不超过 64 个字节，请分批查询", EN: "at most 50 ids of at most 64 bytes; ask in parts"}
	}
	q.ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	return nil
}

func (k *kind) takeSummary(q *query, value string) *fault.Text {
	switch value {
	case onlyCount:
		q.countOnly = true
	case "true":
		q.elements = summaries[k.name]
	case "data", "false":
	default:
		return &fault.Text{ZH: "支持 true、data、count 与 false", EN: "true, data, count and false are supported"}
	}
	return nil
}

func (q *query) takeCount(value string) *fault.Text {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return &fault.Text{ZH: "应为 0 或正整数", EN: "0 or a positive whole number"}
	}
	q.countOnly = q.countOnly || n == 0
	q.limit = web.Bounded(n)
	return nil
}

// narrow takes a parameter of the kind: what the room is asked for must be said once.
func (q *query) narrow(p parameter, values []string) *fault.Text {
	if p.holds == nil {
		if len(values) > 1 || values[0] == "" {
			return &fault.Text{ZH: "应有且仅有一个值", EN: "one value is needed"}
		}
		q.asked[p.name] = values[0]
		return nil
	}
	for _, all := range values {
		some := strings.Split(all, ",")
		if p.kind == "date" {
			for _, value := range some {
				if _, ok := parseDate(value); !ok {
					return &fault.Text{ZH: "应为日期，可带 eq、ne、gt、lt、ge、le、sa、eb，如 ge2026-03-01", EN: "a date, with eq, ne, gt, lt, ge, le, sa or eb before it, such as ge2026-03-01"}
				}
			}
		}
		q.filters = append(q.filters, filter{p, some})
	}
	return nil
}

// finds reports whether a resource is what was asked for.
func (q *query) finds(r Resource) bool {
	for _, f := range q.filters {
		if !slices.ContainsFunc(f.values, func(value string) bool { return f.holds(r, value) }) {
			return false
		}
	}
	return true
}

// patient is whose records are asked for.
func (q *query) patient() string {
	for _, name := range []string{"patient", "subject"} {
		if value := q.asked[name]; value != "" {
			return idIn(value, "Patient")
		}
	}
	return ""
}
