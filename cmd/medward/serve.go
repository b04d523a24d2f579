package main

import (
	"errors"
	"net"
	"os"

	"github.com/spf13/cobra"

	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/intake/screen"
	"github.com/medward/medward/ui"
)

func newServe(o *options) *cobra.Command {
	var listen string
	var demo bool
	var inside, proxies []string
	var reached, mllp, syslog, feeds, scanner, gateway string
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the store over TLS 1.3 (启动服务)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if _, err := house.FindPlace(o.folder); demo && errors.Is(err, house.ErrNoStore) {
				if err := bear(ctx, house.Bearing{Config: o.config(), Demo: true}, cmd.Printf); err != nil {
					return err
				}
			}
			config := o.config()
			config.Address, config.MLLP, config.Syslog, config.Step = reached, mllp, syslog, house.EvenStep
			var err error
			if config.Inside, err = networks(inside); err != nil {
				return err
			}
			if config.Proxies, err = networks(proxies); err != nil {
				return err
			}
			if gateway != "" {
				text, err := os.ReadFile(gateway) //nolint:gosec // named by whoever starts the server
				if err != nil {
					return err
				}
				if config.Gateways, err = identity.ParseGateways(text); err != nil {
					return err
				}
			}
			if feeds != "" {
				if config.Connections, err = view.ReadConnections(feeds); err != nil {
					return err
				}
			}
			if config.Scanner, err = scannerAt(scanner); err != nil {
				return err
			}
			h, err := house.Open(ctx, config)
			if err != nil {
				return err
			}
			browser, err := ui.Handler()
			if err != nil {
				return errors.Join(err, h.Close())
			}
			err = h.Serve(ctx, listen, browser, func(at net.Addr) {
				cmd.Printf("医守已启动 · Medward is serving: https://%s\n", address(at))
			})
			return errors.Join(err, h.Close())
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "localhost:8443", "address to listen at (监听地址)")
	cmd.Flags().StringVar(&reached, "address", os.Getenv("MEDWARD_ADDRESS"), "under which people reach this server, such as https://records.example; it stands on printed copies (对外地址)")
	cmd.Flags().StringVar(&mllp, "mllp", os.Getenv("MEDWARD_MLLP"), "where HL7 v2 is listened for: localhost:2575 without TLS, or tls://0.0.0.0:2576 with client certificates (HL7 监听)")
	cmd.Flags().StringVar(&syslog, "syslog", os.Getenv("MEDWARD_SYSLOG"), "where logs of other systems are listened for: localhost:6514 without TLS, or tls://0.0.0.0:6514 with client certificates (日志监听)")
	cmd.Flags().StringVar(&feeds, "feeds", os.Getenv("MEDWARD_FEEDS"), "file with the databases and folders of other systems that may be read; see docs/run/sources.md (接入连接)")
	cmd.Flags().StringVar(&scanner, "scanner", os.Getenv("MEDWARD_SCANNER"), "clamd that looks at everything that arrives: unix:/run/clamav/clamd.ctl or host:3310; while it does not answer, what arrives is kept apart (病毒扫描)")
	cmd.Flags().StringSliceVar(&inside, "inside", listed("MEDWARD_INSIDE"), "networks of the hospital, such as 10.0.0.0/8, or @FILE with one in a line; whoever comes from elsewhere needs two factors (院内网段)")
	cmd.Flags().StringSliceVar(&proxies, "proxy", listed("MEDWARD_PROXY"), "networks of proxies whose X-Forwarded-For is believed (反向代理)")
	cmd.Flags().StringVar(&gateway, "vpn-gateway", os.Getenv("MEDWARD_VPN_GATEWAY"), "PEM of the certificate of the VPN gateway, or of its authority: what comes over a connection that shows it came through the VPN, and whoever comes from outside must (VPN 网关证书)")
	cmd.Flags().BoolVar(&demo, "demo", false, "make a demo store first if there is none (演示)")
	return cmd
}

// scannerAt is the malware scanner of the house; none where no address is given.
func scannerAt(address string) (screen.Scanner, error) {
	if address == "" {
		return nil, nil //nolint:nilnil // a house may have none
	}
	return screen.ParseClamd(address)
}

// address shows where to go in a browser.
func address(at net.Addr) string {
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsLoopback() {
		_, port, _ := net.SplitHostPort(at.String())
		return net.JoinHostPort("localhost", port)
	}
	return at.String()
}
