package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// handoverSteps are what is done to a handover by name alone.
var handoverSteps = []struct{ name, short string }{
	{"approve", "Approve a handover as second person; people do not write from then on (批准)"},
	{"release", "Let the export leave for its receiver (放行)"},
	{"supplement", "Make a further run of what came or changed since (生成增量)"},
	{"again", "Go on with an export or a comparison that gave up (继续)"},
	{"sign", "Sign for the giver (移交方签署)"},
	{"close", "Close a handover of which nothing is missing, as another person (关闭)"},
	{"stop", "Stop a handover that will not be completed (终止)"},
}

func newHandoverSteps() []*cobra.Command {
	var all []*cobra.Command
	for _, step := range handoverSteps {
		all = append(all, &cobra.Command{Use: step.name + " ID", Short: step.short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
			var h handed
			if err := askAs(cmd.Context(), http.MethodPost, "/api/handovers/"+args[0]+"/"+step.name, nil, &h); err != nil {
				return err
			}
			cmd.Printf("%s  %s\n", h.ID, h.State)
			return nil
		}})
	}
	return all
}

func newHandoverOpen() *cobra.Command {
	var in struct {
		Ground  string    `json:"ground"`
		Words   string    `json:"words"`
		Partner string    `json:"partner,omitempty"`
		Until   time.Time `json:"until"`
	}
	var until string
	cmd := &cobra.Command{Use: "open", Short: "Ask for a handover or a rehearsal (申请)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		day, err := time.ParseInLocation(time.DateOnly, until, time.Local)
		if err != nil {
			return fmt.Errorf("--until: a day such as 2027-01-31: %w", err)
		}
		in.Until = day
		var h handed
		if err := askAs(cmd.Context(), http.MethodPost, "/api/handovers", in, &h); err != nil {
			return err
		}
		cmd.Printf("%s  %s\n", h.ID, h.State)
		return nil
	}}
	f := cmd.Flags()
	f.StringVar(&in.Ground, "ground", "rehearsal", "merger, closing, system, authority or rehearsal (依据)")
	f.StringVar(&in.Words, "words", "", "why (说明)")
	f.StringVar(&in.Partner, "partner", "", "id of the receiver among the partners of exchange; none for a rehearsal (接收方)")
	f.StringVar(&until, "until", "", "the day on which the house is written to again, at the latest (截止日)")
	_ = cmd.MarkFlagRequired("words") // the flag is there
	_ = cmd.MarkFlagRequired("until") // the flag is there
	return cmd
}

func newHandoverList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the newest handovers and rehearsals (列表)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		var page struct {
			Items []struct {
				ID       string    `json:"id"`
				Ground   string    `json:"ground"`
				Receiver string    `json:"receiver"`
				State    string    `json:"state"`
				Opened   time.Time `json:"opened"`
				Missing  int64     `json:"missing"`
			} `json:"items"`
			Next string `json:"next"`
		}
		if err := askAs(cmd.Context(), http.MethodGet, "/api/handovers", nil, &page); err != nil {
			return err
		}
		for _, h := range page.Items {
			cmd.Printf("%s  %-9s  %-9s  %s  %d  %s\n", h.ID, h.State, h.Ground, h.Opened.Local().Format(time.DateTime), h.Missing, shown(h.Receiver))
		}
		if page.Next != "" {
			cmd.Println("…")
		}
		return nil
	}}
}

// comparingEvery is how often it is asked how far a comparison has come.
const comparingEvery = time.Second

func newHandoverCompare() *cobra.Command {
	return &cobra.Command{
		Use: "compare ID", Short: "Compare everything the house holds with what was carried (比对)", Args: cobra.ExactArgs(1),
		Long: "Reads every record. Exit code 0: nothing is missing; 1: records are missing, of which the first are named; 2: could not run.\nThe server goes on when this command is broken off.",
		RunE: func(cmd *cobra.Command, args []string) error {
			at := "/api/handovers/" + args[0]
			var asked struct{ Number int }
			if err := askAs(cmd.Context(), http.MethodPost, at+"/compare", nil, &asked); err != nil {
				return err
			}
			found, err := awaitComparison(cmd, at, asked.Number)
			if err != nil {
				return err
			}
			cmd.Printf("比对 · compared %d  缺失 · missing %d  不见 · gone %d\n", found.Compared, found.Missing, found.Gone)
			for _, d := range found.Differences {
				cmd.Printf("  %-8s %-16s %s\n", d.Kind, d.Set, shown(d.Key))
			}
			if found.Missing+found.Gone > 0 {
				return errAmiss
			}
			return nil
		},
	}
}

// compared is a comparison as the server tells it.
type compared struct {
	Number                  int
	Compared, Missing, Gone int64
	Differences             []struct{ Kind, Set, Key string }
}

func awaitComparison(cmd *cobra.Command, at string, number int) (compared, error) {
	told := ""
	for {
		var h struct {
			Comparisons []compared
			Comparing   *struct{ Number int }
			Progress    *struct {
				Set     string
				At, Of  int64
				Failure string
				Stopped bool
			}
		}
		if err := askAs(cmd.Context(), http.MethodGet, at, nil, &h); err != nil {
			return compared{}, err
		}
		for _, c := range h.Comparisons {
			if c.Number == number {
				return c, nil
			}
		}
		switch p := h.Progress; {
		case h.Comparing == nil || h.Comparing.Number != number:
			return compared{}, errors.New("比对已取消 · the comparison was cancelled")
		case p != nil && p.Stopped:
			return compared{}, fmt.Errorf("比对未能完成 · the comparison gave up: %s; medward handover again ID", p.Failure)
		case p != nil && p.Set != told:
			told = p.Set
			cmd.PrintErrf("%d/%d %s\n", p.At, p.Of, told)
		}
		select {
		case <-cmd.Context().Done():
			return compared{}, cmd.Context().Err()
		case <-time.After(comparingEvery):
		}
	}
}
