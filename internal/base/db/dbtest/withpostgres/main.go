// Command withpostgres runs a command with one PostgreSQL cluster for all the
// tests in it: withpostgres go test ./...
//
// When the machine has no PostgreSQL the command runs without one, and the
// tests say what they skip.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/medward/medward/internal/base/db/dbtest"
)

func main() {
	if err := run(); err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			os.Exit(exit.ExitCode())
		}
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		os.Exit(1)
	}
}

func run() (err error) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[1], os.Args[2:]...) //nolint:gosec // its purpose
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	cluster, err := dbtest.StartCluster(ctx, false)
	switch {
	case errors.Is(err, dbtest.ErrNoPostgres) && os.Getenv("CI") == "":
		fmt.Fprintln(os.Stderr, "withpostgres: NO POSTGRESQL HERE: half of every store test will be skipped")
	case err != nil:
		return err
	default:
		defer func() { err = errors.Join(err, cluster.Stop()) }()
		cmd.Env = append(cmd.Env, dbtest.ClusterVariable+"="+cluster.URL)
	}
	return cmd.Run()
}
