# What Guichet's own people type. Only Go and make are needed for run, test, bench, fuzz, rules and release;
# lint, vuln and sbom fetch their tools as Go modules, e2e also needs Chromium and npm.

GO      ?= go
ADDR    ?= 127.0.0.1:8080
FUZZTIME ?= 20s
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)

# Tools run at exactly these versions, built from the module cache: none is installed.
GOLANGCI    = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.8.0
CYCLONEDX   = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

# The systems a release is built for. None needs cgo.
PLATFORMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64

# Nothing of the machine or the moment is in a build: the same source and VERSION give the same bytes.
BUILD = -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'

# A line for each module that a build holds: its path, its version and where its files are.
HELD = '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}'

.DEFAULT_GOAL := help
.PHONY: help run test race lint vuln bench fuzz e2e picture rules release sbom

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## serve the web form and the API on http://127.0.0.1:8080 (ADDR=host:port for another)
	$(GO) run ./cmd/guichet serve -addr $(ADDR)

test: ## pass every test
	@[ "$$CI" = true ] || { command -v chromium >/dev/null && [ -n "$$GUICHET_AXE" ]; } || \
		echo "skipped: the pages in a real browser; 'make e2e' has them (it needs Chromium and npm)"
	$(GO) test -timeout 20m ./...

race: ## pass the tests under the race detector, but the long ones of one goroutine and the browser's (it needs a C compiler)
	$(GO) test -race -short -timeout 20m ./...

lint: ## vet, format and lint
	$(GO) vet ./...
	$(GO) run $(GOLANGCI) run ./...

vuln: ## look for known vulnerabilities in what is called (needs the Go vulnerability database)
	$(GO) run $(GOVULNCHECK) ./...

bench: ## run every benchmark with its allocations
	$(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## run every fuzz test for FUZZTIME (20s, or a number of inputs: 5000x)
	@set -e; for dir in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -r -n 1 dirname | sort -u); do \
		for name in $$($(GO) test -list '^Fuzz' $$dir | grep '^Fuzz'); do \
			echo "fuzz $$dir $$name"; \
			$(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x $$dir; \
		done; \
	done

e2e: ## drive the pages with a real browser: Chromium, and axe-core from npm
	npm ci --prefix .ci
	CI=true GUICHET_AXE=$(CURDIR)/.ci/node_modules/axe-core/axe.min.js $(GO) test -count 1 ./web/...

picture: ## draw docs/results.svg, the picture of the README, from the real results page (also needs pdftocairo)
	npm ci --prefix .ci
	GUICHET_PICTURE=$(CURDIR)/docs/results.pdf GUICHET_AXE=$(CURDIR)/.ci/node_modules/axe-core/axe.min.js \
		$(GO) test -count 1 ./web/pages -run 'TestAccessibleInABrowser/fr$$'
	pdftocairo -svg docs/results.pdf docs/results.svg
	rm docs/results.pdf

rules: ## check the rules, hold their examples to notice what changes in the formulas, compare with the reference cases
	$(GO) run ./cmd/guichet rules check
	$(GO) run ./cmd/guichet rules check -rules fictive
	$(GO) run ./cmd/guichet rules test -mutation
	$(GO) test -count 1 ./engine/ruleset ./engine/workbench
	$(GO) test -count 1 -v -run '^(TestExamples|TestOracle)$$' ./engine

release: ## build static binaries of every system into dist/, with their checksums and the licences of what they hold
	@rm -rf dist && mkdir -p dist
	@set -e; for p in $(PLATFORMS); do \
		os=$${p%/*}; arch=$${p#*/}; suffix=; [ $$os != windows ] || suffix=.exe; \
		out=dist/guichet-$(VERSION)-$$os-$$arch$$suffix; echo $$out; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build $(BUILD) -o $$out ./cmd/guichet; \
	done
	@{ printf '== Go\n\n'; cat "$$($(GO) env GOROOT)/LICENSE"; \
	for p in $(PLATFORMS); do CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) list -deps -f $(HELD) ./cmd/guichet; done | sort -u | \
	while read -r path version dir; do for file in "$$dir"/LICEN[CS]E* "$$dir"/NOTICE* "$$dir"/PATENTS*; do \
		[ ! -f "$$file" ] || { printf '\n== %s %s: %s\n\n' "$$path" "$$version" "$${file##*/}"; cat "$$file"; }; \
	done; done; } > dist/THIRD-PARTY-LICENCES.txt
	@cp LICENCE dist/
	@cd dist && { command -v sha256sum >/dev/null && sha256sum guichet-* || shasum -a 256 guichet-*; } > SHA256SUMS

sbom: ## list what the program is made of in dist/guichet-VERSION.cdx.json (CycloneDX)
	@mkdir -p dist
	CGO_ENABLED=0 $(GO) build $(BUILD) -o dist/guichet.sbom ./cmd/guichet
	$(GO) run $(CYCLONEDX) bin -json -noserial -std -version $(VERSION) -output dist/guichet-$(VERSION).cdx.json dist/guichet.sbom
	@rm dist/guichet.sbom
