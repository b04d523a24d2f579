package output

import (
	"context"
)

type madeOut struct{ Body MadeBody }

func (room *Room) postPrint(ctx context.Context, in *struct {
	Body struct {
		Documents []Wanted `json:"documents" maxItems:"50"`
		Profile   string   `json:"profile" maxLength:"40"`
		Copies    int      `json:"copies,omitempty" minimum:"1" maximum:"20" default:"1"`
		Recipient string   `json:"recipient,omitempty" maxLength:"320" doc:"whom it is for"`
		Case      string   `json:"case,omitempty" maxLength:"240"`
		Format    string   `json:"format,omitempty" enum:"html,pdf" default:"html"`
		Hold      bool     `json:"hold,omitempty" doc:"it waits in the queue until its owner fetches it"`
	}
}) (*madeOut, error) {
	b := in.Body
	m, err := room.Print(ctx, Printing{
		Documents: b.Documents, Profile: b.Profile, Copies: b.Copies, Recipient: b.Recipient, Case: b.Case, Media: MediaOf(b.Format), Hold: b.Hold,
	})
	return &madeOut{WireMade(m)}, err
}

// MediaOf is the media type of a format that a copy may have; empty for any other.
func MediaOf(format string) string {
	switch format {
	case "html":
		return HTML
	case "pdf":
		return PDF
	}
	return ""
}

type heldOut struct {
	Body struct {
		Items []holdBody `json:"items"`
	}
}

func (room *Room) getPrints(ctx context.Context, _ *struct{}) (*heldOut, error) {
	waiting, err := room.Queue(ctx)
	out := &heldOut{}
	out.Body.Items = make([]holdBody, len(waiting))
	for i, h := range waiting {
		out.Body.Items[i] = wireHold(h)
	}
	return out, err
}

type sheetsOut struct{ Body sheetsBody }

func (room *Room) postRelease(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"40"`
}) (*sheetsOut, error) {
	s, err := room.Release(ctx, in.ID)
	return &sheetsOut{wireSheets(s)}, err
}

type holdOut struct{ Body holdBody }

func (room *Room) postCancelPrint(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"40"`
}) (*holdOut, error) {
	h, err := room.CancelPrint(ctx, in.ID)
	return &holdOut{wireHold(h)}, err
}

type fetchedPrintsOut struct {
	Body struct {
		Items []sheetsBody `json:"items"`
	}
}

func (room *Room) postFetch(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"40"`
	Body struct {
		Secret string `json:"secret" maxLength:"100"`
		Badge  string `json:"badge" maxLength:"320"`
	}
}) (*fetchedPrintsOut, error) {
	all, err := room.Fetch(ctx, in.ID, in.Body.Secret, in.Body.Badge)
	out := &fetchedPrintsOut{}
	for _, s := range all {
		out.Body.Items = append(out.Body.Items, wireSheets(s))
	}
	return out, err
}

func (room *Room) postCopy(ctx context.Context, in *struct {
	Body struct {
		Document   string `json:"document" maxLength:"40"`
		Version    int    `json:"version,omitempty" minimum:"0"`
		Characters int    `json:"characters" minimum:"1" maximum:"5000"`
	}
}) (*madeOut, error) {
	m, err := room.Copy(ctx, in.Body.Document, in.Body.Version, in.Body.Characters)
	return &madeOut{WireMade(m)}, err
}

type verifiedOut struct{ Body verifiedBody }

func (room *Room) getVerify(ctx context.Context, in *struct {
	Code string `path:"code" maxLength:"60"`
}) (*verifiedOut, error) {
	v, err := room.Verify(ctx, in.Code, nil)
	return &verifiedOut{wireVerified(v)}, err
}

func (room *Room) postVerify(ctx context.Context, in *struct {
	Code    string `path:"code" maxLength:"60"`
	RawBody []byte `contentType:"application/octet-stream"`
}) (*verifiedOut, error) {
	file := in.RawBody
	if file == nil {
		file = []byte{}
	}
	v, err := room.Verify(ctx, in.Code, file)
	return &verifiedOut{wireVerified(v)}, err
}
