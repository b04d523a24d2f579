package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/agent"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/obs"
)

func newAgent() *cobra.Command {
	var in agent.Options
	var from []string
	cmd := &cobra.Command{
		Use: "agent", Short: "Stand between old systems and a server: plain inside, TLS 1.3 outside, store and forward (前置机)", Args: cobra.NoArgs,
		Long: "Takes HL7 v2 over MLLP and logs over syslog inside the hospital and hands them to a server over TLS 1.3.\n" +
			"While the server is away it keeps them on disk, sealed, and answers when they are durable. See docs/run/agent.md.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if in.From, err = networks(from); err != nil {
				return fmt.Errorf("--from: %w", err)
			}
			config, err := in.Read()
			if err != nil {
				return err
			}
			config.Clock, config.Log = clock.System(), obs.NewLog(os.Stderr, slog.LevelInfo)
			at, err := in.Listen(cmd.Context())
			if err != nil {
				return err
			}
			a, err := agent.Open(config)
			if err != nil {
				return err
			}
			cmd.Printf("前置机已启动 · The agent is at work: %s\n", at.Places())
			return a.Run(cmd.Context(), at)
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Server, "server", "", "the server's MLLP over TLS, such as records.example:2576 (服务器)")
	f.StringVar(&in.LogServer, "syslog-server", "", "the server's syslog over TLS, such as records.example:6514 (日志服务器)")
	f.StringVar(&in.CA, "ca", "", "PEM of who issued the server's certificate (服务器证书的签发者)")
	f.StringVar(&in.Certificate, "cert", "", "PEM of the machine certificate that is registered with the source (机器证书)")
	f.StringVar(&in.Key, "cert-key", "", "PEM of its key (机器私钥)")
	f.StringVar(&in.MLLP, "mllp", "", "where HL7 v2 is listened for inside, such as 0.0.0.0:2575; tls:// before it for old TLS (HL7 监听)")
	f.StringVar(&in.Syslog, "syslog", "", "where logs are listened for over TCP, such as 0.0.0.0:6514 (日志监听)")
	f.StringVar(&in.SyslogUDP, "syslog-udp", "", "where logs are listened for as datagrams, such as 0.0.0.0:514; they may be lost on the way (日志 UDP 监听)")
	f.StringVar(&in.InsideCertificate, "inside-cert", "", "PEM of the certificate shown inside, for tls:// (院内证书)")
	f.StringVar(&in.InsideKey, "inside-key", "", "PEM of its key (院内私钥)")
	f.StringSliceVar(&from, "from", nil, "networks whose systems may send, such as 10.1.0.0/16; this machine always may (可发送网段)")
	f.StringVar(&in.Spool, "spool", "", "folder for what waits (暂存目录)")
	f.StringVar(&in.SpoolKey, "spool-key", "", "file of the key that seals it, made by medward agent key (暂存密钥)")
	f.StringVar(&in.SpoolMax, "most", "10GiB", "what the spool may hold (暂存上限)")
	cmd.AddCommand(newAgentStatus(), newAgentKey())
	return cmd
}

func newAgentKey() *cobra.Command {
	return &cobra.Command{Use: "key FILE", Short: "Make the key of a spool (生成暂存密钥)", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		if err := agent.MakeKey(args[0]); err != nil {
			return fmt.Errorf("无法生成，文件不得已存在 · the key cannot be made, and the file must not be there yet: %w", err)
		}
		return nil
	}}
}

func newAgentStatus() *cobra.Command {
	var folder string
	var patience time.Duration
	var asJSON bool
	cmd := &cobra.Command{
		Use: "status", Short: "Show what waits; exit code 1 when something is amiss (暂存状态)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			state, err := agent.Look(folder)
			if err != nil {
				return fmt.Errorf("--spool: 无法读取，请给出前置机的暂存目录 · cannot be read; give the folder of the agent's spool: %w", err)
			}
			found := state.Findings(clock.System().Now(), patience)
			if asJSON {
				err = json.NewEncoder(cmd.OutOrStdout()).Encode(struct {
					agent.State
					Findings []agent.Finding `json:"findings"`
				}{state, found})
			} else {
				showAgent(cmd, state, found)
			}
			if err == nil && len(found) > 0 {
				err = errAmiss
			}
			return err
		},
	}
	cmd.Flags().StringVar(&folder, "spool", "", "folder for what waits (暂存目录)")
	cmd.Flags().DurationVar(&patience, "patience", 10*time.Minute, "how long something may wait (可等待时长)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

// amiss says what an agent's findings mean.
var amiss = map[agent.Finding][2]string{
	agent.FindingNotRunning: {"前置机未在运行", "no agent is at work in this folder"},
	agent.FindingWaiting:    {"有内容等待过久", "something has waited for too long"},
	agent.FindingRefused:    {"服务器拒收等待中的消息", "the server refuses what waits"},
	agent.FindingSetAside:   {"有损坏或被改动的记录，已另存于 aside", "records are damaged or were tampered with; they are in the folder aside"},
	agent.FindingDropped:    {"有 UDP 日志丢失", "datagrams were lost"},
}

func showAgent(cmd *cobra.Command, s agent.State, found []agent.Finding) {
	cmd.Printf("等待 waiting      %d (%d bytes)\n", s.Waiting, s.Bytes)
	if !s.Oldest.IsZero() {
		cmd.Printf("最早 oldest       %s\n", s.Oldest.Local().Format(time.DateTime))
	}
	if s.Said != nil {
		if !s.Said.Delivered.IsZero() {
			cmd.Printf("最近送达 delivered %s\n", s.Said.Delivered.Local().Format(time.DateTime))
		}
		for _, away := range []string{s.Said.Away, s.Said.LogsAway} {
			if away != "" {
				cmd.Printf("服务器不可达 away  %s\n", away)
			}
		}
		for _, r := range s.Said.Refused {
			cmd.Printf("拒收 refused      %s/%s  %s  %s\n", r.Application, r.Facility, r.Rule, r.Arrived.Local().Format(time.DateTime))
		}
	}
	for _, f := range found {
		cmd.Printf("! %s · %s\n", amiss[f][0], amiss[f][1])
	}
}
