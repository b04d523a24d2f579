package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
)

// feedRun is a run of a feed as the server tells it.
type feedRun struct {
	ID      string   `json:"id"`
	Feed    string   `json:"feed"`
	Rev     int      `json:"rev"`
	State   string   `json:"state"`
	Why     string   `json:"why"`
	Missing []string `json:"missing"`
	Begun   time.Time
	Tally   feedTally
}

type feedTally struct {
	Rows, Fresh, Changed, Unchanged, Refused, Gone, Kept int
	Fields, Rules                                        map[string]int
}

func newSourceFeed() *cobra.Command {
	cmd := &cobra.Command{
		Use: "feed", Short: "Read views and drop folders of a source (接入)",
		Long: "A feed is one view or list of a source, read by a mapping: a JSON file with feed, source, shape and mapping.\n" +
			"It is tried, kept, approved by somebody else, and run. Where it is read the operator says at start (medward serve --feeds).",
	}
	cmd.AddCommand(newFeedList(), newFeedTry(), newFeedMap(), newFeedApprove(), newFeedRun(), newFeedRuns(), newFeedFindings())
	return cmd
}

func newFeedList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the feeds (列表)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		for cursor, more := "", true; more; {
			var page struct {
				Items []struct {
					Feed, Source, Shape string
					Rev, InForce        int
					Live                bool
					Last                *feedRun
				}
				Next string
			}
			if err := askAs(cmd.Context(), http.MethodGet, "/api/feeds?limit=200&cursor="+cursor, nil, &page); err != nil {
				return err
			}
			for _, f := range page.Items {
				last := "never read"
				if f.Last != nil {
					last = f.Last.State + " " + f.Last.Why + " " + f.Last.Begun.Local().Format(time.DateTime)
				}
				cmd.Printf("%-24s %-12s %-12s version %d, in force %d, live %t  %s\n", f.Feed, f.Source, f.Shape, f.Rev, f.InForce, f.Live, last)
			}
			cursor, more = page.Next, page.Next != ""
		}
		return nil
	}}
}

func readMapping(file string) (map[string]any, error) {
	text, err := os.ReadFile(file) //nolint:gosec // named by the operator
	if err != nil {
		return nil, err
	}
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return body, nil
}

func newFeedTry() *cobra.Command {
	return &cobra.Command{Use: "try FILE", Short: "Tell what a run would take, and change nothing (试运行)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		body, err := readMapping(args[0])
		if err != nil {
			return err
		}
		var trial struct {
			Missing  []string
			Why      string
			Tally    feedTally
			Problems []struct {
				Line        int
				Rule, Field string
			}
		}
		if err := askAs(cmd.Context(), http.MethodPost, "/api/feeds/try", body, &trial); err != nil {
			return err
		}
		if trial.Why != "" {
			cmd.Printf("would be stopped: %s %v\n", trial.Why, trial.Missing)
		}
		trial.Tally.show(cmd)
		for _, p := range trial.Problems {
			cmd.Printf("line %d: %s %s\n", p.Line, p.Rule, p.Field)
		}
		return nil
	}}
}

func (t feedTally) show(cmd *cobra.Command) {
	cmd.Printf("rows %d  new %d  changed %d  unchanged %d  set aside %d  gone %d  kept %d\n", t.Rows, t.Fresh, t.Changed, t.Unchanged, t.Refused, t.Gone, t.Kept)
	for _, field := range slices.Sorted(maps.Keys(t.Fields)) {
		cmd.Printf("changed %s: %d\n", field, t.Fields[field])
	}
	for _, rule := range slices.Sorted(maps.Keys(t.Rules)) {
		cmd.Printf("found %s: %d\n", rule, t.Rules[rule])
	}
}

func newFeedMap() *cobra.Command {
	return &cobra.Command{Use: "map FILE", Short: "Keep a new version of a mapping (保存映射)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		body, err := readMapping(args[0])
		if err != nil {
			return err
		}
		var kept struct {
			Feed string
			Rev  int
		}
		if err := askAs(cmd.Context(), http.MethodPost, "/api/feeds/mapping", body, &kept); err != nil {
			return err
		}
		cmd.Printf("%s  version %d\n", kept.Feed, kept.Rev)
		return nil
	}}
}

func newFeedApprove() *cobra.Command {
	var rev int
	cmd := &cobra.Command{Use: "approve FEED", Short: "Put the newest version into force, as somebody else (核准)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if err := askAs(cmd.Context(), http.MethodPost, "/api/feeds/approve", map[string]any{"feed": args[0], "rev": rev}, nil); err != nil {
			return err
		}
		cmd.Printf("%s  version %d in force\n", args[0], rev)
		return nil
	}}
	cmd.Flags().IntVar(&rev, "version", 1, "the version that was seen (版本)")
	return cmd
}

func newFeedRun() *cobra.Command {
	var whole bool
	cmd := &cobra.Command{Use: "run FEED", Short: "Begin a run (接入一次)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		var run feedRun
		if err := askAs(cmd.Context(), http.MethodPost, "/api/feeds/runs", map[string]any{"feed": args[0], "whole": whole}, &run); err != nil {
			return err
		}
		cmd.Printf("%s  %s\n", run.ID, run.State)
		return nil
	}}
	cmd.Flags().BoolVar(&whole, "whole", false, "a table of less than half its rows is right (确认行数减少无误)")
	return cmd
}

func newFeedRuns() *cobra.Command {
	return &cobra.Command{Use: "runs FEED", Short: "Show the newest runs (接入记录)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		var page struct{ Items []feedRun }
		if err := askAs(cmd.Context(), http.MethodGet, "/api/feeds/runs?limit=20&feed="+args[0], nil, &page); err != nil {
			return err
		}
		for _, run := range page.Items {
			cmd.Printf("%s  %s  %s %s %v\n", run.ID, run.Begun.Local().Format(time.DateTime), run.State, run.Why, run.Missing)
			run.Tally.show(cmd)
		}
		return nil
	}}
}

func newFeedFindings() *cobra.Command {
	return &cobra.Command{Use: "findings RUN", Short: "List what was set aside in a run (搁置的行)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		for cursor, more := "", true; more; {
			var page struct {
				Items []struct {
					Line             int
					Rule, Field, Key string
					Taken            bool
				}
				Next string
			}
			if err := askAs(cmd.Context(), http.MethodGet, "/api/feeds/runs/"+args[0]+"/findings?limit=200&cursor="+cursor, nil, &page); err != nil {
				return err
			}
			for _, f := range page.Items {
				cmd.Printf("line %d  %s  %s %s  taken %t\n", f.Line, f.Key, f.Rule, f.Field, f.Taken)
			}
			cursor, more = page.Next, page.Next != ""
		}
		return nil
	}}
}
