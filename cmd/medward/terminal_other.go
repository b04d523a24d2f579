//go:build !linux

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
)

// runOnTerminal runs a command over pipes: there is no terminal of its own here. What
// it shows goes to out and to the record.
func runOnTerminal(_ context.Context, cmd *exec.Cmd, in, out *os.File, record io.Writer) error {
	both := io.MultiWriter(out, record)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, both, both
	return cmd.Run()
}
