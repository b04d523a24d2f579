package staff

import "github.com/medward/medward/internal/base/web"

// Paged is a page of a list with the people whom it names.
type Paged[T any] struct {
	web.Page[T]
	Names map[string]Name
}

// PageBody is a page of a list on the wire, with the people whom it names.
type PageBody[T any] struct {
	web.Page[T]
	Names map[string]NameBody `json:"names"`
}

// WirePage puts a page on the wire.
func WirePage[T, B any](l Paged[T], shape func(T) B) PageBody[B] {
	return PageBody[B]{Page: web.Shown(l.Page, shape), Names: WireNames(l.Names)}
}
