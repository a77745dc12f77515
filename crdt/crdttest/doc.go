// Package crdttest is the contract of crdt.Engine as a test suite. Every engine must pass it: what a Document says must be what
// the History of the same changes says, in every history, in every order of arrival, at every earlier head.
package crdttest
