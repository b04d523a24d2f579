package intake

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/fhir"
)

// HandedIn is what became of an input of FHIR, and of each of its entries in their order.
// An input that could not be read at all has none.
type HandedIn struct {
	FileReport
	Entries []Became
}

// Became is what an entry became here.
type Became struct {
	Type     string // of the resource
	Object   string // id of what it became; empty when it was set aside
	Kept     bool   // it is kept as it was sent and belongs to no room
	Before   bool   // an earlier run took it
	Version  int    // of what it became; 0 where that has none
	Findings []Finding
}

// Ambiguous reports whether it was set aside because more than one thing meets its
// condition.
func (b Became) Ambiguous() bool {
	return slices.ContainsFunc(b.Findings, func(f Finding) bool { return f.Rule == ruleAmbiguous.code })
}

// HandIn takes one input of FHIR and tells what its entries became. An input that was
// handed in before becomes what it became then. Of a single resource nothing is created
// where unless, a condition, finds something that the source brought.
func (room *Room) HandIn(ctx context.Context, raw []byte, unless string) (HandedIn, error) {
	began := room.desk.Now()
	report, err := room.importAll(ctx, "", []received{{raw: raw, over: len(raw) > MaxFile, unless: unless}})
	if err != nil {
		return HandedIn{}, err
	}
	if report.Refused() > 0 {
		return HandedIn{}, tooLarge()
	}
	handed := HandedIn{FileReport: report.Files[0]}
	in, _, err := fhir.OpenBytes(raw, fhir.Limits{Bytes: MaxFile})
	if err != nil {
		return handed, nil //nolint:nilerr // why it cannot be read is among the findings
	}
	err = room.desk.Disclose(ctx, "intake.import", func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, policy.Object{Kind: "Import", ID: report.Batch, Org: r.Actor().Org}); err != nil {
			return err
		}
		if handed.Entries, err = room.became(ctx, r, report.Source, raw, in, began); err != nil {
			return err
		}
		return room.versions(ctx, r, handed.Entries)
	})
	for i := range handed.Entries {
		label := labelOf(i, in.Entries[i])
		for _, f := range handed.Findings {
			if f.Where == label {
				handed.Entries[i].Findings = append(handed.Entries[i].Findings, f)
			}
		}
	}
	return handed, err
}

func (room *Room) became(ctx context.Context, r *act.Reading, code string, raw []byte, in *fhir.Input, began time.Time) ([]Became, error) {
	org := r.Actor().Org
	from, _, err := room.sources.Coded(ctx, r, org, code)
	if err != nil {
		return nil, err
	}
	rows, err := entries.Select(ctx, r, "WHERE org = $1 AND source = $2 AND scope = $3", org, from.ID, room.keyed(org, raw))
	if err != nil {
		return nil, err
	}
	byRef := make(map[string]entryRow, len(rows))
	for _, row := range rows {
		byRef[row.Ref] = row
	}
	all := make([]Became, len(in.Entries))
	for i, key := range entryKeys(in) {
		all[i].Type = in.Entries[i].Type
		row, taken := byRef[room.refOf(org, key)]
		if !taken {
			continue
		}
		all[i].Object, all[i].Before = row.Object, row.At.Before(began)
		if conditional := len(in.Entries) == 1 || in.Entries[i].Request != nil && in.Entries[i].Request.IfNoneExist != ""; conditional && !all[i].Before {
			if all[i].Before, err = wasThere(ctx, r, row); err != nil {
				return nil, err
			}
		}
		all[i].Kept, err = isKept(ctx, r, org, row.Object)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// wasThere reports whether another input had brought something.
func wasThere(ctx context.Context, r db.Reader, row entryRow) (bool, error) {
	all, err := entries.Select(ctx, r, "WHERE org = $1 AND object = $2", row.Org, row.Object)
	return slices.ContainsFunc(all, func(e entryRow) bool { return e.Raw != row.Raw }), err
}

// versions tells which version each thing has that was brought.
func (room *Room) versions(ctx context.Context, r *act.Reading, all []Became) (err error) {
	for i, one := range all {
		switch {
		case one.Object == "" || one.Kept:
		case one.Type != "Patient" && one.Type != "Observation" && !isDocument(one.Type):
		case !one.Before || one.Type == "Observation":
			all[i].Version = 1
		case one.Type == "Patient":
			facts, err := room.patients.FactsOf(ctx, r, r.Actor().Org, one.Object)
			if err != nil {
				return err
			}
			all[i].Version = facts.Rev
		default:
			if all[i].Version, err = room.records.VersionOf(ctx, r, r.Actor().Org, one.Object); err != nil {
				return err
			}
		}
	}
	return nil
}

func isDocument(kind string) bool {
	return kind == "Composition" || kind == "DocumentReference" || kind == "DiagnosticReport"
}

func isKept(ctx context.Context, r db.Reader, org, id string) (bool, error) {
	kept, err := resources.Select(ctx, r, "WHERE org = $1 AND id = $2", org, id)
	return len(kept) > 0, err
}
