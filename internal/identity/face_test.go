package identity_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/identity"
)

// camera stands in for an adapter that knows faces. A face is a word here, and the
// template of it says so.
type camera struct {
	*httptest.Server
	mu     sync.Mutex
	asked  map[string]identity.FaceQuestion
	before map[string]stood // by look
	down   bool
}

type stood struct {
	face string
	live int64
}

func openCamera(t testing.TB) *camera {
	t.Helper()
	c := &camera{asked: map[string]identity.FaceQuestion{}, before: map[string]stood{}}
	c.Server = httptest.NewServer(http.HandlerFunc(c.serve))
	t.Cleanup(c.Close)
	return c
}

func templateFor(face string) []byte { return []byte("template of " + face) }

func (c *camera) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var asked struct {
		identity.FaceQuestion
		Look string `json:"look"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || c.down || r.Header.Get("Authorization") != "Bearer camera-token" {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if r.URL.Path == "/look" {
		look := strconv.Itoa(len(c.asked) + 1)
		c.asked[look] = asked.FaceQuestion
		_ = json.NewEncoder(w).Encode(map[string]string{"look": look, "qr": "face://look/" + look})
		return
	}
	answer := identity.FaceAnswer{State: identity.FaceWaiting}
	if there, came := c.before[asked.Look]; came {
		answer = identity.FaceAnswer{State: identity.FaceSeen, Live: there.live}
		if q := c.asked[asked.Look]; q.Compare {
			answer.Matches = len(q.Template) > 0 && bytes.Equal(q.Template, templateFor(there.face))
		} else {
			answer.Template = templateFor(there.face)
		}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// sees has somebody stand before the camera.
func (c *camera) sees(qr, face string, live int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.before[strings.TrimPrefix(qr, "face://look/")] = stood{face, live}
}

func (c *camera) breaks(down bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = down
}

func (c *camera) settings() identity.WaySettings {
	return identity.WaySettings{Face: &identity.FaceSettings{
		Adapter: identity.ScanSettings{Address: c.URL, Internal: true, Plain: true}, Least: 900,
		Statement: fault.Text{
			ZH: "人脸模板仅用于本人登录本系统，加密保存在本院，停用当日删除；不同意者用密码登录，不受任何影响。本人可随时撤回。",
			EN: "The template of your face serves your own sign-in here and nothing else; it is kept encrypted in this hospital and erased when you stop. Whoever does not agree signs in by password.",
		},
	}}
}

const (
	faceIn   = "/api/session/face"
	faceBind = "/api/identity/faces"
)

// stands begins a look with a body, and has a face before the camera.
func (c *client) stands(cam *camera, path, body, face string, live int64) (ceremony string) {
	c.g.T.Helper()
	a := c.must(200, "POST", path+"/begin", body)
	c.keep(a)
	cam.sees(a.body["qr"].(string), face, live)
	return `{"ceremony":"` + a.body["ceremony"].(string) + `"}`
}

// filmed is a house with a camera, where chen has enrolled his face.
func filmed(t *testing.T, fn func(t *testing.T, g *gate, cam *camera, admin *client, e employee, ward *client)) {
	t.Helper()
	both(t, func(t *testing.T, g *gate) {
		cam := openCamera(t)
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		admin.setWay(identity.FaceWay, cam.settings(), "camera-token")
		ward := g.at(wardPC)
		ward.signIn(e.name, e.password)
		ward.must(201, "POST", faceBind, ward.stands(cam, faceBind, `{"agreed":1}`, "chen", 980))
		fn(t, g, cam, admin, e, ward)
	})
}

const asChen = `{"name":"chenyaqin"}`

func TestAFaceIsEnrolledByASignedStatementAndOpensAsOneFactor(t *testing.T) {
	filmed(t, func(t *testing.T, g *gate, cam *camera, _ *client, e employee, ward *client) {
		own := ward.must(200, "GET", faceBind, "")
		items := own.body["items"].([]any)
		if len(items) != 1 || items[0].(map[string]any)["live"] != float64(980) || items[0].(map[string]any)["pledge"] == "" {
			t.Fatalf("what is listed: %v", own.body)
		}
		if !strings.Contains(own.body["terms"].(map[string]any)["statement"].(map[string]any)["zh"].(string), "密码") {
			t.Error("the statement is not shown")
		}
		if g.Count("staff_pledge WHERE kind = 'face'") != 1 || g.Count("identity_face WHERE template IS NOT NULL") != 1 {
			t.Error("the consent or the template is not kept")
		}
		g.read(func(r db.Reader) error {
			kept, err := db.Several(t.Context(), r, func(row db.Rows, sealed *[]byte) error { return row.Scan(sealed) }, "SELECT template FROM identity_face")
			if len(kept) != 1 || len(kept[0]) == 0 || bytes.Contains(kept[0], templateFor("chen")) {
				t.Errorf("the template is kept as it is: %q", kept)
			}
			return err
		})
		fresh := g.at(wardPC)
		fresh.keep(fresh.must(201, "POST", faceIn, fresh.stands(cam, faceIn, asChen, "chen", 960)))
		if who := fresh.who(); who["means"] != "face" || who["person"] != e.person || who["strong"] != false {
			t.Errorf("who: %v", who)
		}
		if g.Count("identity_face WHERE used IS NOT NULL AND used_live = 960") != 1 {
			t.Error("how surely he was alive at the sign-in is not kept")
		}
		g.verdict("identity.faces-agreed", "met")
	})
}

func TestAnotherFaceAPictureAndAnUnknownNameAreAnsweredAlikeAndSlowNoPassword(t *testing.T) {
	filmed(t, func(t *testing.T, g *gate, cam *camera, _ *client, e employee, _ *client) {
		for what, tried := range map[string]struct {
			body, face string
			live       int64
		}{
			"another": {asChen, "wang", 990}, "a picture": {asChen, "chen", 200}, "a name of nobody": {`{"name":"nobody"}`, "chen", 990},
			"a name without a face": {`{"name":"liuyang"}`, "chen", 990},
		} {
			c := g.at(wardPC)
			if a := c.ask("POST", faceIn, c.stands(cam, faceIn, tried.body, tried.face, tried.live)); a.status != 401 || a.body["code"] != "identity.face" || c.live() {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}
		for range 6 {
			c := g.at(wardPC)
			if a := c.ask("POST", faceIn+"/begin", asChen); a.status == 200 {
				c.keep(a)
				cam.sees(a.body["qr"].(string), "wang", 990)
				c.ask("POST", faceIn, `{"ceremony":"`+a.body["ceremony"].(string)+`"}`)
			}
		}
		if a := g.at(wardPC).ask("POST", faceIn+"/begin", asChen); a.body["code"] != "identity.wait" {
			t.Errorf("whoever tries again and again: %d %v", a.status, a.body)
		}
		c := g.at(wardPC)
		if c.signIn(e.name, e.password); !c.live() {
			t.Error("faces that failed keep the password out")
		}
		cam.breaks(true)
		if a := g.at(homePC).ask("POST", faceIn+"/begin", `{"name":"nobody"}`); a.body["code"] != "identity.recogniser" || !strings.Contains(fmt.Sprint(a.body), "密码") {
			t.Errorf("while the camera is down: %d %v", a.status, a.body)
		}
	})
}

func TestNobodyIsEnrolledWithoutReadingOrLiving(t *testing.T) {
	filmed(t, func(t *testing.T, g *gate, cam *camera, admin *client, _ employee, ward *client) {
		if a := ward.ask("POST", faceBind+"/begin", `{"agreed":7}`); a.body["code"] != "identity.face-terms" {
			t.Errorf("another statement than the one in force: %d %v", a.status, a.body)
		}
		if a := ward.ask("POST", faceBind, ward.stands(cam, faceBind, `{"agreed":1}`, "chen", 600)); a.body["code"] != "identity.not-living" {
			t.Errorf("a picture: %d %v", a.status, a.body)
		}
		asked := ward.stands(cam, faceBind, `{"agreed":1}`, "chen", 990)
		if a := g.at(wardPC).ask("POST", faceIn, asked); a.body["code"] != "identity.ceremony" {
			t.Errorf("an enrolment as a sign-in: %d %v", a.status, a.body)
		}
		if a := admin.ask("POST", faceBind, asked); a.body["code"] != "identity.ceremony" {
			t.Errorf("by another: %d %v", a.status, a.body)
		}
		if g.Count("identity_face") != 1 {
			t.Errorf("%d faces are kept", g.Count("identity_face"))
		}
	})
}

func TestAFaceIsErasedAtOnceAndStaysListed(t *testing.T) {
	filmed(t, func(t *testing.T, g *gate, cam *camera, admin *client, _ employee, ward *client) {
		g.Clock.Advance(time.Second)
		ward.must(201, "POST", faceBind, ward.stands(cam, faceBind, `{"agreed":1}`, "chen", 990))
		items := ward.must(200, "GET", faceBind, "").body["items"].([]any)
		newest := items[0].(map[string]any)
		if len(items) != 2 || items[1].(map[string]any)["why"] != "replaced" || g.Count("identity_face WHERE template IS NOT NULL") != 1 {
			t.Fatalf("a newer one does not take the place of the old: %v", items)
		}
		begun := g.at(wardPC)
		asked := begun.stands(cam, faceIn, asChen, "chen", 990)
		ward.must(204, "POST", faceBind+"/"+newest["id"].(string)+"/end", "")
		if a := begun.ask("POST", faceIn, asked); a.status != 401 || begun.live() {
			t.Errorf("a sign-in that was under way: %d %v", a.status, a.body)
		}
		if g.Count("identity_face WHERE template IS NOT NULL") != 0 {
			t.Error("the template is still there")
		}
		listed := admin.must(200, "GET", "/api/faces?limit=1", "")
		rest := admin.must(200, "GET", "/api/faces?limit=1&cursor="+listed.body["next"].(string), "")
		whys := []any{listed.body["items"].([]any)[0].(map[string]any)["why"], rest.body["items"].([]any)[0].(map[string]any)["why"]}
		if !slices.Equal(whys, []any{"withdrawn", "replaced"}) {
			t.Errorf("deletions are listed as %v", whys)
		}
		if a := ward.ask("GET", "/api/faces", ""); a.status != 403 {
			t.Errorf("a doctor sees everybody's: %d", a.status)
		}
		g.verdict("identity.faces-agreed", "met")
	})
}

func TestTheFaceOfAClosedAccountIsErasedByTheHouse(t *testing.T) {
	filmed(t, func(t *testing.T, g *gate, _ *camera, admin *client, e employee, _ *client) {
		admin.must(204, "POST", "/api/accounts/"+e.account+"/disable", "")
		g.verdict("identity.faces-agreed", "not-met")
		g.reconcile()
		if g.Count("identity_face WHERE template IS NOT NULL") != 0 || g.Count("identity_face WHERE why = 'closed'") != 1 {
			t.Error("the template of a closed account stays")
		}
		g.verdict("identity.faces-agreed", "met")
	})
}
