package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/kit/hl7v2"
)

// largestAnswer is what an acknowledgement may be, in bytes.
const largestAnswer = 1 << 20

// demoSender sends what two foreign systems of the demo hospital say, while there is
// somebody to listen. What cannot be sent is dropped: nothing here is real.
type demoSender struct {
	stream       *house.DemoStream
	mllp, syslog string
	file         *os.File
	say          func(format string, args ...any)
	sent, taken  int
	lines        int
}

func newDemoSend() *cobra.Command {
	var mllp, syslog, file string
	var every time.Duration
	var times int
	cmd := &cobra.Command{Use: "send", Short: "Send what a laboratory and a PACS of the demo hospital say, until Ctrl-C (演示发送)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) (err error) {
		for _, address := range []string{mllp, syslog} {
			if host, _, err := net.SplitHostPort(address); err != nil || host != "localhost" && !net.ParseIP(host).IsLoopback() {
				return fmt.Errorf("%s: 演示数据只发往本机 · demo data goes to this machine alone, such as localhost:2575", address)
			}
		}
		s := &demoSender{stream: house.NewDemoStream(clock.System().Now()), mllp: mllp, syslog: syslog, say: cmd.Printf}
		if s.file, err = os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err != nil { //nolint:gosec // named by the operator
			return err
		}
		defer func() { err = errors.Join(err, s.file.Close()) }()
		return s.run(cmd.Context(), every, times)
	}}
	f := cmd.Flags()
	f.StringVar(&mllp, "mllp", "localhost:2575", "where HL7 v2 is listened for (HL7 地址)")
	f.StringVar(&syslog, "syslog", "localhost:6514", "where logs are listened for (日志地址)")
	f.StringVar(&file, "log", "pacs.log", "file that the PACS writes too (日志文件)")
	f.DurationVar(&every, "every", 5*time.Second, "how often (间隔)")
	f.IntVar(&times, "times", 0, "how often in all; 0: until it is stopped (次数)")
	return cmd
}

func (s *demoSender) run(ctx context.Context, every time.Duration, times int) error {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	away := ""
	for n := 0; times == 0 || n < times; n++ {
		err := errors.Join(s.sendMessages(ctx, n), s.sendLine(ctx, n))
		if now := fmt.Sprint(err); err != nil && now != away {
			away = now
			s.say("尚未送达 · not delivered: %v\n", err)
		}
		if err == nil && (away != "" || n%12 == 0) {
			away = ""
			s.say("已发送 sent %d · AA %d · 日志 lines %d\n", s.sent, s.taken, s.lines)
		}
		if n+1 == times {
			break
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
	return nil
}

func (s *demoSender) reach(ctx context.Context, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return conn, conn.SetDeadline(clock.System().Now().Add(30 * time.Second))
}

func (s *demoSender) sendMessages(ctx context.Context, n int) (err error) {
	messages, err := s.stream.Messages(n, clock.System().Now())
	if err != nil {
		return err
	}
	conn, err := s.reach(ctx, s.mllp)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	answers := hl7v2.NewFrames(conn, largestAnswer)
	for _, m := range messages {
		if _, err := conn.Write(hl7v2.Frame(m)); err != nil {
			return err
		}
		raw, err := answers.Next()
		if err != nil {
			return err
		}
		s.sent++
		ack, err := hl7v2.Parse(raw)
		if err != nil {
			return err
		}
		if code := ack.Get("MSA-1").Text(); code == string(hl7v2.AckAccept) {
			s.taken++
		} else {
			s.say("%s %s\n", code, strings.TrimSpace(ack.Get("ERR-8").Text()+" "+ack.Get("ERR-5").Text()))
		}
	}
	return nil
}

func (s *demoSender) sendLine(ctx context.Context, n int) (err error) {
	line := s.stream.LogLine(n, clock.System().Now())
	if _, err := s.file.WriteString(line + "\n"); err != nil {
		return err
	}
	conn, err := s.reach(ctx, s.syslog)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err = fmt.Fprintf(conn, "%d %s", len(line), line); err == nil {
		s.lines++
	}
	return err
}
