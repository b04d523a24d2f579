package fhir

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/source"
	r4 "github.com/medward/medward/kit/fhir"
)

// handInRoutes are the ways in: intake takes what comes, as it takes a file.
func (room *Room) handInRoutes(add func(web.Op, func(http.ResponseWriter, *http.Request) error)) {
	in := web.Op{Method: http.MethodPost, Verb: "intake.import", MaxBody: intake.MaxFile, Timeout: 10 * time.Minute}
	whole := in
	whole.Path, whole.ID, whole.Summary = root, "fhirTransaction", "Hand in a transaction or a batch"
	add(whole, room.fenced(source.Every, toHandIn, room.postBundle))
	for _, kind := range handed {
		one := in
		one.Path, one.ID, one.Summary = root+"/"+kind, "fhirCreate"+kind, "Hand in a "+kind
		add(one, room.fenced(source.Every, toHandIn, room.postOne(kind)))
	}
	put := in
	put.Method = http.MethodPut
	put.Path, put.ID, put.Summary = root+"/Patient/{id}", "fhirUpdatePatient", "Put a Patient in the place of one that the same source brought"
	add(put, room.fenced(source.Every, toHandIn, room.putPatient))
	put.Path, put.ID, put.Summary = root+"/Patient", "fhirConditionalUpdatePatient", "Put a Patient in the place of the one that a condition means, or create him"
	add(put, room.fenced(source.Every, toHandIn, room.putPatient))
}

// atRoot lets a transaction be handed in at /fhir/ as well: some clients write it so.
func atRoot(mux *http.ServeMux) {
	mux.HandleFunc(http.MethodPost+" "+root+"/{$}", func(w http.ResponseWriter, r *http.Request) {
		there := r.Clone(r.Context())
		there.URL.Path = root
		mux.ServeHTTP(w, there)
	})
}

// handed are the kinds that may be handed in alone. Whatever is about a patient names one
// whom the same source brought.
var handed = []string{"Patient", "Encounter", "Observation", "DocumentReference"}

// shownAs are the resources as which kinds that are handed in are read here.
var shownAs = map[string]string{
	"Patient": "Patient", "Encounter": "Encounter", "Observation": "Observation", "Composition": "DocumentReference", "DocumentReference": "DocumentReference", "DiagnosticReport": "DocumentReference",
}

func (room *Room) postBundle(w http.ResponseWriter, r *http.Request) error {
	raw, in, err := bodyOf(r)
	if err != nil {
		return err
	}
	if in != nil && (in.Bundle == nil || in.Bundle.Type != r4.BundleTransaction && in.Bundle.Type != r4.BundleBatch) {
		return wrong("Bundle.type", text("应为 transaction 或 batch", "a transaction or a batch"))
	}
	handed, err := room.Intake.HandIn(r.Context(), raw, "")
	if err != nil {
		return err
	}
	if in == nil || in.Bundle.Type == r4.BundleTransaction && handed.Counts.Quarantined > 0 {
		return answer(w, r, http.StatusUnprocessableEntity, setAside(r.Context(), handed.Findings))
	}
	b := bundle(in.Bundle.Type + "-response")
	for _, e := range handed.Entries {
		b.Entry = append(b.Entry, Entry{Response: responseTo(r.Context(), e)})
	}
	return answer(w, r, http.StatusOK, b)
}

