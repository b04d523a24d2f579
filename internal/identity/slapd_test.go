package identity_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-ldap/ldap/v3"
)

// authority vouches for servers and people of a test.
type authority struct {
	t    testing.TB
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t testing.TB, name string, since time.Time) *authority {
	t.Helper()
	a := &authority{t: t, key: newECDSA(t)}
	a.cert = a.issue(&x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: since.Add(-time.Hour), NotAfter: since.Add(365 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}, a.key)
	return a
}

func newECDSA(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (a *authority) issue(template *x509.Certificate, key *ecdsa.PrivateKey) *x509.Certificate {
	a.t.Helper()
	parent := a.cert
	if parent == nil {
		parent = template
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return made
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func (a *authority) roots() string { return pemOf("CERTIFICATE", a.cert.Raw) }

// server returns the certificate of localhost and its key, as PEM.
func (a *authority) server() (cert, key string) {
	a.t.Helper()
	made := newECDSA(a.t)
	issued := a.issue(&x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: a.cert.NotBefore, NotAfter: a.cert.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, made)
	der, err := x509.MarshalPKCS8PrivateKey(made)
	if err != nil {
		a.t.Fatal(err)
	}
	return pemOf("CERTIFICATE", issued.Raw), pemOf("PRIVATE KEY", der)
}

// directory is a real OpenLDAP server of one test.
type directory struct {
	t     testing.TB
	plain string // ldap://
	tls   string // ldaps://
	roots string
	stop  func()
}

const (
	directoryBase   = "dc=example,dc=cn"
	directoryRoot   = "cn=root," + directoryBase
	directorySecret = "search-only-7"
)

const slapdConfig = `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile FOLDER/slapd.pid
TLSCertificateFile FOLDER/server.pem
TLSCertificateKeyFile FOLDER/server.key
database mdb
maxsize 16777216
suffix "dc=example,dc=cn"
rootdn "cn=root,dc=example,dc=cn"
rootpw search-only-7
directory FOLDER/db
`

// openDirectory starts slapd in a folder of its own, and skips where there is none.
func openDirectory(t testing.TB) *directory {
	t.Helper()
	binary, err := exec.LookPath("slapd")
	if err != nil {
		binary = "/usr/sbin/slapd"
	}
	if _, err := os.Stat(binary); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("slapd is missing")
		}
		t.Skip("SKIPPED: slapd is missing, and nothing was asked of a directory")
	}
	folder := t.TempDir()
	ca := newAuthority(t, "Directory CA", time.Now())
	cert, key := ca.server()
	for name, text := range map[string]string{
		"server.pem": cert, "server.key": key, "slapd.conf": strings.ReplaceAll(slapdConfig, "FOLDER", folder),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "db"), 0o700); err != nil {
		t.Fatal(err)
	}
	d := &directory{t: t, plain: "ldap://" + freeAddress(t), tls: "ldaps://" + freeAddress(t), roots: ca.roots()}
	said := &bytes.Buffer{}
	cmd := exec.CommandContext(context.Background(), binary, "-f", filepath.Join(folder, "slapd.conf"), "-h", d.plain+"/ "+d.tls+"/", "-d", "0")
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	d.stop = func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			if err := <-ended; err == nil {
				t.Log("slapd ended by itself")
			}
		}
		d.stop = func() {}
	}
	t.Cleanup(func() { d.stop() })
	d.await(ended, said)
	return d
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// await returns when the server takes connections at both addresses.
func (d *directory) await(ended <-chan error, said *bytes.Buffer) {
	d.t.Helper()
	for range 1000 {
		open := 0
		for _, at := range []string{d.plain, d.tls} {
			conn, err := (&net.Dialer{Timeout: 10 * time.Millisecond}).Dial("tcp", at[strings.LastIndex(at, "/")+1:])
			if err == nil {
				open++
				_ = conn.Close()
			}
		}
		if open == 2 {
			d.add("dc=example,dc=cn", map[string][]string{"objectClass": {"dcObject", "organization"}, "o": {"example"}})
			return
		}
		select {
		case err := <-ended:
			d.t.Fatalf("slapd ended: %v\n%s", err, said)
		case <-time.After(10 * time.Millisecond):
		}
	}
	d.t.Fatal("slapd does not listen")
}

func (d *directory) as(do func(c *ldap.Conn) error) {
	d.t.Helper()
	conn, err := ldap.DialURL(d.plain)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.Bind(directoryRoot, directorySecret); err != nil {
		d.t.Fatal(err)
	}
	if err := do(conn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *directory) add(dn string, attributes map[string][]string) {
	d.t.Helper()
	d.as(func(c *ldap.Conn) error {
		asked := ldap.NewAddRequest(dn, nil)
		for name, values := range attributes {
			asked.Attribute(name, values)
		}
		return c.Add(asked)
	})
}

// person puts somebody into the directory.
func (d *directory) person(uid, number, password string) {
	d.t.Helper()
	d.add("uid="+ldap.EscapeDN(uid)+","+directoryBase, map[string][]string{
		"objectClass": {"inetOrgPerson"}, "cn": {uid}, "sn": {uid}, "uid": {uid}, "employeeNumber": {number}, "userPassword": {password},
	})
}
