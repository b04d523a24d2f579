package output_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/output"
)

func TestAForwardedDocumentIsForOneColleague(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		until := h.Clock.Now().Add(2 * 24 * time.Hour)
		if _, err := h.room.Forward(h.as("stranger"), h.document, h.person("zhou"), until); !refused(err) {
			t.Errorf("by a stranger: %v", err)
		}
		if _, err := h.room.Forward(h.as("chen"), h.document, "nobody", until); faulttest.Fields(err) != "to" {
			t.Errorf("to nobody: %v", err)
		}
		f, err := h.room.Forward(h.as("chen"), h.document, h.person("stranger"), until)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := h.room.OpenForward(h.as("zhou"), f.ID); !refused(err) {
				t.Errorf("by somebody else: %v", err)
			}
		}
		for who, want := range map[string]int{"stranger": 1, "zhou": 0, "chen": 0} {
			listed, err := h.room.Forwards(h.as(who), "", 0)
			if err != nil || len(listed.Items) != want {
				t.Errorf("%s is shown %+v: %v", who, listed.Items, err)
			}
		}
		f, err = h.room.OpenForward(h.as("stranger"), f.ID)
		if err != nil || f.Document != h.document || f.Opened != 1 || f.Refused != 2 {
			t.Errorf("%+v: %v", f, err)
		}
		if _, err := h.records.View(h.as("stranger"), f.Document, 0); !refused(err) {
			t.Errorf("the link opened what its holder may not open: %v", err)
		}
		h.Clock.Advance(2 * 24 * time.Hour)
		if _, err := h.room.OpenForward(h.as("stranger"), f.ID); faulttest.Code(err) != "output.over" {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestOnlyRegisteredRoutesCarryWhatIsSensitive(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		until := h.Clock.Now().AddDate(0, 6, 0)
		for _, c := range []output.Channel{
			{ID: "line", Name: "医保专线", Network: output.Dedicated, Carries: 3, Until: until},
			{ID: "mail", Name: "互联网邮件", Network: output.Public, Carries: 5, Until: until},
			{ID: "vpn", Name: "国密隧道", Network: output.Public, Tunnel: true, Carries: 3, Until: until},
		} {
			if _, err := h.room.SetChannel(h.as("it"), c); err != nil {
				t.Fatal(err)
			}
		}
		for _, try := range []struct {
			channel string
			level   int
			code    string
		}{{"line", 3, ""}, {"line", 4, "output.route"}, {"mail", 1, "output.route"}, {"vpn", 3, ""}, {"usb", 1, "output.route"}, {"", 1, "output.input"}} {
			if _, err := h.room.MaySend(h.as("chen"), try.channel, try.level); faulttest.Code(err) != try.code {
				t.Errorf("%s at level %d: %v", try.channel, try.level, err)
			}
		}
		all, used, err := h.room.Channels(h.as("it"))
		if err != nil || len(all) != 3 || used["line"]["allowed"] != 1 || used["line"]["refused"] != 1 || used[""]["refused"] != 1 {
			t.Errorf("%d routes used %v: %v", len(all), used, err)
		}
		if _, err := h.room.SetChannel(h.as("chen"), all[0]); !refused(err) {
			t.Errorf("registered by a physician: %v", err)
		}
		h.Clock.Advance(200 * 24 * time.Hour)
		if _, err := h.room.MaySend(h.as("chen"), "line", 1); faulttest.Code(err) != "output.route" {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestASystemReportsUnderItsOwnCode(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.room.NamesSources(func(_ context.Context, _ db.Reader, _, source string) (string, error) {
			return "code of " + source, nil
		})
		in := output.Reporting{Source: "another-dlp", Reference: "1", Kind: "mail", Outcome: "blocked", Happened: h.Clock.Now()}
		v, err := h.room.Report(acttest.For(h.Feed("dlp"), "operation"), in)
		if err != nil || v.Source != "code of dlp" {
			t.Errorf("%+v: %v", v, err)
		}
		if v, err = h.room.Report(h.as("it"), in); err != nil || v.Source != in.Source {
			t.Errorf("a person says whose report he hands in: %+v %v", v, err)
		}
	})
}

func TestWhatAnotherSystemSawLeaveIsTakenInOnce(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		m := h.print("chen", h.printing())
		in := output.Reporting{
			Source: "dlp", Reference: "77", Kind: "mail", Outcome: "passed", Patients: 3, Bytes: 2048, Code: m.Code, Words: "发往外部邮箱", Happened: h.Clock.Now(),
		}
		v, err := h.room.Report(h.as("it"), in)
		if err != nil || v.Code != m.ID || !slices.Contains(h.tasks(), "output.leak") {
			t.Errorf("%+v, tasks %v: %v", v, h.tasks(), err)
		}
		if _, err := h.room.Report(h.as("it"), in); faulttest.Code(err) != "output.reported" {
			t.Errorf("again: %v", err)
		}
		in.Kind, in.Outcome, in.Reference = "pigeon", "flew", ""
		if _, err := h.room.Report(h.as("it"), in); faulttest.Fields(err) != "reference kind outcome" {
			t.Errorf("what is wrong: %q", faulttest.Fields(err))
		}
		if _, err := h.room.Report(h.as("chen"), in); err == nil {
			t.Error("a physician reports for a machine")
		}
	})
}

