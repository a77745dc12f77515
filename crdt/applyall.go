package crdt

// batcher is a Document that applies many changes at once faster than one by one.
type batcher interface{ applyAll([]Admitted) error }

// ApplyAll adds changes, each after its dependencies, as fast as the engine can. It is for callers that know the heads which
// must come out and compare them: an engine may pass over a change in silence.
func ApplyAll(d Document, changes []Admitted) error {
	if b, ok := d.(batcher); ok && len(changes) > 1 {
		return b.applyAll(changes)
	}
	for _, a := range changes {
		if err := d.Apply(a); err != nil {
			return err
		}
	}
	return nil
}
