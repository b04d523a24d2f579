package house

import (
	"bytes"
	"encoding/json"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/amendment"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/console"
	"github.com/medward/medward/internal/deadline"
	"github.com/medward/medward/internal/debarment"
	"github.com/medward/medward/internal/decide"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange"
	feeds "github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/figures"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/lineage"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/retention"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/sysaccount"
	"github.com/medward/medward/internal/template"
)

// Describe returns the description of the API without opening a store.
func Describe(version string) ([]byte, error) {
	s := web.New(version)
	for _, room := range []interface{ Routes(*web.Server) }{
		&identity.Room{}, &staff.Room{}, &patient.Room{}, &duty.Room{}, &debarment.Room{}, &record.Room{}, &access.Room{}, &consent.Room{}, &recipient.Room{}, &sharing.Room{}, &output.Room{}, &privilege.Room{}, &template.Room{}, &retention.Room{}, &source.Room{}, &order.Room{}, &intake.Room{}, &feeds.Room{}, &exchange.Room{}, &handover.Room{}, &amendment.Room{}, &sysaccount.Room{}, &deadline.Room{}, &accesslog.Room{}, &console.Room{}, &inspection.Room{}, &lineage.Room{}, &figures.Room{}, &decide.Room{},
	} {
		room.Routes(s)
	}
	text, err := s.OpenAPI()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = json.Indent(&out, text, "", "  ")
	out.WriteByte('\n')
	return out.Bytes(), err
}
