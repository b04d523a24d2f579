package fhir

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/medward/medward/internal/source"
)

// smartPath is where SMART App Launch 2 has programs look, under the FHIR address.
const smartPath = "/.well-known/smart-configuration"

// Rights over a kind of resource, as scopes name them.
const (
	toRead   = "r"
	toSearch = "s"
	toHandIn = "c"
	// toBulk is held by no scope: bulk data leaves by a person's own case.
	toBulk = "b"
)

// Smart tells programs how they are let in (SMART App Launch 2, conformance).
type Smart struct {
	Issuer        string   `json:"issuer"`
	Keys          string   `json:"jwks_uri"`
	Authorize     string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	AuthMethods   []string `json:"token_endpoint_auth_methods_supported"`
	Algorithms    []string `json:"token_endpoint_auth_signing_alg_values_supported"`
	Grants        []string `json:"grant_types_supported"`
	Responses     []string `json:"response_types_supported"`
	Challenges    []string `json:"code_challenge_methods_supported"`
	Introspection string   `json:"introspection_endpoint"`
	Revocation    string   `json:"revocation_endpoint"`
	Scopes        []string `json:"scopes_supported"`
	Capabilities  []string `json:"capabilities"`
}

func (room *Room) getSmart(w http.ResponseWriter, r *http.Request) error {
	text, err := json.Marshal(smart(strings.TrimSuffix(room.baseOf(r), root)))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return write(w, r, http.StatusOK, text)
}

func smart(address string) Smart {
	return Smart{
		Issuer: address, Keys: address + source.KeysPath,
		Authorize: address + source.AuthorizePath, Token: address + source.TokenPath, Introspection: address + source.IntrospectPath, Revocation: address + source.RevokePath,
		AuthMethods: []string{"private_key_jwt", "none"}, Algorithms: source.Algorithms,
		Grants: []string{source.ByCode, source.ByRenewal, source.ByCredentials}, Responses: []string{"code"}, Challenges: []string{"S256"},
		Scopes:       source.Scopes(),
		Capabilities: []string{"launch-standalone", "launch-ehr", "sso-openid-connect", "client-public", "client-confidential-asymmetric", "context-standalone-patient", "context-ehr-patient", "context-ehr-encounter", "permission-patient", "permission-user", "permission-v2", "permission-online"},
	}
}

// fenced keeps a program within its token.
func (room *Room) fenced(kind, right string, do func(w http.ResponseWriter, r *http.Request) error) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := room.InScope(r.Context(), kind, right); err != nil {
			return err
		}
		return do(w, r)
	}
}
