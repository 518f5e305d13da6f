/** Takes e-mails that are to be sent, in the caller's transaction. */
@NullMarked
package dev.belfry.delivery.outbox;

import org.jspecify.annotations.NullMarked;
