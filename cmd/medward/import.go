package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/intake"
)

func newImport(o *options) *cobra.Command {
	in := intake.Input{}
	cmd := &cobra.Command{
		Use: "import PATH…", Short: "Take in FHIR R4, HL7 v2 and CDA documents, files and folders (导入)", Args: cobra.MinimumNArgs(1),
		Long: "Takes in FHIR R4 (JSON), HL7 v2 (ADT, ORU, MDM, orders, SIU) and CDA documents (WS/T 500). What cannot be taken is quarantined with the\n" +
			"element, the rule and the remedy, and nothing of it is lost. A second run of the same input changes nothing.",
		RunE: func(cmd *cobra.Command, paths []string) error {
			in.Paths = paths
			report, err := importHere(cmd, o, in)
			if err != nil {
				return err
			}
			if o.json {
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				return e.Encode(report)
			}
			return printReport(cmd, report)
		},
	}
	cmd.Flags().StringVar(&in.Source, "source", "", "name of the foreign system that the records come from (数据来源)")
	cmd.Flags().BoolVar(&o.json, "json", false, "print the report as JSON")
	return cmd
}

// importHere imports into the store on this machine. Only in a demo store does
// the command line act by itself; in a real one the import is somebody's, and
// goes through the server.
func importHere(cmd *cobra.Command, o *options, in intake.Input) (intake.Report, error) {
	h, err := house.Open(cmd.Context(), o.config())
	if err != nil {
		return intake.Report{}, err
	}
	if h.Birth.Kind != house.DemoStore {
		if err := h.Close(); err != nil {
			return intake.Report{}, err
		}
		return importThere(cmd, in)
	}
	var report intake.Report
	err = h.Tending(cmd.Context(), func() error {
		report, err = h.Intake.Import(act.With(cmd.Context(), h.Operator()), in, importProgress(os.Stderr))
		return err
	})
	return report, errors.Join(err, h.Close())
}

// importThere hands the inputs to the server as who is signed in.
func importThere(cmd *cobra.Command, in intake.Input) (intake.Report, error) {
	c, err := readCredential()
	if err != nil {
		return intake.Report{}, err
	}
	paths, err := intake.Files(in.Paths)
	if err != nil {
		return intake.Report{}, err
	}
	total := intake.Report{Source: in.Source}
	for _, path := range paths {
		var one intake.Report
		if err := c.sendFile(cmd.Context(), in.Source, path, &one); err != nil {
			return total, fmt.Errorf("%s: %w", path, err)
		}
		total.Batch, total.Source = one.Batch, one.Source
		total.Files, total.Total = append(total.Files, one.Files...), total.Total.Plus(one.Total)
	}
	return total, nil
}

// importProgress shows how far an import has come, on one line.
func importProgress(to *os.File) intake.Progress {
	line := progress(to)
	if line == nil {
		return nil
	}
	return func(s intake.Step) {
		line(fmt.Sprintf("%s · %d", s.File, s.Total.Read), s.Files, max(s.Of, s.Files))
	}
}

func printReport(cmd *cobra.Command, r intake.Report) error {
	row := func(name string, c intake.Counts, state string) {
		cmd.Printf("%-72s read %6d  created %6d  updated %5d  unchanged %6d  quarantined %4d  %s\n", name, c.Read, c.Created, c.Updated, c.Unchanged, c.Quarantined, state)
	}
	for _, f := range r.Files {
		row(f.Name, f.Counts, f.State)
		for _, finding := range f.Findings {
			if finding.Severity != intake.Warning {
				cmd.Printf("    %s %s [%s] %s → %s\n", finding.Where, finding.Element, finding.Rule, finding.Say.In(language()), finding.Remedy.In(language()))
			}
		}
	}
	row(fmt.Sprintf("= %d files · 合计", len(r.Files)), r.Total, "")
	return nil
}
