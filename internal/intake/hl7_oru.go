package intake

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/hl7v2"
)

// battery is an OBR of a message with its results.
type battery struct {
	order   *hl7v2.Segment // nil for results before any OBR
	results []result
	at      time.Time // when it was taken or reported
}

// result is an OBX with the notes that follow it.
type result struct {
	*hl7v2.Segment
	place int // among the OBX of the message, from 1
	notes []string
}

// oru files the results of a message as observations, and what is prose as
// documents.
func (m *message) oru(ctx context.Context) error {
	m.addIdentifiers()
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	batteries := m.batteries()
	if err := m.recallResults(ctx, batteries); err != nil {
		return err
	}
	for _, b := range batteries {
		if len(b.results) == 0 {
			continue
		}
		b.at = m.batteryTime(b)
		prose, measured := b.parted()
		if err := m.report(ctx, v.encounter, b, prose); err != nil {
			return err
		}
		for _, r := range measured {
			if err := m.observe(ctx, v.encounter, b, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *message) batteries() []battery {
	all := []battery{{}}
	n := 0
	for _, s := range m.Segments() {
		last := &all[len(all)-1]
		switch s.Name() {
		case "OBR":
			all = append(all, battery{order: s})
		case "OBX":
			n++
			last.results = append(last.results, result{Segment: s, place: n})
		case "NTE":
			if k := len(last.results); k > 0 {
				last.results[k-1].notes = append(last.results[k-1].notes, s.Get("3").Text())
			}
		}
	}
	return all
}

// longestValue is how long a text may be, in characters, to be a value and not prose.
const longestValue = 200

// parted tells prose and attachments from what was measured or found.
func (b battery) parted() (prose, measured []result) {
	times := map[string]int{}
	for _, r := range b.results {
		times[r.Get("3").Text()]++
	}
	for _, r := range b.results {
		text := r.Get("5").Text()
		switch kind := r.Get("2").Text(); {
		case kind == "ED" || kind == "RP",
			(kind == "TX" || kind == "FT") && (times[r.Get("3").Text()] > 1 || utf8.RuneCountInString(text) > longestValue || strings.Contains(text, "\n")):
			prose = append(prose, r)
		default:
			measured = append(measured, r)
		}
	}
	return prose, measured
}

// filler is the number under which the laboratory knows a battery, with its code.
func (b battery) filler() string {
	if b.order == nil {
		return ""
	}
	number := cmp.Or(b.order.Get("3").Text(), b.order.Get("2").Text())
	if number == "" {
		return ""
	}
	return number + "\x00" + b.order.Get("4.1").Text()
}

func (m *message) batteryTime(b battery) time.Time {
	if b.order != nil {
		for _, field := range []string{"7", "22"} {
			if at := m.timeOf(b.order.Get(field), "OBR-"+field); !at.IsZero() {
				return at
			}
		}
	}
	if at := m.time("MSH-7"); !at.IsZero() {
		return at
	}
	m.found(ruleNoTime.warning("OBR-7"))
	return m.room.desk.Now()
}

// recallResults asks in one question which results the source has sent before.
func (m *message) recallResults(ctx context.Context, batteries []battery) error {
	var refs []string
	for _, b := range batteries {
		_, measured := b.parted()
		for _, r := range measured {
			if key := m.resultKey(b, r); key != "" {
				refs = append(refs, m.refIn(scopeResult, key))
			}
		}
	}
	return m.who.recall(ctx, m.run, scopeResult, refs...)
}

// resultKey is what the source knows a result by; empty where it gives no number.
func (m *message) resultKey(b battery, r result) string {
	number := b.filler()
	if number == "" {
		return ""
	}
	return m.who.id + "\x00" + number + "\x00" + r.Get("3").Raw() + "\x00" + r.Get("4").Text()
}

// observe files one result, or its correction.
func (m *message) observe(ctx context.Context, stay patient.Encounter, b battery, r result) error {
	at := m.timeOf(r.Get("14"), "OBX-14")
	if at.IsZero() {
		at = b.at
	}
	o := record.Observation{
		Org: m.org, Patient: m.who.id, Encounter: stay.ID, Code: codeOfCWE(r.Get("3").CWE()), At: at,
		Flag: flagOfCode(r.Get("8").Repetition(1).Text()), Sensitivity: max(1, stay.Level), Department: stay.Department, Source: m.source.ID,
	}
	f := findingOfOBX(r)
	key := m.once(m.resultKey(b, r), "OBX["+itoa(r.place)+"]")
	content, err := m.contentOf(struct {
		record.Finding
		Flag string
		At   time.Time
	}{f, o.Flag, o.At})
	if err != nil {
		return err
	}
	e, named, err := m.recall(ctx, scopeResult, key)
	if err != nil {
		return err
	}
	known := named
	if named {
		var old record.Observation
		if old, known, err = m.resultOf(ctx, e.Object); err != nil || known && e.Content == content {
			return err
		}
		o.ID, o.Rev, o.CreatedAt = old.ID, old.Rev, old.CreatedAt
		if !known {
			o.ID, o.CreatedAt = e.Object, m.room.desk.Now()
		}
	}
	sealed, err := m.room.records.SealObservation(m.who.subject, o, f)
	if err != nil {
		return err
	}
	if known {
		m.remember(e, true, scopeResult, key, "Observation", sealed.ID, content)
	} else {
		m.announce(e, named, key, sealed.ID, content)
	}
	m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return m.room.records.ObserveIn(ctx, w, sealed) })
	m.learn(func(d *dossier) {
		d.results[sealed.ID] = record.Observation{ID: sealed.ID, Rev: sealed.Rev, CreatedAt: sealed.CreatedAt}
	})
	return nil
}

// resultOf reads what the next revision of a result must know. There is none
// where an import was cut off between naming its results and filing them.
func (m *message) resultOf(ctx context.Context, observation string) (o record.Observation, filed bool, err error) {
	if o, filed = m.who.results[observation]; filed {
		return o, true, nil
	}
	err = m.room.look(ctx, func(r db.Reader) (err error) {
		o, err = m.room.records.ObservationOf(ctx, r, m.org, observation)
		return err
	})
	if errors.Is(err, act.ErrAbsent) {
		return record.Observation{}, false, nil
	}
	return o, err == nil, err
}

// announce names a result that is new. Where a message is too long for one act
// this may be written before the result, which nobody can find until its last act.
func (m *message) announce(e entryRow, over bool, key, object, content string) {
	if !over {
		e = m.entry(scopeResult, key, "Observation", object)
	}
	m.did.created = true
	e.Content, e.Raw, e.At = content, m.rawID, m.room.desk.Now()
	m.unit.add(1, func(ctx context.Context, w *act.Work) error { return saveEntry(ctx, w, e, over) })
	m.learn(func(d *dossier) { d.learn(e) })
}

func findingOfOBX(r result) record.Finding {
	what := r.Get("3").CWE()
	f := record.Finding{
		Name: clip(cmp.Or(what.Text, what.AlternateText, what.OriginalText, what.Code), longestTitle),
		Unit: clip(cmp.Or(r.Get("6").CWE().Code, r.Get("6").CWE().Text), longestLabel), Range: clip(r.Get("7").Text(), longestLabel),
		State: stateOf(r.Get("11").Text()), Note: joinLines(r.notes...),
	}
	var values []string
	for _, v := range r.Get("5").Repetitions() {
		values = append(values, valueOf(r.Get("2").Text(), v))
	}
	f.Value = strings.Join(filled(values), "; ")
	return f
}

// valueOf writes one OBX-5 by its type.
func valueOf(kind string, v hl7v2.Value) string {
	switch kind {
	case "CE", "CWE", "CNE", "CF":
		c := v.CWE()
		return cmp.Or(c.Text, c.OriginalText, c.AlternateText, c.Code)
	case "SN":
		return strings.Join(filled([]string{v.Component(1).Text() + v.Component(2).Text(), v.Component(3).Text() + v.Component(4).Text()}), "")
	case "XCN":
		return v.XCN().Display()
	case "XPN", "PN":
		return v.XPN().Display()
	}
	return v.Text()
}

// stateOf maps HL7 table 0085.
func stateOf(code string) string {
	switch code {
	case "F":
		return "final"
	case "P", "R", "S":
		return "preliminary"
	case "C":
		return "corrected"
	case "X", "N", "O", "I":
		return "registered"
	case "D", "W":
		return "entered-in-error"
	}
	return ""
}

// codeOfCWE writes a coded value as system|code, LOINC before any other.
func codeOfCWE(c hl7v2.CWE) string {
	if (c.AlternateSystem == "LN" || c.AlternateSystem == "LOINC") && c.AlternateCode != "" {
		return clip("loinc|"+c.AlternateCode, longestLabel)
	}
	system := c.System
	switch system {
	case "LN", "LOINC":
		system = "loinc"
	case "SCT", "SNM":
		system = "snomed"
	}
	return clip(system+"|"+cmp.Or(c.Code, c.Text), longestLabel)
}

// report files the prose of a battery as a document.
func (m *message) report(ctx context.Context, stay patient.Encounter, b battery, prose []result) error {
	if len(prose) == 0 {
		return nil
	}
	what := hl7v2.CWE{}
	if b.order != nil {
		what = b.order.Get("4").CWE()
	}
	title := cmp.Or(what.Text, what.AlternateText, what.Code, prose[0].Get("3").CWE().Text, "检查报告")
	f := record.Filing{Kind: cmp.Or(strings.TrimPrefix(codeOfCWE(what), "|"), "ORU"), Title: title, At: b.at}
	var attached []attachment
	f.Content.Sections, attached = m.sections(prose)
	key := b.filler()
	if key != "" {
		key = m.who.id + "\x00" + key
	}
	key = m.once(key, "OBR of OBX["+itoa(prose[0].place)+"]")
	if b.order != nil {
		author := b.order.Get("32").Component(1)
		numbers, names := []string{author.Subcomponent(1).Text()}, []string{author.Subcomponent(2).Text() + author.Subcomponent(3).Text()}
		id, err := m.person(ctx, numbers, names)
		if err != nil {
			return err
		}
		f.Author = id
	}
	_, err := m.file(ctx, scopeReport, key, stay, f, attached)
	return err
}

// sections gathers the lines of each OBX-3 in their order, and what is attached.
func (m *message) sections(prose []result) ([]record.Section, []attachment) {
	var all []record.Section
	var attached []attachment
	for _, r := range prose {
		what := r.Get("3").CWE()
		key := clip(strings.TrimPrefix(codeOfCWE(what), "|"), 60)
		text := r.Get("5").Text()
		switch r.Get("2").Text() {
		case "ED":
			var found []attachment
			text, found = m.encapsulated(r)
			attached = append(attached, found...)
		case "RP":
			m.found(ruleAttachmentElsewhere.warning("OBX[" + itoa(r.place) + "]-5"))
			continue
		}
		text = joinLines(append([]string{text}, r.notes...)...)
		if k := len(all); k > 0 && all[k-1].Key == key {
			all[k-1].Text += "\n" + text
			continue
		}
		all = append(all, record.Section{Key: key, Title: cmp.Or(what.Text, what.Code), Text: text})
	}
	return all, attached
}
