package main

import (
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/kit/sm"
)

func newExport() *cobra.Command {
	export := &cobra.Command{
		Use: "export", Short: "Exports of a whole house, as their receiver opens and verifies them (全量导出)",
		Long: "What a house hands over (移交) is opened and verified with these commands alone: no store, no server, no network.\n" +
			"  1. medward export keys --org CODE --name NAME --out NAME   the card goes to the giver, who compares the fingerprint\n" +
			"  2. medward export open PART… --key NAME.key.pem --out FOLDER\n" +
			"  3. medward export verify FOLDER --receipt FILE --key NAME.key.pem --representative 'who signs'\n" +
			"The form is described in docs/format/export.md.",
	}
	export.AddCommand(newExportKeys(), newExportOpen(), newExportVerify())
	return export
}

func newExportKeys() *cobra.Command {
	var org, name, out string
	cmd := &cobra.Command{Use: "keys", Short: "Make the keys of a receiver, and its card for the giver (生成密钥)", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		card, text, err := makeReceiver(org, name)
		if err != nil {
			return err
		}
		said, err := json.MarshalIndent(card, "", "  ")
		if err != nil {
			return err
		}
		if err := errors.Join(writeNew(out+".key.pem", text, 0o600), writeNew(out+".card.json", append(said, '\n'), 0o644)); err != nil {
			return err
		}
		cmd.Printf("%s\n%s\n指纹 · fingerprint  %s\n", out+".key.pem", out+".card.json", card.Fingerprint())
		return nil
	}}
	f := cmd.Flags()
	f.StringVar(&org, "org", "", "code of the receiving institution (机构代码)")
	f.StringVar(&name, "name", "", "its name (机构名称)")
	f.StringVar(&out, "out", "receiver", "beginning of the names of both files (文件名)")
	_ = cmd.MarkFlagRequired("org")  // the flag is there
	_ = cmd.MarkFlagRequired("name") // the flag is there
	return cmd
}

// Kinds of block in a key file.
const (
	signingBlock = "SM2 SIGNING KEY"
	openingBlock = "SM2 OPENING KEY"
)

func makeReceiver(org, name string) (exchange.Card, []byte, error) {
	signing, err := sm.GenerateSigningKey()
	if err != nil {
		return exchange.Card{}, nil, err
	}
	opening, err := sm.GenerateOpeningKey()
	if err != nil {
		return exchange.Card{}, nil, err
	}
	first, err := signing.PKCS8()
	if err != nil {
		return exchange.Card{}, nil, err
	}
	second, err := opening.PKCS8()
	if err != nil {
		return exchange.Card{}, nil, err
	}
	with := map[string]string{"Org": org, "Name": hex.EncodeToString([]byte(name))}
	text := append(pem.EncodeToMemory(&pem.Block{Type: signingBlock, Headers: with, Bytes: first}), pem.EncodeToMemory(&pem.Block{Type: openingBlock, Bytes: second})...)
	return exchange.Card{Org: org, Name: name, Signer: hex.EncodeToString(signing.Public().Raw()), Opener: hex.EncodeToString(opening.Public().Raw())}, text, nil
}

// receiver is whoever holds a key file.
type receiver struct {
	house   bundle.House
	signing *sm.SigningKey
	opening *sm.OpeningKey
}

func readReceiver(path string) (receiver, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the operator's own file
	if err != nil {
		return receiver{}, err
	}
	var r receiver
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case signingBlock:
			if r.signing, err = sm.ParseSigningKey(block.Bytes); err != nil {
				return r, fmt.Errorf("reading %s: %w", path, err)
			}
			name, err := hex.DecodeString(block.Headers["Name"])
			if err != nil {
				return r, fmt.Errorf("reading %s: %w", path, err)
			}
			r.house = bundle.House{Org: block.Headers["Org"], Name: string(name), Signer: hex.EncodeToString(r.signing.Public().Raw())}
		case openingBlock:
			if r.opening, err = sm.ParseOpeningKey(block.Bytes); err != nil {
				return r, fmt.Errorf("reading %s: %w", path, err)
			}
		}
	}
	if r.signing == nil || r.opening == nil {
		return r, fmt.Errorf("%s holds no keys of a receiver; medward export keys makes them", path)
	}
	return r, nil
}

// writeNew writes a file that must not be there yet, and keeps it through a crash.
func writeNew(path string, content []byte, mode os.FileMode) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode) //nolint:gosec // where the operator said
	if err != nil {
		return err
	}
	_, err = out.Write(content)
	return errors.Join(err, out.Sync(), out.Close())
}

