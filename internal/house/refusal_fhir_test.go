package house_test

func init() {
	bodies["fhirTransaction"] = map[string]any{"resourceType": "Bundle", "type": "transaction"}
	bodies["fhirCreatePatient"] = map[string]any{"resourceType": "Patient"}
}
