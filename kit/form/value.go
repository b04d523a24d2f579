package form

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
)

// exact is the greatest integer up to which a double holds every integer.
const exact = 1<<53 - 1

var (
	decimalShape = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,8})?$`)
	dateShape    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	momentShape  = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$`)
)

var kinds = []Kind{Line, Prose, Integer, Decimal, Boolean, Date, Moment, Choice, Choices, Code}

// celType is the type of a variable that holds an answer of a kind, or null.
func (k Kind) celType() *cel.Type {
	switch k {
	case Integer:
		return cel.NullableType(cel.IntType)
	case Decimal:
		return cel.NullableType(cel.DoubleType)
	case Boolean:
		return cel.NullableType(cel.BoolType)
	case Choices:
		return cel.DynType
	}
	return cel.NullableType(cel.StringType)
}

// given reports whether an answer is one.
func given(answer any) bool {
	switch v := answer.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	}
	return true
}

// value is an answer as expressions see it; ok is false where it is not of its kind.
func (k Kind) value(answer any) (value any, ok bool) {
	switch k {
	case Integer:
		return integerOf(answer)
	case Boolean:
		b, ok := answer.(bool)
		return b, ok
	case Choices:
		return choicesOf(answer)
	}
	text, ok := answer.(string)
	if !ok {
		return nil, false
	}
	switch k {
	case Line:
		return text, !strings.ContainsAny(text, "\r\n")
	case Decimal:
		return decimalOf(text)
	case Date:
		_, ok := dateOf(text)
		return text, ok
	case Moment:
		at, ok := momentOf(text)
		return at.Format(utc), ok
	}
	return text, true
}

// utc is how moments are written for expressions, so that they compare as texts.
const utc = "2006-01-02T15:04:05Z"

func integerOf(answer any) (any, bool) {
	var n float64
	switch v := answer.(type) {
	case json.Number:
		var err error
		if n, err = v.Float64(); err != nil {
			return nil, false
		}
	case float64:
		n = v
	default:
		return nil, false
	}
	if n != float64(int64(n)) || n > exact || n < -exact {
		return nil, false
	}
	return int64(n), true
}

func decimalOf(text string) (any, bool) {
	if !decimalShape.MatchString(text) {
		return nil, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

func choicesOf(answer any) (any, bool) {
	list, ok := answer.([]any)
	seen := map[string]bool{}
	for _, one := range list {
		text, is := one.(string)
		if !is || seen[text] {
			return nil, false
		}
		seen[text] = true
	}
	return list, ok
}

func dateOf(text string) (time.Time, bool) {
	if !dateShape.MatchString(text) {
		return time.Time{}, false
	}
	at, err := time.Parse(time.DateOnly, text)
	return at, err == nil && at.Year() > 0
}

func momentOf(text string) (time.Time, bool) {
	if !momentShape.MatchString(text) {
		return time.Time{}, false
	}
	layout := "2006-01-02T15:04:05Z07:00"
	if len(text) < len("2006-01-02T15:04:05Z") || text[16] != ':' {
		layout = "2006-01-02T15:04Z07:00"
	}
	at, err := time.Parse(layout, text)
	at = at.UTC()
	return at, err == nil && at.Year() > 0 && at.Year() < 10000
}

// within compares answers of a kind that has an order. It expects a range that was
// found to be of that kind.
func (r Range) within(k Kind, value any) bool {
	after := func(limit string, sign int) bool {
		bound, ok := k.bound(limit)
		return limit == "" || !ok || compare(value, bound)*sign >= 0
	}
	return after(r.From, 1) && after(r.To, -1)
}

// bound is an end of a range as expressions see answers of its kind.
func (k Kind) bound(limit string) (any, bool) {
	if k == Integer {
		n, err := strconv.ParseInt(limit, 10, 64)
		return n, err == nil && n <= exact && n >= -exact
	}
	return k.value(limit)
}

func (k Kind) ordered() bool { return k == Integer || k == Decimal || k == Date || k == Moment }

func compare(a, b any) int {
	switch a := a.(type) {
	case int64:
		return int(min(max(a-b.(int64), -1), 1))
	case float64:
		switch b := b.(float64); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	}
	return strings.Compare(a.(string), b.(string))
}

// answerOf is a computed value as an answer; ok is false where it is none.
func (f Field) answerOf(value any) (answer any, ok bool) {
	if f.Kind != Decimal {
		if n, is := value.(int64); is {
			return json.Number(strconv.FormatInt(n, 10)), n <= exact && n >= -exact
		}
		return value, true
	}
	n, _ := value.(float64)
	exactly, ok := new(big.Rat), n-n == 0
	if !ok {
		return nil, false
	}
	text := exactly.SetFloat64(n).FloatString(f.Digits)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return text, decimalShape.MatchString(text)
}
