package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/base/clock"
)

// demoSource is a foreign system of the demo hospital, as it is registered.
type demoSource struct {
	Code          string       `json:"code"`
	NameZH        string       `json:"nameZh"`
	NameEN        string       `json:"nameEn"`
	Kinds         []string     `json:"kinds"`
	Owner         string       `json:"owner"`
	Purpose       string       `json:"purpose"`
	Standard      string       `json:"standard,omitempty"`
	Shapes        []string     `json:"shapes"`
	Senders       []sentByName `json:"senders,omitempty"`
	Networks      []string     `json:"networks"`
	PerMinute     int          `json:"perMinute"`
	SilentMinutes int          `json:"silentMinutes,omitempty"`

	feeds []string // by their shapes
}

var demoSystems = []demoSource{
	{Code: "hr", NameZH: "人事系统", NameEN: "Personnel office", Kinds: []string{"drop-folder"}, Purpose: "科室与人员名册", Shapes: []string{"departments", "people"}, feeds: []string{"departments", "people"}},
	{Code: "his", NameZH: "医院信息系统", NameEN: "HIS", Kinds: []string{"sql-view"}, Purpose: "患者、就诊、申请、医嘱与库存", Shapes: []string{"patients", "visits", "requests", "orders", "stock"}, SilentMinutes: 30, feeds: []string{"patients", "visits", "requests", "operations", "orders", "stock"}},
	{Code: "branch", NameZH: "分院信息系统", NameEN: "HIS of the branch", Kinds: []string{"sql-view"}, Purpose: "分院患者、就诊、申请、医嘱与库存", Shapes: []string{"patients", "visits", "requests", "orders", "stock"}, SilentMinutes: 30, feeds: []string{"patients", "visits", "requests", "operations", "orders", "stock"}},
	{Code: "emr", NameZH: "电子病历", NameEN: "EMR", Kinds: []string{"cda-folder"}, Standard: "WS/T 500-2016", Purpose: "病历共享文档", Shapes: []string{"patients", "documents"}, feeds: []string{"documents"}},
	{Code: "lis", NameZH: "检验系统", NameEN: "LIS", Kinds: []string{"hl7-mllp"}, Standard: "HL7 v2.5.1", Purpose: "检验申请与结果", Shapes: []string{"patients", "requests", "results"}, Senders: []sentByName{{Application: "LIS"}}, SilentMinutes: 30},
	{Code: "pacs", NameZH: "影像系统", NameEN: "PACS", Kinds: []string{"syslog"}, Purpose: "影像调阅日志", Shapes: []string{"access-logs"}, SilentMinutes: 30},
}

// demoVisitor is an invented colleague of a demo store, by name.
type demoVisitor struct {
	Person string
	Roles  []struct{ ID string }
}

func newDemoConnect(o *options) *cobra.Command {
	var server, ca string
	var only []string
	cmd := &cobra.Command{
		Use: "connect FOLDER", Short: "Connect the demo sources of a folder to a running demo house (接通演示来源)", Args: cobra.ExactArgs(1),
		Long: "Registers every source, has its owner sign, somebody else approve, keeps the mappings, has them approved by another,\nand begins. Each step is taken by the invented colleague whose it is. What is done already is left.",
		RunE: func(cmd *cobra.Command, args []string) error {
			c := &demoConnecting{folder: args[0], at: credential{Server: server}, say: cmd.Printf, tokens: map[string]credential{}}
			var err error
			if c.at.CA, err = readCA(ca, o.folder); err != nil {
				return err
			}
			for _, s := range demoSystems {
				if len(only) > 0 && !slices.Contains(only, s.Code) {
					continue
				}
				if err := c.connect(cmd.Context(), s); err != nil {
					return fmt.Errorf("%s: %w", s.Code, err)
				}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&server, "server", "https://localhost:8443", "address of the server (服务地址)")
	f.StringVar(&ca, "ca", "", "certificate by which the server is known; that of the store in --data when empty")
	f.StringSliceVar(&only, "only", nil, "codes of the sources; all when empty (来源)")
	return cmd
}

// demoConnecting connects sources as those whose steps they are.
type demoConnecting struct {
	folder string
	at     credential
	people []demoVisitor
	tokens map[string]credential // by role
	say    func(format string, args ...any)
}

// as is a credential of somebody with a role.
func (c *demoConnecting) as(ctx context.Context, role string) (credential, string, error) {
	if c.people == nil {
		var all struct{ Items []demoVisitor }
		if err := c.at.ask(ctx, http.MethodGet, "/api/session/demo-people", "application/json", nil, &all); err != nil {
			return credential{}, "", err
		}
		c.people = all.Items
	}
	at := slices.IndexFunc(c.people, func(p demoVisitor) bool {
		return slices.ContainsFunc(p.Roles, func(r struct{ ID string }) bool { return r.ID == role })
	})
	if at < 0 {
		return credential{}, "", fmt.Errorf("没有角色为 %s 的演示人员 · nobody in the demo has the role %s", role, role)
	}
	person := c.people[at].Person
	if known, signed := c.tokens[role]; signed {
		return known, person, nil
	}
	who := c.at
	err := c.tell(ctx, who, "/api/session", map[string]any{"person": person, "bearer": true}, &who)
	c.tokens[role] = who
	return who, person, err
}

func (c *demoConnecting) tell(ctx context.Context, who credential, path string, body, into any) error {
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			return err
		}
	}
	return who.ask(ctx, http.MethodPost, path, "application/json", &text, into)
}

