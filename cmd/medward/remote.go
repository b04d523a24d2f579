package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/fault"
)

var errSignInFirst = fault.Define("cli.sign-in-first", fault.Unauthenticated,
	"正式库的命令须由本人登录后执行。", "In a real store a command is somebody's: sign in first.",
	"start the server (medward serve), then: medward login --server https://localhost:8443")

// credential is how the commands of one operator reach a server.
type credential struct {
	Server string    `json:"server"`
	Token  string    `json:"token"`
	Until  time.Time `json:"until"`
	CA     string    `json:"ca,omitempty"` // PEM of the certificate that the server is known by
}

func credentialFile() (string, error) {
	folder, err := os.UserConfigDir()
	return filepath.Join(folder, "medward", "credential.json"), err
}

func readCredential() (credential, error) {
	var c credential
	file, err := credentialFile()
	if err != nil {
		return c, err
	}
	text, err := os.ReadFile(file) //nolint:gosec // the operator's own file
	if errors.Is(err, os.ErrNotExist) {
		return c, errSignInFirst.With()
	}
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, fmt.Errorf("reading %s: %w", file, err)
	}
	if clock.System().Now().After(c.Until) {
		return c, errSignInFirst.With()
	}
	return c, nil
}

func (c credential) save() error {
	file, err := credentialFile()
	if err != nil {
		return err
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

// ask sends a request to the server and reads its answer, or its problem.
func (c credential) ask(ctx context.Context, method, path, kind string, body io.Reader, into any) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, c.Server+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Accept-Language", language())
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("asking %s: %w", c.Server, err)
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	if res.StatusCode >= http.StatusBadRequest {
		return readProblem(res)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

func readProblem(res *http.Response) error {
	var p struct {
		Detail, Code, Trace string
		Fields              []struct{ Path, Problem string }
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&p); err != nil || p.Code == "" {
		return fmt.Errorf("the server answered %s", res.Status)
	}
	for _, f := range p.Fields {
		p.Detail += "\n  " + f.Path + ": " + f.Problem
	}
	return &problem{code: p.Code, text: fmt.Sprintf("%s\n  (%s, %s)", p.Detail, p.Code, p.Trace)}
}

// problem is what a server answered in place of what was asked for.
type problem struct{ code, text string }

func (p *problem) Error() string { return p.text }

func (c credential) client() (*http.Client, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return nil, err
	}
	if c.CA != "" && !roots.AppendCertsFromPEM([]byte(c.CA)) {
		return nil, errors.New("the certificate of the server cannot be read")
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS13, RootCAs: roots}}}, nil
}

func newLogin(o *options) *cobra.Command {
	var server, name, passwordFile, code, ca string
	cmd := &cobra.Command{
		Use: "login", Short: "Sign in to a server, so that commands act as you (登录)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c := credential{Server: strings.TrimSuffix(server, "/")}
			var err error
			if c.CA, err = readCA(ca, o.folder); err != nil {
				return err
			}
			password, err := askPassword(cmd, passwordFile)
			if err != nil {
				return err
			}
			err = c.signIn(cmd.Context(), name, password, code)
			if p := new(problem); errors.As(err, &p) && p.code == "identity.code-needed" && code == "" {
				if code, err = askSecret(cmd, "动态码 · code"); err != nil {
					return err
				}
				err = c.signIn(cmd.Context(), name, password, code)
			}
			if err != nil {
				return err
			}
			if err := c.save(); err != nil {
				return err
			}
			cmd.Printf("已登录，至 %s 有效 · signed in until %s\n", c.Until.Local().Format(time.DateTime), c.Until.Local().Format(time.DateTime))
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&server, "server", "https://localhost:8443", "address of the server (服务地址)")
	f.StringVar(&name, "name", "", "sign-in name (登录名)")
	f.StringVar(&passwordFile, "password-file", "", "file with the password; asked for on the terminal when empty (口令文件)")
	f.StringVar(&code, "code", "", "code of the second factor, or a recovery code; asked for when needed (动态码)")
	f.StringVar(&ca, "ca", "", "certificate by which the server is known; that of the store in --data when empty")
	return cmd
}

func (c *credential) signIn(ctx context.Context, name, password, code string) error {
	body, err := json.Marshal(map[string]any{"name": name, "password": password, "code": code, "bearer": true})
	if err != nil {
		return err
	}
	return c.ask(ctx, http.MethodPost, "/api/session", "application/json", bytes.NewReader(body), c)
}

// readCA reads the certificate by which a server is known: one that is named, or
// that of the store on this machine.
func readCA(file, folder string) (string, error) {
	if file == "" {
		file = filepath.Join(folder, "tls", "cert.pem")
		if _, err := os.Stat(file); err != nil {
			return "", nil //nolint:nilerr // then the system's authorities must do
		}
	}
	text, err := os.ReadFile(file) //nolint:gosec // named by the operator
	return string(text), err
}

func askPassword(cmd *cobra.Command, file string) (string, error) {
	if file != "" {
		text, err := os.ReadFile(file) //nolint:gosec // named by the operator
		return strings.TrimRight(string(text), "\r\n"), err
	}
	return askSecret(cmd, "口令 · password")
}

func askSecret(cmd *cobra.Command, what string) (string, error) {
	cmd.PrintErr(what + ": ")
	typed, err := term.ReadPassword(int(os.Stdin.Fd()))
	cmd.PrintErrln()
	return string(typed), err
}

// sendFile hands one input to the server.
func (c credential) sendFile(ctx context.Context, source, path string, into any) error {
	content, err := os.Open(path) //nolint:gosec // named by the operator
	if err != nil {
		return err
	}
	defer content.Close() //nolint:errcheck // it was only read
	query := url.Values{"source": {source}, "name": {filepath.Base(path)}}
	return c.ask(ctx, http.MethodPost, "/api/import?"+query.Encode(), "application/octet-stream", content, into)
}
