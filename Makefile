# Fronts for people; Meson does the building (see meson.build).
BUILD = build

.PHONY: try build test bench clean

try: build
	@tools/try.sh $(BUILD)

build: | packages
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) --buildtype=release >$(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log
	@ninja -C $(BUILD) --quiet

.PHONY: packages
packages:
	@tools/packages.sh build

test:
	@tools/packages.sh test
	@tools/test.sh

bench: build
	@bench/run.sh $(BUILD)
	@bench/page.sh $(BUILD)
	@bench/scores.sh $(BUILD)

clean:
	rm -rf build build-test build-asan
