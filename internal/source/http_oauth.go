package source

import (
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
)

// Addresses at which programs get, ask about and give up tokens.
const (
	TokenPath      = "/oauth/token" //nolint:gosec // an address
	IntrospectPath = "/oauth/introspect"
	RevokePath     = "/oauth/revoke"
	// KeysPath is where the keys are that ID tokens are believed by (RFC 7517).
	KeysPath = "/oauth/jwks"
	// DiscoveryPath is where OpenID Connect looks for all of these.
	DiscoveryPath = "/.well-known/openid-configuration"
	// AuthorizePath is a page of the interface for people.
	AuthorizePath = "/authorize"
)

const maxForm = 16 << 10

// routesOAuth are operations in the words of RFC 6749, 7009 and 7662.
func (room *Room) routesOAuth(s *web.Server) {
	face := web.Face{Tell: tellProgram}
	const open = "a program shows in the request itself who it is"
	add := func(path, id, summary string, do func(w http.ResponseWriter, r *http.Request) error) {
		face.Handle(s, web.Op{Method: http.MethodPost, Path: path, ID: id, Tag: tag, Open: open, MaxBody: maxForm, Summary: summary}, formed(do))
	}
	add(TokenPath, "oauthToken", "Exchange a code, a renewal token or an assertion for a token", room.postToken)
	add(IntrospectPath, "oauthIntrospect", "Ask whether a token of one's own counts", room.postIntrospect)
	face.Handle(s, web.Op{Method: http.MethodGet, Path: KeysPath, ID: "oauthKeys", Tag: tag, Open: "public keys, which say nothing of anybody",
		Summary: "Give the public keys by which ID tokens are believed"}, room.getKeys)
	face.Handle(s, web.Op{Method: http.MethodGet, Path: DiscoveryPath, ID: "openidConfiguration", Tag: tag, Open: "how programs learn who somebody is, which says nothing of anybody",
		Summary: "Tell programs where ID tokens come from"}, room.getDiscovery)
	add(RevokePath, "oauthRevoke", "Give up a token and what was allowed with it", room.postRevoke)
}

// formed refuses whatever is no form that says each thing once.
func formed(do func(w http.ResponseWriter, r *http.Request) error) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "no-store")
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || kind != "application/x-www-form-urlencoded" || r.URL.RawQuery != "" || r.ParseForm() != nil {
			return errForm.With()
		}
		for name, values := range r.PostForm {
			if len(values) != 1 {
				return errForm.With().At(name, fault.Text{ZH: "只能出现一次", EN: "is said once"})
			}
		}
		return do(w, r)
	}
}

func (room *Room) showing(r *http.Request) Showing {
	return Showing{Client: r.PostForm.Get("client_id"), Assertion: r.PostForm.Get("client_assertion"), AssertionType: r.PostForm.Get("client_assertion_type"), Endpoint: room.at(r) + TokenPath}
}

// at is the address of this house as its callers reach it.
func (room *Room) at(r *http.Request) string {
	switch {
	case room.address != "":
		return strings.TrimSuffix(room.address, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (room *Room) postToken(w http.ResponseWriter, r *http.Request) error {
	form := r.PostForm
	given, err := room.GiveToken(r.Context(), Exchanging{
		Showing: room.showing(r), Grant: form.Get("grant_type"), Code: form.Get("code"), Redirect: form.Get("redirect_uri"), Verifier: form.Get("code_verifier"),
		Renewal: form.Get("refresh_token"), Scope: form.Get("scope"),
		Issuer: room.at(r),
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wireGiven(given, room.desk.Now()))
}

func (room *Room) getKeys(w http.ResponseWriter, r *http.Request) error {
	all, err := room.SigningKeys(r.Context())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]any{"keys": all})
}

// getDiscovery answers by OpenID Connect Discovery 1.0.
func (room *Room) getDiscovery(w http.ResponseWriter, r *http.Request) error {
	at := room.at(r)
	return writeJSON(w, http.StatusOK, map[string]any{
		"issuer": at, "authorization_endpoint": at + AuthorizePath, "token_endpoint": at + TokenPath, "jwks_uri": at + KeysPath, "revocation_endpoint": at + RevokePath,
		"introspection_endpoint": at + IntrospectPath, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{string(jose.RS256)}, "scopes_supported": Scopes(), "claims_supported": []string{"iss", "sub", "aud", "iat", "exp", "nonce", fhirUser},
		"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{"private_key_jwt", "none"},
		"token_endpoint_auth_signing_alg_values_supported": Algorithms,
	})
}

func (room *Room) postIntrospect(w http.ResponseWriter, r *http.Request) error {
	told, err := room.Introspect(r.Context(), room.showing(r), r.PostForm.Get("token"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wireIntrospected(told))
}

func (room *Room) postRevoke(w http.ResponseWriter, r *http.Request) error {
	if err := room.GiveUp(r.Context(), room.showing(r), r.PostForm.Get("token")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusOK)
	return nil
}

// oauthCodes are the words of RFC 6749, 5.2 for our problems.
var oauthCodes = map[string]string{
	errClient.Name: "invalid_client", errReplay.Name: "invalid_client", errGrant.Name: "invalid_grant", errGrantType.Name: "unsupported_grant_type", errScopes.Name: "invalid_scope",
	errNotLive.Name: "unauthorized_client", errNetwork.Name: "unauthorized_client", errRate.Name: "temporarily_unavailable",
}

// tellProgram tells a program of a problem in the words of RFC 6749.
func tellProgram(w http.ResponseWriter, _ *http.Request, p *web.Problem) {
	status, code := http.StatusBadRequest, oauthCodes[p.Code]
	switch {
	case code == "invalid_client":
		status = http.StatusUnauthorized
	case code == "" && p.Status >= http.StatusInternalServerError, code == "temporarily_unavailable":
		status, code = p.Status, "temporarily_unavailable"
	case code == "":
		code = "invalid_request"
	}
	_ = writeJSON(w, status, map[string]string{"error": code, "error_description": p.Code})
}

func writeJSON(w http.ResponseWriter, status int, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
	return nil
}
