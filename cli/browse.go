package cli

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// openers are what systems open a page with.
var openers = map[string][]string{
	"darwin":  {"open"},
	"windows": {"rundll32", "url.dll,FileProtocolHandler"},
}

// browse opens an address in the person's browser. The address holds a secret, and every user of a computer can see the
// arguments of programs: what is passed is a private file that leads there, which done removes. Where no browser opens, the
// printed address is what there is.
func (a *app) browse(ctx context.Context, address string) (done func()) {
	dir, err := os.MkdirTemp("", "fieldbook-")
	if err != nil {
		return func() {}
	}
	done = func() { _ = os.RemoveAll(dir) } // what is left is an address that was used
	page := filepath.Join(dir, "fieldbook.html")
	text := fmt.Sprintf("<!doctype html><meta http-equiv=\"refresh\" content=\"0;url=%s\">\n", html.EscapeString(address))
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		return done
	}
	opener := openers[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open"}
	}
	c := exec.CommandContext(ctx, opener[0], append(opener[1:], page)...)
	if err := c.Start(); err != nil {
		fmt.Fprintln(a.term.err, "no browser could be opened; open the address above")
		return done
	}
	go func() { _ = c.Wait() }() // its end says nothing: some wait for the browser, some do not
	return done
}
