package intake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/intake"
)

// serve answers requests as whoever acts in as.
func (h *house) serve(as context.Context) http.Handler {
	s := web.New("test")
	h.intake.Routes(s)
	handler := s.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(act.With(r.Context(), act.From(as))))
	})
}

func ask(t *testing.T, handler http.Handler, method, path, kind string, body io.Reader, into any) int {
	t.Helper()
	r := httptest.NewRequest(method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
		}
	}
	return w.Code
}

func TestAnImportOverHTTPIsListedAndItsQuarantineSettled(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		operator, clerk := h.serve(h.operator()), h.serve(h.clerk())
		var report intake.Report
		if code := ask(t, operator, http.MethodPost, "/api/import?source=his&name=wang.json", "application/json", strings.NewReader(story(t)), &report); code != http.StatusOK {
			t.Fatalf("import: %d", code)
		}
		h.mustCount(report, intake.Counts{Read: 8, Created: 8})

		var form bytes.Buffer
		parts := multipart.NewWriter(&form)
		for name, text := range map[string]string{"a.hl7": admission("1"), "b.xml": "<Patient/>"} {
			part, err := parts.CreateFormFile("file", name)
			if err == nil {
				_, err = part.Write([]byte(text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := parts.Close(); err != nil {
			t.Fatal(err)
		}
		if code := ask(t, operator, http.MethodPost, "/api/import?source=his", parts.FormDataContentType(), &form, &report); code != http.StatusOK {
			t.Fatalf("form: %d", code)
		}
		h.mustCount(report, intake.Counts{Read: 2, Created: 1, Quarantined: 1})

		var imports web.Page[struct{ ID, Source string }]
		ask(t, operator, http.MethodGet, "/api/imports", "", nil, &imports)
		if len(imports.Items) != 2 || imports.Items[0].Source != "his" {
			t.Fatalf("imports: %+v", imports)
		}
		var seen struct{ Reports []intake.FileReport }
		ask(t, operator, http.MethodGet, "/api/imports/"+report.Batch, "", nil, &seen)
		if len(seen.Reports) != 2 {
			t.Errorf("reports: %+v", seen)
		}
		ask(t, clerk, http.MethodGet, "/api/imports/"+report.Batch, "", nil, &seen)
		for _, f := range seen.Reports {
			if !strings.HasPrefix(f.Name, "#") {
				t.Errorf("a name that tells of people was shown to somebody else: %s", f.Name)
			}
		}

		var waiting web.Page[struct{ ID string }]
		ask(t, operator, http.MethodGet, "/api/quarantine", "", nil, &waiting)
		if len(waiting.Items) != 1 {
			t.Fatalf("quarantine: %+v", waiting)
		}
		path := "/api/quarantine/" + waiting.Items[0].ID
		if code := ask(t, operator, http.MethodGet, path, "", nil, nil); code != http.StatusForbidden {
			t.Errorf("the operator opened content: %d", code)
		}
		var opened struct{ Content, FileName string }
		if ask(t, clerk, http.MethodGet, path, "", nil, &opened); opened.Content != "<Patient/>" || opened.FileName != "b.xml" {
			t.Errorf("opened: %+v", opened)
		}
		if code := ask(t, clerk, http.MethodPost, path+"/retry", "", nil, &report); code != http.StatusOK || report.Total.Quarantined != 1 {
			t.Errorf("retry: %d %+v", code, report.Total)
		}
		if code := ask(t, clerk, http.MethodPost, path+"/dismiss", "", nil, nil); code != http.StatusNoContent {
			t.Errorf("dismiss: %d", code)
		}
		if code := ask(t, clerk, http.MethodPost, path+"/retry", "", nil, nil); code != http.StatusConflict {
			t.Errorf("retry of what was settled: %d", code)
		}

		h.importText("his", "b.hl7", message(msh("ADT^A08", "2"), "EVN|A08|20260301090000", pid("M0001", "王^秀兰", "19600302")))
		var reviews web.Page[struct {
			ID, Kind string
			Current  struct{ Name string }
		}]
		ask(t, clerk, http.MethodGet, "/api/reviews", "", nil, &reviews)
		for _, v := range reviews.Items {
			decision := map[string]string{"identity": "keep", "duplicate": "different"}[v.Kind]
			if code := ask(t, clerk, http.MethodPost, "/api/reviews/"+v.ID, "application/json", strings.NewReader(`{"decision":"`+decision+`"}`), nil); code != http.StatusNoContent {
				t.Errorf("deciding %s: %d", v.Kind, code)
			}
		}
		if ask(t, clerk, http.MethodGet, "/api/reviews", "", nil, &reviews); len(reviews.Items) != 0 {
			t.Errorf("reviews left: %+v", reviews)
		}
	})
}

func TestABodyOverTheLimitIsRefusedNamingIt(t *testing.T) {
	h := onSQLite(t)
	var problem web.Problem
	body := io.LimitReader(endless{}, intake.MaxFile+10)
	code := ask(t, h.serve(h.operator()), http.MethodPost, "/api/import", "application/json", body, &problem)
	if code != http.StatusRequestEntityTooLarge || problem.Code != "intake.too-large" || !strings.Contains(problem.Detail, "64 MiB") {
		t.Errorf("%d %+v", code, problem)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
