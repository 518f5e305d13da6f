package dev.belfry.delivery;

/** E-mails were committed to the outbox. Published on the node that did it. */
record MailQueued() {
}
