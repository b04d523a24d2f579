package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/schema"
)

func newMigrate(o *options) *cobra.Command {
	var serve string
	cmd := &cobra.Command{
		Use: "migrate --db OWNER_URL", Short: "Bring a PostgreSQL schema up to date, as its owner (升级库结构)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.url == "" {
				return errors.New("give the address of the role that owns the schema: --db postgres://owner@…")
			}
			if err := schema.MigratePostgres(cmd.Context(), o.url, serve); err != nil {
				return err
			}
			cmd.Println("库结构已是最新 · the schema is up to date")
			return nil
		},
	}
	cmd.Flags().StringVar(&serve, "serve-role", "", "role that the server runs as; it gets exactly the rights it needs")
	return cmd
}
