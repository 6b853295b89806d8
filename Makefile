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

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wcast-qual -Wcast-align -Wundef -Wvla \
            -Wwrite-strings -Wformat=2 -Wpointer-arith
CFLAGS_release := -O2 -g1
CFLAGS_debug := -O0 -g3
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DPADAN_FAULT
CFLAGS_tsan := -O1 -g -fsanitize=thread
CFLAGS := -std=gnu11 -D_GNU_SOURCE -fPIC -fvisibility=hidden -Iinclude -Isrc $(WARNINGS) $(CFLAGS_$(CONFIG)) $(EXTRA_CFLAGS)
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS := $(LDFLAGS_$(CONFIG))
LDLIBS := -lfyaml -lz -lzstd -lsodium -lpcre2-8 -lm
ifeq ($(OPENMP),1)
CFLAGS += -fopenmp
LDFLAGS += -fopenmp
endif
ifneq ($(filter asan tsan,$(CONFIG)),)
JEMALLOC := 0
endif
ifeq ($(CI),true)
CFLAGS += -Werror
endif
ifneq ($(V),1)
Q := @
endif

EMBEDDED := $(wildcard datasets/*.csv datasets/*.tsv datasets/*.html models/*.json models/*.yaml models/*/*)
LIB_SOURCES := $(filter-out $(wildcard src/cli/*.c),$(wildcard src/*.c src/*/*.c))
CLI_SOURCES := $(wildcard src/cli/*.c)
TEST_SOURCES := $(wildcard tests/unit/*.c tests/unit/*/*.c tests/reference/*.c)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(BUILD)/%.o)
PROGRAM := $(BUILD)/padan
LIBRARY := $(BUILD)/libpadan.a

ifeq ($(JEMALLOC),1)
PROGRAM_LIBS := -ljemalloc
endif

.PHONY: all
all: $(PROGRAM) ## build the program into build/release/padan

.PHONY: lib
lib: $(LIBRARY) $(BUILD)/libpadan.so ## build libpadan.a and libpadan.so

$(PROGRAM): $(CLI_OBJECTS) $(LIBRARY)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(CLI_OBJECTS) $(LIBRARY) $(PROGRAM_LIBS) $(LDLIBS)

$(LIBRARY): $(LIB_OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $(LIB_OBJECTS)

$(BUILD)/libpadan.so: $(LIB_OBJECTS)
	$(Q)$(CC) $(LDFLAGS) -shared -o $@ $(LIB_OBJECTS) $(LDLIBS)

$(BUILD)/%.o: %.c
	$(Q)mkdir -p $(dir $@)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/embedded.c: tools/embed.sh $(EMBEDDED)
	$(Q)mkdir -p $(BUILD)
	$(Q)sh tools/embed.sh $(EMBEDDED) > $@.new && mv $@.new $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

$(BUILD)/tests/unit/padan-tests: $(TEST_OBJECTS) $(LIBRARY)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(TEST_OBJECTS) $(LIBRARY) -lcriterion $(LDLIBS)

.PHONY: unit
unit: $(BUILD)/tests/unit/padan-tests ## build and run the unit tests (FILTER=suite/test)
	$(Q)PADAN_SHARED_DATA=$(SHARED_DATA) $< $(if $(FILTER),--filter '$(FILTER)')

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 20

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(TEST_OBJECTS:.o=.d)
