package feed

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/staff"
)

// deliverMessages hands patients, visits or requests to the import, which keeps what it cannot take
// in its quarantine and asks a person about who somebody is.
func (g *reading) deliverMessages(ctx context.Context, some []Change, own map[string]bool) (taken []Change, told []Problem, err error) {
	var batch bytes.Buffer
	for i := range some {
		c := &some[i]
		without, err := g.withoutOwn(ctx, c, own)
		if err != nil {
			return nil, nil, err
		}
		told = append(told, without...)
		text, err := c.message(g.source, g.shape.ID, g.run.Begun.In(g.room.zone))
		if err != nil {
			return nil, nil, err
		}
		batch.Write(text)
	}
	name := g.v.Feed + " " + g.run.ID + " " + strconv.Itoa(some[0].Line)
	report, err := g.room.intake.Import(ctx, intake.Input{Name: name, Reader: &batch}, nil)
	if err != nil {
		return nil, nil, err
	}
	return some, append(told, g.setAside(report, some)...), nil
}

// setAside tells which rows the import has quarantined.
func (g *reading) setAside(report intake.Report, some []Change) []Problem {
	var told []Problem
	met := map[int]bool{}
	for _, file := range report.Files {
		for _, f := range file.Findings {
			if f.Severity == intake.Warning {
				continue
			}
			n, err := strconv.Atoi(strings.TrimPrefix(f.Where, "message "))
			if err != nil || n < 1 || n > len(some) || met[n] {
				continue
			}
			met[n] = true
			told = append(told, Problem{Line: some[n-1].Line, Rule: RuleSetAside, Field: f.Element, Key: g.shape.keyOf(some[n-1].Item)})
		}
	}
	return told
}

// ownPeople are those who answer for a run: it gives them nothing.
func (g *reading) ownPeople() map[string]bool {
	own := map[string]bool{g.v.MadeBy: true, g.v.Approver: true}
	if g.run.By != act.Job {
		own[g.run.By] = true
	}
	return own
}

// withoutOwn takes those out of a row who answer for the run, and those who are not here,
// and tells of them.
func (g *reading) withoutOwn(ctx context.Context, c *Change, own map[string]bool) ([]Problem, error) {
	var told []Problem
	for _, field := range g.shape.people {
		number := c.Values[field]
		if number == "" {
			continue
		}
		var p staff.Person
		err := g.room.desk.Look(ctx, func(r db.Reader) (err error) {
			p, err = staff.FindByNumber(ctx, r, g.v.Org, number)
			return err
		})
		var rule string
		switch {
		case errors.Is(err, staff.ErrNoPerson):
			rule = RuleNotHere
		case err != nil:
			return nil, err
		case own[p.ID]:
			rule = RuleOwn
		default:
			continue
		}
		told = append(told, Problem{Line: c.Line, Rule: rule, Field: field, Key: g.shape.keyOf(c.Item)})
		delete(c.Values, field)
	}
	return told, nil
}
