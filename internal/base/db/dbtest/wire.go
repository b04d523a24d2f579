package dbtest

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/medward/medward/internal/base/db"
)

// Wire stands between a store and PostgreSQL and counts the round trips.
type Wire struct {
	listener net.Listener
	network  string
	address  string
	trips    atomic.Int64
}

// Tap returns the place as it is reached over a wire that counts. On SQLite,
// which has none, the wire is nil.
func Tap(t testing.TB, at Place) (Place, *Wire) {
	t.Helper()
	if at.Engine != db.Postgres {
		return at, nil
	}
	address, err := url.Parse(at.URL)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	w := &Wire{network: "unix", address: query.Get("host") + "/.s.PGSQL." + query.Get("port")}
	if w.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.listener.Close(); err != nil {
			t.Error(err)
		}
	})
	go w.serve()
	host, port, err := net.SplitHostPort(w.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	query.Set("host", host)
	query.Set("port", port)
	query.Set("sslmode", "disable")
	address.RawQuery = query.Encode()
	at.URL = address.String()
	return at, w
}

// During returns how many round trips begin while fn runs.
func (w *Wire) During(fn func()) int64 {
	before := w.trips.Load()
	fn()
	return w.trips.Load() - before
}

func (w *Wire) serve() {
	for {
		client, err := w.listener.Accept()
		if err != nil {
			return
		}
		go w.join(client)
	}
}

func (w *Wire) join(client net.Conn) {
	defer client.Close()
	server, err := net.Dial(w.network, w.address)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server) // ends with either side
		_ = client.Close()
	}()
	_ = w.forward(server, bufio.NewReader(client)) // ends with either side
}

// forward passes on what a client says. Each message but the first begins with
// its kind, and each ends a round trip that asks to synchronise.
func (w *Wire) forward(to io.Writer, from *bufio.Reader) error {
	for first := true; ; first = false {
		head := make([]byte, 5)
		if first {
			head = head[1:]
		}
		if _, err := io.ReadFull(from, head); err != nil {
			return err
		}
		if head[0] == 'S' && !first {
			w.trips.Add(1)
		}
		if _, err := to.Write(head); err != nil {
			return err
		}
		size := int64(binary.BigEndian.Uint32(head[len(head)-4:])) - 4
		if _, err := io.CopyN(to, from, size); err != nil {
			return err
		}
	}
}
