# padan: build, test, check. `make help` lists the targets.
# Each configuration has its own folder under build/, so `make asan` never disturbs the release build.

VERSION := $(shell sed -n 's/^\#define PADAN_VERSION "\(.*\)"/\1/p' include/padan.h)
CONFIG ?= release
BUILD := build/$(CONFIG)
CC = gcc
JEMALLOC ?= 1
OPENMP ?= 1
PREFIX ?= /usr/local
SHARED_DATA ?= ../shared/data
JOBS ?= $(shell nproc 2>/dev/null || echo 1)

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wcast-qual -Wcast-align -Wundef -Wvla \
            -Wwrite-strings -Wformat=2 -Wpointer-arith
# x86-64-v2 (2009 on) for popcount; what needs more is chosen at run time.
ARCH ?= $(if $(filter x86_64,$(shell uname -m)),-march=x86-64-v2)
CFLAGS_release := -O3 -g1
CFLAGS_debug := -O0 -g3
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DPADAN_FAULT
CFLAGS_tsan := -O1 -g -fsanitize=thread
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
CFLAGS := -std=gnu11 -D_GNU_SOURCE -fPIC -fvisibility=hidden -Iinclude -Isrc $(ARCH) $(WARNINGS) $(CFLAGS_$(CONFIG)) $(EXTRA_CFLAGS)
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS_fuzz := -fsanitize=address,undefined
LDFLAGS := $(LDFLAGS_$(CONFIG))
LDLIBS := -lfyaml -lz -lzstd -lsodium -lpcre2-8 -lm
ifeq ($(OPENMP),1)
CFLAGS += -fopenmp
LDFLAGS += -fopenmp
endif
ifneq ($(filter asan tsan fuzz,$(CONFIG)),)
JEMALLOC := 0
endif
# Only here: the sanitizers' own warnings about made-up ranges are no reason to fail.
ifeq ($(CI)$(CONFIG),truerelease)
CFLAGS += -Werror
endif
ifneq ($(V),1)
Q := @
MAKEFLAGS += --no-print-directory
endif

EMBEDDED := $(wildcard datasets/*.csv datasets/*.tsv datasets/*.html models/*.json models/*.yaml models/*/*)
# What writes workbooks and databases is the program's alone: the library needs none of their libraries.
CLI_SOURCES := $(wildcard src/cli/*.c src/export/*.c)
LIB_SOURCES := $(filter-out $(CLI_SOURCES),$(wildcard src/*.c src/*/*.c))
TEST_SOURCES := $(wildcard tests/unit/*.c tests/unit/*/*.c tests/reference/*.c)
RACE_SOURCES := $(wildcard tests/race/*.c)
BENCH_SOURCES := $(wildcard bench/micro/*.c)
E2E_SOURCES := $(wildcard bench/e2e/*.c)
FUZZ_SOURCES := $(wildcard tests/fuzz/fuzz_*.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o $(BUILD)/name_token_slots.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(BUILD)/%.o)
RACE_OBJECTS := $(RACE_SOURCES:%.c=$(BUILD)/%.o)
BENCH_OBJECTS := $(BENCH_SOURCES:%.c=$(BUILD)/%.o)
E2E_OBJECTS := $(E2E_SOURCES:%.c=$(BUILD)/%.o)
FUZZ_OBJECTS := $(FUZZ_SOURCES:%.c=$(BUILD)/%.o)
C_FILES = $(wildcard include/*.h src/*.[ch] src/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch] bench/*.[ch] bench/*/*.[ch])
PROGRAM := $(BUILD)/padan
LIBRARY := $(BUILD)/libpadan.a
TESTS := $(BUILD)/tests/unit/padan-tests
# What the program adds to the library's memory; tests and benchmarks have it too.
MAPPING := $(addprefix $(BUILD)/src/cli/,mapping.o interrupt.o backing.o full_disk.o memory_marks.o)
SONAME := libpadan.so.$(firstword $(subst ., ,$(VERSION)))

PROGRAM_LIBS := -lxlsxwriter -lsqlite3
ifeq ($(JEMALLOC),1)
PROGRAM_LIBS += -ljemalloc
$(BUILD)/src/cli/keeper.o: CFLAGS += -DPADAN_JEMALLOC
endif

