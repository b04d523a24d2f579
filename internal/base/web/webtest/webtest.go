// Package webtest asks the way a caller does: one request, or a list page after page.
package webtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/web"
)

const mostPages = 1000

// EveryPage follows the cursors of a list to its end and returns everything on it.
func EveryPage[T any](t testing.TB, read func(cursor string) (web.Page[T], error)) []T {
	t.Helper()
	var all []T
	cursor := ""
	for range mostPages {
		page, err := read(cursor)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Items...)
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
	t.Fatalf("the list has no end after %d pages", mostPages)
	return nil
}

// Ask sends a request with a JSON body as somebody, whom the header As names to the
// handler of a test, and returns the status and the object that was answered.
func Ask(t testing.TB, handler http.Handler, who, method, path, body string) (int, map[string]any) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if who != "" {
		r.Header.Set("As", who)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	var answer map[string]any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatalf("%s %s: %d %q", method, path, w.Code, w.Body)
		}
	}
	return w.Code, answer
}
