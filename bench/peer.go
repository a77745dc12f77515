package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// peerFolder holds the programs that run automerge-repo, an npm package of its
// own with versions pinned in its lock file.
const peerFolder = "peer"

// peerFields is about how many fields a sample asset has.
const peerFields = 30

// peer is automerge-repo: its websocket server and two laptops, each a process of
// its own, each with its documents in a folder.
type peer struct {
	server, first, second *node
	ids                   []string
	edits                 int // made of each document
}

// node is a program that answers commands, one line of JSON each.
type node struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// peerAnswer is what any of the commands answers.
type peerAnswer struct {
	Port  int               `json:"port"`
	IDs   []string          `json:"ids"`
	Heads map[string]string `json:"heads"`
}

// newPeer starts the processes and gives both laptops the documents.
func (b *bench) newPeer(ctx context.Context, documents int) (p *peer, err error) {
	if err := installPeer(ctx); err != nil {
		return nil, err
	}
	p = &peer{}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if p.server, err = startNode(ctx, "server.mjs", filepath.Join(b.dir, "peer-server")); err != nil {
		return p, err
	}
	said, err := p.server.ask(map[string]any{"do": "port"})
	if err != nil {
		return p, err
	}
	port := fmt.Sprint(said.Port)
	if p.first, err = startNode(ctx, "client.mjs", filepath.Join(b.dir, "peer-first"), port); err != nil {
		return p, err
	}
	if p.second, err = startNode(ctx, "client.mjs", filepath.Join(b.dir, "peer-second"), port); err != nil {
		return p, err
	}
	made, err := p.first.ask(map[string]any{"do": "create", "documents": documents, "fields": peerFields})
	if err != nil {
		return p, err
	}
	p.ids = made.IDs
	return p, p.share(made.Heads)
}

// installPeer installs the npm packages as the lock file has them.
func installPeer(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(peerFolder, "node_modules", ".package-lock.json")); err == nil {
		return nil
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-progress", "--ignore-scripts")
	cmd.Dir = peerFolder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("install automerge-repo: %w: %s", err, out)
	}
	return nil
}

// share has both laptops and the server hold the documents, and ends the
// connections.
func (p *peer) share(heads map[string]string) error {
	_, _, err := p.exchange(heads, func() error {
		_, err := p.second.ask(map[string]any{"do": "find", "ids": p.ids})
		return err
	})
	return err
}

// edit has the first laptop edit every document some times, without a connection.
func (p *peer) edit(each int) (map[string]string, error) {
	said, err := p.first.ask(map[string]any{"do": "edit", "each": each, "from": p.edits, "message": entry.Reason})
	p.edits += each
	return said.Heads, err
}

// round makes edits on the first laptop and measures how long they take to the
// server, and from there to the second laptop.
func (p *peer) round(each int) (push, pull time.Duration, err error) {
	heads, err := p.edit(each)
	if err != nil {
		return 0, 0, err
	}
	return p.exchange(heads, func() error { return nil })
}

// exchange connects the first laptop until the server has what it has, and then
// the second one until it has it too.
func (p *peer) exchange(heads map[string]string, connected func() error) (push, pull time.Duration, err error) {
	push, err = timed(func() error {
		return errors.Join(p.first.do("connect"), p.server.await(heads))
	})
	if err != nil {
		return 0, 0, err
	}
	pull, err = timed(func() error {
		return errors.Join(p.second.do("connect"), connected(), p.second.await(heads))
	})
	return push, pull, errors.Join(err, p.first.do("disconnect"), p.second.do("disconnect"), p.server.do("alone"))
}

func (p *peer) close() error {
	var errs []error
	for _, n := range []*node{p.first, p.second, p.server} {
		if n != nil {
			errs = append(errs, n.close())
		}
	}
	return errors.Join(errs...)
}

func startNode(ctx context.Context, program string, args ...string) (*node, error) {
	cmd := exec.CommandContext(ctx, "node", append([]string{program}, args...)...)
	cmd.Dir, cmd.Stderr = peerFolder, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &node{cmd, in, bufio.NewReader(out)}, cmd.Start()
}

// ask sends a command and waits for its answer.
func (n *node) ask(command map[string]any) (answer peerAnswer, err error) {
	line, err := json.Marshal(command)
	if err != nil {
		return answer, err
	}
	if _, err := n.in.Write(append(line, '\n')); err != nil {
		return answer, err
	}
	said, err := n.out.ReadBytes('\n')
	if err != nil {
		return answer, fmt.Errorf("automerge-repo, %s: %w", command["do"], err)
	}
	return answer, json.Unmarshal(said, &answer)
}

func (n *node) do(command string) error {
	_, err := n.ask(map[string]any{"do": command})
	return err
}

// await waits until the process holds documents at these heads.
func (n *node) await(heads map[string]string) error {
	_, err := n.ask(map[string]any{"do": "level", "heads": heads})
	return err
}

func (n *node) close() error {
	return errors.Join(n.in.Close(), n.cmd.Wait())
}
