package main

import (
	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/house"
)

func newDemo(o *options) *cobra.Command {
	demo := &cobra.Command{Use: "demo", Short: "Look after a demo store (演示库)"}
	demo.AddCommand(&cobra.Command{
		Use: "reset", Short: "Make the demo store anew; a real store is never touched (重置演示库)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := house.RemoveDemo(cmd.Context(), o.config()); err != nil {
				return err
			}
			return bear(cmd.Context(), house.Bearing{Config: o.config(), Demo: true}, cmd.Printf)
		},
	})
	demo.AddCommand(newDemoSources(), newDemoSend(), newDemoConnect(o))
	return demo
}

func newOpenAPI() *cobra.Command {
	return &cobra.Command{Use: "openapi", Short: "Print the description of the API, OpenAPI 3.1 (接口说明)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		text, err := house.Describe(version)
		if err != nil {
			return err
		}
		_, err = cmd.OutOrStdout().Write(text)
		return err
	}}
}
