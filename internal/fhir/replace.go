package fhir

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/intake"
)

// putPatient replaces a Patient that the same source brought: the one of the address, or
// the one whom a condition means.
func (room *Room) putPatient(w http.ResponseWriter, r *http.Request) error {
	raw, in, err := bodyOf(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if in != nil && (in.Bundle != nil || len(in.Entries) != 1 || in.Entries[0].Type != "Patient") {
		return wrong("resourceType", text("应为 Patient", "a Patient"))
	}
	if in != nil && in.Entries[0].ID != id {
		return wrong("Patient.id", text("应与地址中的标识一致；按条件更新时不写", "is the id of the address; left out of a conditional update"))
	}
	version, err := versionSeen(r)
	if err != nil {
		return err
	}
	done, err := room.Intake.Replace(r.Context(), intake.Replacing{Raw: raw, Object: id, If: r.URL.RawQuery, Version: version})
	if err != nil {
		return err
	}
	if done.Refused {
		return answer(w, r, http.StatusUnprocessableEntity, remarks(r.Context(), done.Findings))
	}
	status := http.StatusOK
	if done.Created {
		status = http.StatusCreated
		w.Header().Set("Location", room.baseOf(r)+"/Patient/"+done.Object)
	}
	w.Header().Set("ETag", versionTag(done.Version))
	var said Resource
	if len(done.Findings) > 0 {
		said = remarks(r.Context(), done.Findings)
	}
	return room.preferred(w, r, status, "Patient", done.Object, said)
}

// versionSeen is the version that If-Match names. A conditional update that may turn out
// to create has seen none.
func versionSeen(r *http.Request) (int, error) {
	named := r.Header.Get("If-Match")
	if named == "" && r.PathValue("id") == "" {
		return 0, nil
	}
	text := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(named, "W/"), `"`), `"`)
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 {
		return 0, errUnseen.With()
	}
	return version, nil
}

func versionTag(version int) string { return `W/"` + strconv.Itoa(version) + `"` }

// preferred answers a change in the form that the caller prefers (R4, http, 3.1.0.5): with
// nothing, with the resource as far as he may read it, or with what is to be said. What
// must be said is said whatever he prefers.
func (room *Room) preferred(w http.ResponseWriter, r *http.Request, status int, kind, id string, said Resource) error {
	prefers := r.Header.Get("Prefer")
	switch {
	case said != nil:
	case strings.Contains(prefers, "return=minimal"):
		w.WriteHeader(status)
		return nil
	case strings.Contains(prefers, "return=representation"):
		if k := room.kindNamed(kind); k != nil && k.read != nil && room.InScope(r.Context(), kind, toRead) == nil {
			if res, err := k.read(r.Context(), id); err == nil {
				return answer(w, r, status, res)
			}
		}
	}
	if said == nil {
		said = outcome(Issue{Severity: "information", Code: "informational", Diagnostics: text("已接收", "taken").In(web.Language(r.Context()))})
	}
	return answer(w, r, status, said)
}
