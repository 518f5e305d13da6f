package dev.belfry.notifier;

/** An address that is to hear of a topic. */
record Recipient(String topic, String address) {
}
