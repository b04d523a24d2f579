package view

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	mssql "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/msdsn"
	oracle "github.com/sijms/go-ora/v2"

	"github.com/medward/medward/internal/base/dial"
)

// engine is what one database says otherwise than others.
type engine struct {
	begin, end string // of a quoted name; empty: names are not quoted
	place      string // of the first value in a statement
	// text casts a column to text, raw to the bytes of it.
	cast, raw [2]string
	// first is said before anything else in a transaction.
	first []string
	// loose engines know no read-only transaction.
	loose bool
}

var engines = map[string]engine{
	Postgres: {begin: `"`, end: `"`, place: "$1", cast: [2]string{"CAST(", " AS text)"}, raw: [2]string{"CAST(", " AS text)"}},
	MySQL:    {begin: "`", end: "`", place: "?", cast: [2]string{"CAST(", " AS CHAR)"}, raw: [2]string{"CAST(", " AS BINARY)"}},
	SQLServer: {
		begin: "[", end: "]", place: "@p1", cast: [2]string{"CONVERT(nvarchar(max), ", ", 121)"}, raw: [2]string{"CONVERT(varchar(max), ", ", 121)"}, loose: true,
	},
	Oracle: {
		place: ":1", cast: [2]string{"TO_CHAR(", ")"}, raw: [2]string{"TO_CHAR(", ")"}, loose: true,
		first: []string{"SET TRANSACTION READ ONLY", "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS' NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS'"},
	},
}

func (e engine) transaction() *sql.TxOptions { return &sql.TxOptions{ReadOnly: !e.loose} }

// quote writes a name of the engine's own, as it told it.
func (e engine) quote(name string) string {
	if e.begin == "" {
		return name
	}
	return e.begin + strings.ReplaceAll(name, e.end, e.end+e.end) + e.end
}

// quoted writes the name of a view that was checked.
func (e engine) quoted(table string) string {
	parts := strings.Split(table, ".")
	for i := range parts {
		parts[i] = e.quote(parts[i])
	}
	return strings.Join(parts, ".")
}

func (e engine) text(column string, raw bool) string {
	if raw {
		return e.raw[0] + column + e.raw[1]
	}
	return e.cast[0] + column + e.cast[1]
}

// open prepares a database to be reached. Nothing is asked of it yet.
func (c Connection) open() (*sql.DB, error) {
	password, err := c.password()
	if err != nil {
		return nil, err
	}
	switch c.Kind {
	case Postgres:
		return c.openPostgres(password)
	case MySQL:
		return c.openMySQL(password)
	case SQLServer:
		return c.openSQLServer(password)
	}
	return c.openOracle(password)
}

func (c Connection) openPostgres(password string) (*sql.DB, error) {
	way, to, err := c.way()
	if err != nil {
		return nil, err
	}
	config, err := pgx.ParseConfig("sslmode=disable")
	if err != nil {
		return nil, err
	}
	host, port := c.hostPort()
	config.Host, config.Port, config.Database, config.User, config.Password, config.Fallbacks = host, port, c.Database, c.User, password, nil
	config.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil }
	config.DialFunc = func(ctx context.Context, _, address string) (net.Conn, error) { return way.Reach(ctx, to, address) }
	if !c.Plain {
		config.TLSConfig = way.TLS(host)
	}
	config.RuntimeParams = map[string]string{
		"application_name": "medward", "default_transaction_read_only": "on", "statement_timeout": strconv.FormatInt(patience.Milliseconds(), 10), "DateStyle": "ISO",
	}
	if c.Encoding == GB18030 { // the engine must hand out bytes as they are stored
		config.RuntimeParams["client_encoding"] = "SQL_ASCII"
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	return stdlib.OpenDB(*config), nil
}

func (c Connection) openMySQL(password string) (*sql.DB, error) {
	way, to, err := c.way()
	if err != nil {
		return nil, err
	}
	config := mysql.NewConfig()
	config.User, config.Passwd, config.DBName, config.Net, config.Addr = c.User, password, c.Database, "tcp", c.Address
	config.DialFunc = func(ctx context.Context, _, address string) (net.Conn, error) { return way.Reach(ctx, to, address) }
	config.AllowNativePasswords, config.ReadTimeout, config.Loc = true, patience, time.UTC
	if err := config.Apply(mysql.Charset("utf8mb4", "")); err != nil {
		return nil, err
	}
	if host, _ := c.hostPort(); !c.Plain {
		config.TLS = way.TLS(host)
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(connector), nil
}

// reaching lets the driver of SQL Server, and that of Oracle, dial by our way.
type reaching struct {
	way *dial.Dialer
	to  dial.Destination
}

func (r reaching) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	return r.way.Reach(ctx, r.to, address)
}

func (c Connection) openSQLServer(password string) (*sql.DB, error) {
	way, to, err := c.way()
	if err != nil {
		return nil, err
	}
	host, port := c.hostPort()
	config := msdsn.Config{
		Host: host, Port: uint64(port), Database: c.Database, User: c.User, Password: password, ReadOnlyIntent: true, AppName: "medward",
		Encryption: msdsn.EncryptionRequired, DialTimeout: patience / 10, ConnTimeout: patience,
	}
	if c.Plain {
		config.Encryption = msdsn.EncryptionDisabled
	} else {
		config.TLSConfig = way.TLS(host)
	}
	connector := mssql.NewConnectorConfig(config)
	connector.Dialer = reaching{way, to}
	return sql.OpenDB(connector), nil
}

func (c Connection) openOracle(password string) (*sql.DB, error) {
	way, to, err := c.way()
	if err != nil {
		return nil, err
	}
	host, port := c.hostPort()
	options := map[string]string{"TIMEOUT": strconv.Itoa(int(patience.Seconds()))}
	if !c.Plain {
		options["SSL"], options["SSL VERIFY"] = "true", "true"
	}
	connector, ok := oracle.NewConnector(oracle.BuildUrl(host, int(port), c.Database, c.User, password, options)).(*oracle.OracleConnector)
	if !ok {
		return nil, errors.New("view: the driver of Oracle is another one")
	}
	connector.Dialer(reaching{way, to})
	if !c.Plain {
		connector.WithTLSConfig(way.TLS(host))
	}
	return sql.OpenDB(connector), nil
}

func (c Connection) hostPort() (string, uint16) {
	host, port, _ := net.SplitHostPort(c.Address) // checked when it was read
	n, _ := strconv.ParseUint(port, 10, 16)
	return host, uint16(n)
}
