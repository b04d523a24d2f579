package source

import (
	"context"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Wanting is what a program asks a person for, as its address says it (RFC 6749, 4.1.1;
// RFC 7636).
type Wanting struct {
	Client    string
	Redirect  string
	Response  string // code
	Scope     string
	State     string
	Challenge string
	Method    string // S256
	Audience  string // our FHIR address
	Launch    string // what the program was begun with; empty: by itself
	Nonce     string // for the ID token
	FHIR      string // what it is; empty where the house does not know its own
}

// Wanted is what a person is shown before he says yes.
type Wanted struct {
	Source   Source
	Scopes   []Scope
	TellsWho bool   // the program is told who he is
	Chooses  bool   // a patient
	Patient  string // with whom the program was begun
	Until    time.Time
	// Denied is where to go on with a no.
	Denied string
}

// SeeApp shows a person what a program asks him for. It fails with source.app-request
// where the request itself is wrong: then nobody is sent anywhere.
func (room *Room) SeeApp(ctx context.Context, in Wanting) (Wanted, error) {
	var out Wanted
	err := room.desk.Disclose(ctx, "source.see-app", func(ctx context.Context, r *act.Reading) error {
		s, scopes, l, err := room.wanted(ctx, r, in, r.Actor(), r.Now())
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, s.Object()); err != nil {
			return err
		}
		r.Note("source", s.ID)
		out = Wanted{
			Source: s, Scopes: scopesIn(scopes), TellsWho: slices.Contains(scopes, openID), Chooses: l.ID == "" && choosesPatient(scopes), Patient: l.Patient,
			Until: allowedUntil(s, r.Now()), Denied: in.back("error", "access_denied"),
		}
		return nil
	})
	return out, err
}

// Allow lets a program read for whoever says so, and returns where to go on. patient is
// whom the scopes patient/… are about.
func (room *Room) Allow(ctx context.Context, in Wanting, patient string) (string, error) {
	if err := room.desk.Begin(ctx, "source.allow"); err != nil {
		return "", err
	}
	var back string
	err := room.desk.Do(ctx, "source.allow", func(ctx context.Context, w *act.Work) error {
		s, scopes, l, err := room.wanted(ctx, w, in, w.Actor(), w.Now())
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, s.Object()); err != nil {
			return err
		}
		chooses := choosesPatient(scopes)
		if l.ID != "" {
			chooses, patient = true, l.Patient
		}
		switch {
		case w.Actor().Session == "":
			return errNoSession.With()
		case chooses && patient == "":
			return errInput.With().At("patient", fault.Text{ZH: "请选择患者", EN: "choose the patient"})
		case !chooses:
			patient = ""
		}
		a := Allowance{
			Org: s.Org, ID: id.New(w.Now()), Source: s.ID, Person: w.Actor().ID, Session: w.Actor().Session, Patient: patient, Scopes: scopes,
			Redirect: in.Redirect, Challenge: in.Challenge, Made: w.Now(), CodeUntil: w.Now().Add(codeLife), Until: allowedUntil(s, w.Now()),
		}
		var code string
		code, a.Code = newShown(codePrefix, a.ID)
		w.Note("source", s.ID)
		w.Note("allowance", a.ID)
		w.Note("scopes", strings.Join(scopes, " "))
		if patient != "" {
			w.Concerns(policy.Object{Kind: "Patient", ID: patient, Patient: patient})
		}
		back = in.back("code", code)
		if err := allowances.Insert(ctx, w, &a); err != nil {
			return err
		}
		return sayContext(ctx, w, a, l, in.Nonce)
	})
	return back, err
}

// sayContext keeps what was said with an allowance, and spends its launch.
func sayContext(ctx context.Context, w *act.Work, a Allowance, l Launch, nonce string) error {
	if l.ID != "" {
		w.Note("launch", l.ID)
		l.Used = w.Now()
		if err := launches.Update(ctx, w, &l); err != nil {
			return err
		}
	}
	if l.ID == "" && !slices.Contains(a.Scopes, openID) {
		return nil
	}
	return contexts.Insert(ctx, w, &Context{Org: a.Org, Allowance: a.ID, Launch: l.ID, Encounter: l.Encounter, Nonce: nonce})
}

