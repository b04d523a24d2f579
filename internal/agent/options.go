package agent

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/durable"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sm"
)

// Options are what an operator writes on the command line.
type Options struct {
	Server, LogServer         string
	CA, Certificate, Key      string // files in PEM
	MLLP, Syslog, SyslogUDP   string // host:port; tls:// before MLLP and Syslog for old TLS inside
	InsideCertificate         string // files in PEM, for tls://
	InsideKey                 string
	From                      []netip.Prefix
	Spool, SpoolKey, SpoolMax string
}

var errOptions = fault.Define("agent.options", fault.Invalid,
	"前置机的选项不正确。", "An option of the agent is not right.",
	"see medward agent --help and docs/run/agent.md")

// overTLS begins an address inside at which TLS is spoken, old TLS as well.
const overTLS = "tls://"

// keyUse separates the key of a spool from other uses of the same secret.
const keyUse = "agent spool"

// Read makes a configuration, without clock, log and paces. A fault names every option that
// is not right, with what would be.
func (o Options) Read() (Config, error) {
	wrong := errOptions.With()
	o.checkAddresses(wrong)
	c := Config{Server: o.Server, LogServer: o.LogServer, From: o.From, Folder: o.Spool}
	c.TLS = o.shown(wrong)
	if o.Spool == "" {
		wrong.At("--spool", fault.Text{ZH: "请给出暂存目录，如 /var/lib/medward-agent", EN: "give the folder of the spool, such as /var/lib/medward-agent"})
	}
	var err error
	if c.Key, err = readKey(o.SpoolKey); err != nil {
		wrong.At("--spool-key", fault.Text{ZH: "无法读取：" + err.Error() + "。用 medward agent key 文件名 生成", EN: "cannot be read: " + err.Error() + "; make one with medward agent key FILE"})
	}
	if c.Most, err = bytesOf(o.SpoolMax); err != nil || c.Most < LeastSpool || c.Most > 128<<30 {
		wrong.At("--most", fault.Text{ZH: "请写 64MiB 至 128GiB，如 10GiB", EN: "say 64MiB to 128GiB, such as 10GiB"})
	}
	if len(wrong.Fields) > 0 {
		return Config{}, wrong
	}
	return c, nil
}

func (o Options) checkAddresses(wrong *fault.Error) {
	hostPort := fault.Text{ZH: "请写 主机:端口，如 records.example:2576", EN: "say host:port, such as records.example:2576"}
	for _, one := range []struct{ name, value string }{
		{"--server", o.Server}, {"--syslog-server", o.LogServer}, {"--mllp", strings.TrimPrefix(o.MLLP, overTLS)}, {"--syslog", strings.TrimPrefix(o.Syslog, overTLS)}, {"--syslog-udp", o.SyslogUDP},
	} {
		if one.value == "" {
			continue
		}
		_, port, err := net.SplitHostPort(one.value)
		if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || (n == 0 && strings.HasSuffix(one.name, "server")) {
			wrong.At(one.name, hostPort)
		}
	}
	if o.MLLP == "" && o.Syslog == "" && o.SyslogUDP == "" {
		wrong.At("--mllp", fault.Text{ZH: "请给出监听地址：--mllp、--syslog 或 --syslog-udp", EN: "say where to listen: --mllp, --syslog or --syslog-udp"})
	}
	if o.MLLP != "" && o.Server == "" {
		wrong.At("--server", fault.Text{ZH: "请给出服务器的 MLLP 地址，如 records.example:2576", EN: "give the server's address for MLLP, such as records.example:2576"})
	}
	if (o.Syslog != "" || o.SyslogUDP != "") && o.LogServer == "" {
		wrong.At("--syslog-server", fault.Text{ZH: "请给出服务器的 syslog 地址，如 records.example:6514", EN: "give the server's address for syslog, such as records.example:6514"})
	}
	for _, at := range []string{strings.TrimPrefix(o.MLLP, overTLS), strings.TrimPrefix(o.Syslog, overTLS), o.SyslogUDP} {
		if host, _, err := net.SplitHostPort(at); err == nil && len(o.From) == 0 && !loopback(host) {
			wrong.At("--from", fault.Text{ZH: "监听 " + at + " 时请给出可发送的网段，如 10.1.0.0/16", EN: "to listen at " + at + " say which networks may send, such as 10.1.0.0/16"})
			return
		}
	}
}

func loopback(host string) bool {
	at, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && at.IsLoopback())
}