func newExportOpen() *cobra.Command {
	var key, out string
	cmd := &cobra.Command{
		Use: "open PART…", Short: "Open the sealed parts of an export into a folder (解封)", Args: cobra.MinimumNArgs(1),
		Long: "Verifies every part before anything of it is written. The folder holds the records of patients unsealed:\n" +
			"put it where nobody else reads. Exit code 0: opened; 1: a part is altered or sealed to another key; 2: could not run.",
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := readReceiver(key)
			if err != nil {
				return err
			}
			for _, part := range args {
				n, err := openPart(part, out, r.opening)
				if errors.Is(err, parcel.ErrKey) || errors.Is(err, parcel.ErrContents) {
					cmd.PrintErrf("未通过 · refused: %v\n", err)
					return errAmiss
				}
				if err != nil {
					return refusedPackage(cmd, err)
				}
				cmd.Printf("%s  %d\n", filepath.Base(part), n)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "key file of the receiver (密钥文件)")
	cmd.Flags().StringVar(&out, "out", "", "folder to open into; made when it is not there (目录)")
	_ = cmd.MarkFlagRequired("key") // the flag is there
	_ = cmd.MarkFlagRequired("out") // the flag is there
	return cmd
}

var errNotExport = fmt.Errorf("%w: 不是移交包 · a package of another kind", parcel.ErrForm)

func openPart(path, folder string, key *sm.OpeningKey) (n int, err error) {
	in, err := os.Open(path) //nolint:gosec // the operator's own file
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	head, err := parcel.Check(in, anySize)
	if err != nil {
		return 0, err
	}
	if head.Shape != handover.ShapeExport {
		return 0, errNotExport
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	limits := parcel.Limits{Bytes: anySize.Bytes, Items: 1 << 30, Item: 1 << 32}
	_, err = parcel.Open(in, key, limits, func(item parcel.Item, content []byte) error {
		n++
		if err := root.MkdirAll(filepath.Dir(filepath.FromSlash(item.Name)), 0o700); err != nil {
			return err
		}
		return root.WriteFile(filepath.FromSlash(item.Name), content, 0o600)
	})
	return n, err
}

func newExportVerify() *cobra.Command {
	var out, key, who string
	cmd := &cobra.Command{
		Use: "verify FOLDER", Short: "Verify an opened export to its last row, and sign a receipt (核验并出具回执)", Args: cobra.ExactArgs(1),
		Long: "Reads everything: the signature of the manifest, every file by its length and digests, every row against its\n" +
			"schema, their order and number, the original files, and that nothing else lies there. Names each difference.\n" +
			"With --receipt it signs what it found, for the giver. Exit code 0: it matches; 1: it differs; 2: could not run.",
		RunE: func(cmd *cobra.Command, args []string) error {
			report, err := bundle.Verify(os.DirFS(args[0]))
			if err != nil {
				return err
			}
			showReport(cmd, report)
			if out != "" {
				if err := writeReceipt(report, out, key, who); err != nil {
					return err
				}
				cmd.Println("回执 · receipt  ", out)
			}
			if !report.Matches() {
				return errAmiss
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "receipt", "", "file for the signed receipt (回执文件)")
	f.StringVar(&key, "key", "", "key file of the receiver, to sign the receipt (密钥文件)")
	f.StringVar(&who, "representative", "", "who signs for the receiver: name and post (接收方代表)")
	cmd.MarkFlagsRequiredTogether("receipt", "key", "representative")
	return cmd
}

func showReport(cmd *cobra.Command, r bundle.Report) {
	cmd.Printf("导出方 · from      %s (%s)\n编号 · export      %s/%d\n清单摘要 · SM3     %s\n签名公钥 · signer  %s\n文件 · files       %d (%d bytes)\n",
		shown(r.Manifest.House.Name), shown(r.Manifest.House.Org), shown(r.Manifest.Export), r.Manifest.Run, r.Digest, shown(r.Manifest.House.Signer), r.Files, r.Bytes)
	for _, s := range r.Manifest.Sets {
		cmd.Printf("  %-20s %d\n", shown(s.Name), r.Rows[s.Name])
	}
	for _, d := range r.Differences {
		cmd.Printf("差异 · differs  %-8s %s %s\n", d.Kind, shown(d.Where), shown(d.What))
	}
	if r.Matches() {
		cmd.Println("一致 · it matches")
		return
	}
	cmd.Printf("不一致 · it differs in %d\n", r.Found)
}

func writeReceipt(r bundle.Report, out, key, who string) error {
	by, err := readReceiver(key)
	if err != nil {
		return err
	}
	signed, err := r.Sign(by.house, who, clock.System().Now(), by.signing)
	if err != nil {
		return err
	}
	text, err := json.Marshal(signed)
	if err != nil {
		return err
	}
	return writeNew(out, append(text, '\n'), 0o644)
}
