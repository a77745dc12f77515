package localapi

import (
	"context"
	"fieldbook/workspace"
)

func voidNote(context.Context, *workspace.Workspace, *at[Reason]) (Written, error) {
	return Written{}, misuse("A note cannot be struck yet; amend it.")
}
