package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// window is the one window of this process.
type window struct {
	version string
	session string
	leave   *leaving
	handed  handed
	ready   chan struct{}   // closed once what follows is there
	ctx     context.Context // of wails
	tells   bool            // the desktop shows notifications

	mu    sync.Mutex // guards what follows
	place placement
	told  int // notifications
}

// patience is how long a window that closes waits for its page.
const patience = 5 * time.Second

func newWindow(version string) *window {
	return &window{version: version, leave: newLeaving(patience), place: readPlacement(), ready: make(chan struct{})}
}

// started is called once the window can be spoken to.
func (w *window) started(ctx context.Context) {
	w.ctx = ctx
	w.mu.Lock()
	place := w.place
	w.mu.Unlock()
	place.apply(ctx)
	runtime.OnFileDrop(ctx, func(_, _ int, paths []string) {
		w.handed.add(paths...)
		runtime.EventsEmit(ctx, "files", paths)
	})
	w.tells = runtime.InitializeNotifications(ctx) == nil
	close(w.ready)
}

// wails gives the context by which the window is spoken to, once there is one.
func (w *window) wails() context.Context {
	<-w.ready
	return w.ctx
}

// loaded is called whenever the page is there, also after it was loaded again.
func (w *window) loaded(context.Context) {
	w.leave.shown.Store(true)
	w.showZoom()
}

// raise brings the window to the front: a second start asks for it.
func (w *window) raise() {
	runtime.WindowShow(w.wails())
	runtime.WindowUnminimise(w.wails()) // which also puts it before the others
}

// closing is called when a person or the system wants the window to close. True keeps it open.
func (w *window) closing(ctx context.Context) bool {
	w.remember(ctx)
	return w.leave.prevents(ctx, func() { runtime.EventsEmit(ctx, "flush") })
}

// remember keeps the window's place. One that cannot be kept is no reason to stay open.
func (w *window) remember(ctx context.Context) {
	w.look(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.place.write(); err != nil {
		runtime.LogWarning(ctx, "the window's place is not remembered: "+err.Error())
	}
}

// look sees how the window stands. Once it is maximised, nobody can say any more which size it goes back to.
func (w *window) look(ctx context.Context) {
	s := stanceOf(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.place.look(s)
}

// notify shows a notification of the desktop. Where there is no such thing, the page has said it already.
func (w *window) notify(title, text string) error {
	ctx := w.wails()
	if !w.tells {
		return nil
	}
	w.mu.Lock()
	w.told++
	id := fmt.Sprint(w.told)
	w.mu.Unlock()
	return runtime.SendNotification(ctx, runtime.NotificationOptions{ID: id, Title: title, Body: text})
}

func (w *window) about() {
	_, err := runtime.MessageDialog(w.wails(), runtime.MessageDialogOptions{
		Type: runtime.InfoDialog, Title: "Fieldbook", Message: "Fieldbook " + w.version + "\n" + w.say("The engineering record of a plant."),
	})
	if err != nil {
		runtime.LogWarning(w.wails(), "showing what this is: "+err.Error())
	}
}
