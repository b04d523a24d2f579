package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/house/bench"
)

func newBench(o *options) *cobra.Command {
	b := bench.Options{}
	cmd := &cobra.Command{
		Use: "bench [ledger|act|policy|open|decide|fhir|import|absent]…", Short: "Measure this machine (测量本机性能)", ValidArgs: bench.Parts(),
		Long: "Measures this machine in a store of its own, made on the disk of --data and removed again. With --db it\n" +
			"measures in a PostgreSQL database that was made for it: empty and migrated, given as the role that serves.\n" +
			"Drop that database afterwards. A store that is in use is never touched.",
		RunE: func(cmd *cobra.Command, which []string) error {
			b.Folder, b.URL, b.Version, b.Log, b.Parts = o.folder, o.url, version, o.log(), which
			b.Progress = doing(os.Stderr)
			report, err := bench.Run(cmd.Context(), b)
			if err != nil {
				return err
			}
			if o.json {
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				return e.Encode(report)
			}
			return showFigures(cmd, report)
		},
	}
	cmd.Flags().DurationVar(&b.Lasting, "lasting", bench.Lasting, "how long each measurement under load takes (每项时长)")
	cmd.Flags().BoolVar(&o.json, "json", false, "print the figures as JSON")
	return cmd
}

// doing shows on the terminal what is being measured.
func doing(to *os.File) func(string) {
	line := progress(to)
	if line == nil {
		return nil
	}
	return func(what string) { line(what, 0, 1) }
}

func showFigures(cmd *cobra.Command, r bench.Report) error {
	cmd.Printf("%s · %d CPU（实得 used %.2f）· medward %s\n", r.Engine, r.Processors, r.Used, r.Version)
	for _, f := range r.Figures {
		cmd.Printf("%14s %14s  %s\n", measured(f), goal(f), f.Text.In(language()))
	}
	return nil
}

func measured(f bench.Figure) string {
	if f.Least {
		return fmt.Sprintf("%.0f/s", f.Value)
	}
	if strings.HasSuffix(f.Name, "_auc") {
		return fmt.Sprintf("%.3f", f.Value)
	}
	return fmt.Sprintf("%.4g ms", f.Value)
}

// goal says what a figure should be, and whether it is.
func goal(f bench.Figure) string {
	verdict := "✓"
	if !f.Met() {
		verdict = "✗"
	}
	switch {
	case f.Goal == 0:
		return ""
	case f.Least:
		return fmt.Sprintf("≥ %.0f %s", f.Goal, verdict)
	default:
		return fmt.Sprintf("≤ %g %s", f.Goal, verdict)
	}
}
