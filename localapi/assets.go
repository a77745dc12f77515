package localapi

import (
	"context"
	"strings"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

// query reads the filters of a list.
func (f Filter) query() (q projections.ListQuery, err error) {
	return Selection(f).query()
}

func (f Selection) query() (q projections.ListQuery, err error) {
	q = projections.ListQuery{Search: f.Search, Site: f.Site}
	for _, text := range f.Where {
		c, err := projections.ParseCondition(text)
		if err != nil {
			return q, err
		}
		q.Where = append(q.Where, c)
	}
	return q, nil
}

func (l Listed) query(w *workspace.Workspace) (projections.ListQuery, error) {
	q, err := l.Selection.query()
	if err == nil {
		q.AsOf, err = momentOf(w, l.AsOf)
	}
	q.Sort, q.IncludeVoid = l.Sort, l.IncludeVoid
	return q, err
}

func listAssets(ctx context.Context, w *workspace.Workspace, in *assetsInput) (page AssetPage, err error) {
	q, err := Listed{Selection(in.Filter), in.Sort, in.AsOf, in.IncludeVoid}.query(w)
	if err != nil {
		return page, err
	}
	q.Offset, q.Limit = in.Offset, in.Limit
	if in.Columns != "" {
		q.Columns = strings.Split(in.Columns, ",")
	}
	found, err := w.List(ctx, q)
	if err != nil {
		return page, err
	}
	page = AssetPage{Total: found.Total, Items: make([]AssetRow, len(found.Items))}
	for i, item := range found.Items {
		page.Items[i] = AssetRow(item)
	}
	return page, nil
}

// maxFacets bounds the values of a field that are counted.
const maxFacets = 200

func listFacets(ctx context.Context, w *workspace.Workspace, in *facetsInput) ([]Facet, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	found, err := w.Facets(ctx, in.Field, q)
	list := make([]Facet, min(len(found), maxFacets))
	for i := range list {
		list[i] = Facet(found[i])
	}
	return list, err
}

func listHeaders(ctx context.Context, w *workspace.Workspace, _ *none) ([]string, error) {
	return w.Headers(ctx)
}

func addAsset(ctx context.Context, w *workspace.Workspace, in *body[NewAsset]) (Written, error) {
	entry, err := entryOf(w, in.Body.Reason, in.Body.ObservedAt)
	if err != nil {
		return Written{}, err
	}
	done, err := w.AddAsset(ctx, entry, in.Body.Tag, assignments(in.Body.Fields))
	return written(done, atFields(err, record.Asset, in.Body.Fields, w.Zone()))
}

func editAsset(ctx context.Context, w *workspace.Workspace, in *at[FieldsEdit]) (Written, error) {
	entry, err := entryOf(w, in.Body.Reason, in.Body.ObservedAt)
	if err != nil {
		return Written{}, err
	}
	done, err := w.SetAsset(ctx, entry, in.Ref, assignments(in.Body.Fields))
	return written(done, atFields(err, record.Asset, in.Body.Fields, w.Zone()))
}

func swapUnit(ctx context.Context, w *workspace.Workspace, in *at[FieldsEdit]) (Written, error) {
	entry, err := entryOf(w, in.Body.Reason, in.Body.ObservedAt)
	if err != nil {
		return Written{}, err
	}
	done, err := w.SwapUnit(ctx, entry, in.Ref, assignments(in.Body.Fields))
	return written(done, atFields(err, record.Asset, in.Body.Fields, w.Zone()))
}

func retireAsset(ctx context.Context, w *workspace.Workspace, in *at[Reason]) (Written, error) {
	return written(w.Retire(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref))
}

func reinstateAsset(ctx context.Context, w *workspace.Workspace, in *at[Reason]) (Written, error) {
	return written(w.Reinstate(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref))
}

func voidAsset(ctx context.Context, w *workspace.Workspace, in *at[Reason]) (Written, error) {
	return written(w.Void(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref))
}

func mergeAsset(ctx context.Context, w *workspace.Workspace, in *at[Merging]) (Written, error) {
	return written(w.Merge(ctx, workspace.Entry{Reason: in.Body.Reason}, in.Ref, in.Body.Into))
}

func listSites(ctx context.Context, w *workspace.Workspace, _ *none) ([]Site, error) {
	found, err := w.Sites(ctx)
	list := make([]Site, len(found))
	for i, v := range found {
		list[i] = Site{v.ID, v.Code, v.Name, v.Sector, v.Address, v.TZ, v.Assets, v.Concurrent, v.Heads}
	}
	return list, err
}

func editSite(ctx context.Context, w *workspace.Workspace, in *siteInput) (Written, error) {
	entry, err := entryOf(w, in.Body.Reason, in.Body.ObservedAt)
	if err != nil {
		return Written{}, err
	}
	done, err := w.SetSite(ctx, entry, in.Code, assignments(in.Body.Fields))
	return written(done, atFields(err, record.Site, in.Body.Fields, w.Zone()))
}
