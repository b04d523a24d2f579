package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// runOnTerminal runs a command on a terminal of its own, so that it behaves as it does
// for a person. What it shows goes to out and to the record.
func runOnTerminal(_ context.Context, cmd *exec.Cmd, in, out *os.File, record io.Writer) error {
	outer, inner, err := openTerminal()
	if err != nil {
		return err
	}
	defer outer.Close() //nolint:errcheck // nothing is left in it
	cmd.Stdin, cmd.Stdout, cmd.Stderr = inner, inner, inner
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if size, err := unix.IoctlGetWinsize(int(in.Fd()), unix.TIOCGWINSZ); err == nil {
		if err := unix.IoctlSetWinsize(int(outer.Fd()), unix.TIOCSWINSZ, size); err != nil {
			return err
		}
	}
	if term.IsTerminal(int(in.Fd())) {
		before, err := term.MakeRaw(int(in.Fd()))
		if err != nil {
			return err
		}
		defer term.Restore(int(in.Fd()), before) //nolint:errcheck // the process ends
	}
	if err := cmd.Start(); err != nil {
		return errors.Join(err, inner.Close())
	}
	if err := inner.Close(); err != nil {
		return err
	}
	go func() { _, _ = io.Copy(outer, in) }()
	// The terminal fails with EIO when the last program on it has ended.
	if _, err := io.Copy(io.MultiWriter(out, record), outer); err != nil && !errors.Is(err, syscall.EIO) {
		return errors.Join(err, cmd.Wait())
	}
	return cmd.Wait()
}

// openTerminal makes a pair of pseudo-terminals: what is written to one is read from
// the other.
func openTerminal() (outer, inner *os.File, err error) {
	if outer, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0); err != nil {
		return nil, nil, fmt.Errorf("opening a terminal: %w", err)
	}
	n, err := unix.IoctlGetInt(int(outer.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(outer.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		inner, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("opening a terminal: %w", err), outer.Close())
	}
	return outer, inner, nil
}
