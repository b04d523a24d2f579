package intake

import (
	"context"

	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/hl7v2"
)

// Take takes messages that a source has sent, together, and tells what became of each.
// What it answers without an error is durable.
func (room *Room) Take(ctx context.Context, messages []source.Message) []source.Outcome {
	inputs := make([]received, len(messages))
	for i, m := range messages {
		inputs[i] = received{name: m.ControlID, raw: m.Raw, arrived: m.Arrived, over: len(m.Raw) > MaxFile}
	}
	report, err := room.importAll(ctx, "", inputs)
	outcomes := make([]source.Outcome, len(messages))
	for i := range outcomes {
		switch {
		case i < len(report.Files) && report.Files[i].State == Done:
			outcomes[i].Findings = whySetAside(report.Files[i])
		case err != nil:
			outcomes[i].Err = err
		default:
			outcomes[i].Err = errUnsettled.With()
		}
	}
	return outcomes
}

// whySetAside are the reasons for which an input is quarantined; none for one that was
// taken.
func whySetAside(f FileReport) []hl7v2.Problem {
	if f.Counts.Quarantined == 0 {
		return nil
	}
	var why []hl7v2.Problem
	for _, found := range f.Findings {
		if found.Severity != Warning {
			why = append(why, hl7v2.Problem{
				Rule: hl7v2.Rule(found.Rule), Severity: hl7v2.SeverityError, ZH: found.Say.ZH, EN: found.Say.EN, RemedyZH: found.Remedy.ZH, RemedyEN: found.Remedy.EN,
			})
		}
	}
	if len(why) == 0 {
		why = append(why, hl7v2.Problem{Rule: "intake.quarantined", Severity: hl7v2.SeverityError, ZH: "已隔离", EN: "it was set aside", RemedyZH: "请在隔离区处理", RemedyEN: "see the quarantine"})
	}
	return why
}
