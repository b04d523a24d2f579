package handover

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/cda"
)

func readVersions(ctx context.Context, src source, after []any, limit int) ([]row, error) {
	document, _ := after[0].(string)
	last, _ := after[1].(int64)
	found, err := src.records.WholesAfter(ctx, src, src.org, document, int(last), limit)
	if err != nil {
		return nil, err
	}
	var all []row
	for _, w := range found {
		made, err := src.version(ctx, w)
		if err != nil {
			return nil, err
		}
		all = append(all, made)
	}
	return all, nil
}

// version is a version with its original bytes, its form of WS/T 500 where it has one,
// and what is attached to it.
func (src source) version(ctx context.Context, w record.Whole) (row, error) {
	var files []original
	var told bundle.Told
	add := func(name, form string, content []byte) {
		files = append(files, original{bundle.Measured(bundle.OriginalName(w.ID, w.Version.Number, name), form, content), content})
	}
	if w.Destroyed {
		told.Destroyed = 1
	} else {
		add("content.json", "application/json", w.Bytes)
		if shared, err := src.shared(ctx, w); err != nil {
			return row{}, err
		} else if shared != nil {
			told.Shared = 1
			add("cda.xml", "application/xml", shared)
		}
	}
	for _, a := range w.Attachments {
		content, err := src.records.AttachedBytes(ctx, src, src.org, a)
		if err != nil {
			return row{}, err
		}
		add("attached-"+strconv.Itoa(a.Number), a.MediaType, content)
	}
	listed := make([]bundle.File, len(files))
	for i, f := range files {
		listed[i] = f.File
	}
	v := w.Version
	made, err := shapes["version"].make([]any{v.Document, int64(v.Number), v.Author, when(v.At), v.Digest, w.Reason, v.Source, listed})
	made.files, made.told = files, told
	return made, err
}

// shared is a version as a shared document, or nil where it cannot be one.
func (src source) shared(ctx context.Context, w record.Whole) ([]byte, error) {
	if _, known := cda.KindOf(w.Kind); !known {
		return nil, nil
	}
	about, err := src.demographics(ctx, src, src.org, w.Patient)
	if err != nil || about == nil {
		return nil, err
	}
	v := &record.View{Document: w.Document, Shown: w.Version, Content: w.Content}
	people := []string{w.Version.Author}
	for _, s := range w.Signatures {
		v.Signatures = append(v.Signatures, record.Checked{Signature: s, Valid: true})
		people = append(people, s.Person)
	}
	if v.People, err = src.names(ctx, src, src.org, people); err != nil {
		return nil, err
	}
	made, found := exchange.Compose(v, *about, src.house)
	if len(found) > 0 {
		return nil, nil
	}
	return made, nil
}
