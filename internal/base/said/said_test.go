package said_test

import (
	"context"
	"testing"

	"github.com/medward/medward/internal/base/said"
)

func TestARequestIsSaidWhereSomebodyLooks(t *testing.T) {
	if got, err := said.In(context.Background()); err != nil || got != nil {
		t.Errorf("%q %v", got, err)
	}
	asked := 0
	ctx := said.With(context.Background(), func() ([]byte, error) { asked++; return []byte("unseal 1"), nil })
	if asked != 0 {
		t.Error("it was turned into bytes although nobody looked")
	}
	if got, err := said.In(ctx); err != nil || string(got) != "unseal 1" {
		t.Errorf("%q %v", got, err)
	}
}
