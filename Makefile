.DEFAULT_GOAL := all
PREFIX ?= /usr/local
CC ?= cc
VERSION := 0.1.0
BUILD ?= build
CPPFLAGS += -Ichecker -D_GNU_SOURCE -DTFCHECK_VERSION='"$(VERSION)"' -DTFCHECK_DATA='"$(PREFIX)/share/tfcheck"'
CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings
LDLIBS += -lyajl -lyaml -lpcre2-8
COMPILE = $(CC) -std=c11 $(WARNINGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP

SRC := $(sort $(wildcard checker/*/*.c))
OBJ := $(SRC:%.c=$(BUILD)/%.o)
LIB := $(BUILD)/libtfcheck.a
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

all: tfcheck

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
	$(COMPILE) -Itests/unit -o $@ $< $(LIB) $(LDLIBS) -lcmocka

unit: $(UNIT)
	@for t in $(UNIT); do $$t || exit 1; done

clean:
	rm -rf build tfcheck

.PHONY: all unit clean
-include $(OBJ:.o=.d) $(UNIT:=.d)