// Roles of those who connect a source.
const (
	ownsSources    = "technician"
	runsSystems    = "system-administrator"
	approvesThings = "security-administrator"
)

func (c *demoConnecting) connect(ctx context.Context, s demoSource) error {
	for _, step := range []func(context.Context, demoSource) error{c.register, c.begin, c.log, c.read} {
		if err := step(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// standing finds a source by its code.
func (c *demoConnecting) standing(ctx context.Context, code string) (source, error) {
	runs, _, err := c.as(ctx, runsSystems)
	if err != nil {
		return source{}, err
	}
	var page struct{ Items []source }
	err = runs.ask(ctx, http.MethodGet, "/api/sources?limit=200", "application/json", nil, &page)
	for _, s := range page.Items {
		if s.Code == code {
			return s, err
		}
	}
	return source{}, err
}

func (c *demoConnecting) register(ctx context.Context, s demoSource) error {
	there, err := c.standing(ctx, s.Code)
	if err != nil || there.ID != "" {
		return err
	}
	runs, _, err := c.as(ctx, runsSystems)
	if err != nil {
		return err
	}
	if _, s.Owner, err = c.as(ctx, ownsSources); err != nil {
		return err
	}
	s.Networks, s.PerMinute = []string{"127.0.0.0/8", "::1/128"}, 600
	return c.tell(ctx, runs, "/api/sources", s, &there)
}

// begin has the agreement signed and approved, and the source begun.
func (c *demoConnecting) begin(ctx context.Context, s demoSource) error {
	there, err := c.standing(ctx, s.Code)
	if err != nil || there.State == "live" {
		return err
	}
	now := clock.System().Now()
	for _, step := range []struct {
		role, path string
		body       any
	}{
		{ownsSources, "/agreement", map[string]any{"words": "仅用于演示医院的" + s.Purpose, "since": now, "until": now.AddDate(1, 0, 0)}},
		{approvesThings, "/approve", nil},
		{runsSystems, "/begin", nil},
	} {
		who, _, err := c.as(ctx, step.role)
		if err == nil {
			err = c.tell(ctx, who, "/api/sources/"+there.ID+step.path, step.body, &json.RawMessage{})
		}
		// an agreement that was signed, or approved, before a try that broke off
		if p := new(problem); errors.As(err, &p) && p.code == "source.out-of-order" {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.path, err)
		}
	}
	c.say("%-8s 已启用 live\n", s.Code)
	return nil
}

// log keeps the mapping of a log, of a source that has one.
func (c *demoConnecting) log(ctx context.Context, s demoSource) error {
	if !slices.Contains(s.Shapes, "access-logs") {
		return nil
	}
	presets := accesslog.Presets()
	at := slices.IndexFunc(presets, func(p accesslog.Preset) bool { return p.ID == "lis-syslog" })
	mapping := presets[at].Mapping
	mapping.NumberedAccounts = true
	runs, _, err := c.as(ctx, runsSystems)
	if err != nil {
		return err
	}
	return c.tell(ctx, runs, "/api/access-logs/mapping", map[string]any{"source": s.Code, "mapping": mapping}, &json.RawMessage{})
}

// read keeps the mappings of a source's feeds, has them approved, and reads them once.
func (c *demoConnecting) read(ctx context.Context, s demoSource) error {
	runs, _, err := c.as(ctx, runsSystems)
	if err != nil {
		return err
	}
	approves, _, err := c.as(ctx, approvesThings)
	if err != nil {
		return err
	}
	for _, shape := range s.feeds {
		feed := s.Code + "-" + shape
		body, err := readMapping(filepath.Join(c.folder, feed+".json"))
		if err != nil {
			return err
		}
		var kept struct{ Rev int }
		if err := c.tell(ctx, runs, "/api/feeds/mapping", body, &kept); err != nil {
			return fmt.Errorf("%s: %w", feed, err)
		}
		if err := c.tell(ctx, approves, "/api/feeds/approve", map[string]any{"feed": feed, "rev": kept.Rev}, &json.RawMessage{}); err != nil {
			return fmt.Errorf("%s: %w", feed, err)
		}
		if err := c.tell(ctx, runs, "/api/feeds/runs", map[string]any{"feed": feed}, &json.RawMessage{}); err != nil {
			return fmt.Errorf("%s: %w", feed, err)
		}
		if err := c.await(ctx, runs, feed); err != nil {
			return err
		}
	}
	return nil
}

// await waits until the newest run of a feed has ended: visits come after the patients
// whom they are about.
func (c *demoConnecting) await(ctx context.Context, who credential, feed string) error {
	ticker := time.NewTicker(500 * time.Millisecond)
	defer ticker.Stop()
	for {
		var page struct{ Items []feedRun }
		if err := who.ask(ctx, http.MethodGet, "/api/feeds/runs?limit=1&feed="+url.QueryEscape(feed), "application/json", nil, &page); err != nil {
			return err
		}
		if len(page.Items) > 0 && page.Items[0].State != "waiting" {
			run := page.Items[0]
			c.say("%-20s %s %s  rows %d  new %d  changed %d  set aside %d\n", feed, run.State, run.Why, run.Tally.Rows, run.Tally.Fresh, run.Tally.Changed, run.Tally.Refused)
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}
