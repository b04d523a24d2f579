package intake_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/schema/schematest"
)

func story(t testing.TB) string {
	return bundleOf(t, "transaction",
		fhirPatient("王秀英", birthday, identifier("MR", "M0001"), identifier("NNCHN", "11010519600302002X")),
		fhirEncounter(1, "2026-02-27T09:00:00+08:00"),
		with(fhirObservation(1, "718-7", "2026-02-28T07:30:00+08:00", 98), object{"encounter": reference(2), "interpretation": []object{coded("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "L", "low")}}),
		with(fhirComposition(1, "2026-02-28", `<p>胸闷三天</p><script>alert(1)</script>`), object{"encounter": reference(2)}),
		object{"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": reference(1), "encounter": reference(2), "authoredOn": "2026-02-28",
			"medicationCodeableConcept": object{"text": "阿司匹林肠溶片"}, "dosageInstruction": []object{{"text": "每日一次", "doseAndRate": []object{{"doseQuantity": object{"value": 100, "unit": "mg"}}}}}},
		object{"resourceType": "AllergyIntolerance", "patient": reference(1), "code": object{"text": "青霉素"},
			"clinicalStatus": coded("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", "active")},
		object{"resourceType": "Condition", "subject": reference(1), "code": object{"text": "冠心病"}},
		object{"resourceType": "Organization", "name": "明州医院"},
	)
}

func with(o, more object) object {
	maps.Copy(o, more)
	return o
}

func TestATransactionBecomesARecordThatTheAttendingCanRead(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		doctor, department := h.hospital()
		report := h.importText("synthea", "wang.json", story(t))
		h.mustCount(report, intake.Counts{Read: 8, Created: 8})
		h.mustTell(report, intake.Warning, "fhir.narrative.active", "Composition.section[0].text")

		ctx := h.Person(doctor, []string{department}, 3, "attending")
		id, _ := h.onlyPatient()
		view, err := h.patients.View(ctx, id)
		if err != nil {
			t.Fatalf("the attending whom the encounter names is refused: %v", err)
		}
		if view.Name != "王秀英" || view.RecordNumber != "M0001" || view.IDNumber != "11010519600302002X" || !slices.Equal(view.Allergies, []string{"青霉素"}) {
			t.Errorf("demographics: %+v", view.Demographics)
		}
		if len(view.Encounters) != 1 || view.Encounters[0].Department != department || view.Encounters[0].Attending != doctor {
			t.Errorf("encounters: %+v", view.Encounters)
		}
		results, err := h.records.Observations(ctx, id, "loinc|718-7", "", 10)
		if err != nil || len(results.Items) != 1 {
			t.Fatalf("%d observations, %v", len(results.Items), err)
		}
		if got := results.Items[0]; got.Finding.Value != "98" || got.Finding.Unit != "g/L" || got.Flag != "L" || got.Encounter != view.Encounters[0].ID {
			t.Errorf("observation: %+v", got)
		}
		orders, err := h.records.Orders(ctx, id, "", 10)
		if err != nil || len(orders.Items) != 1 || orders.Items[0].Instruction.Name != "阿司匹林肠溶片" || orders.Items[0].Instruction.Dose != "100 mg" {
			t.Errorf("orders: %+v, %v", orders.Items, err)
		}
		listed, err := h.records.List(ctx, id, "", 10)
		if err != nil || len(listed.Items) != 1 {
			t.Fatalf("%d documents, %v", len(listed.Items), err)
		}
		document, err := h.records.View(ctx, listed.Items[0].ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if text := document.Content.Sections[0].Text; !strings.Contains(text, "胸闷三天") || strings.Contains(text, "alert") {
			t.Errorf("section: %q", text)
		}
		if kinds := h.ids("SELECT kind FROM intake_resource ORDER BY kind"); !slices.Equal(kinds, []string{"AllergyIntolerance", "Condition", "Organization"}) {
			t.Errorf("kept whole: %v", kinds)
		}
	})
}

func TestASecondRunChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.hospital()
		h.importText("synthea", "wang.json", story(t))
		before := h.rowCounts()
		again := h.importText("synthea", "the same under another name.json", story(t))
		h.mustCount(again, intake.Counts{Read: 8, Unchanged: 8})
		if after := h.rowCounts(); !maps.Equal(before, after) {
			t.Errorf("rows before %v, after %v", before, after)
		}
		for _, e := range h.Entries()[len(h.Entries())-2:] {
			for _, w := range e.Writes {
				if w.Table != "intake_batch" {
					t.Errorf("the second run wrote %s %s", w.Table, w.Key)
				}
			}
		}
		h.importText("another source", "wang.json", story(t))
		if n := h.Count("patient_patient"); n != 2 {
			t.Errorf("%d patients after another source sent the same bytes: identity is the source's own", n)
		}
	})
}

