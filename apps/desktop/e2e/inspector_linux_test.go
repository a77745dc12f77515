package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// page is the page in a window, seen through WebKit's inspector: one request at a time.
type page struct {
	t      *testing.T
	conn   *websocket.Conn
	target string
	last   int
}

// patience is how long a test waits for what must come.
const patience = 3 * time.Minute

// until tries a condition again and again until it holds.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	end := time.After(patience)
	for !holds() {
		select {
		case <-ticker.C:
		case <-end:
			t.Fatalf("%s: not within %s", what, patience)
		}
	}
}

// freeAddress is one on loopback that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

var socketPath = regexp.MustCompile(`/socket/\d+/\d+/WebPage`)

// inspect connects to the page of the window whose inspector is at the address.
func inspect(t *testing.T, address string) *page {
	t.Helper()
	var path string
	until(t, "the inspector lists a page", func() bool {
		answer, err := http.Get("http://" + address + "/")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		list, err := io.ReadAll(answer.Body)
		path = socketPath.FindString(string(list))
		return err == nil && path != ""
	})
	conn, answer, err := websocket.DefaultDialer.Dial("ws://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	t.Cleanup(func() { conn.Close() })
	p := &page{t: t, conn: conn}
	for p.target == "" {
		m := p.next()
		if m.Method == "Target.targetCreated" && m.Params.TargetInfo.Type == "page" {
			p.target = m.Params.TargetInfo.TargetID
		}
	}
	return p
}

// message is what comes from the inspector: about targets, or from the page in Params.Message.
type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
	Params struct {
		TargetInfo struct {
			TargetID string `json:"targetId"`
			Type     string `json:"type"`
		} `json:"targetInfo"`
		Message string `json:"message"`
	} `json:"params"`
}

func (p *page) next() (m message) {
	p.t.Helper()
	if err := p.conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		p.t.Fatal(err)
	}
	if err := p.conn.ReadJSON(&m); err != nil {
		p.t.Fatalf("the inspector: %v", err)
	}
	return m
}

// call asks the page's target for something and gives the result.
func (p *page) call(method string, params any) json.RawMessage {
	p.t.Helper()
	p.last += 2 // the inner message and the one around it
	inner, err := json.Marshal(map[string]any{"id": p.last, "method": method, "params": params})
	if err != nil {
		p.t.Fatal(err)
	}
	err = p.conn.WriteJSON(map[string]any{"id": p.last + 1, "method": "Target.sendMessageToTarget", "params": map[string]any{
		"targetId": p.target, "message": string(inner),
	}})
	if err != nil {
		p.t.Fatal(err)
	}
	for {
		outer := p.next()
		var m message
		if outer.Method != "Target.dispatchMessageFromTarget" || json.Unmarshal([]byte(outer.Params.Message), &m) != nil || m.ID != p.last {
			continue
		}
		if m.Error != nil {
			p.t.Fatalf("%s: %s", method, m.Error)
		}
		return m.Result
	}
}

// eval gives the value of an expression in the page.
func (p *page) eval(format string, args ...any) string {
	p.t.Helper()
	expression := fmt.Sprintf(format, args...)
	var answer struct {
		WasThrown bool `json:"wasThrown"`
		Result    struct {
			Value       any    `json:"value"`
			Description string `json:"description"`
		} `json:"result"`
	}
	result := p.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true})
	if err := json.Unmarshal(result, &answer); err != nil || answer.WasThrown {
		p.t.Fatalf("%s: %v %s", expression, err, answer.Result.Description)
	}
	return fmt.Sprint(answer.Result.Value)
}

// says waits until the page shows a text.
func (p *page) says(text string) {
	p.t.Helper()
	shown := ""
	defer func() {
		if p.t.Failed() {
			p.t.Logf("the page says:\n%s", shown)
		}
	}()
	until(p.t, fmt.Sprintf("the page says %q", text), func() bool {
		shown = p.eval(`document.body?.innerText ?? ""`)
		return strings.Contains(shown, text)
	})
}

// finds waits until an expression gives an element.
func (p *page) finds(element string) {
	p.t.Helper()
	until(p.t, "the page has "+element, func() bool { return p.eval("!!(%s)", element) == "true" })
}
