package feed

import (
	"context"
	"errors"
	"iter"

	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/intake"
)

// deliverFiles hands files to the import as they are, one after another. One that cannot
// be read now is left for the next run.
func (g *reading) deliverFiles(ctx context.Context, some []Change) (taken []Change, told []Problem, err error) {
	c := g.room.connections[g.v.Mapping.Connection]
	report, err := g.room.intake.Import(ctx, intake.Input{Each: func(yield func(intake.Handed, error) bool) {
		for handed, change := range readable(c, some, &told) {
			taken = append(taken, change)
			if !yield(handed, nil) {
				return
			}
		}
	}}, nil)
	if err != nil {
		return nil, nil, err
	}
	for i, file := range report.Files {
		if aside, element := setAside(file); aside {
			told = append(told, Problem{Line: taken[i].Line, Rule: RuleSetAside, Field: element, Key: g.shape.keyOf(taken[i].Item)})
		}
	}
	return taken, told, nil
}

// readable yields the files that can be read, and tells of the others.
func readable(c view.Connection, some []Change, told *[]Problem) iter.Seq2[intake.Handed, Change] {
	return func(yield func(intake.Handed, Change) bool) {
		for _, change := range some {
			name := change.Values["file"]
			raw, err := c.File(name)
			if err != nil {
				rule := RuleUnread
				if errors.Is(err, view.ErrTooMuch) {
					rule = RuleLong
				}
				*told = append(*told, Problem{Line: change.Line, Rule: rule, Field: "file", Key: name})
				continue
			}
			if !yield(intake.Handed{Name: name, Raw: raw}, change) {
				return
			}
		}
	}
}

// setAside reports whether the import has set a file aside, or a part of it, and for which
// of its elements.
func setAside(file intake.FileReport) (aside bool, element string) {
	for _, f := range file.Findings {
		if f.Severity != intake.Warning {
			return true, f.Element
		}
	}
	return false, ""
}
