package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/handover/bundle"
)

func newHandover() *cobra.Command {
	cmd := &cobra.Command{
		Use: "handover", Short: "Hand the house over to whoever takes over (信息移交)",
		Long: "Every command here acts as who is signed in (medward login). One person asks, an unrelated one approves.",
	}
	cmd.AddCommand(newHandoverOpen(), newHandoverList(), newHandoverFetch(), newHandoverReceipt(), newHandoverCompare())
	cmd.AddCommand(newHandoverSteps()...)
	return cmd
}

// handed is a handover as the server tells it.
type handed struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Run    int    `json:"run"`
	Export []struct {
		Number int    `json:"number"`
		Bytes  int64  `json:"bytes"`
		SM3    string `json:"sm3"`
	} `json:"export"`
}

func newHandoverFetch() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "fetch ID", Short: "Fetch the parts of an export, each sealed to the receiver (取移交包)", Args: cobra.ExactArgs(1),
		Long: "Parts that are there already and whole are not fetched again, so it can be begun again after a break.",
		RunE: func(cmd *cobra.Command, args []string) error {
			var h handed
			if err := askAs(cmd.Context(), http.MethodGet, "/api/handovers/"+args[0], nil, &h); err != nil {
				return err
			}
			if err := os.MkdirAll(out, 0o700); err != nil {
				return err
			}
			for _, p := range h.Export {
				path := filepath.Join(out, fmt.Sprintf("%s-%d-%06d.medward", h.ID, h.Run, p.Number))
				if isPart(path, p.SM3) {
					continue
				}
				if err := fetchPart(cmd, fmt.Sprintf("/api/handovers/%s/parts/%d", h.ID, p.Number), path); err != nil {
					return err
				}
				if !isPart(path, p.SM3) {
					cmd.PrintErrf("未通过 · refused: %s\n", path)
					return errAmiss
				}
				cmd.Println(path)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", ".", "folder for the parts (目录)")
	return cmd
}

func isPart(path, sm3 string) bool {
	in, err := os.Open(path) //nolint:gosec // where the operator said
	if err != nil {
		return false
	}
	c, err := parcel.Check(in, anySize)
	return errors.Join(err, in.Close()) == nil && hex.EncodeToString(c.SM3) == sm3
}

func fetchPart(cmd *cobra.Command, from, to string) error {
	c, err := readCredential()
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, c.Server+from, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	req.Header.Set("Accept-Language", language())
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("asking %s: %w", c.Server, err)
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	if res.StatusCode >= http.StatusBadRequest {
		return readProblem(res)
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) //nolint:gosec // where the operator said
	if err != nil {
		return err
	}
	_, err = io.Copy(out, res.Body)
	return errors.Join(err, out.Sync(), out.Close())
}

func newHandoverReceipt() *cobra.Command {
	return &cobra.Command{
		Use: "receipt ID FILE", Short: "Bring the receipt that the receiver signed (登记回执)", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[1])
			if err != nil {
				return err
			}
			var signed bundle.Signed
			if err := json.NewDecoder(bytes.NewReader(text)).Decode(&signed); err != nil {
				return fmt.Errorf("reading %s: %w", args[1], err)
			}
			var h handed
			if err := askAs(cmd.Context(), http.MethodPost, "/api/handovers/"+args[0]+"/receipt", signed, &h); err != nil {
				return err
			}
			cmd.Printf("%s  %s\n", h.ID, h.State)
			return nil
		},
	}
}
