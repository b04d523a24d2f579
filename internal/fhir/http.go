package fhir

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
)

const (
	tag  = "fhir"
	root = "/fhir"
)

// Routes adds the operations of the gate.
func (room *Room) Routes(s *web.Server) {
	face := web.Face{Tell: tell}
	add := func(op web.Op, do func(w http.ResponseWriter, r *http.Request) error) {
		op.Tag = tag
		face.Handle(s, op, private(do))
	}
	add(web.Op{Method: http.MethodGet, Path: root + "/metadata", ID: "fhirMetadata", Open: "what this server can do, which says nothing of anybody",
		Summary: "Tell what the FHIR interface can do"}, room.getMetadata)
	for _, k := range room.kinds {
		path := root + "/" + k.name
		if k.read != nil {
			add(web.Op{Method: http.MethodGet, Path: path + "/{id}", ID: "fhirRead" + k.name, Verb: k.verb, Summary: "Read a " + k.name}, room.fenced(k.name, toRead, k.getOne))
		}
		if k.search != nil {
			find := room.fenced(k.name, toSearch, room.getMany(k))
			add(web.Op{Method: http.MethodGet, Path: path, ID: "fhirSearch" + k.name, Verb: k.verb, Summary: "Search for " + k.name}, find)
			add(web.Op{Method: http.MethodPost, Path: path + "/_search", ID: "fhirPostSearch" + k.name, Verb: k.verb, MaxBody: 64 << 10, Summary: "Search for " + k.name + ", with the parameters in the body"}, find)
		}
		if k.history != nil {
			add(web.Op{Method: http.MethodGet, Path: path + "/{id}/_history", ID: "fhirHistory" + k.name, Verb: k.verb, Summary: "List the versions of a " + k.name}, room.fenced(k.name, toRead, room.getHistory(k)))
			add(web.Op{Method: http.MethodGet, Path: path + "/{id}/_history/{version}", ID: "fhirVersion" + k.name, Verb: k.verb, Summary: "Read a version of a " + k.name}, room.fenced(k.name, toRead, k.getVersion))
		}
	}
	add(web.Op{Method: http.MethodGet, Path: root + "/Patient/{id}/$everything", ID: "fhirEverything", Verb: "patient.view", Summary: "Read all that is held about a patient, page by page"}, room.fenced("Patient", toRead, room.getEverything))
	room.exportRoutes(add)
	add(web.Op{Method: http.MethodGet, Path: root + smartPath, ID: "fhirSmartConfiguration", Open: "how programs get in, which says nothing of anybody",
		Summary: "Tell programs how they are let in"}, room.getSmart)
	room.handInRoutes(add)
	atRoot(s.Mux)
	nowhere := private(room.nowhere)
	for _, path := range []string{root, root + "/"} {
		s.Mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if err := nowhere(w, r); err != nil {
				tell(w, r, web.AsProblem(r.Context(), err))
			}
		})
	}
}

// private keeps answers from being stored on their way, and refuses a format that is not
// written here before anything is read for it.
func private(do func(w http.ResponseWriter, r *http.Request) error) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		if _, err := formatOf(r); err != nil && !wantsContent(r) {
			return err
		}
		return do(w, r)
	}
}

func (room *Room) getMetadata(w http.ResponseWriter, r *http.Request) error {
	return answer(w, r, http.StatusOK, room.capability(room.baseOf(r)))
}

func (k *kind) getOne(w http.ResponseWriter, r *http.Request) error {
	res, err := k.read(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if b, content := res.(*Binary); content && wantsContent(r) {
		w.Header().Set("ETag", tagOf(b, nil))
		w.Header().Set("Content-Type", b.ContentType)
		w.Header().Set("X-Security-Context", b.SecurityContext.Reference)
		return write(w, r, http.StatusOK, b.Data)
	}
	if elements := r.URL.Query().Get(elementsOf); elements != "" {
		only(res, strings.Split(elements, ","))
	}
	return answer(w, r, http.StatusOK, res)
}

// wantsContent reports a caller who wants a Binary's content and not the resource.
func wantsContent(r *http.Request) bool {
	named := r.Header.Get("Accept") + r.URL.Query().Get(inFormat)
	return strings.HasPrefix(r.URL.Path, root+"/Binary/") && (strings.Contains(named, "text/plain") || named == "*/*" || named == "")
}

func (k *kind) getVersion(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.Atoi(r.PathValue("version"))
	if err != nil || number < 1 {
		number = 1 << 30 // none has so many: as absent as any other that is not there
	}
	res, err := k.version(r.Context(), r.PathValue("id"), number)
	if err != nil {
		return err
	}
	return answer(w, r, http.StatusOK, res)
}

func (room *Room) getHistory(k *kind) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		versions, err := k.history(r.Context(), r.PathValue("id"))
		if err != nil {
			return err
		}
		b := bundle("history")
		n := len(versions)
		b.Total = &n
		for i, v := range versions {
			url := k.name + "/" + v.base().ID
			e := Entry{FullURL: room.baseOf(r) + "/" + url, Resource: v, Request: &EntryRequest{http.MethodPut, url}, Response: &EntryResponse{Status: "200", ETag: `W/"` + metaOf(v).VersionID + `"`}}
			if i == n-1 {
				e.Request, e.Response.Status = &EntryRequest{http.MethodPost, k.name}, "201"
			}
			b.Entry = append(b.Entry, e)
		}
		return answer(w, r, http.StatusOK, b)
	}
}

func (room *Room) getMany(k *kind) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		q, err := k.parse(r)
		if err != nil {
			return err
		}
		b, err := room.search(r.Context(), k, q, room.baseOf(r))
		if err != nil {
			return err
		}
		return answer(w, r, http.StatusOK, b)
	}
}

// nowhere answers whatever no operation was declared for.
func (room *Room) nowhere(_ http.ResponseWriter, r *http.Request) error {
	if err := room.Unregistered(r.Context()); err != nil {
		return err
	}
	if !act.From(r.Context()).Known() {
		return act.ErrNobody.With()
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, root+"/"), "/")
	if slices.ContainsFunc(room.kinds, func(k *kind) bool { return k.name == name }) {
		return errMethod.With()
	}
	return errKind.With()
}

// baseOf is the address of this interface as its callers reach it.
func (room *Room) baseOf(r *http.Request) string {
	if room.Address != "" {
		return strings.TrimSuffix(room.Address, "/") + root
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + root
}
