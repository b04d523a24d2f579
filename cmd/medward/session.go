package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// session is a privileged session as the server tells it.
type session struct {
	ID      string    `json:"id"`
	System  string    `json:"system"`
	State   string    `json:"state"`
	Urgent  bool      `json:"urgent"`
	Asked   time.Time `json:"asked"`
	AskedBy string    `json:"askedBy"`
	Until   time.Time `json:"until"`
	Parts   int       `json:"parts"`
}

func newSession() *cobra.Command {
	cmd := &cobra.Command{
		Use: "session", Short: "Work with privilege: asked for, approved by a second person, recorded (特权会话)",
		Long: "Every command here acts as who is signed in (medward login). A session is asked for, approved by\n" +
			"somebody else from any terminal, and run: what the command shows is masked, recorded and sealed to the\n" +
			"auditor. When the recording stops or the time is over, the command is ended.",
	}
	cmd.AddCommand(newSessionAsk(), newSessionList(), newSessionDecide("approve", "Approve a session as second person (第二人批准)"),
		newSessionDecide("refuse", "Refuse a session (不予批准)"), newSessionRun())
	return cmd
}

func newSessionAsk() *cobra.Command {
	var in struct {
		System  string `json:"system"`
		Reason  string `json:"reason"`
		Minutes int    `json:"minutes"`
		Change  string `json:"change,omitempty"`
		Urgent  bool   `json:"urgent,omitempty"`
	}
	cmd := &cobra.Command{Use: "ask", Short: "Ask for a session (申请)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		var made session
		if err := askAs(cmd.Context(), http.MethodPost, "/api/privilege/sessions", in, &made); err != nil {
			return err
		}
		cmd.Printf("%s  %s\n", made.ID, made.State)
		return nil
	}}
	f := cmd.Flags()
	f.StringVar(&in.System, "system", "", "on what you will work (目标系统)")
	f.StringVar(&in.Reason, "reason", "", "why (理由)")
	f.IntVar(&in.Minutes, "minutes", 30, "for how long, 1 to 240 (时长)")
	f.StringVar(&in.Change, "change", "", "the change that is carried out in it (变更单)")
	f.BoolVar(&in.Urgent, "urgent", false, "begin at once; others are told, and it is reviewed by the next working day (紧急)")
	return cmd
}

func newSessionList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the newest sessions (列表)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		var page struct {
			Items []session `json:"items"`
			Names map[string]struct {
				ZH string `json:"zh"`
				EN string `json:"en"`
			} `json:"names"`
		}
		if err := askAs(cmd.Context(), http.MethodGet, "/api/privilege/sessions", nil, &page); err != nil {
			return err
		}
		for _, s := range page.Items {
			who := page.Names[s.AskedBy].ZH
			if language() == "en" {
				who = page.Names[s.AskedBy].EN
			}
			cmd.Printf("%s  %-9s  %s  %-20s  %s\n", s.ID, s.State, s.Asked.Local().Format(time.DateTime), s.System, who)
		}
		return nil
	}}
}

func newSessionDecide(what, short string) *cobra.Command {
	return &cobra.Command{Use: what + " ID", Short: short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		var s session
		if err := askAs(cmd.Context(), http.MethodPost, "/api/privilege/sessions/"+args[0]+"/"+what, nil, &s); err != nil {
			return err
		}
		cmd.Printf("%s  %s\n", s.ID, s.State)
		return nil
	}}
}

func newSessionRun() *cobra.Command {
	return &cobra.Command{
		Use: "run ID -- COMMAND…", Short: "Begin a session that was approved and run a command in it, recorded (开始并录屏)", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return runRecorded(cmd, args[0], args[1:]) },
	}
}

// runRecorded begins a session, runs a command on a terminal of its own, and hands what
// it shows to the server. Without a recording there is no command.
func runRecorded(cmd *cobra.Command, id string, command []string) error {
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	at := "/api/privilege/sessions/" + id
	var s session
	if err := askAs(ctx, http.MethodPost, at+"/begin", nil, &s); err != nil {
		return err
	}
	rec := newRecorder(func(ctx context.Context, place int, events string) (int, error) {
		var now session
		err := askAs(ctx, http.MethodPost, at+"/parts", map[string]any{"place": place, "events": events}, &now)
		return now.Parts, err
	})
	rec.note(strings.Join(command, " "))
	recorded := make(chan error, 1)
	go func() {
		err := rec.keep(ctx)
		stop()
		recorded <- err
	}()
	failed := runOnTerminal(ctx, exec.CommandContext(ctx, command[0], command[1:]...), os.Stdin, os.Stdout, rec) //nolint:gosec // the operator's own command
	rec.close()
	if err := <-recorded; err != nil {
		return err
	}
	if err := askAs(cmd.Context(), http.MethodPost, at+"/end", nil, &s); err != nil {
		return err
	}
	if failed != nil {
		cmd.PrintErrln(failed)
		return errAmiss
	}
	return nil
}

// askAs asks the server as who is signed in.
func askAs(ctx context.Context, method, path string, body, into any) error {
	c, err := readCredential()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			return err
		}
	}
	return c.ask(ctx, method, path, "application/json", &text, into)
}
