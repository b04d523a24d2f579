package agent_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/medward/medward/internal/agent"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/kit/hl7v2"
)

// asAgent makes the test binary an agent with the options that this variable holds.
const asAgent = "MEDWARD_TEST_AGENT"

func TestMain(m *testing.M) {
	if text := os.Getenv(asAgent); text != "" {
		if err := runAsAgent(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func runAsAgent(text string) error {
	var o agent.Options
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	c, err := o.Read()
	if err != nil {
		return err
	}
	c.Clock, c.Log, c.Paces = clock.System(), slog.New(slog.DiscardHandler), quick
	a, err := agent.Open(c)
	if err != nil {
		return err
	}
	at, err := o.Listen(context.Background())
	if err != nil {
		return err
	}
	fmt.Println(at.MLLP.Addr())
	return a.Run(context.Background(), at)
}

// written writes what an operator has as files and returns the options that name them.
func written(t *testing.T, f *far) agent.Options {
	t.Helper()
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	own := pair(t)
	der, err := x509.MarshalECPrivateKey(own.PrivateKey.(*ecdsa.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{
		"ca.pem": {Type: "CERTIFICATE", Bytes: f.pair.Certificate[0]}, "machine.pem": {Type: "CERTIFICATE", Bytes: own.Certificate[0]}, "machine-key.pem": {Type: "EC PRIVATE KEY", Bytes: der},
	} {
		if err := os.WriteFile(path(name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := agent.MakeKey(path("spool.key")); err != nil {
		t.Fatal(err)
	}
	return agent.Options{
		Server: f.address, CA: path("ca.pem"), Certificate: path("machine.pem"), Key: path("machine-key.pem"),
		MLLP: "127.0.0.1:0", Spool: path("spool"), SpoolKey: path("spool.key"), SpoolMax: "64MiB",
	}
}

// process starts an agent as a process of its own and returns where it listens.
func process(t *testing.T, o agent.Options) (address string, kill func()) {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), asAgent+"="+string(text)), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line), kill
}

// sends sends messages of a sender, numbered from a number on, until the agent is gone, and
// returns the numbers that were acknowledged. told has one for each.
func sends(t *testing.T, address, sender string, from int, told chan<- struct{}) (acknowledged []int, next int) {
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		return nil, from
	}
	defer conn.Close()
	frames := hl7v2.NewFrames(conn, 1<<20)
	for n := from; ; n++ {
		if _, err := conn.Write(hl7v2.Frame([]byte(said(sender, sender+strconv.Itoa(n))))); err != nil {
			return acknowledged, n + 1
		}
		raw, err := frames.Next()
		if err != nil {
			return acknowledged, n + 1
		}
		ack, err := hl7v2.Parse(raw)
		if err != nil || ack.Get("MSA-1").Text() != "AA" {
			t.Errorf("%s %d: %q %v", sender, n, raw, err)
			return acknowledged, n + 1
		}
		acknowledged = append(acknowledged, n)
		told <- struct{}{}
	}
}

func TestAKillAtAnyMomentLosesNothingThatWasAcknowledged(t *testing.T) {
	f := newFar(t)
	o := written(t, f)
	senders := []string{"HIS", "LIS", "PACS", "OA"}
	acknowledged, next := map[string][]int{}, map[string]int{}
	for round := range 6 {
		if round%2 == 0 {
			f.down()
		}
		address, kill := process(t, o)
		told := make(chan struct{})
		var mu sync.Mutex
		var sending sync.WaitGroup
		for _, sender := range senders {
			sending.Go(func() {
				mu.Lock()
				from := next[sender]
				mu.Unlock()
				got, n := sends(t, address, sender, from, told)
				mu.Lock()
				defer mu.Unlock()
				acknowledged[sender], next[sender] = append(acknowledged[sender], got...), n
			})
		}
		gone := make(chan struct{})
		go func() { sending.Wait(); close(gone) }()
		killAt := 20 + rand.IntN(60)
		for n, over := 0, false; !over; {
			select {
			case <-told:
				switch n++; n {
				case 10:
					if round%2 == 0 && round > 0 {
						f.up()
					}
				case killAt:
					kill()
				}
			case <-gone:
				over = true
			}
		}
		if round == 0 {
			f.up()
		}
	}
	process(t, o)
	for t.Context().Err() == nil {
		if state, err := agent.Look(o.Spool); err != nil {
			t.Fatal(err)
		} else if state.Waiting == 0 {
			if state.SetAside != 0 {
				t.Errorf("%d were set aside", state.SetAside)
			}
			break
		}
	}
	place := map[string]int{}
	for i, one := range f.has() {
		if name, _, _ := strings.Cut(one, " "); place[name] == 0 {
			place[name] = i + 1
		}
	}
	for sender, numbers := range acknowledged {
		last := 0
		for _, n := range numbers {
			at := place[sender+strconv.Itoa(n)]
			if at == 0 {
				t.Errorf("%s %d was acknowledged and is lost", sender, n)
			} else if at < last {
				t.Errorf("%s %d was delivered before what was acknowledged before it", sender, n)
			}
			last = max(last, at)
		}
		if len(numbers) == 0 {
			t.Errorf("of %s nothing was acknowledged, so nothing is shown", sender)
		}
	}
}

func TestOldSystemsSpeakOldTLSInside(t *testing.T) {
	f := newFar(t)
	o := written(t, f)
	o.MLLP, o.InsideCertificate, o.InsideKey = "tls://127.0.0.1:0", o.Certificate, o.Key
	address, _ := process(t, o)
	conn, err := (&tls.Dialer{Config: &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10, InsecureSkipVerify: true}}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := (&line{t, conn, hl7v2.NewFrames(conn, 1<<20)}).asks(said("HIS", "1")); got != "AA 1" {
		t.Error(got)
	}
	o.InsideKey = ""
	if _, err := o.Listen(t.Context()); err == nil || faulttest.Fields(err) != "--inside-cert" {
		t.Errorf("without a key: %v", err)
	}
}
