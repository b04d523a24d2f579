package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/exchange/parcel"
)

func newPackage() *cobra.Command {
	pack := &cobra.Command{Use: "package", Short: "Packages of records that another house sent (交换包)"}
	pack.AddCommand(newVerifyPackage())
	return pack
}

// anySize bounds a package that lies on a disk by nothing but the disk.
var anySize = parcel.Limits{Bytes: 1 << 50}

func newVerifyPackage() *cobra.Command {
	var fingerprint string
	cmd := &cobra.Command{
		Use: "verify FILE", Short: "Tell whether a package is whole and who signed it (核验交换包)", Args: cobra.ExactArgs(1),
		Long: "Tells whether a package is whole, without any key and without a store. Exit code 0: whole; 1: altered, cut short,\n" +
			"or not signed by the key that --fingerprint names; 2: could not run. The package names its own key: that it is the\n" +
			"key of the house whose name it bears is known only by comparing the fingerprint with what that house says of itself.",
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := os.Open(args[0])
			if err != nil {
				return err
			}
			c, err := parcel.Check(file, anySize)
			if err := errors.Join(err, file.Close()); err != nil {
				return refusedPackage(cmd, err)
			}
			cmd.Printf("完整 · whole\n发送方 · from        %s (%s)\n接收方 · to          %s (%s)\n序号 · number        %d\n时间 · sent          %s\n用途 · purpose       %s\n签名密钥指纹 · key    %s\nSM3                 %s\nSHA-256             %s\n",
				shown(c.From.Name), shown(c.From.Org), shown(c.To.Name), shown(c.To.Org), c.Sequence, c.Sent.UTC().Format("2006-01-02 15:04:05Z"), shown(c.Purpose),
				c.From.Fingerprint(), hex.EncodeToString(c.SM3), hex.EncodeToString(c.SHA256))
			if said := strings.ToLower(strings.Join(strings.Fields(fingerprint), "")); said != "" && c.From.Fingerprint() != said {
				return refusedPackage(cmd, errOtherKey)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&fingerprint, "fingerprint", "", "of the key that must have signed it, all 64 digits (对方密钥指纹)")
	return cmd
}

var errOtherKey = errors.New("签名者不是所给指纹的密钥 · it was not signed by the key of that fingerprint")

func refusedPackage(cmd *cobra.Command, why error) error {
	for _, known := range []error{parcel.ErrForm, parcel.ErrPartial, parcel.ErrAltered, errOtherKey} {
		if errors.Is(why, known) {
			cmd.PrintErrf("未通过 · refused: %v\n", why)
			return errAmiss
		}
	}
	return fmt.Errorf("reading the package: %w", why)
}

// shown keeps what a stranger wrote from moving the cursor.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, text)
}
