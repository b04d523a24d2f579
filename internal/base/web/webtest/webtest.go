// Package webtest reads lists the way a patient caller does: page after page.
package webtest

import (
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
