package identity_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"
	"pgregory.net/rapid"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

func settingsOf(d *directory, address string) identity.WaySettings {
	return identity.WaySettings{Directory: &identity.DirectorySettings{
		Address: address, Roots: d.roots, Bind: directoryRoot, Base: directoryBase, Filter: "(&(objectClass=inetOrgPerson)(uid={name}))", Number: "employeeNumber",
	}}
}

// setWay puts a way in force and returns its id.
func (c *client) setWay(kind identity.WayKind, s identity.WaySettings, secret string) string {
	c.g.T.Helper()
	body := map[string]any{"kind": kind, "state": "open", "nameZh": "本院", "nameEn": "Ours", "settings": s}
	if secret != "" {
		body["secret"] = secret
	}
	made := c.must(201, "POST", "/api/identity/ways", wireText(c, body)).body
	return made["id"].(string)
}

func wireText(c *client, body any) string {
	c.g.T.Helper()
	out, err := json.Marshal(body)
	if err != nil {
		c.g.T.Fatal(err)
	}
	return string(out)
}

// safe is a security administrator who is signed in at the ward.
func (g *gate) safe() *client {
	g.T.Helper()
	admin := g.hire("liuyang", "security-administrator")
	c := g.at(wardPC)
	if a := c.signIn(admin.name, admin.password); a.status != 201 {
		g.T.Fatal(a.body)
	}
	return c
}

func TestPeopleSignInByTheirDirectory(t *testing.T) {
	d := openDirectory(t)
	d.person("chen.yaqin", "10023", "Directory-7-secret")
	d.person("stranger", "99999", "Directory-8-secret")
	d.person("twin", "10023", "Directory-9-secret")
	both(t, func(t *testing.T, g *gate) {
		admin := g.safe()
		e := g.employ("10023", "attending")
		made, err := g.room.CreateAccount(g.founder(), identity.NewAccount{Person: e.person, Name: "chenyaqin"})
		if err != nil {
			t.Fatal(err)
		}
		for _, address := range []string{d.tls, "ldap://localhost" + d.plain[strings.LastIndex(d.plain, ":"):]} {
			way := admin.setWay(identity.Directory, settingsOf(d, address), directorySecret)
			c := g.at(wardPC)
			if a := c.signIn("Chen.Yaqin", "Directory-7-secret"); a.status != 201 {
				t.Fatalf("%s: %d %v\n%s", address, a.status, a.body, g.Log)
			}
			who := c.who()
			if who["person"] != e.person || who["means"] != "directory" || who["mustChange"] != false || len(who["roles"].([]any)) != 1 || who["strong"] != false {
				t.Errorf("who: %v", who)
			}
			if last := g.Last(); last.Verb != "identity.sign-in" || last.Outcome != ledger.Done || last.Note["means"] != "directory" {
				t.Errorf("the ledger tells %+v", last)
			}
			for name, password := range map[string]string{
				"chen.yaqin": "Directory-8-secret", "stranger": "Directory-8-secret", "nobody-there": "x",
				"*": "Directory-7-secret", "chen.yaqin)(uid=*": "Directory-7-secret", "chen*": "Directory-7-secret",
			} {
				g.Clock.Advance(2 * time.Minute)
				if a := g.at(homePC).signIn(name, password); a.status != 401 || a.body["code"] != "identity.wrong" {
					t.Errorf("%q: %d %v", name, a.status, a.body)
				}
			}
			g.Clock.Advance(2 * time.Minute)
			if a := g.at(homePC).signIn("chen.yaqin", ""); a.status != 401 {
				t.Errorf("without a password: %d %v", a.status, a.body)
			}
			c.signIn("chen.yaqin", "Directory-7-secret")
			g.Clock.Advance(identity.StepLife)
			if a := c.ask("POST", "/api/identity/step-up", `{"password":"Directory-9-secret"}`); a.status != 422 {
				t.Errorf("a step-up by a password of another entry: %d %v", a.status, a.body)
			}
			admin.signIn("liuyang", "Correct horse 9 battery")
			shut(admin, way)
		}
		if strings.Contains(g.Log.String(), "Directory-7-secret") || strings.Contains(g.Log.String(), directorySecret) {
			t.Error("the log holds a password")
		}
		if n := g.Count("identity_way WHERE settings LIKE '%" + directorySecret + "%'"); n != 0 {
			t.Error("the store holds the bind password")
		}
		if a := g.at(wardPC).signIn("chenyaqin", made.Password); a.status != 201 {
			t.Errorf("by the password of this house, when no directory is asked: %d %v", a.status, a.body)
		}
	})
}

