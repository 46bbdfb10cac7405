# Needs python3 (3.11 or newer) with pip, and nothing else. `make help` lists what there is.
PYTHON ?= python3
ARGS ?=
IN_VENV = .venv/bin/python -m portal.sandbox

.DEFAULT_GOAL := help
.PHONY: help setup dev run demo test stop clean lock messages proof bench screenshots

help:        ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

setup:       ## install what `make run` needs (the others call it)
	@$(PYTHON) portal/sandbox/install.py sandbox

dev:         ## install what `make test` needs
	@$(PYTHON) portal/sandbox/install.py dev

run: setup   ## start the portal on demo data at http://127.0.0.1:8000 (PORT=8001 elsewhere); Ctrl-C stops it
	@$(IN_VENV).run run

demo: setup  ## start everything anew, walk every flow over HTTP, print what happened, stop
	@$(IN_VENV).run demo $(ARGS)

test: dev    ## every check and every test (ARGS="-k word" goes to pytest)
	@$(IN_VENV).check $(ARGS)

proof:       ## the large sizes, on servers of their own
	@$(PYTHON) portal/sandbox/install.py proof
	@$(IN_VENV).run proof $(ARGS)

bench: dev   ## measure, on servers of their own
	@$(IN_VENV).run bench $(ARGS)

screenshots: dev ## photograph every page into var/screenshots (ARGS="--languages fi --only apply")
	@$(IN_VENV).run screenshots $(ARGS)

stop:        ## stop every server this checkout left running
	@[ ! -x .venv/bin/python ] || $(IN_VENV).servers

clean: stop  ## stop, then delete all kept data (var/)
	@rm -rf var

messages: dev ## extract the texts into locale/ for translating
	@$(IN_VENV).translations update

lock:        ## compile requirements/*.in into locked sets with hashes
	@for set in uv base sandbox dev proof prod; do \
		.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
			requirements/$$set.in -o requirements/$$set.txt || exit 1; \
	done
