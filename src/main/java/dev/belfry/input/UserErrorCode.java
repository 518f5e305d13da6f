package dev.belfry.input;

/** What can be wrong with an input; the schema describes each. */
public enum UserErrorCode {

	REQUIRED, INVALID, TOO_LONG, TOO_MANY, OUT_OF_RANGE, REPEATED, NOT_FOUND, CURSOR_INVALID, IDEMPOTENCY_CONFLICT,
	CONFLICT, NOT_POSSIBLE

}
