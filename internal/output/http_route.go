package output

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

type forwardOut struct{ Body forwardBody }

func (room *Room) postForward(ctx context.Context, in *struct {
	Body struct {
		Document string    `json:"document" maxLength:"40"`
		To       string    `json:"to" maxLength:"40" doc:"person"`
		Until    time.Time `json:"until"`
	}
}) (*forwardOut, error) {
	f, err := room.Forward(ctx, in.Body.Document, in.Body.To, in.Body.Until)
	return &forwardOut{wireForward(f)}, err
}

func (room *Room) postOpenForward(ctx context.Context, in *web.OfID) (*forwardOut, error) {
	f, err := room.OpenForward(ctx, in.ID)
	return &forwardOut{wireForward(f)}, err
}

type channelsOut struct {
	Body struct {
		Items        []channelBody  `json:"items"`
		Unregistered map[string]int `json:"unregistered" doc:"questions about routes that are not registered, in the last 30 days"`
	}
}

func (room *Room) getChannels(ctx context.Context, _ *struct{}) (*channelsOut, error) {
	all, used, err := room.Channels(ctx)
	out := &channelsOut{}
	out.Body.Items, out.Body.Unregistered = make([]channelBody, len(all)), used[""]
	for i, c := range all {
		out.Body.Items[i] = wireChannel(c, used[c.ID])
	}
	return out, err
}

type channelOut struct{ Body channelBody }

func (room *Room) putChannel(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Name    string    `json:"name" maxLength:"320"`
		Network string    `json:"network" enum:"internal,dedicated,public"`
		Tunnel  bool      `json:"tunnel,omitempty" doc:"sealed from end to end, and approved as such"`
		Carries int       `json:"carries" minimum:"1" maximum:"5" doc:"up to this level"`
		Until   time.Time `json:"until"`
	}
}) (*channelOut, error) {
	b := in.Body
	c, err := room.SetChannel(ctx, Channel{ID: in.ID, Name: b.Name, Network: b.Network, Tunnel: b.Tunnel, Carries: b.Carries, Until: b.Until})
	return &channelOut{wireChannel(c, nil)}, err
}

type sendOut struct {
	Body struct {
		ID      string    `json:"id"`
		Outcome string    `json:"outcome" enum:"allowed"`
		At      time.Time `json:"at"`
	}
}

func (room *Room) postSend(ctx context.Context, in *struct {
	Body struct {
		Channel string `json:"channel" maxLength:"40"`
		Level   int    `json:"level" minimum:"1" maximum:"5"`
	}
}) (*sendOut, error) {
	s, err := room.MaySend(ctx, in.Body.Channel, in.Body.Level)
	out := &sendOut{}
	out.Body.ID, out.Body.Outcome, out.Body.At = s.ID, s.Outcome, s.At
	return out, err
}

type eventOut struct {
	Body struct {
		ID    string `json:"id"`
		Issue string `json:"issue,omitempty" doc:"that the code on the content names"`
	}
}

func (room *Room) postEvent(ctx context.Context, in *struct {
	Body struct {
		Source    string    `json:"source" maxLength:"40"`
		Reference string    `json:"reference" maxLength:"320" doc:"the source's own number: reported once"`
		Kind      string    `json:"kind" enum:"mail,chat,net-disk,removable-media,print,screenshot,upload,transfer"`
		Outcome   string    `json:"outcome" enum:"blocked,held,passed"`
		Person    string    `json:"person,omitempty" maxLength:"40"`
		Patients  int       `json:"patients,omitempty" minimum:"0"`
		Bytes     int64     `json:"bytes,omitempty" minimum:"0"`
		Code      string    `json:"code,omitempty" maxLength:"60" doc:"a code found on the content"`
		Words     string    `json:"words,omitempty" maxLength:"2000"`
		Happened  time.Time `json:"happened"`
	}
}) (*eventOut, error) {
	v, err := room.Report(ctx, Reporting(in.Body))
	out := &eventOut{}
	out.Body.ID, out.Body.Issue = v.ID, v.Code
	return out, err
}

type stationOut struct {
	Body struct {
		ID     string    `json:"id"`
		Secret string    `json:"secret" doc:"for the station; it is shown once"`
		Until  time.Time `json:"until"`
	}
}

func (room *Room) postStation(ctx context.Context, in *struct {
	Body struct {
		Name  string    `json:"name" maxLength:"320"`
		Place string    `json:"place,omitempty" maxLength:"320"`
		Until time.Time `json:"until"`
	}
}) (*stationOut, error) {
	s, secret, err := room.SetStation(ctx, in.Body.Name, in.Body.Place, in.Body.Until)
	out := &stationOut{}
	out.Body.ID, out.Body.Secret, out.Body.Until = s.ID, secret, s.Until
	return out, err
}

type badgeOut struct {
	Body struct {
		ID    string    `json:"id"`
		Until time.Time `json:"until"`
	}
}

func (room *Room) postBadge(ctx context.Context, in *struct {
	Body struct {
		Person string    `json:"person" maxLength:"40"`
		Number string    `json:"number" maxLength:"320"`
		Until  time.Time `json:"until"`
	}
}) (*badgeOut, error) {
	b, err := room.SetBadge(ctx, in.Body.Person, in.Body.Number, in.Body.Until)
	out := &badgeOut{}
	out.Body.ID, out.Body.Until = b.ID, b.Until
	return out, err
}

type forwardsOut struct {
	Body struct {
		web.Page[pointedBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getForwards(ctx context.Context, in *web.Paging) (*forwardsOut, error) {
	seen, err := room.Forwards(ctx, in.Cursor, in.Limit)
	out := &forwardsOut{}
	out.Body.Page, out.Body.Names = web.Shown(seen.Page, wirePointed), staff.WireNames(seen.Names)
	return out, err
}

type stationsOut struct {
	Body struct {
		web.Page[registeredStationBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getStations(ctx context.Context, in *web.Paging) (*stationsOut, error) {
	seen, err := room.Stations(ctx, in.Cursor, in.Limit)
	out := &stationsOut{}
	out.Body.Page, out.Body.Names = web.Shown(seen.Page, wireStation), staff.WireNames(seen.Names)
	return out, err
}

type badgesOut struct {
	Body struct {
		web.Page[registeredBadgeBody]
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getBadges(ctx context.Context, in *web.Paging) (*badgesOut, error) {
	seen, err := room.Badges(ctx, in.Cursor, in.Limit)
	out := &badgesOut{}
	out.Body.Page, out.Body.Names = web.Shown(seen.Page, wireBadge), staff.WireNames(seen.Names)
	return out, err
}
