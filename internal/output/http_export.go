package output

import (
	"context"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

type listsOut struct {
	Body struct {
		Items []sourceBody `json:"items"`
	}
}

func (room *Room) getLists(ctx context.Context, _ *struct{}) (*listsOut, error) {
	all, err := room.Sources(ctx)
	out := &listsOut{}
	out.Body.Items = make([]sourceBody, len(all))
	for i, s := range all {
		out.Body.Items[i] = sourceBody{s.ID, s.Name, s.Columns, append([]string{}, s.Filters...)}
	}
	return out, err
}

type exportOut struct{ Body ExportBody }

func (room *Room) postExport(ctx context.Context, in *struct {
	Body struct {
		List     string            `json:"list" maxLength:"40"`
		Filter   map[string]string `json:"filter,omitempty"`
		Columns  []string          `json:"columns,omitempty" maxItems:"40" doc:"ids; all when absent"`
		Format   string            `json:"format" enum:"csv,xlsx"`
		Profile  string            `json:"profile" maxLength:"40"`
		Case     string            `json:"case,omitempty" maxLength:"240"`
		Unmasked bool              `json:"unmasked,omitempty"`
		Words    string            `json:"words,omitempty" maxLength:"2000" doc:"why unmasked"`
	}
}) (*exportOut, error) {
	x, err := room.Ask(ctx, AskingFor(in.Body))
	return &exportOut{wireExport(x)}, err
}

type exportsOut struct {
	Body struct {
		Items []ExportBody              `json:"items"`
		Next  string                    `json:"next,omitempty"`
		Names map[string]staff.NameBody `json:"names"`
	}
}

func (room *Room) getExports(ctx context.Context, in *web.Paging) (*exportsOut, error) {
	page, err := room.Exports(ctx, in.Cursor, in.Limit)
	out := &exportsOut{}
	out.Body.Items, out.Body.Next, out.Body.Names = make([]ExportBody, len(page.Items)), page.Next, staff.WireNames(page.Names)
	for i, x := range page.Items {
		out.Body.Items[i] = wireExport(x)
	}
	return out, err
}

type seenExportOut struct{ Body seenExportBody }

func (room *Room) getExport(ctx context.Context, in *web.OfID) (*seenExportOut, error) {
	s, err := room.ViewExport(ctx, in.ID)
	return &seenExportOut{wireSeenExport(s)}, err
}

// onExport is a step that needs nothing but its export.
func (room *Room) onExport(do func(ctx context.Context, export string) (Export, error)) func(context.Context, *web.OfID) (*exportOut, error) {
	return func(ctx context.Context, in *web.OfID) (*exportOut, error) {
		x, err := do(ctx, in.ID)
		return &exportOut{wireExport(x)}, err
	}
}

type approvedOut struct {
	Body struct {
		ExportBody
		ReleaseCode string `json:"releaseCode,omitempty" doc:"of the second approval, for whoever asked; it is shown once"`
	}
}

func (room *Room) postApprove(ctx context.Context, in *web.OfID) (*approvedOut, error) {
	x, code, err := room.Approve(ctx, in.ID)
	out := &approvedOut{}
	out.Body.ExportBody, out.Body.ReleaseCode = wireExport(x), code
	return out, err
}

func (room *Room) postDispose(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Release bool `json:"release" doc:"true: it goes on; false: the suspicion is confirmed"`
	}
}) (*exportOut, error) {
	x, err := room.Dispose(ctx, in.ID, in.Body.Release)
	return &exportOut{wireExport(x)}, err
}

type fetchedOut struct{ Body fetchedBody }

func (room *Room) postDownload(ctx context.Context, in *struct {
	web.OfID
	Body struct {
		Code string `json:"code,omitempty" maxLength:"40" doc:"release code, where the export needs one"`
	}
}) (*fetchedOut, error) {
	f, err := room.Download(ctx, in.ID, in.Body.Code)
	return &fetchedOut{wireFetched(f)}, err
}
