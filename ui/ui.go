// Package ui holds the interface for browsers as it was built from the sources
// beside it, and serves it.
package ui

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/base64"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var built embed.FS

// noncePlace is the word in index.html in whose place each answer puts a nonce.
const noncePlace = "__MEDWARD_NONCE__"

const notBuilt = `<!doctype html><meta charset="utf-8"><title>Medward</title>
<p>界面尚未构建：请运行 make build。</p><p lang="en">The interface has not been built: run make build.</p>`

// Handler serves the interface. Every address that is not a file of the build
// and has no ending is a page of the interface; a missing file is missing.
func Handler() (http.Handler, error) {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		return nil, err
	}
	index, err := fs.ReadFile(dist, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		index, err = []byte(notBuilt), nil
	}
	if err != nil {
		return nil, err
	}
	return &handler{dist: dist, index: index}, nil
}

type handler struct {
	dist  fs.FS
	index []byte
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" || name == "index.html" || path.Ext(name) == "" {
		h.page(w)
		return
	}
	h.file(w, r, name)
}

// page answers with the interface, under a policy that runs nothing but its own
// scripts and applies no styles but those that bear the nonce of this answer.
func (h *handler) page(w http.ResponseWriter) {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: it ends the process instead
	nonce := base64.RawStdEncoding.EncodeToString(random[:])
	w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'nonce-"+nonce+"'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(bytes.ReplaceAll(h.index, []byte(noncePlace), []byte(nonce)))
}

// file answers with a file of the build, compressed if the browser takes that.
func (h *handler) file(w http.ResponseWriter, r *http.Request, name string) {
	accepts := r.Header.Get("Accept-Encoding")
	for _, form := range []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}} {
		if !strings.Contains(accepts, form.encoding) {
			continue
		}
		content, err := fs.ReadFile(h.dist, name+form.ending)
		if err != nil {
			continue
		}
		head := w.Header()
		if form.encoding != "" {
			head.Set("Content-Encoding", form.encoding)
		}
		head.Set("Vary", "Accept-Encoding")
		head.Set("Content-Type", contentType(name))
		if strings.HasPrefix(name, "assets/") {
			head.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		_, _ = w.Write(content) //nolint:gosec // a file of the build
		return
	}
	http.NotFound(w, r)
}

func contentType(name string) string {
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}
