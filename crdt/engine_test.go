package crdt_test

import (
	"testing"

	"fieldbook/crdt"
	"fieldbook/crdt/crdttest"
)

func TestAutomerge(t *testing.T) {
	e, err := crdt.NewAutomerge([32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	crdttest.Run(t, e)
}

func TestPure(t *testing.T) { crdttest.Run(t, crdt.NewPure([32]byte{1})) }
