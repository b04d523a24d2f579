package recipient

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func FuzzALogIsReadOrNamesItsLine(f *testing.F) {
	for _, text := range []string{"t,d,b\n2026-03-02T00:00:00Z,a.example:443,1\n", "t,d,b\n", "", "\ufefft,d,b\n2026-03-02T00:00:00Z,[2001:db8::1]:443,7\n", "t,d,b\nx\n", "t,d,b\n\"2026", "t,d,b\n2026-03-02T00:00:00Z,https://x/,-1\n"} {
		f.Add(text)
	}
	m := Mapping{Time: "t", Destination: "d", Bytes: "b"}
	f.Fuzz(func(t *testing.T, text string) {
		flows, lines, inside, err := flowsIn(m, text)
		if err != nil {
			if !strings.Contains(err.Error(), "recipient.log") {
				t.Errorf("%v", err)
			}
			return
		}
		counted := inside
		for _, flow := range flows {
			counted += flow.lines
			if flow.host == "" || flow.last.Before(flow.first) || flow.bytes < 0 || isInside(flow.host) {
				t.Errorf("%+v", flow)
			}
		}
		if counted != lines {
			t.Errorf("%d lines, of which %d are told of", lines, counted)
		}
	})
}

// However a firewall writes one host, it is one host.
func TestAHostIsOneHowEverItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		host := rapid.StringMatching(`[a-z][a-z0-9-]{0,10}\.[a-z]{2,5}`).Draw(t, "host")
		port := rapid.StringMatching(`[1-9][0-9]{0,3}`).Draw(t, "port")
		for _, written := range []string{host, host + ":" + port, "https://" + host + "/x?y=1", "https://" + host + ":" + port, strings.ToUpper(host), host + ".", " " + host + " "} {
			if got := hostOf(written); got != host {
				t.Fatalf("%q is taken for %q", written, got)
			}
		}
	})
	for written, want := range map[string]string{"203.0.113.7:443": "203.0.113.7", "[2001:db8::1]:443": "2001:db8::1", "2001:db8::1": "2001:db8::1", "::ffff:203.0.113.7": "203.0.113.7", "": ""} {
		if got := hostOf(written); got != want {
			t.Errorf("%q is taken for %q", written, got)
		}
	}
}

func BenchmarkReadALogOf100000Lines(b *testing.B) {
	text := "t,d,b\n" + strings.Repeat("2026-03-02T00:00:00Z,203.0.113.7:443,1200\n", 100_000)
	m := Mapping{Time: "t", Destination: "d", Bytes: "b"}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, lines, _, err := flowsIn(m, text); err != nil || lines != 100_000 {
			b.Fatal(lines, err)
		}
	}
}
