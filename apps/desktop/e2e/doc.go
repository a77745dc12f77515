// Package e2e tests the true window: the program as it is built for people, on a display of its own (Xvfb), with keys that
// the X server sends and what WebKit's inspector sees. The inspector is open only in a program built for this with the tag
// inspector; that the other one keeps it shut is one of the tests.
//
// FIELDBOOK_BIN and FIELDBOOK_DESKTOP_BIN name the programs; without them they are built. Linux only, like the tools it drives
// the window with.
package e2e
