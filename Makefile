# Everything is started from here: make help.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

GO_CODE      := ./cmd/... ./internal/... ./kit/... ./ui
# Where several goroutines work on the same things. The race detector makes the
# embedded engine ten times slower, so it looks at small sizes.
CONCURRENT   := ./internal/base/... ./internal/act/... ./internal/job/... ./internal/ledger/... ./internal/vault/... ./internal/policy/... ./kit/sm
LINT_VERSION := v2.15.0
LINT         := bin/tools/golangci-lint-$(LINT_VERSION)
POSTGRES     := go run ./internal/base/db/dbtest/withpostgres
GENERATED    := docs/policy.md docs/api/openapi.json ui/src/api/schema.d.ts

UI_MODULES   := ui/node_modules/.package-lock.json
UI_SOURCES    = $(shell find ui/src ui/public ui/build -type f) $(wildcard ui/*.json ui/*.ts) ui/index.html

FUZZ     ?= $(GO_CODE)
FUZZTIME ?= 2000x
CRASHES  ?= 200
BENCH    ?= .

.PHONY: help
help: ## Show what can be done
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(UI_MODULES) $(LINT) ## Fetch what the build and the tests need
	go mod download

$(UI_MODULES): ui/package-lock.json
	npm --prefix ui ci
	touch $@

$(LINT):
	GOBIN=$(CURDIR)/bin/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/tools/golangci-lint $@

ui/dist/index.html: $(UI_MODULES) $(UI_SOURCES)
	npm --prefix ui run build

.PHONY: build
build: ui/dist/index.html ## Build bin/medward, the interface included
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/medward ./cmd/medward

.PHONY: run
run: build ## Serve a demo hospital at https://localhost:8443 (store in data/)
	test -f data/sources/connections.json || bin/medward demo sources data/sources > /dev/null
	bin/medward serve --demo --feeds data/sources/connections.json --mllp localhost:2575 --syslog localhost:6514

.PHONY: demo-sources
demo-sources: build ## Start foreign systems of the demo hospital in data/sources until Ctrl-C
	deploy/demo-sources data/sources

.PHONY: test
test: build check ## Run every test on both engines, the race detector and the checks
	npm --prefix ui test
	$(POSTGRES) go test -timeout 30m $(GO_CODE)
	$(POSTGRES) go test -timeout 30m -race -short $(CONCURRENT)

.PHONY: check
check: $(UI_MODULES) $(LINT) ## Lint, and see that what is generated is current
	go mod verify
	go build -mod=readonly $(GO_CODE)
	$(LINT) run $(GO_CODE)
	npm --prefix ui run lint
	shopt -s nullglob; before=$$(sha256sum $(GENERATED) || true); $(MAKE) --no-print-directory gen; \
	after=$$(sha256sum $(GENERATED)); \
	if [[ "$$before" != "$$after" ]]; then echo "generated files were not current and have been made anew:"; diff <(echo "$$before") <(echo "$$after"); exit 1; fi

.PHONY: gen
gen: $(UI_MODULES) ## Make anew what is generated: the table of rules, the API's description, its client types
	go test ./internal/policy -count=1 -run TestTheTableOfRulesIsCurrent -update
	mkdir -p docs/api
	go run ./cmd/medward openapi > docs/api/openapi.json.new
	mv docs/api/openapi.json.new docs/api/openapi.json
	npm --prefix ui run gen

.PHONY: bench
bench: build ## Measure this machine and every part (BENCH=pattern)
	bin/medward bench
	$(POSTGRES) go test -run '^$$' -bench '$(BENCH)' -benchmem $(GO_CODE)

# A count of runs, because before Go 1.27 the end of a time is now and then called a
# failure that has no failing input (golang/go#75804).
.PHONY: fuzz
fuzz: ## Fuzz every parser FUZZTIME each, such as 1000x or 20s (FUZZ=packages)
	@found=0; for package in $$(go list $(FUZZ)); do \
		targets=$$(go test -list '^Fuzz' $$package); \
		for target in $$(grep '^Fuzz' <<< "$$targets"); do \
			found=$$((found + 1)); echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || exit 1; \
		done; \
	done; \
	if (( found == 0 )); then echo "no fuzz target in $(FUZZ)"; exit 1; fi; \
	echo "$$found fuzz targets, $(FUZZTIME) each"

.PHONY: crash
crash: ## Kill the house and fail its disk CRASHES times each way, then verify
	@grep -q '^Test.*Crash' <<< "$$(go test -list Crash ./internal/house/...)" || { echo "no crash test to run"; exit 1; }
	MEDWARD_CRASH=$(CRASHES) go test -count=1 -timeout 6h -v -run Crash ./internal/house/...

.PHONY: e2e
e2e: build ## Walk through the story in a real browser
	npm --prefix ui run e2e
