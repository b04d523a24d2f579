package intake

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/cda"
)

// fileDocument files a document, or a newer version of one that is here.
func (d *clinical) fileDocument(ctx context.Context) error {
	v, err := d.visit(ctx)
	if err != nil {
		return err
	}
	numbers := d.numbers()
	key, before, err := d.earlier(ctx, numbers)
	if err != nil {
		return err
	}
	said, overtaken, err := d.version(ctx, before)
	if err != nil {
		return err
	}
	if overtaken {
		d.found(ruleOlderVersion.warning("/ClinicalDocument/versionNumber"))
		return nil
	}
	f, attached, err := d.filing(ctx)
	if err != nil {
		return err
	}
	is, err := d.file(ctx, scopeClinicalNumber, key, v.encounter, f, attached)
	if err != nil || is.document == "" {
		return err
	}
	if err := d.nameAlso(ctx, is, key, numbers); err != nil {
		return err
	}
	return d.noteVersion(said, is)
}

// numbers are the keys under which the source knows the document: that of all its
// versions first.
func (d *clinical) numbers() []string {
	h := d.header
	numbers := d.numbersOf([]cda.II{h.Set, h.ID})
	if len(numbers) == 0 {
		numbers = []string{d.who.id + "\x00" + d.from.ref}
	}
	return numbers
}

// numbersOf are the keys of identifiers that say something. Documents of different
// kinds are different ones, under whatever number.
func (d *clinical) numbersOf(ids []cda.II) []string {
	var keys []string
	for _, id := range ids {
		if id.Extension != "" || id.Root != "" && !strings.HasPrefix(id.Root, rootNational) {
			keys = append(keys, strings.Join([]string{d.who.id, d.header.Code.Code, id.Root, id.Extension}, "\x00"))
		}
	}
	return slices.Compact(keys)
}

// earlier finds what is here of a document: under its own numbers, or under those of
// the one that it says it replaces.
func (d *clinical) earlier(ctx context.Context, numbers []string) (key, document string, err error) {
	keys := slices.Clone(numbers)
	for _, r := range d.header.Related {
		if r.Kind == "RPLC" {
			keys = append(keys, d.numbersOf(append([]cda.II{r.Set}, r.IDs...))...)
		}
	}
	for _, key := range keys {
		e, known, err := d.recall(ctx, scopeClinicalNumber, key)
		if err != nil || known {
			return key, e.Object, err
		}
	}
	return numbers[0], "", nil
}

// nameAlso makes a document known under the rest of its numbers.
func (d *clinical) nameAlso(ctx context.Context, is filed, as string, numbers []string) error {
	for _, key := range numbers {
		if key == as {
			continue
		}
		e, known, err := d.recall(ctx, scopeClinicalNumber, key)
		if err != nil {
			return err
		}
		if !known {
			e = d.entry(scopeClinicalNumber, key, "Document", is.document)
		}
		if e.Content == is.content && known {
			continue
		}
		e.Content = is.content
		d.unit.finally(1, func(ctx context.Context, w *act.Work) error { return saveEntry(ctx, w, e, known) })
		d.learn(func(of *dossier) { of.learn(e) })
	}
	return nil
}

// versionSaid is the version number of the source that was taken last, and what this
// document says it is.
type versionSaid struct {
	held  entryRow
	known bool
	now   int // 0 where the source gives no number
}

// version reports whether a newer version of a document was taken already.
func (d *clinical) version(ctx context.Context, document string) (said versionSaid, overtaken bool, err error) {
	if n, err := strconv.Atoi(d.header.Version); err == nil {
		said.now = n
	}
	if document == "" {
		return said, false, nil
	}
	said.held, said.known, err = d.recall(ctx, scopeClinicalVersion, document)
	return said, said.known && said.now > 0 && said.now < said.number(), err
}

// number is the version number that is held, which stands as the kind of its entry.
func (v versionSaid) number() int {
	n, _ := strconv.Atoi(v.held.Kind) // written by noteVersion
	return n
}

