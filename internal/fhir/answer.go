package fhir

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/web"
)

// Media types of this server.
const (
	jsonType = "application/fhir+json"
	xmlType  = "application/fhir+xml"
)

// formats are what callers may name, and what they get.
var formats = map[string]string{
	"": jsonType, "*/*": jsonType, "application/*": jsonType, "json": jsonType, "application/json": jsonType, "text/json": jsonType, jsonType: jsonType,
	"xml": xmlType, "application/xml": xmlType, "text/xml": xmlType, xmlType: xmlType,
}

// formatOf is the format that a caller wants: the first of those he names that is written
// here. _format is asked before the header, as R4 says.
func formatOf(r *http.Request) (string, error) {
	wanted := r.Header.Get("Accept")
	if named := r.URL.Query().Get(inFormat); named != "" {
		wanted = strings.ReplaceAll(named, " ", "+") // a plus sign in an address is read as a space
	}
	for one := range strings.SplitSeq(wanted, ",") {
		one, _, _ = strings.Cut(one, ";")
		if format, some := formats[strings.ToLower(strings.TrimSpace(one))]; some {
			return format, nil
		}
	}
	return jsonType, errFormat.With()
}

func encoded(res Resource, format string) ([]byte, error) {
	if format == xmlType {
		return asXML(res)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(res)
	return b.Bytes(), err
}

// answer writes a resource. One that the caller has already is not written again.
func answer(w http.ResponseWriter, r *http.Request, status int, res Resource) error {
	format, err := formatOf(r)
	if err != nil {
		return err
	}
	body, err := encoded(res, format)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Vary", "Accept, Accept-Encoding, Authorization")
	if status == http.StatusOK && isOne(res) {
		h.Set("ETag", tagOf(res, body))
		at, some := readDate(metaOf(res).LastUpdated)
		if some {
			h.Set("Last-Modified", at.from.UTC().Format(http.TimeFormat))
		}
		if isKnown(r, h.Get("ETag"), at.from) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Type", format+"; charset=utf-8; fhirVersion=4.0")
	return write(w, r, status, body)
}

func isOne(res Resource) bool {
	kind := res.base().ResourceType
	return kind != "Bundle" && kind != "OperationOutcome" && kind != "CapabilityStatement"
}

func metaOf(res Resource) Meta {
	if m := res.base().Meta; m != nil {
		return *m
	}
	return Meta{}
}

// tagOf is the version of a resource, or a digest of what has none.
func tagOf(res Resource, body []byte) string {
	if version := metaOf(res).VersionID; version != "" {
		return `W/"` + version + `"`
	}
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:8]) + `"`
}

func isKnown(r *http.Request, tag string, at time.Time) bool {
	if had := r.Header.Get("If-None-Match"); had != "" {
		for one := range strings.SplitSeq(had, ",") {
			if one = strings.TrimSpace(one); one == tag || one == "*" {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !at.IsZero() && !at.Truncate(time.Second).After(since)
}

// worthZipping is how long an answer is that is sent smaller to whoever can read it so.
const worthZipping = 1400

func write(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	if len(body) < worthZipping || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		_, _ = w.Write(body) //nolint:gosec // under its own content type, never sniffed; a caller who is gone is not waited for
		return nil
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := z.Write(body); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
	return nil
}

// tell answers with a problem. Whoever names no format that is written here is told in
// JSON.
func tell(w http.ResponseWriter, r *http.Request, p *web.Problem) {
	format, err := formatOf(r)
	if err != nil {
		format = jsonType
	}
	body, err := encoded(outcomeOf(p, web.Language(r.Context())), format)
	if err != nil {
		http.Error(w, p.Code, p.Status)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", format+"; charset=utf-8; fhirVersion=4.0")
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(statusOf(p))
	_, _ = w.Write(body)
}