func TestTheSameInputTwiceInOneRunIsTakenOnce(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		dir := t.TempDir()
		write(t, dir, "a.json", story(t))
		write(t, dir, "b.json", story(t))
		report, err := h.intake.Import(h.operator(), intake.Input{Paths: []string{dir}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		h.mustCount(report, intake.Counts{Read: 16, Created: 8, Unchanged: 8})
	})
}

func TestNoNameReachesTheLedgerTheLogOrAClearColumn(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.importText("synthea", "王秀英.json", story(t))
		h.importText("synthea", "王秀英 broken.json", strings.Replace(story(t), `"final"`, `"finished"`, 1))
		for _, e := range h.Entries() {
			if text := asJSON(t, e); strings.Contains(text, "王秀英") || strings.Contains(text, "M0001") {
				t.Errorf("the ledger tells who it is: %s", text)
			}
		}
		if strings.Contains(h.Log.String(), "王秀英") {
			t.Error("the log tells who it is")
		}
		for _, column := range []string{"intake_entry ref", "intake_entry scope", "intake_file digest", "intake_quarantine ref", "intake_quarantine element"} {
			table, name, _ := strings.Cut(column, " ")
			for _, value := range h.ids("SELECT " + name + " FROM " + table) {
				if strings.Contains(value, "urn:uuid") || strings.Contains(value, "王") {
					t.Errorf("%s is in clear: %s", column, value)
				}
			}
		}
	})
}

func TestATransactionIsAllOrNothing(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		text := bundleOf(t, "transaction", fhirPatient("李雷", birthday), fhirObservation(1, "718-7", morning, 1),
			object{"resourceType": "Observation", "status": "final", "subject": reference(1)}, object{"resourceType": "Observation", "status": "nonsense", "code": object{"text": "x"}})
		report := h.importText("a", "x.json", text)
		h.mustCount(report, intake.Counts{Read: 4, Quarantined: 4})
		h.mustTell(report, intake.Error, "fhir.required", "Observation.code")
		h.mustTell(report, intake.Error, "fhir.code", "Observation.status")
		h.mustTell(report, intake.Fatal, "intake.transaction", "Bundle")
		if n := h.Count("patient_patient") + h.Count("record_observation"); n != 0 {
			t.Errorf("%d rows of a refused transaction", n)
		}
	})
}

