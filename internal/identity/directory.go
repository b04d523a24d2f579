package identity

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/medward/medward/internal/base/dial"
)

// directoryPatience bounds one question to a directory. A ward does not wait
// longer than that to learn that it must use another way.
const directoryPatience = 5 * time.Second

var (
	// errDirectoryWrong says that the directory knows somebody and not by this password.
	errDirectoryWrong = errors.New("identity: the directory does not take the password")
	// errDirectoryUnknown says that the directory knows nobody, or more than one.
	errDirectoryUnknown = errors.New("identity: the directory knows nobody of that name")
)

// askDirectory returns the staff number of whom the directory finds by a filter and
// takes the password of. Any error but [errDirectoryWrong] and
// [errDirectoryUnknown] means that it does not answer as it should.
func (r *Room) askDirectory(ctx context.Context, w Way, filter, password string) (number string, err error) {
	if password == "" {
		return "", errDirectoryWrong // a bind without a password is anonymous, and always succeeds
	}
	secret, err := r.secretOfWay(ctx, w)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, directoryPatience)
	defer cancel()
	s := *w.Settings.Directory
	conn, err := s.connect(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := conn.Bind(s.Bind, secret); err != nil {
		return "", fmt.Errorf("identity: binding to search the directory: %w", err)
	}
	found, err := conn.Search(ldap.NewSearchRequest(s.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases,
		2, int(directoryPatience/time.Second), false, filter, []string{s.Number}, nil))
	tooMany := ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded)
	switch {
	case err != nil && !tooMany:
		return "", fmt.Errorf("identity: searching the directory: %w", err)
	case tooMany || len(found.Entries) != 1:
		// The same is asked for a name that is of nobody, so that both take as long.
		_ = conn.Bind("cn=nobody,"+s.Base, password)
		return "", errDirectoryUnknown
	}
	err = conn.Bind(found.Entries[0].DN, password)
	switch {
	case ldap.IsErrorAnyOf(err, ldap.LDAPResultInvalidCredentials, ldap.LDAPResultUnwillingToPerform, ldap.LDAPResultConstraintViolation, ldap.LDAPResultInappropriateAuthentication):
		return "", errDirectoryWrong
	case err != nil:
		return "", fmt.Errorf("identity: binding as a person: %w", err)
	}
	return found.Entries[0].GetAttributeValue(s.Number), nil
}

// connect speaks to the directory by TLS, unless it is on this machine.
func (s DirectorySettings) connect(ctx context.Context) (*ldap.Conn, error) {
	address, tlsFirst, err := s.target()
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	way := dial.New(rootsOf(s.Roots))
	raw, err := way.Reach(ctx, dial.Destination{Address: address, Internal: true}, address)
	if err != nil {
		return nil, err
	}
	if tlsFirst {
		secured := tls.Client(raw, way.TLS(host))
		if err := secured.HandshakeContext(ctx); err != nil {
			return nil, errors.Join(err, raw.Close())
		}
		raw = secured
	}
	conn := ldap.NewConn(raw, tlsFirst)
	conn.SetTimeout(directoryPatience)
	conn.Start()
	if tlsFirst || onThisMachine(address) {
		return conn, nil
	}
	if err := conn.StartTLS(way.TLS(host)); err != nil {
		return nil, errors.Join(fmt.Errorf("identity: the directory does not offer StartTLS: %w", err), conn.Close())
	}
	return conn, nil
}
