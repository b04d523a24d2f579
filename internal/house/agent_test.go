package house_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/agent"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

// machine is a key with a certificate of its own making for this machine, good now and at
// the time of the house.
func machine(t *testing.T, h *housetest.House) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	like := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "machine"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: h.Time.Now().AddDate(0, 0, -1), NotAfter: time.Now().AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, like, like, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// overMLLP listens over TLS at an address until stop is called.
func overMLLP(t *testing.T, h *housetest.House, address string, certificate tls.Certificate) (at string, stop func()) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var listening sync.WaitGroup
	listening.Go(func() {
		if err := h.Sources.Listen(ctx, listener, source.Listening{Take: h.Intake.Take, Certificate: &certificate, Log: slog.New(slog.DiscardHandler)}); err != nil {
			t.Error(err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); listening.Wait() })
	t.Cleanup(stop)
	return listener.Addr().String(), stop
}

func TestAnAgentHandsInWhatItKeptWhileTheHouseWasAway(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		id, _ := connected(t, h, "lis", "patients", "visits")
		own, front := machine(t, h), machine(t, h)
		h.SignIn(h.Pick("system-administrator", nil)).Must("POST", "/api/sources/"+id+"/keys", map[string]any{
			"kind": "certificate", "until": h.Time.Now().AddDate(0, 6, 0), "certificate": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: front.Certificate[0]})),
		}, http.StatusCreated, nil)
		address, stop := overMLLP(t, h, "127.0.0.1:0", own)

		lines := make(chan string, 10)
		logs, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		running.Go(func() {
			take := func(_ context.Context, code string, text []byte) error {
				lines <- code + ": " + string(text)
				return nil
			}
			if err := h.Sources.ListenForLogs(ctx, logs, source.LogListening{Take: take, Certificate: &own, Log: slog.New(slog.DiscardHandler)}); err != nil {
				t.Error(err)
			}
		})

		key, err := sm.NewKey(sm.NewSecret(), "agent spool", sm.SM4GCM)
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		roots.AddCert(own.Leaf)
		folder := t.TempDir()
		a, err := agent.Open(agent.Config{
			Server: address, LogServer: logs.Addr().String(), TLS: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{front}}, Folder: folder, Most: agent.LeastSpool,
			Key: key, Clock: clock.System(), Log: slog.New(slog.DiscardHandler), Paces: agent.Paces{First: time.Millisecond, Longest: 20 * time.Millisecond},
		})
		if err != nil {
			t.Fatal(err)
		}
		inside, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		syslog, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		running.Go(func() {
			if err := a.Run(ctx, agent.Listeners{MLLP: inside, Syslog: syslog}); err != nil {
				t.Error(err)
			}
		})

		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", inside.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		frames := hl7v2.NewFrames(conn, 1<<20)
		ask := func(text, want string) {
			t.Helper()
			if _, err := conn.Write(hl7v2.Frame([]byte(text))); err != nil {
				t.Fatal(err)
			}
			raw, err := frames.Next()
			if err != nil {
				t.Fatal(err)
			}
			if ack, err := hl7v2.Parse(raw); err != nil || strings.TrimSpace(ack.Get("MSA-1").Text()+" "+ack.Get("MSA-2").Text()+" "+ack.Get("ERR-5.1").Text()+ack.Get("ERR-1.4.2").Text()) != want {
				t.Fatalf("answered %q %v, want %s", raw, err, want)
			}
		}
		ask(admission("LIS", "2.5.1", "1"), "AA 1")
		ask(admission("LIS", "2.4", "x"), "AE x intake.standard-version")
		ask(admission("RIS", "2.5.1", "r"), "AR r source.sender")
		stop()
		ask(admission("LIS", "2.5.1", "2"), "AA 2")
		ask(admission("LIS", "2.4", "y"), "AA y")
		ask(admission("LIS", "2.5.1", "3"), "AA 3")
		if kept, err := agent.Look(folder); err != nil || kept.Waiting != 3 {
			t.Fatalf("%+v %v", kept, err)
		}
		overMLLP(t, h, address, own)
		for t.Context().Err() == nil {
			if kept, err := agent.Look(folder); err != nil {
				t.Fatal(err)
			} else if kept.Waiting == 0 {
				break
			}
		}
		if err := handedIn(t, syslog.Addr().String(), "<13>first\n<13>second\n"); err != nil {
			t.Fatal(err)
		}
		if got := <-lines; got != "lis: <13>first\n<13>second\n" {
			t.Errorf("of the log arrived %q", got)
		}
		if n := named(t, h, "intake_entry WHERE scope = 'hl7 message' AND kind", "ADT"); n != 3 {
			t.Errorf("%d messages were taken, want 3", n)
		}
		if n := named(t, h, "intake_quarantine WHERE rule", "intake.standard-version"); n != 2 {
			t.Errorf("%d were set aside, want 2", n)
		}
	})
}

// handedIn writes text to an address and hangs up.
func handedIn(t *testing.T, address, text string) error {
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte(text))
	return errors.Join(err, conn.Close())
}
