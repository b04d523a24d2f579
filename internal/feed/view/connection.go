package view

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
)

// Connection is a way to a foreign system, as the operator wrote it down.
type Connection struct {
	Code string `json:"code"`
	Kind string `json:"kind"`
	// Folder is where lists are left, of kind folder.
	Folder string `json:"folder,omitempty"`
	// Address is host:port, of the other kinds.
	Address  string `json:"address,omitempty"`
	Database string `json:"database,omitempty"` // of Oracle: the service
	User     string `json:"user,omitempty"`
	// PasswordFile holds the password and nothing else.
	PasswordFile string `json:"passwordFile,omitempty"`
	// Roots is a file with the authorities that the server's certificate is of; the
	// machine's when empty.
	Roots string `json:"roots,omitempty"`
	// Plain says that there is no TLS.
	Plain bool `json:"plain,omitempty"`
	// Encoding is how text is stored where the engine does not say it rightly.
	Encoding string `json:"encoding,omitempty"`
}

// Kinds of connection.
const (
	Folder    = "folder"
	Postgres  = "postgres"
	MySQL     = "mysql" // and MariaDB
	SQLServer = "sqlserver"
	Oracle    = "oracle"
)

// Encodings of text that its engine takes for something else.
const (
	// GB18030 is text whose bytes are GBK or GB 18030.
	GB18030 = "gb18030"
	// Latin1GB18030 is text whose bytes are GBK or GB 18030 and which the engine hands
	// out as if they were Latin-1.
	Latin1GB18030 = "latin1-gb18030"
)

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

// ReadConnections reads the operator's list of connections: a JSON array.
func ReadConnections(file string) ([]Connection, error) {
	text, err := os.ReadFile(file) //nolint:gosec // named by the operator
	if err != nil {
		return nil, err
	}
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.DisallowUnknownFields()
	var all []Connection
	if err := reader.Decode(&all); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if _, err := reader.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: something stands after the list of connections", file)
	}
	seen := map[string]bool{}
	for i, c := range all {
		if err := c.check(); err != nil {
			return nil, fmt.Errorf("%s: connection %d: %w", file, i+1, err)
		}
		if seen[c.Code] {
			return nil, fmt.Errorf("%s: connection %d: the code %s stands there twice", file, i+1, c.Code)
		}
		seen[c.Code] = true
	}
	return all, nil
}

func (c Connection) check() error {
	switch {
	case !codePattern.MatchString(c.Code):
		return errors.New("code is 2 to 40 small letters, digits or hyphens")
	case !slices.Contains([]string{Folder, Postgres, MySQL, SQLServer, Oracle}, c.Kind):
		return fmt.Errorf("kind is folder, postgres, mysql, sqlserver or oracle, not %q", c.Kind)
	case !slices.Contains([]string{"", GB18030, Latin1GB18030}, c.Encoding):
		return fmt.Errorf("encoding is %s or %s, or absent", GB18030, Latin1GB18030)
	case c.Kind == Folder && (c.Folder == "" || c.Address != ""):
		return errors.New("a folder has the field folder and no address")
	case c.Kind == Folder:
		return nil
	case c.Folder != "" || c.Database == "" || c.User == "":
		return errors.New("a database has the fields address, database and user, and no folder")
	}
	if _, _, err := net.SplitHostPort(c.Address); err != nil {
		return fmt.Errorf("address is host:port: %w", err)
	}
	return nil
}

func (c Connection) password() (string, error) {
	if c.PasswordFile == "" {
		return "", nil
	}
	text, err := os.ReadFile(c.PasswordFile)
	return strings.TrimRight(string(text), "\r\n"), err
}

func (c Connection) roots() (*x509.CertPool, error) {
	if c.Roots == "" {
		return nil, nil //nolint:nilnil // the machine's own
	}
	text, err := os.ReadFile(c.Roots)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate", c.Roots)
	}
	return pool, nil
}