func TestCopyingTextIsCountedAndBearsItsCode(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		m, err := h.room.Copy(h.as("chen"), h.document, 0, 120)
		if err != nil || !strings.Contains(string(m.Bytes), m.Code) || m.Lines != 120 {
			t.Fatalf("%q: %v", m.Bytes, err)
		}
		if v, err := h.room.Verify(h.nobody(), m.Code, nil); err != nil || v.Kind != output.Copied {
			t.Errorf("%+v: %v", v, err)
		}
		if _, err := h.room.Copy(h.as("clerk"), h.document, 0, 120); faulttest.Code(err) != "output.other-purpose" {
			t.Errorf("for another purpose than care: %v", err)
		}
		if _, err := h.room.Copy(h.as("chen"), h.document, 0, 100_000); faulttest.Fields(err) != "characters" {
			t.Errorf("the whole record: %v", err)
		}
	})
}

func TestProfilesAreSetByWhoAnswersForCopies(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		all, err := h.room.Profiles(h.as("chen"))
		if err != nil || len(all) != 7 {
			t.Fatalf("%d profiles: %v", len(all), err)
		}
		p := all[0]
		if _, err := h.room.SetProfile(h.as("chen"), p, 0); !refused(err) {
			t.Errorf("by a physician: %v", err)
		}
		if p, err = h.room.SetProfile(h.as("affairs"), p, 0); err != nil || p.Rev != 1 {
			t.Errorf("%+v: %v", p, err)
		}
		if _, err := h.room.SetProfile(h.as("affairs"), p, 0); faulttest.Code(err) != "output.changed" {
			t.Errorf("from an older one: %v", err)
		}
		p.Quotas, p.Purposes, p.Downloads = nil, []string{"fun"}, 0
		if _, err := h.room.SetProfile(h.as("affairs"), p, 1); !strings.Contains(faulttest.Fields(err), "purposes") || !strings.Contains(faulttest.Fields(err), "quotas") || !strings.Contains(faulttest.Fields(err), "downloads") {
			t.Errorf("what is wrong: %q", faulttest.Fields(err))
		}
		if h.At.Engine == "sqlite" {
			h.Behind("UPDATE output_profile SET threshold = 100000")
			if _, err := h.room.Profiles(h.as("affairs")); err == nil {
				t.Error("a profile that was widened behind the house counts")
			}
		}
	})
}

func TestFromOutsideNothingLeaves(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		x := h.export("affairs", asking())
		home := func(who string) error {
			a := act.From(h.as(who))
			a.Zone = "remote"
			ctx := act.With(t.Context(), a)
			_, download := h.room.Download(ctx, x.ID, "")
			return download
		}
		if err := home("affairs"); !refused(err) || !slices.Contains(unmet(err), "place") {
			t.Errorf("from home: %v", err)
		}
	})
}

