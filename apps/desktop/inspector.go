//go:build !inspector

package main

import "os"

// inspectors are variables by which WebKit opens a port that lets anybody on the machine read and drive the page.
var inspectors = []string{"WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"}

// closeInspector keeps WebKit from opening that port, whatever the environment says.
func closeInspector() error {
	for _, name := range inspectors {
		if err := os.Unsetenv(name); err != nil {
			return err
		}
	}
	return nil
}