// wanted finds the program, as much of what it asks for as was registered, and the launch
// that it shows.
func (room *Room) wanted(ctx context.Context, r db.Reader, in Wanting, actor act.Actor, now time.Time) (Source, []string, Launch, error) {
	s, known, err := sourceCoded(ctx, r, room.org, in.Client)
	if err != nil {
		return s, nil, Launch{}, err
	}
	var app App
	if known {
		if app, err = appOf(ctx, r, s); err != nil {
			return s, nil, Launch{}, err
		}
	}
	l, launched, err := launchShown(ctx, r, s, in.Launch, actor, now)
	if err != nil {
		return s, nil, Launch{}, err
	}
	if !launched {
		l = Launch{}
	}
	e := errWanting.With()
	scopes := slices.DeleteFunc(granted(in.Scope, app.Scopes), func(text string) bool { return strings.HasPrefix(text, ForSystem+"/") })
	switch {
	case app.Source == "" || !s.Live(now):
		return s, nil, l, e.At("client_id", fault.Text{ZH: "该应用未登记、未启用，或承诺已到期", EN: "the program is not registered, not live, or its agreement is over"})
	case !app.leads(in.Redirect):
		return s, nil, l, e.At("redirect_uri", fault.Text{ZH: "回调地址与登记的不一致", EN: "not one of the addresses that were registered"})
	case in.Response != "code":
		e.At("response_type", fault.Text{ZH: "应为 code", EN: "is code"})
	case in.Method != "S256" || !isChallenge(in.Challenge):
		e.At("code_challenge", fault.Text{ZH: "须有 S256 的 PKCE 质询", EN: "a PKCE challenge by S256 is needed"})
	case !in.meansUs():
		e.At("aud", fault.Text{ZH: "应为本系统的 FHIR 地址", EN: "is our FHIR address"})
	case in.State == "" || len(in.State) > maxWords:
		e.At("state", fault.Text{ZH: "须有 state，最长 1000 个字符", EN: "a state of at most 1000 characters is needed"})
	case len(in.Nonce) > maxNonce:
		e.At("nonce", fault.Text{ZH: "最长 200 个字符", EN: "at most 200 characters"})
	case slices.Contains(scopes, scopeLaunch) != launched || in.Launch != "" && !launched:
		e.At("launch", fault.Text{ZH: "打开凭据无效、已使用或已过期，请从患者页面重新打开", EN: "the launch is not valid, was used, or is over; open the program from the patient again"})
	case len(scopesIn(scopes)) == 0 && !slices.Contains(scopes, openID):
		e.At("scope", fault.Text{ZH: "所申请的范围都不在登记之内", EN: "nothing of it was registered"})
	}
	return s, scopes, l, e.OrNil()
}

const maxNonce = 200

// meansUs reports whether the program asks for what is read here, and not elsewhere.
func (in Wanting) meansUs() bool {
	named := strings.TrimSuffix(in.Audience, "/")
	return named == in.FHIR || in.FHIR == "" && strings.HasSuffix(named, readable)
}

// choosesPatient reports whether scopes are about one patient.
func choosesPatient(scopes []string) bool {
	return slices.Contains(scopes, launchPatient) || slices.ContainsFunc(scopesIn(scopes), func(s Scope) bool { return s.For == ForPatient })
}

// isChallenge reports whether a text can be the S256 of anything.
func isChallenge(text string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return err == nil && len(raw) == 32
}

// back is where the program waits for its answer.
func (in Wanting) back(name, value string) string {
	u, err := url.Parse(in.Redirect)
	if err != nil {
		return ""
	}
	q := u.Query()
	q.Set(name, value)
	q.Set("state", in.State)
	u.RawQuery = q.Encode()
	return u.String()
}

func allowedUntil(s Source, now time.Time) time.Time {
	if until := now.Add(allowanceLife); until.Before(s.Until) {
		return until
	}
	return s.Until
}
