package house

import (
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/kit/cda"
	"github.com/medward/medward/kit/synth"
)

// documents writes what the record system of another house leaves in a folder: clinical
// documents of WS/T 500.
func (a *abroad) documents() {
	authors, about := map[string]synth.Person{}, map[string]synth.Patient{}
	for _, p := range a.hospital.People {
		authors[p.Key] = p
	}
	for _, p := range a.hospital.Patients[inDatabases:inDocuments] {
		about[p.Key] = p
	}
	for i, d := range a.hospital.Documents {
		p, ours := about[d.Patient]
		parts := partsOf(d)
		if !ours || len(parts) == 0 || a.failed != nil {
			continue
		}
		a.document(fmt.Sprintf("documents/%s-%05d.xml", d.Kind, i), fmt.Sprintf("E%05d", i), d, p, authors[d.Author], parts)
	}
}

// partsOf are the sections of a document that its kind knows.
func partsOf(d synth.Document) []cda.DraftPart {
	kind, known := cda.KindOf(d.Kind)
	if !known {
		return nil
	}
	var parts []cda.DraftPart
	for _, s := range d.Sections {
		if s.Code != "" && s.Text != "" && slices.ContainsFunc(kind.Sections, func(k cda.KindSection) bool { return k.Code == s.Code }) {
			parts = append(parts, cda.DraftPart{Section: s.Code, Title: s.Title, Text: []string{s.Text}})
		}
	}
	return parts
}

func (a *abroad) document(name, number string, d synth.Document, p synth.Patient, author synth.Person, parts []cda.DraftPart) {
	born, err := time.Parse(time.DateOnly, p.BirthDate)
	a.fail(err)
	at := cda.TimeOf(d.At)
	made, err := cda.Build(cda.Draft{Kind: d.Kind, Parts: parts, Header: cda.Header{
		ID: cda.II{Extension: number}, Time: at, Set: cda.II{Root: cda.RootDocument, Extension: number}, Version: "1",
		Patients: []cda.Patient{{
			IDs: []cda.II{{Root: cda.RootRecord, Extension: "E" + p.RecordNumber}}, NationalIDs: []cda.II{{Root: cda.RootIDCard, Extension: p.IDNumber}},
			Name: p.Name.Full, Birth: cda.TimeOf(born), Telecoms: []string{p.Phone},
		}},
		Authors:   []cda.Participant{{Time: cda.Interval{Value: at}, IDs: []cda.II{{Root: cda.RootStaff, Extension: author.StaffNumber}}, Name: author.Name.Full}},
		Custodian: cda.Organization{Name: a.hospital.Organisation.Name.Zh},
		Legal:     &cda.Participant{Time: cda.Interval{Value: at}, Name: author.Name.Full},
	}})
	if err != nil {
		a.fail(fmt.Errorf("%s: %w", name, err))
		return
	}
	raw, err := made.Bytes()
	a.fail(err)
	a.write(name, raw)
}

// fail keeps the first failure.
func (a *abroad) fail(err error) {
	if a.failed == nil {
		a.failed = err
	}
}
