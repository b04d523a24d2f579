package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/medward/medward/internal/privilege"
)

// tape is what a server has taken.
type tape struct {
	parts []string
	fails int // how often it cannot be reached
}

func (t *tape) send(_ context.Context, place int, events string) (int, error) {
	if t.fails > 0 {
		t.fails--
		return place, errors.New("cannot be reached")
	}
	if events == "" {
		return place, nil
	}
	if place != len(t.parts) {
		return place, &problem{code: "privilege.part-out-of-place"}
	}
	t.parts = append(t.parts, events)
	return len(t.parts), nil
}

func (t *tape) text(tt *testing.T) string {
	tt.Helper()
	var all strings.Builder
	for _, part := range t.parts {
		events, err := privilege.ReadEvents(part)
		if err != nil {
			tt.Fatal(err)
		}
		for _, e := range events {
			all.WriteString(e.Text)
		}
	}
	return all.String()
}

func TestWhatACommandShowsIsRecordedWithoutItsSecrets(t *testing.T) {
	server := &tape{fails: 1}
	rec := newRecorder(server.send)
	rec.note("backup")
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	kept := make(chan error, 1)
	go func() { kept <- rec.keep(t.Context()) }()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", "echo 备份开始; echo password=Hunter2; echo done >&2")
	if err := runOnTerminal(t.Context(), cmd, null, null, rec); err != nil {
		t.Fatal(err)
	}
	rec.close()
	if err := <-kept; err != nil {
		t.Fatal(err)
	}
	got := server.text(t)
	if !strings.Contains(got, "备份开始") || !strings.Contains(got, "done") || !strings.HasPrefix(got, "backup") || strings.Contains(got, "Hunter2") {
		t.Errorf("%q", got)
	}
}

func TestACommandEndsWithItsRecording(t *testing.T) {
	rec := newRecorder(func(context.Context, int, string) (int, error) {
		return 0, &problem{code: "privilege.session-over", text: "over"}
	})
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	ctx, stop := context.WithCancel(t.Context())
	kept := make(chan error, 1)
	go func() {
		kept <- rec.keep(ctx)
		stop()
	}()
	if err := runOnTerminal(ctx, exec.CommandContext(ctx, "sh", "-c", "echo begun; sleep 60"), null, null, rec); err == nil {
		t.Error("the command ran on")
	}
	var over *problem
	if err := <-kept; !errors.As(err, &over) {
		t.Errorf("%v", err)
	}
}

func TestACharacterThatArrivesInPiecesIsWhole(t *testing.T) {
	rec := newRecorder(nil)
	for _, b := range []byte("医守 ok\n") {
		if _, err := rec.Write([]byte{b}); err != nil {
			t.Fatal(err)
		}
	}
	events, _ := rec.take()
	var got strings.Builder
	for _, e := range events {
		got.WriteString(e.Text)
	}
	if got.String() != "医守 ok\n" {
		t.Errorf("%q", got.String())
	}
}
