package fhir

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/output"
)

// BulkPatients is the list of room output that bulk export takes along.
const BulkPatients = "fhir-patients"

const (
	ndjson     = "application/fhir+ndjson"
	statusPath = root + "/$export-status"
	filePath   = root + "/$export-file"
	// releaseHeader is where a release code is shown, where two people decided.
	releaseHeader = "Medward-Release-Code"
	askAgain      = 5 * time.Second
)

// exportRoutes are Bulk Data Access 2, as far as a case of room output carries it: who
// may ask, how many, with whose approval and until when is decided there.
func (room *Room) exportRoutes(add func(web.Op, func(http.ResponseWriter, *http.Request) error)) {
	for _, path := range []string{"/$export", "/Patient/$export"} {
		id := "fhirExport" + strings.ReplaceAll(path, "/", "")
		add(web.Op{Method: http.MethodGet, Path: root + path, ID: id, Verb: "output.export", Summary: "Ask for bulk data, for a case"}, room.fenced("Patient", toBulk, room.getExport))
	}
	add(web.Op{Method: http.MethodGet, Path: statusPath + "/{id}", ID: "fhirExportStatus", Verb: "output.see", Summary: "Tell where a bulk export stands, and in the end where its file is"}, room.fenced("Patient", toBulk, room.getExportStatus))
	add(web.Op{Method: http.MethodDelete, Path: statusPath + "/{id}", ID: "fhirExportCancel", Verb: "output.cancel", Summary: "Take a bulk export back"}, room.fenced("Patient", toBulk, room.deleteExport))
	add(web.Op{Method: http.MethodGet, Path: filePath + "/{id}", ID: "fhirExportFile", Verb: "output.download", Summary: "Fetch the file of a bulk export, which its person has signed for"}, room.fenced("Patient", toBulk, room.getExportFile))
}

// bulkParameters are those that are understood.
var bulkParameters = []string{"_outputFormat", "_type", "case", "profile", "unmasked", inFormat}

