package dev.belfry.bell.feeds;

/** The live suite as nodes run by default. */
class LiveWithHintsTests extends LiveSuite {

	LiveWithHintsTests() {
		super(true);
	}

}
