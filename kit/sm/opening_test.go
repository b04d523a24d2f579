package sm_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/medward/medward/kit/sm"
)

func TestAWrappedSecretOpensForItsKeyOnly(t *testing.T) {
	key, err := sm.GenerateOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	other, err := sm.GenerateOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	secret := sm.NewSecret()
	wrapped, err := key.Public().Wrap(secret)
	if err != nil {
		t.Fatal(err)
	}
	der, err := key.PKCS8()
	if err != nil {
		t.Fatal(err)
	}
	again, err := sm.ParseOpeningKey(der)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Unwrap(wrapped); err != nil || !bytes.Equal(got, secret) {
		t.Errorf("%x %v", got, err)
	}
	if _, err := other.Unwrap(wrapped); !errors.Is(err, sm.ErrNotWrapped) {
		t.Errorf("for another key: %v", err)
	}
	for i := range wrapped {
		altered := bytes.Clone(wrapped)
		altered[i] ^= 1
		if got, err := key.Unwrap(altered); err == nil && !bytes.Equal(got, secret) {
			t.Errorf("altered at %d it opens to something else", i)
		}
	}
}