func shut(c *client, way string) {
	c.g.T.Helper()
	for _, item := range c.must(200, "GET", "/api/identity/ways", "").body["items"].([]any) {
		if w := item.(map[string]any); w["id"] == way {
			c.must(200, "PUT", "/api/identity/ways/"+way, wireText(c, map[string]any{
				"kind": w["kind"], "state": "shut", "nameZh": w["nameZh"], "settings": w["settings"], "rev": w["rev"],
			}))
		}
	}
}

func TestAStepUpAsksTheDirectoryForWhomItKnows(t *testing.T) {
	d := openDirectory(t)
	d.person("chen.yaqin", "10023", "Directory-7-secret")
	both(t, func(t *testing.T, g *gate) {
		admin := g.safe()
		e := g.employ("10023", "attending")
		if _, err := g.room.CreateAccount(g.founder(), identity.NewAccount{Person: e.person, Name: "chenyaqin"}); err != nil {
			t.Fatal(err)
		}
		admin.setWay(identity.Directory, settingsOf(d, d.tls), directorySecret)
		c := g.at(wardPC)
		c.signIn("chen.yaqin", "Directory-7-secret")
		c.must(204, "POST", "/api/identity/lock", "")
		c.must(401, "GET", "/api/session", "")
		c.must(200, "POST", "/api/identity/unlock", `{"password":"Directory-7-secret"}`)
		g.Clock.Advance(identity.StepLife)
		c.must(403, "POST", "/api/identity/factors/codes", `{}`)
		c.must(200, "POST", "/api/identity/step-up", `{"password":"Directory-7-secret"}`)
		phone, _ := c.enrol()
		if a := c.signIn("chen.yaqin", "Directory-7-secret"); a.body["code"] != "identity.code-needed" {
			t.Errorf("without a code: %d %v", a.status, a.body)
		}
		if a := c.signInWith("chen.yaqin", "Directory-7-secret", phone.code()); a.status != 201 || c.who()["means"] != "directory+code" || c.who()["strong"] != true {
			t.Errorf("with a code: %d %v", a.status, a.body)
		}
		g.verdict("identity.strong-sessions", "met")
	})
}

