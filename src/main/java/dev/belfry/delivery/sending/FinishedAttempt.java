package dev.belfry.delivery.sending;

/** An attempt that has ended, and what becomes of its e-mail. */
record FinishedAttempt(ClaimedEmail mail, Attempt attempt, NextStep next) {
}