func TestOneBadEntryOfACollectionDoesNotTakeTheOthers(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		text := bundleOf(t, "collection", fhirPatient("李雷", birthday), fhirPatient("韩梅梅", "1971-01-01"), fhirObservation(1, "718-7", morning, 1),
			object{"resourceType": "Observation", "status": "final", "subject": reference(1)}, fhirObservation(2, "718-7", morning, 2))
		report := h.importText("a", "x.json", text)
		h.mustCount(report, intake.Counts{Read: 5, Created: 4, Quarantined: 1})
		page, _, err := h.intake.Quarantine(h.operator(), "", "", 10)
		if err != nil || len(page) != 1 || page[0].Findings[0].Element != "Observation.code" || page[0].Where != "entry 4 Observation" {
			t.Fatalf("quarantine: %+v, %v", page, err)
		}
		opened, err := h.intake.Open(h.clerk(), page[0].ID)
		if err != nil || !strings.HasPrefix(opened.Content, `{"resourceType":"Observation"`) && !strings.Contains(opened.Content, `"status":"final"`) {
			t.Errorf("opened: %q, %v", opened.Content, err)
		}
		if _, err := h.intake.Open(h.operator(), page[0].ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the operator opened quarantined content: %v", err)
		}
		h.mustCount(h.importText("a", "x.json", text), intake.Counts{Read: 5, Unchanged: 4, Quarantined: 1})
		if n := h.Count("intake_quarantine"); n != 1 {
			t.Errorf("%d quarantined after a second run", n)
		}
	})
}

// cutting is the delivered rulebook that ends a context at the n-th question
// whether something may be filed.
type cutting struct {
	*policy.Book
	left atomic.Int64
	cut  context.CancelFunc
}

func (c *cutting) Decide(r policy.Request) policy.Decision {
	if r.Verb == "record.file" && c.left.Add(-1) == 0 {
		c.cut()
	}
	return c.Book.Decide(r)
}

func TestALargeBundleIsInvisibleUntilItsLastAct(t *testing.T) {
	resources := []object{fhirPatient("李雷", birthday)}
	for i := range 900 {
		resources = append(resources, fhirObservation(1, "718-7", morning, float64(i)))
	}
	text := bundleOf(t, "transaction", resources...)
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		book, err := policy.Default()
		if err != nil {
			t.Fatal(err)
		}
		rules := &cutting{Book: book}
		h := houseOn(t, acttest.New(t, at, rules))
		ctx, cut := context.WithCancel(h.operator())
		rules.cut = cut
		rules.left.Store(600)
		_, err = h.intake.Import(ctx, intake.Input{Name: "x.json", Reader: strings.NewReader(text)}, nil)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("the import was not cut off: %v", err)
		}
		if h.Count("record_observation") == 0 || h.Count("patient_patient") != 0 {
			t.Fatalf("%d observations, %d patients: want parts without their patient", h.Count("record_observation"), h.Count("patient_patient"))
		}
		h.mustCount(h.importText("", "x.json", text), intake.Counts{Read: 901, Created: 901})
		id, _ := h.onlyPatient()
		if n := len(h.ids("SELECT id FROM record_observation WHERE patient = $1", id)); n != 900 {
			t.Errorf("%d observations of the patient, want 900", n)
		}
		h.mustCount(h.importText("", "x.json", text), intake.Counts{Read: 901, Unchanged: 901})
	})
}

func TestWhatCannotBeRetriedWaitsAndWhatCanIsTaken(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		text := bundleOf(t, "collection", fhirPatient("李雷", birthday), fhirPatient("未来", "2026-05-01"), fhirObservation(1, "718-7", morning, 1))
		h.mustCount(h.importText("a", "x.json", text), intake.Counts{Read: 3, Created: 2, Quarantined: 1})
		page, _, err := h.intake.Quarantine(h.operator(), "", "", 10)
		if err != nil || len(page) != 1 {
			t.Fatalf("%d quarantined, %v", len(page), err)
		}
		report, err := h.intake.Retry(h.clerk(), page[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		h.mustCount(report, intake.Counts{Read: 3, Unchanged: 2, Quarantined: 1})
		h.Clock.Advance(90 * 24 * 60 * 60 * 1e9)
		if report, err = h.intake.Retry(h.clerk(), page[0].ID); err != nil {
			t.Fatal(err)
		}
		h.mustCount(report, intake.Counts{Read: 3, Created: 1, Unchanged: 2})
		if n := h.Count("patient_patient"); n != 2 {
			t.Errorf("%d patients", n)
		}
		if _, err := h.intake.Retry(h.clerk(), page[0].ID); err == nil {
			t.Error("something settled was retried")
		}
	})
}