// shown says whom to believe to be the server, and what this machine shows.
func (o Options) shown(wrong *fault.Error) *tls.Config {
	secure := &tls.Config{MinVersion: tls.VersionTLS13}
	pem, err := os.ReadFile(o.CA)
	if err == nil {
		secure.RootCAs = x509.NewCertPool()
		if !secure.RootCAs.AppendCertsFromPEM(pem) {
			err = errors.New("no certificate in PEM")
		}
	}
	if err != nil {
		wrong.At("--ca", fault.Text{ZH: "无法读取：" + err.Error() + "。请给出签发服务器证书的 PEM 文件", EN: "cannot be read: " + err.Error() + "; give the PEM file of who issued the server's certificate"})
	}
	machine, err := tls.LoadX509KeyPair(o.Certificate, o.Key)
	if err != nil {
		wrong.At("--cert", fault.Text{ZH: "证书与 --cert-key 无法使用：" + err.Error() + "。请给出在数据来源登记的机器证书及其私钥（PEM）", EN: "cannot be used with --cert-key: " + err.Error() + "; give the machine certificate that is registered with the source, and its key, in PEM"})
	}
	secure.Certificates = []tls.Certificate{machine}
	return secure
}

// readKey reads the secret of a spool, 64 hexadecimal digits in a file for its owner alone.
func readKey(path string) (*sm.Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others may read it (%v): chmod 600", info.Mode().Perm())
	}
	text, err := os.ReadFile(path) //nolint:gosec // named by the operator
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, errors.New("it does not hold 64 hexadecimal digits")
	}
	defer clear(secret)
	return sm.NewKey(secret, keyUse, sm.SM4GCM)
}

// MakeKey makes a file with a fresh secret for a spool; it must not be there yet.
func MakeKey(path string) error {
	return durable.WriteNew(path, []byte(hex.EncodeToString(sm.NewSecret())+"\n"))
}

// bytesOf reads 10GiB, 500MiB or a plain number.
func bytesOf(text string) (int64, error) {
	for unit, size := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30} {
		if number, has := strings.CutSuffix(text, unit); has {
			n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
			return n * size, err
		}
	}
	return strconv.ParseInt(text, 10, 64)
}

// Listen opens the addresses inside; those with tls:// speak what old systems can.
func (o Options) Listen(ctx context.Context) (at Listeners, err error) {
	defer func() {
		if err != nil {
			at.close()
			at = Listeners{}
		}
	}()
	if at.MLLP, err = o.listen(ctx, "--mllp", o.MLLP); err != nil {
		return at, err
	}
	if at.Syslog, err = o.listen(ctx, "--syslog", o.Syslog); err != nil {
		return at, err
	}
	if o.SyslogUDP != "" {
		if at.SyslogUDP, err = (&net.ListenConfig{}).ListenPacket(ctx, "udp", o.SyslogUDP); err != nil {
			return at, cannotListen("--syslog-udp", err)
		}
	}
	return at, nil
}

func (o Options) listen(ctx context.Context, name, said string) (net.Listener, error) {
	if said == "" {
		return nil, nil
	}
	address, secure := strings.CutPrefix(said, overTLS)
	var old *tls.Config
	if secure {
		inside, err := tls.LoadX509KeyPair(o.InsideCertificate, o.InsideKey)
		if err != nil {
			return nil, errOptions.With().At("--inside-cert", fault.Text{ZH: "证书与 --inside-key 无法使用：" + err.Error(), EN: "cannot be used with --inside-key: " + err.Error() + "; tls:// needs both, in PEM"})
		}
		old = oldTLS(inside)
	}
	at, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, cannotListen(name, err)
	}
	if old != nil {
		return tls.NewListener(at, old), nil
	}
	return at, nil
}

func cannotListen(name string, err error) error {
	return errOptions.Because(err).At(name, fault.Text{ZH: "无法监听，请换一个空闲的本机地址", EN: "cannot be listened at: give a free address of this machine"})
}

// oldTLS is what systems can speak that are older than TLS 1.2; it adds to the clear, which
// they may speak as well, and only networks of --from reach it.
func oldTLS(inside tls.Certificate) *tls.Config {
	old := &tls.Config{MinVersion: tls.VersionTLS10, Certificates: []tls.Certificate{inside}} //nolint:gosec // see above
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		old.CipherSuites = append(old.CipherSuites, suite.ID)
	}
	return old
}

func (at Listeners) close() {
	for _, one := range []net.Listener{at.MLLP, at.Syslog} {
		if one != nil {
			_ = one.Close()
		}
	}
	if at.SyslogUDP != nil {
		_ = at.SyslogUDP.Close()
	}
}

// Places are where systems reach the agent, for people.
func (at Listeners) Places() string {
	var places []string
	if at.MLLP != nil {
		places = append(places, "MLLP "+at.MLLP.Addr().String())
	}
	if at.Syslog != nil {
		places = append(places, "syslog "+at.Syslog.Addr().String())
	}
	if at.SyslogUDP != nil {
		places = append(places, "syslog UDP "+at.SyslogUDP.LocalAddr().String())
	}
	return strings.Join(places, ", ")
}