func (d *clinical) noteVersion(said versionSaid, is filed) error {
	if said.known && said.now == said.number() && d.did.updated {
		d.found(ruleSameVersion.warning("/ClinicalDocument/versionNumber"))
	}
	if said.now == 0 || said.known && said.now == said.number() {
		return nil
	}
	e := said.held
	if !said.known {
		e = d.entry(scopeClinicalVersion, is.document, "", is.document)
	}
	e.Kind, e.Raw, e.At = itoa(said.now), d.rawID, d.room.desk.Now()
	d.unit.finally(1, func(ctx context.Context, w *act.Work) error { return saveEntry(ctx, w, e, said.known) })
	d.learn(func(of *dossier) { of.learn(e) })
	return nil
}

// filing is the document as room record keeps it, with its original.
func (d *clinical) filing(ctx context.Context) (record.Filing, []attachment, error) {
	h := d.header
	f := record.Filing{Kind: kindOfClinical(h.Code), Title: d.view.Title.Zh, At: d.made(), Sensitivity: levelOfCode(h.Confidentiality.Code)}
	f.Title = cmp.Or(f.Title, f.Kind)
	f.Custodian = custodianOf(h)
	var err error
	if f.Department, err = d.wardOf(ctx); err != nil {
		return f, nil, err
	}
	if len(h.Authors) > 0 {
		var numbers []string
		for _, id := range h.Authors[0].IDs {
			numbers = append(numbers, id.Extension)
		}
		if f.Author, err = d.person(ctx, numbers, []string{h.Authors[0].Name}); err != nil {
			return f, nil, err
		}
	}
	attached, listed := d.attachments()
	f.Content.Sections = d.sections(listed)
	return f, attached, nil
}

// kindOfClinical is the code of WS/T 500, or that of another system behind its name.
func kindOfClinical(c cda.Code) string {
	if _, known := cda.KindOf(c.Code); known {
		return c.Code
	}
	system := c.System
	if system == cda.LOINC {
		system = "loinc"
	}
	return cmp.Or(clip(strings.Trim(system+"|"+c.Code, "|"), longestLabel), "CDA")
}

// made is when the document was made. A time in the future is a finding.
func (d *clinical) made() time.Time {
	const element = "/ClinicalDocument/effectiveTime"
	if d.header.Time.IsZero() {
		d.found(ruleNoTime.warning(element))
		return d.room.desk.Now()
	}
	at := d.header.Time.In(d.room.zone).UTC().Truncate(time.Microsecond)
	if at.After(d.room.desk.Now().Add(ahead)) {
		d.found(ruleFuture.warning(element))
	}
	return at
}

// wardOf is the department in which the patient was, if the document names one of ours.
func (d *clinical) wardOf(ctx context.Context) (string, error) {
	if d.header.Encounter == nil {
		return "", nil
	}
	place := d.header.Encounter.Place.Under(cda.RootDepartment)
	if place == nil {
		return "", nil
	}
	var called []string
	for _, id := range place.IDs {
		if id.Root == cda.RootDepartment {
			called = append(called, id.Extension)
		}
	}
	department, err := d.department(ctx, append(called, place.Name)...)
	if err == nil && department == "" {
		d.found(ruleDepartment.warning("/ClinicalDocument/componentOf"))
	}
	return department, err
}

// attachments are the document as it came, and what it carries, with a line for each.
func (d *clinical) attachments() (all []attachment, listed []string) {
	all = []attachment{{mediaType: "application/xml", element: "/ClinicalDocument"}}
	carried, found := d.document.Attachments(cda.AttachmentLimits{Count: record.MostAttachments})
	for _, f := range found {
		d.found(fromCDA(f))
	}
	d.encoded = map[string]bool{}
	for _, a := range carried {
		if text := unspaced(written(d.document.At(a.Path))); text != "" {
			d.encoded[text] = true
		}
		switch {
		case a.Content != nil:
			listed = append(listed, attachedLine(a.MediaType, len(a.Content)))
			all = append(all, attachment{a.MediaType, a.Content, clip(a.Path, longestElement)})
		case a.Withheld != "":
			listed = append(listed, "［附件］未接收，见原文")
		default:
			listed = append(listed, "［附件］在来源系统，未获取")
			d.found(ruleAttachmentElsewhere.warning(clip(a.Path, longestElement)))
		}
	}
	return all, listed
}

// custodianOf is the institution that answers for a document.
func custodianOf(h cda.Header) record.Institution {
	from := record.Institution{Name: h.Custodian.Name}
	if len(h.Custodian.IDs) > 0 {
		from.Code = h.Custodian.IDs[0].Extension
	}
	return from
}
