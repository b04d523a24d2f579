package sm

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// SelfTest runs every algorithm on a published vector of its standard and signs
// and verifies once with a fresh SM2 key. It takes about a millisecond. A system
// whose self-test fails must not serve (E-154, A-057).
func SelfTest() error {
	return errors.Join(testSM3(), testHMAC(), testHKDF(), testSM4(), testSM4GCM(), testAESGCM(), testSM2())
}

func hexes(text string) []byte {
	raw, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return raw
}

func known(algorithm string, got []byte, want string) error {
	if !bytes.Equal(got, hexes(want)) {
		return fmt.Errorf("sm: self-test of %s failed: it gave %x", algorithm, got)
	}
	return nil
}

// GB/T 32905-2016, A.1.
func testSM3() error {
	sum := Sum([]byte("abc"))
	return known("SM3", sum[:], "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
}

// The input of RFC 4231, 4.2; the code is the one that OpenSSL 3 gives.
func testHMAC() error {
	key := bytes.Repeat([]byte{0x0b}, 20)
	const want = "51b00d1fb49832bfb01c3ce27848e59f871d9ba938dc563b338ca964755cce70"
	return errors.Join(
		known("HMAC-SM3", HMAC(key, []byte("Hi There")), want),
		known("HMAC-SM3", NewAuthenticator(key).Code([]byte("Hi There")), want))
}

// The input of RFC 5869, A.1; the key is the one that OpenSSL 3 gives.
func testHKDF() error {
	key, err := Derive(bytes.Repeat([]byte{0x0b}, 22), hexes("000102030405060708090a0b0c"), string(hexes("f0f1f2f3f4f5f6f7f8f9")), 42)
	if err != nil {
		return err
	}
	return known("HKDF-SM3", key, "c69fe91b7aaee2dd5718d72dcaee0cce93f1b8e41f792da51261b6a517e68b36ed2c595572b01dfa359b")
}

// GB/T 32907-2016, A.1.
func testSM4() error {
	key := hexes("0123456789abcdeffedcba9876543210")
	block, err := SM4GCM.block(key)
	if err != nil {
		return err
	}
	out := make([]byte, block.BlockSize())
	block.Encrypt(out, key)
	return known("SM4", out, "681edf34d206965e86b3e94f536e4246")
}

// RFC 8998, A.1.
func testSM4GCM() error {
	aead, err := SM4GCM.aead(hexes("0123456789abcdeffedcba9876543210"))
	if err != nil {
		return err
	}
	var plain []byte
	for _, b := range []byte{0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0xee, 0xaa} {
		plain = append(plain, bytes.Repeat([]byte{b}, 8)...)
	}
	sealed := aead.Seal(nil, hexes("00001234567800000000abcd"), plain, hexes("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
	return known("SM4-GCM", sealed, "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"+
		"d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec")
}

// The GCM specification, test case 14.
func testAESGCM() error {
	aead, err := AES256GCM.aead(make([]byte, 32))
	if err != nil {
		return err
	}
	sealed := aead.Seal(nil, make([]byte, nonceSize), make([]byte, 16), nil)
	return known("AES-256-GCM", sealed, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
}

// GB/T 32918.5-2017, A.2.
func testSM2() error {
	private, err := sm2.NewPrivateKey(hexes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
	if err != nil {
		return fmt.Errorf("sm: self-test of SM2 failed: %w", err)
	}
	public := (&SigningKey{private}).Public()
	if err := known("SM2", public.Raw(), "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"+
		"ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"); err != nil {
		return err
	}
	signature, err := derSignature(
		hexes("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"),
		hexes("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"))
	if err != nil {
		return err
	}
	if !public.Verify([]byte("message digest"), signature) || public.Verify([]byte("message digesT"), signature) {
		return errors.New("sm: self-test of SM2 failed: the signature of the standard is not told from a wrong one")
	}
	return testPair()
}

func testPair() error {
	key, err := GenerateSigningKey()
	if err != nil {
		return err
	}
	signature, err := key.Sign([]byte("message digest"))
	if err != nil {
		return err
	}
	if !key.Public().Verify([]byte("message digest"), signature) {
		return errors.New("sm: self-test of SM2 failed: a fresh signature does not verify")
	}
	return nil
}

func derSignature(r, s []byte) ([]byte, error) {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, number := range [][]byte{r, s} {
			b.AddASN1(asn1.INTEGER, func(b *cryptobyte.Builder) {
				if number[0]&0x80 != 0 {
					b.AddUint8(0)
				}
				b.AddBytes(number)
			})
		}
	})
	return b.Bytes()
}
