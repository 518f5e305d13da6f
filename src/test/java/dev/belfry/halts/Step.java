package dev.belfry.halts;

/** A place in its work at which a node can halt. */
enum Step {

	BEFORE_DUE, AFTER_DUE, BEFORE_END, AFTER_END,

	BEFORE_RELEASE, AFTER_RELEASE, BEFORE_CLAIM, AFTER_CLAIM, BEFORE_SEND, AFTER_SEND, BEFORE_RECORD, AFTER_RECORD,

	BEFORE_FIND, AFTER_FIND, BEFORE_PUBLISH, AFTER_PUBLISH;

	/** Exit codes below are those of a JVM that ends for another reason. */
	private static final int FIRST_EXIT_CODE = 50;

	/** By which whoever started the node sees that it got here. */
	int exitCode() {
		return FIRST_EXIT_CODE + ordinal();
	}

	/** Whether a node only comes here where accounts have a daily cap. */
	boolean needsCap() {
		return this == BEFORE_RELEASE || this == AFTER_RELEASE;
	}

	/** Whether an e-mail was accepted here of which nothing is recorded yet. */
	boolean isInDoubt() {
		return this == AFTER_SEND || this == BEFORE_RECORD;
	}

}
