package fhir

import (
	"reflect"
	"slices"
	"strings"
)

// Bundle is R4's Bundle.
type Bundle struct {
	Base
	Type  string  `json:"type"`
	Total *int    `json:"total,omitempty"`
	Link  []Link  `json:"link,omitempty"`
	Entry []Entry `json:"entry,omitempty"`
}

// Link leads to this page or the next.
type Link struct {
	Relation string `json:"relation"`
	URL      string `json:"url"`
}

// Entry is one resource of a bundle.
type Entry struct {
	FullURL  string         `json:"fullUrl,omitempty"`
	Resource Resource       `json:"resource,omitempty"`
	Search   *EntrySearch   `json:"search,omitempty"`
	Request  *EntryRequest  `json:"request,omitempty"`
	Response *EntryResponse `json:"response,omitempty"`
}

// EntrySearch says why an entry is in the answer.
type EntrySearch struct {
	Mode string `json:"mode"` // match, include or outcome
}

// EntryRequest is what made a version.
type EntryRequest struct {
	Method string `json:"method"`
	URL    string `json:"url"`
}

// EntryResponse is what became of an entry that was handed in.
type EntryResponse struct {
	Status   string   `json:"status"`
	Location string   `json:"location,omitempty"`
	ETag     string   `json:"etag,omitempty"`
	Outcome  Resource `json:"outcome,omitempty"`
}

func bundle(kind string) *Bundle { return &Bundle{Base: Base{ResourceType: "Bundle"}, Type: kind} }

// add puts a resource into the answer to a search, once.
func (b *Bundle) add(base, mode string, r Resource) {
	e := Entry{Resource: r, Search: &EntrySearch{mode}}
	if id := r.base().ID; id != "" {
		e.FullURL = base + "/" + r.base().ResourceType + "/" + id
		if slices.ContainsFunc(b.Entry, func(had Entry) bool { return had.FullURL == e.FullURL }) {
			return
		}
	}
	b.Entry = append(b.Entry, e)
}

// always are the elements that no selection leaves out.
var always = []string{"resourceType", "id", "meta"}

// only leaves of a resource what was asked for.
func only(r Resource, elements []string) {
	if len(elements) == 0 {
		return
	}
	if r.base().Meta == nil {
		r.base().Meta = &Meta{}
	}
	r.base().Meta.subsetted()
	whole := reflect.ValueOf(r).Elem()
	for field, value := range whole.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.Anonymous && !slices.Contains(always, name) && !slices.Contains(elements, name) {
			value.SetZero()
		}
	}
}
