package house_test

import "maps"

func init() {
	wanting := map[string]any{
		"clientId": "viewer", "redirectUri": "https://app.example.org/back", "responseType": "code", "scope": "patient/Observation.rs", "state": "s",
		"codeChallenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "codeChallengeMethod": "S256", "aud": "https://medward.example/fhir",
	}
	allowing := maps.Clone(wanting)
	allowing["patient"] = "{patient}"
	maps.Copy(bodies, map[string]any{
		"registerSourceApp": map[string]any{"redirects": []string{}, "scopes": []string{"system/Organization.rs"}, "rev": 0},
		"seeApp":            wanting,
		"allowApp":          allowing,
		"beginApp":          map[string]any{"source": "viewer", "patient": "{patient}"},
	})
}
