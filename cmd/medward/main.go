// Command medward is the whole of Medward: it makes a store, serves it, brings
// records in, and proves that nothing was changed behind it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/medward/medward/internal/base/fault"
)

// version is set when a release is built.
var version = "dev"

// Exit codes: scripts depend on them.
const (
	exitFound  = 1 // the command ran and found something amiss
	exitFailed = 2 // the command could not run
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := newRoot().ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if errors.Is(err, errAmiss) {
		return exitFound
	}
	fmt.Fprintln(os.Stderr, "medward:", sentence(err))
	return exitFailed
}

// errAmiss ends a command that has said itself what it found.
var errAmiss = errors.New("something is amiss")

// sentence says an error in the operator's language, with the hint of its code.
func sentence(err error) string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	var text strings.Builder
	text.WriteString(e.Message(language()))
	for _, f := range e.Fields {
		text.WriteString("\n  " + f.Path + ": " + f.Problem.In(language()))
	}
	text.WriteString("\n  → " + e.Code.Hint)
	if cause := errors.Unwrap(e); cause != nil {
		text.WriteString("\n  (" + e.Code.Name + ": " + cause.Error() + ")")
	}
	return text.String()
}

// language is that of the terminal: Chinese unless it says otherwise.
func language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if len(v) >= 2 && v[:2] == "zh" {
				return "zh"
			}
			return "en"
		}
	}
	return "zh"
}
