package dev.belfry.delivery.suppression;

/** Why an address gets no e-mails; the schema describes each. */
public enum SuppressionOrigin {

	UNSUBSCRIBED, ERASED

}