.PHONY: all
all: $(PROGRAM) ## build the program: build/release/padan

.PHONY: lib
lib: $(LIBRARY) $(BUILD)/libpadan.so ## build libpadan.a and libpadan.so

$(PROGRAM): $(CLI_OBJECTS) $(LIBRARY)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(CLI_OBJECTS) $(LIBRARY) $(PROGRAM_LIBS) $(LDLIBS)

$(LIBRARY): $(LIB_OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $(LIB_OBJECTS)

$(BUILD)/libpadan.so: $(LIB_OBJECTS)
	$(Q)$(CC) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $(LIB_OBJECTS) $(LDLIBS)

$(BUILD)/%.o: %.c
	$(Q)mkdir -p $(dir $@)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/embedded.c: tools/embed.sh $(EMBEDDED)
	$(Q)mkdir -p $(BUILD)
	$(Q)sh tools/embed.sh $(EMBEDDED) > $@.new && mv $@.new $@

$(BUILD)/name_token_slots.c: tools/name_tokens.sh datasets/frekuensi_token.csv
	$(Q)mkdir -p $(BUILD)
	$(Q)sh tools/name_tokens.sh datasets/frekuensi_token.csv > $@.new && mv $@.new $@

$(BUILD)/embedded.o $(BUILD)/name_token_slots.o: %.o: %.c
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

$(TESTS): $(TEST_OBJECTS) $(MAPPING) $(LIBRARY)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(TEST_OBJECTS) $(MAPPING) $(LIBRARY) -lcriterion $(LDLIBS)

# One program per source file.
$(RACE_OBJECTS:.o=) $(BENCH_OBJECTS:.o=) $(E2E_OBJECTS:.o=): %: %.o $(MAPPING) $(LIBRARY)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(MAPPING) $(LIBRARY) $(LDLIBS)

# Without libFuzzer (CONFIG=fuzz), a main that replays files and random damage to them.
REPLAY := $(if $(filter fuzz,$(CONFIG)),,$(BUILD)/tests/fuzz/replay.o)
$(FUZZ_OBJECTS:.o=): %: %.o $(REPLAY) $(LIBRARY)
	$(Q)$(CC) $(LDFLAGS) $(if $(REPLAY),,-fsanitize=fuzzer) -o $@ $< $(REPLAY) $(LIBRARY) $(LDLIBS)

.PHONY: setup
setup: ## install what is missing (Debian 12; as root or with sudo)
	@sh tools/setup.sh

.PHONY: demo
demo: setup ## build, generate two nights of a small province, run both, print the findings
	@$(MAKE) -j$(JOBS) all
	@sh tools/demo.sh $(PROGRAM) build/demo

.PHONY: test
test: setup ## build and run all tests: command line first, then unit tests
	@$(MAKE) -j$(JOBS) all $(TESTS)
	@$(MAKE) test-cli
	@$(MAKE) test-models
	@$(MAKE) test-python
	@$(MAKE) unit

.PHONY: unit
unit: $(TESTS) ## build and run the unit tests (FILTER=suite/test)
	$(Q)PADAN_SHARED_DATA=$(SHARED_DATA) $< $(if $(FILTER),--filter '$(FILTER)')

.PHONY: test-cli
test-cli: $(PROGRAM) ## run the tests of the command line (tests/cli/run.sh)
	$(Q)PADAN=$(abspath $(PROGRAM)) tests/cli/run.sh

.PHONY: test-models
test-models: $(PROGRAM) ## run Splink's model files against the levels Splink found, and random models against the laws (tests/models)
	$(Q)PADAN=$(abspath $(PROGRAM)) python3 tests/models/run.py
	$(Q)PADAN=$(abspath $(PROGRAM)) python3 tests/models/random_models.py

.PHONY: test-python
test-python: $(PROGRAM) lib ## run the tests of the Python package (tests/python)
	$(Q)PADAN=$(abspath $(PROGRAM)) PADAN_LIBRARY=$(abspath $(BUILD)/libpadan.so) python3 -W error tests/python/test_padan.py

# A leak does not fail a Criterion run, so sanitizers write to files and any file fails the target.
.PHONY: asan
asan: setup ## unit tests under address and undefined-behaviour sanitizers, with allocation faults
	@$(MAKE) CONFIG=asan -j$(JOBS) build/asan/tests/unit/padan-tests
	$(Q)rm -f build/asan/report.*
	$(Q)ASAN_OPTIONS=log_path=build/asan/report UBSAN_OPTIONS=log_path=build/asan/report:print_stacktrace=1 \
	    $(MAKE) CONFIG=asan unit
	$(Q)if ls build/asan/report.* >/dev/null 2>&1; then cat build/asan/report.*; exit 1; fi

# Criterion cannot run under ThreadSanitizer and gcc's OpenMP gives false reports: plain programs, clang, libomp.
.PHONY: tsan
tsan: setup ## race tests (tests/race) under the thread sanitizer, with clang
	@$(MAKE) CONFIG=tsan CC=clang -j$(JOBS) race

.PHONY: race
race: $(RACE_OBJECTS:.o=)
	$(Q)for test in $^; do echo "$$test"; \
	    TSAN_OPTIONS=ignore_noninstrumented_modules=1 setarch -R "$$test" || exit 1; done

.PHONY: replay
replay: $(FUZZ_OBJECTS:.o=)
	$(Q)for fuzz in $^; do "$$fuzz" tests/fuzz/corpus/$$(basename "$$fuzz")/* || exit 1; done

.PHONY: fuzz-replay
fuzz-replay: setup ## run the fuzz targets on their corpus and on damaged copies of it, under the sanitizers
	@$(MAKE) CONFIG=asan -j$(JOBS) replay

.PHONY: fuzz
fuzz: setup ## fuzz one target with libFuzzer: make fuzz NAME=fuzz_document SECONDS=60
	@$(MAKE) CONFIG=fuzz CC=clang -j$(JOBS) build/fuzz/tests/fuzz/$(NAME)
	$(Q)mkdir -p build/fuzz/corpus/$(NAME)
	build/fuzz/tests/fuzz/$(NAME) -max_total_time=$(or $(SECONDS),60) build/fuzz/corpus/$(NAME) tests/fuzz/corpus/$(NAME)

# Micro benchmarks print CSV; peers take part when bench/venv has them (bench/README.md).
.PHONY: bench
bench: $(PROGRAM) $(BENCH_OBJECTS:.o=) $(E2E_OBJECTS:.o=) ## measure sorting, kernels, ingest and the whole job at 1 million rows (minutes)
	@mkdir -p build/bench
	$(Q)test -s build/bench/people-1m.csv || $(BUILD)/bench/e2e/make_people 1000000 build/bench/people-1m.csv
	$(BUILD)/bench/micro/bench_radix
	sh bench/micro/kernels.sh
	sh bench/micro/load.sh build/bench/people-1m.csv
	PADAN=$(PROGRAM) MAKER=$(BUILD)/bench/e2e/make_people sh bench/e2e/run.sh 1
	PADAN=$(PROGRAM) sh bench/e2e/splink.sh build/bench/people-1m.csv

.PHONY: bench-national
bench-national: $(PROGRAM) $(E2E_OBJECTS:.o=) ## the whole job at 5, 10, 40 and 100 million rows (long; 25 GB of disk and 20 GB of memory)
	PADAN=$(PROGRAM) MAKER=$(BUILD)/bench/e2e/make_people sh bench/e2e/run.sh 5 10
	PEERS=0 PADAN=$(PROGRAM) MAKER=$(BUILD)/bench/e2e/make_people sh bench/e2e/run.sh 40 100
	PADAN=$(PROGRAM) MAKER=$(BUILD)/bench/e2e/make_people sh bench/e2e/growth.sh 10 100

.PHONY: peers
peers: setup ## install the programs padan is compared with, in bench/venv
	@sh bench/peers/setup.sh

.PHONY: accuracy
accuracy: all ## measure accuracy on public sets and made-up nations: rewrites tests/accuracy/results.csv
	$(Q)python3 tests/accuracy/padan.py $(SHARED_DATA) $(PROGRAM) tests/accuracy/results.csv $(SETS)

.PHONY: accuracy-renamed
accuracy-renamed: all ## the same with columns renamed and rows shuffled: rewrites tests/accuracy/renamed.csv
	$(Q)python3 tests/accuracy/renamed.py $(SHARED_DATA) $(PROGRAM) tests/accuracy/renamed.csv $(SETS)

.PHONY: accuracy-constants
accuracy-constants: all ## F1 of fast public sets with every constant of the estimator halved and doubled: rewrites tests/accuracy/constants.csv
	$(Q)python3 tests/accuracy/constants.py $(SHARED_DATA) tests/accuracy/constants.csv $(CONSTANTS)

.PHONY: accuracy-figures
accuracy-figures: all ## compare the figures of the reports with the truth of made-up nations: rewrites tests/accuracy/figures.csv
	$(Q)python3 tests/accuracy/figures.py $(PROGRAM) tests/accuracy/figures.csv $(SETS)

.PHONY: accuracy-peers
accuracy-peers: peers all ## the same for Splink, recordlinkage, GoldenMatch and dedupe (bench/venv)
	$(Q)PYTHONHASHSEED=0 bench/venv/bin/python tests/accuracy/peers.py $(SHARED_DATA) $(PROGRAM) tests/accuracy/results.csv $(SETS)

.PHONY: agreement
agreement: peers all ## compare random conditions with DuckDB's, random and trained models with Splink's pairs, levels, weights, clusters
	$(Q)bench/venv/bin/python bench/peers/condition_agreement.py 20 $(PROGRAM)
	$(Q)bench/venv/bin/python -W ignore bench/peers/splink_random_models.py 1 61 $(PROGRAM)
	$(Q)bench/venv/bin/python -W ignore bench/peers/splink_agreement.py $(SHARED_DATA) $(PROGRAM) > bench/results/splink_agreement.csv.new \
	    ; status=$$?; cat bench/results/splink_agreement.csv.new; [ $$status -eq 0 ] || exit $$status
	$(Q)mv bench/results/splink_agreement.csv.new bench/results/splink_agreement.csv

.PHONY: lint
lint: setup ## format, include direction, symbols, words, clang warnings, man page, complexity report
	@$(MAKE) -j$(JOBS) all lib
	@$(MAKE) format-check
	$(Q)set -e; for check in tools/lint/*.sh; do BUILD=$(BUILD) sh $$check; done

.PHONY: format
format: ## format all C files in place
	clang-format -i $(C_FILES)

.PHONY: format-check
format-check: ## fail when a C file is not formatted
	$(Q)clang-format --dry-run -Werror $(C_FILES)

.PHONY: ci
ci: ## what the continuous integration runs (.ci/run)
	.ci/run

.PHONY: install
install: all lib ## install program, library, header and man page under DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/man/man1
	install $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/padan
	install -m 644 $(LIBRARY) $(DESTDIR)$(PREFIX)/lib/libpadan.a
	install $(BUILD)/libpadan.so $(DESTDIR)$(PREFIX)/lib/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(PREFIX)/lib/libpadan.so
	install -m 644 include/padan.h $(DESTDIR)$(PREFIX)/include/padan.h
	install -m 644 man/padan.1 $(DESTDIR)$(PREFIX)/share/man/man1/padan.1

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/padan lib/libpadan.a lib/$(SONAME) lib/libpadan.so include/padan.h \
	    share/man/man1/padan.1)

.PHONY: dist
dist: ## pack the committed sources: build/padan-VERSION.tar.gz
	$(Q)grep -q '^## $(VERSION)' CHANGELOG.md || { echo "dist: CHANGELOG.md has no section $(VERSION)"; exit 1; }
	$(Q)mkdir -p build
	git archive --prefix=padan-$(VERSION)/ -o build/padan-$(VERSION).tar.gz HEAD

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 22

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(TEST_OBJECTS:.o=.d) $(RACE_OBJECTS:.o=.d) $(BENCH_OBJECTS:.o=.d) $(E2E_OBJECTS:.o=.d) $(FUZZ_OBJECTS:.o=.d) $(BUILD)/tests/fuzz/replay.d
