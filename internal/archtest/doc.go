// Package archtest checks what the compiler does not: that packages import only what the table in ARCHITECTURE.md lets them,
// that third-party code stays in its room, that everything exported says what it promises, and that no file is left half
// done. It reads the source as text, so files for other operating systems are checked too.
package archtest
