package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/base/clock"
)

// source is a source as the server tells it.
type source struct {
	ID         string     `json:"id"`
	Code       string     `json:"code"`
	NameZH     string     `json:"nameZh"`
	NameEN     string     `json:"nameEn"`
	Owner      string     `json:"owner"`
	Purpose    string     `json:"purpose"`
	Standard   string     `json:"standard"`
	Shapes     []string   `json:"shapes"`
	Networks   []string   `json:"networks"`
	Operations []string   `json:"operations"`
	PerMinute  int        `json:"perMinute"`
	State      string     `json:"state"`
	Why        string     `json:"why"`
	Until      *time.Time `json:"until"`
	Keys       int        `json:"keys"`
	Silent     bool       `json:"silent"`
	Health     struct {
		Received, Conform, Quarantined, Calls, Refused int
		VisibleLate, Drift                             int64
		Heard                                          *time.Time
	} `json:"health"`
}

func newSource() *cobra.Command {
	cmd := &cobra.Command{
		Use: "source", Short: "Keep the register of foreign systems (数据来源)",
		Long: "Every command here acts as who is signed in (medward login). A source is registered, its owner signs the\n" +
			"agreement (in the browser), somebody else approves it, a key is issued, and the source is begun.",
	}
	cmd.AddCommand(newSourceList(), newSourceShow(), newSourceAdd(), newSourceStep("approve", "Approve the agreement that waits (批准)"),
		newSourceStep("begin", "Let a source act (启用)"), newSourceSuspend(), newSourceKey(), newSourceFeed())
	return cmd
}

// everySource reads the register to its end.
func everySource(cmd *cobra.Command) ([]source, error) {
	var all []source
	for cursor, more := "", true; more; {
		var page struct {
			Items []source
			Next  string
		}
		if err := askAs(cmd.Context(), http.MethodGet, "/api/sources?limit=200&cursor="+cursor, nil, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		cursor, more = page.Next, page.Next != ""
	}
	return all, nil
}

// sourceNamed finds a source by its code or id.
func sourceNamed(cmd *cobra.Command, name string) (source, error) {
	all, err := everySource(cmd)
	if err != nil {
		return source{}, err
	}
	for _, s := range all {
		if s.Code == name || s.ID == name {
			return s, nil
		}
	}
	return source{}, fmt.Errorf("没有数据来源 %s · there is no source %s", name, name)
}

func newSourceList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the register (列表)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		all, err := everySource(cmd)
		for _, s := range all {
			silent := ""
			if s.Silent {
				silent = "  中断 silent"
			}
			cmd.Printf("%-20s %-10s %s  received %d  quarantined %d  refused %d%s\n", s.Code, s.State, ending(s.Until), s.Health.Received, s.Health.Quarantined, s.Health.Refused, silent)
		}
		return err
	}}
}

func ending(until *time.Time) string {
	if until == nil {
		return strings.Repeat(" ", len(time.DateOnly))
	}
	return until.Local().Format(time.DateOnly)
}

func newSourceShow() *cobra.Command {
	return &cobra.Command{Use: "show CODE", Short: "Show a source with its keys (查看)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		s, err := sourceNamed(cmd, args[0])
		if err != nil {
			return err
		}
		var seen struct {
			Held []struct {
				ID, Kind string
				Active   bool
				Until    time.Time
			}
		}
		if err := askAs(cmd.Context(), http.MethodGet, "/api/sources/"+s.ID, nil, &seen); err != nil {
			return err
		}
		cmd.Printf("%s  %s / %s\nstate       %s %s\nuntil       %s\npurpose     %s\nstandard    %s\nshapes      %s\noperations  %s\nnetworks    %s\nper minute  %d\n",
			s.Code, s.NameZH, s.NameEN, s.State, s.Why, ending(s.Until), s.Purpose, s.Standard, strings.Join(s.Shapes, ", "), strings.Join(s.Operations, ", "), strings.Join(s.Networks, ", "), s.PerMinute)
		h := s.Health
		cmd.Printf("7 days      received %d, conform %d, quarantined %d, calls %d, refused %d, visible within %d ms (p95), clock %+d s\n", h.Received, h.Conform, h.Quarantined, h.Calls, h.Refused, h.VisibleLate, h.Drift)
		for _, k := range seen.Held {
			state := "ended"
			if k.Active {
				state = "active"
			}
			cmd.Printf("key         %s  %-11s %-6s until %s\n", k.ID, k.Kind, state, k.Until.Local().Format(time.DateOnly))
		}
		return nil
	}}
}

