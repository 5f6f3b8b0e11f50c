.DEFAULT_GOAL := all
PREFIX ?= /usr/local
CC ?= cc
VERSION := 0.1.0
BUILD ?= build
CPPFLAGS += -Ichecker -D_GNU_SOURCE -DTFCHECK_VERSION='"$(VERSION)"' -DTFCHECK_DATA='"$(PREFIX)/share/tfcheck"'
CFLAGS ?= -O3 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings
LDLIBS += -lyajl -lyaml -lpcre2-8
COMPILE = $(CC) -std=c11 $(WARNINGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP
SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZ_SECONDS ?= 60

SRC := $(sort $(wildcard checker/*/*.c))
OBJ := $(SRC:%.c=$(BUILD)/%.o)
LIB := $(BUILD)/libtfcheck.a
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

all: tfcheck

# The man page and the completions say what --help says.
EXTRAS := $(BUILD)/tfcheck.1 $(BUILD)/tfcheck.bash $(BUILD)/_tfcheck $(BUILD)/tfcheck.fish

# The packages of the README's table, installed when one of them is missing.
deps:
	@sh tests/install_packages.sh

tfcheck: $(BUILD)/tfcheck
	cp $(BUILD)/tfcheck $@

$(BUILD)/tfcheck: $(BUILD)/checker/cli/main.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(filter-out $(BUILD)/checker/cli/main.o,$(OBJ))
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(COMPILE) -Itests/unit -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS) -lcmocka

$(BUILD)/bench/%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS)

$(BUILD)/compare/%: tests/compare/%.c $(LIB)
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< $(LIB) $(LDFLAGS) $(LDLIBS)

# What the README starts with: set up, build, and check the plan of a stack that has faults.
demo: deps
	@$(MAKE) --no-print-directory -j2 all
	@./tfcheck samples/serverless-faulty/plan.json; test $$? -eq 1

check: deps
	@$(MAKE) --no-print-directory -j2 all unit-build
	@$(MAKE) --no-print-directory floors unit policies cases pairs formats outputs readme schemas samples packaging

unit-build: $(UNIT)

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

# Every rule's own cases.
policies: tfcheck
	@./tfcheck test

# Whole runs against what they printed before; `make bless` shows the difference and takes it over.
cases: tfcheck
	@sh tests/run_cases.sh

# Plans for people against the same plans as JSON.
pairs: tfcheck $(BUILD)/compare/compare_plans
	@sh tests/compare_plans.sh $(BUILD)/compare/compare_plans tests/plans samples
	@sh tests/compare_findings.sh samples/serverless-faulty samples/network-database

bless: tfcheck
	@sh tests/run_cases.sh --bless

# The golden reports, read by other people's parsers.
formats:
	@sh tests/check_formats.sh

# What becomes of the files that a run writes.
outputs: tfcheck
	@sh tests/check_outputs.sh

# What the README shows is what the program prints.
readme: tfcheck
	@sh tests/check_readme.sh README.md

# Rule files, configurations and reports against schemas/*.schema.json.
schemas:
	@/usr/bin/python3 tests/check_schemas.py

# What README and samples/ci tell people to write.
samples: tfcheck
	@/usr/bin/python3 tests/check_samples.py

# Man page, completions, pages of rules, and what make install and make deb put where.
packaging: tfcheck
	@sh tests/check_packaging.sh $(BUILD)

floors:
	@sh tests/check_floors.sh

# The same tests under AddressSanitizer and UndefinedBehaviorSanitizer, with clang.
sanitize: export ASAN_OPTIONS = exitcode=99
sanitize: export UBSAN_OPTIONS = exitcode=99
sanitize: deps
	@$(MAKE) --no-print-directory -j2 CC=clang BUILD=build/sanitize CFLAGS="$(SANITIZE)" build/sanitize/tfcheck unit-build
	@$(MAKE) --no-print-directory CC=clang BUILD=build/sanitize CFLAGS="$(SANITIZE)" unit
	@TFCHECK=build/sanitize/tfcheck sh tests/run_cases.sh

valgrind: deps
	@$(MAKE) --no-print-directory -j2 all unit-build
	@sh tests/run_valgrind.sh $(BUILD)

fuzz:
	@mkdir -p build/fuzz
	@for f in $(FUZZ); do \
	  clang -std=c11 $(CPPFLAGS) -Itests/unit -g -O1 -fsanitize=fuzzer,address,undefined -o build/fuzz/$$f tests/fuzz/fuzz_$$f.c \
	    $(filter-out checker/cli/main.c,$(SRC)) $(LDLIBS) && mkdir -p build/fuzz/corpus-$$f && \
	  build/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=0 -verbosity=0 build/fuzz/corpus-$$f tests/fuzz/seeds/$$f || exit 1; \
	done

bench: all $(BUILD)/bench/multiply_plan $(BUILD)/bench/null_parse $(BUILD)/bench/measure
	@sh tests/bench/bench.sh $(BUILD)/bench

$(BUILD)/tfcheck.1: tfcheck man/make.sh man/options.awk man/tfcheck.1.in
	sh man/make.sh ./tfcheck >$@

$(BUILD)/tfcheck.bash: tfcheck
	./tfcheck completions bash >$@

$(BUILD)/_tfcheck: tfcheck
	./tfcheck completions zsh >$@

$(BUILD)/tfcheck.fish: tfcheck
	./tfcheck completions fish >$@

# A page for each rule.
docs: tfcheck
	@rm -rf $(BUILD)/docs && ./tfcheck docs --no-config $(BUILD)/docs

SHARE = $(DESTDIR)$(PREFIX)/share

install: all $(EXTRAS) docs
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/tfcheck $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d $(SHARE)/doc/tfcheck
	install -m 755 tfcheck $(DESTDIR)$(PREFIX)/bin/tfcheck
	cp -R policies schemas $(SHARE)/tfcheck/
	install -m 644 $(BUILD)/tfcheck.1 $(SHARE)/man/man1/tfcheck.1
	install -m 644 $(BUILD)/tfcheck.bash $(SHARE)/bash-completion/completions/tfcheck
	install -m 644 $(BUILD)/_tfcheck $(SHARE)/zsh/site-functions/_tfcheck
	install -m 644 $(BUILD)/tfcheck.fish $(SHARE)/fish/vendor_completions.d/tfcheck.fish
	install -m 644 README.md LICENSE $(SHARE)/doc/tfcheck/
	cp -R $(BUILD)/docs $(SHARE)/doc/tfcheck/rules

# build/tfcheck_VERSION_ARCHITECTURE.deb, for this Debian.
deb:
	@sh packaging/make_deb.sh $(VERSION) $(BUILD)

clean:
	rm -rf build tfcheck

.PHONY: all deps demo check unit unit-build policies cases pairs bless formats outputs readme schemas samples packaging floors sanitize valgrind fuzz bench docs install deb clean
-include $(OBJ:.o=.d) $(UNIT:=.d)
