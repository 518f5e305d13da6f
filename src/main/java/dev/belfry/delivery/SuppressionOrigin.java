package dev.belfry.delivery;

/** Why an address gets no e-mails; the schema describes each. */
public enum SuppressionOrigin {

	UNSUBSCRIBED, ERASED

}
