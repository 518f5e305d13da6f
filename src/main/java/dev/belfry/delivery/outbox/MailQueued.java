package dev.belfry.delivery.outbox;

/** E-mails were committed to the outbox. Published on the node that did it. */
public record MailQueued() {
}
