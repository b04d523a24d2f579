package web

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/medward/medward/internal/base/fault"
)

// Page is one page of a list. Next is empty on the last page.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"cursor of the next page; absent on the last one"`
	Count *Count `json:"count,omitempty"`
}

// Count tells how many items there are, up to a bound.
type Count struct {
	N    int  `json:"n" example:"128"`
	More bool `json:"more" doc:"there are more than n"`
}

// CountBound is where counting stops: nobody reads further, and an exact large
// count would cost more than the page.
const CountBound = 1000

// Paging is the part of a list operation's input that pages.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"400" doc:"where the last page ended"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"items on a page"`
}

// Page sizes of a list that is asked for without HTTP.
const (
	defaultLimit = 50
	maxLimit     = 200
)

// Bounded is a page size within what [Paging] allows; none is the default.
func Bounded(limit int) int {
	if limit <= 0 {
		return defaultLimit
	}
	return min(limit, maxLimit)
}

var errCursor = fault.Define("web.cursor", fault.Invalid,
	"翻页位置无效，请从第一页重新开始。", "The place in the list is not valid; start again from the first page.",
	"a cursor was changed or belongs to another list")

// EncodeCursor writes the place after the last item of a page.
func EncodeCursor(place any) (string, error) {
	text, err := json.Marshal(place)
	return base64.RawURLEncoding.EncodeToString(text), err
}

// DecodeCursor reads a place into the value to which place points, and reports
// whether there was one.
func DecodeCursor(cursor string, place any) (bool, error) {
	if cursor == "" {
		return false, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = unmarshalStrictly(text, place)
	}
	if err != nil {
		return false, errCursor.Because(err)
	}
	return true, nil
}

// PageOf is the page of rows that were read one beyond it, which tells whether there
// is a next one. It begins after the place of this page's last row.
func PageOf[T, P any](rows []T, limit int, placeOf func(T) P) (page Page[T], err error) {
	page.Items = rows
	if len(rows) > limit {
		page.Items = rows[:limit:limit]
		page.Next, err = EncodeCursor(placeOf(rows[limit-1]))
	}
	return page, err
}

// Shown is a page with each item in the shape of its wire.
func Shown[T, B any](page Page[T], shape func(T) B) Page[B] {
	shown := Page[B]{Items: make([]B, len(page.Items)), Next: page.Next, Count: page.Count}
	for i, item := range page.Items {
		shown.Items[i] = shape(item)
	}
	return shown
}

var errForeignSite = fault.Define("web.foreign-site", fault.Refused,
	"请求来自其他网站，已拒绝。", "The request came from another site and was refused.",
	"Sec-Fetch-Site or Origin says that the request is cross-origin")

var limitPattern = regexp.MustCompile(`limit=(\d+)`)

func limitIn(message string) string {
	m := limitPattern.FindStringSubmatch(message)
	if m == nil {
		return "?"
	}
	bytes, err := strconv.ParseInt(m[1], 10, 64)
	switch {
	case err == nil && bytes%(1<<20) == 0:
		return itoa(int(bytes>>20)) + " MiB"
	case err == nil && bytes%(1<<10) == 0:
		return itoa(int(bytes>>10)) + " KiB"
	}
	return m[1] + " B"
}

func encode(v any) ([]byte, error) { return json.Marshal(v) }

// OfID is the part of an operation's input that names one thing by its id. It is
// exported because the binding of inputs passes over embedded types that are not.
type OfID struct {
	ID string `path:"id" maxLength:"40"`
}
