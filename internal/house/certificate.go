package house

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// certificateLife is how long a certificate that the server made itself lasts.
const certificateLife = 397 * 24 * time.Hour

// certificate reads the server's certificate, or makes one for this machine at
// the first start. A hospital puts its own in the same place.
func (h *House) certificate() (tls.Certificate, error) {
	folder := h.Place.tlsFolder()
	certFile, keyFile := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	found, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err == nil && found.Leaf != nil && (h.Clock.Now().Before(found.Leaf.NotAfter) || found.Leaf.Subject.Organization[0] != selfMade) {
		return found, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return found, fmt.Errorf("reading the server's certificate in %s: %w", folder, err)
	}
	if err := h.makeCertificate(certFile, keyFile); err != nil {
		return found, fmt.Errorf("making a certificate: %w", err)
	}
	return tls.LoadX509KeyPair(certFile, keyFile)
}

const selfMade = "Medward (made at first start)"

func (h *House) makeCertificate(certFile, keyFile string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	names := []string{"localhost"}
	if host, err := os.Hostname(); err == nil && host != "localhost" {
		names = append(names, host)
	}
	now := h.Clock.Now()
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{Organization: []string{selfMade}, CommonName: "localhost"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife), DNSNames: names,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage:    x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(certFile), 0o700); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600),
		os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644), //nolint:gosec // a certificate is public
	)
}
