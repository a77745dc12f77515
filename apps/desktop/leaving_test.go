package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// shown is a window with a page in it.
func shown(limit time.Duration) *leaving {
	l := newLeaving(limit)
	l.shown.Store(true)
	return l
}

// TestWindowWaitsForItsPage: it closes once the page has saved its drafts and every request that changes something is
// answered, whichever comes last.
func TestWindowWaitsForItsPage(t *testing.T) {
	l := shown(time.Hour)
	saving, saved := make(chan struct{}), make(chan struct{})
	handler := l.track(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(saving)
		<-saved
	}))
	go handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPatch, "/api/assets/1", nil))
	<-saving
	closed, asked := make(chan bool), make(chan struct{})
	go func() { closed <- l.prevents(context.Background(), func() { close(asked) }) }()
	<-asked
	select {
	case <-closed:
		t.Fatal("it closed before the page had answered")
	default:
	}
	l.flushed()
	select {
	case <-closed:
		t.Fatal("it closed in the middle of a request")
	default:
	}
	close(saved)
	if <-closed {
		t.Error("it stays open")
	}
}

// TestReadingKeepsNoWindowOpen: the page always has a request open that waits for news.
func TestReadingKeepsNoWindowOpen(t *testing.T) {
	l := shown(time.Hour)
	reading, end := make(chan struct{}), make(chan struct{})
	defer close(end)
	handler := l.track(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(reading)
		<-end
	}))
	go handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/api/changes", nil))
	<-reading
	if l.prevents(context.Background(), l.flushed) {
		t.Error("it stays open")
	}
}

// TestHungPageKeepsNoWindowOpen: there is an end to waiting, and without a page nothing to wait for.
func TestHungPageKeepsNoWindowOpen(t *testing.T) {
	if shown(time.Millisecond).prevents(context.Background(), func() {}) {
		t.Error("a page that does not answer keeps the window open")
	}
	if newLeaving(time.Hour).prevents(context.Background(), func() { t.Error("nobody is there to be asked") }) {
		t.Error("no page keeps the window open")
	}
}

// TestClosingTwice: who clicks again while the window closes does not cut it short.
func TestClosingTwice(t *testing.T) {
	l := shown(time.Hour)
	closed := l.prevents(context.Background(), func() {
		if !l.prevents(context.Background(), func() {}) {
			t.Error("the second click closes at once")
		}
		l.flushed()
	})
	if closed {
		t.Error("it stays open")
	}
}