func (room *Room) getExport(w http.ResponseWriter, r *http.Request) error {
	given := r.URL.Query()
	if given.Get("case") == "" || given.Get("profile") == "" {
		return errExport.With()
	}
	if err := checkBulk(r, given); err != nil {
		return err
	}
	x, err := room.Outputs.Ask(r.Context(), output.AskingFor{
		List: BulkPatients, Format: output.NDJSON, Profile: given.Get("profile"), Case: given.Get("case"), Unmasked: given.Get("unmasked") != "", Words: given.Get("unmasked"),
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Location", room.baseOf(r)+strings.TrimPrefix(statusPath, root)+"/"+x.ID)
	return answer(w, r, http.StatusAccepted, outcome(Issue{Severity: "information", Code: "informational", Diagnostics: text("已受理，请按 Content-Location 查询进度", "accepted; Content-Location tells where it stands").In(web.Language(r.Context()))}))
}

func checkBulk(r *http.Request, given url.Values) error {
	e := errParameter.With()
	for name := range given {
		if !slices.Contains(bulkParameters, name) {
			e.At(name, text("不支持这个参数", "this parameter is not known"))
		}
	}
	if kinds := given.Get("_type"); kinds != "Patient" && (kinds != "" || !strings.HasPrefix(r.URL.Path, root+"/Patient/")) {
		e.At("_type", text("批量导出只有 Patient", "only Patient leaves in bulk"))
	}
	if format := given.Get("_outputFormat"); !slices.Contains([]string{"", ndjson, strings.ReplaceAll(ndjson, "+", " "), "application/ndjson", "ndjson"}, format) {
		e.At("_outputFormat", text("应为 "+ndjson, "is "+ndjson))
	}
	if !strings.Contains(r.Header.Get("Prefer"), "respond-async") {
		e.At("Prefer", text("应为 respond-async", "is respond-async"))
	}
	return e.OrNil()
}

// progress says where an export stands, in words.
var progress = map[string]struct{ zh, en string }{
	output.Running: {"正在读取", "reading"}, output.Held: {"数量异常，等待复核", "held as suspicious until somebody has judged it"}, output.Approving: {"等待双人审批", "waits for two people to approve"},
}

// BulkManifest is what Bulk Data Access answers when an export is complete.
type BulkManifest struct {
	At       string       `json:"transactionTime"`
	Request  string       `json:"request"`
	Token    bool         `json:"requiresAccessToken"`
	Output   []BulkOutput `json:"output"`
	Error    []BulkOutput `json:"error"`
	LeftOut  int          `json:"leftOut"`
	Expires  string       `json:"expires"`
	Released bool         `json:"needsReleaseCode"`
}

// BulkOutput is a file of an export.
type BulkOutput struct {
	Type  string `json:"type"`
	URL   string `json:"url"`
	Count int    `json:"count"`
}

func (room *Room) getExportStatus(w http.ResponseWriter, r *http.Request) error {
	x, err := room.bulk(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if p, going := progress[x.State]; going {
		w.Header().Set("X-Progress", p.en+", "+strconv.Itoa(x.Lines))
		w.Header().Set("Retry-After", strconv.Itoa(int(askAgain/time.Second)))
		return answer(w, r, http.StatusAccepted, outcome(Issue{Severity: "information", Code: "informational", Diagnostics: text(p.zh, p.en).In(web.Language(r.Context()))}))
	}
	if x.State != output.Ready {
		return errExportOver.With("state", strings.TrimSuffix(x.State+" "+x.Why, " "))
	}
	m := BulkManifest{
		At: instant(x.Asked), Request: room.baseOf(r) + "/Patient/$export", Token: true, Error: []BulkOutput{}, LeftOut: x.LeftOut, Expires: instant(x.Until), Released: x.CodeBy != "" && x.Released.IsZero(),
		Output: []BulkOutput{{"Patient", room.baseOf(r) + strings.TrimPrefix(filePath, root) + "/" + x.ID, x.Lines}},
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Expires", x.Until.UTC().Format(http.TimeFormat))
	return write(w, r, http.StatusOK, body)
}

// bulk is an export of one's own that was asked for here.
func (room *Room) bulk(ctx context.Context, id string) (output.SeenExport, error) {
	x, err := room.Outputs.ViewExport(ctx, id)
	if err == nil && x.List != BulkPatients {
		return x, errKind.With()
	}
	return x, err
}

func (room *Room) deleteExport(w http.ResponseWriter, r *http.Request) error {
	if _, err := room.Outputs.CancelExport(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func (room *Room) getExportFile(w http.ResponseWriter, r *http.Request) error {
	f, err := room.Outputs.Download(r.Context(), r.PathValue("id"), r.Header.Get(releaseHeader))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", ndjson)
	w.Header().Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
	return write(w, r, http.StatusOK, f.Bytes)
}

// BulkLine is a patient of a bulk export. Each line bears the number of the copy.
func BulkLine(cells []string, as output.LineForm) ([]byte, error) {
	if len(cells) < 7 {
		return nil, errKind.With()
	}
	level, err := strconv.Atoi(cells[6])
	if err != nil {
		return nil, err
	}
	p := &Patient{Base: Base{"Patient", cells[0], (&Meta{VersionID: cells[1]}).sensed(level)}, Active: true, Gender: cells[3]}
	p.Meta.Tag = []Coding{{System: ours + "issue", Code: as.Serial, Display: as.Mark}}
	p.Meta.subsetted()
	if as.Masked {
		p.Meta.Security = append(p.Meta.Security, Coding{System: v3Observation, Code: "MASKED"})
		p.Name, p.Identifier = []HumanName{{Use: "official", Hidden: masked()}}, []Identifier{{Use: "usual", System: recordNumbers, Hidden: masked()}}
	} else {
		p.Name, p.BirthDate, p.Identifier = []HumanName{{Use: "official", Text: cells[2]}}, cells[4], numbered(cells[5])
	}
	return json.Marshal(p)
}
