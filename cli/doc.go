// Package cli is the command line: every command parses its arguments, calls
// package workspace and prints what came back, as text for people or, with
// --json, as JSON for programs.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 integrity violation found,
// 4 locked or wrong passphrase, 5 refused by a rule.
package cli