func (room *Room) postOne(kind string) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		raw, in, err := bodyOf(r)
		if err != nil {
			return err
		}
		if in != nil && (in.Bundle != nil || len(in.Entries) != 1 || in.Entries[0].Type != kind) {
			return wrong("resourceType", text("应为 "+kind, "a "+kind))
		}
		handed, err := room.Intake.HandIn(r.Context(), raw, r.Header.Get("If-None-Exist"))
		if err != nil {
			return err
		}
		if len(handed.Entries) == 1 && handed.Entries[0].Ambiguous() {
			return answer(w, r, http.StatusPreconditionFailed, setAside(r.Context(), handed.Findings))
		}
		if len(handed.Entries) != 1 || handed.Counts.Quarantined > 0 {
			return answer(w, r, http.StatusUnprocessableEntity, setAside(r.Context(), handed.Findings))
		}
		e := responseTo(r.Context(), handed.Entries[0])
		if e.Location != "" {
			w.Header().Set("Location", room.baseOf(r)+"/"+e.Location)
		}
		if e.ETag != "" {
			w.Header().Set("ETag", e.ETag)
		}
		status, _ := strconv.Atoi(e.Status[:3])
		return room.preferred(w, r, status, shownAs[kind], handed.Entries[0].Object, e.Outcome)
	}
}

// bodyOf reads what is handed in. in is nil where it cannot be read as FHIR: then intake
// says why.
func bodyOf(r *http.Request) (raw []byte, in *r4.Input, err error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if format := formats[kind]; err != nil || kind == "" || format != jsonType {
		return nil, nil, wrong("Content-Type", text("应为 application/fhir+json", "application/fhir+json"))
	}
	raw, err = io.ReadAll(r.Body)
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return nil, nil, errTooLarge.With("limit", strconv.Itoa(intake.MaxFile>>20)+" MiB")
	}
	if err != nil {
		return nil, nil, wrong("body", text("未能完整接收", "it did not arrive whole"))
	}
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return nil, nil, wrong("body", text("应为 JSON 对象", "a JSON object"))
	}
	in, _, err = r4.OpenBytes(raw, r4.Limits{Bytes: intake.MaxFile})
	if err != nil {
		return raw, nil, nil //nolint:nilerr // intake finds the same and keeps the input
	}
	return raw, in, nil
}

// responseTo tells what became of an entry: made, known already, kept as it was sent
// because no room holds such things, or set aside until somebody corrects it.
func responseTo(ctx context.Context, e intake.Became) *EntryResponse {
	r := &EntryResponse{Status: "201 Created"}
	shown := shownAs[e.Type]
	switch {
	case e.Object == "":
		r.Status, r.Outcome = "422 Unprocessable Entity", setAside(ctx, e.Findings)
		return r
	case e.Kept || shown == "":
		r.Status = "202 Accepted"
	case e.Before:
		r.Status = "200 OK"
	}
	if shown != "" && !e.Kept {
		r.Location = shown + "/" + e.Object
		if e.Version > 0 {
			r.ETag = versionTag(e.Version)
			if shown == "DocumentReference" {
				r.Location += "/_history/" + strconv.Itoa(e.Version)
			}
		}
	}
	if len(e.Findings) > 0 {
		r.Outcome = remarks(ctx, e.Findings)
	}
	return r
}

// setAside tells why something was not taken. It is kept, and waits in the quarantine.
func setAside(ctx context.Context, findings []intake.Finding) *Outcome {
	o := remarks(ctx, findings)
	o.Issue = append(o.Issue, Issue{Severity: "error", Code: "processing", Diagnostics: text("内容已隔离保存，可在隔离区更正后重试", "it is kept in the quarantine, where it can be taken again").In(web.Language(ctx))})
	return o
}

// remarks are findings in the words of the standard.
func remarks(ctx context.Context, findings []intake.Finding) *Outcome {
	o, lang := outcome(), web.Language(ctx)
	for _, f := range findings {
		i := Issue{Severity: "error", Code: "invalid", Details: &Concept{Coding: []Coding{{System: ours + "rule", Code: f.Rule}}, Text: f.Say.In(lang)}, Diagnostics: strings.TrimSpace(f.Where + " " + f.Remedy.In(lang))}
		if f.Severity == intake.Warning {
			i.Severity, i.Code = "warning", "informational"
		}
		if f.Element != "" {
			i.Expression = []string{f.Element}
		}
		o.Issue = append(o.Issue, i)
	}
	return o
}
