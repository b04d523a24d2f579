package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/house"
)

func newDemoSources() *cobra.Command {
	var postgres, mariadb int
	cmd := &cobra.Command{Use: "sources FOLDER", Short: "Write what foreign systems of the demo hospital hold, with mappings (演示来源)", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		folder, err := filepath.Abs(args[0])
		if err != nil {
			return err
		}
		if err := house.DemoSources(folder, clock.System().Now(), postgres, mariadb); err != nil {
			return err
		}
		cmd.Printf("%s\n", folder)
		return nil
	}}
	cmd.Flags().IntVar(&postgres, "postgres-port", 5499, "where the HIS will listen (PostgreSQL 端口)")
	cmd.Flags().IntVar(&mariadb, "mariadb-port", 3399, "where the branch will listen (MariaDB 端口)")
	return cmd
}
