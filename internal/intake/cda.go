package intake

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/medward/medward/kit/cda"
	"github.com/medward/medward/kit/sm"
)

// clinical is a clinical document (HL7 CDA, WS/T 500) while it is made into a unit.
type clinical struct {
	filer
	document *cda.Document
	header   cda.Header
	view     cda.View
	encoded  map[string]bool // attachments as they are written, which nobody reads
}

// Scopes of what clinical documents identify. Patients and stays are known as HL7 v2
// would name them.
const (
	scopeClinical        = "cda file"
	scopeClinicalNumber  = "cda document"
	scopeClinicalVersion = "cda version"
)

func (r *run) clinicalCandidate(f *file) *candidate {
	sum := sm.Sum(f.raw)
	digest := hex.EncodeToString(sum[:])
	c := &candidate{piece: piece{file: f, label: "document", raw: f.raw, scope: scopeClinical, ref: r.room.refOf(r.org, "cda\x00"+digest), read: 1}}
	c.keys = []string{"cda:" + digest}
	if d, err := cda.Parse(f.raw, cda.Limits{}); err == nil {
		c.about = r.refsOf(scopePatient, clinicalKeys(d.Read().Header))
	}
	c.prepare = func(ctx context.Context) ([]*unit, error) {
		var u *unit
		failure := r.room.onOneSnapshot(ctx, func(ctx context.Context) (cause error) {
			u, cause = r.prepareClinical(ctx, c)
			return cause
		})
		return []*unit{u}, failure
	}
	return c
}

func (r *run) prepareClinical(ctx context.Context, c *candidate) (*unit, error) {
	if taken, u, err := r.takenBefore(ctx, c); err != nil || taken {
		return u, err
	}
	document, err := cda.Parse(c.raw, cda.Limits{})
	if refusal, refused := errors.AsType[*cda.Refusal](err); refused {
		return r.quarantine(ctx, c, c.piece, []Finding{fromCDA(refusal.Finding)})
	}
	if err != nil {
		return nil, err
	}
	d := &clinical{filer: r.filerOf(c, "/ClinicalDocument/component"), document: document, header: document.Read().Header, view: document.View()}
	d.mustBeOfItsSource()
	for _, f := range append(document.Check(), d.view.Findings...) {
		d.found(fromCDA(f))
	}
	for _, f := range r.room.dangersIn(ctx, c.raw, document) {
		d.found(f)
	}
	if !refuses(d.unit.findings) {
		if err := d.take(ctx); err != nil {
			return nil, err
		}
	}
	if refuses(d.unit.findings) {
		return r.quarantine(ctx, c, c.piece, d.unit.findings)
	}
	if err := d.finish(ctx, "CDA", d.who); err != nil {
		return nil, err
	}
	d.remembered()
	return d.unit, nil
}

// mustBeOfItsSource holds a document to the standard that its source is bound to.
func (d *clinical) mustBeOfItsSource() {
	if _, known := cda.KindOf(d.header.Code.Code); d.source.Standard == "WS/T 500-2016" && !known {
		d.found(ruleNotOfStandard.error("/ClinicalDocument/code"))
	}
}

// take finds whom a document is about and files it.
func (d *clinical) take(ctx context.Context) error {
	who, err := d.findPatient(ctx)
	if err != nil || who == nil || refuses(d.unit.findings) {
		return err
	}
	d.who = who
	d.unit.dossiers = append(d.unit.dossiers, who.dossier)
	d.addIdentifiers()
	return d.fileDocument(ctx)
}

// longestElement bounds the path of an element that is told: who writes a document
// names what is in it.
const longestElement = 300

func fromCDA(f cda.Finding) Finding {
	found := Finding{
		Severity: Warning, Rule: string(f.Rule), Element: clip(f.Path, longestElement),
		Say: textOf(f.Text), Remedy: textOf(f.Remedy),
	}
	if f.Severity == cda.Refuse {
		found.Severity = Error
	}
	return found
}
