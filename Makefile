# Fieldbook. `make help` lists what there is to make.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# automerge-go is cgo; without it the build fails late and unclearly.
export CGO_ENABLED := 1
export TURBO_TELEMETRY_DISABLED := 1
# Where the end-to-end tests find the binaries that users get.
export FIELDBOOK_BIN := $(CURDIR)/bin/fieldbook
export FIELDBOOK_DESKTOP_BIN := $(CURDIR)/bin/fieldbook-desktop

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
GOBUILD := go build -trimpath -ldflags '-X main.version=$(VERSION)'
# What makes a Wails program a window of its own, with the WebKit that distributions carry now.
WINDOW := desktop,production,webkit2_41
# Wails asks macOS for a framework that its build tool would name.
ifeq ($(shell uname),Darwin)
export CGO_LDFLAGS += -framework UniformTypeIdentifiers
endif

.PHONY: help setup build run demo test lint fuzz crash sim bench lambda infra clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## check for Go, gcc and Node, install what Debian lacks, build the S3 server of the tests, install the npm packages
	@scripts/setup.sh all

build: ## build bin/fieldbook and bin/fieldbook-desktop, the user interface in both
	@scripts/setup.sh build
	npx turbo run build --filter=@fieldbook/frontend
	$(GOBUILD) -o bin/fieldbook ./apps/fieldbook
	$(GOBUILD) -tags $(WINDOW) -o bin/fieldbook-desktop ./apps/desktop

run: build ## open the window on the sample plant; without a display, serve it to a browser
	@scripts/run.sh

demo: build ## two laptops, import, offline edits, sync, concurrent values, audit trail, verify
	@scripts/demo.sh

test: setup ## everything that checks the project, the long ones briefly (under 30 minutes on 2 cores)
	@scripts/test.sh

lint: ## formatting, vet, staticcheck, known vulnerabilities
	@scripts/lint.sh

FUZZTIME ?= 2m
fuzz: ## fuzz every target for FUZZTIME (default 2m)
	@scripts/fuzz.sh $(FUZZTIME)

crash: build ## 200 kills at random moments, 2,000 simulated power cuts and disk faults
	FIELDBOOK_CRASH_RUNS=200 FIELDBOOK_FAULT_POINTS=2000 go test -count=1 -timeout 60m -v \
	  -run 'Crash|Kill|PowerCut|Disk' ./... | awk -f scripts/gotest.awk

sim: build ## 2,000 random histories of laptops, and of laptops with a service of two regions; a blob of 2 GB
	FIELDBOOK_SIM_RUNS=2000 FIELDBOOK_LONG=1 go test -count=1 -timeout 120m -v \
	  -run 'Sim|Converge|LargeBlob' ./... | awk -f scripts/gotest.awk

bench: build ## the table of docs/benchmarks.md, measured here
	cd bench && go run .
	npm run --silent speed --workspace @fieldbook/frontend

lambda: ## build bin/synclambda.zip, the sync service for AWS Lambda (arm64, static)
	@scripts/setup.sh lambda
	mkdir -p bin/lambda
	GOOS=linux GOARCH=arm64 CC=aarch64-linux-gnu-gcc go build -trimpath -tags lambda.norpc,netgo,osusergo \
	  -ldflags '-s -w -linkmode external -extldflags -static' -o bin/lambda/bootstrap ./apps/synclambda
	touch -d 2000-01-01 bin/lambda/bootstrap # so that equal code makes an equal file, which is not deployed again
	cd bin/lambda && rm -f ../synclambda.zip && TZ=UTC zip -qX ../synclambda.zip bootstrap

infra: setup lambda ## synthesise the AWS stacks of both regions, offline, into infra/cdk.out
	npm run --silent synth --workspace @fieldbook/infra

clean: ## remove what was built
	rm -rf bin bench/out infra/cdk.out .turbo
