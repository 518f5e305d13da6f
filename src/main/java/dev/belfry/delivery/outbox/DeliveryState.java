package dev.belfry.delivery.outbox;

/** Where an e-mail is on its way; the schema describes each. */
public enum DeliveryState {

	PENDING, SENDING, SENT, RETRYING, FAILED, SUPPRESSED, CANCELLED;

	/** Whether a next attempt is planned. */
	public boolean isWaiting() {
		return this == PENDING || this == RETRYING;
	}

}
