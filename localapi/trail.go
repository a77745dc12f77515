package localapi

import (
	"context"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// query reads the filters of the trail.
func (q TrailFilter) query(w *workspace.Workspace) (out workspace.TrailQuery, err error) {
	out = workspace.TrailQuery{
		Asset: q.Asset, Stream: q.Stream, Member: q.Member, Device: q.Device, Field: q.Field, Type: q.Type, Source: q.Source, State: q.State,
	}
	if out.Since, err = momentOf(w, q.Since); err != nil {
		return out, err
	}
	out.Until, err = momentOf(w, q.Until)
	return out, err
}

func listTrail(ctx context.Context, w *workspace.Workspace, in *trailInput) (page TrailPage, err error) {
	q, err := TrailFilter(in.TrailQuery).query(w)
	if err != nil {
		return page, err
	}
	q.Oldest, q.Fold, q.Cursor, q.Limit = in.Order == "asc", in.Fold, in.Cursor, in.Limit
	found, err := w.Trail(ctx, q)
	if err != nil {
		return page, err
	}
	return TrailPage{Items: rows(found.Items), Next: found.Next}, nil
}

func getTrailSpan(ctx context.Context, w *workspace.Workspace, in *spanInput) (span TrailSpan, err error) {
	q, err := TrailFilter(in.TrailQuery).query(w)
	if err != nil {
		return span, err
	}
	found, err := w.TrailSpan(ctx, q, in.Buckets)
	if err != nil {
		return span, err
	}
	span = TrailSpan{First: instant(found.First), Last: instant(found.Last), Events: found.Events}
	for _, b := range found.Buckets {
		if at := instant(&b.At); at != nil {
			span.Buckets = append(span.Buckets, Bucket{*at, b.Count})
		}
	}
	return span, nil
}

func listNews(ctx context.Context, w *workspace.Workspace, in *newsInput) (news News, err error) {
	found, err := w.News(ctx, in.After, in.Limit)
	return News{Position: found.Position, Total: found.Total, Items: rows(found.Items)}, err
}

func undo(ctx context.Context, w *workspace.Workspace, in *body[Undo]) (Written, error) {
	ref := workspace.EventRef{Device: in.Body.Device, Epoch: in.Body.Epoch, Seq: in.Body.Seq}
	return written(w.Undo(ctx, workspace.Entry{Reason: in.Body.Reason}, ref))
}

func rows(found []projections.TrailRow) []TrailRow {
	list := make([]TrailRow, len(found))
	for i, r := range found {
		list[i] = TrailRow{
			Position: r.Position, Device: r.Device, Epoch: r.Epoch, Seq: r.Seq, Hash: r.Hash, Member: r.Member, MemberID: r.MemberID,
			RecordedAt: instant(r.RecordedAt), ReceivedAt: instant(r.ReceivedAt), ObservedAt: instant(r.ObservedAt),
			Type: r.Type, Stream: r.Stream, Tag: r.Tag, Field: r.Field, Before: wordsOrNull(r.Before), After: wordsOrNull(r.After),
			Reason: r.Reason, Source: r.Source, SourceName: r.SourceName, State: r.State, Late: r.Late, Undoable: r.Undoable, Act: (*Act)(r.Act),
		}
	}
	return list
}
