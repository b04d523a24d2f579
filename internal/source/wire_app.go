package source

import (
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// AppBody is what is registered of a source as a program.
type AppBody struct {
	Redirects []string `json:"redirects" maxItems:"10" doc:"where people are sent back to, exactly" example:"[\"https://app.example.org/back\"]"`
	Scopes    []string `json:"scopes" maxItems:"50" doc:"what it may ask for at most, in the syntax of SMART App Launch 2" example:"[\"launch/patient\",\"patient/Observation.rs\"]"`
	Origins   []string `json:"origins,omitempty" maxItems:"10" doc:"of its pages that call from a browser" example:"[\"https://app.example.org\"]"`
	Launch    string   `json:"launch,omitempty" maxLength:"400" doc:"where it is begun with the patient who is open here; goes with the scope launch"`
}

// WantingBody is what a program asks a person for, as its address says it.
type WantingBody struct {
	Client    string `json:"clientId" maxLength:"40"`
	Redirect  string `json:"redirectUri" maxLength:"400"`
	Response  string `json:"responseType" maxLength:"40"`
	Scope     string `json:"scope" maxLength:"4000"`
	State     string `json:"state" maxLength:"1000"`
	Challenge string `json:"codeChallenge" maxLength:"128"`
	Method    string `json:"codeChallengeMethod" maxLength:"40"`
	Audience  string `json:"aud" maxLength:"400"`
	Launch    string `json:"launch,omitempty" maxLength:"200" doc:"what the program was begun with from here"`
	Nonce     string `json:"nonce,omitempty" maxLength:"400" doc:"repeated in the ID token"`
}

func (room *Room) wanting(b WantingBody) Wanting {
	in := Wanting{Client: b.Client, Redirect: b.Redirect, Response: b.Response, Scope: b.Scope, State: b.State, Challenge: b.Challenge, Method: b.Method, Audience: b.Audience, Launch: b.Launch, Nonce: b.Nonce}
	if room.address != "" {
		in.FHIR = strings.TrimSuffix(room.address, "/") + readable
	}
	return in
}

// WantedBody is what a person sees before he says yes.
type WantedBody struct {
	Name    fault.Text  `json:"name" doc:"of the program"`
	Vendor  string      `json:"vendor,omitempty"`
	Purpose string      `json:"purpose" doc:"for which it was registered"`
	Scopes  []ScopeBody `json:"scopes"`
	Chooses bool        `json:"chooses" doc:"a patient must be chosen"`
	Patient string      `json:"patient,omitempty" doc:"with whom the program was begun from here"`
	Until   time.Time   `json:"until" doc:"at the latest; signing out ends it before"`
	Denied  string      `json:"denied" doc:"where to go on with a no"`
}

// ScopeBody is a scope with its words.
type ScopeBody struct {
	Scope string     `json:"scope" example:"patient/Observation.rs"`
	Words fault.Text `json:"words"`
}

func wireWanted(w Wanted) WantedBody {
	b := WantedBody{
		Name: fault.Text{ZH: w.Source.NameZH, EN: w.Source.NameEN}, Vendor: w.Source.Vendor, Purpose: w.Source.Purpose, Scopes: wireScopes(w.Scopes, w.TellsWho),
		Chooses: w.Chooses, Patient: w.Patient, Until: w.Until, Denied: w.Denied,
	}
	if b.Name.EN == "" {
		b.Name.EN = b.Name.ZH
	}
	return b
}

// wireScopes are scopes with their words, and first whether the program is told who
// somebody is.
func wireScopes(scopes []Scope, tellsWho bool) []ScopeBody {
	all := make([]ScopeBody, 0, len(scopes)+1)
	if tellsWho {
		all = append(all, ScopeBody{openID, fault.Text{ZH: "您是谁（本院人员标识）", EN: "Who you are (your id here)"}})
	}
	for _, s := range scopes {
		all = append(all, ScopeBody{s.String(), s.Words()})
	}
	return all
}

// AllowedBody is where to go on.
type AllowedBody struct {
	Back string `json:"back" doc:"the address of the program, with a code that is good for a minute, once"`
}

// TokenBody is a token in the words of RFC 6749 and SMART App Launch 2.
type TokenBody struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Seconds int    `json:"expires_in"`
	Scope   string `json:"scope"`
	Renewal string `json:"refresh_token,omitempty"`
	Patient string `json:"patient,omitempty"`
	// Encounter and IDToken are said with the first token only.
	Encounter string `json:"encounter,omitempty"`
	IDToken   string `json:"id_token,omitempty"`
}

func wireGiven(g Given, now time.Time) TokenBody {
	return TokenBody{Encounter: g.Encounter, IDToken: g.Identity, Access: g.Access, Type: "Bearer", Seconds: int(g.Until.Sub(now) / time.Second), Scope: strings.Join(g.Scopes, " "), Renewal: g.Renewal, Patient: g.Patient}
}

// IntrospectedBody is what a program is told of a token, in the words of RFC 7662.
type IntrospectedBody struct {
	Active  bool   `json:"active"`
	Scope   string `json:"scope,omitempty"`
	Client  string `json:"client_id,omitempty"`
	Until   int64  `json:"exp,omitempty"`
	Patient string `json:"patient,omitempty"`
}

func wireIntrospected(i Introspected) IntrospectedBody {
	if !i.Active {
		return IntrospectedBody{}
	}
	return IntrospectedBody{Active: true, Scope: strings.Join(i.Scopes, " "), Client: i.Client, Until: i.Until.Unix(), Patient: i.Patient}
}
