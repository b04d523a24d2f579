package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/house"
)

func newInit(o *options) *cobra.Command {
	b := house.Bearing{}
	cmd := &cobra.Command{
		Use: "init", Short: "Make a new store, demo or real (新建库)", Args: cobra.NoArgs,
		Long: "Makes a new store. It is born a demo (with an invented hospital, and its key beside it) or real\n" +
			"(with its key outside its folder), and stays so.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			b.Config = o.config()
			return bear(cmd.Context(), b, cmd.Printf)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&b.Demo, "demo", false, "make a demo store with an invented hospital (演示库)")
	f.StringVar(&b.PassphraseFile, "passphrase-file", "", "file with the passphrase of a real store; must lie outside its folder (口令文件)")
	f.StringVar(&b.NameZH, "name", "未命名医院", "name of the organisation in Chinese (机构名称)")
	f.StringVar(&b.NameEN, "name-en", "Unnamed hospital", "name of the organisation in English")
	f.StringVar(&b.Origin, "origin", "", "name of the ledger in its checkpoints, such as hospital.example/ledger")
	return cmd
}

func bear(ctx context.Context, b house.Bearing, say func(string, ...any)) error {
	b.Progress = progress(os.Stderr)
	born, err := house.Bear(ctx, b)
	if err != nil {
		return err
	}
	folder, err := filepath.Abs(b.Folder)
	if err != nil {
		return err
	}
	if b.Demo {
		say("演示库已建立 · demo store made: %s\n", folder)
		return nil
	}
	say("正式库已建立 · real store made: %s\n\n", folder)
	say("首任安全管理员（口令仅显示这一次，24 小时内从本机登录并修改）\nfirst security administrator (shown once; sign in from this machine and change it within 24 hours)\n\n")
	say("  %s\n  %s\n", born.SignInName, born.Password)
	return nil
}

// progress shows long work on the terminal, on one line that is written over.
func progress(to *os.File) func(string, int, int) {
	info, err := to.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(doing string, done, of int) {
		fmt.Fprintf(to, "\r\033[K%s %d/%d", doing, done, of)
		if done == of {
			fmt.Fprint(to, "\r\033[K")
		}
	}
}
