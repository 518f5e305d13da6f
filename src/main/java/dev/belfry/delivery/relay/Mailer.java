package dev.belfry.delivery.relay;

import dev.belfry.delivery.composing.StoredEmail;

/**
 * Hands e-mails to the relay. Blocks; called on the sender's own threads. Never throws
 * for what a relay or network does.
 */
public interface Mailer {

	AttemptOutcome send(StoredEmail email);

}
