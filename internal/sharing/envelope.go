package sharing

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/pem"
	"time"

	"github.com/emmansun/gmsm/pkcs"
	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/base/fault"
)

// readCertificate reads the certificate of a recipient from exactly one block of PEM and
// returns it as DER.
func readCertificate(text string, at time.Time) ([]byte, error) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != "CERTIFICATE" || len(bytes.TrimSpace(rest)) > 0 {
		return nil, errInput.With().At("certificate", fault.Text{ZH: "请粘贴一张 PEM 格式的证书", EN: "paste exactly one certificate as PEM"})
	}
	_, err := encrypting(block.Bytes, at)
	return block.Bytes, err
}

// encrypting is a certificate to which can be encrypted at a moment: of SM2, in force, and
// not one for signing only.
func encrypting(der []byte, at time.Time) (*smx509.Certificate, error) {
	wrong := func(zh, en string, err error) error {
		return errInput.Because(err).At("certificate", fault.Text{ZH: zh, EN: en})
	}
	cert, err := smx509.ParseCertificate(der)
	if err != nil {
		return nil, wrong("不是可读的 X.509 证书", "is no certificate that can be read", err)
	}
	key, known := cert.PublicKey.(*ecdsa.PublicKey)
	if !known || !sm2.IsSM2PublicKey(key) || cert.SignatureAlgorithm != smx509.SM2WithSM3 {
		return nil, wrong("须为国密 SM2 证书", "must be a certificate of SM2", nil)
	}
	if at.Before(cert.NotBefore) || !at.Before(cert.NotAfter) {
		return nil, wrong("证书不在有效期内，请向接收方索取新证书", "is not in force; ask the recipient for a new one", nil)
	}
	const encrypts = smx509.KeyUsageKeyEncipherment | smx509.KeyUsageDataEncipherment | smx509.KeyUsageKeyAgreement
	if cert.KeyUsage != 0 && cert.KeyUsage&encrypts == 0 {
		return nil, wrong("这是签名证书，请使用加密证书", "is for signing; give the one for encryption", nil)
	}
	return cert, nil
}

// envelope encrypts to a certificate, as the digital envelope of GB/T 35275 (SM2, SM4-GCM).
func envelope(der, plain []byte, at time.Time) ([]byte, error) {
	cert, err := encrypting(der, at)
	if err != nil {
		return nil, err
	}
	return pkcs7.EncryptSM(pkcs.SM4GCM, plain, []*smx509.Certificate{cert})
}