func TestADirectoryThatIsDownDoesNotLockCareOut(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		d := openDirectory(t)
		d.person("chenyaqin", "chenyaqin", "Directory-7-secret")
		admin := g.safe()
		e, unknown := g.hire("chenyaqin", "attending"), g.hire("wangfang", "nurse")
		way := admin.setWay(identity.Directory, settingsOf(d, d.tls), directorySecret)
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 401 {
			t.Errorf("whom the directory knows, by the password of this house: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn(unknown.name, unknown.password); a.status != 201 {
			t.Errorf("whom it does not know: %d %v", a.status, a.body)
		}
		d.stop()
		c := g.at(wardPC)
		if a := c.signIn(e.name, e.password); a.status != 201 || c.who()["means"] != "password" {
			t.Errorf("while it is down: %d %v", a.status, a.body)
		}
		if g.alarmed() == 0 {
			t.Error("nobody was told")
		}
		if last := g.Last(); last.Note["fallback"] != "unanswered" {
			t.Errorf("the ledger tells %+v", last)
		}
		if mine := c.must(200, "GET", "/api/identity/sessions", "").body["items"].([]any); mine[len(mine)-1].(map[string]any)["fallback"] != "unanswered" {
			t.Errorf("my sessions: %v", mine)
		}
		if a := g.at(wardPC).signIn(e.name, "Directory-7-secret"); a.status != 401 {
			t.Errorf("by the directory's password, while it is down: %d %v", a.status, a.body)
		}
		g.at(wardPC).signIn(unknown.name, unknown.password)
		waiting := admin.must(200, "GET", "/api/identity/findings", "").body["items"].([]any)
		if len(waiting) != 1 || waiting[0].(map[string]any)["kind"] != "directory-down" {
			t.Fatalf("what was found: %v", waiting)
		}
		admin.must(204, "POST", "/api/identity/findings/"+waiting[0].(map[string]any)["id"].(string)+"/dispose", `{"disposal":"explained"}`)

		s := settingsOf(d, d.tls)
		s.Directory.Strict = true
		strict := func(untried bool) answer {
			return admin.ask("PUT", "/api/identity/ways/"+way, wireText(admin, map[string]any{
				"kind": "directory", "state": "open", "nameZh": "目录", "settings": s, "rev": 1, "untried": untried,
			}))
		}
		if a := strict(false); a.status != 422 || a.body["code"] != "identity.way-unanswered" || !strings.Contains(wireText(admin, a.body), "directory.address") {
			t.Errorf("setting a directory that is down: %d %v", a.status, a.body)
		}
		if a := strict(true); a.status != 200 || g.Last().Note["untried"] != "true" {
			t.Errorf("all the same: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 503 || a.body["code"] != "identity.directory" {
			t.Errorf("strict: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn("liuyang", "Correct horse 9 battery"); a.status != 201 {
			t.Errorf("whoever set it: %d %v", a.status, a.body)
		}
	})
}

func TestTheFewWhoMustNotBeLockedOutComeInWhateverTheDirectorySays(t *testing.T) {
	d := openDirectory(t)
	d.person("chenyaqin", "chenyaqin", "Directory-7-secret")
	d.person("liuyang", "liuyang", "Directory-8-secret")
	d.person("wangfang", "wangfang", "Directory-9-secret")
	both(t, func(t *testing.T, g *gate) {
		admin := g.safe()
		e, kept, fresh := g.hire("chenyaqin", "attending"), g.hire("wangfang", "administrator-on-duty"), g.hireFresh("zhaomin", "nurse")
		s := settingsOf(d, d.tls)
		for _, name := range []string{"nobody", fresh.name} {
			s.Directory.Emergency = []string{name}
			a := admin.ask("POST", "/api/identity/ways", wireText(admin, map[string]any{
				"kind": "directory", "state": "open", "nameZh": "目录", "settings": s, "secret": directorySecret,
			}))
			if a.status != 422 || !strings.Contains(wireText(admin, a.body), "directory.emergency") {
				t.Errorf("%s for emergencies: %d %v", name, a.status, a.body)
			}
		}
		s.Directory.Emergency = []string{kept.name}
		admin.setWay(identity.Directory, s, directorySecret)
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 401 {
			t.Errorf("anybody: %d %v", a.status, a.body)
		}
		for _, in := range []employee{kept, {name: "liuyang", password: "Correct horse 9 battery"}} {
			c := g.at(wardPC)
			if a := c.signIn(in.name, in.password); a.status != 201 || g.Last().Note["fallback"] != "overruled" {
				t.Errorf("%s: %d %v", in.name, a.status, a.body)
			}
			if a := c.signIn(in.name, in.password+"x"); a.status != 401 {
				t.Errorf("%s by a wrong password: %d %v", in.name, a.status, a.body)
			}
		}
		found := g.Count("identity_finding WHERE kind = 'directory-overruled'")
		if found != 2 {
			t.Errorf("%d findings, want one of each", found)
		}
	})
}

func TestADirectoryIsTriedBeforeItIsSet(t *testing.T) {
	d := openDirectory(t)
	d.person("chenyaqin", "chenyaqin", "Directory-7-secret")
	both(t, func(t *testing.T, g *gate) {
		admin, doctor := g.safe(), g.hire("chenyaqin", "attending")
		body := func(s identity.WaySettings, secret, id string) string {
			return wireText(admin, map[string]any{"id": id, "way": map[string]any{"kind": "directory", "state": "open", "nameZh": "目录", "settings": s, "secret": secret}})
		}
		for field, spoil := range map[string]func(s *identity.DirectorySettings){
			"address": func(s *identity.DirectorySettings) { s.Address = "ldaps://localhost:1" },
			"bind":    func(s *identity.DirectorySettings) { s.Bind = "cn=stranger," + directoryBase },
			"base":    func(s *identity.DirectorySettings) { s.Base = "ou=nowhere," + directoryBase },
			"number":  func(s *identity.DirectorySettings) { s.Number = "roomNumber" },
		} {
			s := settingsOf(d, d.tls)
			spoil(s.Directory)
			a := admin.ask("POST", "/api/identity/ways/try", body(s, directorySecret, ""))
			if text := wireText(admin, a.body); a.status != 422 || !strings.Contains(text, "settings.directory."+field) {
				t.Errorf("%s: %d %s", field, a.status, text)
			}
		}
		if a := admin.ask("POST", "/api/identity/ways/try", body(settingsOf(d, d.tls), "wrong", "")); a.status != 422 || !strings.Contains(wireText(admin, a.body), "directory.bind") {
			t.Errorf("a wrong secret: %d %v", a.status, a.body)
		}
		if n := g.Count("identity_way"); n != 0 {
			t.Errorf("%d ways after trying", n)
		}
		admin.must(204, "POST", "/api/identity/ways/try", body(settingsOf(d, d.tls), directorySecret, ""))
		way := admin.setWay(identity.Directory, settingsOf(d, d.tls), directorySecret)
		admin.must(204, "POST", "/api/identity/ways/try", body(settingsOf(d, d.tls), "", way))
		c := g.at(wardPC)
		c.signIn(doctor.name, "Directory-7-secret")
		c.must(403, "POST", "/api/identity/ways/try", body(settingsOf(d, d.tls), directorySecret, ""))
		g.Clock.Advance(identity.StepLife)
		admin.must(403, "POST", "/api/identity/ways/try", body(settingsOf(d, d.tls), directorySecret, ""))
	})
}

func TestWhatADirectoryIsAskedIsChecked(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, doctor := g.safe(), g.hire("chenyaqin", "attending")
		d := &directory{roots: newAuthority(t, "CA", g.Clock.Now()).roots()}
		for field, spoil := range map[string]func(s *identity.DirectorySettings){
			"address": func(s *identity.DirectorySettings) { s.Address = "http://x" },
			"filter":  func(s *identity.DirectorySettings) { s.Filter = "(uid=name)" },
			"roots":   func(s *identity.DirectorySettings) { s.Roots = "nothing" },
			"number":  func(s *identity.DirectorySettings) { s.Number = "" },
			"bind":    func(s *identity.DirectorySettings) { s.Bind = "" },
			"base":    func(s *identity.DirectorySettings) { s.Base = "a\nb" },
		} {
			s := settingsOf(d, "ldaps://directory.example")
			spoil(s.Directory)
			a := admin.ask("POST", "/api/identity/ways", wireText(admin, map[string]any{"kind": "directory", "state": "open", "nameZh": "目录", "settings": s}))
			if text := wireText(admin, a.body); a.status != 422 || !strings.Contains(text, "settings.directory."+field) {
				t.Errorf("%s: %d %s", field, a.status, text)
			}
		}
		c := g.at(wardPC)
		c.signIn(doctor.name, doctor.password)
		admin.must(201, "POST", "/api/identity/ways", wireText(admin, map[string]any{
			"kind": "directory", "state": "open", "nameZh": "目录", "settings": settingsOf(d, "ldaps://directory.example"), "secret": "x", "untried": true,
		}))
		a := admin.ask("POST", "/api/identity/ways", wireText(admin, map[string]any{
			"kind": "directory", "state": "open", "nameZh": "目录", "settings": settingsOf(d, "ldaps://other.example"), "untried": true,
		}))
		if a.status != 422 {
			t.Errorf("a second directory: %d %v", a.status, a.body)
		}
		c.must(403, "GET", "/api/identity/ways", "")
		items := g.at(wardPC).must(200, "GET", "/api/session/ways", "").body["items"].([]any)
		if len(items) != 1 || len(items[0].(map[string]any)) != 3 {
			t.Errorf("what everybody sees: %v", items)
		}
		g.Clock.Advance(identity.StepLife)
		admin.must(403, "POST", "/api/identity/ways", wireText(admin, map[string]any{"kind": "directory", "state": "shut", "nameZh": "目录", "settings": settingsOf(d, "ldaps://o.example")}))
	})
}

func TestANameIsNeverMoreThanAValueOfAFilter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z()&|!*\\=~<>]{0,20}`)).Draw(t, "name")
		packet, err := ldap.CompileFilter(identity.FilterFor("(&(objectClass=person)(uid={name}))", name))
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		if len(packet.Children) != 2 || packet.Children[1].Tag != ldap.FilterEqualityMatch || len(packet.Children[1].Children) != 2 {
			t.Fatalf("%q changes the filter", name)
		}
		if value := packet.Children[1].Children[1].Data.String(); value != name {
			t.Fatalf("%q is asked for as %q", name, value)
		}
	})
}
