package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/ledger/verify"
)

func newLedger(o *options) *cobra.Command {
	ledger := &cobra.Command{Use: "ledger", Short: "Verify and prove the audit ledger (审计账本)"}
	ledger.AddCommand(newVerify(o), newProve(o))
	return ledger
}

func newVerify(o *options) *cobra.Command {
	var outside string
	cmd := &cobra.Command{
		Use: "verify", Short: "Recompute the ledger and hold every protected row against it (核验)", Args: cobra.NoArgs,
		Long: "Recomputes the ledger from the rows alone and holds every protected row against it.\n" +
			"Exit code 0: clean; 1: findings, each named; 2: could not run.\n" +
			"From the store alone it can only say that the store is consistent. That nothing was altered since a\n" +
			"moment it says against a checkpoint that was kept outside: --checkpoint FILE.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			var note []byte
			if outside != "" {
				var err error
				if note, err = os.ReadFile(outside); err != nil { //nolint:gosec // named by the operator
					return err
				}
			}
			h, err := house.Open(cmd.Context(), o.config())
			if err != nil {
				return err
			}
			report, err := h.Verify(cmd.Context(), string(note), nil)
			if err := errors.Join(err, h.Close()); err != nil {
				return err
			}
			if err := show(cmd, o, report); err != nil {
				return err
			}
			if !report.Consistent {
				return errAmiss
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&outside, "checkpoint", "", "file with a checkpoint that was kept outside (外部检查点)")
	cmd.Flags().BoolVar(&o.json, "json", false, "print the report as JSON")
	return cmd
}

func show(cmd *cobra.Command, o *options, r verify.Report) error {
	if o.json {
		e := json.NewEncoder(cmd.OutOrStdout())
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	for _, f := range r.Findings {
		cmd.Printf("✗ %s\n", f.Text.In(language()))
	}
	if r.More > 0 {
		cmd.Printf("… %d more\n", r.More)
	}
	cmd.Printf("entries %d · blocks %d · protected tables %d, rows %d · waiting %d · signed up to %d\n", r.Size, r.Blocks, r.Tables, r.Rows, r.Waiting, r.Signed)
	switch {
	case !r.Consistent:
		cmd.Printf("有 %d 处异常 · %d findings\n", int64(len(r.Findings))+r.More, int64(len(r.Findings))+r.More)
	case r.UnalteredSince.IsZero():
		cmd.Println("一致 · consistent（未提供外部检查点 · no outside checkpoint was given）")
	default:
		at := r.UnalteredSince.Local().Format(time.DateTime)
		cmd.Printf("自 %s 以来未被改动 · unaltered since %s\n", at, at)
	}
	return nil
}

func newProve(o *options) *cobra.Command {
	return &cobra.Command{
		Use: "prove ENTRY", Short: "Prove that an entry is in the ledger; prints the proof as JSON (存证)", Args: cobra.ExactArgs(1),
		Long: "ENTRY is the id of an act or its position in the ledger. A proof discloses an entry: in a real store it is\n" +
			"somebody's act, and goes through the server as who is signed in (medward login).",
		RunE: func(cmd *cobra.Command, args []string) error {
			proof, err := proveHere(cmd, o, args[0])
			if err != nil {
				return err
			}
			e := json.NewEncoder(cmd.OutOrStdout())
			e.SetIndent("", "  ")
			return e.Encode(proof)
		},
	}
}

// proveHere proves from the store on this machine if it is a demonstration, and
// otherwise asks the server as who is signed in.
func proveHere(cmd *cobra.Command, o *options, entry string) (any, error) {
	h, err := house.Open(cmd.Context(), o.config())
	if err != nil {
		return nil, err
	}
	if h.Birth.Kind == house.DemoStore {
		proof, err := prove(cmd, h, entry)
		return proof, errors.Join(err, h.Close())
	}
	if err := h.Close(); err != nil {
		return nil, err
	}
	var proof json.RawMessage
	err = askAs(cmd.Context(), http.MethodGet, "/api/ledger/entries/"+url.PathEscape(entry)+"/proof", nil, &proof)
	return proof, err
}

// prove asks through the door, as the operator at the command line: a proof
// discloses an entry, and is accounted for like every disclosure.
func prove(cmd *cobra.Command, h *house.House, entry string) (any, error) {
	ctx := act.With(cmd.Context(), h.Operator())
	if position, err := strconv.ParseInt(entry, 10, 64); err == nil {
		return h.Console.Prove(ctx, "", position)
	}
	return h.Console.Prove(ctx, entry, 0)
}
