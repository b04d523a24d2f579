package identity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// providerPatience bounds one try of a provider.
const providerPatience = 10 * time.Second

// TryWay asks a way as somebody is about to set it, and fails with what is wrong: a
// directory is bound to and searched, a provider asked for its addresses. The other
// kinds have nobody to be asked. Whoever may not set a way has none tried.
func (r *Room) TryWay(ctx context.Context, n NewWay) error {
	const verb = "identity.try-way"
	if err := r.mustBeKnown(ctx, verb); err != nil {
		return err
	}
	tried := n.way(act.From(ctx), r.desk.Now())
	if err := tried.check(); err != nil {
		return err
	}
	if tried.Kind != Directory && tried.Kind != Provider {
		return nil
	}
	var kept Way
	err := r.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if err := w.Permit(ctx, houseOf(tried.Org)); err != nil {
			return err
		}
		w.Note("kind", string(tried.Kind))
		if n.ID != "" && n.Secret == "" {
			kept, err = findWay(ctx, w, tried.Org, n.ID)
		}
		return err
	})
	if err != nil {
		return r.doubted(ctx, err)
	}
	secret := n.Secret
	if kept.ID != "" {
		if secret, err = r.secretOfWay(ctx, kept); err != nil {
			return err
		}
	}
	if tried.Kind == Directory {
		return tried.Settings.Directory.try(ctx, secret)
	}
	return tried.Settings.Provider.try(ctx)
}

// try binds and searches as a sign-in would, and says which setting is wrong.
func (s DirectorySettings) try(ctx context.Context, secret string) error {
	const field = "body.settings.directory."
	ctx, cancel := context.WithTimeout(ctx, directoryPatience)
	defer cancel()
	conn, err := s.connect(ctx)
	if err != nil {
		return notAnswered(field+"address", err, fault.Text{
			ZH: "连接不上，请核对地址、端口和颁发机构证书", EN: "is not reached; check the address, the port and the authorities",
		})
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := conn.Bind(s.Bind, secret); err != nil {
		return notAnswered(field+"bind", err, fault.Text{
			ZH: "目录不接受查询账号或其密码", EN: "is not taken by the directory, or its password is not",
		})
	}
	for _, asked := range []struct {
		field, filter string
		mustFind      bool
		says          fault.Text
	}{
		{"base", "(objectClass=*)", true, fault.Text{ZH: "目录中没有此查询范围", EN: "is not in the directory"}},
		{"filter", s.filterFor("medward"), false, fault.Text{ZH: "目录不接受此过滤式", EN: "is not taken by the directory"}},
		{"number", fmt.Sprintf("(%s=*)", s.Number), true, fault.Text{ZH: "查询范围内没有人有此属性", EN: "is an attribute of nobody under the base"}},
	} {
		found, err := conn.Search(ldap.NewSearchRequest(s.Base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases,
			1, int(directoryPatience/time.Second), false, asked.filter, []string{s.Number}, nil))
		more := ldap.IsErrorWithCode(err, ldap.LDAPResultSizeLimitExceeded)
		switch {
		case err != nil && !more:
			return notAnswered(field+asked.field, err, asked.says)
		case asked.mustFind && !more && len(found.Entries) == 0:
			return notAnswered(field+asked.field, errDirectoryUnknown, asked.says)
		}
	}
	return nil
}

// try asks a provider for its addresses.
func (s ProviderSettings) try(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, providerPatience)
	defer cancel()
	if _, _, err := s.discover(ctx); err != nil {
		return notAnswered("body.settings.provider.issuer", err, fault.Text{
			ZH: "没有取得认证服务的配置，请核对地址、颁发机构证书和是否位于院内", EN: "gives no configuration; check the address, the authorities and whether it stands inside",
		})
	}
	return nil
}

func notAnswered(field string, cause error, says fault.Text) error {
	if errors.Is(cause, context.Canceled) {
		return cause
	}
	return errUntried.Because(cause).At(field, says)
}
