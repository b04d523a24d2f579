package fault_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/fault"
)

var tooOld = fault.Define("test.too-old", fault.Conflict,
	"{name} 已被他人更新。", "{name} was changed by somebody else.", "none")

func TestSentenceFollowsLanguageAndKeepsTheCauseOut(t *testing.T) {
	err := tooOld.With("name", "入院记录").Because(io.ErrUnexpectedEOF)
	if got := err.Message("zh-CN"); got != "入院记录 已被他人更新。" {
		t.Errorf("zh: %q", got)
	}
	if got := err.Message("en"); strings.Contains(got, "EOF") || !strings.HasPrefix(got, "入院记录 was") {
		t.Errorf("en: %q", got)
	}
	if !strings.Contains(err.Error(), "unexpected EOF") {
		t.Errorf("the log must show the cause: %v", err)
	}
}

func TestCodesSurviveWrapping(t *testing.T) {
	err := fmt.Errorf("saving: %w", tooOld.Because(io.EOF))
	if !errors.Is(err, tooOld) || !errors.Is(err, io.EOF) {
		t.Errorf("code and cause must both be found in %v", err)
	}
	if fault.KindOf(err) != fault.Conflict {
		t.Errorf("kind: %v", fault.KindOf(err))
	}
}

func TestUndeclaredErrorsAreOursNeverANo(t *testing.T) {
	for _, err := range []error{io.EOF, errors.New("row vanished")} {
		if kind := fault.KindOf(err); kind != fault.Internal {
			t.Errorf("%v: kind %s, want internal", err, kind)
		}
	}
}

func TestEveryCodeSpeaksBothLanguages(t *testing.T) {
	for _, c := range fault.Codes() {
		if c.Message.ZH == "" || c.Message.EN == "" || c.Hint == "" {
			t.Errorf("%s lacks a sentence or a hint", c.Name)
		}
	}
}
