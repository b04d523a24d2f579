package dial

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Mail is one letter in plain text.
type Mail struct {
	ID       string // unique; becomes the Message-ID
	From, To string // bare addresses
	Subject  string
	Text     string
	At       time.Time
	User     string // no authentication when empty
	Password string
}

var errNoTLS = fault.Define("dial.no-tls", fault.Refused,
	"邮件服务器不支持加密，消息未发送。", "The mail server does not offer encryption; nothing was sent.",
	"use port 465 or a server with STARTTLS, or register the server as internal and plain")

// CheckAddress reports whether text is one bare mail address.
func CheckAddress(text string) error {
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || strings.ContainsAny(text, "\r\n") {
		return errAddress.Because(err)
	}
	return nil
}

// Send hands a letter to a mail server: over TLS at port 465, elsewhere after
// STARTTLS, which the server must offer unless the destination is plain.
func (d *Dialer) Send(ctx context.Context, to Destination, m Mail) error {
	if err := errors.Join(to.CheckMail(), CheckAddress(m.From), CheckAddress(m.To)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := d.connect(ctx, to, "tcp", to.Address)
	if err != nil {
		return unreached(err)
	}
	defer func() { _ = conn.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	host, port, _ := net.SplitHostPort(to.Address)
	encrypted := port == "465"
	if encrypted {
		conn = tls.Client(conn, d.tls(host))
	}
	client, err := smtp.NewClient(conn, host)
	if err != nil {
		return unreached(err)
	}
	if !encrypted {
		switch offered, _ := client.Extension("STARTTLS"); {
		case offered:
			err = client.StartTLS(d.tls(host))
		case !to.Plain:
			err = errNoTLS.With()
		}
	}
	if err == nil {
		err = deliver(client, host, m)
	}
	return unreached(err)
}

func deliver(client *smtp.Client, host string, m Mail) error {
	if m.User != "" {
		if err := client.Auth(smtp.PlainAuth("", m.User, m.Password, host)); err != nil {
			return err
		}
	}
	if err := client.Mail(m.From); err != nil {
		return err
	}
	if err := client.Rcpt(m.To); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(m.encode()); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = client.Quit() // the letter is taken; sending it again because of a bad farewell would be worse
	return nil
}

// encode writes the letter as RFC 5322 and MIME have it, in base64, so that no line
// of it can be taken for anything else.
func (m Mail) encode() []byte {
	var w bytes.Buffer
	for _, h := range [][2]string{
		{"From", m.From}, {"To", m.To}, {"Subject", mime.BEncoding.Encode("utf-8", m.Subject)}, {"Date", m.At.Format(time.RFC1123Z)},
		{"Message-ID", "<" + m.ID + "@medward>"}, {"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "base64"}, {"Auto-Submitted", "auto-generated"},
	} {
		w.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	w.WriteString("\r\n")
	text := base64.StdEncoding.EncodeToString([]byte(m.Text))
	const line = 76
	for len(text) > line {
		w.WriteString(text[:line] + "\r\n")
		text = text[line:]
	}
	w.WriteString(text + "\r\n")
	return w.Bytes()
}

// unreached keeps an error that says what is wrong and gives all others a name.
func unreached(err error) error {
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*fault.Error](err); ok {
		return known
	}
	return errUnreached.Because(err)
}
