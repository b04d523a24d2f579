package fhir

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/patient"
)

// Allergy is R4's AllergyIntolerance: a line that stands beside the patient's name.
type Allergy struct {
	Base
	ClinicalStatus     *Concept   `json:"clinicalStatus,omitempty"`
	VerificationStatus *Concept   `json:"verificationStatus,omitempty"`
	Code               *Concept   `json:"code,omitempty"`
	Patient            *Reference `json:"patient,omitempty"`
}

func allergiesOf(v *patient.View) []Resource {
	all := make([]Resource, len(v.Allergies))
	for i, words := range v.Allergies {
		sum := sha256.Sum256([]byte(words))
		all[i] = &Allergy{
			Base:               Base{"AllergyIntolerance", v.ID + "-" + hex.EncodeToString(sum[:6]), updated(v.UpdatedAt)},
			ClinicalStatus:     concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active"),
			VerificationStatus: concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "unconfirmed"),
			Code:               &Concept{Text: words}, Patient: to("Patient", v.ID),
		}
	}
	return all
}

func (room *Room) readAllergy(ctx context.Context, id string) (Resource, error) {
	of, _, _ := strings.Cut(id, "-")
	v, err := room.Patients.View(ctx, of)
	if err != nil {
		return nil, err
	}
	for _, r := range allergiesOf(v) {
		if r.base().ID == id {
			return r, nil
		}
	}
	return nil, act.ErrAbsent.With()
}

func (room *Room) searchAllergies(ctx context.Context, q *query) (found, error) {
	v, err := room.Patients.View(ctx, q.patient())
	if err != nil {
		return found{}, err
	}
	return paged(allergiesOf(v), q.cursor, q.limit)
}
