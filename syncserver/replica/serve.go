package replica

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"fieldbook/crdt"
)

// workerArg is the hidden argument with which a program runs itself as the
// engine's process.
const workerArg = "fieldbook-merge-worker"

// WorkerMain turns this process into the engine's process if a Process started
// it as that, and then does not return. Programs with a Process call it first
// in main; it costs nothing otherwise.
func WorkerMain() {
	if len(os.Args) != 2 || os.Args[1] != workerArg {
		return
	}
	engine, err := Engine()
	if err == nil {
		err = serve(os.Stdin, os.Stdout, engine)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "merge worker:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// Engine gives Automerge's core, or the engine in Go where there is none.
func Engine() (crdt.Engine, error) {
	engine, err := crdt.NewAutomerge([32]byte{}) // nothing is saved, so the key has no use
	if errors.Is(err, crdt.ErrEngine) {
		return crdt.NewPure([32]byte{}), nil
	}
	return engine, err
}

// serve answers jobs until the other end closes.
func serve(in io.Reader, out io.Writer, engine crdt.Engine) error {
	r, w := bufio.NewReaderSize(in, 1<<16), bufio.NewWriter(out)
	key, err := receive(r)
	if err != nil || len(key) != 32 {
		return fmt.Errorf("read key: %w", errFrame)
	}
	courier, bench := crdt.NewCourier([32]byte(key)), newBench(engine)
	for {
		frame, err := receive(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read job: %w", err)
		}
		job, err := readJob(courier, frame)
		if err != nil {
			return fmt.Errorf("read job: %w", err)
		}
		err = sendResult(w, bench.do(context.Background(), job))
		if err == nil {
			err = w.Flush() // at once: the first job without a result is the one that the process died of
		}
		if err != nil {
			return fmt.Errorf("write result: %w", err)
		}
	}
}
