// Package e2e tests the fieldbook program from outside: it runs the real binary,
// reads what it prints and the files it leaves, and knows nothing of the code.
//
// FIELDBOOK_BIN names the binary; without it one is built. Each test works on
// laptops of its own (folders), most of them copied from a plant that is founded
// once, because founding and importing cost more than the checks.
package e2e
