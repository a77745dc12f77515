package localapi

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"fieldbook/workspace"
)

// idle calls fire when nothing was done for a while.
type idle struct {
	fire func()

	mu    sync.Mutex
	after time.Duration // 0: never
	timer *time.Timer
}

// set begins to wait anew, for another time; 0 waits for nothing.
func (i *idle) set(after time.Duration) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.timer != nil {
		i.timer.Stop()
		i.timer = nil
	}
	if i.after = after; after > 0 {
		i.timer = time.AfterFunc(after, i.fire)
	}
}

// touch says that something was done.
func (i *idle) touch() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.timer != nil {
		i.timer.Reset(i.after)
	}
}

// lockSetting is the key under which the user interface keeps after how many minutes the workspace locks.
const lockSetting = "setting/lock"

// usualIdle is how long the program waits before it locks while nobody has said otherwise; the user interface shows the same.
const usualIdle = 15 * time.Minute

// maxIdle is the longest time to wait before locking; whoever wants none keeps 0.
const maxIdle = 24 * time.Hour

// readLock reads the setting; what nobody has set, or cannot be read, is as usual: an unattended record does not stay open.
func readLock(ctx context.Context, w *workspace.Workspace) time.Duration {
	kept, err := w.Kept(ctx, lockSetting)
	if err != nil {
		return usualIdle
	}
	for _, k := range kept {
		if k.Key == lockSetting {
			return lockTime(k.Value)
		}
	}
	return usualIdle
}

func lockTime(value []byte) time.Duration {
	var setting struct {
		Minutes *float64 `json:"minutes"`
	}
	if json.Unmarshal(value, &setting) != nil || setting.Minutes == nil || *setting.Minutes < 0 {
		return usualIdle
	}
	return time.Duration(min(*setting.Minutes, maxIdle.Minutes()) * float64(time.Minute))
}
