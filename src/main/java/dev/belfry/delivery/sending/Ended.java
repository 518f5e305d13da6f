package dev.belfry.delivery.sending;

/** An attempt that has ended, and what becomes of its e-mail. */
record Ended(Claimed mail, Attempt attempt, NextStep next) {
}