func TestTheAddressesOfTheRoom(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		status, made := h.ask("chen", "POST", "/api/output/prints", `{"documents":[{"document":"`+h.document+`"}],"profile":"care"}`)
		file, err := base64.StdEncoding.DecodeString(fmt.Sprint(made["file"]))
		if status != http.StatusCreated || err != nil || !strings.Contains(string(file), "病情好转") {
			t.Fatalf("printing: %d %v %v", status, made, err)
		}
		code := fmt.Sprint(made["code"])
		if status, v := h.ask("", "GET", "/api/output/verify/"+code, ""); status != http.StatusOK || v["serial"] != made["serial"] || v["patient"] != nil {
			t.Errorf("verifying: %d %v", status, v)
		}
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/output/verify/"+code, strings.NewReader(string(file)))
		r.Header.Set("Content-Type", "application/octet-stream")
		w := httptest.NewRecorder()
		h.http.ServeHTTP(w, r)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"file":"same"`) {
			t.Errorf("the file: %d %s", w.Code, w.Body)
		}
		status, x := h.ask("affairs", "POST", "/api/output/exports", `{"list":"patients","format":"csv","profile":"office","case":"医务 3 号"}`)
		if status != http.StatusCreated {
			t.Fatalf("asking: %d %v", status, x)
		}
		if err := h.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		path := "/api/output/exports/" + fmt.Sprint(x["id"])
		if status, f := h.ask("affairs", "POST", path+"/download", `{}`); status != http.StatusConflict {
			t.Errorf("fetching unsigned: %d %v", status, f)
		}
		if status, signed := h.ask("affairs", "POST", path+"/pledge", ""); status != http.StatusOK {
			t.Errorf("signing: %d %v", status, signed)
		}
		if status, f := h.ask("affairs", "POST", path+"/download", `{}`); status != http.StatusOK || !strings.HasSuffix(fmt.Sprint(f["name"]), ".csv") {
			t.Errorf("fetching: %d %v", status, f)
		}
		for path, who := range map[string]string{
			"/api/output/profiles": "chen", "/api/output/quota?profile=office": "affairs", "/api/output/prints": "chen", "/api/output/issues": "affairs",
			"/api/output/lists": "affairs", "/api/output/exports": "affairs", path: "affairs", "/api/output/channels": "it",
		} {
			if status, answer := h.ask(who, "GET", path, ""); status != http.StatusOK {
				t.Errorf("%s: %d %v", path, status, answer)
			}
		}
		if status, page := h.ask("chen", "GET", "/api/output/issues", ""); status != http.StatusOK || len(page["items"].([]any)) != 1 {
			t.Errorf("a physician sees the copies of others: %v", page["items"])
		}
	})
}

func TestEveryDemandHasAFigure(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.print("chen", h.printing())
		h.export("affairs", asking())
		ask := func() map[string]evidence.Verdict {
			verdicts := map[string]evidence.Verdict{}
			for _, c := range h.room.Checks() {
				verdicts[c.ID] = c.Ask(t.Context()).Verdict
			}
			return verdicts
		}
		for id, verdict := range ask() {
			if verdict != evidence.Met {
				t.Errorf("%s: %s", id, verdict)
			}
		}
		demands := evidence.Demands(h.room.Checks())
		for id := range strings.FieldsSeq("A-126 B-062 B-081 C-135 D-026 D-027 D-038 D-039 D-047 D-049 E-127 E-128 E-203") {
			if !slices.Contains(demands, id) {
				t.Errorf("%s has no check", id)
			}
		}
		in := h.printing()
		in.Hold = true
		h.print("chen", in)
		h.Clock.Advance(25 * time.Hour)
		if verdicts := ask(); verdicts["output.wiped"] != evidence.NotMet {
			t.Error("what should be destroyed is not missed")
		}
		if err := h.room.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if verdicts := ask(); verdicts["output.wiped"] != evidence.Met {
			t.Error("what was destroyed is missed")
		}
	})
}

func TestStationsAndCardsAreListedForThoseWhoRegisterThem(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		until := h.Clock.Now().AddDate(0, 6, 0)
		for _, name := range []string{"护士站", "医生办公室"} {
			h.Clock.Advance(time.Minute)
			if _, _, err := h.room.SetStation(h.as("it"), name, "三楼", until); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.room.SetBadge(h.as("it"), h.person("chen"), "A-1", until); err != nil {
			t.Fatal(err)
		}
		found := webtest.EveryPage(t, func(cursor string) (web.Page[output.Station], error) {
			seen, err := h.room.Stations(h.as("it"), cursor, 1)
			return seen.Page, err
		})
		if len(found) != 2 || found[0].Name != "医生办公室" || found[1].Name != "护士站" {
			t.Errorf("%+v", found)
		}
		cards, err := h.room.Badges(h.as("it"), "", 0)
		if err != nil || len(cards.Items) != 1 || cards.Items[0].Person != h.person("chen") || cards.Names[h.person("chen")].ZH == "" {
			t.Errorf("%+v: %v", cards, err)
		}
		if _, err := h.room.Stations(h.as("chen"), "", 0); !refused(err) {
			t.Errorf("stations to a physician: %v", err)
		}
		if _, err := h.room.Badges(h.as("chen"), "", 0); !refused(err) {
			t.Errorf("cards to a physician: %v", err)
		}
	})
}
