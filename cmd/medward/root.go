package main

import (
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/base/obs"
	"github.com/medward/medward/internal/house"
)

// options are the flags that several commands share.
type options struct {
	folder  string
	url     string
	json    bool
	verbose bool
}

func newRoot() *cobra.Command {
	o := &options{}
	root := &cobra.Command{
		Use: "medward", Short: "医守：病历与信息安全 · Medward: hospital records, safely kept",
		SilenceUsage: true, SilenceErrors: true, Version: version,
	}
	root.SetOut(os.Stdout)
	root.PersistentFlags().StringVar(&o.folder, "data", defaultFolder(), "folder of the store (库目录)")
	root.PersistentFlags().StringVar(&o.url, "db", os.Getenv("MEDWARD_DB"), "address of PostgreSQL, postgres://…; the embedded store when empty")
	root.PersistentFlags().BoolVar(&o.verbose, "verbose", false, "log what is done, to standard error")
	root.AddCommand(newInit(o), newServe(o), newMigrate(o), newImport(o), newLogin(o), newSession(), newSource(), newAgent(), newLedger(o), newPackage(), newExport(), newHandover(), newDemo(o), newBench(o), newOpenAPI(), newVersion())
	return root
}

// defaultFolder is data/ beside where the command runs, or what MEDWARD_DATA says.
func defaultFolder() string {
	if folder := os.Getenv("MEDWARD_DATA"); folder != "" {
		return folder
	}
	return filepath.Join(".", "data")
}

func (o *options) config() house.Config {
	return house.Config{Folder: o.folder, URL: o.url, Version: version, Log: o.log()}
}

func (o *options) log() *slog.Logger {
	level := slog.LevelWarn
	if o.verbose {
		level = slog.LevelInfo
	}
	return obs.NewLog(os.Stderr, level)
}

func newVersion() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version (版本)", Args: cobra.NoArgs, Run: func(cmd *cobra.Command, _ []string) {
		cmd.Println("medward", version)
	}}
}
