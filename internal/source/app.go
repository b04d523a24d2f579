package source

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/fault"
)

// App is what is registered of a source that is a program: where people are sent back
// to, and what it may ask for at most. It is part of the agreement. Its row is keyed.
type App struct {
	Org       string   `db:"org,key"`
	Source    string   `db:"source,key"`
	Redirects []string `db:"redirects,json"`
	Scopes    []string `db:"scopes,json"`
	MAC       []byte   `db:"mac"`
	Web       Web      // a row of its own
}

// Web is where a program runs in browsers, and where it is begun from here. It is part of
// the agreement too. Its row is keyed.
type Web struct {
	Org     string   `db:"org,key"`
	Source  string   `db:"source,key"`
	Origins []string `db:"origins,json"` // from which its pages may call
	Launch  string   `db:"launch"`       // its launch address; empty: it is not begun from here
	MAC     []byte   `db:"mac"`
}

const (
	maxRedirects = 10
	maxOrigins   = 10
	maxScopes    = 50
	maxRedirect  = 400
)

// Programming is what is said of a source as a program.
type Programming struct {
	Redirects []string // exactly as the program will name them; none: it acts for nobody
	Scopes    []string // SMART scopes, such as patient/Observation.rs
	Origins   []string // of its pages that call from a browser, such as https://app.example.org
	Launch    string   // where it is begun with a patient who is open here; empty: nowhere
}

func (in Programming) check() error {
	e := errInput.With()
	if len(in.Redirects) > maxRedirects {
		e.At("redirects", fault.Text{ZH: "最多 10 个回调地址", EN: "at most 10 addresses"})
	}
	for i, text := range in.Redirects {
		if !fitsRedirect(text) {
			e.At("redirects["+strconv.Itoa(i)+"]", fault.Text{ZH: "应为完整的 https 地址，不含 # 和 *；本机程序可用 http://127.0.0.1", EN: "a whole https address without # or *; a program on the same machine may use http://127.0.0.1"})
		}
	}
	if len(in.Origins) > maxOrigins {
		e.At("origins", fault.Text{ZH: "最多 10 个网页来源", EN: "at most 10 origins"})
	}
	for i, text := range in.Origins {
		if !fitsOrigin(text) {
			e.At("origins["+strconv.Itoa(i)+"]", fault.Text{ZH: "应为 https://主机[:端口]，不含路径和 *，如 https://app.example.org", EN: "https://host[:port] without a path or *, such as https://app.example.org"})
		}
	}
	if in.Launch != "" && !fitsRedirect(in.Launch) {
		e.At("launch", fault.Text{ZH: "应为完整的 https 地址，不含 # 和 *", EN: "a whole https address without # or *"})
	}
	if slices.Contains(in.Scopes, scopeLaunch) != (in.Launch != "") {
		e.At("launch", fault.Text{ZH: "从本系统打开的应用须同时登记打开地址和 launch 范围", EN: "a program that is begun from here has both an address for that and the scope launch"})
	}
	if slices.Contains(in.Scopes, fhirUser) && !slices.Contains(in.Scopes, openID) {
		e.At("scopes", fault.Text{ZH: "fhirUser 须与 openid 一同登记", EN: "fhirUser goes with openid"})
	}
	if len(in.Scopes) == 0 || len(in.Scopes) > maxScopes {
		e.At("scopes", fault.Text{ZH: "请列出 1 至 50 项范围，如 patient/Observation.rs", EN: "name 1 to 50 scopes, such as patient/Observation.rs"})
	}
	forPeople := false
	for i, text := range in.Scopes {
		s, ok := parseScope(text)
		at := "scopes[" + strconv.Itoa(i) + "]"
		switch {
		case isPlain(text):
			forPeople = true
		case !ok:
			e.At(at, fault.Text{ZH: "应为 patient、user 或 system/资源.权限，如 patient/Observation.rs；只有 system 可有 c", EN: "patient, user or system/Kind.rights, such as patient/Observation.rs; only system has c"})
		case s.For == ForSystem && s.reads() && !resources[s.Kind].nobodys:
			e.At(at, fault.Text{ZH: "没有人员授权，程序不能读取患者资料；请改用 patient/ 或 user/，或只申请科室和人员名录", EN: "no program reads of patients without a person who lets it; ask for patient/ or user/, or for departments and staff only"})
		}
		forPeople = forPeople || s.For == ForPatient || s.For == ForUser
	}
	if forPeople && len(in.Redirects) == 0 {
		e.At("redirects", fault.Text{ZH: "代人员查阅的应用须登记回调地址", EN: "a program that acts for people names where they are sent back to"})
	}
	return e.OrNil()
}

// fitsRedirect reports whether people may be sent to an address.
func fitsRedirect(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > maxRedirect || u.Host == "" || u.User != nil || strings.ContainsAny(text, "#*\\ ") {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || u.Scheme == "http" && (host == "127.0.0.1" || host == "::1")
}

// fitsOrigin reports whether a text is an origin as browsers write it (RFC 6454).
func fitsOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && fitsRedirect(text) && u.Scheme+"://"+u.Host == text && strings.ToLower(text) == text
}

// leads reports whether an address is exactly one that was registered.
func (a App) leads(redirect string) bool { return slices.Contains(a.Redirects, redirect) }
