package fhir

import (
	"strconv"
	"strings"
)

// Bundle is the frame around the entries. Links, signatures and scores stay in
// the raw bytes.
type Bundle struct {
	ID         string `fhir:"id"`
	Type       string // transaction, collection, document, …
	Identifier *Identifier
	Timestamp  DateTime
	Total      Decimal // as written; empty when absent
}

// Bundle types of R4.
const (
	BundleDocument            = "document"
	BundleMessage             = "message"
	BundleTransaction         = "transaction"
	BundleTransactionResponse = "transaction-response"
	BundleBatch               = "batch"
	BundleBatchResponse       = "batch-response"
	BundleHistory             = "history"
	BundleSearchset           = "searchset"
	BundleCollection          = "collection"
)

var bundleTypes = setOf(BundleDocument, BundleMessage, BundleTransaction, BundleTransactionResponse,
	BundleBatch, BundleBatchResponse, BundleHistory, BundleSearchset, BundleCollection)

var requestMethods = setOf("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

func (o *opener) bundle(root value) *Problem {
	o.in.Bundle = new(Bundle)
	d := newDecoder(o.problems, NoEntry, "Bundle")
	d.read(root, o.in.Bundle)
	if entries, ok := root.member("entry"); ok {
		if refused := o.entries(entries); refused != nil {
			return refused
		}
	}
	o.checkFrame(root)
	return nil
}

func (o *opener) entries(list value) *Problem {
	if list.kind() != kindArray {
		o.fault(CodeMustBeArray, NoEntry, "Bundle.entry", list, "entry")
		return nil
	}
	for i, frame := range list.elements() {
		if i >= o.limits.Entries {
			return refusal(CodeLimitEntries, o.limits.Entries)
		}
		e := o.entry()
		e.Frame = frame.raw()
		n := frame.node()
		e.spanStart, e.spanEnd = int(n.start), int(n.end)
		o.bundleEntry(e, frame, "Bundle.entry["+strconv.Itoa(i)+"]")
	}
	return nil
}

func (o *opener) bundleEntry(e *Entry, frame value, path string) {
	if frame.kind() != kindObject {
		o.fault(CodeType, e.Index, path, frame, "object")
		return
	}
	if url, ok := frame.member("fullUrl"); ok {
		e.FullURL = url.stringOrEmpty()
		if k := ParseReference(e.FullURL).Kind; k != RefUUID && k != RefOID && k != RefAbsolute {
			o.fault(CodeFullURL, e.Index, path+".fullUrl", url)
		}
	}
	if req, ok := frame.member("request"); ok {
		e.Request = o.request(e, req, path+".request")
	}
	resource, ok := frame.member("resource")
	if !ok {
		e.hollow = true
		return
	}
	if resource.kind() != kindObject {
		o.fault(CodeType, e.Index, path+".resource", resource, "object")
		return
	}
	e.holds(resource)
	if e.Type == "" {
		o.fault(CodeEntryNoType, e.Index, path+".resource", resource)
	}
}

func (o *opener) request(e *Entry, req value, path string) *Request {
	r := new(Request)
	d := newDecoder(o.problems, e.Index, path)
	d.read(req, r)
	if !requestMethods[r.Method] {
		o.fault(CodeCode, e.Index, path+".method", req, "method", "GET | HEAD | POST | PUT | DELETE | PATCH")
	}
	if r.URL == "" {
		o.fault(CodeRequired, e.Index, path+".url", req, "url")
	}
	return r
}

func (o *opener) fault(c Code, entry int, path string, at value, args ...any) {
	o.problems.add(problem(Error, c, place{entry: entry, path: path, offset: at.offset()}, args...))
}

// checkFrame applies the rules bdl-1 to bdl-12 of R4 and the agreement of
// fullUrl and id.
func (o *opener) checkFrame(root value) {
	b := o.in.Bundle
	if !bundleTypes[b.Type] {
		o.fault(CodeBundleType, NoEntry, "Bundle.type", root)
	}
	if b.Total != "" && b.Type != BundleSearchset && b.Type != BundleHistory {
		o.fault(CodeBundleTotal, NoEntry, "Bundle.total", root)
	}
	switch b.Type {
	case BundleDocument:
		if b.Identifier == nil || b.Identifier.System == "" || b.Identifier.Value == "" {
			o.fault(CodeRequired, NoEntry, "Bundle.identifier", root, "identifier (system, value)")
		}
		if b.Timestamp.IsZero() {
			o.fault(CodeRequired, NoEntry, "Bundle.timestamp", root, "timestamp")
		}
		o.mustLead("Composition", root)
	case BundleMessage:
		o.mustLead("MessageHeader", root)
	}
	seen := make(map[string]bool, len(o.in.Entries))
	for _, e := range o.in.Entries {
		o.checkEntryFrame(e)
		if e.FullURL == "" {
			continue
		}
		version := e.FullURL + "\x00" + e.Version
		if seen[version] && b.Type != BundleHistory {
			o.faultAt(e, CodeFullURLTwice, ".fullUrl")
		}
		seen[version] = true
	}
}

func (o *opener) mustLead(kind string, root value) {
	if len(o.in.Entries) == 0 || o.in.Entries[0].Type != kind {
		o.fault(CodeBundleLead, NoEntry, "Bundle.entry", root, kind)
	}
}

func (o *opener) checkEntryFrame(e *Entry) {
	kind := o.in.Bundle.Type
	doing := kind == BundleTransaction || kind == BundleBatch || kind == BundleHistory
	if doing && e.Request == nil {
		o.faultAt(e, CodeRequired, ".request", "request")
	}
	if !doing && e.Request != nil {
		o.faultAt(e, CodeBundleRequest, ".request")
	}
	if e.hollow && e.Request == nil && !strings.HasSuffix(kind, "-response") {
		o.faultAt(e, CodeRequired, ".resource", "resource")
	}
	if strings.Contains(e.FullURL, "/_history/") {
		o.faultAt(e, CodeFullURL, ".fullUrl")
	}
	ref := ParseReference(e.FullURL)
	if ref.Kind == RefAbsolute && ref.Type != "" && e.Raw != nil && (ref.Type != e.Type || ref.ID != e.ID) {
		o.faultAt(e, CodeFullURLMismatch, ".fullUrl")
	}
}

func (o *opener) faultAt(e *Entry, c Code, below string, args ...any) {
	path := "Bundle.entry[" + strconv.Itoa(e.Index) + "]" + below
	o.problems.add(problem(Error, c, place{entry: e.Index, path: path, offset: e.spanStart}, args...))
}

func (v value) stringOrEmpty() string {
	if v.kind() != kindString {
		return ""
	}
	return v.text()
}
