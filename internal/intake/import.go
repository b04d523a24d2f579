package intake

import (
	"context"
	"errors"
	"iter"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/source"
)

// Import takes inputs in and reports what became of each. An error means that
// the import stopped: what the report counts until then is durable, and the same
// import run again goes on from there.
func (room *Room) Import(ctx context.Context, in Input, progress Progress) (Report, error) {
	inputs, n, err := in.all()
	if err != nil {
		return Report{}, err
	}
	return room.importFrom(ctx, in.Source, inputs, n, progress)
}

// importAll takes in what a request handed over.
func (room *Room) importAll(ctx context.Context, source string, all []received) (Report, error) {
	return room.importFrom(ctx, source, func(yield func(received, error) bool) {
		for _, in := range all {
			if !yield(in, nil) {
				return
			}
		}
	}, len(all), nil)
}

func (room *Room) importFrom(ctx context.Context, named string, inputs iter.Seq2[received, error], n int, progress Progress) (Report, error) {
	from, batch, err := room.open(ctx, named)
	if errors.Is(err, db.ErrExists) { // two who name a source for the first time
		from, batch, err = room.open(ctx, named)
	}
	if err != nil {
		return Report{}, err
	}
	r := room.newRun(act.From(ctx), from, batch, progress)
	r.step.Of = n
	if r.neverQuarantined, err = room.neverQuarantined(ctx, from); err != nil {
		return Report{}, err
	}
	err = r.drive(room.asFeed(ctx, from, r.importer), r.candidates(ctx, inputs))
	report := r.report(from.Code)
	r.batch.end(report, err)
	return report, errors.Join(err, room.close(context.WithoutCancel(ctx), r.batch))
}

func (room *Room) neverQuarantined(ctx context.Context, s source.Source) (never bool, err error) {
	err = room.look(ctx, func(r db.Reader) error {
		_, known, err := first(quarantines.Select(ctx, r, "WHERE org = $1 AND source = $2 LIMIT 1", s.Org, s.ID))
		never = !known
		return err
	})
	return never, err
}

// end says how a batch went.
func (b *Batch) end(report Report, failure error) {
	b.State = Done
	if failure != nil {
		b.State = Failed
	}
	t := report.Total
	b.Files, b.Received, b.Created, b.Updated, b.Unchanged, b.Quarantined = len(report.Files), t.Read, t.Created, t.Updated, t.Unchanged, t.Quarantined
}

func (room *Room) newRun(importer act.Actor, s source.Source, b Batch, progress Progress) *run {
	return &run{
		room: room, org: s.Org, source: s, batch: b, importer: importer, progress: progress,
		digests: map[string]*FileReport{}, copies: map[*FileReport]*FileReport{},
	}
}

// candidates reads the inputs one after another and cuts them into pieces.
func (r *run) candidates(ctx context.Context, inputs iter.Seq2[received, error]) iter.Seq2[*candidate, error] {
	return func(yield func(*candidate, error) bool) {
		for in, err := range inputs {
			if err != nil {
				yield(nil, err)
				return
			}
			f, err := r.openFile(ctx, in)
			if err != nil {
				yield(nil, err)
				return
			}
			if f == nil {
				continue
			}
			for _, c := range r.cut(f) {
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

// cut returns the pieces of an input.
func (r *run) cut(f *file) []*candidate {
	var all []*candidate
	switch f.row.Kind {
	case KindFHIR:
		all = []*candidate{r.fhirCandidate(f)}
	case KindHL7:
		all = r.messageCandidates(f)
	case KindCDA:
		all = []*candidate{r.clinicalCandidate(f)}
	default:
		all = []*candidate{r.unknownCandidate(f)}
	}
	f.due = len(all)
	return all
}

// openFile begins an input. It returns nil for one of which nothing is to be
// done: over the limit, or taken before.
func (r *run) openFile(ctx context.Context, in received) (*file, error) {
	if in.over {
		report := &FileReport{Name: in.name, Kind: KindUnknown, State: Refused, Findings: []Finding{ruleTooLarge.fatal("")}}
		r.reports = append(r.reports, report)
		r.advance(&file{report: report}, func(s *Step) { s.Files++ })
		return nil, nil //nolint:nilnil // nothing is to be done, and nothing failed
	}
	digest := r.room.keyed(r.org, in.raw)
	if twin := r.digests[digest]; twin != nil {
		report := &FileReport{ID: twin.ID, Name: in.name, Kind: twin.Kind, State: Done, Findings: []Finding{}}
		r.reports, r.copies[report] = append(r.reports, report), twin
		r.advance(&file{report: report}, func(s *Step) { s.Files++ })
		return nil, nil //nolint:nilnil // as above
	}
	f, err := r.newFile(in.name, kindOf(in.raw), in.raw, digest)
	if err != nil {
		return nil, err
	}
	f.arrived, f.unless = in.arrived, in.unless
	r.digests[digest] = f.report
	r.reports = append(r.reports, f.report)
	var row fileRow
	var known bool
	err = r.room.look(ctx, func(reader db.Reader) error {
		if row, known, err = fileOf(ctx, reader, r.org, r.source.ID, digest); err != nil || !known {
			return err
		}
		f.subject, err = r.room.vault.Subject(ctx, reader, r.org, row.ID)
		return err
	})
	if err != nil || !known {
		return f, err
	}
	f.row, f.begun, f.resumes, f.report.ID = row, true, true, row.ID
	if row.State != Done {
		return f, nil
	}
	return nil, r.repeat(f)
}

// repeat reports an input that was taken before, with what was found then.
func (r *run) repeat(f *file) error {
	t, err := openTold(f.subject, f.row)
	if err != nil {
		return err
	}
	f.report.State, f.report.Findings, f.report.More = Done, t.Findings, t.More
	f.report.Counts = f.row.counts().again()
	r.heard(&unit{piece: piece{file: f}, counts: f.report.Counts})
	r.advance(f, func(s *Step) { s.Files, s.Total = s.Files+1, s.Total.Plus(f.report.Counts) })
	r.tell()
	return nil
}

func (row fileRow) counts() Counts {
	return Counts{Read: row.Received, Created: row.Created, Updated: row.Updated, Unchanged: row.Unchanged, Quarantined: row.Quarantined}
}

func (r *run) unknownCandidate(f *file) *candidate {
	c := &candidate{piece: piece{file: f, raw: f.raw, scope: f.row.Digest, ref: r.room.refOf(r.org, "*"), read: 1}}
	c.prepare = func(ctx context.Context) ([]*unit, error) {
		u, err := r.quarantine(ctx, c, c.piece, append(r.room.dangers(ctx, c.raw, ""), ruleUnknownKind.fatal("")))
		return []*unit{u}, err
	}
	return c
}

func (r *run) report(source string) Report {
	report := Report{Batch: r.batch.ID, Source: source, Files: make([]FileReport, len(r.reports))}
	for i, f := range r.reports {
		if twin := r.copies[f]; twin != nil {
			f.Counts = twin.Counts.again()
		}
		report.Files[i] = *f
		report.Total = report.Total.Plus(f.Counts)
	}
	return report
}
