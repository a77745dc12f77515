//go:build inspector

package main

// closeInspector leaves WebKit's port open: tests drive the true window through it. No release is built with this tag.
func closeInspector() error { return nil }