func newSourceAdd() *cobra.Command {
	var in struct {
		Code          string       `json:"code"`
		NameZH        string       `json:"nameZh"`
		NameEN        string       `json:"nameEn,omitempty"`
		Kinds         []string     `json:"kinds"`
		Owner         string       `json:"owner"`
		Vendor        string       `json:"vendor,omitempty"`
		Purpose       string       `json:"purpose"`
		Standard      string       `json:"standard,omitempty"`
		Shapes        []string     `json:"shapes"`
		Senders       []sentByName `json:"senders,omitempty"`
		Networks      []string     `json:"networks"`
		PerMinute     int          `json:"perMinute"`
		SilentMinutes int          `json:"silentMinutes,omitempty"`
	}
	var senders []string
	cmd := &cobra.Command{Use: "add CODE", Short: "Register a source; its owner is asked to sign (登记)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		in.Code = args[0]
		for _, name := range senders {
			application, facility, _ := strings.Cut(name, "/")
			in.Senders = append(in.Senders, sentByName{application, facility})
		}
		var made source
		if err := askAs(cmd.Context(), http.MethodPost, "/api/sources", in, &made); err != nil {
			return err
		}
		cmd.Printf("%s  %s  %s\n", made.Code, made.ID, made.State)
		return nil
	}}
	f := cmd.Flags()
	f.StringVar(&in.NameZH, "name", "", "what it is called (名称)")
	f.StringVar(&in.NameEN, "name-en", "", "the same in English")
	f.StringSliceVar(&in.Kinds, "kind", []string{"rest"}, "how it is connected: hl7-mllp, fhir, rest, … (连接方式)")
	f.StringVar(&in.Owner, "owner", "", "id of the person who answers for it (责任人)")
	f.StringVar(&in.Vendor, "vendor", "", "whose system it is (厂商)")
	f.StringVar(&in.Purpose, "purpose", "", "what it is for (用途)")
	f.StringVar(&in.Standard, "standard", "", "to which it is bound, such as \"HL7 v2.5.1\" (标准版本)")
	f.StringSliceVar(&in.Shapes, "shape", nil, "what it may hand in: patients, visits, results, … (数据范围)")
	f.StringSliceVar(&senders, "sender", nil, "APPLICATION or APPLICATION/FACILITY, as MSH-3 and MSH-4 say (发送应用)")
	f.StringSliceVar(&in.Networks, "network", nil, "from which its machines call, such as 10.1.2.0/24 (网段)")
	f.IntVar(&in.PerMinute, "per-minute", 600, "calls in a minute at most (每分钟次数)")
	f.IntVar(&in.SilentMinutes, "silent-after", 0, "minutes after which its silence is a fault; 0: never (静默时限)")
	return cmd
}

// sentByName is how an HL7 v2 message names its sender.
type sentByName struct {
	Application string `json:"application"`
	Facility    string `json:"facility,omitempty"`
}

func newSourceStep(what, short string) *cobra.Command {
	return &cobra.Command{Use: what + " CODE", Short: short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return takeStep(cmd, args[0], what, nil)
	}}
}

func newSourceSuspend() *cobra.Command {
	var words string
	cmd := &cobra.Command{Use: "suspend CODE", Short: "Stop a source at once (停用)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return takeStep(cmd, args[0], "suspend", map[string]any{"words": words})
	}}
	cmd.Flags().StringVar(&words, "why", "", "the reason (原因)")
	return cmd
}

func takeStep(cmd *cobra.Command, name, what string, body any) error {
	s, err := sourceNamed(cmd, name)
	if err != nil {
		return err
	}
	if err := askAs(cmd.Context(), http.MethodPost, "/api/sources/"+s.ID+"/"+what, body, &s); err != nil {
		return err
	}
	cmd.Printf("%s  %s\n", s.Code, s.State)
	return nil
}

func newSourceKey() *cobra.Command {
	var kind, follows, file string
	var days, overlap int
	var halves bool
	cmd := &cobra.Command{Use: "key CODE", Short: "Issue a key; its secret is shown once (签发凭据)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		s, err := sourceNamed(cmd, args[0])
		if err != nil {
			return err
		}
		body := map[string]any{"kind": kind, "until": clock.System().Now().AddDate(0, 0, days), "halves": halves, "follows": follows, "overlapHours": overlap}
		if file != "" {
			text, err := os.ReadFile(file) //nolint:gosec // named by the operator
			if err != nil {
				return err
			}
			field := "publicKey"
			if kind == "certificate" {
				field = "certificate"
			}
			body[field] = string(text)
		}
		var made struct {
			ID, Secret string
			Until      time.Time
		}
		if err := askAs(cmd.Context(), http.MethodPost, "/api/sources/"+s.ID+"/keys", body, &made); err != nil {
			return err
		}
		cmd.Printf("%s  until %s\n", made.ID, made.Until.Local().Format(time.DateTime))
		if made.Secret != "" {
			cmd.Printf("%s\n", made.Secret)
		}
		return nil
	}}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", "bearer", "bearer, certificate, hmac-sm3, sm2 or ecdsa (种类)")
	f.IntVar(&days, "days", 180, "after which it ends, up to 366 (有效天数)")
	f.BoolVar(&halves, "halves", false, "two people hold a half each (分两半)")
	f.StringVar(&follows, "follows", "", "id of the key in whose place it stands (替换)")
	f.IntVar(&overlap, "overlap-hours", 0, "for which that one goes on (并行小时)")
	f.StringVar(&file, "file", "", "PEM of the certificate or public key (证书或公钥文件)")
	return cmd
}
